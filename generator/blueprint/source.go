package blueprint

import (
	"bytes"
	"sort"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// source is the blueprint's bytes and where its lines start. Positions are hcl's: lines and columns from 1,
// columns in characters as they are seen, bytes from 0 (a byte order mark counts there, and is no column).
type source struct {
	file  string
	data  []byte
	mark  int   // length of the byte order mark
	lines []int // offset of each line's first byte

	// Nodes come line by line: narrow remembers the last line that is plain ASCII, wide the last one that is not.
	narrow int
	wide   wideLine
}

// wideLine maps the runes of one line to bytes and columns.
type wideLine struct {
	line    int
	offsets []int // by rune, relative to the line; one more for its end
	columns []int
}

func newSource(file string, data []byte) *source {
	s := &source{file: file, data: data}
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		s.mark = len("\uFEFF")
	}
	s.lines = append(s.lines, s.mark)
	for i, b := range data {
		if b == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// text is the bytes without the byte order mark.
func (s *source) text() []byte { return s.data[s.mark:] }

// line returns the bytes of a line (from 1) without its end.
func (s *source) line(n int) []byte {
	start, end := s.lines[n-1], len(s.data)
	if n < len(s.lines) {
		end = s.lines[n] - 1
	}
	return bytes.TrimSuffix(s.data[start:end], []byte("\r"))
}

// position turns the library's line and column (in runes, from 1) into ours; what lies behind the end is its end.
func (s *source) position(line, column int) hcl.Pos {
	if line < 1 {
		return hcl.Pos{Line: 1, Column: 1, Byte: s.mark}
	}
	if line > len(s.lines) {
		line, column = len(s.lines), len(s.data)
	}
	if last := len(s.lines); line == last && last > 1 && s.lines[last-1] == len(s.data) {
		line, column = last-1, len(s.data)+1 // nothing follows the last newline: the end is the end of the line before
	}
	text := s.line(line)
	runes := max(column-1, 0)
	if !s.ascii(line, text) {
		w := s.widen(line, text)
		runes = min(runes, len(w.offsets)-1)
		return hcl.Pos{Line: line, Column: w.columns[runes], Byte: s.lines[line-1] + w.offsets[runes]}
	}
	runes = min(runes, len(text))
	return hcl.Pos{Line: line, Column: runes + 1, Byte: s.lines[line-1] + runes}
}

// at turns an offset into a position.
func (s *source) at(offset int) hcl.Pos {
	offset = max(min(offset, len(s.data)), s.mark)
	line := sort.SearchInts(s.lines, offset+1)
	text := s.line(line)
	within := min(offset-s.lines[line-1], len(text))
	if s.ascii(line, text) {
		return hcl.Pos{Line: line, Column: within + 1, Byte: s.lines[line-1] + within}
	}
	w := s.widen(line, text)
	index := sort.SearchInts(w.offsets, within)
	return hcl.Pos{Line: line, Column: w.columns[index], Byte: s.lines[line-1] + within}
}

// span is the range from one offset to another, in one line or over several.
func (s *source) span(start, end int) hcl.Range {
	return hcl.Range{Filename: s.file, Start: s.at(start), End: s.at(end)}
}

// start is 1:1, where the document as a whole is said.
func (s *source) start() hcl.Range {
	p := hcl.Pos{Line: 1, Column: 1, Byte: s.mark}
	return hcl.Range{Filename: s.file, Start: p, End: p}
}

func (s *source) widen(line int, text []byte) *wideLine {
	if s.wide.line == line {
		return &s.wide
	}
	w := wideLine{line: line}
	column, joined := 0, false
	for offset, r := range string(text) {
		if !joined && !continues(r) || column == 0 {
			column++
		}
		joined = r == zeroWidthJoiner
		w.offsets, w.columns = append(w.offsets, offset), append(w.columns, column)
	}
	w.offsets, w.columns = append(w.offsets, len(text)), append(w.columns, column+1)
	s.wide = w
	return &s.wide
}

const zeroWidthJoiner = '\u200d'

// continues reports whether a rune is seen as part of the character before it: an accent, a joiner, a skin tone.
func continues(r rune) bool {
	return r == zeroWidthJoiner || unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r >= 0x1F3FB && r <= 0x1F3FF
}

// ascii reports whether a line's bytes are its columns.
func (s *source) ascii(line int, text []byte) bool {
	if line == s.narrow || line == s.wide.line {
		return line == s.narrow
	}
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	s.narrow = line
	return true
}
