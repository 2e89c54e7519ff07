package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestMain builds the binary once: signals, limits and costs are those of a process.
func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "bluegen-binary-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "bluegen"), ".").CombinedOutput(); err != nil {
		panic(string(out))
	}
	if err := os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH")); err != nil {
		panic(err)
	}
	if err := os.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache")); err != nil {
		panic(err)
	}
	return m.Run()
}

// example copies a golden's blueprint into a new folder.
func example(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile("../../golden/cases/example/blueprint.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	dir := tb.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "blueprint.yaml"), text, 0o644); err != nil {
		tb.Fatal(err)
	}
	return dir
}

func bluegen(tb testing.TB, dir string, args ...string) (cmd *exec.Cmd, stdout, stderr *bytes.Buffer) {
	tb.Helper()
	cmd = exec.CommandContext(tb.Context(), "bluegen", args...)
	cmd.Dir = dir
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	return cmd, stdout, stderr
}

// slow is a terraform that says when it was started and then hangs until it is interrupted.
func slow(t *testing.T, dir string) (path, started string) {
	t.Helper()
	path, started = filepath.Join(dir, "slow"), filepath.Join(dir, "started")
	text := "#!/bin/sh\ntrap 'exit 1' INT TERM\ntouch '" + started + "'\nwhile :; do sleep 0.02; done\n"
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return path, started
}

func TestSignalEndsAndLeavesNothing(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			dir, temp := example(t), t.TempDir()
			terraform, started := slow(t, dir)
			cmd, stdout, stderr := bluegen(t, dir, "validate", "--terraform", terraform)
			cmd.Env = append(os.Environ(), "TMPDIR="+temp)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for range 500 {
				if _, err := os.Stat(started); err == nil {
					break
				}
				time.Sleep(20 * time.Millisecond)
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			var exit *exec.ExitError
			if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
				t.Errorf("%v, want exit 1\n%s", err, stderr)
			}
			if !strings.Contains(stderr.String(), "terraform was interrupted") || strings.Contains(stderr.String(), "goroutine") {
				t.Errorf("stderr:\n%s\nstdout:\n%s", stderr, stdout)
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

// A reader that goes away must not end the process between a file and the message about it.
func TestClosedPipe(t *testing.T) {
	dir := example(t)
	for _, args := range [][]string{{"generate", "--stdout"}, {"generate"}} {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := read.Close(); err != nil {
			t.Fatal(err)
		}
		cmd, _, stderr := bluegen(t, dir, args...)
		cmd.Stdout = write
		err = cmd.Run()
		if err := write.Close(); err != nil {
			t.Fatal(err)
		}
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() != 1 || strings.Contains(stderr.String(), "goroutine") || strings.Contains(stderr.String(), "cannot be written") {
			t.Errorf("%v: %v\n%s", args, err, stderr)
		}
	}
	cmd, stdout, stderr := bluegen(t, dir, "check")
	if err := cmd.Run(); err != nil {
		t.Errorf("after a generate into a closed pipe: %v\n%s%s", err, stdout, stderr)
	}
}

// Eight processes at once: each succeeds or says why not, and the tree is that of one.
func TestEightAtOnce(t *testing.T) {
	dir := example(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			cmd, _, stderr := bluegen(t, dir, "generate")
			if err := cmd.Run(); err != nil {
				t.Errorf("%v\n%s", err, stderr)
			}
		})
	}
	group.Wait()
	cmd, stdout, _ := bluegen(t, dir, "check")
	if err := cmd.Run(); err != nil {
		t.Errorf("%v\n%s", err, stdout)
	}
}

// BenchmarkGenerate is a first generate into an empty folder, BenchmarkCheck the pre-commit hook.
// The targets are 30 ms of CPU and 60 MiB for each.
func BenchmarkGenerate(b *testing.B) { benchmark(b, true, "generate") }

// BenchmarkCheck compares a tree that is as it should be.
func BenchmarkCheck(b *testing.B) { benchmark(b, false, "check") }

// BenchmarkVersion is what starting the process costs.
func BenchmarkVersion(b *testing.B) { benchmark(b, false, "version") }

func benchmark(b *testing.B, fresh bool, args ...string) {
	dir := example(b)
	if cmd, _, stderr := bluegen(b, dir, "generate"); cmd.Run() != nil {
		b.Fatal(stderr)
	}
	var cpu time.Duration
	var resident int64
	for b.Loop() {
		if fresh {
			b.StopTimer()
			dir = example(b)
			b.StartTimer()
		}
		cmd, _, stderr := bluegen(b, dir, args...)
		if err := cmd.Run(); err != nil {
			b.Fatal(err, stderr)
		}
		cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			resident = max(resident, maxRSS(usage))
		}
	}
	b.ReportMetric(float64(cpu.Microseconds())/float64(b.N)/1000, "cpu-ms/op")
	b.ReportMetric(float64(resident)/(1<<20), "rss-MiB")
}

// maxRSS in bytes: Linux counts KiB, macOS bytes.
func maxRSS(u *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return u.Maxrss
	}
	return u.Maxrss << 10
}

// After the first collection the heap may grow less, or a run over a fleet would take nine times its live heap; the limit is never below
// what is alive.
func TestCollectLateEnds(t *testing.T) {
	collectLate(false)
	collectedAt := func() int64 {
		for range 100 {
			runtime.GC()
			time.Sleep(10 * time.Millisecond)
			now := debug.SetGCPercent(firstGrowth)
			if now == laterGrowth {
				return debug.SetMemoryLimit(-1)
			}
		}
		t.Error("the collector stays as late as at first")
		return 0
	}
	if limit := collectedAt(); limit < soft {
		t.Errorf("the limit is %d", limit)
	}
	alive := make([]byte, 2*soft)
	if limit := collectedAt(); limit < int64(len(alive)) {
		t.Errorf("%d bytes are alive, the limit is %d", len(alive), limit)
	}
	runtime.KeepAlive(alive)
}
