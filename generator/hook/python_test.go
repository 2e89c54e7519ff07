package hook_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

func TestHandlersOwnTests(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), python(t), "-B", "-m", "unittest", "discover", "-p", "test_*.py")
	cmd.Dir = "wait"
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !regexp.MustCompile(`(?m)^Ran [1-9]\d+ tests`).Match(out) { // discover is content with none
		t.Errorf("tests were not found:\n%s", out)
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
		for _, dir := range []string{"wait", "testdata"} {
			files, err := filepath.Glob(filepath.Join(dir, "*.py"))
			if err != nil || len(files) < 2 {
				t.Fatalf("%s has %d Python files, %v", dir, len(files), err)
			}
			for i := range files {
				files[i] = filepath.Base(files[i])
			}
			cmd := exec.CommandContext(t.Context(), path, append(args, files...)...)
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s in %s: %v\n%s", name, dir, err, out)
			}
		}
	}
}
