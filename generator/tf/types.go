package tf

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// typeOf writes a type constraint; an object has one attribute a line, in alphabetical order.
func (w *tokenWriter) typeOf(t cty.Type) {
	switch {
	case t == cty.String:
		w.word("string")
	case t == cty.Number:
		w.word("number")
	case t == cty.Bool:
		w.word("bool")
	case t == cty.NilType:
		w.word("any")
	case t.IsListType():
		w.typeCall("list", t.ElementType())
	case t.IsSetType():
		w.typeCall("set", t.ElementType())
	case t.IsMapType():
		w.typeCall("map", t.ElementType())
	case t.IsObjectType():
		w.objectType(t)
	case t.IsTupleType():
		w.tupleType(t)
	default:
		w.word("any")
	}
}

func (w *tokenWriter) typeCall(name string, argument cty.Type) {
	w.word(name)
	w.add(hclsyntax.TokenOParen, "(")
	w.typeOf(argument)
	w.add(hclsyntax.TokenCParen, ")")
}

func (w *tokenWriter) objectType(t cty.Type) {
	w.word("object")
	w.add(hclsyntax.TokenOParen, "(")
	w.add(hclsyntax.TokenOBrace, "{")
	names := attributeNames(t)
	if len(names) > 0 {
		w.newline()
	}
	for _, name := range names {
		w.name(name)
		w.add(hclsyntax.TokenEqual, "=")
		if t.AttributeOptional(name) {
			w.typeCall("optional", t.AttributeType(name))
		} else {
			w.typeOf(t.AttributeType(name))
		}
		w.newline()
	}
	w.add(hclsyntax.TokenCBrace, "}")
	w.add(hclsyntax.TokenCParen, ")")
}

func (w *tokenWriter) tupleType(t cty.Type) {
	w.word("tuple")
	w.add(hclsyntax.TokenOParen, "(")
	w.add(hclsyntax.TokenOBrack, "[")
	for i, element := range t.TupleElementTypes() {
		if i > 0 {
			w.add(hclsyntax.TokenComma, ",")
		}
		w.typeOf(element)
	}
	w.add(hclsyntax.TokenCBrack, "]")
	w.add(hclsyntax.TokenCParen, ")")
}

func attributeNames(t cty.Type) []string {
	names := make([]string, 0, len(t.AttributeTypes()))
	for name := range t.AttributeTypes() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func multilineType(t cty.Type) bool {
	switch {
	case t == cty.NilType:
		return false
	case t.IsCollectionType():
		return multilineType(t.ElementType())
	case t.IsObjectType():
		return len(t.AttributeTypes()) > 0
	case t.IsTupleType():
		return slices.ContainsFunc(t.TupleElementTypes(), multilineType)
	default:
		return false
	}
}
