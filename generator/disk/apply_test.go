package disk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"bluegen/generator/diag"
)

func ownFiles() files {
	return files{"blueprint.yaml": "version: 1\n", "terraform/production/override.tf": "own", "README.md": "own"}
}

func TestApplyWritesTheWantedTree(t *testing.T) {
	t.Parallel()
	tree := files{mainTF: "one", varsTF: "", hookPY: "h"}
	root := folder(t, ownFiles())
	fsys := open(t, root)
	generate(t, fsys, want(tree), false)
	after := snapshot(t, root)
	equal(t, "tree", tree.with(ownFiles()), after.without(ManifestName))
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
	root := folder(t, ownFiles())
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
		// All want the same, so whatever a run saw of another one was old or as wanted: no answer but a right result.
		if err != nil {
			t.Errorf("a run failed: %v", err)
		}
	}
	equal(t, "tree", tree.with(ownFiles()), snapshot(t, root).without(ManifestName))
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
