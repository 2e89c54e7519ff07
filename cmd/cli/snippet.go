package cli

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// mostQuoted bounds the bytes of a quoted line: a blueprint may be one line of a mebibyte.
const mostQuoted = 160

// quote is a line of a file and the part of it that a range covers.
type quote struct {
	// text is the line, or the piece of it around the range, without its end.
	text string
	// from and to are offsets in text.
	from, to int
}

// quoted cuts out the line where a range starts; ok is false where the source has no such line.
func quoted(source []byte, r hcl.Range) (q quote, ok bool) {
	line, start, ok := lineOf(source, r.Start.Line)
	if !ok {
		return quote{}, false
	}
	q = quote{text: string(line)}
	q.from = max(0, min(r.Start.Byte-start, len(line)))
	q.to = len(line)
	if r.End.Line == r.Start.Line {
		q.to = max(q.from, min(r.End.Byte-start, len(line)))
	}
	return q.clipped(), true
}

// lineOf returns a line (from 1) without its end and without a byte order mark, and the offset of its first byte.
func lineOf(source []byte, number int) (line []byte, start int, ok bool) {
	if number < 1 {
		return nil, 0, false
	}
	for n := 1; ; n++ {
		end := bytes.IndexByte(source[start:], '\n')
		if n == number {
			if end < 0 {
				end = len(source) - start
			}
			line = bytes.TrimSuffix(source[start:start+end], []byte("\r"))
			trimmed := bytes.TrimPrefix(line, []byte("\uFEFF"))
			return trimmed, start + len(line) - len(trimmed), true
		}
		if end < 0 {
			return nil, 0, false
		}
		start += end + 1
	}
}

// clipped shortens a long line to what is around the range.
func (q quote) clipped() quote {
	if len(q.text) <= mostQuoted {
		return q
	}
	first := boundary(q.text, max(0, q.from-mostQuoted/3))
	last := boundary(q.text, min(len(q.text), first+mostQuoted))
	out := quote{text: q.text[first:last], from: q.from - first, to: min(q.to, last) - first}
	if last < len(q.text) {
		out.text += "..."
	}
	if first > 0 {
		out.text = "..." + out.text
		out.from += 3
		out.to += 3
	}
	return out
}

// boundary moves an offset back to where a character starts.
func boundary(s string, at int) int {
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// caret is the line below: tabs stay tabs, so that it stands right whatever a tab is worth, and wide characters get two.
func (q quote) caret() string {
	var out strings.Builder
	for _, r := range q.text[:q.from] {
		if r == '\t' {
			out.WriteRune('\t')
			continue
		}
		out.WriteString(strings.Repeat(" ", width(r)))
	}
	marked := strings.TrimRight(q.text[q.from:q.to], " \t")
	out.WriteString(strings.Repeat("^", max(1, textWidth(marked))))
	return out.String()
}
