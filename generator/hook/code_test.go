package hook_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/hook/model"

	"github.com/google/go-cmp/cmp"
)

// team is a team's handler, a hook named check, with the defaults that the blueprint gives a code hook.
func (r *runner) team(check string, stages ...string) model.Hook {
	r.t.Helper()
	file := filepath.Join("testdata", "team_handler.py")
	return model.Hook{
		Name: "check", Stages: stages, FunctionTimeout: time.Minute,
		Invoke: r.invoke(function{name: "check", file: file, env: map[string]string{"CHECK": check}}),
	}
}

func answers(trace model.Trace) []string {
	var out []string
	for _, c := range trace.Calls {
		out = append(out, c.Answer)
	}
	return out
}

func TestCodeOutcomes(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	for _, c := range []struct {
		check    string
		answers  []string
		redeploy model.Status
		create   model.Status
		reason   string
	}{
		{"well", []string{"SUCCEEDED"}, model.Successful, model.Successful, ""},
		{"ill", []string{"FAILED"}, model.RolledBack, model.CreateFailed, "503 from /healthcheck"},
		{"third-try", []string{"IN_PROGRESS", "IN_PROGRESS", "SUCCEEDED"}, model.Successful, model.Successful, ""},
		{"raises", []string{"error"}, model.RolledBack, model.CreateFailed, "error"},
		{"slow", []string{"timeout"}, model.RolledBack, model.CreateFailed, "timeout"},
		{"nothing", []string{"unparsable"}, model.RolledBack, model.CreateFailed, "unparsable"},
		{"junk", []string{"unparsable"}, model.RolledBack, model.CreateFailed, "unparsable"},
		{"not-json", []string{"error"}, model.RolledBack, model.CreateFailed, "error"},
	} {
		h := r.team(c.check, hook.PostTestTrafficShift)
		for _, d := range []model.Deployment{redeploy(h), create(h)} {
			want := c.redeploy
			if d.Source == "" {
				want = c.create
			}
			trace := model.Run(d)
			if trace.Status != want || !strings.Contains(trace.Reason, c.reason) {
				t.Errorf("%s: %s because of %q, want %s because of %q", c.check, trace.Status, trace.Reason, want, c.reason)
			}
			if diff := cmp.Diff(c.answers, answers(trace)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.check, diff)
			}
		}
	}
}

// A hook that counts in hookDetails alone cannot end when they get lost: its timeout does, with ECS's default backwards.
func TestCodeDetailsLost(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	for minutes, ended := range map[int]time.Duration{0: 24 * time.Hour, 10: 10 * time.Minute} {
		h := r.team("third-try", hook.PreScaleUp)
		h.TimeoutMinutes = minutes
		d := redeploy(h)
		d.Memory = model.Lost
		if trace := model.Run(d); trace.Status != model.RolledBack || trace.Ended != ended {
			t.Errorf("%d minutes: %s after %s", minutes, trace.Status, trace.Ended)
		}
	}
}

func TestCodeRollback(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	h := r.team("well", hook.TestTrafficShift, hook.ProductionTrafficShift)
	d := redeploy(h)
	d.FailAfter = hook.PostProductionTrafficShift
	trace := model.Run(d)
	var weights []float64
	for _, c := range trace.Calls {
		weights = append(weights, c.Weight)
	}
	if diff := cmp.Diff([]float64{100, 100, 0, 0}, weights); diff != "" || trace.Status != model.RolledBack {
		t.Errorf("%s (-want +got):\n%s", trace.Status, diff)
	}

	stubborn := function{
		name: "stubborn", file: filepath.Join("testdata", "team_handler.py"),
		env: map[string]string{"CHECK": "well", "ON_ROLLBACK": "FAILED"},
	}
	d.Hooks[0].Invoke = r.invoke(stubborn)
	if trace := model.Run(d); trace.Status != model.RollbackFailed {
		t.Errorf("a hook that fails on the way back: %s", trace.Status)
	}
}

func TestCodeBesideWait(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	wait := r.waiting("w", 100*time.Second, true, false, hook.PostScaleUp, hook.PostTestTrafficShift)
	trace := model.Run(redeploy(wait, r.team("third-try", hook.PostScaleUp)))
	if want := fixed + 120*time.Second + 100*time.Second; trace.Status != model.Successful || trace.Ended != want {
		t.Errorf("%s after %s, want %s", trace.Status, trace.Ended, want)
	}
	trace = model.Run(redeploy(wait, r.team("ill", hook.PostScaleUp)))
	if trace.Status != model.RolledBack || trace.Ended != 2*time.Minute+100*time.Second {
		t.Errorf("one of two failed: %s after %s", trace.Status, trace.Ended)
	}
}
