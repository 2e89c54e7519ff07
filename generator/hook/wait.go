package hook

import (
	"errors"
	"strconv"
	"time"

	"bluegen/generator/tf"
)

// WaitMode is how the wait hook passes its time.
type WaitMode string

// The two modes, as the handler reads them from WAIT_MODE.
const (
	// Polling answers IN_PROGRESS at once, and ECS calls again.
	Polling WaitMode = "poll"
	// Sleeping passes the whole wait in one call.
	Sleeping WaitMode = "sleep"
)

// The bounds of a wait.
const (
	// MaxWait is a stage's 24 hours less the two minutes by which the hook's own timeout comes after the wait.
	MaxWait = maxHookTimeoutMinutes*time.Minute - waitSlackMinutes*time.Minute
	// MaxSleep is the longest wait in one call: a function runs for 900 s at most, and starts before it sleeps.
	MaxSleep = (maxFunctionSeconds - sleepMarginSeconds) * time.Second

	maxFunctionSeconds    = 900
	maxHookTimeoutMinutes = 24 * 60
	pollTimeoutSeconds    = 10 // of one call that only compares two times
	sleepMarginSeconds    = 60 // start of the function, and a clock that is not ours
	waitSlackMinutes      = 2  // a last poll comes up to 30 s late
)

// What PlanWait refuses.
var (
	// ErrWaitNotPositive is a wait below one second.
	ErrWaitNotPositive = errors.New("a wait lasts at least one second")
	// ErrWaitTooLong is a wait above MaxWait, under any provider.
	ErrWaitTooLong = errors.New("a stage lasts 24 hours at most")
	// ErrWaitNeedsTimeout is a wait above MaxSleep where the provider does not know a hook's timeout.
	ErrWaitNeedsTimeout = errors.New("a wait this long needs a hook timeout, which the provider constraint does not promise")
)

// WaitPlan is what the module and the service must say for one wait.
type WaitPlan struct {
	Mode WaitMode
	// FunctionTimeoutSeconds of one call, 1 to 900.
	FunctionTimeoutSeconds int
	// HookTimeoutMinutes and HookTimeoutAction of timeout_configuration; zero when sleeping, where there is none.
	HookTimeoutMinutes int
	HookTimeoutAction  string
	// WaitSeconds is the wait, rounded up to whole seconds.
	WaitSeconds int
	// Environment of the function: WAIT_MODE and WAIT_SECONDS.
	Environment map[string]string
	// Longest is what one stage (one step, where stages have steps) may take at worst; the service's timeouts count it.
	Longest time.Duration
}

// PlanWait decides between polling and one sleeping call. timeoutKnown says that every version of the provider that the
// constraint admits has timeout_configuration (aws 6.66). Without it nothing could end a poll whose state got lost, so
// below it the wait is slept. The stages do not matter: each of them, and each step, is a wait of its own.
func PlanWait(wait time.Duration, timeoutKnown bool) (WaitPlan, error) {
	switch {
	case wait < time.Second:
		return WaitPlan{}, ErrWaitNotPositive
	case wait > MaxWait:
		return WaitPlan{}, ErrWaitTooLong
	case !timeoutKnown && wait > MaxSleep:
		return WaitPlan{}, ErrWaitNeedsTimeout
	}
	seconds := ceil(wait, time.Second)
	plan := WaitPlan{Mode: Sleeping, WaitSeconds: seconds, FunctionTimeoutSeconds: seconds + sleepMarginSeconds}
	plan.Longest = time.Duration(plan.FunctionTimeoutSeconds) * time.Second
	if timeoutKnown {
		plan.Mode = Polling
		plan.FunctionTimeoutSeconds = pollTimeoutSeconds
		plan.HookTimeoutMinutes = ceil(wait, time.Minute) + waitSlackMinutes
		plan.HookTimeoutAction = "CONTINUE"
		plan.Longest = time.Duration(plan.HookTimeoutMinutes) * time.Minute
	}
	plan.Environment = map[string]string{"WAIT_MODE": string(plan.Mode), "WAIT_SECONDS": strconv.Itoa(seconds)}
	return plan, nil
}

func ceil(d, unit time.Duration) int { return int((d + unit - 1) / unit) }

func waitKind() Kind {
	return Kind{
		Name:     Wait,
		Summary:  "ECS lifecycle hook: holds a deployment for a while",
		Stages:   LegalStages(),
		Source:   []tf.File{source("wait/handler.py", "src/handler.py")},
		Handler:  "handler.lambda_handler",
		Runtime:  "python3.13",
		MemoryMB: 128,
		Behaviour: []Row{
			{"ECS calls for the first time at a stage, or at a step of it", "polling: `IN_PROGRESS` with the wait's end in `hookDetails`, and a callback in 5 to 30 s; sleeping: the call itself lasts as long as the wait, then `SUCCEEDED`"},
			{"ECS calls back before the end", "`IN_PROGRESS`"},
			{"ECS calls back after the end", "`SUCCEEDED`"},
			{"`hookDetails` do not come back", "the running function knows the end too"},
			{"the function was replaced as well", "the wait begins again; the hook's timeout in the service ends it, and the deployment goes on"},
			{"traffic is going back: the new revision's weight is 0", "`SUCCEEDED` at once"},
			{"the clock is set back", "the wait lasts at most its full length from now on"},
			{"the first deployment of the service", "waits like any other"},
			{"the event or the environment makes no sense", "`FAILED` with a `reason`: ECS rolls back"},
		},
	}
}
