package blueprint_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"pgregory.net/rapid"
)

// noPlaces compares services whatever the places of their values: a base has other ones than a single file.
func noPlaces() cmp.Option { return cmp.Transformer("place", func(hcl.Range) string { return "" }) }

// tear splits a document into two that say it again when the second is laid over the first: each key goes to one of them or to both, what
// is laid over had another value, and what null removes was there.
func tear(document map[string]any, random *rand.Rand) (below, above map[string]any) {
	below, above = map[string]any{}, map[string]any{}
	for _, key := range slices.Sorted(maps.Keys(document)) {
		value := document[key]
		inner, isMap := value.(map[string]any)
		switch random.IntN(3) {
		case 0:
			below[key] = value
		case 1:
			above[key] = value
		default:
			if isMap && merges(inner) {
				below[key], above[key] = tear(inner, random)
				continue
			}
			below[key], above[key] = decoy(key, value), value
		}
	}
	return below, above
}

// merges is false for a value's source, which replaces whole.
func merges(m map[string]any) bool {
	for key := range m {
		if key == "variable" || key == "ssm" || key == "lookup" {
			return false
		}
	}
	return true
}

// decoy is another value for a key.
func decoy(key string, value any) any {
	others := map[string]any{
		"desired_count": 9.0, "bake_time": "7m", "retention_days": 7.0, "priority": 4000.0, "cpu": 512.0, "name": "decoy", "team": "decoy",
		"vpc_id": map[string]any{"lookup": map[string]any{"name": "decoy"}}, "subnet_ids": []any{"subnet-9"}, "region": "eu-central-1",
		"cluster": map[string]any{"ssm": "/decoy"}, "hooks": []any{},
	}
	// A key may be a number here and a word there: desired_count of the service and of ownership.
	other, ok := others[key]
	_, number := value.(float64)
	if _, numbers := other.(float64); !ok || number != numbers {
		return value
	}
	return other
}

// TestExtendsIsTheMergedFile: laying a file over its bases says what one file says that holds both.
func TestExtendsIsTheMergedFile(t *testing.T) {
	t.Parallel()
	generic, ok := blueprint.Generic(example(t))
	if !ok {
		t.Fatal("the example is not YAML")
	}
	document := generic.(map[string]any)
	want, diags := blueprintOf(example(t))
	if diags != nil {
		t.Fatal(lines(diags))
	}
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		platform, above := tear(document, random)
		team, own := tear(above, random)
		removed(platform, own)
		write := func(m map[string]any) *fstest.MapFile {
			var b strings.Builder
			shuffled(&b, m, random)
			return &fstest.MapFile{Data: []byte(b.String())}
		}
		fsys := fstest.MapFS{}
		switch random.IntN(3) {
		case 0: // side by side
			own["extends"] = []any{"../platform.yaml", "../team.yaml"}
		case 1: // one on the other
			own["extends"], team["extends"] = "../team.yaml", "platform.yaml"
		default: // the first by two ways
			own["extends"], team["extends"] = []any{"../platform.yaml", "../team.yaml"}, "./platform.yaml"
		}
		fsys["platform.yaml"], fsys["team.yaml"], fsys["s/blueprint.yaml"] = write(platform), write(team), write(own)
		got, diags := blueprint.Load(fsys, "s/blueprint.yaml")
		if diags != nil {
			t.Fatalf("%v\n%s\n%s\n%s", placedIn(diags), fsys["platform.yaml"].Data, fsys["team.yaml"].Data, fsys["s/blueprint.yaml"].Data)
		}
		if diff := cmp.Diff(want, got, noPlaces()); diff != "" {
			t.Fatalf("%s\n%s\n%s\n%s", diff, fsys["platform.yaml"].Data, fsys["team.yaml"].Data, fsys["s/blueprint.yaml"].Data)
		}
	})
}

// removed adds to a base what the blueprint removes.
func removed(platform, own map[string]any) {
	for _, key := range []string{"tags", "environments", "traffic"} {
		if _, ok := platform[key].(map[string]any); !ok {
			platform[key] = map[string]any{}
		}
		if _, ok := own[key].(map[string]any); !ok {
			own[key] = map[string]any{}
		}
		platform[key], own[key] = maps.Clone(platform[key].(map[string]any)), maps.Clone(own[key].(map[string]any))
		own[key].(map[string]any)["spare"] = nil
	}
	platform["tags"].(map[string]any)["spare"] = "x"
	platform["environments"].(map[string]any)["spare"] = map[string]any{"service": map[string]any{"desired_count": 3.0}}
	platform["traffic"].(map[string]any)["spare"] = map[string]any{"port": 1.0}
}

// FuzzBases: any blueprint over any base gets services or errors, never both, never a panic; every error lies in the file that it names;
// and what they say together, written into one file, is the same.
func FuzzBases(f *testing.F) {
	f.Add([]byte("tags: {a: b}\nenvironments: {staging: {}, production: {tags: {c: d}}}\n"), []byte(small+"extends: ../base.yaml\nenvironments: {staging: ~, other: {tags: {a: ~}}}\n"))
	f.Add([]byte(example(f)), []byte("extends: ../base.yaml\nname: carts\nnetwork: {vpc_id: {variable: v}, subnet_ids: ~}\n"))
	f.Add([]byte("extends: s/blueprint.yaml\n"), []byte("extends: [../base.yaml, ../base.yaml, ~, [a], /b]\n"))
	f.Add([]byte("- a\n"), []byte("extends: ../base.yaml\nenvironments:\n  a:\n"))
	f.Add([]byte("traffic: {web: }\nservice: \n"), []byte(small+"extends: ../base.yaml\ntraffic: {web: ~, api: }\nservice: {task: }\n"))
	f.Fuzz(func(t *testing.T, base, above []byte) {
		fsys := fstest.MapFS{"base.yaml": {Data: base}, "s/blueprint.yaml": {Data: above}}
		services, diags := blueprint.Load(fsys, "s/blueprint.yaml")
		if diags.HasErrors() == (services != nil) {
			t.Fatalf("errors: %t, services: %d", diags.HasErrors(), len(services))
		}
		for _, d := range diags {
			checkDiagnostic(t, d)
			switch d.Subject.Filename {
			case "blueprint.yaml":
				placed(t, string(above), diag.List{d})
			case "../base.yaml":
				placed(t, string(base), diag.List{d})
			default:
				t.Errorf("%s names the file %q", d.Code, d.Subject.Filename)
			}
		}
		if services == nil {
			return
		}
		text, ok := blueprint.OneFile(fsys, "s/blueprint.yaml")
		if !ok {
			t.Fatal("services without a document")
		}
		want, diags := blueprintOf(text)
		if diags.HasErrors() {
			t.Fatalf("%v\n%s", placedIn(diags), text)
		}
		if diff := cmp.Diff(want, services, noPlaces()); diff != "" {
			t.Fatalf("%s\n%s", diff, text)
		}
	})
}
