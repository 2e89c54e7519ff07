package cli

import (
	"path"
	"strings"

	"bluegen/generator"
	"bluegen/generator/terraform"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// origins answers for one environment's blocks. A block of a child module that has no place of its own has that of the
// module's call, where there is only one.
func origins(c generator.Configuration) terraform.Origin {
	return func(file, address string) (hcl.Range, bool) {
		if at, ok := c.Origins[generator.Origin{File: file, Address: address}]; ok {
			return at, true
		}
		folder := path.Dir(file)
		if !generated(c, file) || !strings.HasPrefix(folder, "modules/") {
			return hcl.Range{}, false
		}
		call := onlyCall(c, "./"+folder)
		at, ok := c.Origins[generator.Origin{File: "main.tf", Address: call}]
		return at, ok
	}
}

// generated reports whether a file of the tree is bluegen's; what stands in any other was not written in the blueprint.
func generated(c generator.Configuration, file string) bool {
	_, ok := content(c, file)
	return ok
}

func content(c generator.Configuration, file string) ([]byte, bool) {
	for _, f := range c.Files {
		if f.Path == path.Join(c.Directory, file) {
			return f.Data, true
		}
	}
	return nil, false
}

// onlyCall returns the address of the one call of a module in the root, "" where there are several.
func onlyCall(c generator.Configuration, source string) string {
	found := ""
	for _, b := range blocks(c, "main.tf") {
		s, ok := b.Body.Attributes["source"]
		if !ok || b.Type != "module" || len(b.Labels) != 1 {
			continue
		}
		if v, diags := s.Expr.Value(nil); diags.HasErrors() || v.AsString() != source {
			continue
		}
		if found != "" {
			return ""
		}
		found = "module." + b.Labels[0]
	}
	return found
}

// blocks are the top blocks of a generated file.
func blocks(c generator.Configuration, file string) hclsyntax.Blocks {
	data, ok := content(c, file)
	if !ok {
		return nil
	}
	parsed, diags := hclsyntax.ParseConfig(data, file, hcl.InitialPos)
	if diags.HasErrors() {
		return nil
	}
	body, ok := parsed.Body.(*hclsyntax.Body)
	if !ok {
		return nil
	}
	return body.Blocks
}
