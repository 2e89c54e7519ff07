// Package ruletest is what the engines' tests of their rules have in common: a blueprint is built, and what is said of it is written
// down as severity, code, place and the text there.
package ruletest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
)

// Build is an engine.
type Build func(*blueprint.Service, *schemas.View) (*tf.Config, diag.List)

// Changed replaces texts that must be there once: pairs holds what is replaced, and by what.
func Changed(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if strings.Count(text, pairs[i]) != 1 {
			t.Fatalf("%q is not once in\n%s", pairs[i], text)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// Diagnose loads a blueprint of one environment and builds it. Was is what the last generate wrote, by the manifest.
func Diagnose(t *testing.T, build Build, text, was string) diag.List {
	t.Helper()
	_, diags := built(t, build, text, was)
	return diags
}

// Config is what a blueprint without mistakes becomes.
func Config(t *testing.T, build Build, text string) *tf.Config {
	t.Helper()
	config, diags := built(t, build, text, "")
	if config == nil {
		t.Fatalf("%s\n%v", Numbered(text), diags)
	}
	return config
}

func built(t *testing.T, build Build, text, was string) (*tf.Config, diag.List) {
	t.Helper()
	services, diags := blueprint.Load(fstest.MapFS{
		"blueprint.yaml": {Data: []byte(text)}, "hooks/check.py": {}, "hooks/node/index.mjs": {}, "hooks/run.jar": {},
	}, "blueprint.yaml")
	if diags != nil {
		t.Fatalf("%s\n%v", Numbered(text), diags)
	}
	parts.Pin(services[0])
	pins, err := version.NewConstraint(services[0].Terraform.AWSProvider.V)
	if err != nil {
		t.Fatal(err)
	}
	aws, err := schemas.Open("aws", pins)
	if err != nil {
		t.Fatal(err)
	}
	services[0].Was = was
	config, diags := build(services[0], aws)
	if diags.HasErrors() == (config != nil) {
		t.Errorf("errors: %t, configuration: %t", diags.HasErrors(), config != nil)
	}
	return config, diags
}

// Judge holds what is said of a blueprint to what a table wants, in words and manners.
func Judge(t *testing.T, build Build, text, was string, want []string) {
	t.Helper()
	diags := Diagnose(t, build, text, was)
	Manners(t, diags)
	if diff := cmp.Diff(append([]string{}, want...), Told(text, diags)); diff != "" {
		t.Errorf("%s\n%s\n%v", Numbered(text), diff, diags)
	}
}

// EveryCode is in what some table wants: a rule without a case is a rule that nobody has seen work.
func EveryCode(t *testing.T, codes, said []string) {
	t.Helper()
	for _, code := range codes {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, code) }) {
			t.Errorf("%s has no case", code)
		}
	}
}

// Catalogued holds the catalogue's page of a code to its word: what it calls wrong gets the code and no other, what it calls right gets
// none. The snippets are laid over a right blueprint.
func Catalogued(t *testing.T, build Build, code, right, was string) {
	t.Helper()
	for _, part := range []string{"Wrong", "Right"} {
		snippet := strings.Replace(Snippet(code, part), "…four thousand characters…", strings.Repeat("x", 4_000), 1)
		if snippet == "" {
			t.Fatalf("there is no yaml under %s", part)
		}
		text := completed(snippet, right)
		diags := Diagnose(t, build, text, was)
		has := slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return string(d.Code) == code })
		other := slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return string(d.Code) != code })
		if has != (part == "Wrong") || other {
			t.Errorf("%s:\n%s\n%v", part, Numbered(text), diags)
		}
	}
}

// completed lays the keys of a snippet over a blueprint.
func completed(snippet, right string) string {
	said, all := Sections(snippet), Sections(right)
	var out strings.Builder
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if _, ok := said[key]; !ok {
			out.WriteString(all[key])
		}
	}
	return out.String() + snippet
}

// Told are diagnostics as tables write them: "error BG2020 14:44 `3m` <- 14:24 `rolling`".
func Told(text string, diags diag.List) []string {
	out := []string{}
	for _, d := range diags.Sorted() {
		line := fmt.Sprintf("%s %s %s", d.Severity, d.Code, place(text, d.Subject))
		for _, r := range d.Related {
			line += " <- " + place(text, r)
		}
		out = append(out, line)
	}
	return out
}

func place(text string, r hcl.Range) string {
	there, more, _ := strings.Cut(text[r.Start.Byte:r.End.Byte], "\n")
	if more != "" {
		there += " ..."
	}
	return fmt.Sprintf("%d:%d `%s`", r.Start.Line, r.Start.Column, there)
}

// Numbered is a text with the numbers of its lines.
func Numbered(text string) string {
	var out strings.Builder
	for i, line := range strings.Split(text, "\n") {
		fmt.Fprintf(&out, "%2d %s\n", i+1, line)
	}
	return out.String()
}

// Manners are one line without a full stop, then whole sentences, and a text in the catalogue.
func Manners(t *testing.T, diags diag.List) {
	t.Helper()
	for _, d := range diags {
		if d.Summary == "" || strings.HasSuffix(d.Summary, ".") || strings.Contains(d.Summary, "\n") {
			t.Errorf("summary %q", d.Summary)
		}
		if !strings.HasSuffix(d.Detail, ".") || strings.Contains(d.Detail, "%!") || strings.Contains(d.Summary, "%!") {
			t.Errorf("detail %q", d.Detail)
		}
		text, ok := diag.Explain(d.Code)
		if !ok || !strings.Contains(text, "\nSeverity: "+d.Severity.String()+"\n") {
			t.Errorf("the catalogue does not have %s as %s", d.Code, d.Severity)
		}
	}
}

// Snippet is the YAML that the catalogue has for a code under Wrong or Right, "" where there is none.
func Snippet(code, heading string) string {
	text, _ := diag.Explain(diag.Code(code))
	_, below, _ := strings.Cut(text, "\n## "+heading+"\n\n```yaml\n")
	snippet, _, closed := strings.Cut(below, "```\n")
	if !closed {
		return ""
	}
	return snippet
}

// Sections are the top-level keys of a blueprint with their text.
func Sections(text string) map[string]string {
	out := map[string]string{}
	key := ""
	for line := range strings.Lines(text) {
		if word, _, ok := strings.Cut(line, ":"); ok && !strings.ContainsAny(line[:1], " #") {
			key = word
		}
		if key != "" {
			out[key] += line
		}
	}
	return out
}

// Codes are those that a source file declares.
func Codes(t *testing.T, source string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, `"BG`) {
			code, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, code)
		}
		return true
	})
	return codes
}
