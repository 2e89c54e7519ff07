package ecs

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/schemas"

	"github.com/hashicorp/hcl/v2"
)

// pauseRules: where ECS itself may pause, and how long.
func pauseRules(d *deployment) diag.List {
	var out diag.List
	alike := map[string]hcl.Range{}
	for _, h := range d.hooks {
		if !h.pause {
			continue
		}
		at, what := h.in.Kind.Range, "An approval"
		if h.kind.Name == hook.Wait {
			at, what = h.in.Via.Range, "A wait via pause"
			out = append(out, pausedWait(h)...)
		}
		out = append(out, d.Lacking(CodePausePin, schemas.PauseHook, at, what)...)
		for _, s := range h.in.Stages {
			if !slices.Contains(hook.PauseStages(), s.V) {
				out = append(out, parts.Found(CodePauseStage, s.Range, "ECS cannot pause at "+s.V, pauseStageWords(s.V)))
			}
		}
		key := fmt.Sprint(stagesOf(h), h.plan.HookTimeoutMinutes, h.plan.HookTimeoutAction)
		if first, twice := alike[key]; twice {
			out = append(out, parts.Found(CodePausesAlike, h.in.Name.Range, "The pause "+h.in.Name.V+" is the same as another one",
				"A pause has no name at AWS: with equal stages and timeout the two are one. Take one out, or let them differ.", first))
		}
		alike[key] = h.in.Name.Range
	}
	return out
}

func pauseStageWords(stage string) string {
	if stage == hook.ReconcileService {
		return "AWS's pages disagree on it, and a refused hook fails the apply. Pause at PRE_SCALE_UP: it comes next."
	}
	return "That stage runs again in a rollback, which must not wait. Pause before or after it: at " + parts.Names(hook.PauseStages()) + "."
}

// pausedWait: what only a function has.
func pausedWait(h lifecycleHook) diag.List {
	var out diag.List
	if h.in.For.V%time.Minute != 0 {
		out = append(out, parts.Found(CodePauseMinutes, h.in.For.Range, "A pause of "+parts.Spell(h.in.For.V)+" is not whole minutes",
			"ECS counts a pause in minutes. Write "+parts.Spell(parts.MinutesUp(h.in.For.V))+", or `via: lambda`.", h.in.Via.Range))
	}
	if parts.Said(h.in.Tracing) && h.in.Tracing.V {
		out = append(out, parts.Found(CodePauseTraced, h.in.Tracing.Range, "A pause has no function that could be traced",
			"Take `tracing` out, or write `via: lambda`.", h.in.Via.Range))
	}
	return out
}

// approvalRules: an apply that waits for people says how long.
func approvalRules(d *deployment) diag.List {
	in := d.In.ECS.Deployment
	if !in.Wait.V || in.Timeouts.Create.V > 0 && in.Timeouts.Update.V > 0 {
		return nil
	}
	var out diag.List
	for _, h := range d.approvals() {
		out = append(out, parts.Found(CodeApprovalWait, h.in.Kind.Range, "Terraform would wait until somebody approves, and does not say how long",
			"Write `wait: false` and watch the deployment, or `timeouts` with create and update that cover "+parts.Spell(h.longest)+" for the answer: state stays locked, and credentials must live, until it is given."))
	}
	return out
}

// endRules: what the service says of a hook's end and details.
func endRules(d *deployment) diag.List {
	var out diag.List
	for _, h := range d.hooks {
		if len(h.in.HookDetails) > 0 {
			out = append(out, d.Lacking(CodeDetailsPin, schemas.HookDetails, h.in.HookDetails[0].Key.Range, "hook_details")...)
		}
		t := h.in.TimeoutConfiguration
		if t == nil || h.pause {
			continue
		}
		out = append(out, d.Lacking(CodeTimeoutPin, schemas.HookTimeout, t.Range, "timeout_configuration")...)
		if t.Timeout.V > hook.MaxLambda {
			out = append(out, parts.Found(CodeLambdaTimeout, t.Timeout.Range, "A hook with a function has "+parts.Spell(hook.MaxLambda)+" at most, not "+parts.Spell(t.Timeout.V),
				"Only a pause may last longer. Write a shorter timeout, or `kind: approval`."))
		}
		if t.Timeout.V < h.in.Timeout.V {
			out = append(out, parts.Found(CodeTimeoutShort, t.Timeout.Range, "The hook ends after "+parts.Spell(t.Timeout.V)+", and one call may take "+parts.Spell(h.in.Timeout.V),
				"ECS would act before the function has answered. Write a longer timeout here, or a shorter one of the call.", h.in.Timeout.Range))
		}
	}
	return out
}

// trafficOf: a hook that asks or compares must know whose traffic.
func trafficOf(d *deployment, h lifecycleHook) diag.List {
	keys := keysOf(d.pairs)
	at, what := h.in.Name.Range, "The hook "+h.in.Name.V+" does not say whose traffic it is about"
	if parts.Said(h.in.Traffic) {
		at, what = h.in.Traffic.Range, "No load balancer has the traffic "+h.in.Traffic.V
	}
	remedy := "Write `traffic` with one of its keys: " + strings.Join(keys, ", ") + "."
	if len(keys) == 0 {
		remedy = "No traffic of the blueprint is behind one. Take `traffic` out, and say url, host and dimensions yourself."
	}
	return diag.List{parts.Found(CodeHookTraffic, at, what, remedy)}
}
