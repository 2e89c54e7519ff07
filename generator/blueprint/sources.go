package blueprint

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"bluegen/generator/diag"
)

// value fills a Value: a literal, or a mapping that says where the value comes from.
func (d *decoder) value(n *node, v reflect.Value, p *plan, r *rules, name string) {
	target := v.Addr().Interface().(sourced)
	target.said(n.value)
	switch {
	case n.form == mapping:
		d.origin(n, target, r, name)
	case !p.many && d.is(n, scalar, name):
		if filled, ok := d.scalar(n, p.scalar, r, name); ok {
			target.literal(filled)
		}
	case p.many && d.is(n, list, name):
		if texts, ok := d.texts(n, r, name); ok {
			target.literal(texts)
		}
	}
}

// texts reads the list of a literal.
func (d *decoder) texts(n *node, r *rules, name string) ([]string, bool) {
	if len(n.items) == 0 {
		d.report(codeEmptyList, n.value, name+" is empty", "Give it at least one item, or leave the key out.")
		return nil, false
	}
	texts, all := make([]string, 0, len(n.items)), true
	for _, item := range n.items {
		if item.null() {
			d.report(codeType, item.value, fmt.Sprintf("an item of %s is nothing", name), "Write a value, or remove it.")
			all = false
			continue
		}
		if !d.is(item, scalar, "an item of "+name) {
			all = false
			continue
		}
		_, ok := d.scalar(item, kindText, r, name)
		texts, all = append(texts, item.text), all && ok
	}
	return texts, all
}

// origin reads {variable: name}, {ssm: /path} or {lookup: {…}}.
func (d *decoder) origin(n *node, target sourced, r *rules, name string) {
	known := []string{"variable", "ssm"}
	if len(r.lookup) > 0 {
		known = append(known, "lookup")
	}
	ways := "a literal, {variable: name}, {ssm: /path}"
	if len(r.lookup) > 0 {
		ways += " or {lookup: {…}}"
	}
	for _, k := range n.keys {
		switch {
		case k.key == "lookup" && len(r.lookup) == 0:
			d.report(codeSource, k.at, name+" takes no lookup", fmt.Sprintf("It is %s.", ways))
			return
		case !slices.Contains(known, k.key):
			d.report(codeSource, k.at, fmt.Sprintf("%s cannot come from %s", name, quote(k.key)), fmt.Sprintf("%sIt is %s.", didYouMean(k.key, known), ways))
			return
		}
	}
	if len(n.keys) != 1 {
		d.report(codeSource, n.value, fmt.Sprintf("%s must come from exactly one source", name), fmt.Sprintf("It is %s.", ways))
		return
	}
	k := n.keys[0]
	if k.value.form == refused {
		return
	}
	switch k.key {
	case "variable":
		if d.name(k, codeVariable, "variable", name) {
			target.from(Variable, k.value.text, Query{})
		}
	case "ssm":
		if d.name(k, codeParameter, "parameter", name) {
			target.from(SSM, k.value.text, Query{})
		}
	default:
		if d.is(k.value, mapping, "lookup") {
			if q, ok := d.query(k.value, r, name); ok {
				target.from(Lookup, "", q)
			}
		}
	}
}

// name checks the name of a variable or a parameter, which the key k holds.
func (d *decoder) name(k pair, code diag.Code, pattern, name string) bool {
	n := k.value
	if n.null() {
		d.report(code, n.value, fmt.Sprintf("%s names no %s", name, pattern), d.checks[pattern].sentence)
		return false
	}
	if !d.is(n, scalar, k.key) {
		return false
	}
	if complaint := d.check(pattern, n.text); complaint != "" {
		d.report(code, n.value, fmt.Sprintf("%s cannot be the name of a %s", quote(n.text), pattern), complaint)
		return false
	}
	return true
}

// query reads the keys of a lookup: name or tags, or load_balancer with port, as the field admits.
func (d *decoder) query(n *node, r *rules, name string) (Query, bool) {
	q, before := Query{}, len(d.diags)
	for _, k := range n.keys {
		switch {
		case !slices.Contains(r.lookup, k.key):
			d.report(codeLookup, k.at, fmt.Sprintf("%s is not looked up by %s", name, quote(k.key)),
				fmt.Sprintf("%sIt is looked up by %s.", didYouMean(k.key, r.lookup), lookupWays(r.lookup)))
		case k.value.null() || k.value.form == refused:
		default:
			d.queryKey(&q, k)
		}
	}
	if len(d.diags) == before && !complete(q) {
		d.report(codeLookup, n.at, fmt.Sprintf("the lookup of %s must say %s", name, lookupWays(r.lookup)), lookupDetail(r.lookup))
	}
	return q, len(d.diags) == before
}

func (d *decoder) queryKey(q *Query, k pair) {
	text := rules{pattern: "text"}
	switch k.key {
	case "tags":
		if d.is(k.value, mapping, "tags") {
			q.Tags = d.pairs(k.value, "tags")
		}
	case "port":
		if d.is(k.value, scalar, "port") {
			port, _ := d.scalar(k.value, kindNumber, &rules{min: "1", max: "65535"}, "port")
			q.Port, _ = port.(int)
		}
	case "name":
		if d.is(k.value, scalar, "name") && d.text(k.value, &text, "name") {
			q.Name = k.value.text
		}
	case "load_balancer":
		if d.is(k.value, scalar, "load_balancer") && d.text(k.value, &text, "load_balancer") {
			q.LoadBalancer = k.value.text
		}
	}
}

// complete reports whether a lookup finds one thing: by name or by tags, or by load balancer and port.
func complete(q Query) bool {
	if q.LoadBalancer != "" || q.Port != 0 {
		return q.LoadBalancer != "" && q.Port != 0
	}
	return (q.Name != "") != (len(q.Tags) > 0)
}

// lookupWays names the keys of a lookup: one of them is said, but a listener's two go together.
func lookupWays(keys []string) string {
	if slices.Contains(keys, "load_balancer") {
		return strings.Join(keys, " and ")
	}
	return strings.Join(keys, " or ")
}

func lookupDetail(keys []string) string {
	if slices.Contains(keys, "load_balancer") {
		return "A listener is found by the load balancer's name and its own port. Say both."
	}
	return "Say exactly one of them: what is looked up must be one thing."
}
