// Package model is a service deployment as the ECS controller drives it, for tests of hooks: no AWS, no clock, no waiting.
//
// It is as strict as the documentation where that is clear, and takes the harder reading where it is not: an answer that
// is not exactly right is a failure, and the options say what ECS may lose. Its sources are ECS's pages on lifecycle
// stages, on Lambda hooks and on troubleshooting them.
package model

import (
	"slices"
	"time"

	"bluegen/generator/hook"
)

// Status is how a deployment ended.
type Status string

// The ends of a deployment.
const (
	Successful     Status = "SUCCESSFUL"
	RolledBack     Status = "ROLLBACK_SUCCESSFUL"
	RollbackFailed Status = "ROLLBACK_FAILED"
	// CreateFailed is our word for a first deployment that failed: there is no revision to go back to.
	CreateFailed Status = "CREATE_FAILED"
)

// Memory says what becomes of the hookDetails that a hook returns.
type Memory uint8

// ECS documents that they come back within a deployment, and leaves open whether they cross a stage.
const (
	// Kept until the deployment ends.
	Kept Memory = iota
	// PerStage forgets them when a stage, or a step of it, ends.
	PerStage
	// Lost never hands them back.
	Lost
)

// Deployment is one run of a service's revision.
type Deployment struct {
	// ARN of the service deployment.
	ARN string
	// Source is the live revision, empty on the service's first deployment; Target is the new one.
	Source, Target string
	// Steps are the target's production weights, in per cent and rising; nil is blue/green's single step to 100.
	Steps []float64
	// Reconcile says that more than one revision was active at the start.
	Reconcile bool
	Hooks     []Hook
	Memory    Memory
	// ScaleUp, StepBake and Bake pass without hooks.
	ScaleUp, StepBake, Bake time.Duration
	// FailAfter is a stage after whose hooks ECS itself fails the deployment: tasks that do not start, an alarm.
	FailAfter string
}

// Trace is what happened.
type Trace struct {
	Status Status
	// Reason of the first failure.
	Reason string
	Calls  []Call
	// Ended is the virtual time since the deployment's start.
	Ended time.Duration
}

// Call is one invocation of a hook.
type Call struct {
	Hook, Stage string
	// Weight of the target as the event says it, -1 where it says none.
	Weight   float64
	Rollback bool
	// Began is the virtual time since the deployment's start.
	Began time.Duration
	// Answer is the hookStatus, or what went wrong: "unparsable", "error", "timeout".
	Answer string
}

// The limits of the controller.
const (
	stageLimit       = 24 * time.Hour
	invocationLimit  = 15 * time.Minute
	defaultDelay     = 30 * time.Second
	minDelay         = 5 * time.Second // not documented; with it a hook cannot spin
	maxDelay         = 10 * time.Minute
	defaultFunction  = 3 * time.Second // Lambda's own default
	defaultHookLimit = 1440            // minutes
)

// Run drives the deployment to its end. Equal deployments with equal hooks give equal traces.
func Run(d Deployment) Trace {
	r := &run{d: d, details: map[string]map[string]any{}}
	if r.forward() {
		r.trace.Status = Successful
	} else {
		r.trace.Status = r.back()
	}
	r.trace.Ended = r.now
	return r.trace
}

type run struct {
	d       Deployment
	now     time.Duration
	begun   []string                  // stages that had their turn
	details map[string]map[string]any // by hook
	trace   Trace
}

// forward goes through the stages; the two that shift production alternate once a step.
func (r *run) forward() bool {
	steps := r.d.Steps
	if steps == nil {
		steps = []float64{100}
	}
	for _, s := range hook.Stages() {
		switch {
		case s.Name == hook.ReconcileService && !r.d.Reconcile:
		case s.Name == hook.ProductionTrafficShift: // taken together with the stage before it
		case s.PerStep:
			if !r.shiftProduction(steps) {
				return false
			}
		default:
			if !r.turn(s, forwardWeight(s.Name)) {
				return false
			}
		}
	}
	return true
}

func (r *run) shiftProduction(steps []float64) bool {
	before := 0.0
	for i, weight := range steps {
		if i > 0 {
			r.now += r.d.StepBake
		}
		pre := hook.Stage{Name: hook.PreProductionTrafficShift, Lambda: true}
		shift := hook.Stage{Name: hook.ProductionTrafficShift, Lambda: true}
		if !r.turn(pre, before) || !r.turn(shift, weight) {
			return false
		}
		before = weight
	}
	return true
}

// turn is one stage, or one step of it.
func (r *run) turn(s hook.Stage, weight float64) bool {
	r.begun = append(r.begun, s.Name)
	start := r.now
	switch s.Name {
	case hook.ScaleUp:
		r.now += r.d.ScaleUp
	case hook.BakeTime:
		r.now += r.d.Bake
	}
	ok := true
	if s.Lambda {
		ok = r.hooks(s.Name, weight, false)
	}
	if ok && r.now-start > stageLimit {
		ok = r.fail("the stage took more than 24 hours: " + s.Name)
	}
	if ok && s.Name == r.d.FailAfter {
		ok = r.fail("ECS failed the deployment at " + s.Name)
	}
	return ok
}

// back re-runs the hooks of what had shifted traffic, the last shift first.
func (r *run) back() Status {
	if r.d.Source == "" {
		return CreateFailed
	}
	status := RolledBack
	for _, stage := range []string{hook.ProductionTrafficShift, hook.TestTrafficShift} {
		if slices.Contains(r.begun, stage) && !r.hooks(stage, 0, true) {
			status = RollbackFailed
		}
	}
	return status
}

// fail keeps the first reason.
func (r *run) fail(reason string) bool {
	if r.trace.Reason == "" {
		r.trace.Reason = reason
	}
	return false
}
