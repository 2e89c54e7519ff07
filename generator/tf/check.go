package tf

import (
	"fmt"
	"strings"

	"bluegen/schemas"

	"github.com/zclconf/go-cty/cty"
)

// Problem is a mistake of bluegen's, never of the user's: an address and a sentence.
type Problem struct {
	// Module is the module's path, "" for the root.
	Module string
	// Address is the block's, as references have it; a block without one is named by its type and labels, joined by dots.
	Address string
	// Message begins with the path of the argument within the block where there is one: "health_check.matcher: …".
	Message string
}

// Check is over trees: unknown, missing, read-only, wrong type, too many; dangling references; inputs and outputs between modules.
// It reads the documents whose name ends in .tf and leaves tests alone. A nil view knows no type. The problems are sorted and each is told once.
func Check(c *Config, aws, archive *schemas.View) []Problem {
	return new(Checker).Check(c, KeysOf(c), aws, archive)
}

type checker struct {
	views    map[string]*schemas.View
	scopes   map[string]*scope
	problems []Problem
	// outputs are the types of the outputs of modules that a Checker has seen before, by path.
	outputs map[string]cty.Type
}

// scope is a module while it is checked.
type scope struct {
	module *Module
	// blocks are all top-level blocks of the .tf documents, in order.
	blocks []*Block
	// named holds what can be referred to by its address.
	named map[string]*Block
	// locals holds the values of all locals blocks.
	locals map[string]Attr
	// used are the blocks and locals that something else refers to.
	used map[string]bool
	// edges are the references between resources and data sources, for finding circles.
	edges map[string][]string
	types map[string]cty.Type
	// typing are the addresses whose type is being found: a circle ends there.
	typing map[string]bool
}

// place is where an expression stands.
type place struct {
	check *checker
	scope *scope
	block *Block
	// path of the argument within the block, "" for the block itself.
	path string
	// each is the type of each.value, keyed by what for_each runs over; cty.NilType outside of for_each.
	each cty.Type
	// bound are the names of the enclosing For expressions.
	bound map[string]cty.Type
	// quiet is set when a type is found from elsewhere: the block's own check tells what is wrong with it.
	quiet bool
}

func (p place) at(name string) place {
	if p.path != "" {
		name = p.path + "." + name
	}
	p.path = name
	return p
}

func (p place) problem(format string, args ...any) {
	if p.quiet {
		return
	}
	message := fmt.Sprintf(format, args...)
	if p.path != "" {
		message = p.path + ": " + message
	}
	p.check.problems = append(p.check.problems, Problem{Module: p.scope.module.Path, Address: addressOf(p.block), Message: message})
}

func addressOf(b *Block) string {
	if address := b.Address(); address != "" {
		return address
	}
	return strings.Join(append([]string{b.Type}, b.Labels...), ".")
}

func (c *checker) open(m *Module) {
	s := &scope{
		module: m, named: map[string]*Block{}, locals: map[string]Attr{}, used: map[string]bool{},
		edges: map[string][]string{}, types: map[string]cty.Type{}, typing: map[string]bool{},
	}
	if c.scopes[m.Path] != nil {
		c.problems = append(c.problems, Problem{Module: m.Path, Message: "two modules have this path"})
		return
	}
	c.scopes[m.Path] = s
	for _, d := range m.Documents {
		if strings.HasSuffix(d.Name, ".tf") {
			s.blocks = append(s.blocks, d.Blocks...)
		}
	}
	for _, b := range s.blocks {
		c.declare(s, b)
	}
}

func (c *checker) declare(s *scope, b *Block) {
	p := place{check: c, scope: s, block: b}
	for _, l := range b.Labels {
		if !isIdentifier(l) {
			p.problem("label %q is no identifier", l)
		}
	}
	if address := b.Address(); address != "" {
		if s.named[address] != nil {
			p.problem("is declared twice")
			return
		}
		s.named[address] = b
	}
	if b.Type == "locals" {
		for _, a := range attributesOf(b) {
			if _, twice := s.locals[a.Name]; twice {
				p.at(a.Name).problem("is declared twice")
			}
			s.locals[a.Name] = a
		}
	}
}

func attributesOf(b *Block) []Attr {
	var out []Attr
	for _, it := range flat(b.Items) {
		if a, ok := it.(Attr); ok {
			out = append(out, a)
		}
	}
	return out
}

func nestedOf(b *Block) []*Block {
	var out []*Block
	for _, it := range flat(b.Items) {
		if n, ok := it.(*Block); ok {
			out = append(out, n)
		}
	}
	return out
}

// attribute returns the value of the block's argument, nil when it is not set.
func attribute(b *Block, name string) Expr { return argumentIn(b.Items, name) }

func argumentIn(items []Item, name string) Expr {
	for _, it := range items {
		switch it := it.(type) {
		case Attr:
			if it.Name == name {
				return it.Value
			}
		case Items:
			if e := argumentIn(it, name); e != nil {
				return e
			}
		}
	}
	return nil
}
