package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkValidateBesideReal runs, in turn, `bluegen validate` and `terraform validate` with the real hashicorp/aws 5.100.0 on the
// rolling case, and reports the ratio of their times. init of the real one is left out. The target is 0.2.
func BenchmarkValidateBesideReal(b *testing.B) {
	mirror := os.Getenv("BLUEGEN_REAL_AWS")
	if mirror == "" {
		b.Skip("not compared with the real provider: set BLUEGEN_REAL_AWS to a filesystem mirror that has hashicorp/aws 5.100.0")
	}
	binary, folder := built(b), b.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "..", "golden", "cases", "rolling"))); err != nil {
		b.Fatal(err)
	}
	timed(b, in(folder, binary, "generate"))
	terraform := realTerraform(b, mirror, filepath.Join(folder, "terraform"))
	timed(b, terraform("init", "-backend=false", "-input=false"))
	var ours, theirs time.Duration
	for b.Loop() {
		ours += timed(b, in(folder, binary, "validate"))
		theirs += timed(b, terraform("validate"))
	}
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio")
}

// realTerraform runs terraform in a folder with the providers of a filesystem mirror and no others.
func realTerraform(b *testing.B, mirror, folder string) func(args ...string) *exec.Cmd {
	b.Helper()
	config := filepath.Join(b.TempDir(), "terraformrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return func(args ...string) *exec.Cmd {
		cmd := exec.Command("terraform", args...)
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+config, "CHECKPOINT_DISABLE=1")
		return cmd
	}
}

func timed(b *testing.B, cmd *exec.Cmd) time.Duration {
	b.Helper()
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return time.Since(start)
}
