package tf

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"
)

// TestCheckerSaysWhatCheckSays: one Checker over configurations of which each but the first differs from the valid one in one mistake,
// every one asked twice.
func TestCheckerSaysWhatCheckSays(t *testing.T) {
	t.Parallel()
	aws, archive := views(t)
	kept := new(Checker)
	for name, change := range map[string]func(*fixture){
		"valid":            func(*fixture) {},
		"unknown argument": func(f *fixture) { put(f.group, "no_such", String("x")) },
		"required null":    func(f *fixture) { put(f.listener, "type", Lit{cty.NullVal(cty.String)}) },
		"unknown value":    func(f *fixture) { put(f.group, "name", Lit{cty.UnknownVal(cty.String)}) },
		"null":             func(f *fixture) { put(f.group, "name", Lit{cty.NullVal(cty.String)}) },
		"a tuple":          func(f *fixture) { put(f.group, "name", Lit{cty.TupleVal([]cty.Value{cty.True})}) },
		"another path":     func(f *fixture) { f.child.Path = "modules/others" },
		"a test":           func(f *fixture) { f.child.Add("x.tftest.hcl", Nested("nonsense")) },
		"another output":   func(f *fixture) { f.output.Labels = []string{"other"} },
	} {
		for range 2 {
			f := valid()
			change(f)
			want := Check(f.config, aws, archive)
			got := kept.Check(f.config, KeysOf(f.config), aws, archive)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-alone +remembered):\n%s", name, diff)
			}
			if plain := name == "valid" || name == "a test" || name == "null"; plain != (len(want) == 0) {
				t.Errorf("%s: %v", name, want)
			}
		}
	}
	f := valid()
	if got := kept.Check(f.config, KeysOf(f.config), nil, archive); len(got) == 0 {
		t.Error("without a view nothing is known, whatever was said with one")
	}
}
