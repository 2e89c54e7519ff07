package ecs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// trafficRules: every key finds its container and its port.
func trafficRules(d *deployment) diag.List {
	var out diag.List
	seen := map[string]hcl.Range{}
	for _, p := range d.pairs {
		if first, ok := seen[p.id]; ok {
			out = append(out, found(CodeSameName, p.origin, "Two keys of traffic are called "+p.id+" in Terraform", "A hyphen and an underscore are the same there. Rename one of them.", first))
		}
		seen[p.id] = p.origin
		out = append(out, d.containerOf(p)...)
	}
	return out
}

func (d *deployment) containerOf(p pair) diag.List {
	if len(d.containers) == 0 { // an existing task definition: the blueprint must say what is in it
		if p.container.V == "" || p.port.V == 0 {
			return diag.List{found(CodeWhichOne, p.origin, "The traffic "+p.key+" does not say its container and port",
				"The task definition exists already, so only you know what is in it. Write `container` and `port`.")}
		}
		return nil
	}
	var have []string
	for _, c := range d.containers {
		have = append(have, c.Name.V)
	}
	if p.container.V == "" {
		return diag.List{found(CodeWhichOne, p.origin, "The traffic "+p.key+" does not say its container", "The task has "+names(have)+". Write `container`.")}
	}
	i := slices.Index(have, p.container.V)
	if i < 0 {
		return diag.List{found(CodeContainer, p.container.Range, fmt.Sprintf("The task has no container %q", p.container.V), "It has "+names(have)+".", d.in.ECS.Service.Task.Range)}
	}
	c := d.containers[i]
	switch {
	case c.Port.V == 0:
		return diag.List{found(CodePort, c.Name.Range, fmt.Sprintf("The container %s has no port, and traffic %s needs one", c.Name.V, p.key), "Write the `port` that it listens on.", p.origin)}
	case p.port.V != c.Port.V:
		return diag.List{found(CodePort, p.port.Range, fmt.Sprintf("The container %s does not listen on %d", c.Name.V, p.port.V), fmt.Sprintf("Its port is %d.", c.Port.V), c.Port.Range)}
	default:
		return nil
	}
}

// ruleAt is one listener rule with its listener, for comparisons across keys.
type ruleAt struct {
	what     string
	listener string
	priority blueprint.At[int]
	when     []blueprint.Condition
}

func (d *deployment) listenerRuleList() []ruleAt {
	var out []ruleAt
	for _, p := range d.pairs {
		production := ruleAt{p.key + "'s production rule", listens(p.alb.ListenerARN), p.alb.Production.Priority, p.alb.Production.When}
		out = append(out, production)
		if t := p.alb.Test; p.test {
			listener := production.listener
			if p.apart {
				listener = listens(t.ListenerARN)
			}
			out = append(out, ruleAt{p.key + "'s test rule", listener, t.Priority, t.When})
		}
	}
	return out
}

// listenerRules: priorities are unique in a listener, and the test rule gets test traffic and nothing else.
func listenerRules(d *deployment) diag.List {
	var out diag.List
	list := d.listenerRuleList()
	for i, r := range list {
		for _, first := range list[:i] {
			if r.listener == first.listener && r.priority.V == first.priority.V {
				out = append(out, found(CodePriorityTwice, r.priority.Range, fmt.Sprintf("Priority %d is %s's already", r.priority.V, first.what),
					"A priority is unique in its listener. Take another number.", first.priority.Range))
			}
		}
	}
	for _, p := range d.pairs {
		if p.test && d.oneListener(p) {
			out = append(out, shadows(p)...)
		}
	}
	return out
}

// oneListener: the test rule may name the production rule's listener again.
func (d *deployment) oneListener(p pair) bool {
	return !p.apart || listens(p.alb.Test.ListenerARN) == listens(p.alb.ListenerARN)
}

func shadows(p pair) diag.List {
	production, test := p.alb.Production, p.alb.Test
	switch {
	case conditionKey(production.When) == conditionKey(test.When):
		return diag.List{found(CodeSameRule, test.Range, "The test rule of "+p.key+" has production's conditions",
			"Whichever has the lower number takes every request of the other. Give the test rule a condition more, such as a header, or a listener of its own.", production.Range)}
	case test.Priority.V > production.Priority.V && covers(production.When, test.When):
		return diag.List{found(CodeShadowed, test.Priority.Range, fmt.Sprintf("The test rule (%d) stands behind production (%d) and never matches", test.Priority.V, production.Priority.V),
			fmt.Sprintf("The lower number is evaluated first, and production's conditions take every test request. Give the test rule a number below %d.", production.Priority.V), production.Priority.Range)}
	default:
		return nil
	}
}

// covers: each of production's conditions is one of test's too, so production matches whatever test matches.
func covers(production, test []blueprint.Condition) bool {
	keys := make([]string, 0, len(test))
	for _, c := range test {
		keys = append(keys, conditionKey([]blueprint.Condition{c}))
	}
	return !slices.ContainsFunc(production, func(c blueprint.Condition) bool {
		return !slices.Contains(keys, conditionKey([]blueprint.Condition{c}))
	})
}

// conditionKey is equal for conditions that match the same requests, whatever their order.
func conditionKey(when []blueprint.Condition) string {
	keys := make([]string, 0, len(when))
	for _, c := range when {
		var vals []string
		for i, v := range values(c) {
			text := v.V
			if kindOf(c) == "query_string" {
				text = c.QueryString[i].Key.V + "=" + text
			}
			vals = append(vals, strconv.Quote(text))
		}
		slices.Sort(vals)
		name := ""
		if c.HTTPHeader != nil {
			name = strings.ToLower(c.HTTPHeader.Name.V)
		}
		keys = append(keys, kindOf(c)+" "+name+" "+strings.Join(vals, ","))
	}
	slices.Sort(keys)
	return strings.Join(keys, "; ")
}

// The quotas of a rule (domain.md 7.1: ELB-QUOTA; wildcards are 5 or 6 by the page's age).
const (
	maxValues    = 5
	maxWildcards = 5
)

// conditionRules: what one rule may have.
func conditionRules(d *deployment) diag.List {
	var out diag.List
	for _, p := range d.pairs {
		out = append(out, oneRule("production", p.alb.Production.When)...)
		if t := p.alb.Test; p.test {
			out = append(out, oneRule("test", t.When)...)
		}
	}
	return out
}

func oneRule(name string, when []blueprint.Condition) diag.List {
	var out diag.List
	first := map[string]hcl.Range{}
	count, wildcards := 0, 0
	for _, c := range when {
		kind := kindOf(c)
		if at, twice := first[kind]; twice && kind != "http_header" && kind != "query_string" {
			out = append(out, found(CodeKindTwice, c.Range, "A rule has one "+kind+" at most",
				"All conditions must hold at once. Several values of one condition are alternatives: put them into one list.", at))
		}
		first[kind] = c.Range
		for _, v := range values(c) {
			count++
			wildcards += strings.Count(v.V, "*") + strings.Count(v.V, "?")
			if count == maxValues+1 || wildcards > maxWildcards {
				out = append(out, found(CodeManyValues, v.Range, fmt.Sprintf("The %s rule has more than %d values or wildcards", name, maxValues),
					"That is the quota of a rule. Use a wildcard for several values, or a second key of traffic."))
				return out
			}
		}
	}
	return out
}

// healthRules: a check ends before the next begins, and its codes are the protocol's.
func healthRules(d *deployment) diag.List {
	var out diag.List
	for _, p := range d.pairs {
		tg := p.alb.TargetGroup
		hc := tg.HealthCheck
		if hc.Timeout.V >= hc.Interval.V {
			out = append(out, found(CodeInterval, hc.Timeout.Range, fmt.Sprintf("A health check may take %s, and the next begins after %s", short(hc.Timeout.V), short(hc.Interval.V)),
				"The timeout must be shorter than the interval.", hc.Interval.Range))
		}
		low, high := 200, 499
		if tg.ProtocolVersion.V == "GRPC" {
			low, high = 0, 99
		}
		if n, ok := outside(hc.Matcher.V, low, high); ok {
			out = append(out, found(CodeMatcher, hc.Matcher.Range, fmt.Sprintf("%s has no status code %d", tg.ProtocolVersion.V, n),
				fmt.Sprintf("Its health check takes %d to %d.", low, high), tg.ProtocolVersion.Range))
		}
	}
	return out
}

// outside finds the first number of a matcher ("200", "200,202", "200-299") that is out of bounds.
func outside(matcher string, low, high int) (int, bool) {
	for _, text := range strings.FieldsFunc(matcher, func(r rune) bool { return r == ',' || r == '-' }) {
		n, err := strconv.Atoi(text)
		if err == nil && (n < low || n > high) {
			return n, true
		}
	}
	return 0, false
}
