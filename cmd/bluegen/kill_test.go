package main

import (
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// lasts is how long a generate from one wish to the next takes, to its end; the folder ends with the first.
func lasts(t *testing.T, dir string, all [3]wish) time.Duration {
	t.Helper()
	var most time.Duration
	for i := range 6 {
		is := all[(i+1)%3]
		save(t, dir, files{is.name: is.text})
		start := time.Now()
		if code, said := runs(t, dir, "generate"); code != 0 {
			t.Fatal(said)
		}
		most = max(most, time.Since(start))
	}
	return most
}

// signalled runs generate and sends a signal after a while. The exit code is -1 where the signal ended the process.
func signalled(t *testing.T, dir string, signal syscall.Signal, after time.Duration) (code int, said string) {
	t.Helper()
	cmd, stdout, stderr := bluegen(t, dir, "generate")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Signal(signal) // it may have ended already
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String() + stderr.String()
}

// TestKilledAtRandomMoments: SIGKILL to the real binary. Every file is old or new, check knows what happened, the next run ends in
// the wanted tree, and the user's files are as they were. 200 times in CI.
func TestKilledAtRandomMoments(t *testing.T) {
	all, dir := wishes(t), t.TempDir()
	random, kills := random(t), count(4, 200)
	generated(t, dir, all[0], all[0])
	whole := lasts(t, dir, all)
	outcomes := map[string]int{}
	for i := range kills {
		was, is := all[i%3], all[(i+1)%3]
		save(t, dir, files{is.name: is.text})
		after := time.Duration(random.Int64N(int64(whole)))
		code, _ := signalled(t, dir, syscall.SIGKILL, after)
		manifest := neverTorn(t, dir, old(was, is), is.tree)
		checkKilled(t, dir, is, manifest)
		outcomes[moment(code, manifest, was)]++
		if code, said := runs(t, dir, "generate"); code != 0 {
			t.Fatalf("kill %d after %s: the next generate: exit %d\n%s", i, after, code, said)
		}
		equal(t, "after the next generate", dir, is.tree)
	}
	t.Logf("%d kills within %s: %s", kills, whole, told(outcomes))
	if kills >= 200 && outcomes["while it wrote"] == 0 {
		t.Error("no kill hit a run that was writing: nothing was proven")
	}
}

// moment says when a kill came, by what it left.
func moment(code int, manifest string, was wish) string {
	switch {
	case code == 0:
		return "after the end"
	case strings.Contains(manifest, `"intent"`):
		return "while it wrote"
	case manifest == was.tree[manifestName]:
		return "before it wrote"
	default:
		return "after the last rename"
	}
}

// checkKilled: check exits with 3 unless the tree is the wanted one, says that a run was interrupted exactly where the manifest
// knows of one, and takes nothing for a hand edit.
func checkKilled(t *testing.T, dir string, is wish, manifest string) {
	t.Helper()
	left := read(t, dir)
	for name := range left {
		if strings.HasSuffix(name, ".bluegen.tmp") && is.tree[name] == "" {
			delete(left, name)
		}
	}
	want := 3
	if cmp.Equal(left, is.tree) {
		want = 0
	}
	code, said := runs(t, dir, "check")
	interrupted := strings.Contains(manifest, `"intent"`)
	if code != want || strings.Contains(said, "edited") || interrupted != strings.Contains(said, "The last run was interrupted") {
		t.Fatalf("check: exit %d, want %d, interrupted %t\n%s", code, want, interrupted, said)
	}
}

// TestInterruptedAtRandomMoments: SIGINT and SIGTERM are handled: all is old, or all is new, and nothing stays behind.
func TestInterruptedAtRandomMoments(t *testing.T) {
	all, dir := wishes(t), t.TempDir()
	random, signals := random(t), count(4, 60)
	generated(t, dir, all[0], all[0])
	whole := lasts(t, dir, all)
	outcomes := map[string]int{}
	for i := range signals {
		was, is := all[i%3], all[(i+1)%3]
		save(t, dir, files{is.name: is.text})
		signal := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}[random.IntN(2)]
		after := time.Duration(random.Int64N(int64(whole)))
		code, said := signalled(t, dir, signal, after)
		switch {
		case code == 0:
			outcomes["finished"]++
			equal(t, "finished", dir, is.tree)
		case code == 1 && strings.Contains(said, "BG3017"):
			outcomes["stopped"]++
			equal(t, "stopped", dir, old(was, is))
		case code == -1:
			outcomes["before it listened"]++
			equal(t, "before it listened", dir, old(was, is))
		default:
			t.Fatalf("%s after %s: exit %d\n%s", signal, after, code, said)
		}
		if code, said := runs(t, dir, "generate"); code != 0 {
			t.Fatal(said)
		}
		equal(t, "after the next generate", dir, is.tree)
	}
	t.Logf("%d signals within %s: %s", signals, whole, told(outcomes))
	if signals >= 60 && outcomes["stopped"] == 0 {
		t.Error("no signal stopped a run: nothing was proven")
	}
}
