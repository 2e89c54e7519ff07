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

// layer is one environment's: what it says over the base.
type layer struct {
	name At[string]
	over *node
}

// split takes environments out of the document and returns the rest and the layers, sorted by name.
func (d *decoder) split(document *node) (base *node, layers []layer) {
	rest := *document
	rest.keys = slices.DeleteFunc(slices.Clone(document.keys), func(p pair) bool { return p.key == "environments" })
	environments := document.said("environments")
	if environments == nil || environments.form == refused || !d.is(environments, mapping, "environments") {
		return &rest, nil
	}
	if len(environments.keys)*(rest.size()+modelNodes) > maxWork {
		d.report(codeTooLarge, environments.at, fmt.Sprintf("%d environments of a blueprint this large", len(environments.keys)), "Split the blueprint.")
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
		layers = append(layers, layer{name: At[string]{V: k.key, Range: k.at}, over: over})
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
		case "version", "name", "engine", "environments":
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
// The key of the lower layer stays where both have a mapping: it is the one that lacks what is missing.
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

// engineOf is what the key engine says. Where it says nothing that can be read, the rest is read as the first engine's.
func engineOf(document *node) string {
	if n := document.said("engine"); n != nil && n.form == scalar && slices.Contains(Engines(), n.text) {
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
