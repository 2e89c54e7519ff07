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
	// many says that these are the findings of one blueprint of several: they are counted below all of them.
	many bool
}

// style is that of messages, outStyle that of data.
func (a *app) style() style    { return a.styleOf(a.io.Terminal) }
func (a *app) outStyle() style { return a.styleOf(a.io.OutTerminal) }

func (a *app) styleOf(terminal bool) style {
	s := style{colour: terminal && !a.io.NoColour, columns: 100, many: a.many}
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
	if footer := counted(findings); footer != "" && !s.many {
		fmt.Fprintf(w, "\n%s", footer)
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

// census counts errors and warnings, and the codes that they have; notices are not counted.
type census struct {
	errors, warnings int
	codes            []string
}

func (c *census) add(findings []finding) {
	for _, f := range findings {
		switch f.Severity {
		case diag.Error:
			c.errors++
		case diag.Warning:
			c.warnings++
		case diag.Notice:
			continue
		}
		if !slices.Contains(c.codes, string(f.Code)) {
			c.codes = append(c.codes, string(f.Code))
		}
	}
}

// mostExplained is how many codes the hint at the end names.
const mostExplained = 4

// String is "2 errors, 1 warning" and the command that explains them, each code once; empty where there is nothing to count.
func (c *census) String() string {
	var out []string
	if c.errors > 0 {
		out = append(out, count(c.errors, "error"))
	}
	if c.warnings > 0 {
		out = append(out, count(c.warnings, "warning"))
	}
	if out == nil {
		return ""
	}
	codes := c.codes
	if len(codes) > mostExplained {
		codes = []string{"CODE"}
	}
	return strings.Join(out, ", ") + "\nbluegen explain " + strings.Join(codes, " ") + " says more\n"
}

func counted(findings []finding) string {
	var c census
	c.add(findings)
	return c.String()
}
