package tf

import (
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// ref follows a reference to the block it was made from, and its path through the block's type.
func (p place) ref(r Ref) cty.Value {
	if r.Block == nil {
		p.problem("a reference has no block")
		return cty.DynamicVal
	}
	address := root(r.Block)
	path := r.Path
	if r.Block.Type == "locals" {
		return p.local(path)
	}
	target := p.scope.named[address]
	if target == nil || address == "null" {
		p.problem("refers to %s, which the module does not have", addressOf(r.Block))
		return cty.DynamicVal
	}
	switch target.Type {
	case "resource", "data":
		p.edge(address)
	case "variable", "module":
	default:
		p.problem("nothing can refer to %s", address)
		return cty.DynamicVal
	}
	if target != p.block {
		p.use(address)
	}
	return unknown(p.steps(p.check.typeOf(p.scope, target), path))
}

func (p place) local(path []string) cty.Value {
	if len(path) == 0 {
		p.problem("refers to no local value")
		return cty.DynamicVal
	}
	a, ok := p.scope.locals[path[0]]
	if !ok {
		p.problem("refers to local.%s, which the module does not have", path[0])
		return cty.DynamicVal
	}
	p.use("local." + path[0])
	declared := place{check: p.check, scope: p.scope, block: p.block, quiet: true}
	t := p.check.guarded(p.scope, "local."+path[0], func() cty.Type { return declared.infer(a.Value).Type() })
	return unknown(p.steps(t, path[1:]))
}

// use and edge note nothing when a type is found from elsewhere: the reference is noted where it stands.
func (p place) use(address string) {
	if !p.quiet {
		p.scope.used[address] = true
	}
}

func (p place) edge(address string) {
	from := p.block.Address()
	if !p.quiet && (p.block.Type == "resource" || p.block.Type == "data") && !slices.Contains(p.scope.edges[from], address) {
		p.scope.edges[from] = append(p.scope.edges[from], address)
	}
}

// steps follows names, numbers and * through a type. An unknown type stays unknown.
func (p place) steps(t cty.Type, path []string) cty.Type {
	for i, name := range path {
		if name == "*" {
			element := p.steps(splatType(t), path[i+1:])
			return cty.List(element)
		}
		t = p.step(t, name)
	}
	return t
}

func (p place) step(t cty.Type, name string) cty.Type {
	switch {
	case t == cty.DynamicPseudoType:
		return t
	case t.IsObjectType():
		if t.HasAttribute(name) {
			return t.AttributeType(name)
		}
		p.problem("refers to %s, which is no attribute there", name)
	case t.IsMapType():
		return t.ElementType()
	case isIndex(name):
		n, _ := strconv.ParseInt(name, 10, 64)
		return p.index(t, cty.NumberIntVal(n))
	default:
		p.problem("refers to %s of %s", name, t.FriendlyName())
	}
	return cty.DynamicPseudoType
}

func (p place) index(t cty.Type, key cty.Value) cty.Type {
	switch {
	case t == cty.DynamicPseudoType:
		return t
	case t.IsObjectType():
		if s, err := convert.Convert(key, cty.String); err == nil && s.IsKnown() && !s.IsNull() {
			return p.step(t, s.AsString())
		}
	case t.IsMapType():
		p.fits(key, cty.String)
		return t.ElementType()
	case t.IsListType():
		p.fits(key, cty.Number)
		return t.ElementType()
	case t.IsTupleType():
		return p.tupleElement(t, key)
	case t.IsSetType():
		p.problem("a set has no numbers: one() reads its only element")
	default:
		p.problem("%s has no elements", t.FriendlyName())
	}
	return cty.DynamicPseudoType
}

func (p place) fits(key cty.Value, t cty.Type) {
	if _, err := convert.Convert(key, t); err != nil {
		p.problem("a key must be %s, not %s", t.FriendlyName(), key.Type().FriendlyName())
	}
}

func (p place) tupleElement(t cty.Type, key cty.Value) cty.Type {
	n, err := convert.Convert(key, cty.Number)
	if err != nil {
		p.problem("a key must be number, not %s", key.Type().FriendlyName())
		return cty.DynamicPseudoType
	}
	if !n.IsKnown() || n.IsNull() {
		return elementType(t)
	}
	i, _ := n.AsBigFloat().Int64()
	if i < 0 || i >= int64(t.Length()) {
		p.problem("there is no element %d of %d", i, t.Length())
		return cty.DynamicPseudoType
	}
	return t.TupleElementType(int(i))
}

// elementType is what a collection holds; of objects and tuples the type that fits all.
func elementType(t cty.Type) cty.Type {
	var all []cty.Type
	switch {
	case t.IsCollectionType():
		return t.ElementType()
	case t.IsObjectType():
		for _, name := range attributeNames(t) {
			all = append(all, t.AttributeType(name))
		}
	case t.IsTupleType():
		all = t.TupleElementTypes()
	}
	if len(all) == 0 {
		return cty.DynamicPseudoType
	}
	if unified, _ := convert.Unify(all); unified != cty.NilType {
		return unified
	}
	return cty.DynamicPseudoType
}

// keyType is what an element is found by: a number in a list, else text; of a set the element itself.
func keyType(t cty.Type) cty.Type {
	switch {
	case t == cty.DynamicPseudoType:
		return t
	case t.IsListType(), t.IsTupleType():
		return cty.Number
	case t.IsSetType():
		return t.ElementType()
	default:
		return cty.String
	}
}

// splatType is what [*] runs over: the elements of a list, or a single value itself.
func splatType(t cty.Type) cty.Type {
	if t.IsListType() || t.IsSetType() || t.IsTupleType() {
		return elementType(t)
	}
	return t
}
