package blueprint

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// decoder fills the model from a tree, driven by the model's tags. It reports every mistake and goes on.
type decoder struct {
	plans  planner
	checks map[string]check
	diags  diag.List
	// layer says that this is one layer alone: another may supply what it lacks.
	layer bool
	// environment is whose layer or result is read.
	environment string
}

func (d *decoder) report(code diag.Code, at hcl.Range, summary, detail string, related ...hcl.Range) {
	d.diags = append(d.diags, diag.Diagnostic{Code: code, Subject: at, Summary: summary, Detail: detail, Related: related, Environment: d.environment})
}

// fill fills v, of plan p, from a node that is there and not null. Name is the key that the messages say.
func (d *decoder) fill(n *node, v reflect.Value, p *plan, r *rules, name string) {
	if n.form == refused {
		return
	}
	switch p.shape {
	case shapeLeaf:
		d.leaf(n, v, p, r, name)
	case shapeValue:
		d.value(n, v, p, r, name)
	case shapeObject:
		if d.is(n, mapping, name) {
			d.object(n, n.at, v, p, name)
		}
	case shapeList:
		if d.is(n, list, name) {
			d.list(n, v, p, r, name)
		}
	case shapeEntries:
		if d.is(n, mapping, name) {
			d.entries(n, v, p, r, name)
		}
	case shapePairs:
		if d.is(n, mapping, name) {
			pairs := d.pairs(n, name)
			v.Set(reflect.ValueOf(pairs))
		}
	}
}

// is reports a node of another form.
func (d *decoder) is(n *node, want form, name string) bool {
	if n.form == want {
		return true
	}
	d.report(codeType, n.value, fmt.Sprintf("%s must be %s, not %s", name, want, n.what()), formExample(want))
	return false
}

// String names a form in a message.
func (f form) String() string {
	switch f {
	case list:
		return "a list"
	case mapping:
		return "a mapping"
	default:
		return "a single value"
	}
}

// what names a node in a message.
func (n *node) what() string {
	switch {
	case n.form != scalar:
		return n.form.String()
	case n.null():
		return "nothing"
	default:
		return quote(n.text)
	}
}

func formExample(want form) string {
	switch want {
	case list:
		return "Write [first, second], or one item a line behind a dash."
	case mapping:
		return "Write its keys in lines of their own, indented, or in braces."
	default:
		return "Write one value behind the colon."
	}
}

// object fills a struct. A nil node is one that is not written: defaults fill it, at names the nearest written parent.
func (d *decoder) object(n *node, at hcl.Range, v reflect.Value, p *plan, name string) {
	if p.node != nil {
		v.FieldByIndex(p.node).Set(reflect.ValueOf(Node{Range: at, Default: n == nil}))
	}
	if p.inlined != nil {
		part := v.FieldByIndex(p.inlined)
		part.Set(reflect.New(part.Type().Elem()))
	}
	if n != nil {
		d.unknown(n, p, name)
	}
	kind := d.kind(n, p)
	for _, f := range p.fields {
		target := v
		if f.inline {
			target = v.FieldByIndex(p.inlined).Elem()
		}
		if kind != "" && !f.rules.under(kind) {
			if said := n.said(f.key); said != nil {
				d.report(codeOtherKind, said.at, fmt.Sprintf("%s belongs to kind: %s, this is kind: %s", f.key, strings.Join(f.rules.kinds, ", "), kind),
					fmt.Sprintf("Remove %s, or change the kind.", f.key), n.get("kind").value)
			}
			continue
		}
		d.field(n, at, target.FieldByIndex(f.index), f, name, kind)
	}
	if !d.layer {
		d.group(n, at, p, name)
	}
}

// kind is what the key kind says, empty where the object has no kinds or an unknown one.
func (d *decoder) kind(n *node, p *plan) string {
	f := p.field("kind")
	if f == nil || !slices.ContainsFunc(p.fields, func(f *field) bool { return f.rules.kinds != nil }) {
		return ""
	}
	if said := n.said("kind"); said != nil && said.form == scalar && slices.Contains(f.rules.enum, said.text) {
		return said.text
	}
	return ""
}

// field fills one field of an object whose node may be nil.
func (d *decoder) field(n *node, at hcl.Range, v reflect.Value, f *field, name, kind string) {
	if said := n.said(f.key); said != nil {
		if f.optional {
			v.Set(reflect.New(v.Type().Elem()))
			v = v.Elem()
		}
		d.fill(said, v, f.plan, &f.rules, f.key)
		return
	}
	// Under an unknown kind, the keys of the kinds are not missed.
	if f.rules.required && !d.layer && f.rules.under(kind) {
		d.report(codeRequired, at, fmt.Sprintf("%s lacks %s", name, f.key), fmt.Sprintf("Add %s.", example(f)))
		// What is missing as a whole is missed once, not key by key.
		defer func() { d.layer = false }()
		d.layer = true
	}
	if f.optional {
		return
	}
	switch f.plan.shape {
	case shapeObject:
		d.object(nil, at, v, f.plan, f.key)
	case shapeLeaf:
		d.fallback(at, v, f)
	case shapeValue:
		v.Addr().Interface().(sourced).said(at)
	case shapeList, shapeEntries, shapePairs:
		// An omitted collection is empty.
	}
}

// fallback fills an omitted leaf.
func (d *decoder) fallback(at hcl.Range, v reflect.Value, f *field) {
	var filled any
	if f.rules.hasFallback {
		filled, _, _ = parseScalar(f.rules.fallback, true, f.plan.scalar)
	}
	v.Addr().Interface().(leaf).put(filled, at, true)
}

// unknown reports keys that the model does not have.
func (d *decoder) unknown(n *node, p *plan, name string) {
	var known []string
	var listed string
	for _, k := range n.keys {
		if p.field(k.key) != nil || d.ofOther(k, p) {
			continue
		}
		if known == nil {
			if known = p.keys(); p.inlined != nil {
				known = append(known, "extends", "environments")
			}
			listed = "It knows " + oneOf(known) + "."
		}
		d.report(codeUnknown, k.at, fmt.Sprintf("%s has no key %s", name, quote(k.key)), didYouMean(k.key, known)+listed)
	}
}

// ofOther answers a key that only another engine has.
func (d *decoder) ofOther(k pair, p *plan) bool {
	for _, f := range p.foreign {
		if f.key == k.key {
			d.report(codeOtherEngine, k.at, fmt.Sprintf("%s belongs to engine: %s, this is engine: %s", f.key, f.engine, d.plans.engine),
				fmt.Sprintf("Remove %s, or change the engine.", f.key))
			return true
		}
	}
	return false
}

// group reports an object that has none or several of the keys of which it wants exactly one.
func (d *decoder) group(n *node, at hcl.Range, p *plan, name string) {
	var all, said []string
	var where []hcl.Range
	for _, f := range p.fields {
		if f.rules.group == "" {
			continue
		}
		all = append(all, f.key)
		if v := n.said(f.key); v != nil {
			said, where = append(said, f.key), append(where, v.at)
		}
	}
	none, several := "none of its keys", "Each item says exactly one of its keys. Give the other an item of its own."
	if len(all) < len(p.fields) { // it has other keys too
		none, several = "none of "+oneOf(all), fmt.Sprintf("It says exactly one of %s. Give the other a key of its own.", oneOf(all))
	}
	switch {
	case len(all) == 0 || len(said) == 1:
	case len(said) == 0:
		d.report(codeExactlyOne, at, name+" says "+none, fmt.Sprintf("Say exactly one of %s.", oneOf(all)))
	default:
		slices.SortFunc(where, func(a, b hcl.Range) int { return cmp.Compare(a.Start.Byte, b.Start.Byte) })
		d.report(codeExactlyOne, where[1], fmt.Sprintf("%s says %s", name, strings.Join(said, " and ")), several, where[0])
	}
}
