package provider

import (
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

func mustType(t *testing.T, typ cty.Type) string {
	t.Helper()
	c, err := convertType(typ)
	if err != nil {
		t.Fatal(err)
	}
	return c.String()
}

func TestConvertRefusesWhatTheProtocolLacks(t *testing.T) {
	t.Parallel()
	attribute := func(a *tfjson.SchemaAttribute) *tfjson.SchemaBlock {
		return &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{"a": a}}
	}
	nested := func(mode tfjson.SchemaNestingMode, inner *tfjson.SchemaBlock) *tfjson.SchemaBlock {
		return &tfjson.SchemaBlock{NestedBlocks: map[string]*tfjson.SchemaBlockType{"b": {NestingMode: mode, Block: inner}}}
	}
	tests := map[string]struct {
		block *tfjson.SchemaBlock
		want  string
	}{
		"no type":            {attribute(optional(cty.NilType)), "a: the schema has an attribute without a type"},
		"tuple":              {attribute(optional(cty.List(cty.EmptyTuple))), "a: no provider attribute is tuple"},
		"object of tuples":   {attribute(optional(cty.Object(map[string]cty.Type{"x": cty.EmptyTuple}))), "a: no provider attribute is tuple"},
		"unknown nesting":    {nested("ring", nil), `b: no block nests as "ring"`},
		"deep inside":        {nested(tfjson.SchemaNestingModeList, attribute(optional(cty.EmptyTuple))), "b: a: no provider attribute is tuple"},
		"nested of no shape": {attribute(&tfjson.SchemaAttribute{AttributeNestedType: &tfjson.SchemaNestedAttributeType{NestingMode: "group"}}), `a: no nested attribute nests as "group"`},
		"nested of no type": {attribute(&tfjson.SchemaAttribute{AttributeNestedType: &tfjson.SchemaNestedAttributeType{
			NestingMode: tfjson.SchemaNestingModeSet, Attributes: map[string]*tfjson.SchemaAttribute{"x": {}}}}), "a: x: the schema"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := convertSchema(tt.block); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if _, err := newServer(&fake{name: "aws", block: tt.block}).GetProviderSchema(t.Context(), nil); err == nil {
				t.Error("the broken schema is served")
			}
		})
	}
}

func TestConvertTypes(t *testing.T) {
	t.Parallel()
	for _, typ := range []cty.Type{
		cty.String, cty.Bool, cty.Number, cty.DynamicPseudoType, cty.List(cty.String), cty.Set(cty.Number), cty.Map(cty.Bool),
		cty.Set(cty.Object(map[string]cty.Type{"a": cty.List(cty.String)})),
	} {
		c, err := convertType(typ)
		if err != nil {
			t.Errorf("%#v: %v", typ, err)
			continue
		}
		want, err := typ.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.MarshalJSON()
		if err != nil || string(got) != string(want) {
			t.Errorf("%s, want %s (%v)", got, want, err)
		}
	}
}
