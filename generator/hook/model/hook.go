package model

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"
)

// Hook is a Lambda hook of the service.
type Hook struct {
	Name   string
	Stages []string
	// Invoke runs the function. At is the virtual time since the deployment's start.
	Invoke func(at time.Duration, event []byte) Reply
	// FunctionTimeout of one call, 0 is Lambda's default of 3 s.
	FunctionTimeout time.Duration
	// TimeoutMinutes and Action are the service's timeout_configuration; zero are ECS's defaults, 1440 and ROLLBACK.
	// The time runs from the first call at a stage, or at a step of it, over all its calls: ECS does not say so.
	TimeoutMinutes int
	Action         string
	// Details are the static hookDetails of the service.
	Details map[string]any
}

// Reply is how one call ended.
type Reply struct {
	// Answer is the function's JSON, Took how long it ran.
	Answer []byte
	Took   time.Duration
	// Err is an exception in the function.
	Err error
}

// pending is a hook that has not finished its turn.
type pending struct {
	hook     Hook
	next     time.Duration // of its next call
	deadline time.Duration
}

// hooks runs those of one stage side by side; all must finish, one failure is the stage's. The time of the stage is its slowest's.
func (r *run) hooks(stage string, weight float64, rollback bool) bool {
	var open []*pending
	for _, h := range r.d.Hooks {
		if slices.Contains(h.Stages, stage) {
			open = append(open, &pending{hook: h, next: r.now, deadline: r.now + h.limit()})
		}
	}
	end, ok := r.now, true
	for len(open) > 0 {
		slices.SortStableFunc(open, func(a, b *pending) int { return cmp.Compare(a.next, b.next) })
		p := open[0]
		done, good := r.call(p, stage, weight, rollback)
		if !done {
			continue
		}
		open = open[1:]
		end, ok = max(end, p.next), ok && good
	}
	r.now = end
	return ok
}

// call invokes a hook once and sets when it is called again, or when it was done.
func (r *run) call(p *pending, stage string, weight float64, rollback bool) (done, ok bool) {
	if p.next >= p.deadline {
		return r.expire(p)
	}
	h := p.hook
	seen := Call{Hook: h.Name, Stage: stage, Weight: weight, Rollback: rollback, Began: p.next}
	reply := h.Invoke(p.next, r.event(h, stage, weight))
	a, problem := judge(h, reply)
	seen.Answer = a.Status
	if problem != "" {
		seen.Answer = problem
	}
	r.trace.Calls = append(r.trace.Calls, seen)
	p.next += min(reply.Took, h.callLimit())

	switch {
	case p.next > p.deadline:
		return r.expire(p)
	case problem != "":
		r.finish(h)
		return true, r.fail(fmt.Sprintf("hook %s at %s: %s", h.Name, stage, problem))
	case a.Status == "FAILED":
		r.finish(h)
		return true, r.fail(fmt.Sprintf("hook %s at %s: FAILED %s", h.Name, stage, a.Reason))
	case a.Status == "SUCCEEDED":
		r.finish(h)
		return true, true
	}
	r.merge(h, a.Details)
	p.next += a.delay()
	return false, false
}

// expire is the hook's own timeout.
func (r *run) expire(p *pending) (done, ok bool) {
	p.next = p.deadline
	r.finish(p.hook)
	if p.hook.Action == "CONTINUE" {
		return true, true
	}
	return true, r.fail("hook " + p.hook.Name + " timed out")
}

// merge keeps what an unfinished hook returned, over what it returned before.
func (r *run) merge(h Hook, details map[string]any) {
	if r.d.Memory == Lost {
		return
	}
	if r.details[h.Name] == nil {
		r.details[h.Name] = map[string]any{}
	}
	maps.Copy(r.details[h.Name], details)
}

// finish is the end of a hook's turn.
func (r *run) finish(h Hook) {
	if r.d.Memory == PerStage {
		delete(r.details, h.Name)
	}
}

func (h Hook) limit() time.Duration {
	if h.TimeoutMinutes == 0 {
		return defaultHookLimit * time.Minute
	}
	return time.Duration(h.TimeoutMinutes) * time.Minute
}

func (h Hook) callLimit() time.Duration {
	if h.FunctionTimeout == 0 {
		return defaultFunction
	}
	return min(h.FunctionTimeout, invocationLimit)
}

type answer struct {
	Status, Reason string
	Delay          *float64
	Details        map[string]any
}

// judge reads an answer as ECS does; what it cannot read is a failure whatever the hook meant.
func judge(h Hook, reply Reply) (a answer, problem string) {
	switch {
	case reply.Took > h.callLimit():
		return a, "timeout"
	case reply.Err != nil:
		return a, "error"
	}
	var fields map[string]json.RawMessage // a struct's tags would match in any case
	if json.Unmarshal(reply.Answer, &fields) != nil {
		return a, "unparsable"
	}
	for name, into := range map[string]any{
		"hookStatus": &a.Status, "reason": &a.Reason, "callBackDelay": &a.Delay, "hookDetails": &a.Details,
	} {
		if raw, ok := fields[name]; ok && json.Unmarshal(raw, into) != nil {
			return a, "unparsable"
		}
	}
	if !slices.Contains([]string{"SUCCEEDED", "FAILED", "IN_PROGRESS"}, a.Status) {
		return a, "unparsable"
	}
	return a, ""
}

func (a answer) delay() time.Duration {
	if a.Delay == nil {
		return defaultDelay
	}
	seconds := math.Min(math.Max(*a.Delay, minDelay.Seconds()), maxDelay.Seconds())
	return time.Duration(seconds * float64(time.Second))
}
