package disk

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"bluegen/generator/diag"
)

const (
	mainTF = "terraform/production/main.tf"
	varsTF = "terraform/production/variables.tf"
	hookPY = "terraform/production/modules/hook_wait/src/handler.py"
)

// TestCompare is the one comparison, a row a situation.
func TestCompare(t *testing.T) {
	t.Parallel()
	one := files{mainTF: "one\n"}
	two := files{mainTF: "two\n"}
	tests := []struct {
		name  string
		wrote files // by an earlier run
		then  files // by somebody
		gone  []string
		want  files
		rows  []string
		fresh bool // check is content
	}{
		{name: "nothing there", want: one, rows: []string{mainTF + ": create"}},
		{name: "as wanted", wrote: one, want: one, rows: []string{mainTF + ": unchanged"}, fresh: true},
		{name: "new content", wrote: one, want: two, rows: []string{mainTF + ": update"}},
		{
			name: "one more file", wrote: one, want: one.with(files{varsTF: "v"}),
			rows: []string{mainTF + ": unchanged", varsTF + ": create"},
		},
		{
			name: "one file less", wrote: one.with(files{varsTF: "v"}), want: one,
			rows: []string{mainTF + ": unchanged", varsTF + ": delete"},
		},
		{
			name: "missing", wrote: one, gone: []string{mainTF}, want: one,
			rows: []string{mainTF + ": create (written by bluegen and gone)"},
		},
		{
			name: "missing and not wanted", wrote: one.with(files{varsTF: "v"}), gone: []string{varsTF}, want: one,
			rows: []string{mainTF + ": unchanged"},
		},
		{
			name: "edited", wrote: one, then: files{mainTF: "mine\n"}, want: two,
			rows: []string{mainTF + ": conflict (edited since bluegen wrote it)"},
		},
		{
			name: "edited though nothing new is wanted", wrote: one, then: files{mainTF: "mine\n"}, want: one,
			rows: []string{mainTF + ": conflict (edited since bluegen wrote it)"},
		},
		{
			name: "edited into what is wanted", wrote: one, then: files{mainTF: "two\n"}, want: two,
			rows: []string{mainTF + ": unchanged (has the wanted content already)"},
		},
		{
			name: "edited and not wanted", wrote: one.with(files{varsTF: "v"}), then: files{varsTF: "mine"}, want: one,
			rows: []string{mainTF + ": unchanged", varsTF + ": conflict (edited since bluegen wrote it)"},
		},
		{
			name: "in the way on the first run", then: files{mainTF: "mine\n"}, want: one,
			rows: []string{mainTF + ": conflict (in the way and not bluegen's)"},
		},
		{
			name: "there already on the first run", then: one, want: one,
			rows: []string{mainTF + ": unchanged (has the wanted content already)"},
		},
		{
			name: "in the way beside ours", wrote: one, then: files{varsTF: "mine"}, want: one.with(files{varsTF: "v"}),
			rows: []string{mainTF + ": unchanged", varsTF + ": conflict (in the way and not bluegen's)"},
		},
		{
			name: "empty file in the way", then: files{mainTF: ""}, want: one,
			rows: []string{mainTF + ": conflict (in the way and not bluegen's)"},
		},
		{
			name: "checked out with CRLF", wrote: one, then: files{mainTF: "one\r\n"}, want: one,
			rows: []string{mainTF + ": conflict (differs only in its line endings (CRLF))"},
		},
		{
			name: "checked out with CRLF, not wanted", wrote: one.with(files{varsTF: "v\n"}), then: files{varsTF: "v\r\n"}, want: one,
			rows: []string{mainTF + ": unchanged", varsTF + ": conflict (differs only in its line endings (CRLF))"},
		},
		{
			name: "link in the way", then: files{mainTF: "-> ../../blueprint.yaml"}, want: one,
			rows: []string{mainTF + ": conflict (a link is in the way)"},
		},
		{
			name: "link that leads nowhere", then: files{mainTF: "-> nowhere"}, want: one,
			rows: []string{mainTF + ": conflict (a link is in the way)"},
		},
		{
			name: "linked directory", then: files{"elsewhere/x.tf": "x", "terraform": "-> elsewhere"}, want: one,
			rows: []string{mainTF + ": conflict (a link is in the way) at terraform"},
		},
		{
			name: "directory in the way", then: files{mainTF: "dir"}, want: one,
			rows: []string{mainTF + ": conflict (not a regular file)"},
		},
		{
			name: "pipe in the way", then: files{mainTF: "pipe"}, want: one,
			rows: []string{mainTF + ": conflict (not a regular file)"},
		},
		{
			name: "file instead of a directory", then: files{"terraform": "mine"}, want: one,
			rows: []string{mainTF + ": conflict (a file stands where a directory is needed) at terraform"},
		},
		{
			name: "ours, replaced by a link, not wanted", wrote: one.with(files{varsTF: "v"}), gone: []string{varsTF},
			then: files{varsTF: "-> main.tf"}, want: one,
			rows:  []string{mainTF + ": unchanged", varsTF + ": stray (a link is in the way)"},
			fresh: false, // the manifest still names it
		},
		{
			name: "strays", wrote: one, then: files{
				"terraform/production/override.tf": "o", "terraform/production/linked.tf": "-> main.tf",
				"terraform/notes.md": "outside", "terraform/production/modules/own/main.tf": "own",
				"terraform/production/.terraform.lock.hcl": "l", "terraform/production/terraform.tfstate": "s",
				"terraform/production/terraform.tfstate.backup": "s", "terraform/production/a.tfvars": "v",
				"terraform/production/terraform.tfstate.1724.backup": "s", "terraform/production/.terraform/x": "x",
				"terraform/production/a.auto.tfvars.json": "v", "terraform/production/p.tfplan": "p",
				"terraform/production/crash.log": "c", "terraform/production/crash.1.log": "c",
			},
			want: one, fresh: true,
			rows: []string{
				"terraform/production/linked.tf: stray", mainTF + ": unchanged", "terraform/production/override.tf: stray",
			},
		},
		{
			name: "environment removed", wrote: files{mainTF: "one\n", "terraform/staging/main.tf": "s", "terraform/staging/outputs.tf": "o"},
			then: files{"terraform/staging/outputs.tf": "mine", "terraform/staging/own.tf": "own"}, want: one,
			rows: []string{
				mainTF + ": unchanged", "terraform/staging/main.tf: delete",
				"terraform/staging/outputs.tf: conflict (edited since bluegen wrote it)", "terraform/staging/own.tf: stray",
			},
		},
		{
			name: "environments introduced", wrote: files{"terraform/main.tf": "one\n"}, want: one,
			rows: []string{"terraform/main.tf: delete", mainTF + ": create"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := generated(t, tt.wrote, tt.then, tt.gone...)
			before := snapshot(t, root)
			p := compare(t, open(t, root), want(tt.want))
			equal(t, "rows", tt.rows, rows(p))
			equal(t, "up to date", tt.fresh, !p.OutOfDate())
			equal(t, "a comparison writes nothing", before, snapshot(t, root))
		})
	}
}

func TestCompareCarriesBothContents(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one", varsTF: "v"}, files{mainTF: "mine"})
	p := compare(t, open(t, root), want(files{mainTF: "two"}))
	equal(t, "edited", []string{"mine", "two"}, []string{string(p.Changes[0].Old), string(p.Changes[0].New)})
	if deleted := p.Changes[1]; string(deleted.Old) != "v" || deleted.New != nil {
		t.Errorf("a deleted file has only an old content, got %q and %q", deleted.Old, deleted.New)
	}
	equal(t, "owner", Key{"blueprint.yaml", "production"}, p.Changes[0].Owner)
}

func TestModeIsNoEdit(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one"}, nil)
	if err := os.Chmod(filepath.Join(root, mainTF), 0o755); err != nil {
		t.Fatal(err)
	}
	if p := compare(t, open(t, root), want(files{mainTF: "one"})); p.OutOfDate() {
		t.Errorf("a mode is an edit: %v", rows(p))
	}
}

func TestHugeFileIsNotRead(t *testing.T) {
	t.Parallel()
	root := folder(t, files{mainTF: "x"})
	if err := os.Truncate(filepath.Join(root, mainTF), maxRead+1); err != nil {
		t.Fatal(err)
	}
	p := compare(t, open(t, root), want(files{mainTF: "one"}))
	equal(t, "rows", []string{mainTF + ": conflict (too large to be compared)"}, rows(p))
	if p.Changes[0].Forceable() {
		t.Error("a file whose content cannot be given back may not be forced")
	}
}

// TestManifestAloneCanBeStale: the files are right, but a later run could not protect them.
func TestManifestAloneCanBeStale(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one"}, nil, ManifestName)
	fsys := quick(t, root)
	if p := compare(t, fsys, want(files{mainTF: "one"})); !p.OutOfDate() {
		t.Error("without a manifest the tree is not up to date")
	}
	generate(t, fsys, want(files{mainTF: "one"}), false)
	w := want(files{mainTF: "one"})
	w.Generator = "2.0.0"
	if p := compare(t, fsys, w); p.OutOfDate() {
		t.Error("a newer generator with the same files is up to date")
	}
	generate(t, fsys, w, false)
	m, err := ReadManifest(fsys)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "generator", "2.0.0", m.Sections[Key{"blueprint.yaml", "production"}].Generator)
}

func TestWantsThatAreRefused(t *testing.T) {
	t.Parallel()
	tree := func(directory string, names ...string) Tree {
		out := Tree{Environment: directory, Directory: directory}
		for _, name := range names {
			out.Files = append(out.Files, want(files{name: ""}).Trees[0].Files...)
		}
		return out
	}
	tests := []struct {
		name  string
		trees []Tree
		code  diag.Code
	}{
		{"parent", []Tree{tree("..")}, CodeEscape},
		{"out and in again", []Tree{tree("../folder/terraform")}, CodeEscape},
		{"absolute", []Tree{tree("/terraform")}, CodeEscape},
		{"empty", []Tree{tree("")}, CodeEscape},
		{"not in its shortest form", []Tree{tree("terraform/")}, CodeEscape},
		{"dot in the middle", []Tree{tree("a/./b")}, CodeEscape},
		{"NUL", []Tree{tree("a\x00b")}, CodeEscape},
		{"newline", []Tree{tree("a\nb")}, CodeEscape},
		{"not UTF-8", []Tree{tree("a\xff")}, CodeEscape},
		{"backslash", []Tree{tree(`a\..\b`)}, CodeEscape},
		{"git's folder", []Tree{tree(".git/hooks")}, CodeEscape},
		{"git's folder, otherwise written", []Tree{tree("a/.GIT")}, CodeEscape},
		{"file outside", []Tree{tree("terraform", "terraform/../x")}, CodeEscape},
		{"the manifest", []Tree{tree(".", ManifestName)}, CodeEscape},
		{"two environments in one directory", []Tree{tree("a"), tree("a")}, CodeOverlap},
		{"one below the other", []Tree{tree("a/b"), tree("a")}, CodeOverlap},
		{"file beside its directory", []Tree{tree("a", "b/main.tf")}, diag.Internal},
		{"a file twice", []Tree{tree("a", "a/x", "a/x")}, diag.Internal},
		{"a file and a directory", []Tree{tree("a", "a/x", "a/x/y")}, diag.Internal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Compare(open(t, folder(t, nil)), Manifest{}, Want{Blueprint: "blueprint.yaml", Trees: tt.trees})
			equal(t, "code", []diag.Code{tt.code}, codes(err))
		})
	}
}

func TestSimilarNamesDoNotOverlap(t *testing.T) {
	t.Parallel()
	w := Want{Blueprint: "b", Trees: []Tree{{Environment: "a", Directory: "terraform/a"}, {Environment: "ab", Directory: "terraform/ab"}}}
	if _, err := Compare(open(t, folder(t, nil)), Manifest{}, w); err != nil {
		t.Error(err)
	}
}

// TestCompareReportsEveryReadError: a file that cannot be read is never taken for missing.
func TestCompareReportsEveryReadError(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one", varsTF: "v"}, nil)
	m, err := ReadManifest(open(t, root))
	if err != nil {
		t.Fatal(err)
	}
	counting := &faulty{FS: open(t, root)}
	if _, err := Compare(counting, m, want(files{mainTF: "two"})); err != nil {
		t.Fatal(err)
	}
	for n, call := range counting.calls {
		failing := &faulty{FS: open(t, root), fail: at(n, syscall.EACCES)}
		_, err := Compare(failing, m, want(files{mainTF: "two"}))
		equal(t, call, []diag.Code{CodeUnreadable}, codes(err))
		if detail := Diagnose(err)[0].Detail; !strings.HasPrefix(detail, "Permission denied. ") {
			t.Errorf("%s: %s", call, detail)
		}
	}
}

// TestVanishedSinceItWasSeen: another run removes what this one has just found. That is no error: it is as if it had not been there,
// and the write compares once more under the lock.
func TestVanishedSinceItWasSeen(t *testing.T) {
	t.Parallel()
	for op, expected := range map[string][]string{
		"read":    {mainTF + ": create (written by bluegen and gone)"},
		"readdir": {mainTF + ": update", varsTF + ": delete"},
	} {
		root := generated(t, files{mainTF: "one", varsTF: "v"}, files{"terraform/production/own.tf": "own"})
		m, err := ReadManifest(quick(t, root))
		if err != nil {
			t.Fatal(err)
		}
		fsys := &faulty{FS: quick(t, root), fail: func(_ int, o, _ string) error {
			if o == op {
				return syscall.ENOENT
			}
			return nil
		}}
		p, err := Compare(fsys, m, want(files{mainTF: "two"}))
		if err != nil {
			t.Fatalf("%s: %v", op, err)
		}
		got := slices.DeleteFunc(rows(p), func(row string) bool { return strings.HasSuffix(row, ": stray") })
		equal(t, op, expected, got)
	}
	fsys := &faulty{FS: quick(t, generated(t, files{mainTF: "one"}, nil)), fail: func(_ int, o, _ string) error {
		if o == "read" {
			return syscall.ENOENT
		}
		return nil
	}}
	m, err := ReadManifest(fsys)
	if err != nil || len(m.Sections) > 0 {
		t.Errorf("a manifest that has just gone: %v %v", m, err)
	}
}

// TestManifestReportsEveryReadError: a manifest that cannot be read is never taken for none.
func TestManifestReportsEveryReadError(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one"}, nil)
	counting := &faulty{FS: open(t, root)}
	if _, err := ReadManifest(counting); err != nil {
		t.Fatal(err)
	}
	for n, call := range counting.calls {
		_, err := ReadManifest(&faulty{FS: open(t, root), fail: at(n, syscall.EIO)})
		equal(t, call, []diag.Code{CodeUnreadable}, codes(err))
	}
}
