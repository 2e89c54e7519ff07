package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkBinary runs the built binary over the example: user and system time in ms and the largest resident set in MiB. version is
// the cost of the bare start. The target is 30 ms and 60 MiB for generate and check on a quiet machine.
func BenchmarkBinary(b *testing.B) {
	binary := built(b)
	folder := b.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "..", "golden", "cases", "example"))); err != nil {
		b.Fatal(err)
	}
	for _, command := range []string{"version", "generate", "check"} {
		b.Run(command, func(b *testing.B) { measured(b, func() *exec.Cmd { return in(folder, binary, command) }) })
	}
}

// BenchmarkManyEnvironments writes 200 environments of one shape into an empty folder. The target is 2 s.
func BenchmarkManyEnvironments(b *testing.B) {
	binary := built(b)
	data, err := os.ReadFile(filepath.Join("..", "..", "golden", "cases", "example", "blueprint.yaml"))
	if err != nil {
		b.Fatal(err)
	}
	text, _, ok := strings.Cut(string(data), "\nenvironments:")
	if !ok {
		b.Fatal("the example has no environments")
	}
	text += "\nenvironments:\n"
	for i := range 200 {
		text += fmt.Sprintf("  e%03d: {service: {desired_count: %d}}\n", i, i%7)
	}
	measured(b, func() *exec.Cmd {
		folder := b.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "blueprint.yaml"), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
		return in(folder, binary, "generate")
	})
}

func built(b *testing.B) string {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "bluegen")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return binary
}

func in(folder, binary, command string) *exec.Cmd {
	cmd := exec.Command(binary, command)
	cmd.Dir = folder
	return cmd
}

func measured(b *testing.B, next func() *exec.Cmd) {
	b.Helper()
	cpu, largest, runs := 0.0, int64(0), 0
	for b.Loop() {
		b.StopTimer()
		cmd := next()
		b.StartTimer()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		runs++
		cpu += float64((cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Microseconds()) / 1000
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			largest = max(largest, usage.Maxrss)
		}
	}
	b.ReportMetric(cpu/float64(runs), "cpu-ms/op")
	b.ReportMetric(float64(largest)/1024, "MiB")
}
