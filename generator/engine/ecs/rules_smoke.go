package ecs

import (
	"encoding/json"
	"fmt"
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
		out = append(out, d.smokeStages(h)...)
	}
	return out
}

func (d *deployment) smokeRule(h lifecycleHook) diag.List {
	if h.pair >= 0 && h.in.Through.V == "test" && !d.pairs[h.pair].test && !d.saysWhere(h) {
		p := d.pairs[h.pair]
		return diag.List{parts.Found(CodeSmokeOpen, h.in.Name.Range, "The traffic "+p.key+" has no test "+p.carrier()+" that the smoke test could go through",
			"Add `test` beside `production`. Or write `through: production`: then the requests reach green after the shift only.", p.origin)}
	}
	var out diag.List
	target := d.smoked(h)
	if len(target.open) > 0 {
		out = append(out, d.openRule(h, target))
	}
	out = append(out, d.smokePort(h, target)...)
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

// saysWhere: the hook names a place of its own. A host does for a rule; bytes need scheme and port too.
func (d *deployment) saysWhere(h lifecycleHook) bool {
	if d.pairs[h.pair].nlb != nil {
		return h.in.URL.Said()
	}
	return h.in.Host.Said()
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
func (d *deployment) smokeStages(h lifecycleHook) diag.List {
	early := []string{hook.ReconcileService, hook.PreScaleUp, hook.PostScaleUp, hook.TestTrafficShift}
	when := "test traffic has moved: at POST_TEST_TRAFFIC_SHIFT"
	if h.in.Through.V == "production" {
		early = append(early, hook.PostTestTrafficShift, hook.PreProductionTrafficShift)
		when = "production traffic has moved: at POST_PRODUCTION_TRAFFIC_SHIFT"
	}
	unserved := "Where nothing is served yet the load balancer's own 503 is no failure before test traffic moves."
	if h.pair >= 0 && d.pairs[h.pair].nlb != nil {
		unserved = "Where nothing is served yet a Network Load Balancer answers nothing at all, and the test fails."
	}
	var out diag.List
	for _, s := range h.in.Stages {
		if slices.Contains(early, s.V) {
			out = append(out, parts.Warn(CodeSmokeEarly, s.Range, "At "+s.V+" the requests may still reach blue, or nothing at all",
				"A smoke test that blue answers says nothing of green. Test when "+when+". "+unserved))
		}
	}
	return out
}
