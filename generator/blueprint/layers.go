package blueprint

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"bluegen/generator/diag"
)

// maxWork bounds what the environments of one blueprint cost: each decodes the base's nodes and fills the model's fields.
const (
	maxWork    = 400_000
	modelNodes = 200
)

// layer is one environment's: what it says over the rest.
type layer struct {
	name At[string]
	over *node
	// null says that its key holds nothing, bare that it is not even written: the environment as it is, or none of a base's.
	null, bare bool
}

// join lays environments over those of the same name in a base. null removes one of a base's, as it does everywhere; a key without a
// value says nothing in one file, and would remove here: it is refused.
func (l *loader) join(below, above []layer) []layer {
	var out []layer
	for len(below) > 0 || len(above) > 0 {
		switch {
		case len(above) == 0 || len(below) > 0 && below[0].name.V < above[0].name.V:
			out, below = append(out, below[0]), below[1:]
			continue
		case len(below) == 0 || above[0].name.V < below[0].name.V:
			if !above[0].null || above[0].bare {
				out = append(out, above[0])
			}
		case !above[0].null:
			over := above[0]
			over.over = merge(below[0].over, over.over, l.root)
			out, below = append(out, over), below[1:]
		default:
			if above[0].bare {
				l.report(codeBareOver, above[0].name.Range, fmt.Sprintf("the environment %s is neither taken nor left out", above[0].name.V),
					fmt.Sprintf("A base has it. Write %s: {} to take it as it is, %s: null to leave it out.", above[0].name.V, above[0].name.V), below[0].name.Range)
			}
			below = below[1:]
		}
		above = above[1:]
	}
	return out
}

// split takes extends and environments out of the document and returns the rest and the layers, sorted by name.
func (d *decoder) split(document *node) (base *node, layers []layer) {
	rest := *document
	rest.keys = slices.DeleteFunc(slices.Clone(document.keys), func(p pair) bool { return p.key == "environments" || p.key == "extends" })
	environments := document.said("environments")
	if environments == nil || environments.form == refused || !d.is(environments, mapping, "environments") {
		return &rest, nil
	}
	for _, k := range environments.keys {
		if complaint := d.check("environment", k.key); complaint != "" {
			d.report(codeEnvironment, k.at, fmt.Sprintf("%s cannot be the name of an environment", quote(k.key)), complaint)
		}
		over := &node{form: mapping, at: k.at, value: k.value.value}
		if !k.value.null() && k.value.form != refused && d.is(k.value, mapping, k.key) {
			over = d.overlay(k.value)
		}
		layers = append(layers, layer{name: At[string]{V: k.key, Range: k.at}, over: over, null: k.value.null(), bare: k.value.text == ""})
	}
	slices.SortFunc(layers, func(a, b layer) int { return cmp.Compare(a.name.V, b.name.V) })
	return &rest, layers
}

// overlay is a layer without the keys that hold for the whole blueprint, each of which is reported.
func (d *decoder) overlay(n *node) *node {
	over := *n
	over.keys = nil
	for _, k := range n.keys {
		switch k.key {
		case "version", "name", "engine", "extends", "environments":
			d.fixed(k, k.key)
			continue
		case "terraform":
			if directory := k.value.get("directory"); directory != nil {
				d.fixed(pair{at: directory.at}, "terraform.directory")
				without := *k.value
				without.keys = slices.DeleteFunc(slices.Clone(without.keys), func(p pair) bool { return p.key == "directory" })
				k.value = &without
			}
		}
		over.keys = append(over.keys, k)
	}
	return &over
}

func (d *decoder) fixed(k pair, name string) {
	d.report(codeOverlay, k.at, fmt.Sprintf("an environment cannot change %s", name), "It holds for the whole blueprint. Say it above environments, or make a blueprint of its own.")
}

// merge lays a node over another as the model says: mappings key by key; text, lists and values whole; null removes.
// Where both have a mapping, the key of the lower layer stays: it is the one that lacks what is missing. Another file's key does not:
// what a blueprint lacks is missing in the blueprint, not in the platform's base.
func merge(base, over *node, p *plan) *node {
	if base == nil || base.form != mapping || over.form != mapping {
		return over
	}
	child := func(string) *plan { return nil }
	switch p.shape {
	case shapeObject:
		child = func(key string) *plan {
			if f := p.field(key); f != nil {
				return f.plan
			}
			return nil
		}
	case shapeEntries:
		child = func(string) *plan { return p.elem }
	case shapePairs:
	default:
		return over
	}
	merged := *base
	if base.at.Filename != over.at.Filename {
		merged.at, merged.value = over.at, over.value
	}
	merged.keys = make([]pair, 0, len(base.keys)+len(over.keys))
	upper := make(map[string]pair, len(over.keys))
	for _, k := range over.keys {
		upper[k.key] = k
	}
	for _, k := range base.keys {
		o, both := upper[k.key]
		delete(upper, k.key)
		switch below := child(k.key); {
		case !both:
		case o.value.null():
			continue
		case below != nil:
			if k.at.Filename != o.at.Filename {
				k.at = o.at
			}
			k.value = merge(k.value, o.value, below)
		default:
			k = o
		}
		merged.keys = append(merged.keys, k)
	}
	for _, k := range over.keys {
		if _, left := upper[k.key]; left && !k.value.null() {
			merged.keys = append(merged.keys, k)
		}
	}
	return &merged
}

// service decodes one result into a Service.
func (d *decoder) service(n *node, file string, environment At[string]) *Service {
	s := &Service{File: file, Environment: environment}
	d.object(n, n.at, reflect.ValueOf(s).Elem(), d.plans.plans[reflect.TypeFor[Service]()], "the blueprint")
	return s
}

// engineOf is the engine that the key's value names. Where it says nothing that can be read, the rest is read as the first engine's.
func engineOf(n *node) string {
	if n != nil && n.form == scalar && slices.Contains(Engines(), n.text) {
		return n.text
	}
	return Engines()[0]
}

// Engines are the words of the key engine; the first is the one for new services.
func Engines() []string { return []string{"ecs", "appmesh"} }

// newer answers a blueprint of a later format before anything else of it is read.
func newer(document *node) *diag.Diagnostic {
	n := document.get("version")
	if n == nil || n.form != scalar {
		return nil
	}
	v, code, _ := parseScalar(n.text, n.plain, kindNumber)
	if number, ok := v.(int); code != "" || !ok || number <= 1 {
		return nil
	}
	return &diag.Diagnostic{Code: codeVersion, Subject: n.value, Summary: fmt.Sprintf("the blueprint has version %s, this bluegen reads version 1", clean(n.text)),
		Detail: "Upgrade bluegen, or write the blueprint as version 1 has it."}
}
