package hook_test

import (
	"errors"
	"testing"
	"time"

	"bluegen/generator/hook"

	"github.com/google/go-cmp/cmp"
)

func TestPlanWait(t *testing.T) {
	t.Parallel()
	poll := func(seconds, minutes int) hook.Plan {
		return hook.Plan{
			Mode: hook.Polling, FunctionTimeoutSeconds: 10, WaitSeconds: seconds,
			HookTimeoutMinutes: minutes, HookTimeoutAction: "CONTINUE", Longest: time.Duration(minutes) * time.Minute,
		}
	}
	sleep := func(seconds int) hook.Plan {
		return hook.Plan{
			Mode: hook.Sleeping, FunctionTimeoutSeconds: seconds + 60, WaitSeconds: seconds,
			Longest: time.Duration(seconds+60) * time.Second,
		}
	}
	for _, c := range []struct {
		wait  time.Duration
		known bool
		want  hook.Plan
		err   error
	}{
		{3 * time.Minute, true, poll(180, 5), nil},
		{181 * time.Second, true, poll(181, 6), nil},
		{time.Second, true, poll(1, 3), nil},
		{1500 * time.Millisecond, true, poll(2, 3), nil},
		{1438 * time.Minute, true, poll(86280, 1440), nil},
		{1438*time.Minute + 1, true, hook.Plan{}, hook.ErrWaitTooLong},
		{3 * time.Minute, false, sleep(180), nil},
		{840 * time.Second, false, sleep(840), nil},
		{841 * time.Second, false, hook.Plan{}, hook.ErrWaitNeedsTimeout},
		{25 * time.Hour, false, hook.Plan{}, hook.ErrWaitTooLong},
		{0, true, hook.Plan{}, hook.ErrWaitNotPositive},
		{-time.Minute, false, hook.Plan{}, hook.ErrWaitNotPositive},
	} {
		got, err := hook.PlanWait(c.wait, c.known)
		if !errors.Is(err, c.err) {
			t.Errorf("%s, known %v: error %v, want %v", c.wait, c.known, err, c.err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s, known %v (-want +got):\n%s", c.wait, c.known, diff)
		}
	}
}

func TestPlanWatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		watch, settle time.Duration
		known         bool
		want          hook.Plan
		err           error
	}{
		{5 * time.Minute, 90 * time.Second, true, hook.Plan{
			Mode: hook.Polling, FunctionTimeoutSeconds: 60, WaitSeconds: 300, HookTimeoutMinutes: 9, HookTimeoutAction: "ROLLBACK", Longest: 9 * time.Minute,
		}, nil},
		{5 * time.Minute, 90 * time.Second, false, hook.Plan{Mode: hook.Sleeping, FunctionTimeoutSeconds: 450, WaitSeconds: 300, Longest: 450 * time.Second}, nil},
		{13 * time.Minute, 2 * time.Minute, false, hook.Plan{}, hook.ErrWaitNeedsTimeout},
		{20 * time.Hour, 4 * time.Hour, true, hook.Plan{}, hook.ErrWaitTooLong},
		{0, time.Minute, true, hook.Plan{}, hook.ErrWaitNotPositive},
	} {
		got, err := hook.PlanWatch(c.watch, c.settle, c.known)
		if !errors.Is(err, c.err) {
			t.Errorf("%s after %s, known %v: error %v, want %v", c.watch, c.settle, c.known, err, c.err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s after %s, known %v (-want +got):\n%s", c.watch, c.settle, c.known, diff)
		}
	}
}

func TestPlanPause(t *testing.T) {
	t.Parallel()
	want := hook.Plan{HookTimeoutMinutes: 20_160, HookTimeoutAction: "ROLLBACK", Longest: 14 * 24 * time.Hour}
	if diff := cmp.Diff(want, hook.PlanPause(14*24*time.Hour, hook.Rollback)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
