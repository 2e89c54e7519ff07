package disk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
)

// The environment of a test binary that is to be killed: the folder, and the call that it dies before.
const (
	killFolder = "BLUEGEN_TEST_KILL_FOLDER"
	killCall   = "BLUEGEN_TEST_KILL_CALL"
)

// TestMain lets the test binary be the process that is killed.
func TestMain(m *testing.M) {
	root := os.Getenv(killFolder)
	if root == "" {
		os.Exit(m.Run())
	}
	if err := dieWriting(root, os.Getenv(killCall)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// dieWriting does what the command does, and sends itself SIGKILL before one of the calls.
func dieWriting(root, call string) error {
	at, err := strconv.Atoi(call)
	if err != nil {
		return err
	}
	d, err := Open(root)
	if err != nil {
		return err
	}
	fsys := &faulty{FS: d, fail: func(n int, _, _ string) error {
		if n == at {
			return syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return nil
	}}
	m, err := ReadManifest(d)
	if err != nil {
		return err
	}
	p, err := Compare(d, m, want(everything().wants))
	if err != nil {
		return err
	}
	_, err = Apply(context.Background(), fsys, p, Options{Force: true})
	return err
}

// TestSIGKILL kills a real process, which holds the lock and has written without syncing: the lock is free, every file is
// old or new, and the next run converges.
func TestSIGKILL(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := everything()
	calls := s.calls(t)
	for at := 3; at < len(calls); at += 12 {
		root := s.folder(t)
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), killFolder+"="+root, killCall+"="+strconv.Itoa(at))
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("%s: the process was not killed: %v %s", calls[at], err, out)
		}
		s.checkStopped(t, calls[at], root, err)
		s.checkConverges(t, calls[at], root)
	}
}
