package schemas

import (
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

// Nest is the type of a nested block or attribute whose one element is t: a list, a set, a map, or t itself where it is single.
func Nest(mode tfjson.SchemaNestingMode, t cty.Type) cty.Type {
	switch mode {
	case tfjson.SchemaNestingModeList:
		return cty.List(t)
	case tfjson.SchemaNestingModeSet:
		return cty.Set(t)
	case tfjson.SchemaNestingModeMap:
		return cty.Map(t)
	default:
		return t
	}
}
