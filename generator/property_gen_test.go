package generator

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// A drawn blueprint is a shape (which keys there are, how often) and values. Two with one shape differ in values alone.

// node is a YAML value: a text that is already YAML, items or keys.
type node struct {
	leaf  string
	items []*node
	keys  []keyed
}

type keyed struct {
	key   string
	value node
}

// shape is what a drawn blueprint has.
type shape struct {
	backend, region, tags, ownGroup, egress, balancerEgress, kms, wait, boundary, path, scoped       bool
	environments                                                                                     []string
	task                                                                                             taskShape
	traffic                                                                                          []trafficShape
	hooks                                                                                            []hookShape
	old                                                                                              bool // a provider that does not know how a hook ends
	free                                                                                             bool // the provider's floor follows from the rest
	kept                                                                                             bool // rolling with both target groups
	balanced                                                                                         bool // the deployments own the load balancers
	statements, policies, existingTask, existingOther, pipeline, autoscaling, sourceAccount          bool
	dashboard, notified, topic, topicKey, events, ownAlarms, namedAlarms, external, scaledByRequests bool
	breaker                                                                                          string // circuit breaker
	sigint                                                                                           bool
	bounded                                                                                          bool
	watch                                                                                            string // which own alarms; all, when empty
	strategy                                                                                         string
	service                                                                                          string // its name
}

type trafficShape struct {
	key                                          string
	way                                          string
	test, apart, header, replaceable, query, tls bool
	sticky                                       bool
	second                                       bool // the container's other port
}

func drawShape(t *rapid.T) shape {
	yes := func(what string) bool { return rapid.Bool().Draw(t, what) }
	s := shape{
		strategy: rapid.SampledFrom([]string{"blue_green", "rolling", "linear", "canary"}).Draw(t, "strategy"), backend: yes("backend"), region: yes("region"), tags: yes("tags"), ownGroup: yes("own group"),
		egress: yes("egress"), balancerEgress: yes("balancer egress"), kms: yes("kms"), wait: yes("wait"), boundary: yes("boundary"),
		path: yes("path"), scoped: yes("scoped"), statements: yes("statements"), policies: yes("policies"), existingTask: yes("existing task role"), existingOther: yes("other existing roles"),
		pipeline: yes("pipeline"), autoscaling: yes("autoscaling"), sourceAccount: yes("source account"), balanced: yes("balanced"),
		dashboard: yes("dashboard"), notified: yes("notified"), topic: yes("topic"), topicKey: yes("topic key"), events: yes("events"),
		ownAlarms: yes("own alarms"), namedAlarms: yes("named alarms"), external: yes("external"), scaledByRequests: yes("scaled by requests"),
		breaker: rapid.SampledFrom([]string{"", "{enable: false}", "{rollback: false}"}).Draw(t, "breaker"), sigint: yes("sigint"), bounded: yes("bounded"),
		watch: rapid.SampledFrom([]string{"", "[error_rate]", "[latency]", "[latency, error_rate]"}).Draw(t, "watch"),
		task:  drawTask(t),
	}
	s.service = rapid.StringMatching(`[a-z]([a-z0-9-]{0,70}[a-z0-9])?`).Draw(t, "service")
	s.environments = rapid.SampledFrom([][]string{nil, {"production"}, {"pre-production-2", "staging"}}).Draw(t, "environments")
	s.traffic = drawTraffic(t, s.strategy)
	s.kept = s.rolling() && s.behind() && yes("kept")
	if s.counted() == nil { // only an Application Load Balancer counts requests
		s.ownAlarms, s.scaledByRequests = false, false
	}
	if !s.rolling() {
		s.hooks = drawHooks(t, s.counted())
	}
	s.free = yes("free")
	s.old = !s.free && yes("old") && (s.strategy == "blue_green" || s.rolling()) && !s.modern()
	return s
}

// drawTraffic are up to three keys; steps need something to shift.
func drawTraffic(t *rapid.T, strategy string) []trafficShape {
	yes := func(what string) bool { return rapid.Bool().Draw(t, what) }
	fewest := 1
	if strategy == "blue_green" || strategy == "rolling" {
		fewest = 0
	}
	var out []trafficShape
	for _, key := range rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z][a-z0-9_-]{0,49}`), fewest, 3, identical).Draw(t, "traffic") {
		out = append(out, trafficShape{
			way: rapid.SampledFrom([]string{"alb", "nlb", "service_connect"}).Draw(t, "way"), tls: yes("tls"), second: yes("second"),
			key: key, test: yes("test"), apart: yes("apart"), header: yes("header"), replaceable: yes("replaceable"), query: yes("query"), sticky: yes("sticky"),
		})
	}
	return out
}

// identical: Terraform's identifiers know no hyphen.
func identical(s string) string { return strings.ReplaceAll(s, "-", "_") }

// values draws what may change without any module changing.
type values struct{ t *rapid.T }

func (v values) number(what string, least, most int) node {
	return node{leaf: fmt.Sprint(rapid.IntRange(least, most).Draw(v.t, what))}
}

func (v values) minutes(what string, least, most int) node {
	return node{leaf: fmt.Sprintf("%dm", rapid.IntRange(least, most).Draw(v.t, what))}
}

func (v values) seconds(what string, least, most int) node {
	return node{leaf: fmt.Sprintf("%ds", rapid.IntRange(least, most).Draw(v.t, what))}
}

func (v values) pick(what string, from ...string) node {
	return node{leaf: rapid.SampledFrom(from).Draw(v.t, what)}
}

// text is anything in one line, in YAML's double quotes.
func (v values) text(what string) node {
	s := rapid.StringOfN(rapid.RuneFrom([]rune("ab ${}%\"\\'#:é~`|<")), 1, 12, -1).Draw(v.t, what)
	return node{leaf: `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`}
}

// hosts are one or more alternatives; i keeps the keys of traffic apart.
func (v values) hosts(what string, i int) node {
	names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{3,10}`), 1, 2, rapid.ID[string]).Draw(v.t, what)
	for n := range names {
		names[n] += fmt.Sprintf("-%s%d.example.com", what, i)
	}
	return node{leaf: "[" + strings.Join(names, ", ") + "]"}
}

// somewhere is a value that the service may not own, from any of its sources; where it comes from changes no module.
func (v values) somewhere(name, literal, lookup string) any {
	part := rapid.StringMatching(`[a-z]{3,8}`).Draw(v.t, name)
	sources := []string{"{variable: " + name + "}", "{ssm: /net/" + part + "/" + name + "}", strings.ReplaceAll(literal, "PART", part)}
	if lookup != "" {
		sources = append(sources, strings.ReplaceAll(lookup, "PART", part))
	}
	return rapid.SampledFrom(sources).Draw(v.t, name)
}

// orNothing leaves a value out now and then: then it is a variable.
func (v values) orNothing(value any) any {
	if rapid.IntRange(0, 4).Draw(v.t, "left out") == 0 {
		return ""
	}
	return value
}

// some are one to three of the words, in any order.
func (v values) some(what string, from ...string) node {
	return node{leaf: "[" + strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, 3, rapid.ID[string]).Draw(v.t, what), ", ") + "]"}
}

// oneOrBoth are a list of the first, of the second, or of both.
func (v values) oneOrBoth(first, second *node) *node {
	return rapid.SampledFrom([]*node{listed(first), listed(second), listed(first, second)}).Draw(v.t, "which")
}

// object makes keys; what is empty is left out.
func object(pairs ...any) *node {
	out := &node{}
	for i := 0; i < len(pairs); i += 2 {
		switch value := pairs[i+1].(type) {
		case node:
			out.keys = append(out.keys, keyed{pairs[i].(string), value})
		case *node:
			if !value.empty() {
				out.keys = append(out.keys, keyed{pairs[i].(string), *value})
			}
		case string:
			if value != "" {
				out.keys = append(out.keys, keyed{pairs[i].(string), node{leaf: value}})
			}
		}
	}
	return out
}

// when is the value if the condition holds, else nothing.
func when(condition bool, value any) any {
	if !condition {
		return (*node)(nil)
	}
	return value
}

func listed(items ...*node) *node { return &node{items: items} }

func (n *node) empty() bool { return n == nil || n.leaf == "" && n.items == nil && n.keys == nil }

// flow is the node as YAML on one line; order gives the order of an object's n keys.
func (n *node) flow(order func(n int) []int) string {
	var out []string
	for _, it := range n.items {
		out = append(out, it.flow(order))
	}
	if n.items != nil {
		return "[" + strings.Join(out, ", ") + "]"
	}
	if n.keys == nil {
		return n.leaf
	}
	for _, i := range n.order(order) {
		out = append(out, n.keys[i].key+": "+n.keys[i].value.flow(order))
	}
	return "{" + strings.Join(out, ", ") + "}"
}

func (n *node) order(order func(n int) []int) []int {
	if order != nil {
		return order(len(n.keys))
	}
	out := make([]int, len(n.keys))
	for i := range out {
		out[i] = i
	}
	return out
}

// yaml is a whole blueprint, one key of the top a line.
func (n *node) yaml(order func(n int) []int) string {
	var out strings.Builder
	for _, i := range n.order(order) {
		k := n.keys[i]
		out.WriteString(k.key + ": " + k.value.flow(order) + "\n")
	}
	return out.String()
}
