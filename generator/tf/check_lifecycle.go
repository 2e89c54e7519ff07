package tf

import (
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

func (p place) lifecycle(b *Block, schema *tfjson.SchemaBlock) {
	for _, it := range flat(b.Items) {
		switch it := it.(type) {
		case Attr:
			p.at(it.Name).lifecycleArgument(it, schema)
		case *Block:
			if it.Type != "precondition" && it.Type != "postcondition" {
				p.at(it.Type).problem("there is no such block")
				continue
			}
			p.at(it.Type).condition(it)
		}
	}
}

func (p place) lifecycleArgument(a Attr, schema *tfjson.SchemaBlock) {
	switch {
	case p.block.Type != "resource":
		p.problem("a data source has no such argument")
	case a.Name == "ignore_changes":
		p.ignored(a.Value, schema)
	case a.Name == "prevent_destroy" || a.Name == "create_before_destroy":
		// Terraform reads these before it evaluates anything.
		if l, ok := a.Value.(Lit); !ok || !printable(l.Value) || l.Value.Type() != cty.Bool {
			p.problem("must be true or false")
		}
	case a.Name == "replace_triggered_by":
		p.infer(a.Value)
	default:
		p.problem("there is no such argument")
	}
}

// ignored wants the resource's own arguments, those that a configuration can set.
func (p place) ignored(e Expr, schema *tfjson.SchemaBlock) {
	if n, ok := e.(Named); ok && n.Kind == KeywordValue && len(n.Path) == 1 && n.Path[0] == "all" {
		return
	}
	l, ok := e.(List)
	if !ok {
		p.problem("must be a list of arguments")
		return
	}
	for _, item := range l.Items {
		n, ok := item.(Named)
		if !ok || n.Kind != OwnArgument || len(n.Path) == 0 {
			p.problem("must be a list of the resource's own arguments")
			continue
		}
		name := n.Path[0]
		a := schema.Attributes[name]
		switch {
		case a == nil && schema.NestedBlocks[name] == nil:
			p.problem("there is no argument %s to ignore", name)
		case a != nil && !a.Required && !a.Optional:
			p.problem("%s is read-only, it cannot change by configuration", name)
		}
	}
}

// condition checks a validation, precondition or postcondition.
func (p place) condition(b *Block) {
	p.arguments(b, map[string]cty.Type{"condition": cty.Bool, "error_message": cty.String}, "condition", "error_message")
	for _, n := range nestedOf(b) {
		p.at(n.Type).problem("there is no such block")
	}
}

// arguments checks a body whose arguments Terraform itself defines.
func (p place) arguments(b *Block, types map[string]cty.Type, required ...string) {
	set := map[string]bool{}
	for _, a := range attributesOf(b) {
		q := p.at(a.Name)
		t, ok := types[a.Name]
		switch {
		case !ok:
			q.problem("there is no such argument")
		case set[a.Name]:
			q.problem("is set twice")
		case t == cty.NilType: // the caller looks at it
		default:
			q.assign(a.Value, t)
		}
		set[a.Name] = true
	}
	for _, name := range required {
		if !set[name] {
			p.at(name).problem("is required")
		}
	}
}
