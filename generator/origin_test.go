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
			want, ofHook := map[string]string{"handler.py": "hook/wait", "lifecycle.py": "hook/shared"}[path.Base(f.Path)]
			if !ofHook {
				want = "engine/ecs"
			}
			if f.Origin != want {
				t.Errorf("%s is made by %q, not by %q", f.Path, f.Origin, want)
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("origins: %v", seen)
	}
}
