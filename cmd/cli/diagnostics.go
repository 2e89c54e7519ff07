package cli

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// style is what the text view needs to know of its reader.
type style struct {
	colour  bool
	columns int
}

// style is that of messages, outStyle that of data.
func (a *app) style() style    { return a.styleOf(a.io.Terminal) }
func (a *app) outStyle() style { return a.styleOf(a.io.OutTerminal) }

func (a *app) styleOf(terminal bool) style {
	s := style{colour: terminal && !a.io.NoColour, columns: 100}
	if terminal && a.io.Width > 0 {
		s.columns = max(40, min(a.io.Width, 120))
	}
	return s
}

// paint colours by severity, where colours are wanted.
func (s style) paint(severity diag.Severity, text string) string {
	if !s.colour {
		return text
	}
	codes := map[diag.Severity]string{diag.Error: "31", diag.Warning: "33", diag.Notice: "36"}
	return "\x1b[1;" + codes[severity] + "m" + text + "\x1b[0m"
}

// bold makes a heading stand out, where colours are wanted.
func (s style) bold(text string) string {
	if !s.colour {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// diagnostics prints every finding, how many there are, and where more is said about them.
func (s style) diagnostics(w io.Writer, findings []finding) {
	for i, f := range findings {
		// A notice is one line, and several are a list; everything else stands apart.
		if i > 0 && (f.Severity != diag.Notice || findings[i-1].Severity != diag.Notice) {
			fmt.Fprintln(w)
		}
		s.one(w, f)
	}
	if counted := counts(findings); counted != "" {
		fmt.Fprintf(w, "\n%s\n%s\n", counted, more(findings))
	}
}

func (s style) one(w io.Writer, f finding) {
	head := place(f.file, f.Subject)
	if head != "" {
		head += ": "
	}
	label := s.paint(f.Severity, fmt.Sprintf("%s %s:", f.Severity, f.Code))
	fmt.Fprintf(w, "%s%s %s%s\n", clean(head), label, clean(f.Summary), clean(f.environment()))
	if f.Severity == diag.Notice {
		return
	}
	if q, ok := quoted(f.source, f.Subject); ok {
		number := strconv.Itoa(f.Subject.Start.Line)
		gutter := strings.Repeat(" ", len(number))
		fmt.Fprintf(w, "  %s | %s\n", number, clean(q.text))
		fmt.Fprintf(w, "  %s | %s\n", gutter, s.paint(f.Severity, q.caret()))
	}
	if f.Detail != "" {
		fmt.Fprint(w, wrap(clean(f.Detail), "  ", s.columns))
	}
	for i, r := range f.Related {
		fmt.Fprintf(w, "  see %s\n", clean(place(f.related[i], r)))
	}
	if f.edit != "" {
		for line := range strings.Lines(clean(f.edit)) {
			fmt.Fprint(w, "  "+line)
		}
	}
}

// environment is the end of a summary, empty where a finding holds for all.
func (f finding) environment() string {
	if f.Environment == "" {
		return ""
	}
	return fmt.Sprintf(" (environment %s)", f.Environment)
}

// place is file:line:column, as far as a range knows them.
func place(file string, r hcl.Range) string {
	switch {
	case file == "" || r.Start.Line == 0:
		return file
	case r.Start.Column == 0:
		return fmt.Sprintf("%s:%d", file, r.Start.Line)
	}
	return fmt.Sprintf("%s:%d:%d", file, r.Start.Line, r.Start.Column)
}

// counts is "2 errors, 1 warning"; notices are not counted.
func counts(findings []finding) string {
	var errors, warnings int
	for _, f := range findings {
		switch f.Severity {
		case diag.Error:
			errors++
		case diag.Warning:
			warnings++
		case diag.Notice:
		}
	}
	var out []string
	if errors > 0 {
		out = append(out, count(errors, "error"))
	}
	if warnings > 0 {
		out = append(out, count(warnings, "warning"))
	}
	return strings.Join(out, ", ")
}

// mostExplained is how many codes the hint at the end names.
const mostExplained = 4

// more is the command that explains the errors and warnings, each code once.
func more(findings []finding) string {
	var codes []string
	for _, f := range findings {
		if f.Severity != diag.Notice && !slices.Contains(codes, string(f.Code)) {
			codes = append(codes, string(f.Code))
		}
	}
	if len(codes) > mostExplained {
		codes = []string{"CODE"}
	}
	return "bluegen explain " + strings.Join(codes, " ") + " says more"
}
