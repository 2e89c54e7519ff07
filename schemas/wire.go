package schemas

import (
	"bytes"
	"encoding/json"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

// wireBlock and its like are terraform-json's types with another way to read a type: cty reads each through a JSON decoder of its
// own, which was half of what reading a schema cost.
type wireBlock struct {
	tfjson.SchemaBlock
	Attributes   map[string]*wireAttribute `json:"attributes"`
	NestedBlocks map[string]*wireNested    `json:"block_types"`
}

type wireNested struct {
	tfjson.SchemaBlockType
	Block *wireBlock `json:"block"`
}

type wireAttribute struct {
	tfjson.SchemaAttribute
	Type       wireType        `json:"type"`
	NestedType *wireNestedType `json:"nested_type"`
}

type wireNestedType struct {
	tfjson.SchemaNestedAttributeType
	Attributes map[string]*wireAttribute `json:"attributes"`
}

type wireType struct{ cty.Type }

// UnmarshalJSON knows the types of which nearly all schemas consist, and asks cty for the others.
func (t *wireType) UnmarshalJSON(raw []byte) error {
	if known := wellKnown(raw); known != cty.NilType {
		t.Type = known
		return nil
	}
	return json.Unmarshal(raw, &t.Type)
}

// wellKnown is a primitive type, or a collection of one; cty.NilType is any other.
func wellKnown(raw []byte) cty.Type {
	switch string(raw) {
	case `"string"`:
		return cty.String
	case `"number"`:
		return cty.Number
	case `"bool"`:
		return cty.Bool
	}
	list, closed := bytes.CutSuffix(raw, []byte("]"))
	kind, element, ok := bytes.Cut(list, []byte(","))
	if !closed || !ok {
		return cty.NilType
	}
	of := wellKnown(element)
	if of == cty.NilType || !of.IsPrimitiveType() {
		return cty.NilType
	}
	switch string(kind) {
	case `["list"`:
		return cty.List(of)
	case `["set"`:
		return cty.Set(of)
	case `["map"`:
		return cty.Map(of)
	default:
		return cty.NilType
	}
}

func (b *wireBlock) block() *tfjson.SchemaBlock {
	if b == nil {
		return nil
	}
	b.SchemaBlock.Attributes = attributes(b.Attributes)
	if b.NestedBlocks != nil {
		b.SchemaBlock.NestedBlocks = make(map[string]*tfjson.SchemaBlockType, len(b.NestedBlocks))
	}
	for name, n := range b.NestedBlocks {
		n.SchemaBlockType.Block = n.Block.block()
		b.SchemaBlock.NestedBlocks[name] = &n.SchemaBlockType
	}
	return &b.SchemaBlock
}

func attributes(wire map[string]*wireAttribute) map[string]*tfjson.SchemaAttribute {
	if wire == nil {
		return nil
	}
	out := make(map[string]*tfjson.SchemaAttribute, len(wire))
	for name, a := range wire {
		a.AttributeType = a.Type.Type
		if n := a.NestedType; n != nil {
			n.SchemaNestedAttributeType.Attributes = attributes(n.Attributes)
			a.AttributeNestedType = &n.SchemaNestedAttributeType
		}
		out[name] = &a.SchemaAttribute
	}
	return out
}
