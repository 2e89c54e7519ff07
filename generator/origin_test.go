package generator

import (
	"os"
	"path"
	"testing"
)

// TestOrigins: every file of the example says what made it, and only the hook library's handlers are not built from the blueprint.
func TestOrigins(t *testing.T) {
	t.Parallel()
	result, diags := New().Generate(t.Context(), os.DirFS("../golden/cases/example"), "blueprint.yaml", Options{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	seen := map[string]int{}
	for _, c := range result.Configurations {
		for _, f := range c.Files {
			seen[f.Origin]++
			want := "engine/ecs"
			if path.Base(f.Path) == "handler.py" {
				want = "hook/wait"
			}
			if f.Origin != want {
				t.Errorf("%s is made by %q, not by %q", f.Path, f.Origin, want)
			}
		}
	}
	if len(seen) != 2 {
		t.Errorf("origins: %v", seen)
	}
}
