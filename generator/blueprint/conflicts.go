package blueprint

import (
	"bytes"

	"bluegen/generator/diag"
)

// conflicts are the places where git has left both sides of a merge, one diagnostic each: both sides may be right YAML, and nobody but a
// person knows which of them is meant.
func conflicts(s *source) diag.List {
	var out diag.List
	open := false
	for line := 1; line <= len(s.lines); line++ {
		text := s.line(line)
		begins := marks(text, "<<<<<<<")
		if !begins && !marks(text, ">>>>>>>") {
			continue
		}
		start := s.lines[line-1]
		at := s.span(start, start+len(text))
		if last := len(out) - 1; open && !begins {
			out[last].Related = append(out[last].Related, at)
		} else {
			out = append(out, diag.Diagnostic{
				Code: codeConflict, Subject: at, Summary: "an unresolved merge",
				Detail: "Keep one side, or what both want, and remove the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>. " +
					"Then run bluegen generate: the manifest and the generated files follow.",
			})
		}
		open = begins
	}
	return out
}

// marks reports whether a line begins with one of git's markers. In a blueprint nothing else can stand there: a text of several lines
// is indented.
func marks(text []byte, marker string) bool {
	return bytes.HasPrefix(text, []byte(marker+" ")) || string(text) == marker
}
