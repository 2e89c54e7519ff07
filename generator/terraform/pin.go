package terraform

import (
	"os"
	"path/filepath"

	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// viewOf is the provider that a tree asks for; where it asks for none that is known, the one at hand.
func (s *Session) viewOf(tree string, otherwise *schemas.View) *schemas.View {
	files, err := filepath.Glob(filepath.Join(tree, "*.tf"))
	if err != nil {
		return otherwise
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // copying the tree says it
		}
		if found := s.pinned(awsPin(data)); found != nil {
			return found
		}
	}
	return otherwise
}

// pinned is the view of a constraint, opened once a session; nil where there is none.
func (s *Session) pinned(constraint string) *schemas.View {
	pin, err := version.NewConstraint(constraint)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.views[constraint]; found != nil {
		return found
	}
	found, err := schemas.Open("aws", pin)
	if err != nil {
		return nil
	}
	s.views[constraint] = found
	return found
}

// awsPin reads terraform.required_providers.aws.version of one file, "" where it does not say it.
func awsPin(data []byte) string {
	file, _ := hclsyntax.ParseConfig(data, "", hcl.InitialPos)
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		return ""
	}
	for _, b := range body.Blocks {
		for _, inner := range b.Body.Blocks {
			if b.Type != "terraform" || inner.Type != "required_providers" || inner.Body.Attributes["aws"] == nil {
				continue
			}
			v, diags := inner.Body.Attributes["aws"].Expr.Value(nil)
			if diags.HasErrors() || !v.IsWhollyKnown() || v.IsNull() || !v.Type().IsObjectType() || !v.Type().HasAttribute("version") {
				continue
			}
			if pin := v.GetAttr("version"); pin.Type() == cty.String && !pin.IsNull() {
				return pin.AsString()
			}
		}
	}
	return ""
}
