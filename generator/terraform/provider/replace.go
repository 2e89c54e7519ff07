package provider

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// replacing returns where a planned state differs from the prior one in what the provider cannot change in place: paths is the
// schema view's table, dotted and without indices. Nothing is replaced where there is only one of the two states.
func replacing(paths []string, prior, planned cty.Value) []*tftypes.AttributePath {
	if prior.IsNull() || planned.IsNull() || !planned.IsKnown() {
		return nil
	}
	var out []*tftypes.AttributePath
	for _, path := range paths {
		out = append(out, differing(strings.Split(path, "."), prior, planned, tftypes.NewAttributePath())...)
	}
	return out
}

// differing walks down both states at once. One of them may be null where the other has an element or a block more.
func differing(names []string, prior, planned cty.Value, at *tftypes.AttributePath) []*tftypes.AttributePath {
	switch {
	case !planned.IsKnown():
		return []*tftypes.AttributePath{at}
	case len(names) == 0:
		if prior.RawEquals(planned) {
			return nil
		}
		return []*tftypes.AttributePath{at}
	case prior.Type().IsObjectType():
		if !prior.Type().HasAttribute(names[0]) {
			return nil // a path of another release
		}
		return differing(names[1:], field(prior, names[0]), field(planned, names[0]), at.WithAttributeName(names[0]))
	case prior.Type().IsListType():
		var out []*tftypes.AttributePath
		for i := range max(length(prior), length(planned)) {
			out = append(out, differing(names, element(prior, i), element(planned, i), at.WithElementKeyInt(i))...)
		}
		return out
	case sameBelow(names, prior, planned):
		return nil
	default:
		// The elements of a set have no places: any change of what replaces is one of the whole set, as it is for the provider.
		return []*tftypes.AttributePath{at}
	}
}

func field(v cty.Value, name string) cty.Value {
	if v.IsNull() {
		return cty.NullVal(v.Type().AttributeType(name))
	}
	return v.GetAttr(name)
}

func length(v cty.Value) int {
	if v.IsNull() {
		return 0
	}
	return v.LengthInt()
}

func element(v cty.Value, i int) cty.Value {
	if i >= length(v) {
		return cty.NullVal(v.Type().ElementType())
	}
	return v.Index(cty.NumberIntVal(int64(i)))
}

// sameBelow compares what the elements of two sets or maps have at the rest of a path, in whatever order.
func sameBelow(names []string, prior, planned cty.Value) bool {
	a, b := below(names, prior), below(names, planned)
	has := func(list []cty.Value, v cty.Value) bool {
		return slices.ContainsFunc(list, func(other cty.Value) bool { return v.IsWhollyKnown() && other.RawEquals(v) })
	}
	for _, v := range a {
		if !has(b, v) {
			return false
		}
	}
	for _, v := range b {
		if !has(a, v) {
			return false
		}
	}
	return true
}

// below collects the values at the end of a path.
func below(names []string, v cty.Value) []cty.Value {
	switch {
	case len(names) == 0 || !v.IsKnown():
		return []cty.Value{v}
	case v.IsNull():
		return nil
	case v.Type().IsObjectType():
		if !v.Type().HasAttribute(names[0]) {
			return nil
		}
		return below(names[1:], v.GetAttr(names[0]))
	}
	var out []cty.Value
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		out = append(out, below(names, e)...)
	}
	return out
}
