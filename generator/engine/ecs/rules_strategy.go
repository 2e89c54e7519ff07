package ecs

import (
	"slices"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// strategyRules: keys that the strategy does not take are errors, because nothing would come of them.
func strategyRules(d *deployment) diag.List {
	in := d.In.ECS.Deployment
	if d.shifts {
		return shiftRules(d)
	}
	var out diag.List
	remedy := " Take it out."
	if d.In.Environment.V != "" {
		remedy = " Take it out, or lay null over it in this environment."
	}
	notTaken := func(key string, at hcl.Range, why string) {
		out = append(out, parts.Found(CodeNotTaken, at, "A "+in.Strategy.V+" deployment does not take "+key, why+remedy, in.Strategy.Range))
	}
	if parts.Said(in.BakeTime) {
		notTaken("bake_time", in.BakeTime.Range, "There is no blue to keep: old tasks stop while new ones start.")
	}
	if len(in.Hooks) > 0 {
		notTaken("hooks", in.Hooks[0].Range, "ECS calls lifecycle hooks in blue/green deployments only.")
	}
	if in.KeepPair.V && len(d.pairs) == 0 {
		notTaken("keep_pair without traffic", in.KeepPair.Range, "There is no traffic, and so no pair to keep.")
	}
	for _, p := range d.pairs {
		if t := p.alb.Test; t != nil && !d.twoGroups() {
			notTaken("a test rule", t.Range, "There is no green that test traffic could reach.")
		}
	}
	return out
}

func shiftRules(d *deployment) diag.List {
	in := d.In.ECS.Deployment
	var out diag.List
	if parts.Said(in.KeepPair) && in.KeepPair.V {
		out = append(out, parts.Found(CodeNotTaken, in.KeepPair.Range, "A blue_green deployment does not take keep_pair",
			"It always has both target groups. The key is for rolling, on the way from or to blue_green: take it out.", in.Strategy.Range))
	}
	if len(d.pairs) == 0 {
		out = append(out, parts.Warn(CodeHeadless, in.Strategy.Range, "Nothing shifts: the blueprint has no traffic",
			"ECS starts green, runs the hooks and stops blue after the bake time, but no request is moved. If that is meant, silence it with `ignore: [BG2025]`; else add a key to `traffic`."))
	}
	if d.anyTest() || len(d.pairs) == 0 {
		return out
	}
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

func (d *deployment) anyTest() bool {
	return slices.ContainsFunc(d.pairs, func(p pair) bool { return p.test })
}

// stepRules: from one strategy to another in two steps, by what the last generate wrote (domain.md 1.3, 7.2).
func stepRules(d *deployment) diag.List {
	at := d.In.ECS.Deployment.Strategy.Range
	if !d.shifts && d.twoGroups() {
		at = d.In.ECS.Deployment.KeepPair.Range
	}
	was, pair := strings.CutSuffix(d.In.Was, "+pair")
	switch {
	case was == rolling && !pair && d.twoGroups() && d.anyUntested():
		return diag.List{parts.Found(CodeOneStep, at, "From rolling to two target groups takes a test rule",
			"The production rule's action is ECS's from now on, so Terraform could not bind the green target group to it any more: only a test rule can. "+
				"Write `test` beside `production`. With it `strategy: rolling` and `keep_pair: true`, generate, apply and let that deployment finish; then `strategy: blue_green`.")}
	case was == rolling && !pair && d.shifts && len(d.pairs) > 0:
		return diag.List{parts.Warn(CodeTwoSteps, at, "From rolling to blue_green at once",
			"AWS's order is: finish running deployments, then `strategy: rolling` with `keep_pair: true`, generate and apply, and when that deployment is done `strategy: blue_green`. "+
				"In one apply the service changes its strategy in the middle of a deployment.")}
	case was == blueGreen && !d.twoGroups():
		return diag.List{parts.Found(CodeBackOneStep, at, "From blue_green to rolling takes two steps",
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
