package provider

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// onceSchema converts on the first request: terraform asks several times a command, and a server outlives many commands.
func onceSchema(v View) func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) { return convertView(v) })
}

func convertView(v View) (*tfprotov6.GetProviderSchemaResponse, error) {
	config, err := v.Config()
	if err != nil {
		return nil, err
	}
	provider, err := convertSchema(config)
	if err != nil {
		return nil, fmt.Errorf("provider %s: %w", v.Provider(), err)
	}
	resources, err := convertAll(v.Resources(), v.Resource)
	if err != nil {
		return nil, err
	}
	data, err := convertAll(v.DataSources(), v.Data)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.GetProviderSchemaResponse{
		// Without this flag terraform asks again for every instance.
		ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true},
		Provider:           provider,
		ResourceSchemas:    resources,
		DataSourceSchemas:  data,
	}, nil
}

func convertAll(types []string, block func(string) (*tfjson.SchemaBlock, error)) (map[string]*tfprotov6.Schema, error) {
	out := make(map[string]*tfprotov6.Schema, len(types))
	for _, typ := range types {
		b, err := block(typ)
		if err != nil {
			return nil, err
		}
		if out[typ], err = convertSchema(b); err != nil {
			return nil, fmt.Errorf("%s: %w", typ, err)
		}
	}
	return out, nil
}

func convertSchema(b *tfjson.SchemaBlock) (*tfprotov6.Schema, error) {
	block, err := convertBlock(b)
	return &tfprotov6.Schema{Block: block}, err
}

func convertBlock(b *tfjson.SchemaBlock) (*tfprotov6.SchemaBlock, error) {
	out := &tfprotov6.SchemaBlock{}
	if b == nil {
		return out, nil
	}
	out.Deprecated = b.Deprecated
	var err error
	if out.Attributes, err = convertAttributes(b.Attributes); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(b.NestedBlocks)) {
		nested := b.NestedBlocks[name]
		inner, err := convertBlock(nested.Block)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		nesting, err := blockNesting(nested.NestingMode)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out.BlockTypes = append(out.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: nesting, MinItems: int64(nested.MinItems), MaxItems: int64(nested.MaxItems),
		})
	}
	return out, nil
}

func convertAttributes(attributes map[string]*tfjson.SchemaAttribute) ([]*tfprotov6.SchemaAttribute, error) {
	out := make([]*tfprotov6.SchemaAttribute, 0, len(attributes))
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		a := attributes[name]
		c := &tfprotov6.SchemaAttribute{
			Name: name, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
			Sensitive: a.Sensitive, WriteOnly: a.WriteOnly, Deprecated: a.Deprecated,
		}
		var err error
		if a.AttributeNestedType != nil {
			c.NestedType, err = convertNested(a.AttributeNestedType)
		} else {
			c.Type, err = convertType(a.AttributeType)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, c)
	}
	return out, nil
}

func convertNested(n *tfjson.SchemaNestedAttributeType) (*tfprotov6.SchemaObject, error) {
	attributes, err := convertAttributes(n.Attributes)
	if err != nil {
		return nil, err
	}
	modes := map[tfjson.SchemaNestingMode]tfprotov6.SchemaObjectNestingMode{
		tfjson.SchemaNestingModeSingle: tfprotov6.SchemaObjectNestingModeSingle,
		tfjson.SchemaNestingModeList:   tfprotov6.SchemaObjectNestingModeList,
		tfjson.SchemaNestingModeSet:    tfprotov6.SchemaObjectNestingModeSet,
		tfjson.SchemaNestingModeMap:    tfprotov6.SchemaObjectNestingModeMap,
	}
	mode, ok := modes[n.NestingMode]
	if !ok {
		return nil, fmt.Errorf("no nested attribute nests as %q", n.NestingMode)
	}
	return &tfprotov6.SchemaObject{Attributes: attributes, Nesting: mode}, nil
}

func blockNesting(mode tfjson.SchemaNestingMode) (tfprotov6.SchemaNestedBlockNestingMode, error) {
	switch mode {
	case tfjson.SchemaNestingModeSingle:
		return tfprotov6.SchemaNestedBlockNestingModeSingle, nil
	case tfjson.SchemaNestingModeGroup:
		return tfprotov6.SchemaNestedBlockNestingModeGroup, nil
	case tfjson.SchemaNestingModeList:
		return tfprotov6.SchemaNestedBlockNestingModeList, nil
	case tfjson.SchemaNestingModeSet:
		return tfprotov6.SchemaNestedBlockNestingModeSet, nil
	case tfjson.SchemaNestingModeMap:
		return tfprotov6.SchemaNestedBlockNestingModeMap, nil
	default:
		return tfprotov6.SchemaNestedBlockNestingModeInvalid, fmt.Errorf("no block nests as %q", mode)
	}
}

func convertType(t cty.Type) (tftypes.Type, error) {
	switch {
	case t == cty.NilType:
		return nil, errors.New("the schema has an attribute without a type")
	case t == cty.String:
		return tftypes.String, nil
	case t == cty.Bool:
		return tftypes.Bool, nil
	case t == cty.Number:
		return tftypes.Number, nil
	case t == cty.DynamicPseudoType:
		return tftypes.DynamicPseudoType, nil
	case t.IsObjectType():
		fields := make(map[string]tftypes.Type, len(t.AttributeTypes()))
		for name, ft := range t.AttributeTypes() {
			var err error
			if fields[name], err = convertType(ft); err != nil {
				return nil, err
			}
		}
		return tftypes.Object{AttributeTypes: fields}, nil
	case t.IsListType(), t.IsSetType(), t.IsMapType():
		return convertCollection(t)
	default:
		return nil, fmt.Errorf("no provider attribute is %s", t.FriendlyName())
	}
}

func convertCollection(t cty.Type) (tftypes.Type, error) {
	element, err := convertType(t.ElementType())
	if err != nil {
		return nil, err
	}
	switch {
	case t.IsListType():
		return tftypes.List{ElementType: element}, nil
	case t.IsSetType():
		return tftypes.Set{ElementType: element}, nil
	default:
		return tftypes.Map{ElementType: element}, nil
	}
}
