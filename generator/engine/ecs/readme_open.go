package ecs

import (
	"fmt"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
)

// openSwitches name what AWS's documentation leaves open, and what to do where the safe choice is not the right one.
func (d *deployment) openSwitches() []string {
	out := d.openBalancers()
	out = append(out, d.stickyWords()...)
	out = append(out, parts.NonEmpty(d.boundWords(), d.breakerWords())...)
	out = append(out, parts.NonEmpty(d.scopeWords(), d.trustWords(), d.driftWords(), d.memoryWords())...)
	return out
}

// openBalancers are those of a Network Load Balancer.
func (d *deployment) openBalancers() []string {
	var out []string
	if d.shifts && d.anyNLB() {
		words := "**Minutes of the Network Load Balancer**: ECS waits ten minutes at the test shift and ten at the production shift, and the timeouts count both"
		if d.shiftsOfTraffic() > 1 {
			words += " once. Whether each step waits is not documented: where it does, write longer `deployment.timeouts`"
		}
		out = append(out, words+".")
	}
	if d.twoGroups() && d.anyNLB() {
		out = append(out, "**Two groups on one listener**: `weighted: true` in the blueprint binds green to the production listener too, so that no test listener is needed. Not every region may take it, so it is off unless said. "+
			"No drift of a listener's action has been reported either way; Terraform ignores `default_action` because ECS writes it.")
	}
	return out
}

// stickyWords: what is ignored of the rule is also what holds the clients.
func (d *deployment) stickyWords() []string {
	var out []string
	for _, p := range d.sticky() {
		out = append(out, "**Sticky clients of "+p.key+"**: the production rule is born with `stickiness`, in the action that is ECS's afterwards and that Terraform ignores. Another duration, or none, reaches no rule that is there: "+
			"change it with `aws elbv2 modify-rule`, between two deployments and with the weights as they are. Whether ECS keeps it when it moves the weights is not documented: "+
			"`aws elbv2 describe-rules --rule-arns ARN` (output `"+p.id+"_production_rule_arn`) tells after a deployment.")
	}
	return out
}

func (d *deployment) boundWords() string {
	if !d.shifts {
		return ""
	}
	in := d.In.ECS.Deployment
	words := fmt.Sprintf("**Tasks during a deployment**: %d %% of the desired count at most (`maximum_percent`) and %d %% healthy at least (`minimum_healthy_percent`)", in.MaximumPercent.V, in.MinimumHealthyPercent.V)
	if len(d.lowBounds()) == 0 {
		return words + ". What less than 200 and 100 does to green is not documented."
	}
	return words + ". AWS documents less than 200 and 100 for rolling alone: where a deployment hangs in SCALE_UP, take the key out."
}

func (d *deployment) breakerWords() string {
	if !d.shifts || !d.In.ECS.Deployment.CircuitBreaker.Enable.V {
		return ""
	}
	return "**Circuit breaker**: AWS's pages have it for rolling alone, the provider's own test sees it roll a blue/green deployment back. It is on unless `circuit_breaker: {enable: false}` is said."
}

func (d *deployment) scopeWords() string {
	switch {
	case d.scoped():
		return "**Policy of the infrastructure role**: it is for exactly these groups, rules and listeners, and no source says that every shift goes through with it. Where one is denied, write `roles.infrastructure.policy: managed`."
	case d.makesInfrastructure():
		return "**Policy of the infrastructure role**: AWS's own. `roles.infrastructure.policy: scoped` makes one for exactly these groups, rules and listeners; no source says that every shift goes through with it, so it is off unless said."
	default:
		return ""
	}
}

func (d *deployment) makesInfrastructure() bool {
	return d.twoGroups() && len(d.pairs) > 0 && !d.In.Roles.Infrastructure.ARN.Said()
}

// trustWords are about the roles that are made here and that ECS assumes.
func (d *deployment) trustWords() string {
	switch {
	case !d.makesInfrastructure() && len(d.functions()) == 0 && !d.makesConnect():
		return ""
	case d.In.Roles.SourceAccount.V:
		return "**Trust of ECS's roles**: it asks for `aws:SourceAccount`, and it is not documented that ECS sends that. Where a deployment is unable to assume a role, write `roles.source_account: false`."
	default:
		return "**Trust of ECS's roles**: `roles.source_account: true` asks for `aws:SourceAccount`. It is not documented that ECS sends that, so it is off unless said."
	}
}

func (d *deployment) makesConnect() bool { return d.anyTLS() && !d.In.Roles.Connect.ARN.Said() }

// driftWords: sources disagree on what a plan makes of the groups after a deployment (domain.md 3.4).
func (d *deployment) driftWords() string {
	if !d.twoGroups() || len(d.pairs) == 0 || d.In.Ownership.LoadBalancer.V == "ecs" {
		return ""
	}
	return "**A plan that moves the service's load balancers back** after a deployment: sources disagree on whether there is one. Do not apply it; write `ownership.load_balancer: ecs`."
}

// memoryWords: state that is lost makes each call a first one (domain.md 2.3).
func (d *deployment) memoryWords() string {
	var names []string
	waits := false
	for _, h := range d.hooks {
		if h.plan.Mode == hook.Polling {
			names = append(names, h.in.Name.V)
			waits = waits || h.kind.Name == hook.Wait
		}
	}
	if len(names) == 0 {
		return ""
	}
	words := "**What a hook remembers** (" + parts.Names(names) + "): since when it waits, in `hookDetails`, which one page of AWS's says come back, and in its function's memory. " +
		"Where both are lost, its timeout ends it (a wait goes on, a watch rolls back), or the stage's 24 hours, should that timeout count each call anew."
	if waits {
		words += " `via: pause` waits without a function."
	}
	return words
}
