package generator

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"pgregory.net/rapid"
)

// TestProperties holds what must be true of every blueprint, over drawn ones.
func TestProperties(t *testing.T) {
	t.Parallel()
	g := New() // remembers what it printed: a fresh one must say the same
	rapid.Check(t, func(t *rapid.T) {
		s := drawShape(t)
		blueprint := s.blueprint(values{t})
		text := blueprint.yaml(nil)
		one := rendered(t, g, text)
		if diff := cmp.Diff(one, rendered(t, New(), text)); diff != "" {
			t.Fatalf("not the same twice: %s\n%s", diff, text)
		}
		shuffled := blueprint.yaml(func(n int) []int { return rapid.Permutation(upTo(n)).Draw(t, "order") })
		if diff := cmp.Diff(one, rendered(t, g, shuffled)); diff != "" {
			t.Fatalf("the order of keys shows: %s\n%s\n%s", diff, text, shuffled)
		}
		other := s.blueprint(values{t}).yaml(nil)
		if diff := cmp.Diff(modulesOf(one), modulesOf(rendered(t, g, other))); diff != "" {
			t.Fatalf("values alone changed a module: %s\n%s\n%s", diff, text, other)
		}
		for name, file := range one {
			wellFormed(t, name, []byte(file))
		}
	})
}

// fatal is what both a test and a property can do.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// rendered are the files of an accepted blueprint: accepted means rendered, clean against the schema, without a complaint.
func rendered(t *rapid.T, g *Generator, text string) map[string]string {
	t.Helper()
	result, diags := g.Generate(t.Context(), fromText(text), "blueprint.yaml", Options{})
	if diags.HasErrors() {
		t.Fatalf("%s\n%s", said(diags), text)
	}
	out := map[string]string{}
	for _, c := range result.Configurations {
		for _, f := range c.Files {
			out[f.Path] = string(f.Data)
		}
	}
	if len(out) == 0 {
		t.Fatalf("no files\n%s", text)
	}
	return out
}

// modulesOf are the child modules' files.
func modulesOf(files map[string]string) map[string]string {
	out := map[string]string{}
	for name, text := range files {
		if strings.Contains(name, "/modules/") {
			out[name] = text
		}
	}
	return out
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// wellFormed: HCL that parses, is a fixed point of the formatter, has sorted and described variables and outputs, and
// names within AWS's limits.
func wellFormed(t fatal, name string, text []byte) {
	t.Helper()
	if ext := path.Ext(name); ext != ".tf" && ext != ".hcl" {
		return
	}
	file, diags := hclsyntax.ParseConfig(text, name, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s: %v", name, diags)
	}
	if !bytes.Equal(hclwrite.Format(text), text) {
		t.Errorf("%s is not formatted", name)
	}
	var labels []string
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		if b.Type == "module" {
			checkNames(t, name, b)
		}
		if (b.Type != "variable" && b.Type != "output") || path.Ext(name) != ".tf" {
			continue
		}
		labels = append(labels, b.Labels[0])
		if d := literalOf(b, "description"); !strings.HasSuffix(d, ".") {
			t.Errorf("%s: %s %s is described as %q", name, b.Type, b.Labels[0], d)
		}
	}
	if !slices.IsSorted(labels) {
		t.Errorf("%s is not sorted: %v", name, labels)
	}
}

// checkNames compares the names that a module is given with what AWS takes.
func checkNames(t fatal, file string, call *hclsyntax.Block) {
	t.Helper()
	limits := map[string]*regexp.Regexp{
		"blue_name": regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$`), "green_name": regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$`),
		"function_name": regexp.MustCompile(`^[a-zA-Z0-9_-]+$`), "name": regexp.MustCompile(`^[a-zA-Z0-9_-]+$`),
	}
	most := map[string]int{"blue_name": 32, "green_name": 32, "function_name": 64, "name": 255, "security_group_name": 255, "log_group_name": 512}
	for name := range call.Body.Attributes {
		limit := most[name]
		if strings.HasSuffix(name, "_role_name") {
			limit = 64
		}
		if limit == 0 {
			continue
		}
		value := literalOf(call, name)
		if pattern := limits[name]; len(value) == 0 || len(value) > limit || pattern != nil && !pattern.MatchString(value) {
			t.Errorf("%s: %s of %s is %q", file, name, call.Labels[0], value)
		}
	}
}

// literalOf is an argument that is text, else "".
func literalOf(b *hclsyntax.Block, name string) string {
	a, ok := b.Body.Attributes[name]
	if !ok {
		return ""
	}
	v, diags := a.Expr.Value(nil)
	if diags.HasErrors() {
		return ""
	}
	return v.AsString()
}

// testDrawn asks the real terraform about a few drawn blueprints, which have nearly every key between them: valid, and their tests pass.
func testDrawn(t *testing.T, j judge) {
	t.Helper()
	drawn := rapid.Custom(func(t *rapid.T) string { return drawShape(t).blueprint(values{t}).yaml(nil) })
	for _, seed := range []int{3, 10, 46, 109, 117} {
		text := drawn.Example(seed)
		t.Run("", func(t *testing.T) {
			t.Parallel()
			c := generated(t, fromText(text))[0]
			j.valid(t, c.tree(), c.AWS)
			if out := j.test(t, c.tree(), c.AWS); !out.OK() || out.Passed == 0 {
				t.Errorf("%d runs pass, and: %s", out.Passed, strings.Join(failures(out), "\n"))
			}
			if t.Failed() {
				t.Log(text)
			}
		})
	}
}
