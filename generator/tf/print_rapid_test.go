package tf

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"pgregory.net/rapid"
)

// awkward draws strings in which what HCL gives a meaning to is frequent.
func awkward() *rapid.Generator[string] {
	runes := rapid.OneOf(
		rapid.Rune(),
		rapid.SampledFrom([]rune("$%{}\"\\\n\r\t\x00~#/*u0 \u2028\u202e\u0301é\U0001F600\uFEFF")),
	)
	return rapid.StringOf(runes)
}

func evaluate(t *rapid.T, e Expr) cty.Value {
	b := new(Printer).Print(document(Nested("x", Set("a", e))))
	f, diags := hclsyntax.ParseConfig(b, "a.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, b)
	}
	body := f.Body.(*hclsyntax.Body)
	if len(body.Blocks) != 1 || len(body.Blocks[0].Body.Attributes) != 1 || len(body.Blocks[0].Body.Blocks) != 0 {
		t.Fatalf("the text became structure:\n%s", b)
	}
	v, diags := body.Blocks[0].Body.Attributes["a"].Expr.Value(&hcl.EvalContext{
		Variables: map[string]cty.Value{"var": cty.ObjectVal(map[string]cty.Value{"x": cty.StringVal("<x>")})},
		Functions: map[string]function.Function{},
	})
	if diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, b)
	}
	return v
}

func TestAnyStringIsText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := cty.StringVal(awkward().Draw(t, "s"))
		if got := evaluate(t, Lit{s}); !got.RawEquals(s) {
			t.Fatalf("got %#v, want %#v", got, s)
		}
		key := evaluate(t, Inline(F(s.AsString(), Int(1))))
		if !key.Type().HasAttribute(s.AsString()) {
			t.Fatalf("key became %#v", key)
		}
	})
}

func TestAnyTemplateIsTextAndValues(t *testing.T) {
	t.Parallel()
	x := NewBlock("variable", []string{"x"})
	rapid.Check(t, func(t *rapid.T) {
		var parts []Expr
		want := ""
		for _, s := range rapid.SliceOfN(awkward(), 1, 4).Draw(t, "texts") {
			s = cty.StringVal(s).AsString()
			parts = append(parts, String(s), x.Attr())
			want += s + "<x>"
		}
		if got := evaluate(t, Join(parts...)); !got.RawEquals(cty.StringVal(want)) {
			t.Fatalf("got %#v, want %q", got, want)
		}
	})
}

// anyExpr draws expressions of every kind, some of them nonsense to Terraform, all of them syntax.
func anyExpr(depth int) *rapid.Generator[Expr] {
	return rapid.Custom(func(t *rapid.T) Expr {
		leaf := func() Expr {
			return rapid.SampledFrom([]Expr{
				String("a${b}\n"), Int(-3), Bool(true), Each("key"), PathModule(), Strings("a", "b"), Fields(),
				Resource("aws_lb", "this").Attr("arn"), TypeOf{cty.Object(map[string]cty.Type{"a": cty.String})},
				Lit{cty.MapVal(map[string]cty.Value{"k v": cty.NumberFloatVal(-1.5)})}, Lit{}, nil,
			}).Draw(t, "leaf")
		}
		if depth == 0 {
			return leaf()
		}
		sub := func() Expr { return anyExpr(depth-1).Draw(t, "sub") }
		flag := func() bool { return rapid.Bool().Draw(t, "flag") }
		name := rapid.SampledFrom([]string{"a", "b-c", "d e", "0", "for"}).Draw(t, "name")
		switch rapid.IntRange(0, 13).Draw(t, "kind") {
		case 0:
			return Call{name, []Expr{sub(), sub()}, flag()}
		case 1:
			return Template{[]Expr{String("x$"), sub(), String("%"), sub()}}
		case 2:
			return Object{[]Field{{Key: name, Value: sub(), Comment: "c\nd"}, {KeyExpr: sub(), Value: sub()}}, flag()}
		case 3:
			return List{[]Expr{sub(), sub()}, flag()}
		case 4:
			return Cond{sub(), sub(), sub()}
		case 5:
			op := rapid.SampledFrom([]string{"==", "!=", "&&", "||", ">", ">=", "<", "<=", "+", "-"}).Draw(t, "op")
			return Binary{op, sub(), sub()}
		case 6:
			return Not{sub()}
		case 7:
			return Index{sub(), sub()}
		case 8:
			return Get{sub(), name}
		case 9:
			return Splat{sub(), []string{name}}
		case 10:
			return For{Name: name, Collection: sub(), Value: sub(), Lines: flag()}
		case 11:
			return For{At: name, Name: name, Collection: sub(), Key: sub(), Value: sub(), If: sub(), Lines: flag(), Grouping: flag()}
		case 12:
			return Template{[]Expr{sub()}}
		default:
			return leaf()
		}
	})
}

func TestAnyDocumentIsAFixedPoint(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom([]string{"resource", "variables", "statement", "module"}).Draw(t, "type")
		e := func() Expr { return anyExpr(3).Draw(t, "expr") }
		d := document(NewBlock(typ, []string{"a\"b", "c"},
			Set("source", e()), Set("x", e()).Why("w"), Set("yyyyyyy", e()).Because("b"),
			Nested("n", Set("p", e()), Set("depends_on", ListOf(e())))))
		b := new(Printer).Print(d)
		if _, diags := hclsyntax.ParseConfig(b, "a.tf", hcl.InitialPos); diags.HasErrors() {
			t.Fatalf("%v\n%s", diags, b)
		}
		if f := hclwrite.Format(b); string(f) != string(b) {
			t.Fatalf("printed:\n%s\nformatted:\n%s", b, f)
		}
	})
}
