package cli

import (
	"fmt"
	"io"
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

func (a *app) style() style {
	s := style{colour: a.io.Terminal && !a.io.NoColour, columns: 100}
	if a.io.Terminal && a.io.Width > 0 {
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

// diagnostics prints every finding and how many there are.
func (s style) diagnostics(w io.Writer, findings []finding) {
	for i, f := range findings {
		// A notice is one line, and several are a list; everything else stands apart.
		if i > 0 && (f.Severity != diag.Notice || findings[i-1].Severity != diag.Notice) {
			fmt.Fprintln(w)
		}
		s.one(w, f)
	}
	if counted := counts(findings); counted != "" {
		fmt.Fprintf(w, "\n%s\n", counted)
	}
}

func (s style) one(w io.Writer, f finding) {
	head := place(f.file, f.Subject)
	if head != "" {
		head += ": "
	}
	environment := ""
	if f.Environment != "" {
		environment = fmt.Sprintf(" (environment %s)", f.Environment)
	}
	label := s.paint(f.Severity, fmt.Sprintf("%s %s:", f.Severity, f.Code))
	fmt.Fprintf(w, "%s%s %s%s\n", clean(head), label, clean(f.Summary), clean(environment))
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

// place is file:line:column, as far as a range knows them.
func place(file string, r hcl.Range) string {
	if file == "" || r.Start.Line == 0 {
		return file
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
