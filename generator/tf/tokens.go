package tf

import (
	"strconv"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// token is a piece of text that formatting keeps whole.
type token struct {
	kind hclsyntax.TokenType
	text string
}

// tokenWriter collects the tokens of one document.
type tokenWriter struct {
	tokens []token
	gaps   []int
	// inline keeps everything on the line: the inside of a template, and of an object on one line.
	inline int
}

func (w *tokenWriter) add(t hclsyntax.TokenType, text string) {
	w.tokens = append(w.tokens, token{kind: t, text: text})
}

func (w *tokenWriter) newline() { w.add(hclsyntax.TokenNewline, "\n") }

func (w *tokenWriter) word(text string) { w.add(hclsyntax.TokenIdent, text) }

// name writes an identifier; what is none can still not become code.
func (w *tokenWriter) name(text string) { w.word(identifier(text)) }

func (w *tokenWriter) expr(e Expr) {
	switch e := e.(type) {
	case Lit:
		w.value(e.Value)
	case Ref:
		w.word(root(e.Block))
		w.path(e.Path)
	case Named:
		w.named(e)
	case Call:
		w.name(e.Name)
		w.add(hclsyntax.TokenOParen, "(")
		w.itemsOrLines(e.Args, e.Lines)
		w.add(hclsyntax.TokenCParen, ")")
	case Template:
		w.template(e)
	case Object:
		w.object(e)
	case List:
		w.list(e)
	case For:
		w.loop(e)
	case TypeOf:
		w.typeOf(e.Type)
	default:
		w.operation(e)
	}
}

func (w *tokenWriter) operation(e Expr) {
	switch e := e.(type) {
	case Cond:
		w.operand(e.If, isCond(e.If))
		w.add(hclsyntax.TokenQuestion, "?")
		w.operand(e.Then, isCond(e.Then))
		w.add(hclsyntax.TokenColon, ":")
		w.operand(e.Else, isCond(e.Else))
	case Binary:
		w.operand(e.Left, bracketed(e.Op, e.Left, true))
		w.operator(e.Op)
		w.operand(e.Right, bracketed(e.Op, e.Right, false))
	case Not:
		w.add(hclsyntax.TokenBang, "!")
		w.operand(e.Operand, isOperation(e.Operand))
	case Index:
		w.operand(e.Collection, isOperation(e.Collection))
		w.add(hclsyntax.TokenOBrack, "[")
		w.expr(e.Key)
		w.add(hclsyntax.TokenCBrack, "]")
	case Get:
		w.operand(e.Object, isOperation(e.Object))
		w.path([]string{e.Name})
	case Splat:
		w.operand(e.Collection, isOperation(e.Collection))
		w.path(append([]string{"*"}, e.Path...))
	default:
		w.word("null")
	}
}

// path writes .name, [0], ["other text"] and [*].
func (w *tokenWriter) path(steps []string) {
	for _, s := range steps {
		if isIdentifier(s) {
			w.add(hclsyntax.TokenDot, ".")
			w.word(s)
			continue
		}
		w.add(hclsyntax.TokenOBrack, "[")
		switch {
		case s == "*":
			w.add(hclsyntax.TokenStar, s)
		case isIndex(s):
			w.add(hclsyntax.TokenNumberLit, s)
		default:
			w.quoted(s)
		}
		w.add(hclsyntax.TokenCBrack, "]")
	}
}

func isIndex(s string) bool {
	n, err := strconv.ParseUint(s, 10, 31)
	return err == nil && strconv.FormatUint(n, 10) == s
}

func (w *tokenWriter) named(n Named) {
	path := n.Path
	switch n.Kind {
	case EachValue:
		w.word("each")
	case PathValue:
		w.word("path")
	case SelfValue:
		w.word("self")
	default:
		if len(path) == 0 {
			w.word("null")
			return
		}
		w.name(path[0])
		path = path[1:]
	}
	w.path(path)
}

func (w *tokenWriter) list(l List) {
	w.add(hclsyntax.TokenOBrack, "[")
	// Two items of several lines each on one line would be indented oddly by fmt: "}, {" closes and opens nothing.
	w.itemsOrLines(l.Items, l.Lines || len(l.Items) > 1 && anyMultiline(l.Items...))
	w.add(hclsyntax.TokenCBrack, "]")
}

func (w *tokenWriter) itemsOrLines(items []Expr, lines bool) {
	if !lines || len(items) == 0 || w.inline > 0 {
		w.items(items)
		return
	}
	w.newline()
	for _, item := range items {
		w.expr(item)
		w.add(hclsyntax.TokenComma, ",")
		w.newline()
	}
}

func (w *tokenWriter) items(items []Expr) {
	for i, item := range items {
		if i > 0 {
			w.add(hclsyntax.TokenComma, ",")
		}
		w.expr(item)
	}
}

func (w *tokenWriter) object(o Object) {
	w.add(hclsyntax.TokenOBrace, "{")
	switch {
	case len(o.Fields) == 0:
	case o.Inline || w.inline > 0:
		w.inline++
		for i, f := range o.Fields {
			if i > 0 {
				w.add(hclsyntax.TokenComma, ",")
			}
			w.field(f)
		}
		w.inline--
	default:
		w.newline()
		for _, f := range o.Fields {
			w.comment(f.Comment)
			w.field(f)
			w.newline()
		}
	}
	w.add(hclsyntax.TokenCBrace, "}")
}

func (w *tokenWriter) field(f Field) {
	switch {
	case f.KeyExpr != nil:
		w.add(hclsyntax.TokenOParen, "(")
		w.expr(f.KeyExpr)
		w.add(hclsyntax.TokenCParen, ")")
	case isIdentifier(f.Key) && !contains([]string{"for", "null", "true", "false"}, f.Key):
		w.word(f.Key)
	default:
		w.quoted(f.Key)
	}
	w.add(hclsyntax.TokenEqual, "=")
	w.expr(f.Value)
}

func (w *tokenWriter) loop(f For) {
	open, shut := token{kind: hclsyntax.TokenOBrack, text: "["}, token{kind: hclsyntax.TokenCBrack, text: "]"}
	if f.Key != nil {
		open, shut = token{kind: hclsyntax.TokenOBrace, text: "{"}, token{kind: hclsyntax.TokenCBrace, text: "}"}
	}
	lines := f.Lines && w.inline == 0
	w.add(open.kind, open.text)
	if lines {
		w.newline()
	}
	w.word("for")
	if f.At != "" {
		w.name(f.At)
		w.add(hclsyntax.TokenComma, ",")
	}
	w.name(f.Name)
	w.word("in")
	w.operand(f.Collection, isCond(f.Collection))
	w.add(hclsyntax.TokenColon, ":")
	if f.Key != nil {
		w.expr(f.Key)
		w.add(hclsyntax.TokenFatArrow, "=>")
	} else if lines {
		w.newline()
	}
	w.expr(f.Value)
	if f.Key != nil && f.Grouping {
		w.add(hclsyntax.TokenEllipsis, "...")
	}
	if f.If != nil {
		w.word("if")
		w.expr(f.If)
	}
	if lines {
		w.newline()
	}
	w.add(shut.kind, shut.text)
}
