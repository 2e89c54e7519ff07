package trace

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func storeIn(folder string) *Store { return NewStore(func() string { return folder }) }

// kept is what a store recalls of the key about an empty world.
func kept(t *testing.T, s *Store) (string, bool) {
	t.Helper()
	of, dir := in(t, t.TempDir())
	found, ok := s.Recall("key", of, dir, ".")
	return string(found), ok
}

// nothingRead is a record of a run that read nothing.
func nothingRead(t *testing.T, found string) []byte {
	t.Helper()
	record, ok := NewRecorder().Record([]byte(found))
	if !ok {
		t.Fatal("no record")
	}
	return record
}

func TestStore(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "cache", "build")
	s := storeIn(folder)
	if _, ok := kept(t, s); ok {
		t.Error("something comes from nowhere")
	}
	for _, text := range []string{"first", "second"} {
		s.Put("key", nothingRead(t, text))
		if got, ok := kept(t, storeIn(folder)); !ok || got != text {
			t.Errorf("%q %v", got, ok)
		}
	}
	if info, err := os.Stat(filepath.Join(folder, "key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Error("others may read it", err)
	}
	if err := os.Truncate(filepath.Join(folder, "key"), 40); err != nil {
		t.Fatal(err)
	}
	if got, ok := kept(t, s); ok {
		t.Errorf("half of it is %q", got)
	}
}

// TestStoreNowhere: without a folder, or where none can be made, nothing is kept and nobody is told.
func TestStoreNowhere(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"", filepath.Join(file, "build")} {
		s := storeIn(folder)
		s.Put("key", nothingRead(t, "text"))
		if got, ok := kept(t, s); ok {
			t.Errorf("%q", got)
		}
	}
	if _, err := os.Stat("key"); err == nil {
		t.Error("it was written somewhere")
	}
}

// TestStoreOfMany: services that are recalled at once, with files of all sizes, do not disturb each other.
func TestStoreOfMany(t *testing.T) {
	t.Parallel()
	s := storeIn(filepath.Join(t.TempDir(), "build"))
	var roots []string
	for i := range 20 {
		root := world(t)
		if err := os.WriteFile(filepath.Join(root, "dir/a"), bytes.Repeat([]byte{'a'}, (i*7)%20*1000), 0o600); err != nil {
			t.Fatal(err)
		}
		s.Put(ID(root), record(t, root, root))
		roots = append(roots, root)
	}
	var group sync.WaitGroup
	for _, root := range append(roots, roots...) {
		of, dir := in(t, root)
		group.Go(func() {
			if found, ok := s.Recall(ID(root), of, dir, "."); !ok || string(found) != root {
				t.Errorf("%q is not %q", found, root)
			}
		})
	}
	group.Wait()
}

// TestStoreForgets: a few builds are remembered, and a bounded number of records. Nothing else is touched.
func TestStoreForgets(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	build := func(i int) string { return filepath.Join(cache, ID(fmt.Sprint(i))) }
	old := func(folder string, seconds int) {
		at := time.Unix(int64(seconds), 0)
		if err := os.Chtimes(folder, at, at); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"terraform", "somebody's"} {
		if err := os.Mkdir(filepath.Join(cache, name), 0o700); err != nil {
			t.Fatal(err)
		}
		old(filepath.Join(cache, name), 0)
	}
	if err := os.WriteFile(build(20), nil, 0o600); err != nil { // it has a build's name, and is none
		t.Fatal(err)
	}
	old(build(20), 0)
	for i := range 6 {
		storeIn(build(i)).Put(ID("key"), nil)
		old(build(i), 1000*i)
	}
	storeIn(build(0)).Put(ID("key"), nil)
	want := []string{ID("0"), ID("4"), ID("5"), ID("20"), "somebody's", "terraform"}
	slices.Sort(want)
	if diff := cmp.Diff(want, names(t, cache)); diff != "" {
		t.Error(diff)
	}

	// A build that is at work is not forgotten, however long ago it learnt something.
	for i := range 4 {
		if err := os.Mkdir(build(10+i), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	old(build(0), 0)
	storeIn(build(0)).Put(ID("other"), nil)
	if _, err := os.Stat(filepath.Join(build(0), ID("key"))); err != nil {
		t.Error("it forgets itself")
	}

	for i := range mostRecords {
		if err := os.WriteFile(filepath.Join(build(0), ID(fmt.Sprint(i))), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(build(0), "README"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	storeIn(build(0)).Put(ID("key"), nil)
	if diff := cmp.Diff([]string{"README", ID("key")}, names(t, build(0))); diff != "" {
		t.Error(diff)
	}
}

// TestStoreElsewhere: in a folder that is no build's, nothing beside it is taken for a build.
func TestStoreElsewhere(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for i := range 6 {
		if err := os.Mkdir(filepath.Join(home, ID(fmt.Sprint(i))), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	storeIn(filepath.Join(home, "records")).Put(ID("key"), nil)
	if got := names(t, home); len(got) != 7 {
		t.Error(got)
	}
}

// names are what is in a folder, sorted.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}
