package generator

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"
)

// hookShape is what a drawn hook has.
type hookShape struct {
	name, kind                              string
	traced, compares, paused                bool
	env, statement, details, network, apart bool // of a function; apart: in subnets of its own
	topic, topicKey, limited, goesOn        bool // of an approval, and of what ECS ends itself
	production, said                        bool // of a smoke test: which rule it goes through, and whether it says host and address itself
	traffic                                 string
}

// drawHooks are up to three, of any kind; key is the traffic behind an Application Load Balancer that they look at, "" where there is none.
func drawHooks(t *rapid.T, key *trafficShape) []hookShape {
	yes := func(what string) bool { return rapid.Bool().Draw(t, what) }
	var out []hookShape
	for _, name := range rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]([a-z0-9-]{0,40}[a-z0-9])?`), 0, 3, identical).Draw(t, "hooks") {
		h := hookShape{
			name: name, kind: rapid.SampledFrom([]string{"wait", "smoke", "alarms", "metric", "approval", "code"}).Draw(t, "kind"),
			traced: yes("traced"), compares: yes("compares") && key != nil, paused: yes("paused"),
			env: yes("env"), statement: yes("statement"), details: yes("details"), network: yes("network"), apart: yes("apart"),
			topic: yes("topic"), topicKey: yes("topic key"), limited: yes("limited"), goesOn: yes("goes on"),
			production: yes("through production"), said: yes("said"),
		}
		if key != nil {
			h.traffic = key.key
			h.production = h.production || !key.test
			h.said = h.said || key.apart // the port of another listener may not be known
		}
		if h.kind == "approval" && slices.ContainsFunc(out, func(o hookShape) bool { return o.kind == "approval" && !o.limited }) {
			h.limited = true // ECS takes two pauses of the same time for one
		}
		out = append(out, h)
	}
	return out
}

// pauses says that ECS itself waits.
func (h hookShape) pauses() bool { return h.kind == "approval" || h.kind == "wait" && h.paused }

// asks says that some hook waits for people.
func (s shape) asks() bool {
	for _, h := range s.hooks {
		if h.kind == "approval" {
			return true
		}
	}
	return false
}

// modern says that some hook needs a provider that knows how a hook ends.
func (s shape) modern() bool {
	for _, h := range s.hooks {
		if h.pauses() || h.kind == "code" && (h.limited || h.details) {
			return true
		}
	}
	return false
}

// hook is the drawn hook at place i of the list.
func (s shape) hook(h hookShape, v values, i int) *node {
	out := object("name", h.name, "kind", h.kind, "stages", s.stages(h, v), "tracing", when(!h.traced && h.kind != "approval", "false"))
	switch h.kind {
	case "wait":
		return out.with("for", s.held(h, v, i), "via", when(h.paused, "pause"))
	case "smoke":
		return out.with("traffic", h.traffic, "through", when(h.production, "production"), "url", when(h.said || h.traffic == "", v.somewhere(fmt.Sprintf("url_%d", i), "https://PART.example.com:8443", "")),
			"host", when(h.said || h.traffic == "", v.somewhere(fmt.Sprintf("host_%d", i), "PART.example.com", "")), "requests", requests(v), "timeout", v.seconds("call", 1, 900), "vpc", h.vpc(v))
	case "alarms":
		return out.with("for", s.held(h, v, i), "alarms", v.somewhere(fmt.Sprintf("alarms_%d", i), "[PART, latency]", ""), "settle", v.seconds("settle", 0, 60), "insufficient_data", v.pick("no data", "ok", "alarm"))
	case "metric":
		return out.with("for", s.held(h, v, i), "traffic", when(h.compares, h.traffic)).with(h.metric(v)...)
	case "approval":
		return out.with("topic_arn", when(h.topic, v.pick("topic", "arn:aws:sns:eu-west-1:012345670123:asked", fmt.Sprintf("{variable: topic_%d}", i), "{lookup: {name: asked}}")),
			"topic_kms_key_arn", when(h.topicKey && !h.topic, v.key(fmt.Sprintf("topic_key_%d", i))), "timeout_configuration", h.ends(v, i))
	default:
		return out.with(h.code(v)...).with("timeout_configuration", h.ends(v, i), "vpc", h.vpc(v))
	}
}

// with are more keys of an object.
func (n *node) with(pairs ...any) *node {
	n.keys = append(n.keys, object(pairs...).keys...)
	return n
}

// stages are some, in any order; where ECS pauses, none that a rollback runs again.
func (s shape) stages(h hookShape, v values) node {
	from := []string{"PRE_SCALE_UP", "POST_SCALE_UP", "POST_TEST_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"}
	if !s.old && !s.free { // of a floor that follows from the rest it would be a value that changes modules
		from = append(from, "PRE_PRODUCTION_TRAFFIC_SHIFT")
	}
	if !h.pauses() {
		from = append(from, "RECONCILE_SERVICE", "TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT")
	}
	return v.some("stages", from...)
}

// held is how long a hook takes: two pauses never the same time, and what an old provider lets sleep.
func (s shape) held(h hookShape, v values, i int) node {
	if h.pauses() {
		return v.minutes("for", 1+100*i, 100+100*i)
	}
	if s.old {
		return v.seconds("for", 1, 780)
	}
	return v.seconds("for", 1, 7200)
}

// ends is what becomes of a hook that does not finish: never the same time for two of them.
func (h hookShape) ends(v values, i int) any {
	return when(h.limited, object("timeout", v.minutes("limit", 401+100*i, 500+100*i), "action", when(h.goesOn, "continue")))
}

// vpc is where the function runs.
func (h hookShape) vpc(v values) any {
	return when(h.network, object("subnet_ids", when(h.apart, v.somewhere("hook_subnets", "[subnet-PART]", "{lookup: {tags: {tier: PART}}}")),
		"security_group_ids", v.somewhere("hook_groups", "[sg-PART]", "{lookup: {name: PART}}")))
}

// requests meet whatever a drawn rule says: it names hosts, a header and a query, which the hook adds.
func requests(v values) *node {
	get := object("path", v.pick("path", "/", "/health?now=1"), "status", v.pick("status", "[200]", "[200, 204]"), "latency_ms", v.number("latency", 1, 60000), "repeat", v.number("repeat", 1, 9))
	post := object("method", "POST", "path", "/orders", "headers", object("content-type", "application/json"), "body", v.text("body"), "contains", v.text("contains"))
	return v.oneOrBoth(get, post)
}

// metric compares two groups, or looks at a number of its own; the dimensions, and how often something may be wrong, are values.
func (h hookShape) metric(v values) []any {
	one := object("metric_name", v.text("metric"), "target_group", when(h.compares, v.pick("group", "green", "blue")), "stat", v.pick("stat", "Sum", "p95"))
	other := object("namespace", v.pick("namespace", "AWS/SQS", "Orders"), "metric_name", "Depth", "dimensions", object("QueueName", v.text("queue")))
	metrics, expression := object("a", one), v.pick("expression", "a", `"FILL(a, 0)"`)
	if rapid.Bool().Draw(v.t, "another metric") {
		metrics, expression = object("a", one, "b", other), v.pick("expression", "a - b", `"IF(b, 100 * a / b, 0)"`)
	}
	return []any{
		"metrics", metrics, "expression", expression, "threshold", v.number("threshold", 0, 100), "datapoints_to_alarm", v.number("datapoints", 1, 9),
		"comparison_operator", v.pick("operator", "GreaterThanThreshold", "LessThanOrEqualToThreshold"), "treat_missing_data", v.pick("missing", "notBreaching", "breaching"),
	}
}

// code is the team's own handler.
func (h hookShape) code(v values) []any {
	return []any{
		"path", "hooks/check.py", "handler", "check.lambda_handler", "timeout", v.seconds("timeout", 1, 900), "memory", v.number("memory", 128, 2048),
		"environment", when(h.env, object("URL", v.text("url"))), "hook_details", when(h.details, object("suite", v.text("suite"))),
		"policy_statements", when(h.statement, listed(object("actions", "[cloudwatch:GetMetricData]", "resources", `["*"]`))),
	}
}
