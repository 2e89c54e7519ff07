package generator

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// standIns turns a generated tree into one that terraform can really apply without any provider: every resource and data source
// becomes a terraform_data of its own, with the same for_each, lifecycle and depends_on, and with all that it refers to as its input.
// So the order of an apply is terraform's own, over the very references that were generated.
func standIns(t *testing.T, tr tree) tree {
	t.Helper()
	used := regexp.MustCompile(`module\.(\w+)\.(\w+)`).FindAllString(tr["main.tf"], -1)
	out := tree{}
	for name, text := range tr {
		switch {
		case path.Ext(name) != ".tf" || slices.Contains([]string{"outputs.tf", "providers.tf", "backend.tf"}, name):
		case path.Base(name) == "terraform.tf":
			out[name] = "terraform {\n  required_version = \">= 1.10\"\n}\n"
		case path.Base(name) == "main.tf" && name != "main.tf":
			out[name] = standInMain(t, text)
		case path.Base(name) == "outputs.tf":
			out[name] = standInOutputs(t, text, path.Base(path.Dir(name)), used)
		default:
			out[name] = text
		}
	}
	return out
}

// reference is a resource or data source, an instance of it perhaps, and an attribute perhaps.
func reference() *regexp.Regexp {
	return regexp.MustCompile(`\b(?:data\.)?(aws_[a-z0-9_]+)\.([a-z0-9_]+)(\["[^"]*"\]|\[each\.key\])?(?:\.([a-z_]+))?`)
}

// redirect points references at the stand-ins.
func redirect(text string) string {
	return reference().ReplaceAllStringFunc(text, func(found string) string {
		part := reference().FindStringSubmatch(found)
		out := "terraform_data." + part[1] + "_" + part[2] + part[3]
		if part[4] != "" {
			out += ".output." + part[4]
		}
		return out
	})
}

func parseHCL(t *testing.T, text string) *hclwrite.File {
	t.Helper()
	file, diags := hclwrite.ParseConfig([]byte(text), "main.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return file
}

func source(tokens hclwrite.Tokens) string { return strings.TrimSpace(string(tokens.Bytes())) }

func standInMain(t *testing.T, text string) string {
	t.Helper()
	var out strings.Builder
	for _, b := range parseHCL(t, text).Body().Blocks() {
		if b.Type() != "resource" && b.Type() != "data" {
			continue
		}
		name := strings.Join(b.Labels(), "_")
		fields := []string{
			fmt.Sprintf("id = %q", name), fmt.Sprintf("arn = %q", "arn:"+name), `json = "{}"`, `partition = "aws"`, `account_id = "012345670123"`,
		}
		fmt.Fprintf(&out, "resource \"terraform_data\" %q {\n", name)
		for _, argument := range slices.Sorted(maps.Keys(b.Body().Attributes())) {
			value := redirect(source(b.Body().GetAttribute(argument).Expr().BuildTokens(nil)))
			if argument == "for_each" || argument == "depends_on" {
				fmt.Fprintf(&out, "  %s = %s\n", argument, value)
				continue
			}
			fields = append(fields, argument+" = "+value)
		}
		fields = append(fields, "uses = ["+strings.Join(usesOf(b.Body()), ", ")+"]")
		fmt.Fprintf(&out, "  input = {\n    %s\n  }\n", strings.Join(fields, "\n    "))
		if lifecycle := b.Body().FirstMatchingBlock("lifecycle", nil); lifecycle != nil {
			fmt.Fprintf(&out, "  %s\n", source(lifecycle.BuildTokens(nil)))
		}
		out.WriteString("}\n")
	}
	return out.String()
}

// usesOf is what the blocks within a resource refer to.
func usesOf(body *hclwrite.Body) []string {
	var out []string
	for _, b := range body.Blocks() {
		if b.Type() == "lifecycle" {
			continue
		}
		text := source(b.BuildTokens(nil))
		out = append(out, regexp.MustCompile(`\bvar\.\w+`).FindAllString(text, -1)...)
		for _, found := range reference().FindAllString(text, -1) {
			out = append(out, redirect(found))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// standInOutputs keeps the outputs that the root hands on.
func standInOutputs(t *testing.T, text, module string, used []string) string {
	t.Helper()
	var out strings.Builder
	for _, b := range parseHCL(t, text).Body().Blocks() {
		if !slices.Contains(used, "module."+module+"."+b.Labels()[0]) {
			continue
		}
		block := source(b.BuildTokens(nil))
		// {for colour, node in aws_….this : colour => node.arn}: what it runs over are stand-ins too.
		if each := regexp.MustCompile(`for \w+, (\w+) in aws_`).FindStringSubmatch(block); each != nil {
			block = regexp.MustCompile(`\b`+each[1]+`\.(\w+)`).ReplaceAllString(block, each[1]+".output.$1")
		}
		out.WriteString(redirect(block) + "\n")
	}
	return out.String()
}
