package provider

import (
	"fmt"
	"maps"
	"slices"

	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// objectType is the type that terraform encodes a block's value with.
func objectType(b *tfjson.SchemaBlock) cty.Type {
	fields := map[string]cty.Type{}
	if b == nil {
		return cty.Object(fields)
	}
	maps.Copy(fields, attributeTypes(b.Attributes))
	for name, nested := range b.NestedBlocks {
		fields[name] = schemas.Nest(nested.NestingMode, objectType(nested.Block))
	}
	return cty.Object(fields)
}

func attributeTypes(attributes map[string]*tfjson.SchemaAttribute) map[string]cty.Type {
	fields := make(map[string]cty.Type, len(attributes))
	for name, a := range attributes {
		fields[name] = a.AttributeType
		if n := a.AttributeNestedType; n != nil {
			fields[name] = schemas.Nest(n.NestingMode, cty.Object(attributeTypes(n.Attributes)))
		}
	}
	return fields
}

// decode reads what terraform sent; a missing value is null.
func decode(d *tfprotov6.DynamicValue, t cty.Type) (cty.Value, error) {
	switch {
	case d == nil:
		return cty.NullVal(t), nil
	case len(d.MsgPack) > 0:
		return msgpack.Unmarshal(d.MsgPack, t)
	case len(d.JSON) > 0:
		return ctyjson.Unmarshal(d.JSON, t)
	default:
		return cty.NullVal(t), nil
	}
}

func encode(v cty.Value, t cty.Type) (*tfprotov6.DynamicValue, error) {
	data, err := msgpack.Marshal(v, t)
	if err != nil {
		return nil, fmt.Errorf("a value does not fit its schema: %w", err)
	}
	return &tfprotov6.DynamicValue{MsgPack: data}, nil
}

// rewrite returns a block's value with every attribute replaced by what change makes of it, nested ones too.
// Unknown and null blocks stay as they are.
func rewrite(b *tfjson.SchemaBlock, v cty.Value, change func(name string, a *tfjson.SchemaAttribute, v cty.Value) cty.Value) cty.Value {
	if b == nil || v.IsNull() || !v.IsKnown() {
		return v
	}
	fields := v.AsValueMap()
	for _, name := range slices.Sorted(maps.Keys(b.Attributes)) {
		fields[name] = rewriteAttribute(name, b.Attributes[name], fields[name], change)
	}
	for name, nested := range b.NestedBlocks {
		fields[name] = each(nested.NestingMode, fields[name], func(e cty.Value) cty.Value { return rewrite(nested.Block, e, change) })
	}
	return cty.ObjectVal(fields)
}

func rewriteAttribute(name string, a *tfjson.SchemaAttribute, v cty.Value, change func(string, *tfjson.SchemaAttribute, cty.Value) cty.Value) cty.Value {
	v = change(name, a, v)
	n := a.AttributeNestedType
	if n == nil || v.IsNull() || !v.IsKnown() {
		return v
	}
	return each(n.NestingMode, v, func(e cty.Value) cty.Value {
		if e.IsNull() || !e.IsKnown() {
			return e
		}
		fields := e.AsValueMap()
		for inner, ia := range n.Attributes {
			fields[inner] = rewriteAttribute(inner, ia, fields[inner], change)
		}
		return cty.ObjectVal(fields)
	})
}

// each applies f to the elements of a collection, or to the value itself where it is no collection.
func each(mode tfjson.SchemaNestingMode, v cty.Value, f func(cty.Value) cty.Value) cty.Value {
	if v.IsNull() || !v.IsKnown() {
		return v
	}
	switch mode {
	case tfjson.SchemaNestingModeList, tfjson.SchemaNestingModeSet:
		if v.LengthInt() == 0 {
			return v
		}
		var out []cty.Value
		for _, e := range v.AsValueSlice() {
			out = append(out, f(e))
		}
		if v.Type().IsSetType() {
			return cty.SetVal(out)
		}
		return cty.ListVal(out)
	case tfjson.SchemaNestingModeMap:
		if v.LengthInt() == 0 {
			return v
		}
		out := map[string]cty.Value{}
		for key, e := range v.AsValueMap() {
			out[key] = f(e)
		}
		return cty.MapVal(out)
	default:
		return f(v)
	}
}

// withBlocks returns a block's value with an empty collection where a nested block is missing: terraform has no null blocks.
func withBlocks(b *tfjson.SchemaBlock, v cty.Value) cty.Value {
	if b == nil || v.IsNull() || !v.IsKnown() {
		return v
	}
	fields := v.AsValueMap()
	for name, nested := range b.NestedBlocks {
		if !fields[name].IsNull() {
			fields[name] = each(nested.NestingMode, fields[name], func(e cty.Value) cty.Value { return withBlocks(nested.Block, e) })
			continue
		}
		switch t := fields[name].Type(); {
		case t.IsListType():
			fields[name] = cty.ListValEmpty(t.ElementType())
		case t.IsSetType():
			fields[name] = cty.SetValEmpty(t.ElementType())
		case t.IsMapType():
			fields[name] = cty.MapValEmpty(t.ElementType())
		}
	}
	if len(fields) == 0 {
		return v
	}
	return cty.ObjectVal(fields)
}
