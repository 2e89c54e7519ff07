package schemas

import (
	"encoding/json"
	"io/fs"
	"path"
	"testing"

	"github.com/google/go-cmp/cmp"
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

func sameTypes() cmp.Option {
	return cmp.Comparer(func(a, b cty.Type) bool {
		if a == cty.NilType || b == cty.NilType {
			return a == cty.NilType && b == cty.NilType
		}
		return a.Equals(b)
	})
}

// TestEverySchemaIsReadAsTerraformJSONReadsIt holds the own reader to the library's, over every embedded file.
func TestEverySchemaIsReadAsTerraformJSONReadsIt(t *testing.T) {
	t.Parallel()
	files := 0
	err := fs.WalkDir(data, "providers", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		raw, err := data.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		sameReading(t, name, raw)
		return nil
	})
	if err != nil || files < 50 {
		t.Fatalf("%d files: %v", files, err)
	}
}

func TestTypesAreReadAsTerraformJSONReadsThem(t *testing.T) {
	t.Parallel()
	for _, typ := range []string{
		`"string"`, `"number"`, `"bool"`, `"dynamic"`, `["list","string"]`, `["set","number"]`, `["map","bool"]`, `[ "map", "bool" ]`,
		`["list",["list","string"]]`, `["list",["map","dynamic"]]`, `["object",{"a":"string","b":["set","string"]}]`,
		`["tuple",["string","bool"]]`, `["list","dynamic"]`, `["set",["object",{"a":"string"}]]`,
	} {
		sameReading(t, typ, []byte(`{"block":{"attributes":{"a":{"optional":true,"type":`+typ+`}}}}`))
		sameReading(t, typ, []byte(`{"block":{"attributes":{"a":{"nested_type":{"nesting_mode":"list","attributes":{"b":{"required":true,"type":`+typ+`}}}}}}}`))
	}
	for _, typ := range []string{`"text"`, `["list"]`, `["bag","string"]`, `["list","string"`, `3`, `["list","string]`} {
		var own wireType
		if err := own.UnmarshalJSON([]byte(typ)); err == nil {
			t.Errorf("%s is no type, and was read as %#v", typ, own.Type)
		}
	}
}

func sameReading(t *testing.T, name string, raw []byte) {
	t.Helper()
	var own struct{ Block *wireBlock }
	var library tfjson.Schema
	if err := json.Unmarshal(raw, &own); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := json.Unmarshal(raw, &library); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if diff := cmp.Diff(library.Block, own.Block.block(), sameTypes()); diff != "" {
		t.Errorf("%s (-library +own):\n%s", name, diff)
	}
}
