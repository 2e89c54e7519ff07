package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// screen is a terminal with bluegen in it: what it shows, and a keyboard.
type screen struct {
	cmd  *exec.Cmd
	keys *os.File
	mu   sync.Mutex
	text strings.Builder
	// dark is closed when all that was said is read.
	dark chan struct{}
}

func terminal(t *testing.T, dir string, args ...string) *screen {
	t.Helper()
	s := &screen{cmd: exec.CommandContext(t.Context(), "bluegen", args...), dark: make(chan struct{})}
	s.cmd.Dir = dir
	s.cmd.Env = append(os.Environ(), "NO_COLOR=1")
	keys, err := pty.Start(s.cmd)
	if err != nil {
		t.Fatal(err)
	}
	s.keys = keys
	go func() {
		defer close(s.dark)
		buffer := make([]byte, 4096)
		for {
			n, err := keys.Read(buffer)
			s.mu.Lock()
			s.text.Write(buffer[:n])
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = keys.Close() })
	return s
}

func (s *screen) shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.ReplaceAll(s.text.String(), "\r\n", "\n")
}

// answer waits for a question and types.
func (s *screen) answer(t *testing.T, question, keys string) {
	t.Helper()
	for range 500 {
		if strings.Contains(s.shown(), question) {
			if _, err := io.WriteString(s.keys, keys); err != nil {
				t.Fatal(err)
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%q is not asked:\n%s", question, s.shown())
}

func (s *screen) ends(t *testing.T, code int) {
	t.Helper()
	err := s.cmd.Wait()
	select {
	case <-s.dark:
	case <-time.After(10 * time.Second):
		t.Error("the terminal stays open")
	}
	var exit *exec.ExitError
	got := 0
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if got != code {
		t.Errorf("exit %d, want %d\n%s", got, code, s.shown())
	}
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range found {
		out = append(out, e.Name())
	}
	return out
}

// On a real terminal, with a mistake that is asked again and answers that are left to their defaults.
func TestInitAsks(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "My Orders")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s := terminal(t, dir, "init", "--port", "9000")
	s.answer(t, "Name of the service [my-orders]: ", "Orders\n")
	s.answer(t, "A name is lower-case letters", "orders\n")
	s.answer(t, "Traffic [alb]: ", "\n")
	s.answer(t, "Host name of its requests [orders.example.com]: ", "shop.example.com\n")
	s.answer(t, "Path of the health check [/]: ", "/ready\n")
	s.answer(t, "the number before) [110]: ", "\n")
	s.answer(t, "Strategy of its deployments [blue_green]: ", "\n")
	s.answer(t, "Lifecycle hooks, with commas between several [none]: ", "wait\n")
	s.answer(t, "Environments, with commas between several [staging,production]: ", "live\n")
	s.ends(t, 0)
	if strings.Contains(s.shown(), "Port that its container") || strings.Contains(s.shown(), "Engine") {
		t.Errorf("what a flag says, and what has one answer, is not asked:\n%s", s.shown())
	}
	text, err := os.ReadFile(filepath.Join(dir, "blueprint.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nname: orders ", "host_header: [shop.example.com]", "port: 9000 ", "path: /ready ", "kind: wait ", "\n  live: {} "} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the blueprint lacks %q:\n%s", want, text)
		}
	}
}

// Ctrl-D and Ctrl-C end a question, and nothing is written.
func TestInitIsLeft(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string]string{"Ctrl-D": "\x04", "Ctrl-C": "\x03"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := terminal(t, dir, "init", "orders")
			s.answer(t, "Name of the service [orders]: ", "\n")
			s.answer(t, "Traffic [alb]: ", keys)
			s.ends(t, 1)
			if !strings.HasSuffix(s.shown(), "bluegen: the questions were not answered, nothing was written\n") {
				t.Errorf("%s", s.shown())
			}
			if left := entries(t, dir); len(left) > 0 {
				t.Errorf("written: %v", left)
			}
		})
	}
}

// --yes asks nothing on a terminal either.
func TestInitYes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := terminal(t, dir, "init", "--yes", "orders")
	s.ends(t, 0)
	if strings.Contains(s.shown(), "Name of the service") {
		t.Errorf("%s", s.shown())
	}
	if got := strings.Join(entries(t, filepath.Join(dir, "orders")), " "); got != ".gitattributes .github .pre-commit-config.yaml blueprint.yaml" {
		t.Errorf("written: %s", got)
	}
}
