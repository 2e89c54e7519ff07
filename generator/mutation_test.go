package generator

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/terraform"
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
		{"appmesh-article", "", meshMutations()},
		{"linear", "", linearMutations()},
		{"network-load-balancer", "", networkMutations()},
		{"network-weighted", "", weightedMutations()},
		{"service-connect", "", connectMutations()},
		{"alarms", "", alarmMutations()},
		{"observability", "", observabilityMutations()},
		{"network-watched", "", networkWatchMutations()},
		{"autoscaling", "", scalingMutations()},
		{"notifications-key", "", keyMutations()},
		{"hooks-watch", "", watchMutations()},
		{"hooks-smoke", "", smokeMutations()},
		{"hooks-pause", "", pauseMutations()},
		{"hooks-approval", "", approvalMutations()},
		{"hooks-code", "", endMutations()},
		{"task-everything", "", fullTaskMutations()},
		{"warning-sticky", "", stickyMutations()},
		{"rolling-bounds", "production", boundMutations()},
		{"rolling-bounds", "staging", tightMutations()},
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
			for batch := range slices.Chunk(m.mutations, 12) {
				t.Run(batch[0].name+" to "+batch[len(batch)-1].name, func(t *testing.T) {
					t.Parallel()
					judgeBatch(t, j, c, batch)
				})
			}
		})
	}
}

// judgeBatch breaks one copy of a module for each mutation and runs each copy's test. One terraform judges all of them: its
// start costs as much as a run.
func judgeBatch(t *testing.T, j judge, c Configuration, batch []mutation) {
	t.Helper()
	whole := c.tree()
	tr := maps.Clone(whole)
	for name := range tr {
		if strings.HasSuffix(name, ".tftest.hcl") {
			delete(tr, name)
		}
	}
	tests := make([]string, len(batch))
	for i, m := range batch {
		tests[i] = m.plant(t, tr, whole, i)
	}
	out := j.test(t, tr, c.AWS)
	for i, m := range batch {
		t.Run(m.name, func(t *testing.T) {
			mine := terraform.TestOutput{}
			for _, d := range out.Diagnostics {
				if d.File == tests[i] || d.File == "" {
					mine.Diagnostics = append(mine.Diagnostics, d)
				}
			}
			all := strings.Join(failures(&mine), "\n")
			switch {
			case all == "":
				t.Errorf("%s passes with %q in place of %q", m.by, m.to, m.from)
			case !strings.Contains(all, m.says):
				t.Errorf("it fails for another reason than %q: %s", m.says, all)
			}
		})
	}
}

// plant adds a broken copy of the mutation's module, or of the root, and its test, whose name it returns.
func (m mutation) plant(t *testing.T, tr, whole tree, i int) (test string) {
	t.Helper()
	broken := maps.Clone(whole)
	broken.replace(t, m.file, m.from, m.to, max(m.times, 1))
	broken.narrow(t, m.by, m.says)
	text := broken["tests/"+m.by+".tftest.hcl"]
	copied := fmt.Sprintf("mutants/%d/", i)
	if m.by == "configuration" {
		// The root beside its modules, and every run of the test told to look there.
		text = regexp.MustCompile(`(?m)^run "[^"]+" \{$`).ReplaceAllString(text, "$0\n  module {\n    source = \"./"+copied+"root\"\n  }\n")
		for name, data := range broken {
			if path.Dir(name) == "." && path.Ext(name) == ".tf" && name != "backend.tf" {
				tr[copied+"root/"+name] = strings.ReplaceAll(data, `"./modules/`, `"../modules/`)
			}
		}
	}
	text = strings.ReplaceAll(text, `"./modules/`, `"./`+copied+"modules/")
	for name, data := range broken {
		if strings.HasPrefix(name, "modules/") && (m.by == "configuration" || strings.HasPrefix(name, path.Dir(m.file)+"/")) {
			tr[copied+name] = data
		}
	}
	test = fmt.Sprintf("tests/mutant_%d.tftest.hcl", i)
	tr[test] = text
	return test
}
