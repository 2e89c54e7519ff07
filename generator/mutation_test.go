package generator

import (
	"maps"
	"strings"
	"testing"
)

// mutation is one decisive thing that is broken in a generated tree.
type mutation struct {
	name string
	// file is where, from what is there once and to what it becomes.
	file, from, to string
	// by is the test file that must notice, and says a part of what it must say.
	by, says string
	// times is how often from is there, when that is not once: blue and green are alike.
	times int
}

// mutated are the trees whose tests are judged.
type mutated struct {
	name, environment string
	mutations         []mutation
}

// Not here, because no test of a tree can see it: ignore_changes (testOwnership applies twice), prevent_destroy (TestGuards;
// Terraform could not tear such a test down), an output's depends_on and the target groups' own outputs, whose ARNs are
// unknown in a plan (both TestShape). What a person reads, such as descriptions and statements' sids, decides nothing.

// testMutations: a test that cannot fail proves nothing. Each decisive value of a generated tree is broken alone, and the
// tree's own tests must say so, in the words that were written for it.
func testMutations(t *testing.T, j judge) {
	t.Helper()
	for _, m := range []mutated{
		{"example", "production", exampleMutations()},
		{"own-handler", "production", handlerMutations()},
		{"least-privilege", "", scopedMutations()},
		{"rolling", "", rollingMutations()},
	} {
		c := one(t, m.name, m.environment)
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			whole := c.tree()
			t.Run("unbroken", func(t *testing.T) {
				t.Parallel()
				if out := j.test(t, whole, c.AWS); !out.OK() || out.Passed == 0 {
					t.Errorf("%d runs pass, and: %s", out.Passed, strings.Join(failures(out), "\n"))
				}
			})
			for _, mu := range m.mutations {
				t.Run(mu.name, func(t *testing.T) {
					t.Parallel()
					broken := maps.Clone(whole)
					broken.replace(t, mu.file, mu.from, mu.to, max(mu.times, 1))
					broken.narrow(t, mu.by, mu.says)
					out := j.test(t, broken, c.AWS)
					if out.OK() {
						t.Fatalf("%s passes with %q in place of %q", mu.by, mu.to, mu.from)
					}
					if all := strings.Join(failures(out), "\n"); !strings.Contains(all, mu.says) {
						t.Errorf("it fails for another reason than %q: %s", mu.says, all)
					}
				})
			}
		})
	}
}
