package ecs

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
)

// maxTold is what a function's environment holds, 4 KB with names and values, less what the values of variables may take.
const maxTold = 3500

// smokeRules: requests that reach green.
func smokeRules(d *deployment) diag.List {
	var out diag.List
	for _, h := range d.hooks {
		if h.kind.Name != hook.Smoke {
			continue
		}
		if h.pair < 0 && (parts.Said(h.in.Traffic) || !h.in.Host.Said()) {
			out = append(out, trafficOf(d, h)...)
			continue
		}
		out = append(out, d.smokeRule(h)...)
		out = append(out, smokeStages(h)...)
	}
	return out
}

func (d *deployment) smokeRule(h lifecycleHook) diag.List {
	if h.pair >= 0 && h.in.Through.V == "test" && !d.pairs[h.pair].test && !h.in.Host.Said() {
		return diag.List{parts.Found(CodeSmokeOpen, h.in.Name.Range, "The traffic "+d.pairs[h.pair].key+" has no test rule that the smoke test could go through",
			"Add `test` beside `production`. Or write `through: production`: then the requests reach green after the shift only.", d.pairs[h.pair].origin)}
	}
	var out diag.List
	target := d.smoked(h)
	if len(target.open) > 0 {
		out = append(out, parts.Found(CodeSmokeOpen, h.in.Name.Range, "The rule does not say "+parts.Names(target.open)+" of the smoke test",
			"It cannot be taken from a wildcard, or from a listener whose port is not known. Say it in the hook: `host`, `url`, or `headers` of a request."))
	}
	for _, r := range target.requests {
		if r.misses != "" {
			out = append(out, parts.Found(CodeSmokeMisses, r.in.Path.Range, fmt.Sprintf("%s %s does not meet the rule's condition %s", r.in.Method.V, r.in.Path.V, r.misses),
				"It would reach another rule. Change the request, or the rule.", d.ruleOf(h).Range))
		}
	}
	if told := toldBytes(target); told > maxTold {
		out = append(out, parts.Found(CodeTooMuchTold, h.in.Requests[0].Path.Range, fmt.Sprintf("The requests of %s take %d bytes, more than a function can be told", h.in.Name.V, told),
			"Lambda holds a function's environment to 4 KB. Split the requests between two hooks, or use `kind: code`."))
	}
	return out
}

// ruleOf is the rule that the hook goes through.
func (d *deployment) ruleOf(h lifecycleHook) blueprint.Node {
	alb := d.pairs[h.pair].alb
	if h.in.Through.V == "test" && alb.Test != nil {
		return alb.Test.Node
	}
	return alb.Production.Node
}

// toldBytes is about what the requests take as JSON.
func toldBytes(t smokeTarget) int {
	total := 0
	for _, r := range t.requests {
		told, err := json.Marshal([]any{r.in.Method.V, r.path, r.in.Body.V, r.in.Contains.V, r.status})
		if err != nil {
			continue // texts and numbers can always be told
		}
		total += len(told) + len(`{"body":,"contains":,"headers":{},"latency_ms":60000,"method":,"path":,"repeat":1000,"status":},`)
		for _, h := range r.headers {
			total += len(h.name) + len(h.value) + len(`"":"",`)
		}
	}
	return total
}

// smokeStages: before green gets requests, blue answers.
func smokeStages(h lifecycleHook) diag.List {
	early := []string{hook.ReconcileService, hook.PreScaleUp, hook.PostScaleUp, hook.TestTrafficShift}
	when := "test traffic has moved: at POST_TEST_TRAFFIC_SHIFT"
	if h.in.Through.V == "production" {
		early = append(early, hook.PostTestTrafficShift, hook.PreProductionTrafficShift)
		when = "production traffic has moved: at POST_PRODUCTION_TRAFFIC_SHIFT"
	}
	var out diag.List
	for _, s := range h.in.Stages {
		if slices.Contains(early, s.V) {
			out = append(out, parts.Warn(CodeSmokeEarly, s.Range, "At "+s.V+" the requests may still reach blue, or nothing at all",
				"A smoke test that blue answers says nothing of green. Test when "+when+". Where nothing is served yet the load balancer's own 503 is no failure before test traffic moves."))
		}
	}
	return out
}

// metricRules: an expression that CloudWatch can evaluate.
func metricRules(d *deployment) diag.List {
	var out diag.List
	for _, h := range d.hooks {
		if h.kind.Name != hook.Metric {
			continue
		}
		if h.pair < 0 && (h.compares() || parts.Said(h.in.Traffic)) {
			out = append(out, trafficOf(d, h)...)
		}
		out = append(out, expressionRule(h)...)
		if told := metricBytes(h.in); told > maxTold {
			out = append(out, parts.Found(CodeTooMuchTold, h.in.Metrics[0].Key.Range, fmt.Sprintf("The metrics of %s take %d bytes, more than a function can be told", h.in.Name.V, told),
				"Lambda holds a function's environment to 4 KB. Compare fewer metrics, or use `kind: code`."))
		}
	}
	return out
}

// expressionRule: ids begin with a lower-case letter, functions and keywords of metric math are upper-case.
func expressionRule(h lifecycleHook) diag.List {
	text := regexp.MustCompile(`'[^']*'|"[^"]*"`).ReplaceAllString(h.in.Expression.V, " ")
	used := regexp.MustCompile(`\b[a-z][a-zA-Z0-9_]*\b`).FindAllString(text, -1)
	var out diag.List
	var known []string
	for _, m := range h.in.Metrics {
		known = append(known, m.Key.V)
		if !slices.Contains(used, m.Key.V) {
			out = append(out, parts.Found(CodeExpression, m.Key.Range, "The expression does not use "+m.Key.V,
				"Use it in `expression`, or take the metric out.", h.in.Expression.Range))
		}
	}
	for _, id := range used {
		if !slices.Contains(known, id) {
			out = append(out, parts.Found(CodeExpression, h.in.Expression.Range, "The expression uses "+id+", which is no metric of the hook",
				"Its metrics are "+parts.Names(known)+". CloudWatch's functions are written in capitals: SUM, FILL, IF."))
		}
	}
	return out
}

func metricBytes(in blueprint.Hook) int {
	total := len(in.Expression.V)
	for _, m := range in.Metrics {
		total += len(m.Key.V) + len(m.V.Namespace.V) + len(m.V.MetricName.V) + len(m.V.Stat.V) + len(`"":{"dimensions":{},"metric_name":"","namespace":"","stat":"","target_group":"green"},`)
		for _, p := range m.V.Dimensions {
			total += len(p.Key.V) + len(p.Value.V) + len(`"":"",`)
		}
	}
	return total
}
