package tf

import "github.com/hashicorp/hcl/v2/hclsyntax"

// spaced says whether a blank stands between t and next; before is the token in front of t, TokenNil at the start of a cell.
// The order matters: the first case that fits decides.
func spaced(before, t, next token) bool {
	switch {
	case next.kind == hclsyntax.TokenNewline,
		t.kind == hclsyntax.TokenIdent && next.kind == hclsyntax.TokenOParen,
		t.kind == hclsyntax.TokenDot || next.kind == hclsyntax.TokenDot,
		next.kind == hclsyntax.TokenComma || next.kind == hclsyntax.TokenEllipsis:
		return false
	case t.kind == hclsyntax.TokenComma:
		return true
	case t.quoting(hclsyntax.TokenOQuote) || next.quoting(hclsyntax.TokenCQuote):
		return false
	case t.kind == hclsyntax.TokenIdent && t.text == "in" && before.kind == hclsyntax.TokenIdent:
		return true
	case next.kind == hclsyntax.TokenOBrack && (t.kind == hclsyntax.TokenIdent || t.kind == hclsyntax.TokenNumberLit || t.bracket() < 0):
		return false
	case t.kind == hclsyntax.TokenBang:
		return false
	case t.kind == hclsyntax.TokenMinus:
		return !before.beforeSign()
	case t.kind == hclsyntax.TokenOBrace && next.kind == hclsyntax.TokenCBrace:
		return false
	case t.kind == hclsyntax.TokenOBrace || next.kind == hclsyntax.TokenCBrace:
		return true
	default:
		return spacedInBrackets(t, next)
	}
}

func spacedInBrackets(t, next token) bool {
	switch {
	case t.kind == hclsyntax.TokenTemplateInterp && next.kind == hclsyntax.TokenOBrace,
		t.kind == hclsyntax.TokenCBrace && next.kind == hclsyntax.TokenTemplateSeqEnd:
		return true // an object alone in an interpolation: ${ {
	case t.kind == hclsyntax.TokenTemplateSeqEnd && next.kind == hclsyntax.TokenTemplateInterp:
		return false
	default:
		return t.bracket() <= 0 && next.bracket() >= 0
	}
}

// quoting is true within quotes, and on the inner side of the quote itself.
func (t *token) quoting(quote hclsyntax.TokenType) bool {
	return t.kind == hclsyntax.TokenQuotedLit || t.kind == quote
}

// beforeSign is true for what a minus behind it makes a sign, and no subtraction.
func (t *token) beforeSign() bool {
	switch t.kind {
	case hclsyntax.TokenNil, hclsyntax.TokenOParen, hclsyntax.TokenOBrace, hclsyntax.TokenOBrack,
		hclsyntax.TokenEqual, hclsyntax.TokenColon, hclsyntax.TokenComma, hclsyntax.TokenQuestion, hclsyntax.TokenBang:
		return true
	default:
		_, isOperator := operatorOf(t.text)
		return isOperator
	}
}
