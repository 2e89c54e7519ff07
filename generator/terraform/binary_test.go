package terraform

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// script is a session on a shell script in terraform's place.
func script(t *testing.T, body string) *Session {
	t.Helper()
	path := filepath.Join(t.TempDir(), "terraform")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body), 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestTooOld(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"init -json says so":       `echo '{"type":"version","terraform":"1.9.8"}'`,
		"init does not know -json": `if [ "$1" = version ]; then echo '{"terraform_version": "1.5.7"}'; else echo 'flag provided but not defined: -json' >&2; exit 1; fi`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := script(t, body)
			var old *TooOldError
			_, err := s.Validate(t.Context(), t.TempDir(), openView(t, ">= 6.66"))
			if !errors.As(err, &old) || !strings.HasPrefix(old.Version, "1.") || old.Path != s.Path() {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A pre-release of the first release that will do has everything that it has.
func TestPreRelease(t *testing.T) {
	t.Parallel()
	s := script(t, `case $1 in init) echo '{"type":"version","terraform":"1.10.0-rc1"}';; validate) echo '{"format_version": "1.0", "valid": true, "diagnostics": []}';; esac`)
	if out, err := s.Validate(t.Context(), t.TempDir(), openView(t, ">= 6.66")); err != nil || !out.Valid {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestTerraformItselfFails(t *testing.T) {
	t.Parallel()
	fine := `if [ "$1" = init ]; then echo '{"type":"version","terraform":"1.11.4"}'; exit 0; fi; `
	tests := map[string]struct{ body, command, says string }{
		"another program":   {`echo hello`, "validate", "hello"},
		"init crashes":      {`echo '{"type":"version","terraform":"1.11.4"}'; echo 'panic: oh' >&2; exit 2`, "init", "panic: oh"},
		"validate crashes":  {fine + `echo 'panic: oh' >&2; exit 2`, "validate", "panic: oh"},
		"output is endless": {fine + `i=0; while [ $i -lt 500 ]; do echo 'the same line again' >&2; i=$((i+1)); done; exit 1`, "validate", "…"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var failed *FailedError
			_, err := script(t, tt.body).Validate(t.Context(), t.TempDir(), openView(t, ">= 6.66"))
			if !errors.As(err, &failed) || failed.Command != tt.command || !strings.Contains(failed.Output, tt.says) || len(failed.Output) > 2100 {
				t.Errorf("got %+v", err)
			}
		})
	}
	var failed *FailedError
	if _, err := script(t, fine+`exit 3`).Test(t.Context(), t.TempDir(), openView(t, ">= 6.66")); !errors.As(err, &failed) || failed.Command != "test" {
		t.Errorf("test: got %v", err)
	}
}

// A run that ends early ends terraform, first politely, and leaves nothing.
func TestInterrupt(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	note := filepath.Join(t.TempDir(), "note")
	for name, body := range map[string]string{
		"asked":  `trap 'echo interrupted > ` + note + `; exit 1' INT; : > ` + note + `; while :; do sleep 0.05; done`,
		"killed": `trap '' INT; : > ` + note + `; i=0; while [ $i -lt 80 ]; do sleep 0.1; i=$((i+1)); done; echo survived > ` + note,
	} {
		t.Run(name, func(t *testing.T) {
			s := script(t, body)
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				defer cancel()
				for {
					if _, err := os.Stat(note); err == nil {
						return
					}
					time.Sleep(5 * time.Millisecond)
				}
			}()
			_, err := s.Validate(ctx, module(t), openView(t, ">= 6.66"))
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			said, err := os.ReadFile(note)
			if want := map[string]string{"asked": "interrupted\n"}[name]; err != nil || string(said) != want {
				t.Errorf("the script said %q, %v", said, err)
			}
			if err := errors.Join(s.Close(), os.Remove(note)); err != nil {
				t.Error(err)
			}
			if left, err := filepath.Glob(filepath.Join(temp, "[bp]l*")); err != nil || left != nil {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

func TestEnvironment(t *testing.T) {
	for name, value := range map[string]string{
		"TF_LOG": "trace", "TF_CLI_ARGS_init": "-x", "TF_PLUGIN_CACHE_DIR": "/cache", "TF_TOKEN_example_com": "t",
		"TF_CLI_CONFIG_FILE": "/mine.tfrc", "TF_VAR_x": "1", "TF_REGISTRY_CLIENT_TIMEOUT": "5", "PLAIN": "kept",
	} {
		t.Setenv(name, value)
	}
	s := openSession(t)
	names := func(served bool) map[string]string {
		w := &workspace{session: s, base: t.TempDir(), served: served}
		if err := w.environment("{}"); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, entry := range w.env {
			name, value, _ := strings.Cut(entry, "=")
			if strings.HasPrefix(name, "TF_") || name == "PLAIN" || name == "CHECKPOINT_DISABLE" {
				out[name] = strings.ReplaceAll(value, w.base, "BASE")
			}
		}
		return out
	}
	common := map[string]string{"TF_DATA_DIR": "BASE/data", "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1", "PLAIN": "kept"}
	with := func(more map[string]string) map[string]string {
		for name, value := range common {
			more[name] = value
		}
		return more
	}
	want := with(map[string]string{"TF_REATTACH_PROVIDERS": "{}", "TF_CLI_CONFIG_FILE": "BASE/cli.tfrc"})
	if diff := cmp.Diff(want, names(true)); diff != "" {
		t.Errorf("served: %s", diff)
	}
	want = with(map[string]string{"TF_CLI_CONFIG_FILE": "/mine.tfrc", "TF_PLUGIN_CACHE_DIR": "/cache", "TF_TOKEN_example_com": "t", "TF_REGISTRY_CLIENT_TIMEOUT": "5"})
	if diff := cmp.Diff(want, names(false)); diff != "" {
		t.Errorf("registry: %s", diff)
	}
}

// The registry's run asks terraform's own configuration where providers are, and attaches to nothing.
func TestRegistryRun(t *testing.T) {
	t.Parallel()
	note := filepath.Join(t.TempDir(), "note")
	s := script(t, `env > `+note+`; echo '{"type":"version","terraform":"1.11.4"}'; exit 0`)
	var failed *FailedError
	if _, err := s.Validate(t.Context(), t.TempDir(), nil); !errors.As(err, &failed) || failed.Command != "validate" {
		t.Errorf("got %v", err)
	}
	env, err := os.ReadFile(note)
	if err != nil || slices.ContainsFunc(strings.Split(string(env), "\n"), func(l string) bool { return strings.HasPrefix(l, "TF_REATTACH") }) {
		t.Errorf("attached: %v", err)
	}
	if len(s.servers) != 0 {
		t.Error("a server was started for nobody")
	}
}
