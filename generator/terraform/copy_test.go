package terraform

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCopyTree(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{
		"main.tf": "a", "modules/x/main.tf": "b", "modules/x/src/handler.py": "c", ".terraform.lock.hcl": "lock", "terraform.tfvars": "v",
		".terraform/providers/big": "x", "modules/x/.terraform/y": "x", ".git/config": "x",
		"terraform.tfstate": "x", "terraform.tfstate.backup": "x", "old.tfstate.1700.backup": "x", "notes.tfstates.md": "kept",
	})
	links := map[string]string{"link.tf": "main.tf", "modules/y": "x", "modules/x/up.tf": "../../main.tf", ".#main.tf": "someone@host.1"}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	if err := copyTree(t.Context(), dir, to); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"main.tf": "a", "modules/x/main.tf": "b", "modules/x/src/handler.py": "c", ".terraform.lock.hcl": "lock", "terraform.tfvars": "v",
		"notes.tfstates.md": "kept",
		"link.tf":           "-> main.tf", "modules/y": "-> x", "modules/x/up.tf": "-> ../../main.tf", ".#main.tf": "-> someone@host.1",
	}
	if diff := cmp.Diff(want, contents(t, to)); diff != "" {
		t.Error(diff)
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(path)
			out[filepath.ToSlash(name)] = "-> " + target
			return err
		}
		data, err := os.ReadFile(path)
		out[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCopyTreeRefusesLinksOut(t *testing.T) {
	t.Parallel()
	outside := tree(t, map[string]string{"secret.tf": "x"})
	for name, target := range map[string]string{
		"absolute": filepath.Join(outside, "secret.tf"), "upwards": "../" + filepath.Base(outside), "absolute, inside": "/", "missing above": "../../nothing",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := tree(t, map[string]string{"modules/main.tf": "a"})
			if err := os.Symlink(target, filepath.Join(dir, "link")); err != nil {
				t.Fatal(err)
			}
			err := copyTree(t.Context(), dir, t.TempDir())
			var refused *CopyError
			if !errors.As(err, &refused) || refused.Name != "link" || !errors.Is(err, errLeaves) {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("through another link", func(t *testing.T) {
		t.Parallel()
		dir := tree(t, map[string]string{"a/main.tf": "a"})
		if err := errors.Join(os.Symlink("..", filepath.Join(dir, "a", "b")), os.Symlink("a/b/../..", filepath.Join(dir, "c"))); err != nil {
			t.Fatal(err)
		}
		if err := copyTree(t.Context(), dir, t.TempDir()); !errors.Is(err, errLeaves) {
			t.Errorf("got %v", err)
		}
	})
}

func TestCopyTreeFails(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"main.tf": "a"})
	var refused *CopyError
	if err := copyTree(t.Context(), filepath.Join(dir, "missing"), t.TempDir()); !errors.As(err, &refused) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if err := copyTree(t.Context(), filepath.Join(dir, "main.tf"), t.TempDir()); !errors.As(err, &refused) {
		t.Errorf("a file: got %v", err)
	}
	if err := copyTree(t.Context(), dir, filepath.Join(t.TempDir(), "missing")); !errors.As(err, &refused) || refused.Name != "main.tf" {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := copyTree(ctx, dir, t.TempDir()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
