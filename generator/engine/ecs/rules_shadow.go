package ecs

import (
	"fmt"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// ruleAt is one listener rule with its listener, for comparisons across keys.
type ruleAt struct {
	what     string
	listener string
	said     blueprint.Value[string] // the listener as the blueprint has it, or the variable that an omitted one becomes
	priority blueprint.At[int]
	when     []blueprint.Condition
	at       hcl.Range
	groups   int // target groups of its own
}

func (d *deployment) listenerRuleList() []ruleAt {
	var out []ruleAt
	for _, p := range d.albs() {
		production, listener := p.alb.Production, listenerOf(p.alb.ListenerARN)
		groups := 1
		if p.paired() {
			groups = 2
		}
		out = append(out, ruleAt{"the production rule of " + p.key, listens(listener), listener, production.Priority, production.When, production.Range, groups})
		if t := p.alb.Test; p.test {
			if p.apart {
				listener = listenerOf(t.ListenerARN)
			}
			out = append(out, ruleAt{"the test rule of " + p.key, listens(listener), listener, t.Priority, t.When, t.Range, 0})
		}
	}
	return out
}

// listenerOf is the listener that a value becomes: an omitted one is the variable of the obvious name.
func listenerOf(v blueprint.Value[string]) blueprint.Value[string] {
	return parts.OrVariable(v, "listener_arn")
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
	if parts.Covers(first.when, second.when) && parts.Covers(second.when, first.when) {
		return append(out, parts.Found(CodeSameRule, second.at, parts.Sentence(second.what)+" matches the same requests as "+first.what,
			"Whichever has the lower number takes every request of the other. Give one of them a condition more, such as a header, or a listener of its own.", first.at))
	}
	front, behind := first, second
	if second.priority.V < first.priority.V {
		front, behind = second, first
	}
	if front.priority.V < behind.priority.V && parts.Covers(front.when, behind.when) {
		out = append(out, parts.Found(CodeShadowed, behind.priority.Range, fmt.Sprintf("%s (%d) stands behind %s (%d) and never matches", parts.Sentence(behind.what), behind.priority.V, front.what, front.priority.V),
			fmt.Sprintf("The lower number is evaluated first, and it takes every request that this rule could. Give this one a number below %d.", front.priority.V), front.priority.Range))
	}
	return out
}
