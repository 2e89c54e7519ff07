package tf

import (
	"slices"

	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

// resource checks a resource or data block against its schema, and what Terraform itself reads of it.
func (p place) resource() {
	view, schema, err := p.check.schemaOf(p.block)
	if err != nil {
		p.problem("%v", err)
		return
	}
	rules := p.block.Labels[0]
	if p.block.Type == "data" {
		rules = "data." + rules
	}
	p.each = p.repetition()
	var items []Item
	for _, it := range flat(p.block.Items) {
		switch it := it.(type) {
		case Attr:
			if slices.Contains([]string{"for_each", "count"}, it.Name) {
				continue
			}
			if it.Name == "depends_on" {
				p.at(it.Name).dependencies(it.Value)
				continue
			}
			if it.Name == "provider" {
				p.at(it.Name).problem("bluegen's resources use the default provider")
				continue
			}
		case *Block:
			if it.Type == "lifecycle" {
				p.at(it.Type).lifecycle(it, schema)
				continue
			}
		}
		items = append(items, it)
	}
	body{place: p, view: view, rules: rules}.check(items, schema)
}

// body is the inside of a resource, of a block within it, or of a provider's configuration.
type body struct {
	place
	view *schemas.View
	// rules is the type whose value rules hold, "" for none.
	rules string
}

func (b body) check(items []Item, schema *tfjson.SchemaBlock) {
	set := map[string]bool{}
	count := map[string]int{}
	repeated := map[string]bool{} // by a dynamic block: how many there are is known at plan
	for _, it := range items {
		switch it := it.(type) {
		case Attr:
			if set[it.Name] {
				b.at(it.Name).problem("is set twice")
				continue
			}
			set[it.Name] = true
			b.argument(it, schema)
		case *Block:
			if it.Type == "dynamic" && len(it.Labels) == 1 {
				repeated[it.Labels[0]] = true
			}
			count[it.Type]++
			b.nested(it, schema)
		}
	}
	for name, a := range schema.Attributes {
		if a.Required && !set[name] && count[name] == 0 && !repeated[name] {
			b.at(name).problem("is required")
		}
	}
	for name, nested := range schema.NestedBlocks {
		limit := nested.MaxItems
		if nested.NestingMode == tfjson.SchemaNestingModeSingle || nested.NestingMode == tfjson.SchemaNestingModeGroup {
			limit = 1
		}
		switch n := uint64(count[name]); {
		case n < nested.MinItems && !set[name] && !repeated[name]:
			b.at(name).problem("at least %d of these blocks are required, not %d", nested.MinItems, n)
		case limit > 0 && n > limit:
			b.at(name).problem("at most %d of these blocks are allowed, not %d", limit, n)
		}
	}
	b.conflicts(set, count)
}

func (b body) argument(a Attr, schema *tfjson.SchemaBlock) {
	p := b.at(a.Name)
	s, ok := schema.Attributes[a.Name]
	switch {
	case !ok && schema.NestedBlocks[a.Name] != nil:
		p.problem("is a block, not an argument")
		return
	case !ok:
		p.problem("there is no such argument")
		return
	case !s.Required && !s.Optional:
		p.problem("is read-only")
		return
	}
	v := p.assign(a.Value, attributeType(s))
	if s.Required && v.IsNull() {
		p.problem("is required, and null")
		return
	}
	if b.rules != "" {
		b.values(a.Name, v)
	}
}

func (b body) nested(n *Block, schema *tfjson.SchemaBlock) {
	s, ok := schema.NestedBlocks[n.Type]
	p := b.at(n.Type)
	switch {
	case n.Type == "dynamic":
		b.dynamic(n, schema)
	case !ok && schema.Attributes[n.Type] != nil:
		p.problem("is an argument, not a block")
	case !ok:
		p.problem("there is no such block")
	case len(n.Labels) > 0:
		p.problem("the block has no labels")
	default:
		b.place = p
		b.check(flat(n.Items), s.Block)
	}
}

// dynamic checks the block that Terraform repeats for each element of a collection.
func (b body) dynamic(n *Block, schema *tfjson.SchemaBlock) {
	p := b.at("dynamic")
	if len(n.Labels) != 1 {
		p.problem("names one block, not %d", len(n.Labels))
		return
	}
	name := n.Labels[0]
	s, ok := schema.NestedBlocks[name]
	content := nestedOf(n)
	arguments := attributesOf(n)
	switch {
	case !ok:
		p.problem("there is no block %s", name)
	case len(arguments) != 1 || arguments[0].Name != "for_each":
		p.problem("%s needs for_each, and takes nothing else", name)
	case len(content) != 1 || content[0].Type != "content" || len(content[0].Labels) > 0:
		p.problem("%s needs one content", name)
	default:
		b.place = b.at(name)
		t := b.at("for_each").infer(arguments[0].Value).Type()
		if t.IsPrimitiveType() {
			b.problem("for_each wants a collection, not %s", t.FriendlyName())
			return
		}
		b.place = b.binding(name, cty.Object(map[string]cty.Type{"key": keyType(t), "value": elementType(t)}))
		b.check(flat(content[0].Items), s.Block)
	}
}

// repetition checks for_each and count and returns what each is.
func (p place) repetition() cty.Type {
	forEach, count := attribute(p.block, "for_each"), attribute(p.block, "count")
	if count != nil {
		p.at("count").assign(count, cty.Number)
		if forEach != nil {
			p.at("count").problem("cannot stand beside for_each")
		}
	}
	if forEach == nil {
		return cty.NilType
	}
	q := p.at("for_each")
	t := q.infer(forEach).Type()
	if t != cty.DynamicPseudoType && !t.IsMapType() && !t.IsObjectType() && !t.Equals(cty.Set(cty.String)) {
		q.problem("wants a map or a set of strings, not %s", t.FriendlyName())
		return cty.DynamicPseudoType
	}
	return elementType(t)
}

// dependencies wants references to whole blocks.
func (p place) dependencies(e Expr) {
	l, ok := e.(List)
	if !ok {
		p.problem("must be a list of blocks")
		return
	}
	for _, item := range l.Items {
		r, ok := item.(Ref)
		switch {
		case !ok:
			p.problem("must be a list of blocks")
		case len(r.Path) > 0:
			p.problem("names a whole block, not its %s", r.Path[0])
		default:
			p.ref(r)
		}
	}
}
