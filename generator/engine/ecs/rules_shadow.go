package ecs

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// ruleAt is one listener rule with its listener, for comparisons across keys.
type ruleAt struct {
	what     string
	listener string
	priority blueprint.At[int]
	when     []blueprint.Condition
	at       hcl.Range
}

func (d *deployment) listenerRuleList() []ruleAt {
	var out []ruleAt
	for _, p := range d.albs() {
		production, listener := p.alb.Production, listenerOf(p.alb.ListenerARN)
		out = append(out, ruleAt{"the production rule of " + p.key, listener, production.Priority, production.When, production.Range})
		if t := p.alb.Test; p.test {
			if p.apart {
				listener = listenerOf(t.ListenerARN)
			}
			out = append(out, ruleAt{"the test rule of " + p.key, listener, t.Priority, t.When, t.Range})
		}
	}
	return out
}

// listenerOf is equal for values that are the same listener: an omitted one is the variable of the obvious name.
func listenerOf(v blueprint.Value[string]) string {
	if !v.Said() {
		v.From, v.Name = blueprint.Variable, "listener_arn"
	}
	return listens(v)
}

// listenerRules: priorities are unique in a listener, and every rule gets requests.
func listenerRules(d *deployment) diag.List {
	var out diag.List
	list := d.listenerRuleList()
	for i, r := range list {
		for _, first := range list[:i] {
			if r.listener == first.listener {
				out = append(out, twoRules(first, r)...)
			}
		}
	}
	return out
}

// twoRules judges two rules of one listener.
func twoRules(first, second ruleAt) diag.List {
	var out diag.List
	if second.priority.V == first.priority.V {
		out = append(out, parts.Found(CodePriorityTwice, second.priority.Range, fmt.Sprintf("Priority %d is taken by %s", second.priority.V, first.what),
			"A priority is unique in its listener. Take another number.", first.priority.Range))
	}
	if covers(first.when, second.when) && covers(second.when, first.when) {
		return append(out, parts.Found(CodeSameRule, second.at, parts.Sentence(second.what)+" matches the same requests as "+first.what,
			"Whichever has the lower number takes every request of the other. Give one of them a condition more, such as a header, or a listener of its own.", first.at))
	}
	front, behind := first, second
	if second.priority.V < first.priority.V {
		front, behind = second, first
	}
	if front.priority.V < behind.priority.V && covers(front.when, behind.when) {
		out = append(out, parts.Found(CodeShadowed, behind.priority.Range, fmt.Sprintf("%s (%d) stands behind %s (%d) and never matches", parts.Sentence(behind.what), behind.priority.V, front.what, front.priority.V),
			fmt.Sprintf("The lower number is evaluated first, and it takes every request that this rule could. Give this one a number below %d.", front.priority.V), front.priority.Range))
	}
	return out
}

// covers: whatever the narrow conditions match, the wide ones match too. It may miss some, and never says it wrongly.
func covers(wide, narrow []blueprint.Condition) bool {
	return !slices.ContainsFunc(wide, func(w blueprint.Condition) bool {
		return !matchesAll(w) && !slices.ContainsFunc(narrow, func(n blueprint.Condition) bool { return implies(n, w) })
	})
}

// matchesAll: every request has a path that begins with a slash, and a host.
func matchesAll(c blueprint.Condition) bool {
	return slices.ContainsFunc(c.PathPattern, func(v blueprint.At[string]) bool { return v.V == "/*" || v.V == "*" }) ||
		slices.ContainsFunc(c.HostHeader, func(v blueprint.At[string]) bool { return v.V == "*" })
}

// implies: each alternative of the narrow condition is within one of the wide condition's.
func implies(narrow, wide blueprint.Condition) bool {
	kind := kindOf(narrow)
	if kind != kindOf(wide) || kind == "http_header" && !strings.EqualFold(narrow.HTTPHeader.Name.V, wide.HTTPHeader.Name.V) {
		return false
	}
	if kind == "query_string" {
		return !slices.ContainsFunc(narrow.QueryString, func(n blueprint.QueryPair) bool {
			return !slices.ContainsFunc(wide.QueryString, func(w blueprint.QueryPair) bool { return queryWithin(n, w) })
		})
	}
	return !slices.ContainsFunc(values(narrow), func(n blueprint.At[string]) bool {
		return !slices.ContainsFunc(values(wide), func(w blueprint.At[string]) bool { return within(kind, n.V, w.V) })
	})
}

func queryWithin(narrow, wide blueprint.QueryPair) bool {
	key := wide.Key.V == "" || narrow.Key.V != "" && glob(strings.ToLower(wide.Key.V), strings.ToLower(narrow.Key.V))
	return key && glob(strings.ToLower(wide.Value.V), strings.ToLower(narrow.Value.V))
}

// within compares one alternative with another as the load balancer does: paths and methods by case, hosts and headers without.
func within(kind, narrow, wide string) bool {
	switch kind {
	case "source_ip":
		n, err := netip.ParsePrefix(narrow)
		w, worse := netip.ParsePrefix(wide)
		return err == nil && worse == nil && w.Bits() <= n.Bits() && w.Contains(n.Addr())
	case "http_request_method":
		return narrow == wide
	case "path_pattern":
		return glob(wide, narrow)
	default:
		return glob(strings.ToLower(wide), strings.ToLower(narrow))
	}
}

// glob reports whether a pattern takes every text that another pattern takes: * is any text, ? any one character.
// A backslash takes a wildcard's meaning away, so patterns with one are only within themselves.
func glob(wide, narrow string) bool {
	if strings.ContainsRune(wide+narrow, '\\') {
		return wide == narrow
	}
	w, n, star, mark := 0, 0, -1, 0
	for n < len(narrow) {
		switch {
		case w < len(wide) && wide[w] == '*':
			star, mark = w, n
			w++
		case w < len(wide) && narrow[n] != '*' && (wide[w] == narrow[n] || wide[w] == '?'):
			w++
			n++
		case star >= 0:
			mark++
			w, n = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(wide[w:], "*") == ""
}
