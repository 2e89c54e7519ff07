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

	strategy   string // as ECS spells it: BLUE_GREEN, ROLLING
	shifts     bool   // ECS shifts traffic between two groups
	pairs      []pair
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

// pair is one key of traffic: a container's port, its target groups and its rules.
type pair struct {
	key       string // as the blueprint has it
	id        string // as Terraform's identifiers have it
	origin    hcl.Range
	alb       *blueprint.ALB
	container blueprint.At[string]
	port      blueprint.At[int]
	blue      string // name of the target group
	green     string // name of the other one, empty when there is none
	test      bool   // has a test rule
	apart     bool   // the test rule is in another listener
}

// paired says that the key has two target groups on its rules.
func (p pair) paired() bool { return p.green != "" }

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
