package hook_test

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/hook/model"

	"github.com/google/go-cmp/cmp"
)

// planned is the environment of a hook that takes its time.
func planned(plan hook.Plan) map[string]string {
	return map[string]string{"WAIT_MODE": string(plan.Mode), "WAIT_SECONDS": strconv.Itoa(plan.WaitSeconds)}
}

// waiting is the wait hook as its plan has it deployed, at the stages.
func (r *runner) waiting(name string, wait time.Duration, known, forgetful bool, stages ...string) model.Hook {
	r.t.Helper()
	plan, err := hook.PlanWait(wait, known)
	if err != nil {
		r.t.Fatal(err)
	}
	file := filepath.Join("wait", "handler.py")
	return model.Hook{
		Name: name, Stages: stages,
		Invoke:          r.invoke(function{name: name, file: file, env: planned(plan), forgetful: forgetful}),
		FunctionTimeout: time.Duration(plan.FunctionTimeoutSeconds) * time.Second,
		TimeoutMinutes:  plan.HookTimeoutMinutes, Action: plan.HookTimeoutAction,
	}
}

// fixed is what a deployment takes without hooks.
const fixed = 5 * time.Minute

func TestWaitHoldsEveryStage(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	kinds := map[string]func(...model.Hook) model.Deployment{"create": create, "redeploy": redeploy}
	for name, deployment := range kinds {
		for _, known := range []bool{true, false} {
			for memory, forgetful := range map[model.Memory]bool{model.Kept: true, model.PerStage: true, model.Lost: false} {
				d := deployment(r.waiting("w", 100*time.Second, known, forgetful, hook.LegalStages()...))
				d.Memory, d.Reconcile = memory, name == "redeploy"
				trace := model.Run(d)
				waits := 7
				if d.Reconcile {
					waits = 8
				}
				want := fixed + time.Duration(waits)*100*time.Second
				if trace.Status != model.Successful || trace.Ended != want {
					t.Errorf("%s, known %v, memory %d: %s after %s, want success after %s (%s)",
						name, known, memory, trace.Status, trace.Ended, want, trace.Reason)
				}
			}
		}
	}
}

func TestWaitPollsAndSleeps(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	call := func(began time.Duration, answer string) model.Call {
		return model.Call{Hook: "w", Stage: hook.PostScaleUp, Weight: -1, Began: 2*time.Minute + began, Answer: answer}
	}
	for known, want := range map[bool][]model.Call{
		true: {
			call(0, "IN_PROGRESS"), call(30*time.Second, "IN_PROGRESS"), call(60*time.Second, "IN_PROGRESS"),
			call(67*time.Second, "SUCCEEDED"),
		},
		false: {call(0, "SUCCEEDED")},
	} {
		trace := model.Run(redeploy(r.waiting("w", 67*time.Second, known, false, hook.PostScaleUp)))
		if diff := cmp.Diff(want, trace.Calls); diff != "" || trace.Ended != fixed+67*time.Second {
			t.Errorf("known %v, ended after %s (-want +got):\n%s", known, trace.Ended, diff)
		}
	}
}

func TestWaitHoldsEveryStep(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	for _, known := range []bool{true, false} {
		d := redeploy(r.waiting("w", time.Minute, known, false, hook.PreProductionTrafficShift, hook.ProductionTrafficShift))
		d.Steps = []float64{0.1, 10, 33.3, 100}
		trace := model.Run(d)
		want := fixed + 3*time.Minute + 8*time.Minute // three bakes between the steps, two waits at each
		if trace.Status != model.Successful || trace.Ended != want {
			t.Errorf("known %v: %s after %s, want success after %s", known, trace.Status, trace.Ended, want)
		}
	}
}

func TestWaitDoesNotHoldARollback(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	for _, known := range []bool{true, false} {
		d := redeploy(r.waiting("w", time.Minute, known, false, hook.TestTrafficShift, hook.ProductionTrafficShift))
		d.FailAfter = hook.BakeTime
		trace := model.Run(d)
		if trace.Status != model.RolledBack || trace.Ended != fixed+2*time.Minute {
			t.Errorf("known %v: %s after %s", known, trace.Status, trace.Ended)
		}
		var back []model.Call
		for _, c := range trace.Calls {
			if c.Rollback {
				back = append(back, c)
			}
		}
		at := model.Call{Hook: "w", Rollback: true, Began: fixed + 2*time.Minute, Answer: "SUCCEEDED"}
		production, test := at, at
		production.Stage, test.Stage = hook.ProductionTrafficShift, hook.TestTrafficShift
		if diff := cmp.Diff([]model.Call{production, test}, back); diff != "" {
			t.Errorf("known %v (-want +got):\n%s", known, diff)
		}
	}
}

// With the state lost everywhere every call is a first one. Only ECS can end that, and it must go on, not back.
func TestWaitBothLost(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	d := redeploy(r.waiting("w", 3*time.Minute, true, true, hook.PostScaleUp))
	d.Memory = model.Lost
	trace := model.Run(d)
	if trace.Status != model.Successful || trace.Ended != fixed+5*time.Minute {
		t.Errorf("%s after %s (%s)", trace.Status, trace.Ended, trace.Reason)
	}
	d.Hooks[0].Action = "" // ECS's default: what the plan's CONTINUE is for
	if trace := model.Run(d); trace.Status != model.RolledBack {
		t.Errorf("without CONTINUE: %s", trace.Status)
	}
	d = redeploy(r.waiting("w", 3*time.Minute, false, true, hook.PostScaleUp))
	d.Memory = model.Lost
	if trace := model.Run(d); trace.Status != model.Successful || trace.Ended != fixed+3*time.Minute {
		t.Errorf("asleep: %s after %s", trace.Status, trace.Ended)
	}
}

func TestWaitAtItsLimits(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	for known, wait := range map[bool]time.Duration{true: hook.MaxWait, false: hook.MaxSleep} {
		trace := model.Run(redeploy(r.waiting("w", wait, known, false, hook.PreScaleUp)))
		if trace.Status != model.Successful || trace.Ended != fixed+wait {
			t.Errorf("%s: %s after %s (%s)", wait, trace.Status, trace.Ended, trace.Reason)
		}
	}
	short := r.waiting("w", hook.MaxSleep, false, false, hook.PreScaleUp)
	short.FunctionTimeout = 0 // Lambda's default of 3 s turns every wait into a rollback
	if trace := model.Run(redeploy(short)); trace.Status != model.RolledBack {
		t.Errorf("a sleep longer than the function: %s", trace.Status)
	}
}

func TestTwoWaitsOnSeveralStages(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	trace := model.Run(redeploy(
		r.waiting("short", 40*time.Second, true, false, hook.PostScaleUp, hook.PostTestTrafficShift),
		r.waiting("long", 90*time.Second, true, false, hook.PostScaleUp, hook.PostProductionTrafficShift),
	))
	if want := fixed + (90+40+90)*time.Second; trace.Status != model.Successful || trace.Ended != want {
		t.Errorf("%s after %s, want %s", trace.Status, trace.Ended, want)
	}
	for name, want := range map[string]map[string]time.Duration{
		"short": {hook.PostScaleUp: 40 * time.Second, hook.PostTestTrafficShift: 40 * time.Second},
		"long":  {hook.PostScaleUp: 90 * time.Second, hook.PostProductionTrafficShift: 90 * time.Second},
	} {
		if diff := cmp.Diff(want, held(trace, name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The next deployment of the same service may meet the same warm function, with a wait in it that nobody finished.
func TestWaitNextDeployment(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	h := r.waiting("w", 3*time.Minute, true, false, hook.PostScaleUp)
	cut := h
	cut.TimeoutMinutes, cut.Action = 1, "ROLLBACK"
	if trace := model.Run(redeploy(cut)); trace.Status != model.RolledBack || trace.Ended != 3*time.Minute {
		t.Fatalf("%+v", trace)
	}
	next := redeploy(h)
	next.ARN, next.Memory = "arn:next", model.Lost
	if trace := model.Run(next); trace.Ended != fixed+3*time.Minute {
		t.Errorf("the next deployment ended after %s", trace.Ended)
	}
}
