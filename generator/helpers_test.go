package generator

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/diag"
	"bluegen/generator/terraform"
	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// tree is a configuration's files by their path below its directory.
type tree map[string]string

// casesFolder holds the blueprints of the goldens: whole services, one a folder.
func casesFolder() string { return filepath.Join("..", "golden", "cases") }

// goodCases are the folders whose blueprint is accepted.
func goodCases(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(casesFolder())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		folder := filepath.Join(casesFolder(), e.Name())
		if _, err := os.Stat(filepath.Join(folder, "blueprint.yaml")); err != nil {
			continue
		}
		if _, diags := New().Generate(t.Context(), os.DirFS(folder), "blueprint.yaml", Options{}); !diags.HasErrors() {
			out = append(out, e.Name())
		}
	}
	if len(out) < 14 {
		t.Fatalf("only %d good cases: %v", len(out), out)
	}
	return out
}

// configurations generates a case, and fails on any error.
func configurations(t testing.TB, name string) []Configuration {
	t.Helper()
	return generated(t, os.DirFS(filepath.Join(casesFolder(), name)))
}

func generated(t testing.TB, fsys fs.FS) []Configuration {
	t.Helper()
	result, diags := New().Generate(t.Context(), fsys, "blueprint.yaml", Options{})
	if diags.HasErrors() {
		t.Fatalf("the blueprint is refused: %s", said(diags))
	}
	return result.Configurations
}

// fromText is a file system with a blueprint and a handler for hooks of kind code.
func fromText(text string) fs.FS {
	return fstest.MapFS{"blueprint.yaml": {Data: []byte(text)}, "hooks/check.py": {Data: []byte("def lambda_handler(event, context):\n    pass\n")}}
}

// one is a case's configuration of an environment, "" for a blueprint without environments.
func one(t testing.TB, name, environment string) Configuration {
	t.Helper()
	for _, c := range configurations(t, name) {
		if c.Service.Environment.V == environment {
			return c
		}
	}
	t.Fatalf("%s has no environment %q", name, environment)
	return Configuration{}
}

func (c Configuration) tree() tree {
	out := tree{}
	for _, f := range c.Files {
		out[strings.TrimPrefix(f.Path, c.Directory+"/")] = string(f.Data)
	}
	return out
}

// write puts the files into a new folder and returns it.
func (tr tree) write(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range tr {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// replace changes a text that must be in a file exactly so many times.
func (tr tree) replace(t testing.TB, file, from, to string, times int) {
	t.Helper()
	text, ok := tr[file]
	if !ok {
		t.Fatalf("there is no %s among %s", file, strings.Join(slices.Sorted(maps.Keys(tr)), ", "))
	}
	if n := strings.Count(text, from); n != times {
		t.Fatalf("%s has %q %d times, %d wanted", file, from, n, times)
	}
	tr[file] = strings.ReplaceAll(text, from, to)
}

// narrow keeps of the tests the file that is named, and of its runs the one that says so: a run costs a plan of its own.
func (tr tree) narrow(t testing.TB, name, says string) {
	t.Helper()
	keep := "tests/" + name + ".tftest.hcl"
	text, ok := tr[keep]
	if !ok {
		t.Fatalf("there is no %s", keep)
	}
	for file := range tr {
		if path.Dir(file) == "tests" && file != keep {
			delete(tr, file)
		}
	}
	parsed, diags := hclwrite.ParseConfig([]byte(text), keep, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, b := range parsed.Body().Blocks() {
		if text := string(b.BuildTokens(nil).Bytes()); b.Type() == "run" && name == "configuration" && !strings.Contains(text, says) &&
			(says != expectedFailure || !strings.Contains(text, "expect_failures")) {
			parsed.Body().RemoveBlock(b)
		}
	}
	tr[keep] = string(parsed.Bytes())
}

// expectedFailure is what terraform says of a wrong value that is not turned away.
const expectedFailure = "Missing expected failure"

// judge is the real terraform with the provider that bluegen serves.
type judge struct{ session *terraform.Session }

func newJudge(t *testing.T) judge {
	t.Helper()
	s, err := terraform.Open(t.Context(), "")
	if err != nil {
		t.Fatalf("these tests run the real terraform: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return judge{s}
}

// test runs the tree's tests.
func (j judge) test(t testing.TB, tr tree, aws *schemas.View) *terraform.TestOutput {
	t.Helper()
	out, err := j.session.Test(t.Context(), tr.write(t), aws)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// valid fails when terraform refuses the tree.
func (j judge) valid(t testing.TB, tr tree, aws *schemas.View) {
	t.Helper()
	out, err := j.session.Validate(t.Context(), tr.write(t), aws)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range out.Diagnostics {
		t.Errorf("terraform says: %s: %s", d.Summary, d.Detail)
	}
}

// errors are what failed, one line each: the run, the summary, the detail.
func failures(out *terraform.TestOutput) []string {
	var all []string
	for _, d := range out.Diagnostics {
		if d.Severity == "error" {
			all = append(all, d.Run+": "+d.Summary+": "+d.Detail)
		}
	}
	return all
}

func said(diags diag.List) string {
	var out []string
	for _, d := range diags {
		out = append(out, d.Subject.String()+" "+string(d.Code)+" "+d.Summary+" | "+d.Detail)
	}
	return strings.Join(out, "\n")
}

func view(t testing.TB, constraint string) *schemas.View {
	t.Helper()
	pins, err := version.NewConstraint(constraint)
	if err != nil {
		t.Fatal(err)
	}
	v, err := schemas.Open("aws", pins)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
