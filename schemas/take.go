package schemas

import (
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// find walks to the block that holds the last name of a path; nil when the path ends early.
func find(block *tfjson.SchemaBlock, path string) (holder *tfjson.SchemaBlock, name string) {
	names := strings.Split(path, ".")
	last := len(names) - 1
	for _, n := range names[:last] {
		nested, ok := block.NestedBlocks[n]
		if !ok || nested.Block == nil {
			return nil, ""
		}
		block = nested.Block
	}
	return block, names[last]
}

// has reports whether the path names an attribute or a nested block.
func has(block *tfjson.SchemaBlock, path string) bool {
	holder, name := find(block, path)
	if holder == nil {
		return false
	}
	_, attribute := holder.Attributes[name]
	_, nested := holder.NestedBlocks[name]
	return attribute || nested
}

func remove(block *tfjson.SchemaBlock, path string) {
	if holder, name := find(block, path); holder != nil {
		delete(holder.Attributes, name)
		delete(holder.NestedBlocks, name)
	}
}

func require(block *tfjson.SchemaBlock, path string) {
	holder, name := find(block, path)
	if holder == nil {
		return
	}
	if a, ok := holder.Attributes[name]; ok {
		a.Required, a.Optional, a.Computed = true, false, false
	}
	if b, ok := holder.NestedBlocks[name]; ok {
		b.MinItems = max(b.MinItems, 1)
	}
}

func attribute(block *tfjson.SchemaBlock, path string) *tfjson.SchemaAttribute {
	holder, name := find(block, path)
	if holder == nil {
		return nil
	}
	return holder.Attributes[name]
}

// intersect takes from block what newer no longer has, and takes over what newer is stricter in:
// deprecated names, required arguments, arguments that have become read-only.
func intersect(block, newer *tfjson.SchemaBlock) {
	block.Deprecated = block.Deprecated || newer.Deprecated
	for name, a := range block.Attributes {
		b, ok := newer.Attributes[name]
		if !ok {
			delete(block.Attributes, name)
			continue
		}
		a.Deprecated = a.Deprecated || b.Deprecated
		a.Sensitive = a.Sensitive || b.Sensitive
		switch {
		case b.Required && a.Optional:
			a.Required, a.Optional, a.Computed = true, false, false
		case !b.Required && !b.Optional:
			a.Required, a.Optional, a.Computed = false, false, true
		}
	}
	for name, nested := range block.NestedBlocks {
		other, ok := newer.NestedBlocks[name]
		if !ok || nested.Block == nil || other.Block == nil {
			delete(block.NestedBlocks, name)
			continue
		}
		nested.MinItems = max(nested.MinItems, other.MinItems)
		if other.MaxItems > 0 && (nested.MaxItems == 0 || other.MaxItems < nested.MaxItems) {
			nested.MaxItems = other.MaxItems
		}
		intersect(nested.Block, other.Block)
	}
}

// take makes block what it was before the row's feature; it answers false when the whole type is new.
func (r *row) take(block *tfjson.SchemaBlock, k kind, typ string) bool {
	if r.wholeType(k, typ) {
		return false
	}
	c := r.covering(k)
	for _, path := range c.New[typ] {
		remove(block, path)
	}
	for _, path := range c.Optional[typ] {
		require(block, path)
	}
	for _, path := range c.Settable[typ] {
		if a := attribute(block, path); a != nil {
			a.Required, a.Optional, a.Computed = false, false, true
		}
	}
	for _, path := range c.Computed[typ] {
		if a := attribute(block, path); a != nil {
			a.Computed = false
		}
	}
	return true
}

func (r *row) wholeType(k kind, typ string) bool {
	return slices.Contains(r.covering(k).New[typ], "")
}
