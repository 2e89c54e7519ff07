package generator

import (
	"strings"
	"testing"

	"bluegen/generator/diag"

	"pgregory.net/rapid"
)

// TestBrokenProperties breaks a drawn blueprint at one to three places, with parts of itself so that much of it still fits together. It is
// accepted, or refused where somebody wrote it, in a line and whole sentences: never is a mistake of the blueprint told as one of bluegen's.
func TestBrokenProperties(t *testing.T) {
	t.Parallel()
	g := New()
	rapid.Check(t, func(t *rapid.T) {
		blueprint := drawShape(t).blueprint(values{t})
		for range rapid.IntRange(1, 3).Draw(t, "breaks") {
			blueprint.broken(t)
		}
		text := blueprint.yaml(nil)
		result, diags := g.Generate(t.Context(), fromText(text), "blueprint.yaml", Options{})
		for _, d := range diags {
			if d.Code == diag.Internal || d.Severity == diag.Error && d.Subject.Filename == "" {
				t.Fatalf("%s\n%s", said(diags), text)
			}
			if d.Summary == "" || strings.HasSuffix(d.Summary, ".") || !strings.HasSuffix(strings.ReplaceAll(d.Detail, "…", "."), ".") || strings.ContainsAny(d.Summary+d.Detail, "\n\r") {
				t.Fatalf("no way to put it: %q %q\n%s", d.Summary, d.Detail, text)
			}
		}
		if diags.HasErrors() {
			return
		}
		for _, c := range result.Configurations {
			for _, f := range c.Files {
				wellFormed(t, f.Path, f.Data)
			}
		}
	})
}

// broken takes a key out, or writes one part of the blueprint in the place of another.
func (n *node) broken(t *rapid.T) {
	var all, owners []*node
	n.walk(func(part *node) {
		all = append(all, part)
		if len(part.keys) > 0 {
			owners = append(owners, part)
		}
	})
	if rapid.Bool().Draw(t, "take out") {
		owner := rapid.SampledFrom(owners).Draw(t, "of")
		i := rapid.IntRange(0, len(owner.keys)-1).Draw(t, "key")
		owner.keys = append(append([]keyed{}, owner.keys[:i]...), owner.keys[i+1:]...)
		return
	}
	parts := all[1:] // behind the whole
	*rapid.SampledFrom(parts).Draw(t, "to") = rapid.SampledFrom(parts).Draw(t, "from").clone()
}

// walk visits every part of a node.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, it := range n.items {
		it.walk(visit)
	}
	for i := range n.keys {
		n.keys[i].value.walk(visit)
	}
}

// clone shares nothing, so that no part comes to hold itself.
func (n *node) clone() node {
	out := node{leaf: n.leaf}
	for _, it := range n.items {
		part := it.clone()
		out.items = append(out.items, &part)
	}
	for _, k := range n.keys {
		out.keys = append(out.keys, keyed{k.key, k.value.clone()})
	}
	return out
}
