package cli

import (
	"os"
	"path/filepath"
	"testing"

	"bluegen/generator/disk"

	"github.com/hashicorp/hcl/v2"
)

// Files are named from the top of the repository, wherever bluegen was started; a worktree's .git is a file.
func TestRepository(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	inner := filepath.Join(dir, "a", "worktree", "b")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Join(dir, ".git"), filepath.Join(dir, "a", "worktree", ".git")} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		folder, shown, want string
		inside              bool
	}{
		{dir, "blueprint.yaml", "blueprint.yaml", true},
		{filepath.Join(dir, "a"), "blueprint.yaml", "a/blueprint.yaml", true},
		{filepath.Join(dir, "a"), "../blueprint.yaml", "blueprint.yaml", true},
		{filepath.Join(dir, "a"), filepath.Join(dir, "x.yaml"), "x.yaml", true},
		{inner, "blueprint.yaml", "b/blueprint.yaml", true},
		{inner, "../..x/y", "..x/y", true},
		{inner, "../../x.yaml", filepath.Join(dir, "a", "x.yaml"), false},
	} {
		a := &app{io: IO{Dir: test.folder}}
		if got, inside := a.repository().path(test.shown); got != filepath.ToSlash(test.want) || inside != test.inside {
			t.Errorf("%s in %s: %s, %t", test.shown, test.folder, got, inside)
		}
	}
	a := &app{io: IO{Dir: t.TempDir()}}
	if got, inside := a.repository().path("x/y.yaml"); got != "x/y.yaml" || !inside {
		t.Errorf("without a repository: %s, %t", got, inside)
	}
}

func TestColumnsAreCharacters(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		marked string
		want   span
	}{
		"plain":             {"a: 1\nb: ¦22¦\n", span{2, 4, 2, 6}},
		"combining accents": {"cafe\u0301: ¦x¦", span{1, 8, 1, 9}},
		"emoji":             {"👩\u200d💻: ¦注文¦", span{1, 6, 1, 8}},
		"byte order mark":   {"\uFEFFa: ¦1¦", span{1, 4, 1, 5}},
		"over lines":        {"a: ¦[1,\n  2]¦", span{1, 4, 2, 5}},
		"nothing wide":      {"a:¦¦", span{1, 3, 1, 3}},
	} {
		source, r := at(t, test.marked)
		if got := spanOf(source, r); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
	backwards := hcl.Range{Start: hcl.Pos{Line: 4, Column: 7}, End: hcl.Pos{Line: 4, Column: 2}}
	if got := spanOf(nil, backwards); got != (span{4, 7, 4, 7}) {
		t.Errorf("%+v", got)
	}
}

func TestFirstDifference(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		old, other string
		want       int
	}{
		{"a\nb\nc\n", "a\nx\nc\n", 2}, {"a\nb\n", "a\nb\nc\n", 2}, {"a\nb\nc\n", "a\nb\n", 3}, {"", "a\n", 1}, {"a\r\n", "a\n", 1}, {"a", "", 1},
	} {
		if got := firstDifference([]byte(test.old), []byte(test.other)); got != test.want {
			t.Errorf("%q, %q: line %d, want %d", test.old, test.other, got, test.want)
		}
	}
	if firstDifference(nil, []byte("a")) != 0 || firstDifference([]byte("a"), nil) != 0 {
		t.Error("a file that is not there has no line")
	}
}

// Each kind of row has the code that explains it.
func TestRowsHaveCodes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		change disk.Change
		want   string
	}{
		{disk.Change{Action: disk.Create}, "BG5002"},
		{disk.Change{Action: disk.Update, Old: []byte("a\nb"), New: []byte("a\nc")}, "BG5003"},
		{disk.Change{Action: disk.Delete, Old: []byte("a")}, "BG5004"},
		{disk.Change{Action: disk.Conflict, Reason: disk.Edited, Old: []byte("a"), New: []byte("b")}, "BG3001"},
		{disk.Change{Action: disk.Conflict, Reason: disk.Unclaimed, Old: []byte("a"), New: []byte("b")}, "BG3002"},
		{disk.Change{Action: disk.Conflict, Reason: disk.Link}, "BG3003"},
		{disk.Change{Action: disk.Conflict, Reason: disk.NotDirectory}, "BG3004"},
	} {
		test.change.Path, test.change.At = "main.tf", "main.tf"
		o := outcome{changes: []change{{Change: test.change, path: "x/main.tf", environment: "staging"}}}
		f := o.rows()[0]
		if string(f.Code) != test.want || f.file != "x/main.tf" || f.Summary == "" || f.Detail == "" || f.Environment != "staging" {
			t.Errorf("%+v", f)
		}
	}
	ours := outcome{changes: []change{{Change: disk.Change{Action: disk.Stray}}, {Change: disk.Change{Action: disk.Unchanged}}}}
	if rows := ours.rows(); len(rows) > 0 {
		t.Errorf("nothing is wrong with %+v", rows)
	}
}
