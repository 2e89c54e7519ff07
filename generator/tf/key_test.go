package tf

import (
	"fmt"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

// TestMemoryTellsDocumentsApart asks one printer for documents of which each differs from another in one thing only.
func TestMemoryTellsDocumentsApart(t *testing.T) {
	t.Parallel()
	a, b := NewBlock("variable", []string{"a"}).Attr(), NewBlock("variable", []string{"b"}).Attr()
	in := func(blocks ...*Block) *Document { return document(blocks...) }
	value := func(e Expr) *Document { return in(Nested("x", Set("y", e))) }
	documents := []*Document{
		{}, {Comment: "a"}, {Comment: "b"},
		in(Nested("a")), in(Nested("b")), in(Nested("a"), Nested("a")),
		in(NewBlock("x", []string{"a", "b"})), in(NewBlock("x", []string{"ab"})), in(NewBlock("x", []string{"ab", ""})),
		in(Nested("a").Why("c")), in(Nested("a").Under("c")), in(Nested("a").Why("d")),
		in(Nested("x", Nested("y"))), in(Nested("x", Set("y", a))), in(Nested("x", Set("z", a))), in(Nested("x"), Nested("y")),
		in(Nested("x", Set("y", a).Why("c"))), in(Nested("x", Set("y", a).Because("c"))),
	}
	for _, e := range []Expr{
		b, NewBlock("module", []string{"a"}).Attr(), NewBlock("variable", []string{"a"}).Attr("a"), Resource("a", "b").Attr(), Data("a", "b").Attr(),
		String("1"), Int(1), Int(-1), Float(1.5), Bool(true), Bool(false), String("true"), Lit{}, String(""),
		Lit{cty.MapVal(map[string]cty.Value{"a": cty.True})}, Lit{cty.MapVal(map[string]cty.Value{"b": cty.True})}, Lit{cty.ListVal([]cty.Value{cty.True})},
		Each("key"), Named{PathValue, []string{"key"}}, Named{KeywordValue, []string{"key"}}, Self("key"), Named{Bound, []string{"key2"}},
		Fn("f", a), Fn("g", a), Fn("f", a, a), FnLines("f", a), Fn("f"),
		Join(String("x"), a), Join(String("x"), b), Join(a, String("x")),
		Fields(F("a", a)), Inline(F("a", a)), Fields(F("b", a)), Fields(F("a", b)), Fields(Field{KeyExpr: a, Value: a}), Fields(Field{Key: "a", Value: a, Comment: "c"}),
		ListOf(a), LinesOf(a), ListOf(a, a), ListOf(ListOf(a), a), ListOf(ListOf(a, a)),
		Cond{a, a, b}, Cond{a, b, a}, Cond{b, a, a}, Equal(a, b), Equal(b, a), Binary{"!=", a, b}, Not{a}, Not{b},
		Index{a, b}, Index{b, a}, Get{a, "x"}, Get{a, "y"}, Splat{a, []string{"x"}}, Splat{a, []string{"x", "y"}}, Splat{b, []string{"x"}},
		For{Name: "x", Collection: a, Value: b}, For{Name: "y", Collection: a, Value: b}, For{At: "y", Name: "x", Collection: a, Value: b}, For{Name: "x", Collection: b, Value: b}, For{Name: "x", Collection: a, Value: a},
		For{Name: "x", Collection: a, Value: b, Lines: true}, For{Name: "x", Collection: a, Value: b, If: a}, For{Name: "x", Collection: a, Key: a, Value: b},
		For{Name: "x", Collection: a, Key: a, Value: b, Grouping: true}, For{Name: "x", Collection: a, Key: a, Value: b, If: a},
		TypeOf{cty.String}, TypeOf{cty.List(cty.String)}, TypeOf{cty.Set(cty.String)}, TypeOf{cty.DynamicPseudoType},
		TypeOf{cty.Object(map[string]cty.Type{"a": cty.String})}, TypeOf{cty.ObjectWithOptionalAttrs(map[string]cty.Type{"a": cty.String}, []string{"a"})},
	} {
		documents = append(documents, value(e))
	}
	p := new(Printer)
	seen := map[string]string{}
	for i, d := range documents {
		got := string(p.Print(d))
		if want := string(new(Printer).Print(d)); got != want {
			t.Errorf("document %d was taken for another: remembered\n%s\nprinted\n%s", i, got, want)
		}
		name := fmt.Sprintf("%d", i)
		if other, twice := seen[got]; twice {
			t.Errorf("documents %s and %s print alike, so they prove nothing:\n%s", other, name, got)
		}
		seen[got] = name
	}
}
