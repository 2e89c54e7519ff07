package cli

import (
	"fmt"
	"strings"
	"unicode"
)

// clean makes text from files and file names safe to print: what a terminal would obey is shown, not sent.
func clean(s string) string {
	if strings.IndexFunc(s, obeyed) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !obeyed(r):
			return r
		case r < 0x20:
			return 0x2400 + r // the control pictures
		case r == 0x7f:
			return 0x2421
		default:
			return unicode.ReplacementChar
		}
	}, s)
}

// obeyed are control characters, but for newline and tab, and what turns the direction of writing.
func obeyed(r rune) bool {
	return r != '\n' && r != '\t' && unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// width is how many columns a terminal gives to a rune.
func width(r rune) int {
	switch {
	case r == 0 || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x1100:
		return 1
	case wide(r):
		return 2
	default:
		return 1
	}
}

// wide are the blocks of Unicode's East Asian Width that terminals draw in two columns, and emoji.
func wide(r rune) bool {
	blocks := [...][2]rune{
		{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0x33ff}, {0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xa000, 0xa4cf},
		{0xa960, 0xa97f}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0xffe0, 0xffe6},
		{0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
	}
	for _, b := range blocks {
		if r >= b[0] && r <= b[1] {
			return true
		}
	}
	return false
}

// textWidth is the columns of a line without tabs.
func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n += width(r)
	}
	return n
}

// wrap breaks paragraphs at spaces, so that no line is longer than columns where a space allows it. Lines that start with a
// space are quotations and stay as they are.
func wrap(text, indent string, columns int) string {
	var out strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			out.WriteString(indent + line + "\n")
			continue
		}
		used := 0
		for _, word := range strings.Fields(line) {
			w := textWidth(word)
			switch {
			case used == 0:
				out.WriteString(indent + word)
				used = len(indent) + w
			case used+1+w > columns:
				out.WriteString("\n" + indent + word)
				used = len(indent) + w
			default:
				out.WriteString(" " + word)
				used += 1 + w
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

// count is "1 error", "2 errors".
func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// listed is "text", "text or json", "text, json or sarif".
func listed(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
