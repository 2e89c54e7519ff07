package tf

import (
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// call checks a module call: its source, and its inputs against the variables of the module it calls.
func (p place) call() {
	for _, n := range nestedOf(p.block) {
		p.at(n.Type).problem("there is no such block")
	}
	p.each = p.repetition()
	child := p.check.called(p.scope, p.block)
	if child == nil {
		p.at("source").problem("is none of the configuration's modules")
	}
	set := map[string]bool{}
	for _, a := range attributesOf(p.block) {
		q := p.at(a.Name)
		if set[a.Name] {
			q.problem("is set twice")
			continue
		}
		set[a.Name] = true
		switch a.Name {
		case "source", "for_each", "count":
		case "depends_on":
			q.dependencies(a.Value)
		default:
			q.input(a, child)
		}
	}
	if child == nil {
		return
	}
	for _, b := range child.blocks {
		if b.Type == "variable" && len(b.Labels) == 1 && attribute(b, "default") == nil && !set[b.Labels[0]] {
			p.at(b.Labels[0]).problem("is an input that the module requires")
		}
	}
}

func (p place) input(a Attr, child *scope) {
	if child == nil {
		p.infer(a.Value)
		return
	}
	variable := child.named["var."+a.Name]
	if variable == nil {
		p.problem("the module has no such input")
		return
	}
	p.assign(a.Value, declaredType(variable))
}

// called is the scope of the module that the block calls, nil when the source leads nowhere.
func (c *checker) called(s *scope, b *Block) *scope {
	source, ok := textOf(unwrapped(attribute(b, "source")))
	if !ok || !strings.HasPrefix(source, "./") && !strings.HasPrefix(source, "../") {
		return nil
	}
	target := path.Join(s.module.Path, source)
	if target == "." {
		target = ""
	}
	if target == s.module.Path {
		return nil
	}
	return c.scopes[target]
}

// declaredType is the type that a variable's block declares, with optional attributes; any where it says nothing.
func declaredType(variable *Block) cty.Type {
	t, ok := attribute(variable, "type").(TypeOf)
	if !ok || t.Type == cty.NilType {
		return cty.DynamicPseudoType
	}
	return t.Type
}

func (p place) variable() {
	p.arguments(p.block, map[string]cty.Type{
		"type": cty.NilType, "description": cty.NilType, "default": declaredType(p.block),
		"nullable": cty.Bool, "sensitive": cty.Bool, "ephemeral": cty.Bool,
	}, "type", "description")
	p.described()
	if e := attribute(p.block, "type"); e != nil {
		if _, ok := e.(TypeOf); !ok {
			p.at("type").problem("must be a type")
		}
	}
	for _, n := range nestedOf(p.block) {
		if n.Type != "validation" {
			p.at(n.Type).problem("there is no such block")
			continue
		}
		p.at(n.Type).condition(n)
	}
}

func (p place) described() {
	e := attribute(p.block, "description")
	if e == nil {
		return
	}
	if text, ok := textOf(unwrapped(e)); !ok || strings.TrimSpace(text) == "" {
		p.at("description").problem("must be a text")
	}
}

func (p place) output() {
	p.arguments(p.block, map[string]cty.Type{
		"value": cty.DynamicPseudoType, "description": cty.NilType, "depends_on": cty.NilType,
		"sensitive": cty.Bool, "ephemeral": cty.Bool,
	}, "value", "description")
	p.described()
	if e := attribute(p.block, "depends_on"); e != nil {
		p.at("depends_on").dependencies(e)
	}
	for _, n := range nestedOf(p.block) {
		if n.Type != "precondition" {
			p.at(n.Type).problem("there is no such block")
			continue
		}
		p.at(n.Type).condition(n)
	}
}

func (p place) localValues() {
	for _, a := range attributesOf(p.block) {
		p.at(a.Name).infer(a.Value)
	}
	for _, n := range nestedOf(p.block) {
		p.at(n.Type).problem("there is no such block")
	}
}

// provider checks a provider's configuration; alias is left out, as bluegen's resources use the default provider.
func (p place) provider() {
	view := p.check.views[p.block.Labels[0]]
	if view == nil {
		p.problem("%v", errNoProvider)
		return
	}
	schema, err := view.Config()
	if err != nil {
		p.problem("%v", err)
		return
	}
	items := slices.DeleteFunc(flatten(nil, p.block.Items), func(it Item) bool {
		a, ok := it.(Attr)
		return ok && a.Name == "alias"
	})
	body{place: p, view: view}.check(items, schema)
}
