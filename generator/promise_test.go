package generator

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPromise: the addresses of resources and the names of outputs are what states and other configurations hold on to.
// testdata/promises has them as they were first released. An address that moves needs a moved block, an output that goes
// breaks somebody: there is no way to rewrite these files but by hand.
func TestPromise(t *testing.T) {
	t.Parallel()
	left := []string{"alarms/", "autoscaling/", "example/production", "least-privilege/", "observability/", "own-handler/production", "rolling/"}
	for _, b := range builds(t) {
		i := slices.Index(left, b.name)
		if i < 0 {
			continue
		}
		left = slices.Delete(left, i, i+1)
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("testdata", "promises", strings.Split(b.name, "/")[0]+".txt")
			want, err := os.ReadFile(file)
			if err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.promise(), "\n")); diff != "" {
				t.Errorf("%s is no longer what is promised (-promised +now)\n%s", file, diff)
			}
		})
	}
	if len(left) > 0 {
		t.Errorf("there is no %s", strings.Join(left, ", "))
	}
}

// promise lists every resource, then every output, one a line.
func (b built) promise() string {
	var addresses, outputs []string
	for call, m := range b.calls() {
		for _, r := range blocks(m, "resource") {
			addresses = append(addresses, call.Address()+"."+r.Address())
		}
	}
	root := b.module("")
	for _, r := range blocks(root, "resource") {
		addresses = append(addresses, r.Address())
	}
	for _, o := range blocks(root, "output") {
		outputs = append(outputs, o.Address())
	}
	slices.Sort(addresses)
	slices.Sort(outputs)
	return strings.Join(append(addresses, outputs...), "\n") + "\n"
}
