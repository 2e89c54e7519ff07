package disk

import (
	"context"
	"slices"
	"strings"
	"syscall"
	"testing"

	"bluegen/generator/diag"

	"pgregory.net/rapid"
)

// conflict is what git leaves of two texts between equal ones.
func conflict(before, ours, theirs, after string) string {
	return before + "<<<<<<< HEAD\n" + ours + "=======\n" + theirs + ">>>>>>> main\n" + after
}

func TestSides(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, data, ours, theirs string }{
		{"two conflicts", conflict("a\n", "b\n", "", conflict("c\n", "", "d\n", "e")), "a\nb\nc\ne", "a\nc\nd\ne"},
		{"with the base", "<<<<<<< HEAD\nb\n||||||| 1f2e\no\n=======\nt\n>>>>>>> main\n", "b\n", "t\n"},
		{"with an empty base", "<<<<<<< HEAD\nb\n|||||||\n=======\nt\n>>>>>>> main\n", "b\n", "t\n"},
		{"CRLF", "<<<<<<< HEAD\r\nb\r\n=======\r\nt\r\n>>>>>>> main\r\n", "b\r\n", "t\r\n"},
	}
	for _, tt := range tests {
		ours, theirs, ok := sides([]byte(tt.data))
		if !ok || string(ours) != tt.ours || string(theirs) != tt.theirs {
			t.Errorf("%s: %q %q %t", tt.name, ours, theirs, ok)
		}
	}
	for _, data := range []string{
		"", "a\n", "<<<<<<< HEAD\n", "<<<<<<< HEAD\n=======\n", "=======\n", ">>>>>>> main\n", "<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> b\n",
		"<<<<<<< a\n=======\n=======\n>>>>>>> b\n", "<<<<<<< a\n=======\n||||||| o\n>>>>>>> b\n", "<<<<<<<HEAD\n=======\n>>>>>>> b\n",
	} {
		if _, _, ok := sides([]byte(data)); ok {
			t.Errorf("%q has two sides", data)
		}
	}
}

// TestSidesOfAnything: whatever conflicts a text has, each side is the text with the conflicts resolved to it.
func TestSidesOfAnything(t *testing.T) {
	t.Parallel()
	lines := func(t *rapid.T, name string) string {
		return strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a\n", "b\n", "\n", "  }\n", "====\n", "<<<<<<<\n"})).Draw(t, name), "")
	}
	rapid.Check(t, func(t *rapid.T) {
		data, ours, theirs := "", "", ""
		for range rapid.IntRange(1, 4).Draw(t, "conflicts") {
			before, left, right := lines(t, "before"), lines(t, "ours"), lines(t, "theirs")
			data += conflict(before, left, right, "")
			ours, theirs = ours+before+left, theirs+before+right
		}
		gotOurs, gotTheirs, ok := sides([]byte(data))
		if !ok || string(gotOurs) != ours || string(gotTheirs) != theirs {
			t.Fatalf("%q: %q %q %t", data, gotOurs, gotTheirs, ok)
		}
	})
}

// merged is a folder after a merge with conflicts: two branches generated from one state, git joined what it could. The second file
// was taken from their side, the third is theirs alone.
func merged(t *testing.T) (root string, user files) {
	t.Helper()
	user = files{"blueprint.yaml": "version: 1\n", "terraform/production/own.tf": conflict("", "mine\n", "theirs\n", "")}
	ours, theirs := files{mainTF: "head\nours\n", varsTF: "v ours\n", "terraform/production/gone.tf": "g\n"}, files{mainTF: "head\ntheirs\n", varsTF: "v theirs\n", hookPY: "h\n"}
	their := snapshot(t, generated(t, theirs, nil))[ManifestName]
	root = generated(t, ours, theirs.with(user, files{mainTF: conflict("head\n", "ours\n", "theirs\n", "")}))
	put(t, root, files{ManifestName: conflict("", snapshot(t, root)[ManifestName], their, "")})
	return root, user
}

// TestMerge: nothing of either side is taken for a hand edit, nothing is orphaned, and what somebody wrote stays.
func TestMerge(t *testing.T) {
	t.Parallel()
	root, user := merged(t)
	fsys := quick(t, root)
	both := files{mainTF: "head\nours\ntheirs\n", varsTF: "v\n"}
	p := compare(t, fsys, want(both))
	equal(t, "rows", []string{
		"terraform/production/gone.tf: delete", mainTF + ": update", hookPY + ": delete", "terraform/production/own.tf: stray", varsTF + ": update",
	}, rows(p))
	equal(t, "code", []diag.Code{CodeMerged}, []diag.Code{p.Diagnostics()[0].Code})
	equal(t, "out of date", true, p.OutOfDate())
	generate(t, fsys, want(both), false)
	equal(t, "tree", both.with(user), snapshot(t, root).without(ManifestName))
	if p := compare(t, fsys, want(both)); p.OutOfDate() || len(p.Diagnostics()) > 0 {
		t.Errorf("after the merge: %v", rows(p))
	}
}

// TestMergeAlone: a manifest with both sides is out of date even where all files are right.
func TestMergeAlone(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one\n"}, nil)
	manifest := snapshot(t, root)[ManifestName]
	put(t, root, files{ManifestName: conflict("", manifest, manifest, "")})
	fsys := quick(t, root)
	if p := compare(t, fsys, want(files{mainTF: "one\n"})); !p.OutOfDate() {
		t.Error("conflict markers in the manifest, and all is well")
	}
	generate(t, fsys, want(files{mainTF: "one\n"}), false)
	equal(t, "manifest", manifest, snapshot(t, root)[ManifestName])
}

// TestMergedInPart: git merged the head without a conflict, so neither side of the file is what a branch had. Only who knows what
// git merged can tell that no edit is among it.
func TestMergedInPart(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		mergedFrom func(string) (ours, theirs []byte, ok bool)
		row        string
	}{
		"nobody knows": {nil, "conflict (edited since bluegen wrote it)"},
		"not in git":   {func(string) ([]byte, []byte, bool) { return nil, nil, false }, "conflict (edited since bluegen wrote it)"},
		"both bluegen's": {func(string) ([]byte, []byte, bool) {
			return []byte("head\nours\n"), []byte("head\ntheirs\n"), true
		}, "update"},
		"one of them edited": {func(string) ([]byte, []byte, bool) {
			return []byte("head\nours\n"), []byte("head\nmine\n"), true
		}, "conflict (edited since bluegen wrote it)"},
	} {
		root, _ := merged(t)
		put(t, root, files{mainTF: conflict("new head\n", "ours\n", "theirs\n", "")})
		w := want(files{mainTF: "new head\nboth\n", varsTF: "v\n"})
		w.MergedFrom = tt.mergedFrom
		got := rows(compare(t, quick(t, root), w))
		if !slices.Contains(got, mainTF+": "+tt.row) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestEditInAMerge: a side that somebody edited is work, and is not overwritten.
func TestEditInAMerge(t *testing.T) {
	t.Parallel()
	root, _ := merged(t)
	put(t, root, files{mainTF: conflict("head\n", "ours, and mine\n", "theirs\n", "")})
	before := snapshot(t, root)
	fsys := quick(t, root)
	_, err := Apply(context.Background(), fsys, compare(t, fsys, want(files{mainTF: "new\n"})), Options{})
	equal(t, "code", []diag.Code{CodeMerged, CodeEdited}, codes(err))
	equal(t, "tree", before, snapshot(t, root))
}

// TestStopInAMerge: the disk stops at every call of the run that resolves the merge; the next one knows both sides still.
func TestStopInAMerge(t *testing.T) {
	t.Parallel()
	both := files{mainTF: "head\nours\ntheirs\n", varsTF: "v\n"}
	for n := 0; ; n++ {
		root, user := merged(t)
		fsys := &faulty{FS: quick(t, root), fail: func(i int, _, _ string) error {
			if i >= n {
				return syscall.EIO
			}
			return nil
		}}
		_, err := Apply(context.Background(), fsys, compare(t, quick(t, root), want(both)), Options{})
		generate(t, quick(t, root), want(both.with(files{varsTF: "another wish\n"})), false)
		equal(t, "tree", both.with(user, files{varsTF: "another wish\n"}), snapshot(t, root).without(ManifestName))
		if err == nil {
			if n < 20 {
				t.Errorf("only %d calls", n)
			}
			return
		}
	}
}
