package blueprint

import "time"

// Deployment says how a new version takes over.
type Deployment struct {
	Node
	// Strategy of the deployment.
	Strategy At[string] `yaml:"strategy" default:"blue_green" enum:"rolling,blue_green"`
	// KeepPair keeps both target groups and their rules under rolling: the step between rolling and blue_green, either way.
	KeepPair At[bool] `yaml:"keep_pair" default:"false"`
	// BakeTime: blue stays that long after the shift; whole minutes.
	BakeTime At[time.Duration] `yaml:"bake_time" default:"5m" min:"0m" max:"24h" unit:"1m"`
	// ScaleUp: how long green takes until it is healthy; for the timeouts.
	ScaleUp At[time.Duration] `yaml:"scale_up" default:"10m" min:"1m" max:"24h" unit:"1s"`
	// Wait: apply ends with the deployment; timeouts are computed.
	Wait At[bool] `yaml:"wait" default:"true"`
	// SigintRollback rolls the deployment back when apply is interrupted; needs wait.
	SigintRollback At[bool] `yaml:"sigint_rollback" default:"false"`
	// Timeouts in place of the computed ones.
	Timeouts Timeouts `yaml:"timeouts"`
	// CircuitBreaker stops a deployment whose tasks do not start.
	CircuitBreaker CircuitBreaker `yaml:"circuit_breaker"`
	// Hooks that ECS calls at its stages.
	Hooks []Hook `yaml:"hooks"`
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
}
