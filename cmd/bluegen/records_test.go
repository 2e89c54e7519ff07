package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestRecords: a check leaves a record in the user's cache and nothing in the repository, and each build of bluegen has its own.
func TestRecords(t *testing.T) {
	t.Parallel()
	dir, cache := example(t), t.TempDir()
	path, err := exec.LookPath("bluegen")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(t.TempDir(), "bluegen")
	check := func(home string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), binary, args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "XDG_CACHE_HOME="+home, "HOME="+home)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	records := func() int {
		t.Helper()
		all, err := filepath.Glob(filepath.Join(cache, "bluegen", "check", "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if err := os.WriteFile(binary, data, 0o700); err != nil {
		t.Fatal(err)
	}
	check(cache, "generate")
	before := entries(t, dir)
	for _, c := range []struct {
		what string
		does func()
		want int
	}{
		{"nothing was checked yet", func() {}, 0},
		{"a first check", func() { check(cache, "check") }, 1},
		{"a second one", func() { check(cache, "check") }, 1},
		{"one of an environment", func() { check(cache, "check", "-e", "production") }, 2},
		{"one without a home", func() { check("", "check") }, 2},
		{"one of another build", func() {
			now := time.Now().Add(time.Hour)
			if err := os.Chtimes(binary, now, now); err != nil {
				t.Fatal(err)
			}
			check(cache, "check")
		}, 3},
	} {
		if c.does(); records() != c.want {
			t.Errorf("after %s there are %d records, not %d", c.what, records(), c.want)
		}
	}
	if after := entries(t, dir); !slices.Equal(after, before) {
		t.Errorf("%q, and before %q", after, before)
	}
}
