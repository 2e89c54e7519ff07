package tf

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// assign infers the expression's value, wants it to be of the type as Terraform converts values, and returns it converted.
func (p place) assign(e Expr, t cty.Type) cty.Value {
	p.extra(e, t)
	v := p.infer(e)
	converted, err := convert.Convert(v, t)
	if err != nil {
		p.problem("wants %s, not %s: %v", t.FriendlyNameForConstraint(), v.Type().FriendlyName(), err)
		return v
	}
	return converted
}

// extra tells of fields that the type does not have: Terraform would drop them without a word.
func (p place) extra(e Expr, t cty.Type) {
	switch e := e.(type) {
	case Object:
		for _, f := range e.Fields {
			switch {
			case f.KeyExpr != nil:
			case t.IsMapType():
				p.at(f.Key).extra(f.Value, t.ElementType())
			case t.IsObjectType() && t.HasAttribute(f.Key):
				p.at(f.Key).extra(f.Value, t.AttributeType(f.Key))
			case t.IsObjectType():
				p.at(f.Key).problem("there is no such attribute")
			}
		}
	case List:
		if !t.IsListType() && !t.IsSetType() {
			return
		}
		for _, item := range e.Items {
			p.extra(item, t.ElementType())
		}
	}
}

// infer finds what is known of an expression's value, at least its type where that can be told, and checks all that it refers to.
// What cannot be told is cty.DynamicVal, which fits everywhere: each mistake is told once.
func (p place) infer(e Expr) cty.Value {
	switch e := e.(type) {
	case Lit:
		return p.literal(e.Value)
	case Ref:
		return p.ref(e)
	case Named:
		return p.named(e)
	case Call:
		return p.function(e)
	case Template:
		return p.template(e)
	case Object:
		return p.object(e)
	case List:
		items := make([]cty.Value, len(e.Items))
		for i, item := range e.Items {
			items[i] = p.infer(item)
		}
		return cty.TupleVal(items)
	case For:
		return p.loop(e)
	case TypeOf:
		p.problem("a type is no value")
		return cty.DynamicVal
	default:
		return p.operation(e)
	}
}

func (p place) operation(e Expr) cty.Value {
	switch e := e.(type) {
	case Cond:
		p.assign(e.If, cty.Bool)
		both := []cty.Type{p.infer(e.Then).Type(), p.infer(e.Else).Type()}
		t, _ := convert.Unify(both)
		return unknown(t)
	case Binary:
		return p.binary(e)
	case Not:
		p.assign(e.Operand, cty.Bool)
		return cty.UnknownVal(cty.Bool)
	case Index:
		return unknown(p.index(p.infer(e.Collection).Type(), p.infer(e.Key)))
	case Get:
		return unknown(p.step(p.infer(e.Object).Type(), e.Name))
	case Splat:
		return unknown(p.steps(p.infer(e.Collection).Type(), append([]string{"*"}, e.Path...)))
	default:
		p.problem("an expression is missing")
		return cty.DynamicVal
	}
}

func (p place) literal(v cty.Value) cty.Value {
	if v == cty.NilVal {
		p.problem("a literal has no value")
		return cty.DynamicVal
	}
	v, _ = v.UnmarkDeep()
	if !v.IsWhollyKnown() {
		p.problem("a literal is unknown")
		return cty.DynamicVal
	}
	return v
}

func (p place) named(n Named) cty.Value {
	if len(n.Path) == 0 {
		p.problem("a name is missing")
		return cty.DynamicVal
	}
	name, rest := n.Path[0], n.Path[1:]
	switch n.Kind {
	case EachValue:
		return p.eachValue(name, rest)
	case PathValue:
		if name == "module" || name == "root" || name == "cwd" {
			return cty.UnknownVal(cty.String)
		}
		p.problem("there is no path.%s", name)
	case Bound:
		if t, ok := p.bound[name]; ok {
			return unknown(p.steps(t, rest))
		}
		p.problem("%s is bound by no enclosing for", name)
	case SelfValue:
		if p.block.Type == "resource" && strings.HasPrefix(p.path, "lifecycle.postcondition.") {
			return unknown(p.steps(p.check.typeOf(p.scope, p.block), n.Path))
		}
		p.problem("self stands outside of a postcondition")
	case OwnArgument:
		p.problem("%s stands alone: only ignore_changes takes arguments without their resource", name)
	default:
		p.problem("the word %s is no value", name)
	}
	return cty.DynamicVal
}

func (p place) eachValue(name string, rest []string) cty.Value {
	switch {
	case p.each == cty.NilType:
		p.problem("each.%s stands outside of for_each", name)
	case name == "key" && len(rest) == 0:
		return cty.UnknownVal(cty.String)
	case name == "value":
		return unknown(p.steps(p.each, rest))
	default:
		p.problem("there is no each.%s", name)
	}
	return cty.DynamicVal
}

func (p place) template(t Template) cty.Value {
	whole, known := "", true
	for _, part := range t.Parts {
		v := p.infer(part)
		s, err := convert.Convert(v, cty.String)
		switch {
		case err != nil && len(t.Parts) == 1:
			return v
		case err != nil:
			p.problem("a text cannot hold %s", v.Type().FriendlyName())
			known = false
		case !s.IsKnown() || s.IsNull():
			known = false
		default:
			whole += s.AsString()
		}
	}
	if !known {
		return cty.UnknownVal(cty.String)
	}
	return cty.StringVal(whole)
}

func (p place) object(o Object) cty.Value {
	fields := map[string]cty.Value{}
	whole := true
	for _, f := range o.Fields {
		if f.KeyExpr != nil {
			whole = false
			p.assign(f.KeyExpr, cty.String)
			p.infer(f.Value)
			continue
		}
		q := p.at(f.Key)
		if _, twice := fields[f.Key]; twice {
			q.problem("is set twice")
		}
		fields[f.Key] = q.infer(f.Value)
	}
	if !whole {
		return cty.DynamicVal
	}
	return cty.ObjectVal(fields)
}

func (p place) binary(b Binary) cty.Value {
	switch b.Op {
	case "==", "!=":
		l, r := p.infer(b.Left), p.infer(b.Right)
		x, y := l.Type(), r.Type()
		if x.IsPrimitiveType() && y.IsPrimitiveType() && x != y && !l.IsNull() && !r.IsNull() {
			p.problem("a %s is never equal to a %s", x.FriendlyName(), y.FriendlyName())
		}
		return cty.UnknownVal(cty.Bool)
	case "&&", "||":
		p.assign(b.Left, cty.Bool)
		p.assign(b.Right, cty.Bool)
		return cty.UnknownVal(cty.Bool)
	case ">", ">=", "<", "<=":
		p.assign(b.Left, cty.Number)
		p.assign(b.Right, cty.Number)
		return cty.UnknownVal(cty.Bool)
	case "+", "-":
		p.assign(b.Left, cty.Number)
		p.assign(b.Right, cty.Number)
		return cty.UnknownVal(cty.Number)
	default:
		p.problem("there is no operator %q", b.Op)
		return cty.DynamicVal
	}
}

func (p place) loop(f For) cty.Value {
	t := p.infer(f.Collection).Type()
	if t.IsPrimitiveType() {
		p.problem("for runs over a collection, not %s", t.FriendlyName())
		t = cty.DynamicPseudoType
	}
	p = p.binding(f.Name, elementType(t))
	if f.At != "" {
		p = p.binding(f.At, keyType(t))
	}
	if f.If != nil {
		p.assign(f.If, cty.Bool)
	}
	if f.Key == nil {
		return unknown(cty.List(p.infer(f.Value).Type()))
	}
	p.assign(f.Key, cty.String)
	value := p.infer(f.Value).Type()
	if f.Grouping {
		value = cty.List(value)
	}
	return unknown(cty.Map(value))
}

// binding is the place with one more name, which hides an outer one.
func (p place) binding(name string, t cty.Type) place {
	bound := map[string]cty.Type{name: t}
	for outer, t := range p.bound {
		if outer != name {
			bound[outer] = t
		}
	}
	p.bound = bound
	return p
}

func unknown(t cty.Type) cty.Value {
	if t == cty.NilType {
		return cty.DynamicVal
	}
	return cty.UnknownVal(t.WithoutOptionalAttributesDeep())
}
