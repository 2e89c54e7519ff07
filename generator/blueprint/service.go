package blueprint

import "time"

// Logs of the containers and the hooks.
type Logs struct {
	Node
	// RetentionDays that CloudWatch Logs keeps them; its own values, 0 is for ever.
	RetentionDays At[int] `yaml:"retention_days" default:"30" enum:"0,1,3,5,7,14,30,60,90,120,150,180,365,400,545,731,1096,1827,2192,2557,2922,3288,3653"`
	// KMSKeyARN encrypts them; the key's policy must admit logs.<region>.amazonaws.com.
	KMSKeyARN Value[string] `yaml:"kms_key_arn" lookup:"name" pattern:"arn"`
}

// ECSService is the ECS service.
type ECSService struct {
	Node
	// Cluster that runs the service: its ARN.
	Cluster Value[string] `yaml:"cluster" variable:"cluster_arn" lookup:"name" pattern:"cluster_arn"`
	// DesiredCount of tasks; a deployment runs twice as many, and so do two active colours.
	DesiredCount At[int] `yaml:"desired_count" default:"1" min:"0" max:"5000"`
	// Autoscaling counts the tasks between bounds; ownership.desired_count must say autoscaling.
	Autoscaling *Autoscaling `yaml:"autoscaling" engine:"ecs"`
	// HealthCheckGracePeriod: how long a new task may fail its health check.
	HealthCheckGracePeriod At[time.Duration] `yaml:"health_check_grace_period" engine:"ecs" default:"1m" min:"0s" max:"596523h" unit:"1s"`
	// LaunchType: FARGATE is the only one yet.
	LaunchType At[string] `yaml:"launch_type" default:"FARGATE" enum:"FARGATE"`
	// CapacityProviders share the tasks out, in place of launch_type; the cluster must have them.
	CapacityProviders []CapacityProvider `yaml:"capacity_providers" engine:"ecs"`
	// ExecuteCommand opens shells in running containers: aws ecs execute-command.
	ExecuteCommand At[bool] `yaml:"execute_command" engine:"ecs" default:"false"`
	// Discovery registers tasks in AWS Cloud Map.
	Discovery *Discovery `yaml:"discovery" engine:"ecs"`
	// PlatformVersion of Fargate; the latest when it is not said.
	PlatformVersion At[string] `yaml:"platform_version" engine:"appmesh" pattern:"platform_version"`
	// Task that is run; or task_definition.
	Task *Task `yaml:"task"`
	// TaskDefinition that exists already: its ARN, or family:revision.
	TaskDefinition Value[string] `yaml:"task_definition" engine:"ecs" pattern:"text"`
}

// Task is a task definition.
type Task struct {
	Node
	// CPU units; Fargate pairs them with memory.
	CPU At[int] `yaml:"cpu" default:"256" enum:"256,512,1024,2048,4096,8192,16384"`
	// Memory in MiB.
	Memory At[int] `yaml:"memory" default:"512" min:"512" max:"122880"`
	// CPUArchitecture that the images are built for.
	CPUArchitecture At[string] `yaml:"cpu_architecture" default:"X86_64" enum:"X86_64,ARM64"`
	// EphemeralStorage of a task in GiB; 20 when it is not said.
	EphemeralStorage At[int] `yaml:"ephemeral_storage" engine:"ecs" min:"21" max:"200"`
	// Volumes that containers mount.
	Volumes []Entry[Volume] `yaml:"volumes" engine:"ecs" pattern:"key"`
	// Containers of the task.
	Containers []Container `yaml:"containers" required:"true"`
}

// Container of a task.
type Container struct {
	Node
	// Name that traffic refers to.
	Name At[string] `yaml:"name" required:"true" pattern:"container"`
	// Image: a tag or digest that never moves.
	Image Value[string] `yaml:"image" variable:"image" pattern:"image"`
	// Port that it listens on.
	Port At[int] `yaml:"port" min:"1" max:"65535"`
	// Ports that it listens on beside port.
	Ports []At[int] `yaml:"ports" engine:"ecs" min:"1" max:"65535" unique:"true"`
	// CPU units that are kept for it, of the task's.
	CPU At[int] `yaml:"cpu" min:"1" max:"16384"`
	// Memory in MiB that it may have at most.
	Memory At[int] `yaml:"memory" min:"4" max:"122880"`
	// MemoryReservation in MiB that is kept for it.
	MemoryReservation At[int] `yaml:"memory_reservation" min:"4" max:"122880"`
	// Essential: the task stops with it.
	Essential At[bool] `yaml:"essential" default:"true"`
	// StopTimeout from SIGTERM to SIGKILL.
	StopTimeout At[time.Duration] `yaml:"stop_timeout" default:"30s" min:"2s" max:"120s" unit:"1s"`
	// Command in place of the image's.
	Command []At[string] `yaml:"command"`
	// Environment variables.
	Environment []Pair `yaml:"environment"`
	// Secrets are environment variables from Secrets Manager.
	Secrets []Entry[Secret] `yaml:"secrets" engine:"ecs" pattern:"environment_variable"`
	// Parameters are environment variables from SSM's Parameter Store.
	Parameters []Entry[Parameter] `yaml:"parameters" engine:"ecs" pattern:"environment_variable"`
	// DependsOn: the container starts when these have got so far.
	DependsOn []Entry[At[string]] `yaml:"depends_on" engine:"ecs" pattern:"container" enum:"START,COMPLETE,SUCCESS,HEALTHY"`
	// HealthCheck that runs in the container.
	HealthCheck *ContainerHealthCheck `yaml:"health_check" engine:"ecs"`
	// ReadOnlyRoot makes the root file system read-only; volumes stay writable.
	ReadOnlyRoot At[bool] `yaml:"read_only_root" engine:"ecs" default:"false"`
	// Ulimits of the container.
	Ulimits *Ulimits `yaml:"ulimits" engine:"ecs"`
	// Mounts of the task's volumes.
	Mounts []Mount `yaml:"mounts" engine:"ecs"`
	// Log says how the container logs.
	Log ContainerLog `yaml:"log" engine:"ecs"`
	// FireLens makes this container the router of those that log through it.
	FireLens *FireLens `yaml:"firelens" engine:"ecs"`
}
