package tf

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"pgregory.net/rapid"
)

// byHclwrite formats the document's tokens one by one, without words and without our alignment: the judge of both.
func byHclwrite(d *Document) string {
	w := &tokenWriter{}
	w.document(d)
	var tokens hclwrite.Tokens
	for _, t := range w.tokens {
		tokens = append(tokens, &hclwrite.Token{Type: t.kind, Bytes: []byte(t.text)})
	}
	f := hclwrite.NewEmptyFile()
	f.Body().AppendUnstructuredTokens(tokens)
	return string(f.Bytes())
}

func TestAnyDocumentIsFormattedAsHclwriteDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := func() Expr { return anyExpr(3).Draw(t, "expr") }
		text := func() string { return awkward().Draw(t, "text") }
		d := document(
			NewBlock("module", []string{text(), "c"}, Set("source", e()), Set("x", e()).Because(text()), Set("yyyyyyy", e()).Because("b"),
				Nested("n", Set("p", e()).Why(text()), Set("depends_on", ListOf(e())))),
			Nested("locals", Set("a", Inline(F(text(), e()), F("b", e()))).Because("é"), Set("wide", Fields(F(text(), e()), F("ü", Int(-1))))).Why(text()),
		)
		if diff := cmp.Diff(byHclwrite(d), string(new(Printer).Print(d))); diff != "" {
			t.Fatalf("(-hclwrite +printed):\n%s", diff)
		}
	})
}
