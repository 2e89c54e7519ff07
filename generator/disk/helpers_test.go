package disk

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"bluegen/generator/diag"
	"bluegen/generator/tf"

	"github.com/google/go-cmp/cmp"
)

// files is a tree: path to content. "-> x" is a link to x, "dir" a directory, "pipe" a named pipe.
type files map[string]string

// testing.T and rapid.T have this in common.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// folder makes a tree in a new folder.
func folder(t *testing.T, tree files) string {
	t.Helper()
	root := t.TempDir()
	put(t, root, tree)
	return root
}

func put(t tester, root string, tree files) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		full := filepath.Join(root, name)
		err := os.MkdirAll(filepath.Dir(full), 0o755)
		switch content := tree[name]; {
		case err != nil:
		case strings.HasPrefix(content, "-> "):
			err = os.Symlink(content[3:], full)
		case content == "dir":
			err = os.MkdirAll(full, 0o755)
		case content == "pipe":
			err = syscall.Mkfifo(full, 0o644)
		default:
			err = os.WriteFile(full, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatalf("%v", err)
		}
	}
}

// snapshot reads a tree back: all but directories.
func snapshot(t tester, root string) files {
	t.Helper()
	out := files{}
	err := filepath.WalkDir(root, func(full string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, full)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(full)
			out[name] = "-> " + target
			return err
		case !d.Type().IsRegular():
			out[name] = "pipe"
			return nil
		}
		data, err := os.ReadFile(full)
		out[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return out
}

func open(t tester, root string) *Dir {
	t.Helper()
	d, err := Open(root)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if c, ok := t.(interface{ Cleanup(func()) }); ok {
		c.Cleanup(func() { _ = d.Close() })
	}
	return d
}

// unsynced leaves the disk's cache alone, for tests that write much.
type unsynced struct{ FS }

func (unsynced) Sync(...string) error { return nil }

func quick(t tester, root string) FS { return unsynced{open(t, root)} }

// want is what blueprint.yaml wants; the environment is the directory below terraform/, or none.
func want(tree files) Want {
	w := Want{Blueprint: "blueprint.yaml", Generator: "1.0.0"}
	byDirectory := map[string][]tf.File{}
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		dir := "terraform"
		if parts := strings.Split(name, "/"); len(parts) > 2 {
			dir = path.Join(parts[0], parts[1])
		}
		byDirectory[dir] = append(byDirectory[dir], tf.File{Path: name, Data: []byte(tree[name])})
	}
	for _, dir := range slices.Sorted(maps.Keys(byDirectory)) {
		t := Tree{Directory: dir, Files: byDirectory[dir]}
		if dir != "terraform" {
			t.Environment = path.Base(dir)
		}
		w.Trees = append(w.Trees, t)
	}
	return w
}

// compare reads the manifest and compares.
func compare(t tester, fsys FS, w Want) *Plan {
	t.Helper()
	m, err := ReadManifest(fsys)
	if err != nil {
		t.Fatalf("manifest: %v", err)
	}
	p, err := Compare(fsys, m, w)
	if err != nil {
		t.Fatalf("compare: %v", err)
	}
	return p
}

// generate is what the command does.
func generate(t tester, fsys FS, w Want, force bool) Report {
	t.Helper()
	r, err := Apply(context.Background(), fsys, compare(t, fsys, w), Options{Force: force})
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
	return r
}

// generated is a folder in which a run wrote the tree, and somebody then changed it.
func generated(t *testing.T, wrote, then files, gone ...string) string {
	t.Helper()
	root := folder(t, files{"blueprint.yaml": "version: 1\n"})
	if wrote != nil {
		generate(t, quick(t, root), want(wrote), false)
	}
	remove(t, root, gone...)
	put(t, root, then)
	return root
}

func remove(t *testing.T, root string, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
}

// rows shows a plan as one line a path, Unchanged ones without a reason left out.
func rows(p *Plan) []string {
	var out []string
	for _, c := range p.Changes {
		line := c.Path + ": " + c.Action.String()
		if c.Reason != NoReason {
			line += " (" + c.Reason.String() + ")"
		}
		if c.At != c.Path {
			line += " at " + c.At
		}
		out = append(out, line)
	}
	return out
}

func equal[T any](t tester, what string, want, got T, options ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, options...); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func codes(err error) []diag.Code {
	var out []diag.Code
	for _, d := range Diagnose(err) {
		out = append(out, d.Code)
	}
	return out
}

// without drops names from a tree.
func (f files) without(names ...string) files {
	out := maps.Clone(f)
	for _, name := range names {
		delete(out, name)
	}
	return out
}

// with lays other trees over one.
func (f files) with(others ...files) files {
	out := maps.Clone(f)
	for _, other := range others {
		maps.Copy(out, other)
	}
	return out
}

func noTemporaries(t tester, tree files) {
	t.Helper()
	for name := range tree {
		if strings.HasSuffix(name, temporarySuffix) {
			t.Fatalf("%s was left behind", name)
		}
	}
}

// faulty fails calls of an FS. It counts them, so that a test can stop at every one in turn.
type faulty struct {
	FS
	// fail says for the n-th call, from 0, of op on name, whether it fails; nil never.
	fail func(n int, op, name string) error
	// torn makes a failing Create leave half of the data.
	torn  bool
	calls []string
}

// at fails one call.
func at(n int, err error) func(int, string, string) error {
	return func(i int, _, _ string) error {
		if i == n {
			return err
		}
		return nil
	}
}

func (f *faulty) call(op, name string) error {
	n := len(f.calls)
	f.calls = append(f.calls, op+" "+name)
	if f.fail == nil {
		return nil
	}
	if err := f.fail(n, op, name); err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

func (f *faulty) Lstat(name string) (fs.FileInfo, error) {
	if err := f.call("lstat", name); err != nil {
		return nil, err
	}
	return f.FS.Lstat(name)
}

func (f *faulty) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.call("readdir", name); err != nil {
		return nil, err
	}
	return f.FS.ReadDir(name)
}

func (f *faulty) ReadFile(name string) ([]byte, error) {
	if err := f.call("read", name); err != nil {
		return nil, err
	}
	return f.FS.ReadFile(name)
}

func (f *faulty) Mkdir(name string, perm fs.FileMode) error {
	if err := f.call("mkdir", name); err != nil {
		return err
	}
	return f.FS.Mkdir(name, perm)
}

func (f *faulty) Create(name string, data []byte, perm fs.FileMode) error {
	if err := f.call("create", name); err != nil {
		if f.torn {
			return errors.Join(err, f.FS.Create(name, data[:len(data)/2], perm))
		}
		return err
	}
	return f.FS.Create(name, data, perm)
}

func (f *faulty) Sync(names ...string) error {
	for _, name := range names {
		if err := f.call("sync", name); err != nil {
			return err
		}
	}
	return f.FS.Sync(names...)
}

func (f *faulty) Rename(from, to string) error {
	if err := f.call("rename", to); err != nil {
		return err
	}
	return f.FS.Rename(from, to)
}

func (f *faulty) Remove(name string) error {
	if err := f.call("remove", name); err != nil {
		return err
	}
	return f.FS.Remove(name)
}

func (f *faulty) Lock(ctx context.Context) (func(), error) {
	if err := f.call("lock", "."); err != nil {
		return nil, err
	}
	return f.FS.Lock(ctx)
}
