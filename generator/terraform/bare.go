package terraform

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// bare makes a copied tree fit for a rehearsal, file by file and in place: nothing guards against a replacement, which would hide
// it; no condition that ends a plan judges the stand-ins that values are here; and nothing but resources is made, for a provisioner would run.
// A file that terraform itself cannot read stays as it is: init says what is wrong with it.
func bare(tree string) error {
	return filepath.WalkDir(tree, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() {
			return err
		}
		isJSON := strings.HasSuffix(name, ".tf.json")
		if !isJSON && path.Ext(name) != ".tf" {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if isJSON {
			return refuseProvisioner(tree, name, data)
		}
		if stripped := strip(data); !bytes.Equal(stripped, data) {
			return os.WriteFile(name, stripped, 0o644)
		}
		return nil
	})
}

// refuseProvisioner: JSON is not rewritten, so what would run must not be there.
func refuseProvisioner(tree, name string, data []byte) error {
	if !bytes.Contains(data, []byte(`"provisioner"`)) {
		return nil
	}
	rel, err := filepath.Rel(tree, name)
	if err != nil {
		rel = name
	}
	return &CopyError{Name: filepath.ToSlash(rel), Err: fmt.Errorf("it has a provisioner, which a rehearsal would run; write the file as HCL, where it is left out")}
}

// splice replaces a range of a file.
type splice struct {
	at   hcl.Range
	text string
}

func strip(data []byte) []byte {
	file, diags := hclsyntax.ParseConfig(data, "", hcl.InitialPos)
	body, ok := file.Body.(*hclsyntax.Body)
	if diags.HasErrors() || !ok {
		return data
	}
	var cuts []splice
	for _, b := range body.Blocks {
		switch b.Type {
		case "resource", "data":
			cuts = append(cuts, inResource(b.Body)...)
		case "variable", "output":
			cuts = append(cuts, without(b.Body, "validation", "precondition")...)
		}
	}
	slices.SortFunc(cuts, func(a, b splice) int { return cmp.Compare(b.at.Start.Byte, a.at.Start.Byte) })
	out := slices.Clone(data)
	for _, c := range cuts {
		out = slices.Replace(out, c.at.Start.Byte, c.at.End.Byte, []byte(c.text)...)
	}
	return out
}

func inResource(body *hclsyntax.Body) []splice {
	cuts := without(body, "provisioner", "connection")
	for _, b := range body.Blocks {
		if b.Type != "lifecycle" {
			continue
		}
		cuts = append(cuts, without(b.Body, "precondition", "postcondition")...)
		if guard, ok := b.Body.Attributes["prevent_destroy"]; ok {
			cuts = append(cuts, splice{at: guard.Expr.Range(), text: "false"})
		}
	}
	return cuts
}

// without cuts blocks out.
func without(body *hclsyntax.Body, types ...string) []splice {
	var cuts []splice
	for _, b := range body.Blocks {
		if slices.Contains(types, b.Type) {
			cuts = append(cuts, splice{at: b.Range()})
		}
	}
	return cuts
}
