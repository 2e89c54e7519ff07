package blueprint

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
)

// forgotten finds the bracket that is still open where the library stumbles over a colon, in a line that is indented no
// deeper than the bracket's: its author thought it closed.
func (s *source) forgotten(at hcl.Pos) (hcl.Pos, bool) {
	open, ok := s.unclosed(at.Byte)
	if !ok {
		return hcl.Pos{}, false
	}
	p := s.at(open)
	return p, p.Line < at.Line && indent(s.line(at.Line)) <= indent(s.line(p.Line))
}

func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// unclosed is the offset of the innermost bracket that is open before an offset. It reads quotes, comments and brackets,
// and nothing else of YAML: enough for a message.
func (s *source) unclosed(before int) (int, bool) {
	var open []int
	fresh := true // a text may begin here
	for i := s.mark; i < before; i++ {
		c := s.data[i]
		flow := len(open) > 0
		switch {
		case c == '\n':
			fresh = true
		case c == ' ' || c == '\t' || c == '\r' || c == '-' && fresh:
		case c == '#' && (i == s.mark || bytes.IndexByte([]byte(" \t\n"), s.data[i-1]) >= 0):
			i = s.past(i, "\n") - 1
		case (c == '"' || c == '\'') && fresh:
			i, fresh = s.past(i+1, string(c)), false
		case (c == '[' || c == '{') && (fresh || flow):
			open, fresh = append(open, i), true
		case (c == ']' || c == '}') && flow:
			open, fresh = open[:len(open)-1], false
		default:
			fresh = c == ':' || c == ',' && flow
		}
	}
	if len(open) == 0 {
		return 0, false
	}
	return open[len(open)-1], true
}

// past is the offset of an end from an offset on, or the end of the file; a backslash escapes in double quotes.
func (s *source) past(from int, end string) int {
	for i := from; i < len(s.data); i++ {
		if s.data[i] == '\\' && end == `"` {
			i++
		} else if s.data[i] == end[0] {
			return i
		}
	}
	return len(s.data)
}
