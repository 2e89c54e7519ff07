package blueprint_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// sameValues compares services whatever says their values: a default that is written out is the same value.
func sameValues() cmp.Options {
	return cmp.Options{
		noPlaces(), cmpopts.EquateEmpty(),
		cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Default" }, cmp.Ignore()),
	}
}

// tester is what testing.T and rapid.T share.
type tester interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// resolvesTo holds the text of a service against the service: it is YAML, every leaf has its origin, and Load reads the same values.
func resolvesTo(t tester, s *blueprint.Service, fsys fstest.MapFS) string {
	text, err := blueprint.Resolved(s, func(name string) string { return "at/" + name })
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := blueprint.Generic(string(text)); !ok {
		t.Fatalf("not YAML:\n%s", text)
	}
	for line := range strings.Lines(string(text)) {
		if !strings.HasSuffix(line, ":\n") && !strings.HasSuffix(line, "  # default\n") && !strings.Contains(line, "  # from at/") && !strings.Contains(line, "# not said") {
			t.Fatalf("no origin: %s", line)
		}
	}
	again := fstest.MapFS{"blueprint.yaml": {Data: text}}
	for name, file := range fsys {
		if !strings.HasSuffix(name, ".yaml") {
			again[name] = file
		}
	}
	got, diags := blueprint.Load(again, "blueprint.yaml")
	if diags != nil || len(got) != 1 {
		t.Fatalf("%v\n%s", lines(diags), text)
	}
	got[0].Environment, got[0].Was, got[0].Layer = s.Environment, s.Was, s.Layer
	if diff := cmp.Diff(s, got[0], sameValues()); diff != "" {
		t.Fatalf("%s\n%s", diff, text)
	}
	return string(text)
}

// TestResolvedIsTheService: what is printed of every good case says the same.
func TestResolvedIsTheService(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../golden/cases/*/blueprint.yaml")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range names {
		fsys := fstest.MapFS{}
		_ = filepath.WalkDir(filepath.Dir(name), func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !strings.Contains(path, "/want/") {
				data, _ := os.ReadFile(path)
				rel, _ := filepath.Rel(filepath.Dir(name), path)
				fsys[rel] = &fstest.MapFile{Data: data}
			}
			return err
		})
		services, diags := blueprint.Load(fsys, "blueprint.yaml")
		if diags != nil {
			continue
		}
		for _, s := range services {
			seen++
			resolvesTo(t, s, fsys)
		}
	}
	if seen < 25 {
		t.Errorf("%d services only", seen)
	}
}

// TestResolvedOrigins: every file is named, what nobody says is a default, and what becomes a variable is a comment.
func TestResolvedOrigins(t *testing.T) {
	t.Parallel()
	fsys := files(map[string]string{
		"platform.yaml": "engine: ecs\ntags: {\"a b\": \"yes\", c: \"1\", d: \"two\\nlines \\u2028\"}\nenvironments: {staging: {logs: {retention_days: 7}}}\n",
		orders: "extends: ../../platform.yaml\nversion: 1\nname: orders\nroles: {execution: {}}\n" + rest +
			"deployment: {bake_time: 90m}\nservice: {task: {containers: [{name: app, command: [\"-x\", null-ish, \"~\"]}]}}\n",
	})
	services, diags := blueprint.Load(fsys, orders)
	if diags != nil {
		t.Fatal(placedIn(diags))
	}
	text := resolvesTo(t, services[0], fsys)
	for _, want := range []string{
		"engine: ecs                                   # from at/../../platform.yaml:1\n",
		"name: orders                                  # from at/blueprint.yaml:3\n",
		"  \"a b\": \"yes\"                                # from at/../../platform.yaml:2\n",
		"  d: \"two\\nlines \\u2028\"                      # from at/../../platform.yaml:2\n",
		"  retention_days: 7                           # from at/../../platform.yaml:3\n",
		"  bake_time: 1h30m                            # from at/blueprint.yaml:6\n",
		"  scale_up: 10m                               # default\n",
		"  # vpc_id: {variable: vpc_id}                # not said: a variable of the root\n",
		"  execution: {}                               # from at/blueprint.yaml:4\n",
		"          - \"-x\"                              # from at/blueprint.yaml:7\n",
		"          - null-ish                          # from at/blueprint.yaml:7\n",
		"          - \"~\"                               # from at/blueprint.yaml:7\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	if slices.ContainsFunc([]string{"backend", "test:", "kms_key_arn"}, func(s string) bool { return strings.Contains(text, s) }) {
		t.Errorf("says what nobody said:\n%s", text)
	}
}

// TestResolvedOfBases: the text of a blueprint over bases says what they say together.
func TestResolvedOfBases(t *testing.T) {
	t.Parallel()
	generic, _ := blueprint.Generic(example(t))
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		below, above := tear(generic.(map[string]any), random)
		above["extends"] = "../base.yaml"
		var base, own strings.Builder
		shuffled(&base, below, random)
		shuffled(&own, above, random)
		fsys := files(map[string]string{"base.yaml": base.String(), "s/blueprint.yaml": own.String()})
		services, diags := blueprint.Load(fsys, "s/blueprint.yaml")
		if diags != nil {
			t.Fatal(placedIn(diags))
		}
		for _, s := range services {
			resolvesTo(t, s, fsys)
		}
	})
}
