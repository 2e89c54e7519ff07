package terraform

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bluegen/generator/terraform/provider"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// values gives every root variable without a default a value, as environment: that is what yields to every file of values the
// tree has. A variable of the same name and type has the same value in every tree.
func values(tree string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(tree, "*.tf"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		file, _ := hclsyntax.ParseConfig(data, name, hcl.InitialPos) // init says what is wrong with it
		body, ok := file.Body.(*hclsyntax.Body)
		if !ok {
			continue
		}
		for _, b := range body.Blocks {
			if _, said := b.Body.Attributes["default"]; b.Type == "variable" && len(b.Labels) == 1 && !said {
				out = append(out, "TF_VAR_"+b.Labels[0]+"="+valueOf(b))
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

func valueOf(b *hclsyntax.Block) string {
	t := cty.String
	if said, ok := b.Body.Attributes["type"]; ok {
		if known, diags := typeexpr.TypeConstraint(said.Expr); !diags.HasErrors() && !known.HasDynamicTypes() {
			t = known.WithoutOptionalAttributesDeep()
		}
	}
	v := provider.StandIn(b.Labels[0], t, strings.ReplaceAll(b.Labels[0], "_", "-"))
	if t == cty.String {
		return v.AsString()
	}
	text, err := ctyjson.Marshal(v, t)
	if err != nil {
		return "" // unreachable: a stand-in is wholly known
	}
	return string(text)
}
