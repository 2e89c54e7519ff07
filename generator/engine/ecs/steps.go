package ecs

import (
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/hook"
)

// lag is what ECS adds with a Network Load Balancer in the service: ten minutes at the test shift and ten at the production
// shift, until its data plane has followed (domain.md 1.2: NLB-BG).
const lag = 20 * time.Minute

// stepWaits is how often a linear deployment waits: behind every step but the one that reaches all of the traffic (domain.md 1.1).
func stepWaits(step blueprint.Percent) int {
	if step <= 0 {
		return 0
	}
	if blueprint.Whole%step == 0 {
		return int(blueprint.Whole/step) - 1
	}
	return int(blueprint.Whole / step)
}

// shiftsOfTraffic is in how many steps production traffic moves.
func (d *deployment) shiftsOfTraffic() int {
	switch d.In.ECS.Deployment.Strategy.V {
	case linear:
		return stepWaits(d.In.ECS.Deployment.Linear.StepPercent.V) + 1
	case canary:
		return 2
	default:
		return 1
	}
}

// everyShift: the hooks of these stages run at each step of the shift (domain.md 2.1).
func everyShift(stage string) bool {
	return stage == hook.PreProductionTrafficShift || stage == hook.ProductionTrafficShift
}

// shiftTerms are what the shift itself takes.
func (d *deployment) shiftTerms() []term {
	in := d.In.ECS.Deployment
	var terms []term
	if d.anyNLB() {
		terms = append(terms, term{"network load balancer", lag})
	}
	switch in.Strategy.V {
	case linear:
		terms = append(terms, term{"steps", time.Duration(stepWaits(in.Linear.StepPercent.V)) * in.Linear.StepBakeTime.V})
	case canary:
		terms = append(terms, term{"canary", in.Canary.BakeTime.V})
	}
	return terms
}
