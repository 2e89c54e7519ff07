package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// BenchmarkExample is the example with both its environments, as a fresh process has it: nothing remembered.
func BenchmarkExample(b *testing.B) {
	fsys := os.DirFS(filepath.Join("..", "golden", "cases", "example"))
	for b.Loop() {
		result, diags := New().Generate(b.Context(), fsys, "blueprint.yaml", Options{})
		if diags.HasErrors() || len(result.Configurations) != 2 {
			b.Fatal(said(diags))
		}
	}
}

// BenchmarkManyEnvironments is 200 environments of one shape: modules must be printed once, so that each environment
// costs its root. ns/op is to be read as a ratio to BenchmarkExample.
func BenchmarkManyEnvironments(b *testing.B) {
	fsys := manyEnvironments(b, 200)
	for b.Loop() {
		result, diags := New().Generate(b.Context(), fsys, "blueprint.yaml", Options{})
		if diags.HasErrors() || len(result.Configurations) != 200 {
			b.Fatal(said(diags))
		}
	}
}

// manyEnvironments is the example's blueprint with n environments in place of its two.
func manyEnvironments(t testing.TB, n int) fstest.MapFS {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "golden", "cases", "example", "blueprint.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	base, _, ok := strings.Cut(string(data), "\nenvironments:")
	if !ok {
		t.Fatal("the example has no environments")
	}
	var text strings.Builder
	text.WriteString(base + "\nenvironments:\n")
	for i := range n {
		fmt.Fprintf(&text, "  e%03d: {service: {desired_count: %d}}\n", i, i%7)
	}
	return fstest.MapFS{"blueprint.yaml": {Data: []byte(text.String())}}
}

// TestShapesArePrintedOnce: 200 environments of one shape have one text of every module.
func TestShapesArePrintedOnce(t *testing.T) {
	t.Parallel()
	result, diags := New().Generate(t.Context(), manyEnvironments(t, 200), "blueprint.yaml", Options{})
	if diags.HasErrors() {
		t.Fatal(said(diags))
	}
	texts := map[string]map[*byte]bool{}
	files := 0
	for _, c := range result.Configurations {
		for _, f := range c.Files {
			name := strings.TrimPrefix(f.Path, c.Directory+"/")
			if !strings.HasPrefix(name, "modules/") || !strings.HasSuffix(name, ".tf") {
				continue
			}
			if texts[name] == nil {
				texts[name] = map[*byte]bool{}
			}
			texts[name][&f.Data[0]] = true
			files++
		}
	}
	for name, of := range texts {
		if len(of) != 1 {
			t.Errorf("%s was printed %d times", name, len(of))
		}
	}
	if len(texts) != 20 || files != 200*20 {
		t.Errorf("%d files of modules, %d in all", len(texts), files)
	}
}
