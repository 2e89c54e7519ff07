package model_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/hook/model"

	"github.com/google/go-cmp/cmp"
)

const (
	blue  = "arn:aws:ecs:eu-west-1:111122223333:service-revision/shop/orders/1"
	green = "arn:aws:ecs:eu-west-1:111122223333:service-revision/shop/orders/2"
)

func redeploy(hooks ...model.Hook) model.Deployment {
	return model.Deployment{
		ARN: "arn:deployment", Source: blue, Target: green, Hooks: hooks,
		ScaleUp: 2 * time.Minute, Bake: 3 * time.Minute, StepBake: time.Minute,
	}
}

// says answers every call alike.
func says(answer string, stages ...string) model.Hook {
	return model.Hook{Name: "h", Stages: stages, Invoke: func(time.Duration, []byte) model.Reply {
		return model.Reply{Answer: []byte(answer), Took: time.Second}
	}}
}

func stages(trace model.Trace) []string {
	var out []string
	for _, c := range trace.Calls {
		name := c.Stage
		if c.Rollback {
			name = "rollback:" + name
		}
		out = append(out, name)
	}
	return out
}

func TestStagesInOrder(t *testing.T) {
	t.Parallel()
	ok := says(`{"hookStatus":"SUCCEEDED"}`, hook.LegalStages()...)
	shift := []string{hook.PreProductionTrafficShift, hook.ProductionTrafficShift}
	before := []string{hook.PreScaleUp, hook.PostScaleUp, hook.TestTrafficShift, hook.PostTestTrafficShift}
	blueGreen := append(append(append([]string{}, before...), shift...), hook.PostProductionTrafficShift)

	d := redeploy(ok)
	if diff := cmp.Diff(blueGreen, stages(model.Run(d))); diff != "" {
		t.Errorf("blue/green (-want +got):\n%s", diff)
	}
	d.Reconcile = true
	if diff := cmp.Diff(append([]string{hook.ReconcileService}, blueGreen...), stages(model.Run(d))); diff != "" {
		t.Errorf("two revisions (-want +got):\n%s", diff)
	}
	d = redeploy(ok)
	d.Steps = []float64{5, 100}
	canary := append(append(append(append([]string{}, before...), shift...), shift...), hook.PostProductionTrafficShift)
	trace := model.Run(d)
	if diff := cmp.Diff(canary, stages(trace)); diff != "" {
		t.Errorf("canary (-want +got):\n%s", diff)
	}
	want := 2*time.Minute + 9*time.Second + time.Minute + 3*time.Minute
	if trace.Status != model.Successful || trace.Ended != want {
		t.Errorf("canary ended %s after %s, want success after %s", trace.Status, trace.Ended, want)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer, seen string
		status       model.Status
	}{
		{`{"hookStatus":"SUCCEEDED"}`, "SUCCEEDED", model.Successful},
		{`{"hookStatus":"FAILED","reason":"no"}`, "FAILED", model.RolledBack},
		{`{"hookstatus":"SUCCEEDED"}`, "unparsable", model.RolledBack},
		{`{"hookStatus":"succeeded"}`, "unparsable", model.RolledBack},
		{`{"hookStatus":null}`, "unparsable", model.RolledBack},
		{`{"hookStatus":"IN_PROGRESS","callBackDelay":"30"}`, "unparsable", model.RolledBack},
		{`{"hookStatus":"IN_PROGRESS","hookDetails":"x"}`, "unparsable", model.RolledBack},
		{`null`, "unparsable", model.RolledBack},
		{`"SUCCEEDED"`, "unparsable", model.RolledBack},
		{``, "unparsable", model.RolledBack},
	} {
		trace := model.Run(redeploy(says(c.answer, hook.PostScaleUp)))
		if len(trace.Calls) != 1 || trace.Calls[0].Answer != c.seen || trace.Status != c.status {
			t.Errorf("%s: %+v, want %s and %s", c.answer, trace, c.seen, c.status)
		}
	}
}

func TestCreateHasNothingToGoBackTo(t *testing.T) {
	t.Parallel()
	var event struct {
		Details struct {
			Weights map[string]float64 `json:"testTrafficWeights"`
		} `json:"executionDetails"`
	}
	h := says(`{"hookStatus":"FAILED"}`, hook.TestTrafficShift)
	h.Invoke = func(_ time.Duration, data []byte) model.Reply {
		if err := json.Unmarshal(data, &event); err != nil {
			t.Error(err)
		}
		return model.Reply{Err: errors.New("raised")}
	}
	d := redeploy(h)
	d.Source = ""
	trace := model.Run(d)
	if trace.Status != model.CreateFailed || len(trace.Calls) != 1 || trace.Calls[0].Answer != "error" {
		t.Errorf("%+v", trace)
	}
	if diff := cmp.Diff(map[string]float64{green: 100}, event.Details.Weights); diff != "" {
		t.Errorf("weights of a create (-want +got):\n%s", diff)
	}
}

func TestRollbackCallsTheShiftsAgain(t *testing.T) {
	t.Parallel()
	ok := says(`{"hookStatus":"SUCCEEDED"}`, hook.TestTrafficShift, hook.ProductionTrafficShift)
	for failAfter, want := range map[string][]string{
		hook.ScaleUp:              nil,
		hook.PostTestTrafficShift: {hook.TestTrafficShift, "rollback:" + hook.TestTrafficShift},
		hook.BakeTime: {
			hook.TestTrafficShift, hook.ProductionTrafficShift,
			"rollback:" + hook.ProductionTrafficShift, "rollback:" + hook.TestTrafficShift,
		},
	} {
		d := redeploy(ok)
		d.FailAfter = failAfter
		trace := model.Run(d)
		if diff := cmp.Diff(want, stages(trace)); diff != "" || trace.Status != model.RolledBack {
			t.Errorf("%s: %s (-want +got):\n%s", failAfter, trace.Status, diff)
		}
	}
}

func TestRollbackFailsWithItsHook(t *testing.T) {
	t.Parallel()
	h := says("", hook.ProductionTrafficShift)
	h.Invoke = func(_ time.Duration, event []byte) model.Reply {
		if strings.Contains(string(event), `"`+green+`":0`) {
			return model.Reply{Answer: []byte(`{"hookStatus":"FAILED"}`)}
		}
		return model.Reply{Answer: []byte(`{"hookStatus":"SUCCEEDED"}`)}
	}
	d := redeploy(h)
	d.FailAfter = hook.BakeTime
	if trace := model.Run(d); trace.Status != model.RollbackFailed {
		t.Errorf("%+v", trace)
	}
}

func TestHookTimeout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		action string
		status model.Status
	}{{"CONTINUE", model.Successful}, {"ROLLBACK", model.RolledBack}, {"", model.RolledBack}} {
		h := says(`{"hookStatus":"IN_PROGRESS"}`, hook.PreScaleUp)
		h.TimeoutMinutes, h.Action = 5, c.action
		trace := model.Run(redeploy(h))
		if trace.Status != c.status || len(trace.Calls) != 10 { // every 31 s
			t.Errorf("%q: %s after %d calls, %s", c.action, trace.Status, len(trace.Calls), trace.Reason)
		}
	}
	trace := model.Run(redeploy(says(`{"hookStatus":"IN_PROGRESS","callBackDelay":9000}`, hook.PreScaleUp)))
	if trace.Status != model.RolledBack || trace.Ended != 24*time.Hour {
		t.Errorf("without a timeout of its own: %s after %s", trace.Status, trace.Ended)
	}
}

func TestOneCallHasAnEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		limit, took time.Duration
		answer      string
	}{
		{0, 3 * time.Second, "SUCCEEDED"},
		{0, 4 * time.Second, "timeout"},
		{15 * time.Minute, 15 * time.Minute, "SUCCEEDED"},
		{time.Hour, 15*time.Minute + time.Second, "timeout"},
	} {
		h := says("", hook.PreScaleUp)
		h.FunctionTimeout = c.limit
		h.Invoke = func(time.Duration, []byte) model.Reply {
			return model.Reply{Answer: []byte(`{"hookStatus":"SUCCEEDED"}`), Took: c.took}
		}
		if trace := model.Run(redeploy(h)); trace.Calls[0].Answer != c.answer {
			t.Errorf("%s of %s: %s, want %s", c.took, c.limit, trace.Calls[0].Answer, c.answer)
		}
	}
}

func TestHooksOfAStageRunSideBySide(t *testing.T) {
	t.Parallel()
	slow := says(`{"hookStatus":"IN_PROGRESS"}`, hook.PostScaleUp)
	slow.Name, slow.TimeoutMinutes, slow.Action = "slow", 10, "CONTINUE"
	bad := says(`{"hookStatus":"FAILED"}`, hook.PostScaleUp)
	trace := model.Run(redeploy(slow, bad))
	if trace.Status != model.RolledBack || trace.Ended != 12*time.Minute {
		t.Errorf("one failure rolls back when all have finished: %s after %s", trace.Status, trace.Ended)
	}
}

func TestHookDetails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		memory model.Memory
		want   []string // what each call gets
	}{
		{model.Kept, []string{`{"static":1}`, `{"a":1,"static":1}`, `{"a":1,"b":2,"static":1}`}},
		{model.PerStage, []string{`{"static":1}`, `{"a":1,"static":1}`, `{"static":1}`}},
		{model.Lost, []string{`{"static":1}`, `{"static":1}`, `{"static":1}`}},
	} {
		answers := []string{
			`{"hookStatus":"IN_PROGRESS","hookDetails":{"a":1}}`,
			`{"hookStatus":"SUCCEEDED","hookDetails":{"ignored":1}}`,
			`{"hookStatus":"SUCCEEDED"}`,
		}
		if c.memory == model.Kept {
			answers = []string{
				answers[0], `{"hookStatus":"IN_PROGRESS","hookDetails":{"b":2}}`, answers[1], answers[2],
			}
		}
		var got []string
		h := says("", hook.PreScaleUp, hook.PostScaleUp)
		h.Details = map[string]any{"static": 1}
		h.Invoke = func(_ time.Duration, data []byte) model.Reply {
			var event struct {
				Details json.RawMessage `json:"hookDetails"`
			}
			if err := json.Unmarshal(data, &event); err != nil {
				t.Error(err)
			}
			got = append(got, string(event.Details))
			return model.Reply{Answer: []byte(answers[len(got)-1])}
		}
		d := redeploy(h)
		d.Memory = c.memory
		if trace := model.Run(d); trace.Status != model.Successful {
			t.Fatalf("%+v", trace)
		}
		if diff := cmp.Diff(c.want, got[:3]); diff != "" {
			t.Errorf("memory %d (-want +got):\n%s", c.memory, diff)
		}
	}
}
