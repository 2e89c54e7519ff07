package disk

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bluegen/generator/diag"
	"bluegen/generator/tf"
)

func seeds() []tf.File {
	return []tf.File{
		{Path: ".gitattributes", Data: []byte("terraform/**\n")},
		{Path: ".github/workflows/bluegen.yml", Data: []byte("name: bluegen\n")},
		{Path: "blueprint.yaml", Data: []byte("version: 1\n")},
		{Path: "handlers/smoke.py", Data: []byte("smoke\n")},
	}
}

func seeded() files {
	out := files{}
	for _, f := range seeds() {
		out[f.Path] = string(f.Data)
	}
	return out
}

func TestSeedCreates(t *testing.T) {
	t.Parallel()
	root := folder(t, files{"README.md": "mine"})
	changes, err := Seed(context.Background(), open(t, root), "", seeds(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		if c.Action != Create {
			t.Errorf("%s: %s", c.Path, c.Action)
		}
	}
	equal(t, "after", seeded().with(files{"README.md": "mine"}), snapshot(t, root))
}

// What is there stays, whatever it is; no link is followed.
func TestSeedLeavesWhatIsThere(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		there  files
		path   string
		action Action
		reason Reason
	}{
		"the same bytes":                     {files{"blueprint.yaml": "version: 1\n"}, "blueprint.yaml", Unchanged, NoReason},
		"other bytes":                        {files{"blueprint.yaml": "mine"}, "blueprint.yaml", Conflict, Unclaimed},
		"a link":                             {files{"blueprint.yaml": "-> elsewhere.yaml"}, "blueprint.yaml", Conflict, Link},
		"a link above":                       {files{"elsewhere/workflows": "dir", ".github": "-> elsewhere"}, ".github/workflows/bluegen.yml", Conflict, Link},
		"a directory":                        {files{"blueprint.yaml/x": "mine"}, "blueprint.yaml", Conflict, NotRegular},
		"a pipe":                             {files{"blueprint.yaml": "pipe"}, "blueprint.yaml", Conflict, NotRegular},
		"a file where a directory is needed": {files{"handlers": "mine"}, "handlers/smoke.py", Conflict, NotDirectory},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := folder(t, tt.there)
			before := snapshot(t, root)
			want, err := Survey(open(t, root), "", seeds())
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "after Survey", before, snapshot(t, root))
			got, err := Seed(context.Background(), open(t, root), "", seeds(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			after := before.with(seeded())
			for i, c := range got {
				if c.Action != want[i].Action || c.Reason != want[i].Reason {
					t.Errorf("%s: Survey says %s, Seed %s", c.Path, want[i].Action, c.Action)
				}
				switch {
				case c.Path != tt.path:
					if c.Action != Create {
						t.Errorf("%s: %s", c.Path, c.Action)
					}
				case c.Action != tt.action || c.Reason != tt.reason:
					t.Errorf("%s: %s (%s), want %s (%s)", c.Path, c.Action, c.Reason, tt.action, tt.reason)
				default:
					delete(after, c.Path)
				}
			}
			equal(t, "after Seed", after.with(before), snapshot(t, root))
		})
	}
}

// TestSeedErrorAtEveryCall: one call fails, also half way through a file. Nothing of the run stays.
func TestSeedErrorAtEveryCall(t *testing.T) {
	t.Parallel()
	counting := &faulty{FS: quick(t, folder(t, nil))}
	if _, err := Seed(context.Background(), counting, "", seeds(), Options{}); err != nil {
		t.Fatal(err)
	}
	for _, torn := range []bool{false, true} {
		for n, call := range counting.calls {
			if torn && !strings.HasPrefix(call, "create ") {
				continue
			}
			root := folder(t, files{"README.md": "mine"})
			fsys := &faulty{FS: quick(t, root), torn: torn, fail: at(n, syscall.ENOSPC)}
			_, err := Seed(context.Background(), fsys, "", seeds(), Options{})
			var known *Error
			if !errors.As(err, &known) || known.Code == diag.Internal || known.Code == CodeHalfway {
				t.Errorf("%s (torn %t): %v", call, torn, err)
			}
			equal(t, call, files{"README.md": "mine"}, snapshot(t, root))
		}
	}
}

// A file that appears after the look is somebody's work: the system refuses to create it, and what was created before goes away.
func TestSeedLosesTheRace(t *testing.T) {
	t.Parallel()
	root := folder(t, nil)
	fsys := &faulty{FS: quick(t, root), fail: func(_ int, op, name string) error {
		if op == "create" && name == "blueprint.yaml" {
			put(t, root, files{"blueprint.yaml": "theirs"})
		}
		return nil
	}}
	_, err := Seed(context.Background(), fsys, "", seeds(), Options{})
	var known *Error
	if !errors.As(err, &known) || known.Code != CodeChanged {
		t.Errorf("%v", err)
	}
	equal(t, "after", files{"blueprint.yaml": "theirs"}, snapshot(t, root))
}

// Without the one file that is needed nothing is written.
func TestSeedNeedsOne(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		there files
		want  diag.Code
	}{
		"other bytes":                        {files{"handlers/smoke.py": "mine"}, CodeInTheWay},
		"the same bytes":                     {files{"handlers/smoke.py": "smoke\n"}, CodeNotRegular},
		"a link above":                       {files{"elsewhere": "dir", "handlers": "-> elsewhere"}, CodeLink},
		"a file where a directory is needed": {files{"handlers": "mine"}, CodeNotRegular},
	} {
		root := folder(t, tt.there)
		before := snapshot(t, root)
		_, surveyed := Survey(open(t, root), "handlers/smoke.py", seeds())
		_, err := Seed(context.Background(), open(t, root), "handlers/smoke.py", seeds(), Options{})
		if got := append(codes(err), codes(surveyed)...); len(got) != 2 || got[0] != tt.want || got[1] != tt.want {
			t.Errorf("%s: %v, want %s", name, got, tt.want)
		}
		equal(t, name, before, snapshot(t, root))
	}
}

func TestSeedStops(t *testing.T) {
	t.Parallel()
	root := folder(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	fsys := &faulty{FS: quick(t, root), fail: func(_ int, op, name string) error {
		if op == "create" {
			cancel()
		}
		return nil
	}}
	_, err := Seed(ctx, fsys, "", seeds(), Options{})
	var known *Error
	if !errors.As(err, &known) || known.Code != CodeStopped {
		t.Errorf("%v", err)
	}
	equal(t, "after", files{}, snapshot(t, root))
}

func TestSeedNeverLeavesTheFolder(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../x", "/x", ".git/hooks/pre-commit", "", "a/../../x"} {
		if _, err := Survey(open(t, folder(t, nil)), "", []tf.File{{Path: name}}); err == nil {
			t.Errorf("%q is accepted", name)
		}
	}
}

func TestOpenAbove(t *testing.T) {
	t.Parallel()
	root := folder(t, files{"services/README.md": "mine"})
	for below, want := range map[string]string{"": ".", "services": ".", "services/orders": "orders", "a/b/c": "a/b/c"} {
		d, name, err := OpenAbove(filepath.Join(root, below))
		if err != nil || name != want {
			t.Errorf("%q: %q, %v; want %q", below, name, err, want)
			continue
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, _, err := OpenAbove(filepath.Join(root, "services/README.md/orders")); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("below a file: %v", err)
	}
}
