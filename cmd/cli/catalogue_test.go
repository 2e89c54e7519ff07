package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/diag"
	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	tfjson "github.com/hashicorp/terraform-json"
)

// unshown are the codes that no golden and no script can bring about, with the reason.
func unshown() map[diag.Code]string {
	return map[diag.Code]string{
		"BG3010": "the blueprint's own rules refuse such a directory first; disk tests it",
		"BG3012": "another run must hold the lock for ten seconds; disk tests it",
		"BG3014": "a file must change between two calls; disk tests it",
		"BG3016": "an undo must fail as well; disk tests it by faults",
		"BG3017": "a signal at the right moment; cmd/bluegen and disk test it",
		"BG9001": "a mistake of bluegen's own: none is known",
	}
}

// retired are the codes that nothing gives any more, with the reason. A code is stable: its text stays, for who met it in an
// earlier version, and it is never given another meaning.
func retired() map[diag.Code]string {
	return map[diag.Code]string{"BG1115": "every word of the format has its generator"}
}

// Every code in the source has a text, and a golden or a script that shows it to a user.
func TestEveryCodeHasATextAndAGolden(t *testing.T) {
	t.Parallel()
	shown := codesIn(t, "../../golden", func(path string) bool {
		// explain names codes that nothing brings about there.
		return strings.HasSuffix(path, "want.stderr") || strings.HasSuffix(path, ".txtar") && !strings.HasSuffix(path, "/explain.txtar")
	})
	used := codesIn(t, "..", goSource)
	for code := range codesIn(t, "../../generator", goSource) {
		used[code] = true
	}
	for code := range used {
		if _, ok := diag.Explain(code); !ok {
			t.Errorf("%s has no text in the catalogue", code)
		}
	}
	for _, code := range diag.Codes() {
		reason, excused := unshown()[code]
		why, gone := retired()[code]
		switch {
		case gone && used[code]:
			t.Errorf("%s is reported, and not retired (%s)", code, why)
		case gone:
		case !used[code]:
			t.Errorf("%s has a text, but nothing reports it", code)
		case !shown[code] && !excused:
			t.Errorf("no golden and no script shows %s", code)
		case shown[code] && excused:
			t.Errorf("%s is shown: it needs no excuse (%s)", code, reason)
		}
	}
}

func goSource(path string) bool {
	return strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go")
}

func codesIn(t *testing.T, folder string, want func(path string) bool) map[diag.Code]bool {
	t.Helper()
	pattern := regexp.MustCompile(`\bBG\d{4}\b`)
	found := map[diag.Code]bool{}
	walk(t, folder, want, func(_ string, text []byte) {
		for _, code := range pattern.FindAll(text, -1) {
			found[diag.Code(code)] = true
		}
	})
	return found
}

func walk(t *testing.T, folder string, want func(path string) bool, visit func(path string, text []byte)) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !want(filepath.ToSlash(path)) {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		visit(path, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Fatalf("nothing to read below %s", folder)
	}
}

// What the oldest embedded provider lacks must have a row that says since when it is there: else a blueprint that admits an
// old provider would get it all the same.
func TestEveryNewAttributeHasAFeatureRow(t *testing.T) {
	t.Parallel()
	pin, err := version.NewConstraint("5.100.0")
	if err != nil {
		t.Fatal(err)
	}
	old, err := schemas.Open("aws", pin)
	if err != nil {
		t.Fatal(err)
	}
	newer := map[string]bool{}
	written := func(path string) bool { return strings.Contains(path, "/want/") && strings.HasSuffix(path, ".tf") }
	walk(t, "../../golden/cases", written, func(path string, text []byte) {
		file, diags := hclsyntax.ParseConfig(text, path, hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		for _, b := range file.Body.(*hclsyntax.Body).Blocks {
			if (b.Type != "resource" && b.Type != "data") || !strings.HasPrefix(b.Labels[0], "aws_") {
				continue
			}
			for _, name := range lacking(old, b) {
				newer[b.Labels[0]+" "+name] = true
				if _, ok := schemas.Covered("aws", b.Labels[0], name, b.Type == "data"); !ok {
					t.Errorf("%s: aws 5.100.0 has no %s.%s, and no feature row says since when it is there", path, b.Labels[0], name)
				}
			}
		}
	})
	if !newer["aws_ecs_service load_balancer.advanced_configuration.production_listener_rule"] {
		t.Errorf("the goldens must use what 5.100.0 lacks; found %d attributes", len(newer))
	}
}

// lacking are the dotted paths of a block that the view does not have; the whole type is "".
func lacking(old *schemas.View, b *hclsyntax.Block) []string {
	read := old.Resource
	if b.Type == "data" {
		read = old.Data
	}
	schema, err := read(b.Labels[0])
	if err != nil {
		return []string{""}
	}
	return lackingIn(schema, b.Body, "", true)
}

func lackingIn(schema *tfjson.SchemaBlock, body *hclsyntax.Body, prefix string, top bool) []string {
	meta := []string{"count", "for_each", "depends_on", "provider", "lifecycle", "timeouts"}
	var out []string
	for name := range body.Attributes {
		if (schema == nil || schema.Attributes[name] == nil) && (!top || !slices.Contains(meta, name)) {
			out = append(out, prefix+name)
		}
	}
	for _, b := range body.Blocks {
		name, inner := b.Type, b.Body
		if top && slices.Contains(meta, name) {
			continue
		}
		if name == "dynamic" {
			name, inner = b.Labels[0], b.Body.Blocks[0].Body
		}
		var nested *tfjson.SchemaBlock
		if schema != nil && schema.NestedBlocks[name] != nil {
			nested = schema.NestedBlocks[name].Block
		} else {
			out = append(out, prefix+name)
		}
		out = append(out, lackingIn(nested, inner, prefix+name+".", false)...)
	}
	return out
}
