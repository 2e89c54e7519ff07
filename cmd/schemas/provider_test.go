package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const home = "../../schemas"

// document is what terraform prints, with everything that is dropped.
const document = `{
  "format_version": "1.0",
  "provider_schemas": {
    "registry.terraform.io/hashicorp/toy": {
      "provider": {"version": 0, "block": {"description_kind": "plain", "attributes": {"region": {"type": "string", "description": "Where.", "optional": true}}}},
      "resource_schemas": {
        "toy_car": {"version": 3, "block": {
          "description": "A car.",
          "attributes": {
            "description": {"type": "string", "description": "Said of it.", "description_kind": "plain", "optional": true},
            "wheels": {"nested_type": {"nesting_mode": "list", "attributes": {"size": {"type": "number", "description_kind": "plain", "required": true}}}, "optional": true}
          },
          "block_types": {"door": {"nesting_mode": "set", "max_items": 5, "block": {"deprecated": true, "description_kind": "plain", "attributes": {"side": {"type": ["list", "string"], "required": true}}}}}
        }},
        "toy_boat": {"version": 0, "block": {}}
      },
      "data_source_schemas": {"toy_car": {"version": 0, "block": {"attributes": {"id": {"type": "string", "computed": true}}}}},
      "functions": {"honk": {"return_type": "string"}},
      "resource_identity_schemas": {"toy_car": {"version": 0}}
    },
    "registry.terraform.io/hashicorp/other": {"provider": {"version": 0, "block": {}}}
  }
}`

func mustIndex(t testing.TB, text string) index {
	t.Helper()
	out, err := parseIndex(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func texts(files map[string][]byte) map[string]string {
	out := map[string]string{}
	for name, data := range files {
		out[name] = string(data)
	}
	return out
}

func TestPrune(t *testing.T) {
	t.Parallel()
	files, missing, err := prune([]byte(document), "toy", mustIndex(t, "resource toy_car\nresource toy_plane\ndata toy_car\ndata other_thing\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"config.json": `{
 "block": {"attributes":{"region":{"optional":true,"type":"string"}}},
 "version": 0
}
`,
		"data/toy_car.json": `{
 "block": {"attributes":{"id":{"computed":true,"type":"string"}}},
 "version": 0
}
`,
		"resource/toy_car.json": `{
 "block": {
  "attributes": {
   "description": {"optional":true,"type":"string"},
   "wheels": {
    "nested_type": {"attributes":{"size":{"required":true,"type":"number"}},"nesting_mode":"list"},
    "optional": true
   }
  },
  "block_types": {
   "door": {
    "block": {"attributes":{"side":{"required":true,"type":["list","string"]}},"deprecated":true},
    "max_items": 5,
    "nesting_mode": "set"
   }
  }
 },
 "version": 3
}
`,
	}
	if diff := cmp.Diff(want, texts(files)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"resource toy_plane"}, missing); diff != "" {
		t.Error(diff)
	}
}

func TestPruneRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"provider_schemas": {}}`: "no provider named toy",
		`[]`:                       "cannot unmarshal",
		`{`:                        "unexpected end",
	} {
		if _, _, err := prune([]byte(text), "toy", nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// The embedded files are what an import of them gives: no file was edited by hand, and the layout is a fixed point.
func TestEmbeddedFilesAreAnImport(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(home, "types.txt"))
	if err != nil {
		t.Fatal(err)
	}
	releases, err := filepath.Glob(filepath.Join(home, "providers", "*", "*"))
	if err != nil || len(releases) < 3 {
		t.Fatalf("%d releases, %v", len(releases), err)
	}
	for _, dir := range releases {
		t.Run(filepath.Base(filepath.Dir(dir))+" "+filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			name := filepath.Base(filepath.Dir(dir))
			want := tree(t, dir)
			got, _, err := prune(assemble(t, name, want), name, mustIndex(t, string(text)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, texts(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// assemble is the way back from files to a document.
func assemble(t testing.TB, name string, files map[string]string) []byte {
	t.Helper()
	p := providerSchema{Resources: map[string]json.RawMessage{}, DataSources: map[string]json.RawMessage{}}
	for file, text := range files {
		typ := strings.TrimSuffix(filepath.Base(file), ".json")
		switch filepath.Dir(file) {
		case "resource":
			p.Resources[typ] = json.RawMessage(text)
		case "data":
			p.DataSources[typ] = json.RawMessage(text)
		default:
			p.Provider = json.RawMessage(text)
		}
	}
	raw, err := json.Marshal(map[string]any{"provider_schemas": map[string]any{"registry.terraform.io/hashicorp/" + name: p}})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestImportTwice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	from := filepath.Join(dir, "toy-1.2.json")
	put(t, from, document)
	put(t, filepath.Join(dir, "types.txt"), "resource toy_car\ndata toy_car\n")
	importAs := func(args ...string) string {
		var out bytes.Buffer
		if err := run(t.Context(), append([]string{"provider", "-dir", dir}, args...), &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if out := importAs(from); !strings.Contains(out, "toy/1.2.0: 3 files") {
		t.Error(out)
	}
	first := tree(t, filepath.Join(dir, "providers"))
	put(t, filepath.Join(dir, "providers", "toy", "1.2.0", "resource", "toy_stale.json"), "{}")
	importAs("-release", "toy-1.2", from)
	if diff := cmp.Diff(first, tree(t, filepath.Join(dir, "providers"))); diff != "" {
		t.Errorf("the second import differs:\n%s", diff)
	}
	importAs("-release", "toy-2.0.0", from)
	if got := len(tree(t, filepath.Join(dir, "providers"))); got != 2*len(first) {
		t.Errorf("%d files after the import of a second release", got)
	}
}

func put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "types.txt"), "resource toy_car\n")
	put(t, filepath.Join(dir, "toy-1.0.0.json"), "{")
	for _, tc := range []struct {
		args []string
		want string
	}{
		{nil, "go run ./cmd/schemas provider"},
		{[]string{"unheard-of"}, "go run ./cmd/schemas rules"},
		{[]string{"provider"}, "give the documents"},
		{[]string{"provider", "-release", "a-1", "x.json", "y.json"}, "exactly one"},
		{[]string{"provider", "-dir", dir, "schema.json"}, "does not say provider and version"},
		{[]string{"provider", "-dir", dir, "toy-new.json"}, "version of"},
		{[]string{"provider", "-dir", dir, filepath.Join(dir, "toy-2.0.0.json")}, "no such file"},
		{[]string{"provider", "-dir", dir, filepath.Join(dir, "toy-1.0.0.json")}, "toy-1.0.0.json: unexpected end"},
		{[]string{"provider", "-dir", filepath.Join(dir, "nowhere"), "toy-1.0.0.json"}, "types.txt"},
		{[]string{"rules"}, "give the one release"},
		{[]string{"rules", "-dir", dir, "toy-9.9.9"}, "import it first"},
	} {
		err := run(t.Context(), tc.args, io.Discard)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q: %v, want %q", tc.args, err, tc.want)
		}
	}
}

func TestParseIndex(t *testing.T) {
	t.Parallel()
	got, err := parseIndex("# types\n\nresource toy_car # the red one\n  data toy_car\r\n")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(index{{"resource", "toy_car"}, {"data", "toy_car"}}, got, cmp.AllowUnexported(entry{})); diff != "" {
		t.Error(diff)
	}
	for text, want := range map[string]string{
		"toy_car":                                "types.txt:1: want",
		"\nmanaged toy_car":                      "types.txt:2: want",
		"data toy_car\nresource a\ndata toy_car": "types.txt:3: data toy_car is there twice",
	} {
		if _, err := parseIndex(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
