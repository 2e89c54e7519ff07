package tf

import (
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"pgregory.net/rapid"
)

// plainText draws what stands in quotes as it is, most of it what would mean something outside of them.
func plainText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`[ !#&-\[\]-~]{1,40}`),
		rapid.SampledFrom([]string{" ", "  a", "a  ", "= x", "# x", "// x", "/* x", "[", "{}", "x = 1 # y", "a.b.c", ",", "<<EOT"}),
	).Filter(isPlain)
}

// TestSplicedIsPrinted: a layout with other texts in its gaps is, byte for byte, what the printer makes of these texts.
func TestSplicedIsPrinted(t *testing.T) {
	t.Parallel()
	filled := 0
	rapid.Check(t, func(t *rapid.T) {
		e := func() Expr {
			return rapid.OneOf(anyExpr(3), rapid.Custom(func(t *rapid.T) Expr { return String(plainText().Draw(t, "text")) })).Draw(t, "expr")
		}
		var w tokenWriter
		w.document(document(NewBlock(rapid.SampledFrom([]string{"resource", "variables", "module"}).Draw(t, "type"), []string{"a", "b"},
			Set("source", e()), Set("x", e()).Why("w"), Set("yyyyyyy", e()).Because("b"), Set("zz", e()).Because("a"),
			Set("o", Fields(F("a b", e()), F("c", e()), F("long", e()))), Set("i", Inline(F("a b", e()), F("c", e()))),
			Nested("n", Set("p", e()), Set("depends_on", LinesOf(e(), e()))))))
		between := gaps(nil, w.tokens)
		layout := cut(formatted(w.tokens), w.tokens, between)
		if layout == nil {
			t.Fatalf("the tokens are not found in what was made of them:\n%s", formatted(w.tokens))
		}
		key := layoutKey(w.tokens, between)
		for _, i := range between {
			if w.tokens[i].kind == hclsyntax.TokenNumberLit {
				w.tokens[i].text = rapid.SampledFrom([]string{"0", "7", "0.25", "1000000000000"}).Draw(t, "number")
			} else {
				w.tokens[i].text = plainText().Draw(t, "other")
			}
			filled++
		}
		if again := gaps(nil, w.tokens); len(again) != len(between) || layoutKey(w.tokens, again) != key {
			t.Fatal("other texts are another layout")
		}
		if got, want := string(layout.fill(w.tokens, between)), string(formatted(w.tokens)); got != want {
			t.Fatalf("spliced:\n%s\nprinted:\n%s", got, want)
		}
	})
	if filled == 0 {
		t.Error("nothing was ever spliced")
	}
}

// TestLaidOutOnce: of documents that differ in their texts alone, one is laid out.
func TestLaidOutOnce(t *testing.T) {
	t.Parallel()
	p := new(Printer)
	for i, name := range []string{"orders", "carts", "a much longer name"} {
		d := document(NewBlock("module", []string{name}, Set("source", String("./"+name)), Set("n", Strings(name, "b")), Set("m", Int(i*i*i))))
		if got, want := string(p.Print(d)), string(new(Printer).Print(d)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if n := len(p.layouts.young); n != 1 {
		t.Errorf("%d layouts", n)
	}
}
