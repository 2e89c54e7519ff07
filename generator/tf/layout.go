package tf

import "github.com/hashicorp/hcl/v2/hclsyntax"

// document writes the whole file. Blank lines are decided here and in between; everything within a line is left to formatting.
func (w *tokenWriter) document(d *Document) {
	w.comment(Header[len("# "):])
	w.newline()
	if d.Comment != "" {
		w.comment(d.Comment)
		if len(d.Blocks) > 0 {
			w.newline()
		}
	}
	for i, b := range d.Blocks {
		if i > 0 {
			w.newline()
		}
		if b.Heading != "" {
			w.comment(b.Heading)
			w.newline()
		}
		w.block(b, true)
	}
}

func (w *tokenWriter) block(b *Block, top bool) {
	w.comment(b.Comment)
	w.name(b.Type)
	for _, label := range b.Labels {
		w.quoted(label)
	}
	w.add(hclsyntax.TokenOBrace, "{")
	if items := flat(b.Items); len(items) > 0 {
		w.newline()
		w.body(items, styleOf(b, top))
	}
	w.add(hclsyntax.TokenCBrace, "}")
	w.newline()
}

func (w *tokenWriter) body(items []Item, style bodyStyle) {
	leading := leadingMeta(items, style)
	for i, item := range items {
		if i > 0 && (i == leading || style.blankBetween(items[i-1], item)) {
			w.newline()
		}
		switch item := item.(type) {
		case Attr:
			w.attribute(item)
		case *Block:
			w.block(item, false)
		}
	}
}

func (w *tokenWriter) attribute(a Attr) {
	lines := multiline(a.Value)
	w.comment(a.Comment)
	if lines {
		w.comment(a.Aside)
	}
	w.name(a.Name)
	w.add(hclsyntax.TokenEqual, "=")
	w.expr(a.Value)
	if a.Aside != "" && !lines {
		w.aside(a.Aside)
		return
	}
	w.newline()
}

// bodyStyle says where the inside of a block gets blank lines.
type bodyStyle struct {
	// paragraphs sets a value of several lines apart from its neighbours.
	paragraphs bool
	// meta are the arguments that Terraform itself reads; standing first, they are set apart from what follows.
	meta []string
}

func styleOf(b *Block, top bool) bodyStyle {
	switch b.Type {
	case "resource", "data":
		if top {
			return bodyStyle{paragraphs: true, meta: []string{"for_each", "count", "provider"}}
		}
	case "module":
		return bodyStyle{paragraphs: top, meta: []string{"source", "version", "for_each", "count", "providers"}}
	case "variables", "required_providers":
		return bodyStyle{paragraphs: true}
	}
	return bodyStyle{}
}

func leadingMeta(items []Item, style bodyStyle) int {
	for i, item := range items {
		a, ok := item.(Attr)
		if !ok || !contains(style.meta, a.Name) {
			return i
		}
	}
	return len(items)
}

func (s bodyStyle) blankBetween(before, after Item) bool {
	x, ok := before.(Attr)
	if !ok {
		return true
	}
	y, ok := after.(Attr)
	if !ok {
		return true
	}
	switch {
	case y.Comment != "", x.Name == "depends_on", y.Name == "depends_on":
		return true
	default:
		return s.paragraphs && (multiline(x.Value) || multiline(y.Value))
	}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// multiline says whether the expression is printed on several lines.
func multiline(e Expr) bool {
	switch e := e.(type) {
	case Lit:
		return multilineValue(e.Value)
	case Object:
		return len(e.Fields) > 0 && !e.Inline
	case List:
		return len(e.Items) > 0 && (e.Lines || anyMultiline(e.Items...))
	case For:
		return e.Lines || anyMultiline(e.Collection, e.Key, e.Value, e.If)
	case Call:
		return len(e.Args) > 0 && (e.Lines || anyMultiline(e.Args...))
	case Cond:
		return anyMultiline(e.If, e.Then, e.Else)
	case Binary:
		return anyMultiline(e.Left, e.Right)
	case Not:
		return multiline(e.Operand)
	case Index:
		return anyMultiline(e.Collection, e.Key)
	case Get:
		return multiline(e.Object)
	case Splat:
		return multiline(e.Collection)
	case TypeOf:
		return multilineType(e.Type)
	default:
		return false
	}
}

func anyMultiline(es ...Expr) bool {
	for _, e := range es {
		if multiline(e) {
			return true
		}
	}
	return false
}
