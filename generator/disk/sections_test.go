package disk

import (
	"os"
	"path/filepath"
	"testing"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

func TestPartialLeavesOtherEnvironments(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one", "terraform/staging/main.tf": "s"}, files{"terraform/staging/main.tf": "edited"})
	w := want(files{mainTF: "two"})
	w.Partial = true
	fsys := quick(t, root)
	equal(t, "rows", []string{mainTF + ": update"}, rows(compare(t, fsys, w)))
	generate(t, fsys, w, false)
	m, err := ReadManifest(fsys)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "staging is still known", hash([]byte("s")), m.Sections[Key{"blueprint.yaml", "staging"}].Files["terraform/staging/main.tf"].SHA256)
	equal(t, "staging is untouched", "edited", snapshot(t, root)["terraform/staging/main.tf"])
}

func TestDirectoryMoved(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one", hookPY: "h"}, nil)
	fsys := quick(t, root)
	moved := files{"infra/production/main.tf": "one"}
	equal(t, "rows", []string{"infra/production/main.tf: create", mainTF + ": delete", hookPY + ": delete"}, rows(compare(t, fsys, want(moved))))
	generate(t, fsys, want(moved), false)
	equal(t, "tree", moved.with(files{"blueprint.yaml": "version: 1\n"}), snapshot(t, root).without(ManifestName))
	if _, err := os.Stat(filepath.Join(root, "terraform")); err == nil {
		t.Error("the empty directories stay")
	}
}

func TestBlueprintRenamed(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one"}, files{"orders.yaml": "version: 1\n"}, "blueprint.yaml")
	fsys := quick(t, root)
	w := want(files{mainTF: "two"})
	w.Blueprint = "orders.yaml"
	equal(t, "rows", []string{mainTF + ": update"}, rows(compare(t, fsys, w)))
	generate(t, fsys, w, false)
	m, err := ReadManifest(fsys)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "sections", []Key{{"orders.yaml", "production"}}, sortedKeys(m.Sections))
}

func TestTwoBlueprintsInOneFolder(t *testing.T) {
	t.Parallel()
	root := generated(t, files{"terraform/main.tf": "o"}, files{"second.yaml": "x"})
	fsys := quick(t, root)
	second := Want{Blueprint: "second.yaml", Trees: []Tree{{Directory: "second", Files: want(files{"second/main.tf": "s"}).Trees[0].Files}}}
	generate(t, fsys, second, false)
	m, err := ReadManifest(fsys)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "sections", []Key{{"blueprint.yaml", ""}, {"second.yaml", ""}}, sortedKeys(m.Sections))

	origin := hcl.Range{Filename: "second.yaml", Start: hcl.Pos{Line: 7, Column: 3}}
	for _, directory := range []string{"terraform", "terraform/below", "."} {
		second.Trees[0] = Tree{Directory: directory, Origin: origin}
		_, err := Compare(fsys, m, second)
		equal(t, directory, []diag.Code{CodeOverlap}, codes(err))
		equal(t, "the place in the blueprint", origin, Diagnose(err)[0].Subject)
	}
}

// TestPartialTakesNothingOver: -e leaves the section that a blueprint no longer has, so its directory is still taken.
func TestPartialTakesNothingOver(t *testing.T) {
	t.Parallel()
	root := generated(t, files{"terraform/main.tf": "one"}, nil, "blueprint.yaml")
	fsys := quick(t, root)
	m, err := ReadManifest(fsys)
	if err != nil {
		t.Fatal(err)
	}
	w := want(files{mainTF: "one"})
	w.Partial = true
	_, err = Compare(fsys, m, w)
	equal(t, "codes", []diag.Code{CodeOverlap}, codes(err))
	w.Partial = false
	equal(t, "the whole blueprint", []string{"terraform/main.tf: delete", mainTF + ": create"}, rows(compare(t, fsys, w)))
}
