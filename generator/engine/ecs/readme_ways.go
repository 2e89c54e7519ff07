package ecs

import (
	"fmt"
	"strconv"
	"strings"

	"bluegen/generator/parts"
)

// strategyWords say how ECS deploys.
func (d *deployment) strategyWords() string {
	const begin = "it starts green beside blue, runs the hooks, shifts test traffic, "
	switch d.In.ECS.Deployment.Strategy.V {
	case linear:
		return ". ECS deploys linear: " + begin + "moves production traffic in equal steps with a pause between them, and stops blue after the bake time."
	case canary:
		return ". ECS deploys a canary: " + begin + "moves a small part of the production traffic, waits, moves the rest, and stops blue after the bake time."
	default:
		return ". ECS deploys blue/green: it starts green beside blue, runs the hooks, shifts test and production traffic, and stops blue after the bake time."
	}
}

// carrierWords are what carries the traffic: rules, listeners, or both.
func (d *deployment) carrierWords() string {
	var out []string
	if len(d.albs()) > 0 {
		out = append(out, "rules")
	}
	if d.anyNLB() {
		out = append(out, "listeners")
	}
	return strings.Join(out, " and ")
}

// carrierWord is one of them.
func (d *deployment) carrierWord() string {
	switch {
	case len(d.albs()) == 0 && d.anyNLB():
		return "listener"
	case d.anyNLB():
		return "rule or listener"
	default:
		return "rule"
	}
}

// liveWords: where one reads which group is live.
func (d *deployment) liveWords() string {
	switch {
	case len(d.albs()) == 0:
		return "listener's action says"
	case d.anyNLB():
		return "rule's weights, or the production listener's action, say"
	default:
		return "rule's weights say"
	}
}

// beforeOtherWays is what a Network Load Balancer and Service Connect need before the first apply.
func (d *deployment) beforeOtherWays() []string {
	var out []string
	if d.anyNLB() {
		out = append(out, "The ports of the listeners are free on the Network Load Balancer, and its security group, where it has one, admits the clients and allows egress to the tasks. "+
			"A Network Load Balancer without a security group is no source for the tasks' security group: admit its addresses in a rule of your own.")
	}
	if len(d.connects) > 0 {
		out = append(out, "The cluster may use the Service Connect namespace, and the services that call this one are in it.")
	}
	if d.anyTLS() {
		out = append(out, "The private certificate authority is active, and the policy of a KMS key of your own admits the role `"+connectRole+"`.")
	}
	return out
}

// shiftWords say how the traffic moves, where it moves in steps.
func (d *deployment) shiftWords() string {
	in := d.In.ECS.Deployment
	switch in.Strategy.V {
	case linear:
		return fmt.Sprintf("\n\nProduction traffic moves in %d steps of %s %%, %s apart; then blue stays for %s.",
			d.shiftsOfTraffic(), in.Linear.StepPercent.V, parts.Spell(in.Linear.StepBakeTime.V), parts.Spell(in.BakeTime.V))
	case canary:
		return fmt.Sprintf("\n\nProduction traffic moves twice: %s %% first, and the rest after %s; then blue stays for %s.",
			in.Canary.Percent.V, parts.Spell(in.Canary.BakeTime.V), parts.Spell(in.BakeTime.V))
	default:
		return ""
	}
}

// defaultHeader is ECS's own where a Service Connect key says none (domain.md 5: SC-BG).
const defaultHeader = "x-amzn-ecs-blue-green-test"

// testWords say how test traffic reaches green on the ways that no curl can show.
func (d *deployment) testWords() string {
	if !d.shifts {
		return ""
	}
	var out []string
	for _, p := range d.nlbs() {
		if p.test {
			out = append(out, "Test traffic of "+p.key+" goes to port "+strconv.Itoa(p.nlb.Test.Port.V)+" of the load balancer.")
		}
	}
	for _, c := range d.connects {
		header := "the header " + parts.Code(defaultHeader)
		if c.in.Test != nil {
			header = "the header " + parts.Code(c.in.Test.Header.Name.V+": "+c.in.Test.Header.Value.V)
		}
		if c.in.AppProtocol.V != "tcp" {
			out = append(out, "Test traffic of "+c.key+" is requests from other services of the namespace with "+header+".")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "\n\n" + strings.Join(out, " ")
}
