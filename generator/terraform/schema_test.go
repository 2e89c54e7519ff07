package terraform

import (
	"encoding/json"
	"strings"
	"testing"

	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	tfjson "github.com/hashicorp/terraform-json"
)

// What terraform reads from the served provider must be what is embedded: every type, attribute, block and flag.
func TestSchemaRoundTrip(t *testing.T) {
	t.Parallel()
	s := openSession(t)
	for _, constraint := range []string{">= 6.66, < 7.0", "= 5.100.0", ">= 6.4"} {
		t.Run(constraint, func(t *testing.T) {
			t.Parallel()
			view := openView(t, constraint)
			served := providerSchemas(t, s, view)
			aws := served["registry.terraform.io/hashicorp/aws"]
			compareTypes(t, aws.ResourceSchemas, view.Resources(), view.Resource)
			compareTypes(t, aws.DataSourceSchemas, view.DataSources(), view.Data)
			config, err := view.Config()
			if err != nil {
				t.Fatal(err)
			}
			compareBlock(t, "provider", config, aws.ConfigSchema)
			archive, err := schemas.Open("archive", nil)
			if err != nil {
				t.Fatal(err)
			}
			compareTypes(t, served["registry.terraform.io/hashicorp/archive"].DataSourceSchemas, archive.DataSources(), archive.Data)
		})
	}
}

func providerSchemas(t *testing.T, s *Session, view *schemas.View) map[string]*tfjson.ProviderSchema {
	t.Helper()
	dir := tree(t, map[string]string{"main.tf": "provider \"aws\" {}\nprovider \"archive\" {}\n"})
	w, err := s.open(t.Context(), dir, view)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.close(); err != nil {
			t.Error(err)
		}
	})
	if ds, err := w.prepare(t.Context(), "-backend=false"); err != nil || ds != nil {
		t.Fatalf("%+v, %v", ds, err)
	}
	r := w.run(t.Context(), "providers", "schema", "-json")
	if r.err != nil {
		t.Fatal(r.failed("providers schema"))
	}
	var out tfjson.ProviderSchemas
	if err := json.Unmarshal(r.stdout, &out); err != nil {
		t.Fatal(err)
	}
	return out.Schemas
}

func compareTypes(t *testing.T, served map[string]*tfjson.Schema, types []string, block func(string) (*tfjson.SchemaBlock, error)) {
	t.Helper()
	if len(served) != len(types) || len(types) == 0 {
		t.Errorf("%d types are served, %d are in the view", len(served), len(types))
	}
	for _, typ := range types {
		want, err := block(typ)
		if err != nil {
			t.Fatal(err)
		}
		compareBlock(t, typ, want, served[typ])
	}
}

func compareBlock(t *testing.T, typ string, want *tfjson.SchemaBlock, served *tfjson.Schema) {
	t.Helper()
	if served == nil {
		t.Errorf("%s is not served", typ)
		return
	}
	// Comparing text first: cmp takes seconds over the largest types, even when they are equal.
	if a, b := plain(t, want), plain(t, served.Block); a != b {
		t.Errorf("%s: %s", typ, cmp.Diff(strings.Split(a, "\n"), strings.Split(b, "\n")))
	}
}

// plain is a block as JSON with sorted keys, without what is only prose.
func plain(t *testing.T, b *tfjson.SchemaBlock) string {
	t.Helper()
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	text, err = json.MarshalIndent(prune(out), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func prune(v any) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	for key, inner := range m {
		_, prose := inner.(string)
		if prose && (key == "description" || key == "description_kind") {
			delete(m, key)
			continue
		}
		m[key] = prune(inner)
	}
	return m
}
