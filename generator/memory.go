package generator

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"bluegen/generator/tf"
	"bluegen/schemas"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// memoryService is the fact that holds the service's name; every other fact is a resource.
const memoryService = "service"

// memory is what the next run needs to know of this one: by the address of each resource the arguments that replace it, as a query
// string, and the service's name. It is short, sorted and one line a resource, for the manifest.
func memory(service string, config *tf.Config, aws *schemas.View) map[string]string {
	out := map[string]string{memoryService: service}
	for _, r := range resources(config) {
		typ := r.block.Labels[0]
		if _, revision := aws.Revision(typ); revision {
			continue
		}
		replaces := aws.Replaces(typ)
		said := url.Values{}
		for _, item := range r.block.Items {
			a, ok := item.(tf.Attr)
			if !ok || !slices.Contains(replaces, a.Name) {
				continue
			}
			if text, ok := spelt(a.Value, r.call); ok {
				said.Set(a.Name, text)
			}
		}
		out[r.address()] = said.Encode()
	}
	return out
}

// resource is a resource block and the root's call of its module, nil in the root itself.
type resource struct{ block, call *tf.Block }

func (r resource) address() string {
	if r.call == nil {
		return r.block.Address()
	}
	return r.call.Address() + "." + r.block.Address()
}

// origin is where the blueprint says it, or says what it belongs to.
func (r resource) origin() hcl.Range {
	if r.call == nil || r.block.Origin.Filename != "" {
		return r.block.Origin
	}
	return r.call.Origin
}

// resources are all that a configuration makes, module calls repeated.
func resources(config *tf.Config) []resource {
	var out []resource
	byPath := map[string]*tf.Module{}
	for _, m := range config.Modules {
		byPath[m.Path] = m
	}
	add := func(m *tf.Module, call *tf.Block) {
		for _, b := range configured(m, "resource") {
			out = append(out, resource{block: b, call: call})
		}
	}
	root := byPath[""]
	if root == nil {
		return nil
	}
	add(root, nil)
	for _, call := range configured(root, "module") {
		source, _ := spelt(argument(call, "source"), nil)
		if m := byPath[strings.TrimPrefix(source, "./")]; m != nil {
			add(m, call)
		}
	}
	return out
}

// configured are a module's blocks of one type, those of its tests left out.
func configured(m *tf.Module, typ string) []*tf.Block {
	var out []*tf.Block
	for _, d := range m.Documents {
		if strings.Contains(d.Name, "/") {
			continue
		}
		for _, b := range d.Blocks {
			if b.Type == typ {
				out = append(out, b)
			}
		}
	}
	return out
}

// required are the root's variables that whoever applies must say.
func required(config *tf.Config) []string {
	var out []string
	for _, m := range config.Modules {
		if m.Path != "" {
			continue
		}
		for _, b := range configured(m, "variable") {
			if argument(b, "default") == nil {
				out = append(out, b.Labels[0])
			}
		}
	}
	return out
}

func argument(b *tf.Block, name string) tf.Expr {
	for _, item := range b.Items {
		if a, ok := item.(tf.Attr); ok && a.Name == name {
			return a.Value
		}
	}
	return nil
}

// spelt is an expression in a word: a literal's value, the name of a root variable or a data source. What a module's variable holds
// is what the call passes. It answers false where the value follows from another resource, or is more than a word.
func spelt(e tf.Expr, call *tf.Block) (string, bool) {
	switch e := e.(type) {
	case tf.Lit:
		return literal(e.Value)
	case tf.Template:
		text := ""
		for _, part := range e.Parts {
			word, ok := spelt(part, call)
			if !ok {
				return "", false
			}
			text += word
		}
		return text, true
	case tf.Ref:
		if call != nil && e.Block.Type == "variable" {
			return spelt(within(argument(call, e.Block.Labels[0]), e.Path), nil)
		}
		if e.Block.Type == "variable" || e.Block.Type == "data" {
			return strings.Join(append([]string{e.Block.Address()}, e.Path...), "."), true
		}
	}
	return "", false
}

// within is what an object has at a path; nil where it is no object.
func within(e tf.Expr, path []string) tf.Expr {
	for _, name := range path {
		o, ok := e.(tf.Object)
		if !ok {
			return nil
		}
		i := slices.IndexFunc(o.Fields, func(f tf.Field) bool { return f.Key == name })
		if i < 0 {
			return nil
		}
		e = o.Fields[i].Value
	}
	return e
}

func literal(v cty.Value) (string, bool) {
	if v.IsNull() || !v.IsWhollyKnown() {
		return "", false
	}
	if text, err := convert.Convert(v, cty.String); err == nil {
		return text.AsString(), true
	}
	text, err := ctyjson.Marshal(v, v.Type())
	return string(text), err == nil
}

// addresses are the resources of a memory, sorted.
func addresses(m map[string]string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(m)), func(key string) bool { return !strings.Contains(key, ".") })
}
