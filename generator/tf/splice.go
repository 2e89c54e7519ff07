package tf

import (
	"bytes"
	"crypto/sha256"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A document's layout does not depend on its literals: a text is one word, however long it is, as a number is, and nothing is aligned
// behind it but a comment. So services that differ in names and values have documents that are laid out once, and the others' texts are put in.

// gaps are the indices of the tokens that a layout does not depend on: literals, but for those that something stands behind
// in columns, an equals sign or a comment.
func gaps(out []int, tokens []token) []int {
	for from := 0; from < len(tokens); {
		line := tokens[from : from+lineOf(tokens[from:])]
		if line[len(line)-1].kind != hclsyntax.TokenComment {
			for i := valueOf(line); i < len(line); i++ {
				if line[i].fills() {
					out = append(out, from+i)
				}
			}
		}
		from += len(line)
	}
	return out
}

// fills: a plain text in quotes, and a number.
func (t token) fills() bool {
	return t.kind == hclsyntax.TokenNumberLit || t.kind == hclsyntax.TokenQuotedLit && isPlain(t.text)
}

// valueOf is where the value of a line begins, behind its first equals sign; 0 in a line without.
func valueOf(line []token) int {
	for i, t := range line {
		if t.kind == hclsyntax.TokenEqual {
			return i
		}
	}
	return 0
}

// layoutKey tells apart what is laid out differently: all tokens, with nothing in the gaps.
func layoutKey(tokens []token, gaps []int) Key {
	b := make([]byte, 0, 16*len(tokens))
	for i, t := range tokens {
		b = append(b, byte(t.kind))
		if len(gaps) > 0 && gaps[0] == i {
			gaps = gaps[1:]
			continue
		}
		b = appendText(b, t.text)
	}
	return sha256.Sum256(b)
}

// pieces are what stands before, between and behind the gaps of a layout; nil where the layout must be made anew for every document.
type pieces [][]byte

// cut takes the formatted text of tokens apart at the gaps. Formatting moves tokens and changes none, so each is found behind the one
// before it.
func cut(text []byte, tokens []token, gaps []int) pieces {
	var out pieces
	from, at := 0, 0
	for i, t := range tokens {
		for !bytes.HasPrefix(text[at:], []byte(t.text)) {
			if at >= len(text) || text[at] != ' ' {
				return nil
			}
			at++
		}
		if len(gaps) > 0 && gaps[0] == i {
			gaps = gaps[1:]
			out = append(out, bytes.Clone(text[from:at]))
			from = at + len(t.text)
		}
		at += len(t.text)
	}
	return append(out, bytes.Clone(text[from:]))
}

// fill puts a document's own texts into the gaps.
func (p pieces) fill(tokens []token, gaps []int) []byte {
	size := 0
	for _, piece := range p {
		size += len(piece)
	}
	for _, i := range gaps {
		size += len(tokens[i].text)
	}
	out := make([]byte, 0, size)
	for n, i := range gaps {
		out = append(append(out, p[n]...), tokens[i].text...)
	}
	return append(out, p[len(gaps)]...)
}
