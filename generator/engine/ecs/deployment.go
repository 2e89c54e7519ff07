package ecs

import (
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// deployment is the domain's model of one service in one environment. Nothing is optional by accident:
// what a strategy or a pin takes away is false or empty here, and the modules ask nobody else.
type deployment struct {
	parts.Site

	strategy   string // as ECS spells it: BLUE_GREEN, ROLLING, LINEAR, CANARY
	shifts     bool   // ECS shifts traffic from blue to green
	pairs      []pair
	connects   []connect
	hooks      []lifecycleHook
	containers []parts.Container
	wait       waiting
	gates      gates
}

// gates are what every version that the pin admits has.
type gates struct {
	configuration bool // aws_ecs_service.deployment_configuration, 6.4.0
	hookTimeout   bool // lifecycle_hook.timeout_configuration, 6.66.0
}

// target is the container's port that a key of traffic leads to.
type target struct {
	key       string // as the blueprint has it
	id        string // as Terraform's identifiers have it
	origin    hcl.Range
	container blueprint.At[string]
	port      blueprint.At[int]
}

// pair is one key of traffic behind a load balancer: its target groups, and the rules of an ALB or the listeners of an NLB.
type pair struct {
	target
	alb      *blueprint.ALB // or nil
	nlb      *blueprint.NLB // or nil
	blue     string         // name of the target group
	green    string         // name of the other one, empty when there is none
	test     bool           // has a test rule or listener
	apart    bool           // the test rule is in another listener than the production rule
	guarded  bool           // prevent_destroy stands on groups, and on production's rule or listener
	draining time.Duration  // deregistration delay
}

// connect is one key of traffic that other services call through Service Connect.
type connect struct {
	target
	in        *blueprint.ServiceConnect
	portName  string
	discovery string
}

// paired says that the key has two target groups on its rules.
func (p pair) paired() bool { return p.green != "" }

// carrier is what carries the traffic on a load balancer: an ALB's rule, or an NLB's listener.
func (p pair) carrier() string {
	if p.nlb != nil {
		return "listener"
	}
	return "rule"
}

// carriers are the outputs of the module of rules or listeners: production_rule_arn, test_listener_arn.
func (p pair) carriers() []string {
	out := []string{"production_" + p.carrier() + "_arn"}
	if p.test {
		out = append(out, "test_"+p.carrier()+"_arn")
	}
	return out
}

// waiting says how long Terraform waits for a deployment, and why.
type waiting struct {
	terms          []term
	create, update time.Duration // zero: the provider's own
	remove         time.Duration
}

// term is one addend of a computed timeout.
type term struct {
	what string
	long time.Duration
}
