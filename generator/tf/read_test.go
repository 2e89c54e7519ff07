package tf

import (
	"cmp"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// read makes a configuration of the files of tree, comments and layout included: the way back from what Printer prints.
func read(t testing.TB) *Config {
	t.Helper()
	modules := map[string]*Module{}
	c := &Config{}
	root := os.DirFS(tree)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		module, document := "", name
		if rest, ok := strings.CutPrefix(name, "modules/"); ok {
			child, inside, _ := strings.Cut(rest, "/")
			module, document = "modules/"+child, inside
		}
		if modules[module] == nil {
			modules[module] = &Module{Path: module}
			c.Modules = append(c.Modules, modules[module])
		}
		readDocument(t, source, modules[module].Document(document))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func readDocument(t testing.TB, source []byte, d *Document) {
	t.Helper()
	f, diags := hclsyntax.ParseConfig(source, d.Name, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	r := reader{t: t, lines: strings.Split(string(source), "\n")}
	line := 0
	for i, item := range r.body(f.Body.(*hclsyntax.Body), "") {
		b := item.(*Block)
		line = b.Origin.Start.Line - strings.Count(b.Comment+"\n", "\n")
		if b.Comment == "" {
			line = b.Origin.Start.Line - 1
		}
		// Above block and comment a blank line, and above that what stands alone.
		alone := r.commentAbove(line)
		switch {
		case alone == "" || "# "+alone == Header:
		case i == 0:
			d.Comment = alone
		default:
			b.Heading = alone
		}
		d.Blocks = append(d.Blocks, b)
	}
}

type reader struct {
	t     testing.TB
	lines []string
	bound []string
}

// commentAbove is the comment that ends right above the line, which counts from 1.
func (r reader) commentAbove(line int) string {
	var out []string
	for i := line - 2; i >= 0; i-- {
		text, ok := strings.CutPrefix(strings.TrimSpace(r.lines[i]), "#")
		if !ok {
			break
		}
		out = append(out, strings.TrimPrefix(text, " "))
	}
	slices.Reverse(out)
	return strings.Join(out, "\n")
}

func (r reader) body(b *hclsyntax.Body, of string) []Item {
	at := map[int]Item{}
	for _, a := range b.Attributes {
		item := Set(a.Name, r.argument(a, of)).Why(r.commentAbove(a.SrcRange.Start.Line))
		if a.SrcRange.Start.Line == a.SrcRange.End.Line {
			_, item.Aside, _ = strings.Cut(r.lines[a.SrcRange.End.Line-1][a.SrcRange.End.Column-1:], "# ")
		}
		at[a.SrcRange.Start.Byte] = item
	}
	for _, n := range b.Blocks {
		block := NewBlock(n.Type, n.Labels, r.body(n.Body, n.Type)...).From(n.TypeRange)
		at[n.TypeRange.Start.Byte] = block.Why(r.commentAbove(n.TypeRange.Start.Line))
	}
	var starts []int
	for start := range at {
		starts = append(starts, start)
	}
	slices.SortFunc(starts, cmp.Compare[int])
	var items []Item
	for _, start := range starts {
		items = append(items, at[start])
	}
	return items
}

func (r reader) argument(a *hclsyntax.Attribute, of string) Expr {
	switch {
	case of == "variable" && a.Name == "type":
		typ, diags := typeexpr.TypeConstraint(a.Expr)
		if diags.HasErrors() {
			r.t.Fatal(diags)
		}
		return TypeOf{typ}
	case a.Name == "ignore_changes":
		l := List{}
		for _, e := range a.Expr.(*hclsyntax.TupleConsExpr).Exprs {
			l.Items = append(l.Items, Own(hcl.ExprAsKeyword(e)))
		}
		return l
	default:
		return r.expr(a.Expr)
	}
}

func (r reader) expr(e hclsyntax.Expression) Expr {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return Lit{e.Val}
	case *hclsyntax.ScopeTraversalExpr:
		return r.reference(e.Traversal)
	case *hclsyntax.RelativeTraversalExpr:
		return r.steps(r.expr(e.Source), e.Traversal)
	case *hclsyntax.ParenthesesExpr:
		return r.expr(e.Expression)
	case *hclsyntax.FunctionCallExpr:
		return Call{Name: e.Name, Args: r.exprs(e.Args), Lines: len(e.Args) > 0 && e.Args[0].Range().Start.Line > e.NameRange.Start.Line}
	case *hclsyntax.TemplateExpr:
		return Template{r.exprs(e.Parts)}
	case *hclsyntax.TemplateWrapExpr:
		return Template{[]Expr{r.expr(e.Wrapped)}}
	case *hclsyntax.TupleConsExpr:
		return List{r.exprs(e.Exprs), len(e.Exprs) > 0 && e.Exprs[0].Range().Start.Line > e.SrcRange.Start.Line}
	case *hclsyntax.ObjectConsExpr:
		return r.object(e)
	case *hclsyntax.ForExpr:
		return r.loop(e)
	case *hclsyntax.BinaryOpExpr:
		return r.binary(e)
	case *hclsyntax.UnaryOpExpr:
		return Not{r.expr(e.Val)}
	case *hclsyntax.ConditionalExpr:
		return Cond{r.expr(e.Condition), r.expr(e.TrueResult), r.expr(e.FalseResult)}
	case *hclsyntax.IndexExpr:
		return Index{r.expr(e.Collection), r.expr(e.Key)}
	case *hclsyntax.SplatExpr:
		s := Splat{Collection: r.expr(e.Source)}
		for _, step := range e.Each.(*hclsyntax.RelativeTraversalExpr).Traversal {
			s.Path = append(s.Path, step.(hcl.TraverseAttr).Name)
		}
		return s
	default:
		r.t.Fatalf("%s: cannot read a %T", e.Range(), e)
		return nil
	}
}

func (r reader) exprs(es []hclsyntax.Expression) []Expr {
	var out []Expr
	for _, e := range es {
		out = append(out, r.expr(e))
	}
	return out
}

// reference makes a new block to refer to: what Check knows of a block it takes from the module, by address.
func (r reader) reference(t hcl.Traversal) Expr {
	var names []string
	for _, step := range t {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			names = append(names, step.Name)
		case hcl.TraverseAttr:
			names = append(names, step.Name)
		default:
			return r.steps(r.reference(t[:len(names)]), t[len(names):])
		}
	}
	labels := map[string]int{"var": 1, "module": 1, "output": 1, "run": 1, "data": 2}
	types := map[string]string{"var": "variable"}
	switch n := labels[names[0]]; {
	case slices.Contains(r.bound, names[0]):
		return Named{Bound, names}
	case names[0] == "each":
		return Each(names[1:]...)
	case names[0] == "path":
		return Named{PathValue, names[1:]}
	case n > 0:
		return NewBlock(cmp.Or(types[names[0]], names[0]), names[1:n+1]).Attr(names[n+1:]...)
	case len(names) == 1:
		return Keyword(names[0])
	default:
		return NewBlock("resource", names[:2]).Attr(names[2:]...)
	}
}

func (r reader) steps(e Expr, t hcl.Traversal) Expr {
	for _, step := range t {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			e = Get{e, step.Name}
		case hcl.TraverseIndex:
			e = Index{e, Lit{step.Key}}
		}
	}
	return e
}

func (r reader) object(e *hclsyntax.ObjectConsExpr) Expr {
	o := Object{Inline: e.SrcRange.Start.Line == e.SrcRange.End.Line}
	for _, item := range e.Items {
		key := item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr)
		f := Field{Key: hcl.ExprAsKeyword(key), Value: r.expr(item.ValueExpr)}
		if in, ok := key.Wrapped.(*hclsyntax.ParenthesesExpr); ok {
			f.KeyExpr = r.expr(in.Expression)
		} else if v, _ := key.Value(nil); f.Key == "" && v.Type() == cty.String {
			f.Key = v.AsString()
		}
		o.Fields = append(o.Fields, f)
	}
	return o
}

func (r reader) loop(e *hclsyntax.ForExpr) Expr {
	f := For{At: e.KeyVar, Name: e.ValVar, Collection: r.expr(e.CollExpr), Grouping: e.Group, Lines: e.SrcRange.Start.Line != e.SrcRange.End.Line}
	r.bound = append(slices.Clone(r.bound), e.KeyVar, e.ValVar)
	if e.KeyExpr != nil {
		f.Key = r.expr(e.KeyExpr)
	}
	f.Value = r.expr(e.ValExpr)
	if e.CondExpr != nil {
		f.If = r.expr(e.CondExpr)
	}
	return f
}

func (r reader) binary(e *hclsyntax.BinaryOpExpr) Expr {
	for op, operation := range map[string]*hclsyntax.Operation{
		"==": hclsyntax.OpEqual, "!=": hclsyntax.OpNotEqual, "&&": hclsyntax.OpLogicalAnd, "||": hclsyntax.OpLogicalOr,
		">": hclsyntax.OpGreaterThan, ">=": hclsyntax.OpGreaterThanOrEqual, "<": hclsyntax.OpLessThan, "<=": hclsyntax.OpLessThanOrEqual,
		"+": hclsyntax.OpAdd, "-": hclsyntax.OpSubtract,
	} {
		if e.Op == operation {
			return Binary{op, r.expr(e.LHS), r.expr(e.RHS)}
		}
	}
	r.t.Fatalf("%s: cannot read this operator", e.Range())
	return nil
}
