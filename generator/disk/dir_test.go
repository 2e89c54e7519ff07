package disk

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestReadFileRefuses: whoever has the bytes of a name knows that a regular file of a decent size stands there.
func TestReadFileRefuses(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, name) }
	for _, err := range []error{
		os.WriteFile(at("file"), []byte("text"), 0o600), os.Symlink("file", at("link")), os.Mkdir(at("folder"), 0o700),
		syscall.Mkfifo(at("pipe"), 0o600), os.WriteFile(at("large"), nil, 0o600), os.Truncate(at("large"), maxRead+1),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	dir, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = dir.Close() }()
	if data, err := dir.ReadFile("file"); err != nil || string(data) != "text" {
		t.Errorf("%q, %v", data, err)
	}
	for _, name := range []string{"link", "folder", "pipe", "large", "none"} {
		if _, err := dir.ReadFile(name); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
