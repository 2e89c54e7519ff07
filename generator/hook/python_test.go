package hook_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/hook"
)

// folders are those with Python of ours: a kind each, what they share, and what the tests need.
func folders() []string {
	return []string{"alarms", "metric", "shared", "smoke", "wait", "testdata", filepath.Join("testdata", "stubs")}
}

// pythonPath is where handlers find what they import: what lies beside them in a function, and boto3's stand-in.
func pythonPath(t *testing.T) string {
	t.Helper()
	var paths []string
	for _, dir := range []string{"shared", filepath.Join("testdata", "stubs")} {
		path, err := filepath.Abs(dir)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return "PYTHONPATH=" + strings.Join(paths, string(filepath.ListSeparator))
}

func TestHandlersOwnTests(t *testing.T) {
	t.Parallel()
	for _, dir := range folders()[:5] {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), python(t), "-B", "-m", "unittest", "discover", "-p", "test_*.py")
			cmd.Dir, cmd.Env = dir, append(os.Environ(), pythonPath(t))
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if !regexp.MustCompile(`(?m)^Ran [1-9]\d* tests?`).Match(out) { // discover is content with none
				t.Errorf("tests were not found:\n%s", out)
			}
		})
	}
}

// Every kind has its documentation and, if it has a source, its tests beside it.
func TestFolders(t *testing.T) {
	t.Parallel()
	for _, k := range hook.Kinds() {
		files := []string{"README.md"}
		if len(k.Source) > 0 {
			files = append(files, "handler.py", "test_handler.py")
		}
		for _, name := range files {
			if info, err := os.Stat(filepath.Join(k.Name, name)); err != nil || info.Size() == 0 {
				t.Errorf("%s of %s: %v", name, k.Name, err)
			}
		}
	}
}

// requireLinters is set where a missing linter must not pass unseen, as in .ci/run.
const requireLinters = "BLUEGEN_REQUIRE_LINTERS"

func TestPythonLinters(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"mypy":   {"--strict", "--python-version=3.11", "--cache-dir=" + os.DevNull},
		"flake8": {"--isolated", "--max-line-length=120"},
	} {
		path, err := exec.LookPath(name)
		if err != nil && os.Getenv(requireLinters) == "1" {
			t.Errorf("%s=1, but %v", requireLinters, err)
		}
		if err != nil {
			t.Logf("the Python sources were not checked with %s, it is not installed", name)
			continue
		}
		for _, dir := range folders() {
			t.Run(name+" in "+dir, func(t *testing.T) {
				t.Parallel()
				lintPython(t, dir, path, args)
			})
		}
	}
}

func lintPython(t *testing.T, dir, path string, args []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.py"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has %d Python files, %v", dir, len(files), err)
	}
	args = slices.Clone(args)
	for _, file := range files {
		args = append(args, filepath.Base(file))
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "MYPYPATH="+strings.TrimPrefix(pythonPath(t), "PYTHONPATH="))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
