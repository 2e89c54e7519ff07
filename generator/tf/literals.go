package tf

import (
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// printable says whether the value is one that source code can express; null is not asked for its elements.
func printable(v cty.Value) bool {
	if v == cty.NilVal {
		return false
	}
	v, _ = v.Unmark()
	t := v.Type()
	if !v.IsKnown() || v.IsNull() {
		return false
	}
	return t.IsPrimitiveType() || t.IsCollectionType() || t.IsTupleType() || t.IsObjectType()
}

// value writes a literal. Maps and objects come sorted, one key a line.
func (w *tokenWriter) value(v cty.Value) {
	if !printable(v) {
		w.word("null")
		return
	}
	v, _ = v.Unmark()
	t := v.Type()
	switch {
	case t == cty.String:
		w.quoted(v.AsString())
	case t == cty.Bool && v.True():
		w.word("true")
	case t == cty.Bool:
		w.word("false")
	case t == cty.Number:
		w.number(v)
	case t.IsMapType() || t.IsObjectType():
		w.object(objectOf(v))
	default:
		w.list(listOf(v))
	}
}

func (w *tokenWriter) number(v cty.Value) {
	text := v.AsBigFloat().Text('f', -1)
	if strings.HasPrefix(text, "-") {
		w.add(hclsyntax.TokenMinus, "-")
		text = text[1:]
	}
	w.add(hclsyntax.TokenNumberLit, text)
}

func isNegative(v cty.Value) bool {
	if !printable(v) {
		return false
	}
	v, _ = v.Unmark()
	return v.Type() == cty.Number && v.AsBigFloat().Sign() < 0
}

func objectOf(v cty.Value) Object {
	o := Object{}
	for it := v.ElementIterator(); it.Next(); {
		k, element := it.Element()
		o.Fields = append(o.Fields, Field{Key: k.AsString(), Value: Lit{element}})
	}
	return o
}

func listOf(v cty.Value) List {
	l := List{}
	for it := v.ElementIterator(); it.Next(); {
		_, element := it.Element()
		l.Items = append(l.Items, Lit{element})
	}
	return l
}

func multilineValue(v cty.Value) bool {
	if !printable(v) || v.Type().IsPrimitiveType() {
		return false
	}
	v, _ = v.Unmark()
	if v.Type().IsMapType() || v.Type().IsObjectType() {
		return v.LengthInt() > 0
	}
	return multiline(listOf(v))
}

// quoted writes text in quotes.
func (w *tokenWriter) quoted(text string) {
	w.add(hclsyntax.TokenOQuote, `"`)
	w.text(text, false)
	w.add(hclsyntax.TokenCQuote, `"`)
}

// text escapes through hclwrite. Before an interpolation a last $ or % would turn it into text, so it is written by its number.
func (w *tokenWriter) text(text string, beforeInterpolation bool) {
	if isPlain(text) {
		if text != "" {
			w.add(hclsyntax.TokenQuotedLit, text)
		}
		return
	}
	for _, t := range hclwrite.TokensForValue(cty.StringVal(text)) {
		if t.Type != hclsyntax.TokenQuotedLit {
			continue
		}
		s := string(t.Bytes)
		if beforeInterpolation && strings.HasSuffix(s, "$") {
			s = s[:len(s)-1] + `\u0024`
		}
		if beforeInterpolation && strings.HasSuffix(s, "%") {
			s = s[:len(s)-1] + `\u0025`
		}
		w.add(hclsyntax.TokenQuotedLit, s)
	}
}

// isPlain is true for text that stands in quotes as it is, as most does.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '$' || c == '%' {
			return false
		}
	}
	return true
}

// template writes "text${expression}text". A lone expression stands without quotes, as terraform fmt would have it.
func (w *tokenWriter) template(t Template) {
	parts := merged(t)
	if len(parts) == 1 {
		if _, isText := textOf(parts[0]); !isText {
			w.expr(parts[0])
			return
		}
	}
	w.inline++
	w.add(hclsyntax.TokenOQuote, `"`)
	for i, part := range parts {
		if s, ok := textOf(part); ok {
			w.text(s, i+1 < len(parts))
			continue
		}
		w.add(hclsyntax.TokenTemplateInterp, "${")
		w.expr(part)
		w.add(hclsyntax.TokenTemplateSeqEnd, "}")
	}
	w.add(hclsyntax.TokenCQuote, `"`)
	w.inline--
}

// merged flattens templates within the template and joins neighbouring texts, so that $ and { of two texts cannot meet unescaped.
func merged(t Template) []Expr {
	var out []Expr
	for _, part := range t.Parts {
		if inner, ok := part.(Template); ok {
			for _, p := range merged(inner) {
				out = appendPart(out, p)
			}
			continue
		}
		out = appendPart(out, part)
	}
	return out
}

func appendPart(out []Expr, part Expr) []Expr {
	s, ok := textOf(part)
	if !ok || len(out) == 0 {
		return append(out, part)
	}
	before, ok := textOf(out[len(out)-1])
	if !ok {
		return append(out, part)
	}
	out[len(out)-1] = String(before + s)
	return out
}

func textOf(e Expr) (string, bool) {
	l, ok := e.(Lit)
	if !ok || !printable(l.Value) {
		return "", false
	}
	v, _ := l.Value.Unmark()
	if v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

// unwrapped is the expression as it is printed: a template of one expression is that expression.
func unwrapped(e Expr) Expr {
	t, ok := e.(Template)
	if !ok {
		return e
	}
	parts := merged(t)
	if len(parts) != 1 {
		return e
	}
	return unwrapped(parts[0])
}

// comment writes "# " lines; no character of the text can end the comment.
func (w *tokenWriter) comment(text string) {
	if text == "" || w.inline > 0 {
		return
	}
	for line := range strings.SplitSeq(strings.TrimRight(plain(text), " \n"), "\n") {
		w.add(hclsyntax.TokenComment, strings.TrimRight("# "+line, " ")+"\n")
	}
}

// aside writes a comment at the end of the line, and ends the line.
func (w *tokenWriter) aside(text string) {
	w.add(hclsyntax.TokenComment, "# "+strings.Join(strings.Fields(plain(text)), " ")+"\n")
}

// plain keeps line ends as \n, turns every other space into a blank and what cannot be seen into U+FFFD.
func plain(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && (r < ' ' || r > '~') }) {
		return text
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', unicode.IsPrint(r):
			return r
		case unicode.Is(unicode.Zs, r), r == '\t':
			return ' '
		default:
			return unicode.ReplacementChar
		}
	}, text)
}

// isIdentifier holds names to ASCII: hclsyntax takes a byte order mark for the beginning of a name, and whatever is left out here
// can still be written in quotes.
func isIdentifier(name string) bool {
	for i, r := range name {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '-' && (r < '0' || r > '9')) {
			return false
		}
	}
	return name != ""
}

// identifier turns a name that is none into one. In brackets "for" begins a loop, so it is no name.
func identifier(name string) string {
	if isIdentifier(name) && name != "for" {
		return name
	}
	out := strings.Map(func(r rune) rune {
		if r != '-' && isIdentifier("_"+string(r)) {
			return r
		}
		return '_'
	}, name)
	return "_" + out
}
