package generator

import (
	"slices"
	"testing"

	"bluegen/generator/tf"
)

// TestPostcondition: an apply that waits, and that knows which revision must run, looks whether it runs. No test of a tree can see it
// missing: mocks give back what they were given.
func TestPostcondition(t *testing.T) {
	t.Parallel()
	seen := map[bool]int{}
	for _, b := range builds(t) {
		if b.service.ECS == nil {
			continue
		}
		want := b.service.ECS.Deployment.Wait.V && b.service.Ownership.TaskDefinition.V == "terraform"
		seen[want]++
		for _, r := range blocks(b.module("modules/service"), "resource") {
			if r.Labels[0] != "aws_ecs_service" {
				continue
			}
			lifecycle := nested(r, "lifecycle")
			if got := lifecycle != nil && nested(lifecycle, "postcondition") != nil; got != want {
				t.Errorf("%s: a postcondition: %t, want %t", b.name, got, want)
			}
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("the cases have no services of both kinds: %v", seen)
	}
}

// TestWatchersOrder: the service waits for its alarms, autoscaling for the service, and what tells of deployments for neither: the first one
// must be told too.
func TestWatchersOrder(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for _, b := range builds(t) {
		if b.service.ECS == nil {
			continue
		}
		for call := range b.calls() {
			name := call.Labels[0]
			after := calledBefore(call)
			switch {
			case name == "service" && b.service.ECS.Deployment.Alarms != nil && b.service.ECS.Deployment.Alarms.Traffic != nil:
				for _, e := range b.service.ECS.Traffic {
					made := e.V.ALB != nil || e.V.NLB != nil // every case with a Network Load Balancer watches unhealthy tasks
					if want := "alarms_" + identical(e.Key.V); slices.Contains(after, want) != made {
						t.Errorf("%s: the service waits for %s, or should: %v", b.name, want, after)
					}
				}
			case name == "autoscaling" && !slices.Contains(after, "service"):
				t.Errorf("%s: autoscaling comes before the service: %v", b.name, after)
			case (name == "notifications" || name == "dashboard") && slices.Contains(after, "service"):
				t.Errorf("%s: %s comes after the first deployment: %v", b.name, name, after)
			}
			seen[name]++
		}
	}
	for _, name := range []string{"alarms_web", "autoscaling", "notifications", "dashboard"} {
		if seen[name] == 0 {
			t.Errorf("no case has a module %s", name)
		}
	}
}

// calledBefore are the module calls whose outputs a call takes.
func calledBefore(call *tf.Block) []string {
	var out []string
	for _, it := range call.Items {
		if a, ok := it.(tf.Attr); ok {
			for _, r := range references(a.Value) {
				if r.Block.Type == "module" {
					out = append(out, r.Block.Labels[0])
				}
			}
		}
	}
	return out
}
