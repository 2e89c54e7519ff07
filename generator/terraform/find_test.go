package terraform

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func executable(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "terraform")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func noDownload(t *testing.T) func(context.Context, string) (string, error) {
	return func(context.Context, string) (string, error) {
		t.Error("a download was tried")
		return "", errors.New("no network")
	}
}

func TestFindExplicit(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	binary := executable(t, dir)
	t.Setenv("PATH", "")
	for _, path := range []string{binary, "terraform", "./terraform"} {
		found, temporary, err := find(t.Context(), path, "", noDownload(t))
		if err != nil || found != binary || temporary != "" {
			t.Errorf("%s: found %s, %s, %v", path, found, temporary, err)
		}
	}
	plain := filepath.Join(dir, "plain")
	if err := os.WriteFile(plain, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "missing"), dir, plain} {
		var none *NotFoundError
		if _, _, err := find(t.Context(), path, dir, noDownload(t)); !errors.As(err, &none) || none.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestFindPathThenCacheThenDownload(t *testing.T) {
	path, cache, temp := t.TempDir(), filepath.Join(t.TempDir(), "deep", "cache"), t.TempDir()
	t.Setenv("PATH", path)
	t.Setenv("TMPDIR", temp)
	fetch := func(_ context.Context, dir string) (string, error) { return executable(t, dir), nil }

	found, temporary, err := find(t.Context(), "", cache, fetch)
	if want := filepath.Join(cache, "terraform"); err != nil || found != want || temporary != "" {
		t.Fatalf("downloaded: %s, %s, %v", found, temporary, err)
	}
	if info, err := os.Stat(found); err != nil || info.Mode().Perm()&0o111 == 0 {
		t.Errorf("%v, %v", info, err)
	}
	if again, _, err := find(t.Context(), "", cache, noDownload(t)); err != nil || again != found {
		t.Errorf("cached: %s, %v", again, err)
	}
	binary := executable(t, path)
	if first, _, err := find(t.Context(), "", cache, noDownload(t)); err != nil || first != binary {
		t.Errorf("on PATH: %s, %v", first, err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// Without a home directory, or with one that cannot be written, the download serves the session and goes with it.
func TestFindWithoutCache(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", "")
	for _, cache := range []string{"", filepath.Join(blocked, "cache")} {
		found, temporary, err := find(t.Context(), "", cache, func(_ context.Context, dir string) (string, error) { return executable(t, dir), nil })
		if err != nil || filepath.Dir(found) != temporary {
			t.Fatalf("%q: %s, %s, %v", cache, found, temporary, err)
		}
		if err := newSession(found, temporary).Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(temporary); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left: %v", temporary, err)
		}
	}
}

func TestFindNothing(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("PATH", "")
	t.Setenv("TMPDIR", temp)
	cause := errors.New("no such host")
	_, _, err := find(t.Context(), "", "", func(context.Context, string) (string, error) { return "", cause })
	var none *NotFoundError
	if !errors.As(err, &none) || !errors.Is(err, cause) {
		t.Fatalf("got %v", err)
	}
	if d := Diagnose(err); d.Code != CodeNotFound || !strings.Contains(d.Detail, "--terraform PATH") {
		t.Errorf("%+v", d)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// An interrupted search must not wait for the network.
func TestDownloadIsBounded(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if path, err := download(ctx, t.TempDir()); err == nil {
		t.Errorf("got %s", path)
	}
}
