package ecs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// trafficRules: every key finds its container and its port.
func trafficRules(d *deployment) diag.List {
	var out diag.List
	seen := map[string]hcl.Range{}
	for _, p := range d.targets() {
		if first, ok := seen[p.id]; ok {
			out = append(out, parts.Found(CodeSameName, p.origin, "Two keys of traffic are called "+p.id+" in Terraform", "A hyphen and an underscore are the same there. Rename one of them.", first))
		}
		seen[p.id] = p.origin
		out = append(out, d.containerOf(p)...)
	}
	return out
}

func (d *deployment) containerOf(p target) diag.List {
	if len(d.containers) == 0 { // an existing task definition: the blueprint must say what is in it
		if p.container.V == "" || p.port.V == 0 {
			return diag.List{parts.Found(CodeWhichOne, p.origin, "The traffic "+p.key+" does not say its container and port",
				"The task definition exists already, so only you know what is in it. Write `container` and `port`.")}
		}
		return nil
	}
	var have []string
	for _, c := range d.containers {
		have = append(have, c.In.Name.V)
	}
	if p.container.V == "" {
		return diag.List{parts.Found(CodeWhichOne, p.origin, "The traffic "+p.key+" does not say its container", "The task has "+parts.Names(have)+". Write `container`.")}
	}
	i := slices.Index(have, p.container.V)
	if i < 0 {
		return diag.List{parts.Found(CodeContainer, p.container.Range, fmt.Sprintf("The task has no container %q", p.container.V), "It has "+parts.Names(have)+".", d.In.Service.Task.Range)}
	}
	c := d.containers[i].In
	numbers := d.containers[i].PortNumbers()
	switch {
	case len(numbers) == 0:
		return diag.List{parts.Found(CodePort, c.Name.Range, fmt.Sprintf("The container %s has no port, and traffic %s needs one", c.Name.V, p.key), "Write the `port` that it listens on.", p.origin)}
	case !slices.Contains(numbers, p.port.V):
		return diag.List{parts.Found(CodePort, p.port.Range, fmt.Sprintf("The container %s does not listen on %d", c.Name.V, p.port.V), listensOn(numbers), c.Port.Range)}
	default:
		return nil
	}
}

func listensOn(numbers []int) string {
	if len(numbers) == 1 {
		return fmt.Sprintf("Its port is %d. Another one stands in its `ports`.", numbers[0])
	}
	words := make([]string, 0, len(numbers))
	for _, n := range numbers {
		words = append(words, strconv.Itoa(n))
	}
	return "Its ports are " + parts.Names(words) + "."
}

// The quotas of a rule (domain.md 7.1: ELB-QUOTA; wildcards are 5 or 6 by the page's age).
const (
	maxValues    = 5
	maxWildcards = 5
)

// conditionRules: what one rule may have.
func conditionRules(d *deployment) diag.List {
	var out diag.List
	for _, p := range d.albs() {
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
		kind := parts.ConditionKind(c)
		if at, twice := first[kind]; twice && kind != "http_header" && kind != "query_string" {
			out = append(out, parts.Found(CodeKindTwice, c.Range, "A rule has one "+kind+" at most",
				"All conditions must hold at once. Several values of one condition are alternatives: put them into one list.", at))
		}
		first[kind] = c.Range
		for _, v := range parts.ConditionValues(c) {
			count++
			wildcards += strings.Count(v.V, "*") + strings.Count(v.V, "?")
			if count == maxValues+1 || wildcards > maxWildcards {
				out = append(out, parts.Found(CodeManyValues, v.Range, fmt.Sprintf("The %s rule has more than %d values or wildcards", name, maxValues),
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
	for _, p := range d.albs() {
		tg := p.alb.TargetGroup
		hc := tg.HealthCheck
		out = append(out, ends(hc.Timeout, hc.Interval)...)
		low, high := 200, 499
		if tg.ProtocolVersion.V == "GRPC" {
			low, high = 0, 99
		}
		if n, ok := outside(hc.Matcher.V, low, high); ok {
			d := parts.Found(CodeMatcher, hc.Matcher.Range, fmt.Sprintf("A health check of %s does not know the code %d", tg.ProtocolVersion.V, n),
				fmt.Sprintf("Its codes are %d to %d.", low, high))
			if parts.Said(tg.ProtocolVersion) {
				d.Related = []hcl.Range{tg.ProtocolVersion.Range}
			}
			out = append(out, d)
		}
	}
	return out
}

// ends: a check is over before the next begins.
func ends(timeout, interval blueprint.At[time.Duration]) diag.List {
	if timeout.V < interval.V {
		return nil
	}
	return diag.List{parts.Found(CodeInterval, timeout.Range, fmt.Sprintf("A health check may take %s, and the next begins after %s", parts.Spell(timeout.V), parts.Spell(interval.V)),
		"The timeout must be shorter than the interval.", interval.Range)}
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
