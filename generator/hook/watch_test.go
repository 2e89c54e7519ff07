package hook_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/hook/model"

	"github.com/google/go-cmp/cmp"
)

// said is what AWS answers from a time of the deployment on.
type said struct {
	from   time.Duration
	answer any
}

// raised is an operation that fails.
func raised(text string) map[string]any { return map[string]any{"raise": text} }

// answered is the environment in which the stand-in of boto3 answers.
func answered(t *testing.T, operations map[string][]said) map[string]string {
	t.Helper()
	timed := map[string][][2]any{}
	for operation, answers := range operations {
		for _, a := range answers {
			timed[operation] = append(timed[operation], [2]any{epoch + a.from.Seconds(), a.answer})
		}
	}
	text, err := json.Marshal(timed)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"ANSWERS": string(text)}
}

// watched is a kind that asks CloudWatch, deployed as its plan has it.
type watched struct {
	kind        string
	watch       time.Duration
	settle      time.Duration
	asleep      bool
	forgetful   bool
	stages      []string
	environment map[string]string
}

func (r *runner) watching(w watched, answers map[string][]said) model.Hook {
	r.t.Helper()
	plan, err := hook.PlanWatch(w.watch, w.settle, !w.asleep)
	if err != nil {
		r.t.Fatal(err)
	}
	env := planned(plan)
	maps.Copy(env, answered(r.t, answers))
	maps.Copy(env, w.environment)
	timeout := time.Duration(plan.FunctionTimeoutSeconds) * time.Second
	file := filepath.Join(w.kind, "handler.py")
	return model.Hook{
		Name: w.kind, Stages: w.stages, FunctionTimeout: timeout, TimeoutMinutes: plan.HookTimeoutMinutes, Action: plan.HookTimeoutAction,
		Invoke: r.invoke(function{name: w.kind, file: file, env: env, timeout: timeout, forgetful: w.forgetful}),
	}
}

// outcome is what a deployment with the hook came to.
type outcome struct {
	status model.Status
	reason string // a part of it
	held   time.Duration
}

func (o outcome) check(t *testing.T, name string, trace model.Trace) {
	t.Helper()
	if trace.Status != o.status || !strings.Contains(trace.Reason, o.reason) {
		t.Errorf("%s: %s because of %q, want %s because of %q", name, trace.Status, trace.Reason, o.status, o.reason)
	}
	if o.held > 0 && trace.Status == model.Successful && trace.Ended != fixed+o.held {
		t.Errorf("%s: ended after %s, want %s", name, trace.Ended, fixed+o.held)
	}
}

// watchCase is what a watch makes of what CloudWatch says, polling and asleep, when the service is new and when it is not.
type watchCase struct {
	name    string
	w       watched
	answers []said
	want    outcome
}

func (c watchCase) run(t *testing.T, hooked func(watched, ...said) model.Hook) {
	t.Helper()
	for _, asleep := range []bool{false, true} {
		c.w.asleep = asleep
		h := hooked(c.w, c.answers...)
		c.want.check(t, c.name, model.Run(redeploy(h)))
		create := model.Run(create(h))
		if bad := c.want.status != model.Successful; bad != (create.Status == model.CreateFailed) || create.Status == model.RolledBack {
			t.Errorf("%s, on create: %s (%s)", c.name, create.Status, create.Reason)
		}
	}
}

func alarmsIn(states map[string]string) map[string]any {
	list := []any{}
	for name, state := range states {
		list = append(list, map[string]string{"AlarmName": name, "StateValue": state})
	}
	return map[string]any{"MetricAlarms": list, "CompositeAlarms": []any{}}
}

func (r *runner) alarms(w watched, answers ...said) model.Hook {
	w.kind, w.watch = hook.Alarms, 5*time.Minute
	if w.stages == nil {
		w.stages = []string{hook.PostTestTrafficShift}
	}
	environment := map[string]string{"ALARMS": `["errors", "latency"]`, "SETTLE_SECONDS": "0"}
	if w.settle > 0 {
		environment["SETTLE_SECONDS"] = "90"
	}
	maps.Copy(environment, w.environment)
	w.environment = environment
	return r.watching(w, map[string][]said{"cloudwatch.describe_alarms": answers})
}

func TestAlarms(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	ok := alarmsIn(map[string]string{"errors": "OK", "latency": "OK"})
	ill := alarmsIn(map[string]string{"errors": "ALARM", "latency": "OK"})
	blind := alarmsIn(map[string]string{"errors": "INSUFFICIENT_DATA", "latency": "OK"})
	const start = 2 * time.Minute // of the stage
	settle := watched{settle: 90 * time.Second}
	strict := watched{environment: map[string]string{"INSUFFICIENT_DATA": "alarm"}}
	for _, c := range []watchCase{
		{"success", watched{}, []said{{0, ok}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"failure at once", watched{}, []said{{0, ill}}, outcome{model.RolledBack, "errors is in ALARM", 0}},
		{"failure at the end", watched{}, []said{{0, ok}, {start + 290*time.Second, ill}}, outcome{model.RolledBack, "errors is in ALARM", 0}},
		{"failure too late", watched{}, []said{{0, ok}, {start + 301*time.Second, ill}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"settles in time", settle, []said{{0, ill}, {start + 80*time.Second, ok}}, outcome{model.Successful, "", 6 * time.Minute}},
		{"settles too late", settle, []said{{0, ill}, {start + 100*time.Second, ok}}, outcome{model.RolledBack, "errors is in ALARM", 0}},
		{"no data", watched{}, []said{{0, blind}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"no data is an alarm", strict, []said{{0, blind}}, outcome{model.RolledBack, "errors is in INSUFFICIENT_DATA", 0}},
		{"no such alarm", watched{}, []said{{0, alarmsIn(map[string]string{"errors": "OK"})}}, outcome{model.RolledBack, "there is no metric alarm latency", 0}},
		{"throttled for a while", watched{}, []said{{0, raised("Throttling")}, {start + time.Minute, ok}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"never seen", watched{}, []said{{0, raised("AccessDenied")}}, outcome{model.RolledBack, "AccessDenied", 0}},
	} {
		c.run(t, r.alarms)
	}
}

// TestWatchStateLost: a watch remembers in hookDetails and in the memory of its function, and one of the two is enough.
func TestWatchStateLost(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	alarms := func(w watched) model.Hook {
		return r.alarms(w, said{0, alarmsIn(map[string]string{"errors": "OK", "latency": "OK"})})
	}
	metric := func(w watched) model.Hook { return r.metric(w, said{0, series(0)}) }
	for name, c := range map[string]struct {
		w    watched
		m    model.Memory
		want outcome
	}{
		"hookDetails":       {watched{}, model.Lost, outcome{model.Successful, "", 5 * time.Minute}},
		"memory":            {watched{forgetful: true}, model.Kept, outcome{model.Successful, "", 5 * time.Minute}},
		"both":              {watched{forgetful: true}, model.Lost, outcome{model.RolledBack, "timed out", 0}},
		"both, in one call": {watched{forgetful: true, asleep: true}, model.Lost, outcome{model.Successful, "", 5 * time.Minute}},
	} {
		for _, h := range []model.Hook{alarms(c.w), metric(c.w)} {
			d := redeploy(h)
			d.Memory = c.m
			c.want.check(t, h.Name+", "+name, model.Run(d))
		}
	}
}

// Whatever the alarms say, a rollback is not held.
func TestWatchesDoNotHoldARollback(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	stages := []string{hook.TestTrafficShift, hook.ProductionTrafficShift}
	alarms := r.alarms(watched{stages: stages}, said{0, alarmsIn(map[string]string{"errors": "OK", "latency": "OK"})}, said{20 * time.Minute, raised("gone")})
	metric := r.metric(watched{stages: stages}, said{0, series(1)}, said{20 * time.Minute, raised("gone")})
	for _, h := range []model.Hook{alarms, metric} {
		d := redeploy(h)
		d.FailAfter, d.Bake = hook.BakeTime, 20*time.Minute
		trace := model.Run(d)
		var back []string
		for _, c := range trace.Calls {
			if c.Rollback {
				back = append(back, c.Answer)
			}
		}
		if diff := cmp.Diff([]string{"SUCCEEDED", "SUCCEEDED"}, back); diff != "" || trace.Status != model.RolledBack {
			t.Errorf("%s: %s (-want +got):\n%s", h.Name, trace.Status, diff)
		}
	}
}
