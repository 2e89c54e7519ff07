package hook

import (
	"errors"
	"time"
)

// Mode is how a hook passes its time.
type Mode string

// The two modes, as the handlers read them from WAIT_MODE.
const (
	// Polling answers IN_PROGRESS at once, and ECS calls again.
	Polling Mode = "poll"
	// Sleeping passes the whole time in one call.
	Sleeping Mode = "sleep"
)

// What ECS does when a hook has not finished in its time.
const (
	Continue = "CONTINUE"
	Rollback = "ROLLBACK"
)

// The bounds of a hook that takes its time.
const (
	// MaxWait is a stage's 24 hours less the two minutes by which the hook's own timeout comes after the wait.
	MaxWait = MaxLambda - waitSlackMinutes*time.Minute
	// MaxSleep is the longest wait in one call: a function runs for 900 s at most, and starts before it sleeps.
	MaxSleep = (maxFunctionSeconds - sleepMarginSeconds) * time.Second
	// MaxLambda is the longest timeout that ECS takes for a hook with a function; a pause may last 14 days.
	MaxLambda = 24 * time.Hour

	maxFunctionSeconds = 900
	pollTimeoutSeconds = 10 // of one call that only compares two times
	lookTimeoutSeconds = 60 // of one call that asks CloudWatch, thrice if need be
	sleepMarginSeconds = 60 // start of the function, and a clock that is not ours
	waitSlackMinutes   = 2  // a last poll comes up to 30 s late
)

// What PlanWait and PlanWatch refuse.
var (
	// ErrWaitNotPositive is a wait below one second.
	ErrWaitNotPositive = errors.New("a wait lasts at least one second")
	// ErrWaitTooLong is a wait above MaxWait, under any provider.
	ErrWaitTooLong = errors.New("a stage lasts 24 hours at most")
	// ErrWaitNeedsTimeout is a wait above MaxSleep where the provider does not know a hook's timeout.
	ErrWaitNeedsTimeout = errors.New("a wait this long needs a hook timeout, which the provider constraint does not promise")
)

// Plan is what the module and the service must say for one hook that takes its time.
type Plan struct {
	Mode Mode
	// FunctionTimeoutSeconds of one call, 1 to 900; zero without a function.
	FunctionTimeoutSeconds int
	// HookTimeoutMinutes and HookTimeoutAction of timeout_configuration; zero where there is none.
	HookTimeoutMinutes int
	HookTimeoutAction  string
	// WaitSeconds is the wait, rounded up to whole seconds.
	WaitSeconds int
	// Longest is what one stage (one step, where stages have steps) may take at worst; the service's timeouts count it.
	Longest time.Duration
}

// PlanWait decides between polling and one sleeping call. timeoutKnown says that every version of the provider that the
// constraint admits has timeout_configuration (aws 6.66). Without it nothing could end a poll whose state got lost, so
// below it the wait is slept. The stages do not matter: each of them, and each step, is a wait of its own.
// A wait that lost its state has done no harm: its timeout goes on.
func PlanWait(wait time.Duration, timeoutKnown bool) (Plan, error) {
	return plan(wait, wait, timeoutKnown, pollTimeoutSeconds, Continue)
}

// PlanWatch is PlanWait for a hook that looks on for the watch, after settle at most. What it could not see to be well does
// not go on: its timeout rolls back.
func PlanWatch(watch, settle time.Duration, timeoutKnown bool) (Plan, error) {
	return plan(watch, watch+settle, timeoutKnown, lookTimeoutSeconds, Rollback)
}

// PlanPause is a hook without a function: ECS itself lets the time pass, whole minutes, and then takes the action.
func PlanPause(long time.Duration, action string) Plan {
	return Plan{HookTimeoutMinutes: ceil(long, time.Minute), HookTimeoutAction: action, Longest: long}
}

func plan(wait, most time.Duration, timeoutKnown bool, callSeconds int, action string) (Plan, error) {
	switch {
	case wait < time.Second:
		return Plan{}, ErrWaitNotPositive
	case most > MaxWait:
		return Plan{}, ErrWaitTooLong
	case !timeoutKnown && most > MaxSleep:
		return Plan{}, ErrWaitNeedsTimeout
	}
	p := Plan{Mode: Sleeping, WaitSeconds: ceil(wait, time.Second), FunctionTimeoutSeconds: ceil(most, time.Second) + sleepMarginSeconds}
	p.Longest = time.Duration(p.FunctionTimeoutSeconds) * time.Second
	if timeoutKnown {
		p.Mode = Polling
		p.FunctionTimeoutSeconds = callSeconds
		p.HookTimeoutMinutes = ceil(most, time.Minute) + waitSlackMinutes
		p.HookTimeoutAction = action
		p.Longest = time.Duration(p.HookTimeoutMinutes) * time.Minute
	}
	return p, nil
}

func ceil(d, unit time.Duration) int { return int((d + unit - 1) / unit) }
