package tf

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// formatted hands all tokens to hclwrite at once and asks for the bytes once: File.Bytes formats, and formatting is what
// printing costs. It allocates four kilobytes for the width of every token, so it gets as few tokens to measure as the text
// allows: words, and names that are aligned with their equals sign already. The words are made anew, because formatting
// changes tokens in place.
func formatted(tokens []token) []byte {
	w := words{out: make([]hclwrite.Token, 0, len(tokens))}
	for from := 0; from < len(tokens); {
		to := from + lineOf(tokens[from:])
		w.lines = append(w.lines, tokens[from:to])
		from = to
	}
	w.join()
	list := make(hclwrite.Tokens, len(w.out))
	for i := range w.out {
		list[i] = &w.out[i]
	}
	f := hclwrite.NewEmptyFile()
	f.Body().AppendUnstructuredTokens(list)
	return f.Bytes()
}

// lineOf is how many tokens the first line has, its end among them.
func lineOf(tokens []token) int {
	for i, t := range tokens {
		if t.kind == hclsyntax.TokenNewline || t.kind == hclsyntax.TokenComment && strings.HasSuffix(t.text, "\n") {
			return i + 1
		}
	}
	return len(tokens)
}

// words are what hclwrite gets.
type words struct {
	lines [][]token
	out   []hclwrite.Token
}

// join writes the words of every line. Neighbouring lines of plain names with a value are aligned here; hclwrite would give the
// same blanks, and still gives them where a line is anything else.
func (w *words) join() {
	for from := 0; from < len(w.lines); {
		to, plain := from, true
		for ; to < len(w.lines) && assigns(w.lines[to]); to++ {
			plain = plain && w.lines[to][0].kind == hclsyntax.TokenIdent && w.lines[to][1].kind == hclsyntax.TokenEqual
		}
		switch {
		case to == from:
			w.line(w.lines[from])
			to++
		case plain:
			w.aligned(w.lines[from:to])
		default:
			for _, line := range w.lines[from:to] {
				w.line(line)
			}
		}
		from = to
	}
}

// assigns: an equals sign whose value ends on the line. These are the lines that terraform fmt aligns.
func assigns(line []token) bool {
	for i, t := range line {
		if i > 0 && t.kind == hclsyntax.TokenEqual {
			return depth(line[i:]) == 0
		}
	}
	return false
}

// depth is how many more brackets the tokens open than they close.
func depth(tokens []token) int {
	n := 0
	for _, t := range tokens {
		switch t.kind {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp:
			n++
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd:
			n--
		default:
		}
	}
	return n
}

// aligned writes each name, the blanks behind it and its equals sign as one token. Names are ASCII, so bytes are columns.
func (w *words) aligned(lines [][]token) {
	widest := 0
	for _, line := range lines {
		widest = max(widest, len(line[0].text))
	}
	for _, line := range lines {
		name := line[0].text + strings.Repeat(" ", widest-len(line[0].text)+1) + "="
		w.out = append(w.out, hclwrite.Token{Type: hclsyntax.TokenEqual, Bytes: []byte(name)})
		w.line(line[2:])
	}
}

// line joins what no blank can come between, a quoted text and a path of names. To hclwrite's rules such a word is an identifier.
func (w *words) line(tokens []token) {
	dotted := false
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		word := hclwrite.Token{Type: t.kind, Bytes: []byte(t.text)}
		if n := quotedText(tokens[i:]); n > 0 {
			word.Type = hclsyntax.TokenIdent
			for _, more := range tokens[i+1 : i+n] {
				word.Bytes = append(word.Bytes, more.text...)
			}
			i += n - 1
		}
		path := i > 0 && (t.kind == hclsyntax.TokenDot || dotted)
		dotted = t.kind == hclsyntax.TokenDot
		if last := len(w.out) - 1; path && last >= 0 && w.out[last].Type == hclsyntax.TokenIdent {
			w.out[last].Bytes = append(w.out[last].Bytes, word.Bytes...)
			continue
		}
		w.out = append(w.out, word)
	}
}

// quotedText is how many tokens a quoted text without interpolations has, 0 where none begins; before an index hclwrite's
// rules tell it from an identifier.
func quotedText(tokens []token) int {
	if tokens[0].kind != hclsyntax.TokenOQuote {
		return 0
	}
	n := 1
	if n < len(tokens) && tokens[n].kind == hclsyntax.TokenQuotedLit {
		if !isPlain(tokens[n].text) {
			return 0 // a mark that combines with the quote before it makes a word narrower than its tokens
		}
		n++
	}
	if n >= len(tokens) || tokens[n].kind != hclsyntax.TokenCQuote || n+1 < len(tokens) && tokens[n+1].kind == hclsyntax.TokenOBrack {
		return 0
	}
	return n + 1
}
