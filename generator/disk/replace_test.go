package disk

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"bluegen/generator/diag"
)

// TestReplace: the file has the new bytes and its own permissions, and nothing else is there.
func TestReplace(t *testing.T) {
	t.Parallel()
	root := folder(t, files{"blueprint.yaml": "old", ".blueprint.yaml.bluegen.tmp": "left by a killed run", "own": "own"})
	if err := os.Chmod(filepath.Join(root, "blueprint.yaml"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := Replace(context.Background(), quick(t, root), "blueprint.yaml", []byte("old"), []byte("new"), Options{}); err != nil {
		t.Fatal(err)
	}
	equal(t, "after", files{"blueprint.yaml": "new", "own": "own"}, snapshot(t, root))
	info, err := os.Stat(filepath.Join(root, "blueprint.yaml"))
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestReplaceRefuses: what changed since it was read, and what is no file of the folder.
func TestReplaceRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tree files
		code diag.Code
	}{
		"changed":   {files{"blueprint.yaml": "edited"}, CodeChanged},
		"gone":      {files{"own": "own"}, CodeUnreadable},
		"link":      {files{"blueprint.yaml": "-> own", "own": "old"}, CodeLink},
		"directory": {files{"blueprint.yaml/own": "own"}, CodeNotRegular},
	} {
		root := folder(t, c.tree)
		before := snapshot(t, root)
		err := Replace(context.Background(), quick(t, root), "blueprint.yaml", []byte("old"), []byte("new"), Options{})
		if found := Diagnose(err); len(found) != 1 || found[0].Code != c.code {
			t.Errorf("%s: %v", name, found)
		}
		equal(t, name, before, snapshot(t, root))
	}
}

// TestReplaceFails: whichever call fails, the file is old or new, and no temporary file stays.
func TestReplaceFails(t *testing.T) {
	t.Parallel()
	tree := files{"blueprint.yaml": "old", "own": "own"}
	counted := &faulty{FS: quick(t, folder(t, tree))}
	if err := Replace(context.Background(), counted, "blueprint.yaml", []byte("old"), []byte("new"), Options{}); err != nil {
		t.Fatal(err)
	}
	for n, call := range counted.calls {
		root := folder(t, tree)
		fsys := &faulty{FS: quick(t, root), fail: at(n, syscall.ENOSPC)}
		err := Replace(context.Background(), fsys, "blueprint.yaml", []byte("old"), []byte("new"), Options{})
		after := snapshot(t, root)
		renamed := after["blueprint.yaml"] == "new"
		if renamed {
			after["blueprint.yaml"] = "old"
		}
		equal(t, call, tree, after)
		if err == nil && !renamed {
			t.Errorf("%s fails, and nobody is told", call)
		}
	}
}
