package disk

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// names are the paths that the property draws from: generated and hand-written files meet on all of them.
func names() []string {
	return []string{
		"terraform/production/main.tf", "terraform/production/variables.tf", "terraform/production/modules/a/main.tf",
		"terraform/production/modules/a/src/handler.py", "terraform/production/modules/b/main.tf", "terraform/production/own.tf",
		"terraform/staging/main.tf", "terraform/staging/modules/a/main.tf", "terraform/staging/notes.md",
	}
}

func trees() *rapid.Generator[map[string]string] {
	return rapid.MapOf(rapid.SampledFrom(names()), rapid.SampledFrom([]string{"", "a\n", "b\n", "b\r\n", "resource {}\n"}))
}

// TestWhateverHappened: over any tree, any earlier run and any wish, files that are not bluegen's never change; without force
// a conflict changes nothing at all; afterwards everything is unchanged.
func TestWhateverHappened(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		root, err := os.MkdirTemp(base, "tree")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.RemoveAll(root) }()
		d := open(t, root)
		defer func() { _ = d.Close() }()
		fsys := unsynced{d}

		theirs := files(trees().Draw(t, "theirs"))
		put(t, root, theirs)
		wrote := files(trees().Draw(t, "wrote"))
		clear := wrote.without(slices.Collect(maps.Keys(theirs))...)
		generate(t, fsys, want(clear), false)
		edits := files(trees().Draw(t, "edits"))
		put(t, root, edits)
		for _, name := range rapid.SliceOf(rapid.SampledFrom(names())).Draw(t, "gone") {
			if err := os.Remove(filepath.Join(root, name)); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}

		before := snapshot(t, root)
		wish := files(trees().Draw(t, "wish"))
		p := compare(t, fsys, want(wish))
		_, err = Apply(context.Background(), fsys, p, Options{})
		if len(p.Conflicts()) > 0 {
			if err == nil {
				t.Fatalf("conflicts were passed over: %v", rows(p))
			}
			equal(t, "a refused run", before, snapshot(t, root))
			report := generate(t, fsys, want(wish), true)
			for _, c := range report.Lost {
				equal(t, "lost "+c.Path, before[c.Path], string(c.Old))
			}
			equal(t, "what is lost", len(p.Conflicts()), len(report.Lost))
		} else if err != nil {
			t.Fatalf("%v", err)
		}

		after := snapshot(t, root)
		noTemporaries(t, after)
		for name, content := range before {
			_, wished := wish[name]
			_, ours := clear[name]
			if now, there := after[name]; !wished && !ours && name != ManifestName && (!there || now != content) {
				t.Fatalf("%s is not bluegen's and changed to %q", name, now)
			}
		}
		for name, content := range wish {
			equal(t, name, content, after[name])
		}
		if p := compare(t, fsys, want(wish)); p.OutOfDate() {
			t.Fatalf("not up to date: %v", rows(p))
		}
	})
}
