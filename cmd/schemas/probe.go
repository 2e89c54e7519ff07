package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

// probe is one resource or data block that sets a single argument to a bad value, and beside it only
// what must be there: a conflict between two arguments would hide what the provider thinks of one.
type probe struct {
	typ, path string // typ has the prefix "data." for a data source
	body      string
}

// all is the path of the one probe a type that sets everything, to learn of conflicts.
const all = ""

// probes are the blocks for one type. They are wrong on purpose and meant for `terraform validate`.
func probes(typ string, block *tfjson.SchemaBlock) []probe {
	out := []probe{{typ, all, everything(block, 1)}}
	for _, path := range arguments(block, "") {
		for _, value := range badValues(attributeAt(block, path).AttributeType) {
			out = append(out, probe{typ, path, only(block, path, value, 1)})
		}
	}
	return out
}

// arguments lists what a configuration may set, as paths.
func arguments(block *tfjson.SchemaBlock, prefix string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(block.Attributes)) {
		if a := block.Attributes[name]; settable(a) && a.AttributeNestedType == nil {
			out = append(out, prefix+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(block.NestedBlocks)) {
		if name != "timeouts" {
			out = append(out, arguments(block.NestedBlocks[name].Block, prefix+name+".")...)
		}
	}
	return out
}

func settable(a *tfjson.SchemaAttribute) bool { return a.Required || a.Optional }

func attributeAt(block *tfjson.SchemaBlock, path string) *tfjson.SchemaAttribute {
	name, rest, nested := strings.Cut(path, ".")
	if nested {
		return attributeAt(block.NestedBlocks[name].Block, rest)
	}
	return block.Attributes[name]
}

// badValues are what no enum, range, ARN, document or length admits, one expression each.
func badValues(t cty.Type) []string {
	long := `format("%09000d", 0)` // 9000 zeros; spelled out they would slow terraform's messages down
	switch {
	case t == cty.String:
		return []string{`"x!"`, long, `""`, `"-987654"`}
	case t == cty.Number:
		return []string{"-987654", "987654321"}
	case t.IsListType() || t.IsSetType():
		var out []string
		for _, v := range badValues(t.ElementType()) {
			out = append(out, "["+v+"]")
		}
		return out
	default:
		return nil // true and false are both good; a map's values are hardly ever checked
	}
}

// filler satisfies the type and, as often as not, nothing else.
func filler(t cty.Type) string {
	switch {
	case t == cty.Bool:
		return "true"
	case t == cty.Number:
		return "1"
	case t.IsListType() || t.IsSetType():
		return "[" + filler(t.ElementType()) + "]"
	case t.IsMapType():
		return "{ x = " + filler(t.ElementType()) + " }"
	case t.IsObjectType():
		var members []string
		for _, name := range slices.Sorted(maps.Keys(t.AttributeTypes())) {
			members = append(members, name+" = "+filler(t.AttributeType(name)))
		}
		return "{ " + strings.Join(members, ", ") + " }"
	default:
		return `"x"`
	}
}

// only sets what is required and the argument at path.
func only(block *tfjson.SchemaBlock, path, value string, depth int) string {
	name, rest, nested := strings.Cut(path, ".")
	var b strings.Builder
	for _, n := range slices.Sorted(maps.Keys(block.Attributes)) {
		switch a := block.Attributes[n]; {
		case n == name && !nested:
			assign(&b, n, value, depth)
		case a.Required:
			assign(&b, n, fillerOf(a), depth)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(block.NestedBlocks)) {
		switch inner := block.NestedBlocks[n]; {
		case n == name && nested:
			open(&b, n, inner, only(inner.Block, rest, value, depth+1), depth)
		case inner.MinItems > 0:
			open(&b, n, inner, only(inner.Block, "", "", depth+1), depth)
		}
	}
	return b.String()
}

// everything sets all arguments and opens every block once.
func everything(block *tfjson.SchemaBlock, depth int) string {
	var b strings.Builder
	for _, n := range slices.Sorted(maps.Keys(block.Attributes)) {
		if a := block.Attributes[n]; settable(a) {
			assign(&b, n, fillerOf(a), depth)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(block.NestedBlocks)) {
		open(&b, n, block.NestedBlocks[n], everything(block.NestedBlocks[n].Block, depth+1), depth)
	}
	return b.String()
}

func fillerOf(a *tfjson.SchemaAttribute) string {
	if nested := a.AttributeNestedType; nested != nil {
		return "null"
	}
	return filler(a.AttributeType)
}

func assign(b *strings.Builder, name, value string, depth int) {
	fmt.Fprintf(b, "%s%s = %s\n", strings.Repeat("  ", depth), name, value)
}

func open(b *strings.Builder, name string, block *tfjson.SchemaBlockType, body string, depth int) {
	if block.NestingMode == tfjson.SchemaNestingModeMap {
		name += ` "x"`
	}
	in := strings.Repeat("  ", depth)
	fmt.Fprintf(b, "%s%s {\n%s%s}\n", in, name, body, in)
}
