package tf

import (
	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

// typeOf is the type of what a reference to the block reads.
func (c *checker) typeOf(s *scope, b *Block) cty.Type {
	return c.guarded(s, b.Address(), func() cty.Type {
		switch b.Type {
		case "variable":
			return declaredType(b).WithoutOptionalAttributesDeep()
		case "module":
			return repeated(b, c.outputsOf(s, b))
		default:
			_, schema, err := c.schemaOf(b)
			if err != nil {
				return cty.DynamicPseudoType // told at the block itself
			}
			return repeated(b, impliedType(schema))
		}
	})
}

// guarded finds a type once; within itself, by way of a circle, it is unknown.
func (c *checker) guarded(s *scope, address string, find func() cty.Type) cty.Type {
	if t, ok := s.types[address]; ok {
		return t
	}
	if s.typing[address] {
		return cty.DynamicPseudoType
	}
	s.typing[address] = true
	t := find()
	delete(s.typing, address)
	s.types[address] = t
	return t
}

// repeated wraps the type of one instance as for_each and count do.
func repeated(b *Block, t cty.Type) cty.Type {
	switch {
	case t == cty.DynamicPseudoType:
		return t
	case attribute(b, "for_each") != nil:
		return cty.Map(t)
	case attribute(b, "count") != nil:
		return cty.List(t)
	default:
		return t
	}
}

// outputsOf is the object of a called module's outputs.
func (c *checker) outputsOf(s *scope, call *Block) cty.Type {
	child := c.called(s, call)
	if child == nil {
		return cty.DynamicPseudoType
	}
	if known, ok := c.outputs[child.module.Path]; ok {
		return known
	}
	return c.outputTypes(child)
}

func (c *checker) outputTypes(child *scope) cty.Type {
	outputs := map[string]cty.Type{}
	for _, b := range child.blocks {
		if b.Type != "output" || len(b.Labels) != 1 {
			continue
		}
		p := place{check: c, scope: child, block: b, quiet: true}
		outputs[b.Labels[0]] = c.guarded(child, b.Address(), func() cty.Type { return p.infer(attribute(b, "value")).Type() })
	}
	return cty.Object(outputs)
}

// impliedType is the type that a block's schema gives its values.
func impliedType(b *tfjson.SchemaBlock) cty.Type {
	attributes := map[string]cty.Type{}
	for name, a := range b.Attributes {
		attributes[name] = attributeType(a).WithoutOptionalAttributesDeep()
	}
	for name, n := range b.NestedBlocks {
		attributes[name] = schemas.Nest(n.NestingMode, impliedType(n.Block))
	}
	return cty.Object(attributes)
}

// attributeType is what an argument takes; of a nested type, what is not required may be left out.
func attributeType(a *tfjson.SchemaAttribute) cty.Type {
	if a.AttributeNestedType == nil {
		if a.AttributeType == cty.NilType {
			return cty.DynamicPseudoType
		}
		return a.AttributeType
	}
	attributes := map[string]cty.Type{}
	var optional []string
	for name, nested := range a.AttributeNestedType.Attributes {
		attributes[name] = attributeType(nested)
		if !nested.Required {
			optional = append(optional, name)
		}
	}
	return schemas.Nest(a.AttributeNestedType.NestingMode, cty.ObjectWithOptionalAttrs(attributes, optional))
}
