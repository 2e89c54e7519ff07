package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// validate checks a block's configuration. Typ is the name that the rules know it by ("data." before a data source's type).
func (s *server) validate(typ string, block *tfjson.SchemaBlock, err error, config *tfprotov6.DynamicValue) diagnostics {
	if err != nil {
		return failure(err)
	}
	value, err := decode(config, objectType(block))
	if err != nil {
		return failure(err)
	}
	c := checker{view: s.view, typ: typ, root: value}
	c.block(block, value, place{path: tftypes.NewAttributePath()})
	return c.found
}

// checker collects what is wrong with one configuration.
type checker struct {
	view  View
	typ   string
	root  cty.Value
	found diagnostics
}

// place is where the walk stands: as terraform wants it told, and as the rules name it.
type place struct {
	path   *tftypes.AttributePath
	dotted string
	// set is true below an element of a set: the protocol has no step for one, so the path stays at the set.
	set bool
}

func (p place) attribute(name string) place {
	p.dotted = strings.TrimPrefix(p.dotted+"."+name, ".")
	if !p.set {
		p.path = p.path.WithAttributeName(name)
	}
	return p
}

func (p place) element(key cty.Value) place {
	switch {
	case p.set:
	case key.Type() == cty.Number:
		i, _ := key.AsBigFloat().Int64()
		p.path = p.path.WithElementKeyInt(int(i))
	default:
		p.path = p.path.WithElementKeyString(key.AsString())
	}
	return p
}

func (c *checker) complain(at place, summary, format string, args ...any) {
	c.found = append(c.found, &tfprotov6.Diagnostic{
		Severity: tfprotov6.DiagnosticSeverityError, Summary: summary, Detail: fmt.Sprintf(format, args...), Attribute: at.path,
	})
}

func (c *checker) block(b *tfjson.SchemaBlock, v cty.Value, at place) {
	if b == nil || v.IsNull() || !v.IsKnown() {
		return
	}
	c.attributes(b.Attributes, v, at)
	for _, name := range slices.Sorted(maps.Keys(b.NestedBlocks)) {
		nested, inner, here := b.NestedBlocks[name], v.GetAttr(name), at.attribute(name)
		if present(inner) {
			c.conflicts(here)
		}
		elements(inner, here, isCollection(nested.NestingMode), func(e cty.Value, p place) { c.block(nested.Block, e, p) })
	}
}

func (c *checker) attributes(attributes map[string]*tfjson.SchemaAttribute, v cty.Value, at place) {
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		a, value, here := attributes[name], v.GetAttr(name), at.attribute(name)
		if value.IsNull() {
			continue
		}
		if a.Computed && !a.Optional && !a.Required {
			c.complain(here, "Value for a read-only attribute",
				"%q is decided by the provider and cannot be set; refer to it instead, or remove the argument.", name)
			continue
		}
		if n := a.AttributeNestedType; n != nil {
			c.conflicts(here)
			elements(value, here, isCollection(n.NestingMode), func(e cty.Value, p place) {
				if !e.IsNull() && e.IsKnown() {
					c.attributes(n.Attributes, e, p)
				}
			})
			continue
		}
		if value.IsKnown() {
			c.conflicts(here)
		}
		c.value(value, here)
	}
}

// value applies the rules to a value, to the elements of a collection and to the fields of an object.
func (c *checker) value(v cty.Value, at place) {
	if v.IsNull() || !v.IsKnown() {
		return
	}
	switch t := v.Type(); {
	case t.IsObjectType():
		for _, name := range slices.Sorted(maps.Keys(t.AttributeTypes())) {
			c.value(v.GetAttr(name), at.attribute(name))
		}
	case v.CanIterateElements():
		elements(v, at, true, c.value)
	case t.IsPrimitiveType():
		for _, rule := range c.view.Rules(c.typ, at.dotted) {
			if wrong := breaks(rule, v); wrong != "" {
				c.complain(at, "Value that the provider refuses", "%s: %s", at.dotted, wrong)
			}
		}
	}
}

// conflicts refuses two arguments that exclude each other. Each of the two says so at its own place.
func (c *checker) conflicts(at place) {
	for _, rule := range c.view.Rules(c.typ, at.dotted) {
		for _, other := range rule.ConflictsWith {
			if other != at.dotted && reaches(c.root, strings.Split(other, ".")) {
				c.complain(at, "Conflicting arguments", "%s and %s exclude each other; keep one of them.", at.dotted, other)
			}
		}
	}
}

// reaches reports whether anything is written at a dotted path; an index in it stands for any element.
func reaches(v cty.Value, path []string) bool {
	if !present(v) {
		return false
	}
	if len(path) == 0 {
		return true
	}
	switch t := v.Type(); {
	case t.IsObjectType():
		return t.HasAttribute(path[0]) && reaches(v.GetAttr(path[0]), path[1:])
	case v.CanIterateElements():
		if path[0] == "0" || path[0] == "*" {
			path = path[1:]
		}
		return slices.ContainsFunc(v.AsValueSlice(), func(e cty.Value) bool { return reaches(e, path) })
	default:
		return false
	}
}

// present is false for null, for what is not known yet, and for no block at all.
func present(v cty.Value) bool {
	return !v.IsNull() && v.IsKnown() && (!v.CanIterateElements() || v.Type().IsObjectType() || v.LengthInt() > 0)
}

func isCollection(mode tfjson.SchemaNestingMode) bool {
	return mode == tfjson.SchemaNestingModeList || mode == tfjson.SchemaNestingModeSet || mode == tfjson.SchemaNestingModeMap
}

// elements visits the elements of a known collection, or the value itself where it is none.
func elements(v cty.Value, at place, collection bool, visit func(cty.Value, place)) {
	if v.IsNull() || !v.IsKnown() {
		return
	}
	if !collection {
		visit(v, at)
		return
	}
	at.set = at.set || v.Type().IsSetType()
	for it := v.ElementIterator(); it.Next(); {
		key, e := it.Element()
		visit(e, at.element(key))
	}
}
