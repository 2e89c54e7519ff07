package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTemporaryNamesAreDistinct: two files of one directory never wait under one name.
func TestTemporaryNamesAreDistinct(t *testing.T) {
	t.Parallel()
	names := []string{"a/x", "a/.x", "a/x.tf", "b/x", "x", ".x", "..x", ManifestName, ".gitignore", "gitignore"}
	seen := map[string]bool{}
	for _, name := range names {
		temp := temporary(name)
		if seen[temp] {
			t.Errorf("%s shares %s", name, temp)
		}
		seen[temp] = true
		if unsafePath(temp) != "" || strings.HasSuffix(temp, ".tf") || !leftAlone(temp[strings.LastIndex(temp, "/")+1:]) {
			t.Errorf("%s is read by Terraform, listed as a stray or unsafe", temp)
		}
	}
	equal(t, "beside its place", "a/.x.tf.bluegen.tmp", temporary("a/x.tf"))
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		a, b string
		want bool
	}{
		{"terraform", "terraform", true},
		{"terraform", "terraform/production", true},
		{"terraform/production", "terraform", true},
		{".", "terraform", true},
		{"terraform", ".", true},
		{"terraform/a", "terraform/b", false},
		{"terraform/a", "terraform/ab", false},
		{"terraform/ab", "terraform/a", false},
		{"a", "b/a", false},
	}
	for _, tt := range tests {
		equal(t, tt.a+" and "+tt.b, tt.want, overlap(tt.a, tt.b))
	}
}

func TestBlueprintNameIsAFileName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "services/blueprint.yaml", "/blueprint.yaml"} {
		if err := checkWant(Want{Blueprint: name}); err == nil {
			t.Errorf("%q is accepted: the manifest could not name the section", name)
		}
	}
	for _, name := range []string{"blueprint.yaml", "a b.yaml", "ord\"ers\n.yaml", "${x}.yml"} {
		w := Want{Blueprint: name, Trees: []Tree{{Environment: "production", Directory: "terraform"}}}
		root := folder(t, nil)
		generate(t, quick(t, root), w, false)
		m, err := ReadManifest(open(t, root))
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		equal(t, "sections", []Key{{name, "production"}}, sortedKeys(m.Sections))
	}
}

// TestEachFileIsReadOnce: a comparison of unchanged files reads and looks at each of them once, and at each directory once.
func TestEachFileIsReadOnce(t *testing.T) {
	t.Parallel()
	tree := files{mainTF: "one", varsTF: "v", hookPY: "h", "terraform/staging/main.tf": "s"}
	root := generated(t, tree, nil)
	fsys := &faulty{FS: open(t, root)}
	if p := compare(t, fsys, want(tree)); p.OutOfDate() {
		t.Fatalf("not up to date: %v", rows(p))
	}
	calls := slices.Clone(fsys.calls)
	slices.Sort(calls)
	if got := slices.Compact(slices.Clone(calls)); len(got) != len(calls) {
		t.Errorf("a call is made twice: %v", calls)
	}
	for _, name := range []string{mainTF, varsTF, hookPY, ManifestName} {
		if !slices.Contains(calls, "read "+name) {
			t.Errorf("%s is not read", name)
		}
	}
}

func TestLeftAlone(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		".terraform.lock.hcl": true, "terraform.tfstate": true, "terraform.tfstate.backup": true, "terraform.tfstate.17.backup": true,
		".terraform.tfstate.lock.info": true, "x.tfvars": true, "x.auto.tfvars.json": true, "plan.tfplan": true,
		"crash.log": true, "crash.2026.log": true, ".main.tf.bluegen.tmp": true, ManifestName: true,
		"override.tf": false, "backend_override.tf": false, "notes.md": false, "crash.txt": false, "tfstate": false, "main.tf.json": false,
	} {
		equal(t, name, want, leftAlone(name))
	}
}

// TestNothingOutsideTheFolder: neither a name nor a link leads out of the folder, whoever asks.
func TestNothingOutsideTheFolder(t *testing.T) {
	t.Parallel()
	outside, inside := t.TempDir(), t.TempDir()
	if err := errors.Join(os.WriteFile(filepath.Join(outside, "secret"), []byte("x"), 0o600),
		os.Symlink(outside, filepath.Join(inside, "folder")), os.Symlink(filepath.Join(outside, "secret"), filepath.Join(inside, "file"))); err != nil {
		t.Fatal(err)
	}
	d, err := Open(inside)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, name := range []string{"..", "a/..", "../x", filepath.Join(outside, "secret"), "folder/secret", "file"} {
		if data, err := d.ReadFile(name); err == nil {
			t.Errorf("%s was read: %q", name, data)
		}
		if err := d.Create(name, nil, 0o644); err == nil {
			t.Errorf("%s was written", name)
		}
		if err := d.Sync(name); err == nil {
			t.Errorf("%s was synced", name)
		}
	}
	if info, err := d.Lstat("file"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("a link is described as %v, %v", info, err)
	}
}

// TestManyDirectories: more directories than stay open at a time, in an order that goes to and fro between them.
func TestManyDirectories(t *testing.T) {
	t.Parallel()
	d, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	var names []string
	for i := range 3*mostNear + 1 {
		dir := fmt.Sprintf("d%d", i)
		if err := d.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		names = append(names, dir+"/x", dir)
	}
	for _, round := range []string{"1", "2"} {
		for i := 0; i < len(names); i += 2 {
			if err := d.Create(names[i]+round, []byte(names[i]), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := 0; i < len(names); i += 2 {
		if err := errors.Join(d.Rename(names[i]+"1", names[i]), d.Remove(names[i]+"2")); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Sync(names...); err != nil {
		t.Error(err)
	}
	for i := 0; i < len(names); i += 2 {
		if data, err := d.ReadFile(names[i]); err != nil || string(data) != names[i] {
			t.Fatalf("%s has %q, %v", names[i], data, err)
		}
	}
	if len(d.near) > mostNear {
		t.Errorf("%d directories are open", len(d.near))
	}
}
