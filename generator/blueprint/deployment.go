package blueprint

import "time"

// Deployment says how a new version takes over.
type Deployment struct {
	Node
	// Strategy of the deployment.
	Strategy At[string] `yaml:"strategy" default:"blue_green" enum:"rolling,blue_green,linear,canary"`
	// KeepPair keeps both target groups and their rules under rolling: the step between rolling and blue_green, either way.
	KeepPair At[bool] `yaml:"keep_pair" default:"false"`
	// Linear: the steps of strategy: linear.
	Linear Linear `yaml:"linear"`
	// Canary: the first step of strategy: canary.
	Canary Canary `yaml:"canary"`
	// BakeTime: blue stays that long after the shift; whole minutes.
	BakeTime At[time.Duration] `yaml:"bake_time" default:"5m" min:"0m" max:"24h" unit:"1m"`
	// ScaleUp: how long green takes until it is healthy; for the timeouts.
	ScaleUp At[time.Duration] `yaml:"scale_up" default:"10m" min:"1m" max:"24h" unit:"1s"`
	// MaximumPercent of the desired count that may run during a deployment; what less than 200 does outside of rolling is not documented.
	MaximumPercent At[int] `yaml:"maximum_percent" default:"200" min:"100" max:"1000"`
	// MinimumHealthyPercent of the desired count that stay healthy during a deployment; what less than 100 does outside of rolling is not documented.
	MinimumHealthyPercent At[int] `yaml:"minimum_healthy_percent" default:"100" min:"0" max:"100"`
	// Wait: apply ends with the deployment; timeouts are computed.
	Wait At[bool] `yaml:"wait" default:"true"`
	// SigintRollback rolls the deployment back when apply is interrupted; needs wait.
	SigintRollback At[bool] `yaml:"sigint_rollback" default:"false"`
	// Timeouts in place of the computed ones.
	Timeouts Timeouts `yaml:"timeouts"`
	// CILimit: how long a run of CI and its credentials last; a deployment that may take longer is a warning.
	CILimit At[time.Duration] `yaml:"ci_limit" min:"1m" max:"720h" unit:"1m"`
	// CircuitBreaker stops a deployment whose tasks do not start.
	CircuitBreaker CircuitBreaker `yaml:"circuit_breaker"`
	// Alarms that fail the deployment.
	Alarms *Alarms `yaml:"alarms"`
	// Hooks that ECS calls at its stages.
	Hooks []Hook `yaml:"hooks"`
}

// Linear shifts production traffic in equal steps.
type Linear struct {
	Node
	// StepPercent of the traffic moves with each step.
	StepPercent At[Percent] `yaml:"step_percent" default:"10" min:"3" max:"100"`
	// StepBakeTime between two steps; whole minutes.
	StepBakeTime At[time.Duration] `yaml:"step_bake_time" default:"6m" min:"0m" max:"24h" unit:"1m"`
}

// Canary shifts a small part of production traffic first, and then all of it.
type Canary struct {
	Node
	// Percent of the traffic moves first.
	Percent At[Percent] `yaml:"percent" default:"5" min:"0.1" max:"100"`
	// BakeTime until the rest follows; whole minutes.
	BakeTime At[time.Duration] `yaml:"bake_time" default:"10m" min:"0m" max:"24h" unit:"1m"`
}

// Timeouts of the service resource; zero where they are computed.
type Timeouts struct {
	Node
	// Create of the service with its first deployment.
	Create At[time.Duration] `yaml:"create" min:"1m" max:"720h" unit:"1m"`
	// Update of the service with its deployment.
	Update At[time.Duration] `yaml:"update" min:"1m" max:"720h" unit:"1m"`
	// Delete of the service.
	Delete At[time.Duration] `yaml:"delete" min:"1m" max:"720h" unit:"1m"`
}

// CircuitBreaker of the deployment.
type CircuitBreaker struct {
	Node
	// Enable it.
	Enable At[bool] `yaml:"enable" default:"true"`
	// Rollback to the last good revision.
	Rollback At[bool] `yaml:"rollback" default:"true"`
}

// Ownership says who changes it after the first apply.
type Ownership struct {
	Node
	// TaskDefinition: a pipeline registers and deploys revisions, or terraform does.
	TaskDefinition At[string] `yaml:"task_definition" default:"terraform" enum:"terraform,pipeline"`
	// DesiredCount: autoscaling counts, or terraform does.
	DesiredCount At[string] `yaml:"desired_count" default:"terraform" enum:"terraform,autoscaling"`
	// LoadBalancer: the service's groups, rules and role; ecs leaves what the deployments have made of them alone, and terraform's later edits too.
	LoadBalancer At[string] `yaml:"load_balancer" engine:"ecs" default:"terraform" enum:"terraform,ecs"`
}
