package tf

import (
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Formatting sets the blanks before each token as `terraform fmt` would. hclwrite can do it too, and a test holds every document to
// its answer; but it allocates 4 kB for the width of each token, which made it half of what printing cost.

// formatted is the text of the tokens.
func formatted(tokens []token) []byte {
	lines := linesOf(tokens)
	indent(lines)
	size := 0
	for _, l := range lines {
		spaceOut(l.lead)
		spaceOut(l.assign)
	}
	align(lines, func(l *line) []token { return l.assign }, func(l *line) int { return columns(l.lead) })
	align(lines, func(l *line) []token { return l.aside }, func(l *line) int { return columns(l.lead) + columns(l.assign) })
	for i := range tokens {
		size += tokens[i].blanks + len(tokens[i].text)
	}
	out := make([]byte, 0, size)
	for i := range tokens {
		for range tokens[i].blanks {
			out = append(out, ' ')
		}
		out = append(out, tokens[i].text...)
	}
	return out
}

// line is a line's tokens in three cells: assign is "= value" where the value ends on the line, aside the comment behind it.
// Neighbouring lines have these two aligned.
type line struct {
	lead, assign, aside []token
	// width is that of what stands before the cell which is aligned.
	width int
}

func linesOf(tokens []token) []line {
	count := 1
	for i := range tokens {
		if tokens[i].endsLine() {
			count++
		}
	}
	lines := make([]line, 0, count)
	start := 0
	for i := range tokens {
		if tokens[i].endsLine() {
			lines = append(lines, cells(tokens[start:i+1]))
			start = i + 1
		}
	}
	if start < len(tokens) {
		lines = append(lines, cells(tokens[start:]))
	}
	return lines
}

func cells(tokens []token) line {
	l := line{lead: tokens}
	if last := len(tokens) - 1; last > 0 && tokens[last].kind == hclsyntax.TokenComment {
		l.lead, l.aside = tokens[:last], tokens[last:]
	}
	for i := range l.lead {
		if i > 0 && l.lead[i].kind == hclsyntax.TokenEqual {
			if depth(l.lead[i:]) == 0 {
				l.lead, l.assign = l.lead[:i], l.lead[i:]
			}
			break
		}
	}
	return l
}

// indent counts brackets a line, not a bracket: a line that opens several goes in by one step, and the line that closes them comes out of it.
func indent(lines []line) {
	var steps []int // the brackets that each step waits for
	for _, l := range lines {
		if l.lead[0].kind == hclsyntax.TokenNewline {
			l.lead[0].blanks = 0
			continue
		}
		opened := depth(l.lead) + depth(l.assign)
		for opened < 0 && len(steps) > 0 {
			last := len(steps) - 1
			closed := min(-opened, steps[last])
			opened += closed
			if steps[last] -= closed; steps[last] == 0 {
				steps = steps[:last]
			}
		}
		l.lead[0].blanks = 2 * len(steps)
		if opened > 0 {
			steps = append(steps, opened)
		}
	}
}

// spaceOut leaves the first token of a cell to indent and align.
func spaceOut(cell []token) {
	before := token{kind: hclsyntax.TokenNil}
	for i := range cell {
		if i+1 == len(cell) {
			return
		}
		cell[i+1].blanks = 0
		if spaced(before, cell[i], cell[i+1]) {
			cell[i+1].blanks = 1
		}
		before = cell[i]
	}
}

// align puts a cell of neighbouring lines that have it into one column, a blank behind the longest of what stands before.
func align(lines []line, cell func(*line) []token, width func(*line) int) {
	for from := 0; from < len(lines); from++ {
		to, widest := from, 0
		for ; to < len(lines) && len(cell(&lines[to])) > 0; to++ {
			lines[to].width = width(&lines[to])
			widest = max(widest, lines[to].width)
		}
		for i := from; i < to; i++ {
			cell(&lines[i])[0].blanks = widest - lines[i].width + 1
		}
		from = max(from, to-1)
	}
}

// columns is the width on a screen.
func columns(tokens []token) int {
	n := 0
	for i := range tokens {
		n += tokens[i].blanks + width(tokens[i].text)
	}
	return n
}

func width(text string) int {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return hclwrite.Tokens{{Bytes: []byte(text)}}.Columns()
		}
	}
	return len(text)
}

func (t *token) endsLine() bool {
	return t.kind == hclsyntax.TokenNewline || t.kind == hclsyntax.TokenComment && strings.HasSuffix(t.text, "\n")
}

// depth is how many more brackets the tokens open than they close.
func depth(tokens []token) int {
	n := 0
	for i := range tokens {
		n += tokens[i].bracket()
	}
	return n
}

func (t *token) bracket() int {
	switch t.kind {
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp:
		return 1
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd:
		return -1
	default:
		return 0
	}
}
