package tf

import (
	"github.com/hashicorp/go-version"
	"github.com/zclconf/go-cty/cty"
)

// settings checks a terraform block: versions, providers and where the state is kept.
func (p place) settings() {
	p.arguments(p.block, map[string]cty.Type{"required_version": cty.NilType})
	if e := attribute(p.block, "required_version"); e != nil {
		p.at("required_version").constraint(e)
	}
	for _, n := range nestedOf(p.block) {
		q := p.at(n.Type)
		switch n.Type {
		case "required_providers":
			for _, a := range attributesOf(n) {
				q.at(a.Name).requirement(a.Value)
			}
		case "backend":
			q.backend(n)
		default:
			q.problem("there is no such block")
		}
	}
}

func (p place) requirement(e Expr) {
	o, ok := e.(Object)
	if !ok {
		p.problem("must say source and version")
		return
	}
	set := map[string]bool{}
	for _, f := range o.Fields {
		set[f.Key] = true
		switch f.Key {
		case "source":
			if _, ok := textOf(unwrapped(f.Value)); !ok {
				p.at(f.Key).problem("must be a text")
			}
		case "version":
			p.at(f.Key).constraint(f.Value)
		default:
			p.at(f.Key).problem("there is no such argument")
		}
	}
	for _, name := range []string{"source", "version"} {
		if !set[name] {
			p.at(name).problem("is required")
		}
	}
}

func (p place) constraint(e Expr) {
	text, ok := textOf(unwrapped(e))
	if !ok {
		p.problem("must be a text")
		return
	}
	if _, err := version.NewConstraint(text); err != nil {
		p.problem("%q is no version constraint", text)
	}
}

// backend takes literals only: Terraform reads it before anything else.
func (p place) backend(b *Block) {
	if len(b.Labels) != 1 {
		p.problem("a backend block has one label")
	}
	if _, module := p.scope.module.Path, p.scope.module.Path != ""; module {
		p.problem("only the root has a backend")
	}
	for _, a := range attributesOf(b) {
		if v := p.at(a.Name).infer(a.Value); !v.IsWhollyKnown() {
			p.at(a.Name).problem("a backend takes literals only")
		}
	}
}
