package ecs

import (
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
)

// strategyRules hold what the blueprint asks for to the strategy's row of the table.
func strategyRules(d *deployment) diag.List {
	var out diag.List
	r := strategies()[d.way()]
	for _, a := range d.asks() {
		if v := r[a.what]; v.code != "" {
			out = append(out, d.judged(a, v))
		}
	}
	return append(out, append(oneShiftRules(d), testStageRules(d)...)...)
}

// judged is a cell of the table that has something to say.
func (d *deployment) judged(a asked, v verdict) diag.Diagnostic {
	strategy := d.In.ECS.Deployment.Strategy
	switch {
	case v.warn:
		return parts.Warn(v.code, a.at, "Nothing shifts: the blueprint has no traffic", v.why)
	case a.what == noTraffic:
		return parts.Found(v.code, a.at, "A "+strategy.V+" deployment has no traffic to shift", v.why)
	}
	remedy := " Take it out."
	if d.In.Environment.V != "" {
		remedy = " Take it out, or lay null over it in this environment."
	}
	return parts.Found(v.code, a.at, "A "+strategy.V+" deployment does not take "+string(a.what), v.why+remedy, strategy.Range)
}

// oneShiftRules: steps that move everything at once are none.
func oneShiftRules(d *deployment) diag.List {
	in := d.In.ECS.Deployment
	step, other := in.Linear.StepPercent, "Write a smaller `step_percent`"
	if in.Strategy.V == canary {
		step, other = in.Canary.Percent, "Write a smaller `percent`"
	}
	if in.Strategy.V != linear && in.Strategy.V != canary || step.V < blueprint.Whole {
		return nil
	}
	return diag.List{parts.Warn(CodeOneShift, step.Range, "The first step moves all of the traffic",
		"That is a blue/green deployment with another name, and nothing is watched on a part of the users. "+other+", or `strategy: blue_green`.", in.Strategy.Range)}
}

// testStageRules: a hook at a test stage looks at test traffic.
func testStageRules(d *deployment) diag.List {
	if !d.shifts || d.anyTest() || len(d.targets()) == 0 {
		return nil
	}
	var out diag.List
	for _, h := range d.hooks {
		for _, s := range h.in.Stages {
			if s.V == hook.TestTrafficShift || s.V == hook.PostTestTrafficShift {
				out = append(out, parts.Warn(CodeNoTestRule, s.Range, "No test traffic at "+s.V+": the blueprint has no test rule",
					"The hook runs, but green gets no request before the users' own. Add `test` beside `production`."))
			}
		}
	}
	return out
}

// anyTest: Service Connect always has test traffic where the proxies read requests, if only by ECS's own header.
func (d *deployment) anyTest() bool {
	return slices.ContainsFunc(d.pairs, func(p pair) bool { return p.test }) ||
		slices.ContainsFunc(d.connects, func(c connect) bool { return c.in.AppProtocol.V != "tcp" })
}

// stepRules: from one strategy to another in two steps, by what the last generate wrote (domain.md 1.3, 7.2).
func stepRules(d *deployment) diag.List {
	if len(d.pairs) == 0 { // only a load balancer's groups need the step between
		return nil
	}
	in := d.In.ECS.Deployment
	at := in.Strategy.Range
	if !d.shifts && d.twoGroups() {
		at = in.KeepPair.Range
	}
	was, pair := strings.CutSuffix(d.In.Was, "+pair")
	next := in.Strategy.V
	if !d.shifts {
		next = blueGreen
	}
	switch {
	case was == rolling && !pair && d.twoGroups() && d.anyUntested():
		return diag.List{parts.Found(CodeOneStep, at, "From rolling to two target groups takes a test rule",
			"The action of the production rule or listener is ECS's from now on, so Terraform could not bind the green target group to it any more: only a test rule or test listener can. "+
				"Write `test` beside `production`. With it `strategy: rolling` and `keep_pair: true`, generate, apply and let that deployment finish; then `strategy: "+next+"`.")}
	case was == rolling && !pair && d.shifts:
		return diag.List{parts.Warn(CodeTwoSteps, at, "From rolling to "+next+" at once",
			"AWS's order is: finish running deployments, then `strategy: rolling` with `keep_pair: true`, generate and apply, and when that deployment is done `strategy: "+next+"`. "+
				"In one apply the service changes its strategy in the middle of a deployment.")}
	case slices.Contains([]string{blueGreen, linear, canary}, was) && !d.twoGroups(): // App Mesh's own words are none of ours
		return diag.List{parts.Found(CodeBackOneStep, at, "From "+was+" to rolling takes two steps",
			"Green may be the live group, and Terraform would destroy it before the rule lets go. First `strategy: rolling` with `keep_pair: true`: generate, apply, "+
				"and deploy until the production rule has all its weight on blue; then take `keep_pair` out.")}
	default:
		return nil
	}
}

// anyUntested says that some key has no test rule which could bind the second group.
func (d *deployment) anyUntested() bool {
	return slices.ContainsFunc(d.pairs, func(p pair) bool { return !p.test })
}
