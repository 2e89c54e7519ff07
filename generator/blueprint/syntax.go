package blueprint

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

func emptyFile(s *source) diag.Diagnostic {
	return diag.Diagnostic{Code: codeEmpty, Subject: s.start(), Summary: "the blueprint is empty",
		Detail: "It begins with version: 1, name: and engine:."}
}

// syntax says in our words what the YAML library says in its own; the library's sentence stands at the end for those who search for it.
func syntax(s *source, err error) diag.Diagnostic {
	m := mistakeOf(s, err)
	d := diag.Diagnostic{Code: codeSyntax, Subject: s.point(m.at)}
	has := func(part string) bool { return strings.Contains(m.message, part) }
	switch {
	case has("exceeded max depth"):
		d.Code, d.Summary = codeTooLarge, fmt.Sprintf("more than %d levels", maxDepth)
		d.Detail = "No blueprint nests that deep. Is a bracket missing?"
		return d
	case has("unknown anchor"):
		d.Code, d.Subject, d.Summary = codeAlias, s.token(m.at), "an alias"
		d.Detail = "A blueprint says each thing where it stands. Write the value out; text that begins with * needs quotes."
		return d
	case has("did not find expected ',' or ']'"):
		d.Subject, d.Related = s.point(m.began), []hcl.Range{s.point(m.at)}
		d.Summary, d.Detail = "this list is not closed, or lacks a comma", fmt.Sprintf("What stands in line %d does not continue it.", m.at.Line)
	case has("did not find expected ',' or '}'"):
		d.Subject, d.Related = s.point(m.began), []hcl.Range{s.point(m.at)}
		d.Summary, d.Detail = "this mapping is not closed, or lacks a comma", fmt.Sprintf("What stands in line %d does not continue it.", m.at.Line)
	case strings.Contains(m.context, "quoted scalar") && has("end of stream"):
		d.Subject = s.point(m.began)
		d.Summary, d.Detail = "this quote is not closed", "Everything up to the end of the file would be one text."
	case has("unknown escape character"):
		d.Summary, d.Detail = "an unknown escape in double quotes", `Write \\ for a backslash, or use single quotes, in which nothing is escaped.`
	case has("mapping values are not allowed"):
		if open, ok := s.forgotten(m.at); ok {
			d.Subject, d.Related = s.point(open), []hcl.Range{s.point(m.at)}
			d.Summary, d.Detail = "this bracket is not closed", fmt.Sprintf("What stands in line %d does not continue it.", m.at.Line)
			break
		}
		d.Summary, d.Detail = "a colon where no key can be", "The indentation is uneven, or a text that contains a colon and a blank needs quotes."
	case has("cannot start any token") && s.has(m.at, '\t'):
		d.Summary, d.Detail = "a tab in the indentation", "YAML is indented by blanks. Replace the tab."
	case has("cannot start any token"):
		d.Summary, d.Detail = "a text cannot begin with this character", "Put the text in quotes."
	case has("did not find expected key"), has("did not find expected '-'"):
		d.Summary, d.Detail = "neither a further key nor a further item", "The indentation is uneven: what belongs together begins in the same column."
	case has("could not find expected ':'"):
		if m.hasBegun {
			d.Subject = s.point(m.began)
		}
		d.Summary, d.Detail = "a key without a colon", "Every line of a mapping is key: value."
	case has("did not find expected node content"):
		d.Summary, d.Detail = "a value is missing here", "Write one, or remove the bracket or comma before it."
	default:
		d.Summary, d.Detail = "this is not YAML", "The line, or the one before it, breaks YAML's rules."
	}
	d.Detail += " (YAML: " + clean(m.message) + ".)"
	return d
}

// point is the range of the one character at a position, of the line's last one where the position is its end.
func (s *source) point(p hcl.Pos) hcl.Range {
	from, line := s.lines[p.Line-1], s.line(p.Line)
	i := p.Byte - from
	if i >= len(line) {
		_, size := utf8.DecodeLastRune(line)
		i = len(line) - size
	}
	_, size := utf8.DecodeRune(line[i:])
	return s.span(from+i, from+i+size)
}
