package blueprint_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
)

// TestCatalogue runs the snippets of the catalogue: what stands under Wrong gets the code, what stands under Right does not.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`"(BG\d{4})"`).FindAllStringSubmatch(string(source), -1)
	if len(codes) < 25 {
		t.Fatalf("found %d codes", len(codes))
	}
	for _, match := range codes {
		code := match[1]
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			text, ok := diag.Explain(diag.Code(code))
			if !ok {
				t.Fatal("no text in the catalogue")
			}
			for _, part := range []string{"# " + code + ": ", "\nSeverity: error\n", "\n## What to do\n", "\n## Source\n"} {
				if !strings.Contains(text, part) {
					t.Errorf("the text lacks %q", part)
				}
			}
			if wrong, ok := snippet(text, "Wrong"); ok && !slices.Contains(found(wrong), code) {
				t.Errorf("the wrong snippet gets %q:\n%s", found(wrong), wrong)
			}
			if right, ok := snippet(text, "Right"); ok && len(found(right)) > 0 {
				t.Errorf("the right snippet gets %q:\n%s", found(right), right)
			}
		})
	}
}

// snippet is the YAML below a heading of the catalogue.
func snippet(text, heading string) (string, bool) {
	_, rest, ok := strings.Cut(text, "\n## "+heading+"\n\n```yaml\n")
	yaml, _, _ := strings.Cut(rest, "```")
	return yaml, ok
}

func found(snippet string) (codes []string) {
	if !strings.HasPrefix(snippet, "version:") {
		snippet = head + snippet
	}
	const name = "services/orders/blueprint.yaml"
	fsys := fstest.MapFS{
		name:                                 {Data: []byte(snippet)},
		"services/orders/hooks/check.py":     {},
		"services/orders/terraform/check.py": {},
		"platform.yaml":                      {Data: []byte("tags: {team: platform}\nenvironments: {staging: {tags: {stage: staging}}}\n")},
		"team.yaml":                          {Data: []byte("logs: {retention_days: 90}\n")},
		"loop.yaml":                          {Data: []byte("extends: " + name + "\n")},
	}
	_, diags := blueprint.Load(fsys, name)
	for _, d := range diags {
		codes = append(codes, string(d.Code))
	}
	return codes
}
