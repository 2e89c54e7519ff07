package blueprint

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

const (
	// maxBytes is the largest blueprint.
	maxBytes = 1 << 20
	// maxEntries bounds what a blueprint can make of its bytes: every value costs a line, a comma, a colon or a bracket.
	maxEntries = 100_000
)

// decent looks at the bytes before the YAML library does: what it refuses cannot be text that a person wrote.
func decent(s *source) diag.List {
	refuse := func(code diag.Code, at hcl.Range, summary, detail string) diag.List {
		return diag.List{{Code: code, Summary: summary, Detail: detail, Subject: at}}
	}
	if offset, ok := firstInvalid(s.data); ok {
		detail := "Save the file as UTF-8."
		if bytes.HasPrefix(s.data, []byte("\xff\xfe")) || bytes.HasPrefix(s.data, []byte("\xfe\xff")) {
			detail = "It looks like UTF-16. " + detail
		}
		return refuse(codeEncoding, s.span(offset, offset+1), fmt.Sprintf("byte 0x%02x is not UTF-8", s.data[offset]), detail)
	}
	if offset, r, ok := firstControl(s); ok {
		return refuse(codeControl, s.span(offset, offset+utf8.RuneLen(r)), fmt.Sprintf("the control character U+%04X", r),
			`Remove it. Inside double quotes it can be written as an escape, such as "\t".`)
	}
	if i, ok := crowded(s.data); ok {
		return refuse(codeTooLarge, s.span(i, i+1), fmt.Sprintf("more than %d lines, commas and colons", maxEntries),
			"No service needs that many. Is it the right file?")
	}
	return nil
}

// firstControl finds the first character that YAML or an editor would take for something else than it looks like.
func firstControl(s *source) (int, rune, bool) {
	for offset := s.mark; offset < len(s.data); {
		if b := s.data[offset]; b >= ' ' && b < 0x7f || b == '\n' {
			offset++ // nearly every byte
			continue
		}
		r, size := utf8.DecodeRune(s.data[offset:])
		if badRune(r) || r == '\r' && !bytes.HasPrefix(s.data[offset:], []byte("\r\n")) {
			return offset, r, true
		}
		offset += size
	}
	return 0, 0, false
}

// crowded finds the place where there are more marks that may begin an entry than maxEntries.
func crowded(data []byte) (int, bool) {
	const marks = "\n,:[{&?!*"
	count := 0
	for _, mark := range []byte(marks) {
		count += bytes.Count(data, []byte{mark})
	}
	if count <= maxEntries {
		return 0, false
	}
	count = 0
	for i, b := range data {
		if strings.IndexByte(marks, b) >= 0 {
			count++
		}
		if count > maxEntries {
			return i, true
		}
	}
	return 0, false
}

// badRune reports what YAML calls not printable, and the line ends that only some editors see.
func badRune(r rune) bool {
	switch r {
	case '\t', '\n', '\r':
		return false
	case '\u2028', '\u2029', '\uFEFF', '\uFFFE', '\uFFFF':
		return true
	default:
		return unicode.IsControl(r)
	}
}

func firstInvalid(data []byte) (int, bool) {
	if utf8.Valid(data) {
		return 0, false
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i, true
		}
		i += size
	}
	return 0, false
}

// has reports whether a byte stands at a position.
func (s *source) has(p hcl.Pos, b byte) bool { return p.Byte < len(s.data) && s.data[p.Byte] == b }

// token is the range of what stands at a position up to the next blank: an alias, a dash, a key.
func (s *source) token(p hcl.Pos) hcl.Range {
	line := s.line(p.Line)
	from := p.Byte - s.lines[p.Line-1]
	end := from
	for end < len(line) && strings.IndexByte(" \t,]}", line[end]) < 0 {
		end++
	}
	if end < len(line) {
		if r := bytes.IndexByte(line[from:end], ':'); r > 0 {
			end = from + r
		}
	}
	end = max(end, min(from+1, len(line)))
	return hcl.Range{Filename: s.file, Start: p, End: s.at(s.lines[p.Line-1] + end)}
}

// scalar is where a text stands: with its quotes; a text over several lines without quotes, or in a block, to the end of its first line.
func (s *source) scalar(p hcl.Pos, n *node, block bool) hcl.Range {
	var end hcl.Pos
	switch rest := s.data[min(p.Byte, len(s.data)):]; {
	case n.plain && n.text == "":
		end = p
	case n.plain && bytes.HasPrefix(rest, []byte(n.text)):
		end = s.at(p.Byte + len(n.text))
	case !block && len(rest) > 0 && (rest[0] == '"' || rest[0] == '\''):
		end = s.at(p.Byte + quoted(rest))
	default:
		line := s.line(p.Line)
		text := line[p.Byte-s.lines[p.Line-1]:]
		if comment := bytes.Index(text, []byte(" #")); comment > 0 {
			text = text[:comment]
		}
		end = s.at(p.Byte + len(bytes.TrimRight(text, " \t")))
	}
	return hcl.Range{Filename: s.file, Start: p, End: end}
}

// quoted is the length of a quoted text with its quotes.
func quoted(rest []byte) int {
	quote := rest[0]
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == '\\' && quote == '"':
			i++
		case rest[i] != quote:
		case quote == '\'' && i+1 < len(rest) && rest[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(rest)
}

// brackets is where a list or mapping in flow style stands; last is where its last value ends.
func (s *source) brackets(p hcl.Pos, last hcl.Pos) hcl.Range {
	if !s.has(p, '[') && !s.has(p, '{') { // [a: b] holds a mapping without braces
		return hcl.Range{Filename: s.file, Start: p, End: later(p, last)}
	}
	for i := max(p.Byte+1, last.Byte); i < len(s.data); i++ {
		switch s.data[i] {
		case '#':
			if next := bytes.IndexByte(s.data[i:], '\n'); next >= 0 {
				i += next
			}
		case ']', '}':
			return hcl.Range{Filename: s.file, Start: p, End: s.at(i + 1)}
		}
	}
	return hcl.Range{Filename: s.file, Start: p, End: s.at(p.Byte + 1)}
}

func later(a, b hcl.Pos) hcl.Pos {
	if b.Byte > a.Byte {
		return b
	}
	return a
}
