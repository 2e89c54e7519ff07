package terraform

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	tfjson "github.com/hashicorp/terraform-json"
)

// openSession fails without terraform: most of this package cannot be tested without it, and nothing is skipped silently.
func openSession(tb testing.TB) *Session {
	tb.Helper()
	s, err := Open(tb.Context(), "")
	if err != nil {
		tb.Fatalf("these tests run the real terraform: %v", err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("Close: %v", err)
		}
	})
	return s
}

func openView(tb testing.TB, constraint string) *schemas.View {
	tb.Helper()
	c, err := version.NewConstraint(constraint)
	if err != nil {
		tb.Fatal(err)
	}
	v, err := schemas.Open("aws", c)
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// tree writes files, named by slash-separated paths, into a new folder.
func tree(tb testing.TB, files map[string]string) string {
	tb.Helper()
	dir := tb.TempDir()
	for name, text := range files {
		write(tb, dir, name, text)
	}
	return dir
}

func write(tb testing.TB, dir, name, text string) {
	tb.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// module copies testdata/mistakes/module, so that edits stay apart.
func module(tb testing.TB) string {
	tb.Helper()
	dir := tb.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "mistakes", "module"))); err != nil {
		tb.Fatal(err)
	}
	return dir
}

// fingerprint is the name, mode, time and content of everything below dir.
func fingerprint(tb testing.TB, dir string) map[string]string {
	tb.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		text := info.Mode().String() + " " + info.ModTime().String()
		if d.Type().IsRegular() {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			sum := sha256.Sum256(data)
			text += " " + hex.EncodeToString(sum[:])
		}
		out[path] = text
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func errorsOf(ds []tfjson.Diagnostic) string {
	var out []string
	for _, d := range ds {
		if d.Severity == tfjson.DiagnosticSeverityError {
			file, address := Place(d)
			out = append(out, file+" "+address+": "+d.Summary+": "+d.Detail)
		}
	}
	return strings.Join(out, "\n")
}
