package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The environment of the long tests: BLUEGEN_FAULTS asks for all of them, BLUEGEN_SEED repeats a run.
const (
	faultsWanted = "BLUEGEN_FAULTS"
	faultsSeed   = "BLUEGEN_SEED"
	manifestName = ".bluegen.lock.json"
)

// files is a tree: slash-separated path to content.
type files map[string]string

// random returns a source whose seed is printed: with it in BLUEGEN_SEED the same moments come again.
func random(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if said := os.Getenv(faultsSeed); said != "" {
		var err error
		if seed, err = strconv.ParseUint(said, 10, 64); err != nil {
			t.Fatalf("%s: %v", faultsSeed, err)
		}
	}
	t.Logf("the seed is %d: %s=%d repeats it", seed, faultsSeed, seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// wish is a blueprint and what a folder holds once it was generated: with the user's own files, which no run may touch.
type wish struct {
	name, text string
	tree       files
}

// own are files that are not bluegen's, some of them in places where bluegen writes, looks or cleans up.
func own() files {
	return files{
		"README.md": "# Mine\n", "terraform/production/own.tf": "# Mine.\n", "terraform/production/terraform.tfstate": "{}\n",
		"terraform/production/modules/mine/main.tf": "# Mine.\r\n", "infra/notes.txt": "mine, no newline", "notes/.main.tf.bluegen.tmp": "mine\n",
		"terraform/production/.terraform.lock.hcl": "# terraform's\n",
	}
}

// wishes are three blueprints of one service. From the first to the second most files are updated, and a renamed environment is created
// and removed; from the second to the third, and back to the first, everything moves.
func wishes(t *testing.T) [3]wish {
	t.Helper()
	text, err := os.ReadFile("../../golden/cases/example/blueprint.yaml")
	if err != nil {
		t.Fatal(err)
	}
	renamed := strings.NewReplacer("\nname: orders", "\nname: payments", "\n  staging:", "\n  testing:").Replace(string(text))
	moved := strings.Replace(renamed, "directory: terraform ", "directory: infra ", 1)
	out := [3]wish{{name: "blueprint.yaml", text: string(text)}, {name: "blueprint.yaml", text: renamed}, {name: "blueprint.yaml", text: moved}}
	for i := range out {
		dir := t.TempDir()
		out[i].put(t, dir)
		if code, said := runs(t, dir, "generate"); code != 0 {
			t.Fatal(said)
		}
		out[i].tree = read(t, dir)
	}
	updated := 0
	for name, text := range out[0].tree {
		if now, there := out[1].tree[name]; there && now != text && name != manifestName {
			updated++
		}
	}
	if updated < 5 || cmp.Equal(out[1].tree, out[2].tree) || len(out[2].tree) < 80 {
		t.Fatalf("%d files updated, of %d", updated, len(out[2].tree))
	}
	return out
}

// put writes the blueprint and the user's own files.
func (w wish) put(t *testing.T, dir string) {
	t.Helper()
	save(t, dir, own())
	save(t, dir, files{w.name: w.text})
}

func save(t *testing.T, dir string, tree files) {
	t.Helper()
	for name, text := range tree {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, dir string) files {
	t.Helper()
	out := files{}
	err := filepath.WalkDir(dir, func(full string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(full)
		out[strings.TrimPrefix(filepath.ToSlash(full), filepath.ToSlash(dir)+"/")] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// runs runs the binary to its end and returns its exit code and all that it said.
func runs(t *testing.T, dir string, args ...string) (code int, said string) {
	t.Helper()
	cmd, stdout, stderr := bluegen(t, dir, args...)
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String() + stderr.String()
}

// generated is a folder in which the first wish was generated and the second one is written down.
func generated(t *testing.T, dir string, was, is wish) {
	t.Helper()
	was.put(t, dir)
	if code, said := runs(t, dir, "generate", was.name); code != 0 {
		t.Fatal(said)
	}
	save(t, dir, files{is.name: is.text})
}

// old is the tree before a run from one wish to another: all of the first, and the other's blueprint.
func old(was, is wish) files {
	out := files{}
	for name, text := range was.tree {
		out[name] = text
	}
	out[is.name] = is.text
	return out
}

// equal compares a folder with a tree, byte by byte.
func equal(t *testing.T, what, dir string, want files) {
	t.Helper()
	if diff := cmp.Diff(want, read(t, dir)); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// temporary reports whether a file is one that a killed run may leave: beside a generated file, under its name.
func temporary(name string, either func(string) bool) bool {
	dir, base := filepath.Split(name)
	inner, ok := strings.CutSuffix(base, ".bluegen.tmp")
	return ok && strings.HasPrefix(inner, ".") && (either(dir+inner[1:]) || dir+inner[1:] == manifestName)
}

// neverTorn holds a folder to what a killed run may leave: every file old or new, nothing else, and the user's untouched.
func neverTorn(t *testing.T, dir string, before, after files) (manifest string) {
	t.Helper()
	left := read(t, dir)
	either := func(name string) bool {
		_, was := before[name]
		_, is := after[name]
		return was || is
	}
	for name, text := range left {
		if name != manifestName && !either(name) && !temporary(name, either) {
			t.Fatalf("%s came from nowhere", name)
		}
		if name != manifestName && either(name) && !slices.Contains(versions(name, before, after), text) {
			t.Fatalf("%s is neither old nor new:\n%s", name, text)
		}
	}
	for name := range before {
		_, there := left[name]
		if _, wanted := after[name]; wanted && !there {
			t.Fatalf("%s is gone", name)
		}
	}
	for name, text := range own() {
		if left[name] != text {
			t.Fatalf("%s is the user's, and changed to %q", name, left[name])
		}
	}
	return left[manifestName]
}

func versions(name string, trees ...files) []string {
	var out []string
	for _, tree := range trees {
		if text, ok := tree[name]; ok {
			out = append(out, text)
		}
	}
	return out
}

// asked reports whether the long tests are to run, and says so plainly where they are not.
func asked(t *testing.T, what string) bool {
	t.Helper()
	if os.Getenv(faultsWanted) != "" {
		return true
	}
	t.Log("NOT RUN: " + what + " (.ci/run sets " + faultsWanted + ")")
	return false
}

// count is how often something is tried: seldom in make test, often in CI.
func count(seldom, often int) int {
	if os.Getenv(faultsWanted) != "" {
		return often
	}
	return seldom
}

func told(outcomes map[string]int) string {
	var out []string
	for what, n := range outcomes {
		out = append(out, fmt.Sprintf("%d %s", n, what))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
