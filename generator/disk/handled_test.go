package disk

import (
	"context"
	"os"
	"strings"
	"syscall"
	"testing"

	"bluegen/generator/diag"
)

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
			root := generated(t, files{mainTF: "one", varsTF: "v"}, ownFiles())
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
		root := generated(t, wrote, ownFiles())
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
		switch err {
		case nil:
			fresh++
			equal(t, "new tree", tree.with(ownFiles()), snapshot(t, root).without(ManifestName))
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
