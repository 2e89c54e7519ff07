package blueprint_test

import (
	"bytes"
	"testing"

	"bluegen/generator/blueprint"

	"github.com/hashicorp/hcl/v2"
	"pgregory.net/rapid"
)

func at(from, to int, text string) blueprint.Edit {
	return blueprint.Edit{Range: hcl.Range{Start: hcl.Pos{Byte: from}, End: hcl.Pos{Byte: to}}, Text: text}
}

func TestRewrite(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text  string
		edits []blueprint.Edit
		want  string
	}{
		"nothing":            {"a: 1\r\n", nil, "a: 1\r\n"},
		"one":                {"a: 1 # kept\r\n", []blueprint.Edit{at(3, 4, "10")}, "a: 10 # kept\r\n"},
		"in any order":       {"a: 1\nb: 2\n", []blueprint.Edit{at(8, 9, ""), at(3, 4, "true")}, "a: true\nb: \n"},
		"insertion":          {"ab", []blueprint.Edit{at(1, 1, "-")}, "a-b"},
		"behind the end":     {"ab", []blueprint.Edit{at(2, 2, "c")}, "abc"},
		"side by side":       {"abc", []blueprint.Edit{at(1, 2, "B"), at(0, 1, "A")}, "ABc"},
		"overlapping":        {"abc", []blueprint.Edit{at(0, 2, ""), at(1, 3, "")}, ""},
		"outside":            {"abc", []blueprint.Edit{at(2, 4, "")}, ""},
		"from back to front": {"abc", []blueprint.Edit{at(2, 1, "")}, ""},
	} {
		got, err := blueprint.Rewrite([]byte(c.text), c.edits...)
		if string(got) != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
}

// TestRewriteBack: what an edit replaced, put back, gives the same bytes.
func TestRewriteBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "data")
		from := rapid.IntRange(0, len(data)).Draw(t, "from")
		to := rapid.IntRange(from, len(data)).Draw(t, "to")
		text := rapid.String().Draw(t, "text")
		there, err := blueprint.Rewrite(data, at(from, to, text))
		if err != nil {
			t.Fatal(err)
		}
		back, err := blueprint.Rewrite(there, at(from, from+len(text), string(data[from:to])))
		if err != nil || !bytes.Equal(back, data) {
			t.Fatalf("%q became %q and then %q: %v", data, there, back, err)
		}
	})
}
