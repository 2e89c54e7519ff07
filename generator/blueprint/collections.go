package blueprint

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// list fills a list; every item is held against the rules of the list's field.
func (d *decoder) list(n *node, v reflect.Value, p *plan, r *rules, name string) {
	if len(n.items) == 0 && r.required {
		d.report(codeEmptyList, n.value, name+" is empty", fmt.Sprintf("Give %s at least one item.", name))
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	first := map[string]hcl.Range{}
	// A list is of one layer: what an item lacks, no other layer supplies.
	defer func(layer bool) { d.layer = layer }(d.layer)
	d.layer = false
	for i, item := range n.items {
		if item.form == refused {
			continue
		}
		if item.null() {
			d.report(codeType, item.value, fmt.Sprintf("an item of %s is nothing", name), "Write a value behind the dash, or remove it.")
			continue
		}
		called := name
		if p.elem.shape == shapeObject {
			called = "an item of " + name
		}
		d.fill(item, v.Index(i), p.elem, r, called)
		if before, twice := first[item.text]; r.unique && twice && item.form == scalar {
			d.report(codeRepeated, item.value, fmt.Sprintf("%s has %s twice", name, quote(item.text)), "Once is enough. Remove one.", before)
		}
		first[item.text] = item.value
	}
}

// entries fills a mapping whose keys are the user's, sorted by key. A key without a value is an empty mapping, which lacks what it must have.
func (d *decoder) entries(n *node, v reflect.Value, p *plan, r *rules, name string) {
	sorted := slices.SortedStableFunc(slices.Values(n.keys), func(a, b pair) int { return cmp.Compare(a.key, b.key) })
	v.Set(reflect.MakeSlice(v.Type(), len(sorted), len(sorted)))
	for i, k := range sorted {
		if complaint := d.check(r.pattern, k.key); complaint != "" {
			d.report(codePattern, k.at, fmt.Sprintf("%s cannot be a key of %s", quote(k.key), name), complaint)
		}
		key, _ := v.Index(i).Addr().Interface().(entry).parts()
		key.put(k.key, k.at, false)
		switch {
		case !k.value.null():
			d.fill(k.value, v.Index(i).FieldByName("V"), p.elem, r, k.key)
		case p.elem.shape == shapeObject && !d.layer:
			d.object(&node{form: mapping, at: k.at, value: k.at}, k.at, v.Index(i).FieldByName("V"), p.elem, k.key)
		case p.elem.shape != shapeObject && !d.layer:
			d.report(codeType, k.at, fmt.Sprintf("%s of %s is nothing", quote(k.key), name), "Write a value, or remove the key.")
		}
	}
}

// pairs reads a mapping of text to text, sorted by key.
func (d *decoder) pairs(n *node, name string) []Pair {
	pairs := make([]Pair, 0, len(n.keys))
	for _, k := range n.keys {
		p := Pair{Key: At[string]{V: k.key, Range: k.at}, Value: At[string]{V: k.value.text, Range: k.value.value}}
		switch {
		case k.value.form == refused:
		case k.value.null() && !d.layer:
			d.report(codeType, k.at, fmt.Sprintf("%s of %s has no value", quote(k.key), name), `Write "" for an empty text, or remove the key.`)
		case k.value.form != scalar:
			d.is(k.value, scalar, quote(k.key)+" of "+name)
		default:
			d.plainText(k.value, quote(k.key)+" of "+name)
		}
		if k.key == "" || hasControl(k.key, false) {
			d.report(codePattern, k.at, fmt.Sprintf("%s cannot be a key of %s", quote(k.key), name), "It is empty or has control characters.")
		}
		pairs = append(pairs, p)
	}
	slices.SortStableFunc(pairs, func(a, b Pair) int { return cmp.Compare(a.Key.V, b.Key.V) })
	return pairs
}
