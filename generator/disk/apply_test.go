package disk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bluegen/generator/diag"
)

var ownFiles = files{"blueprint.yaml": "version: 1\n", "terraform/production/override.tf": "own", "README.md": "own"}

func TestApplyWritesTheWantedTree(t *testing.T) {
	t.Parallel()
	tree := files{mainTF: "one", varsTF: "", hookPY: "h"}
	root := folder(t, ownFiles)
	fsys := open(t, root)
	generate(t, fsys, want(tree), false)
	after := snapshot(t, root)
	equal(t, "tree", tree.with(ownFiles), after.without(ManifestName))
	if p := compare(t, fsys, want(tree)); p.OutOfDate() {
		t.Errorf("not up to date: %v", rows(p))
	}
	generate(t, fsys, want(tree), false)
	equal(t, "a second run", after, snapshot(t, root))
}

func TestModesUnderUmask(t *testing.T) {
	t.Parallel()
	root := folder(t, nil)
	generate(t, open(t, root), want(files{hookPY: "h"}), false)
	// The umask of the test decides; what it leaves of 0644 and 0755 is expected.
	umask := syscall.Umask(0o022)
	syscall.Umask(umask)
	for name, mode := range map[string]fs.FileMode{hookPY: 0o644, ManifestName: 0o644, "terraform": 0o755, filepath.Dir(hookPY): 0o755} {
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		equal(t, name, mode&^fs.FileMode(umask), info.Mode().Perm())
	}
}

// TestNothingToDoWritesNothing also holds on a read-only disk.
func TestNothingToDoWritesNothing(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one"}, nil)
	fsys := &faulty{FS: open(t, root), fail: readOnly}
	generate(t, fsys, want(files{mainTF: "one"}), false)
}

func readOnly(_ int, op, _ string) error {
	switch op {
	case "create", "mkdir", "rename", "remove", "sync":
		return syscall.EROFS
	}
	return nil
}

func TestConflictStopsBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one", varsTF: "v"}, files{mainTF: "mine"})
	before := snapshot(t, root)
	fsys := &faulty{FS: open(t, root), fail: readOnly}
	_, err := Apply(context.Background(), fsys, compare(t, fsys, want(files{mainTF: "two", varsTF: "w"})), Options{})
	equal(t, "codes", []diag.Code{CodeEdited}, codes(err))
	equal(t, "tree", before, snapshot(t, root))
}

func TestForceSaysWhatIsLost(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one", varsTF: "v"}, files{mainTF: "mine", varsTF: "mine too", hookPY: "in the way"})
	fsys := quick(t, root)
	report := generate(t, fsys, want(files{mainTF: "two", hookPY: "h"}), true)
	lost := files{}
	for _, c := range report.Lost {
		lost[c.Path] = string(c.Old)
	}
	equal(t, "lost", files{mainTF: "mine", varsTF: "mine too", hookPY: "in the way"}, lost)
	equal(t, "tree", files{mainTF: "two", hookPY: "h", "blueprint.yaml": "version: 1\n"}, snapshot(t, root).without(ManifestName))
	equal(t, "nothing is lost twice", 0, len(generate(t, fsys, want(files{mainTF: "three", hookPY: "h"}), true).Lost))
}

// TestForceIsNotForLinks: what bluegen cannot give back it does not replace.
func TestForceIsNotForLinks(t *testing.T) {
	t.Parallel()
	tests := map[diag.Code]files{
		CodeLink:       {mainTF: "-> ../../blueprint.yaml"},
		CodeNotRegular: {mainTF: "pipe"},
	}
	for code, then := range tests {
		root := generated(t, nil, then)
		before := snapshot(t, root)
		fsys := quick(t, root)
		_, err := Apply(context.Background(), fsys, compare(t, fsys, want(files{mainTF: "one"})), Options{Force: true})
		equal(t, "codes", []diag.Code{code}, codes(err))
		equal(t, "tree", before, snapshot(t, root))
	}
}

// TestLinkOutIsNeverWrittenThrough tries it below the comparison: os.Root itself refuses.
func TestLinkOutIsNeverWrittenThrough(t *testing.T) {
	t.Parallel()
	outside := folder(t, files{"victim": "theirs"})
	root := folder(t, files{"terraform": "-> " + outside, "up": "-> ../.."})
	d := open(t, root)
	for what, err := range map[string]error{
		"create":    d.Create("terraform/x", nil, 0o644),
		"create up": d.Create("up/x", nil, 0o644),
		"rename":    d.Rename("up", "terraform/victim"),
		"remove":    d.Remove("terraform/victim"),
		"mkdir":     d.Mkdir("terraform/dir", 0o755),
		"parent":    d.Create("../x", nil, 0o644),
		"absolute":  d.Create(filepath.Join(outside, "x"), nil, 0o644),
	} {
		if err == nil {
			t.Errorf("%s left the folder", what)
		}
	}
	if _, err := d.ReadFile("terraform/victim"); err == nil {
		t.Error("read left the folder")
	}
	equal(t, "outside", files{"victim": "theirs"}, snapshot(t, outside))
}

func TestPipeDoesNotBlock(t *testing.T) {
	t.Parallel()
	d := open(t, folder(t, files{"p": "pipe"}))
	if _, err := d.ReadFile("p"); err == nil {
		t.Error("a pipe was read")
	}
}

func TestChangedBetweenCompareAndApply(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]files{
		"saved by an editor": {mainTF: "mine"},
		"new in the way":     {varsTF: "mine"},
	} {
		root := generated(t, files{mainTF: "one"}, nil)
		fsys := quick(t, root)
		p := compare(t, fsys, want(files{mainTF: "two", varsTF: "v"}))
		put(t, root, change)
		before := snapshot(t, root)
		_, err := Apply(context.Background(), fsys, p, Options{})
		equal(t, name, []diag.Code{CodeChanged}, codes(err))
		equal(t, name, before, snapshot(t, root))
	}
}

// TestAnotherRunInBetween: its manifest is the one to go on from; a conflict that nobody has seen is not forced.
func TestAnotherRunInBetween(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one"}, files{"second.yaml": ""})
	fsys := quick(t, root)
	p := compare(t, fsys, want(files{mainTF: "two"}))
	second := Want{Blueprint: "second.yaml", Trees: []Tree{{Directory: "second", Files: want(files{"second/main.tf": "s"}).Trees[0].Files}}}
	generate(t, fsys, second, false)
	if _, err := Apply(context.Background(), fsys, p, Options{}); err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(fsys)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "both sections", 2, len(m.Sections))

	p = compare(t, fsys, want(files{mainTF: "three"}))
	second.Generator = "other"
	generate(t, fsys, second, false)
	put(t, root, files{mainTF: "mine"})
	_, err = Apply(context.Background(), fsys, p, Options{Force: true})
	equal(t, "unseen conflict", []diag.Code{CodeEdited}, codes(err))
	equal(t, "edit", "mine", snapshot(t, root)[mainTF])
}

func TestEightRunsAtOnce(t *testing.T) {
	t.Parallel()
	root := folder(t, ownFiles)
	tree := files{mainTF: "one", varsTF: "v", hookPY: "h"}
	runs := make([]error, 8)
	var group sync.WaitGroup
	for i := range runs {
		group.Go(func() {
			d, err := Open(root)
			if err != nil {
				runs[i] = err
				return
			}
			m, err := ReadManifest(d)
			if err == nil {
				var p *Plan
				if p, err = Compare(d, m, want(tree)); err == nil {
					_, err = Apply(context.Background(), d, p, Options{Wait: time.Minute})
				}
			}
			runs[i] = errors.Join(err, d.Close())
		})
	}
	group.Wait()
	for _, err := range runs {
		// A run that compares while another one renames may see a half-new tree: its conflict is an answer, not damage.
		var conflict *ConflictError
		if err != nil && !errors.As(err, &conflict) {
			t.Errorf("a run failed: %v", err)
		}
	}
	equal(t, "tree", tree.with(ownFiles), snapshot(t, root).without(ManifestName))
	if p := compare(t, open(t, root), want(tree)); p.OutOfDate() {
		t.Errorf("not up to date: %v", rows(p))
	}
}

func TestLocked(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one"}, nil)
	other, fsys := open(t, root), open(t, root)
	unlock, err := other.Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	p := compare(t, fsys, want(files{mainTF: "two"}))
	_, err = Apply(context.Background(), fsys, p, Options{Wait: time.Millisecond})
	equal(t, "held", []diag.Code{CodeLocked}, codes(err))
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = Apply(cancelled, fsys, p, Options{})
	equal(t, "SIGINT while waiting", []diag.Code{CodeStopped}, codes(err))
	unlock()
	if _, err := Apply(context.Background(), fsys, p, Options{}); err != nil {
		t.Errorf("after the other run: %v", err)
	}
	equal(t, "no lock file", files{mainTF: "two", "blueprint.yaml": "version: 1\n"}, snapshot(t, root).without(ManifestName))
}

// TestReadOnlyFolder needs a user that permissions apply to; as root the same is tried by TestHandledErrors with EROFS.
func TestReadOnlyFolder(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root writes to read-only directories")
	}
	root := generated(t, files{mainTF: "one"}, nil)
	before := snapshot(t, root)
	if err := os.Chmod(root, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(root, 0o755) })
	fsys := open(t, root)
	_, err := Apply(context.Background(), fsys, compare(t, fsys, want(files{mainTF: "two"})), Options{})
	equal(t, "codes", []diag.Code{CodeUnwritable}, codes(err))
	equal(t, "tree", before, snapshot(t, root))
}

func TestHandledErrors(t *testing.T) {
	t.Parallel()
	on := func(op, name string, errno error) func(int, string, string) error {
		return func(_ int, o, n string) error {
			if o == op && strings.HasSuffix(n, name) {
				return errno
			}
			return nil
		}
	}
	tests := []struct {
		name string
		fail func(int, string, string) error
		says string
	}{
		{"full disk", on("create", "hook_wait/src/.handler.py"+temporarySuffix, syscall.ENOSPC), "make room"},
		{"quota", on("sync", temporarySuffix, syscall.EDQUOT), "make room"},
		{"read-only file system", readOnly, "read-only"},
		{"no permission", on("mkdir", "hook_wait", syscall.EACCES), "who owns the folder"},
		{"failing disk", on("rename", "handler.py", syscall.EIO), "Input/output error"},
		{"failing removal", on("remove", "variables.tf", syscall.EIO), "Input/output error"},
		{"no locks here", on("lock", ".", syscall.ENOLCK), "No locks available"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := generated(t, files{mainTF: "one", varsTF: "v"}, ownFiles)
			before := snapshot(t, root)
			fsys := &faulty{FS: open(t, root), fail: tt.fail, torn: tt.name == "full disk"}
			_, err := Apply(context.Background(), fsys, compare(t, fsys, want(files{mainTF: "two", hookPY: "handler"})), Options{})
			equal(t, "codes", []diag.Code{CodeUnwritable}, codes(err))
			if detail := Diagnose(err)[0].Detail; !strings.Contains(strings.ToLower(detail), strings.ToLower(tt.says)) || strings.Contains(detail, root) {
				t.Errorf("it says: %s", detail)
			}
			equal(t, "the old tree", before, snapshot(t, root))
		})
	}
}

// TestSignal cancels before every call: the old tree or the whole new one, nothing in between.
func TestSignal(t *testing.T) {
	t.Parallel()
	wrote, tree := files{mainTF: "one", varsTF: "v"}, files{mainTF: "two", hookPY: "h"}
	var old, fresh int
	for n, done := 0, false; !done; n++ {
		root := generated(t, wrote, ownFiles)
		before := snapshot(t, root)
		ctx, cancel := context.WithCancel(context.Background())
		p := compare(t, quick(t, root), want(tree))
		fsys := &faulty{FS: quick(t, root), fail: func(i int, _, _ string) error {
			if i == n {
				cancel()
			}
			return nil
		}}
		_, err := Apply(ctx, fsys, p, Options{})
		cancel()
		done = n >= len(fsys.calls)
		switch {
		case err == nil:
			fresh++
			equal(t, "new tree", tree.with(ownFiles), snapshot(t, root).without(ManifestName))
		default:
			old++
			equal(t, "codes", []diag.Code{CodeStopped}, codes(err))
			equal(t, "old tree", before, snapshot(t, root))
		}
	}
	if old < 5 || fresh < 2 {
		t.Errorf("%d runs stopped and %d finished: the signal did not reach the run", old, fresh)
	}
}

// TestTemporaryNameTaken: a file of somebody's that looks like a temporary one is not touched.
func TestTemporaryNameTaken(t *testing.T) {
	t.Parallel()
	taken := temporary(mainTF)
	root := generated(t, files{mainTF: "one"}, files{taken: "theirs"})
	before := snapshot(t, root)
	fsys := quick(t, root)
	_, err := Apply(context.Background(), fsys, compare(t, fsys, want(files{mainTF: "two"})), Options{})
	equal(t, "codes", []diag.Code{CodeInTheWay}, codes(err))
	equal(t, "tree", before, snapshot(t, root))
}

// TestEmptiedDirectories: only directories that held our files go, and only when nothing else is in them.
func TestEmptiedDirectories(t *testing.T) {
	t.Parallel()
	root := generated(t,
		files{mainTF: "one", hookPY: "h", "terraform/staging/modules/a/main.tf": "a", "terraform/staging/main.tf": "s"},
		files{"terraform/staging/modules/own.tf": "own", "terraform/empty": "dir"})
	generate(t, quick(t, root), want(files{mainTF: "one"}), false)
	for name, stays := range map[string]bool{
		"terraform/production/modules": false, "terraform/staging/modules/a": false,
		"terraform/staging/modules": true, "terraform/empty": true, "terraform/production": true,
	} {
		_, err := os.Stat(filepath.Join(root, name))
		equal(t, name, stays, err == nil)
	}
}

func BenchmarkCompare(b *testing.B) {
	root, w := hundred(b)
	fsys := open(b, root)
	m, err := ReadManifest(fsys)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p, err := Compare(fsys, m, w)
		if err != nil || p.OutOfDate() {
			b.Fatal(err, rows(p))
		}
	}
}

// BenchmarkApply writes 100 files: with the fsync policy, and without, for its cost.
func BenchmarkApply(b *testing.B) {
	for name, sync := range map[string]bool{"fsync": true, "unsynced": false} {
		b.Run(name, func(b *testing.B) {
			root, w := hundred(b)
			fsys := FS(open(b, root))
			if !sync {
				fsys = unsynced{fsys}
			}
			for n := 0; b.Loop(); n++ {
				for i := range w.Trees[0].Files {
					w.Trees[0].Files[i].Data = fmt.Appendf(nil, "%d %s", n, w.Trees[0].Files[i].Data[2:])
				}
				generate(b, fsys, w, false)
			}
		})
	}
}

func hundred(b *testing.B) (string, Want) {
	b.Helper()
	tree := files{}
	for i := range 100 {
		tree[fmt.Sprintf("terraform/production/modules/m%d/file%d.tf", i%10, i)] = "  " + strings.Repeat("resource {}\n", 300)
	}
	root := b.TempDir()
	generate(b, quick(b, root), want(tree), false)
	return root, want(tree)
}
