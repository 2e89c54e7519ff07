package tf

import (
	"slices"
	"strings"

	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
)

func (c *checker) module(s *scope) {
	for _, b := range s.blocks {
		c.block(place{check: c, scope: s, block: b})
	}
	for _, b := range s.blocks {
		c.unused(place{check: c, scope: s, block: b})
	}
	c.circles(s)
	c.providersRequired(s)
}

func (c *checker) block(p place) {
	wanted := map[string]int{"resource": 2, "data": 2, "variable": 1, "output": 1, "module": 1, "provider": 1}
	if len(p.block.Labels) != wanted[p.block.Type] {
		p.problem("a %s block has %d labels, not %d", p.block.Type, wanted[p.block.Type], len(p.block.Labels))
		return
	}
	switch p.block.Type {
	case "resource", "data":
		p.resource()
	case "variable":
		p.variable()
	case "output":
		p.output()
	case "module":
		p.call()
	case "locals":
		p.localValues()
	case "provider":
		p.provider()
	case "terraform":
		p.settings()
	default:
		p.problem("%s is no block that bluegen writes", p.block.Type)
	}
}

// unused is what a linter would say: an input, a data source or a local value that nothing reads.
// A root's variables are the team's interface, and only the team's values may read them.
func (c *checker) unused(p place) {
	switch {
	case p.block.Type == "variable" && p.scope.module.Path != "", p.block.Type == "data":
		if !p.scope.used[p.block.Address()] {
			p.problem("is declared but never used")
		}
	case p.block.Type == "locals":
		for _, a := range attributesOf(p.block) {
			if !p.scope.used["local."+a.Name] {
				p.at(a.Name).problem("is declared but never used")
			}
		}
	}
}

// circles tells of resources that need each other; `terraform validate` itself says nothing of a resource that refers to itself.
func (c *checker) circles(s *scope) {
	const open, done = 1, 2
	state := map[string]int{}
	var visit func(address string, trail []string)
	visit = func(address string, trail []string) {
		switch state[address] {
		case done:
			return
		case open:
			circle := trail[slices.Index(trail, address):]
			place{check: c, scope: s, block: s.named[address]}.problem("depends on itself: %s", strings.Join(append(circle, address), " -> "))
			return
		}
		state[address] = open
		for _, next := range s.edges[address] {
			visit(next, append(slices.Clone(trail), address))
		}
		state[address] = done
	}
	for _, b := range s.blocks {
		if address := b.Address(); address != "" {
			visit(address, nil)
		}
	}
}

// providersRequired wants every provider of the module's blocks among its required_providers.
func (c *checker) providersRequired(s *scope) {
	required := map[string]bool{}
	for _, b := range s.blocks {
		if b.Type != "terraform" {
			continue
		}
		for _, nested := range nestedOf(b) {
			if nested.Type != "required_providers" {
				continue
			}
			for _, a := range attributesOf(nested) {
				required[a.Name] = true
			}
		}
	}
	told := map[string]bool{}
	for _, b := range s.blocks {
		provider := providerOf(b)
		if provider == "" || required[provider] || told[provider] {
			continue
		}
		told[provider] = true
		place{check: c, scope: s, block: b}.problem("the module's required_providers lack %s", provider)
	}
}

// providerOf is the provider that a resource, data or provider block needs, "" for every other block.
func providerOf(b *Block) string {
	switch {
	case b.Type == "provider" && len(b.Labels) == 1:
		return b.Labels[0]
	case (b.Type == "resource" || b.Type == "data") && len(b.Labels) == 2:
		provider, _, _ := strings.Cut(b.Labels[0], "_")
		return provider
	default:
		return ""
	}
}

// schemaOf finds the schema of a resource or data source.
func (c *checker) schemaOf(b *Block) (*schemas.View, *tfjson.SchemaBlock, error) {
	view := c.views[providerOf(b)]
	if view == nil {
		return nil, nil, errNoProvider
	}
	if b.Type == "data" {
		block, err := view.Data(b.Labels[0])
		return view, block, err
	}
	block, err := view.Resource(b.Labels[0])
	return view, block, err
}

type constant string

func (c constant) Error() string { return string(c) }

const errNoProvider = constant("is of no provider that bluegen has a schema of")
