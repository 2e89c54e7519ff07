package provider

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
)

// fake is a view of one resource type and one data source of the same name, "thing".
type fake struct {
	name  string
	block *tfjson.SchemaBlock
	// rules are by type and path, as in "thing/port".
	rules map[string][]schemas.Rule
	// replaces are the paths that replace a thing.
	replaces []string
}

func (f *fake) Provider() string                     { return f.name }
func (f *fake) Config() (*tfjson.SchemaBlock, error) { return f.block, nil }
func (f *fake) Resources() []string                  { return []string{"thing"} }
func (f *fake) DataSources() []string                { return []string{"thing"} }
func (f *fake) Data(typ string) (*tfjson.SchemaBlock, error) {
	return f.Resource(typ)
}

func (f *fake) Resource(typ string) (*tfjson.SchemaBlock, error) {
	if typ != "thing" {
		return nil, fmt.Errorf("no %s", typ)
	}
	return f.block, nil
}

func (f *fake) Rules(typ, path string) []schemas.Rule { return f.rules[typ+"/"+path] }

func (f *fake) Replaces(string) []string { return f.replaces }

func newServer(f *fake) *server { return &server{view: f, schema: onceSchema(f)} }

func optional(t cty.Type) *tfjson.SchemaAttribute {
	return &tfjson.SchemaAttribute{AttributeType: t, Optional: true}
}

func computed(t cty.Type) *tfjson.SchemaAttribute {
	return &tfjson.SchemaAttribute{AttributeType: t, Computed: true}
}

// thing has every kind of attribute and of nesting that the providers use.
func thing() *tfjson.SchemaBlock {
	leaf := func() *tfjson.SchemaBlock {
		return &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{"port": optional(cty.Number), "id": computed(cty.String)}}
	}
	both := optional(cty.String)
	both.Computed = true
	secret := optional(cty.String)
	secret.WriteOnly = true
	return &tfjson.SchemaBlock{
		Attributes: map[string]*tfjson.SchemaAttribute{
			"name":     {AttributeType: cty.String, Required: true},
			"arn":      computed(cty.String),
			"json":     computed(cty.String),
			"count":    computed(cty.Number),
			"ready":    computed(cty.Bool),
			"zones":    computed(cty.List(cty.String)),
			"groups":   computed(cty.Set(cty.String)),
			"tags_all": computed(cty.Map(cty.String)),
			"origin":   computed(cty.Object(map[string]cty.Type{"x": cty.String})),
			"alias":    both,
			"secret":   secret,
			"stages":   optional(cty.List(cty.String)),
			"labels":   optional(cty.Map(cty.String)),
			"rules":    optional(cty.Set(cty.Object(map[string]cty.Type{"port": cty.Number}))),
			"nested": {Optional: true, AttributeNestedType: &tfjson.SchemaNestedAttributeType{
				NestingMode: tfjson.SchemaNestingModeList,
				Attributes:  map[string]*tfjson.SchemaAttribute{"id": computed(cty.String), "port": optional(cty.Number)},
			}},
		},
		NestedBlocks: map[string]*tfjson.SchemaBlockType{
			"timeouts": {NestingMode: tfjson.SchemaNestingModeSingle, Block: leaf()},
			"group":    {NestingMode: tfjson.SchemaNestingModeGroup, Block: leaf()},
			"items":    {NestingMode: tfjson.SchemaNestingModeList, Block: leaf(), MinItems: 1, MaxItems: 2},
			"hooks":    {NestingMode: tfjson.SchemaNestingModeSet, Block: leaf()},
			"named":    {NestingMode: tfjson.SchemaNestingModeMap, Block: leaf()},
		},
	}
}

// value fills the fields that are given and leaves the others null, blocks empty.
func value(t *testing.T, b *tfjson.SchemaBlock, given map[string]cty.Value) cty.Value {
	t.Helper()
	typ := objectType(b)
	fields := map[string]cty.Value{}
	for name, ft := range typ.AttributeTypes() {
		fields[name] = cty.NullVal(ft)
		if n := b.NestedBlocks[name]; n != nil {
			switch n.NestingMode {
			case tfjson.SchemaNestingModeList:
				fields[name] = cty.ListValEmpty(ft.ElementType())
			case tfjson.SchemaNestingModeSet:
				fields[name] = cty.SetValEmpty(ft.ElementType())
			case tfjson.SchemaNestingModeMap:
				fields[name] = cty.MapValEmpty(ft.ElementType())
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, ok := fields[name]; !ok {
			t.Fatalf("the block has no %s", name)
		}
		fields[name] = given[name]
	}
	return cty.ObjectVal(fields)
}

func encoded(t *testing.T, v cty.Value) *tfprotov6.DynamicValue {
	t.Helper()
	d, err := encode(v, v.Type())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// said lists diagnostics as "path: detail".
func said(ds diagnostics) []string {
	var out []string
	for _, d := range ds {
		path := ""
		if d.Attribute != nil {
			path = d.Attribute.String()
		}
		out = append(out, path+": "+d.Detail)
	}
	return out
}

func leafValue(port cty.Value, id cty.Value) cty.Value {
	return cty.ObjectVal(map[string]cty.Value{"port": port, "id": id})
}
