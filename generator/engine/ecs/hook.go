package ecs

import (
	"slices"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
)

// lifecycleHook is one hook with what its kind decides.
type lifecycleHook struct {
	in   blueprint.Hook
	id   string
	kind hook.Kind
	// plan is how the hook passes its time, and what the service says of its timeout.
	plan hook.Plan
	// pause says that ECS itself pauses: there is no function.
	pause bool
	// pair is the index of the key of traffic that is asked or compared, -1 where there is none.
	pair int
	// longest is what the hook may take at one of its stages.
	longest time.Duration
}

// timed says that the service gives the hook a timeout.
func (h lifecycleHook) timed() bool { return h.plan.HookTimeoutMinutes > 0 }

// called says that the root calls a module for the hook: a pause that only lets time pass has none.
func (h lifecycleHook) called() bool { return !h.pause || h.kind.Name == hook.Approval }

// held says that the hook's function takes its time, by polling or asleep.
func (h lifecycleHook) held() bool {
	switch h.kind.Name {
	case hook.Wait:
		return !h.pause
	case hook.Alarms, hook.Metric:
		return true
	default:
		return false
	}
}

func (d *deployment) hook(in blueprint.Hook) lifecycleHook {
	kind, _ := hook.Lookup(in.Kind.V) // the blueprint's enum knows no others
	h := lifecycleHook{in: in, id: "hook_" + parts.Ident(in.Name.V), kind: kind, longest: in.Timeout.V, pair: d.hookPair(in)}
	if h.pair >= 0 && d.pairs[h.pair].nlb != nil {
		h.in.Metrics = networkMetrics(in.Metrics)
	}
	h.pause = kind.Name == hook.Approval || kind.Name == hook.Wait && in.Via.V == "pause"
	h.plan, _ = d.hookPlan(h) // what cannot be planned is refused by a rule; until then the plan is empty
	if h.plan.Longest > 0 {
		h.longest = h.plan.Longest
	}
	return h
}

// hookPlan is how a hook passes its time; the error says why it cannot.
func (d *deployment) hookPlan(h lifecycleHook) (hook.Plan, error) {
	switch t := h.in.TimeoutConfiguration; {
	case h.kind.Name == hook.Wait && h.pause:
		return hook.PlanPause(h.in.For.V, hook.Continue), nil
	case h.kind.Name == hook.Wait:
		return hook.PlanWait(h.in.For.V, d.gates.hookTimeout)
	case h.kind.Name == hook.Alarms || h.kind.Name == hook.Metric:
		return hook.PlanWatch(h.in.For.V, h.in.Settle.V, d.gates.hookTimeout)
	case t != nil && t.Action.V == "continue":
		return hook.PlanPause(t.Timeout.V, hook.Continue), nil
	case t != nil:
		return hook.PlanPause(t.Timeout.V, hook.Rollback), nil
	case h.kind.Name == hook.Approval: // ECS's own, written so that it can be read
		return hook.PlanPause(hook.MaxLambda, hook.Rollback), nil
	default:
		return hook.Plan{}, nil
	}
}

// hookPair is the key of traffic that a hook names, or the only one: among several ways that behind an Application Load Balancer, which says
// most of the requests.
func (d *deployment) hookPair(in blueprint.Hook) int {
	candidates := d.albs()
	if len(candidates) == 0 {
		candidates = d.nlbs()
	}
	key := in.Traffic.V
	if key == "" && len(candidates) == 1 {
		key = candidates[0].key
	}
	return slices.IndexFunc(d.pairs, func(p pair) bool { return p.key == key })
}

// compares says that a metric is one of the target groups'.
func (h lifecycleHook) compares() bool {
	for _, m := range h.in.Metrics {
		if m.V.TargetGroup.V != "" {
			return true
		}
	}
	return false
}

// functions are the hooks that run one.
func (d *deployment) functions() []lifecycleHook {
	var out []lifecycleHook
	for _, h := range d.hooks {
		if !h.pause {
			out = append(out, h)
		}
	}
	return out
}

// approvals are the hooks that ask people.
func (d *deployment) approvals() []lifecycleHook {
	var out []lifecycleHook
	for _, h := range d.hooks {
		if h.kind.Name == hook.Approval {
			out = append(out, h)
		}
	}
	return out
}
