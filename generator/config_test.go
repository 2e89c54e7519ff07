package generator

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
	"bluegen/schemas"
)

// built is one environment of a case as the engine leaves it: data, not text.
type built struct {
	name    string // <case>/<environment>
	service *blueprint.Service
	config  *tf.Config
	aws     *schemas.View
}

// builds are the configurations of all good cases.
func builds(t testing.TB) []built {
	t.Helper()
	var out []built
	for _, name := range goodCases(t) {
		services, diags := blueprint.Load(os.DirFS(filepath.Join(casesFolder(), name)), "blueprint.yaml")
		if diags.HasErrors() {
			t.Fatal(said(diags))
		}
		for _, s := range services {
			parts.Pin(s)
			aws := view(t, s.Terraform.AWSProvider.V)
			config, diags := build(s, aws)
			if diags.HasErrors() {
				t.Fatal(said(diags))
			}
			out = append(out, built{name + "/" + s.Environment.V, s, config, aws})
		}
	}
	return out
}

// blocks are a module's blocks of one type, wherever they are; of tests and mocks none.
func blocks(m *tf.Module, types ...string) []*tf.Block {
	var out []*tf.Block
	for _, d := range m.Documents {
		if strings.HasPrefix(d.Name, "tests/") {
			continue
		}
		for _, b := range d.Blocks {
			if slices.Contains(types, b.Type) {
				out = append(out, b)
			}
		}
	}
	return out
}

func (b built) module(path string) *tf.Module {
	for _, m := range b.config.Modules {
		if m.Path == path {
			return m
		}
	}
	return nil
}

// calls are the root's module calls with the module of each.
func (b built) calls() map[*tf.Block]*tf.Module {
	out := map[*tf.Block]*tf.Module{}
	for _, call := range blocks(b.module(""), "module") {
		source := attr(call, "source").(tf.Lit).Value.AsString()
		out[call] = b.module(strings.TrimPrefix(source, "./"))
	}
	return out
}

// attr is an argument of a block, nil when it has none.
func attr(b *tf.Block, name string) tf.Expr {
	for _, it := range b.Items {
		if a, ok := it.(tf.Attr); ok && a.Name == name {
			return a.Value
		}
	}
	return nil
}

func nested(b *tf.Block, typ string) *tf.Block {
	for _, it := range b.Items {
		if n, ok := it.(*tf.Block); ok && n.Type == typ {
			return n
		}
	}
	return nil
}

// references are all references in an expression.
func references(e tf.Expr) []tf.Ref {
	var out []tf.Ref
	into := func(es ...tf.Expr) {
		for _, e := range es {
			out = append(out, references(e)...)
		}
	}
	switch e := e.(type) {
	case tf.Ref:
		return []tf.Ref{e}
	case tf.Call:
		into(e.Args...)
	case tf.Template:
		into(e.Parts...)
	case tf.List:
		into(e.Items...)
	case tf.Object:
		for _, f := range e.Fields {
			into(f.KeyExpr, f.Value)
		}
	case tf.Cond:
		into(e.If, e.Then, e.Else)
	case tf.Binary:
		into(e.Left, e.Right)
	case tf.Not:
		into(e.Operand)
	case tf.Index:
		into(e.Collection, e.Key)
	case tf.Get:
		into(e.Object)
	case tf.Splat:
		into(e.Collection)
	case tf.For:
		into(e.Collection, e.Key, e.Value, e.If)
	}
	return out
}
