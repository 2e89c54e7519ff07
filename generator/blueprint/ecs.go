package blueprint

import "time"

// ECS is what engine: ecs reads.
type ECS struct {
	// Network of the tasks.
	Network Network `yaml:"network"`
	// Logs of the containers and the hooks.
	Logs Logs `yaml:"logs"`
	// Service that ECS runs.
	Service ECSService `yaml:"service"`
	// Traffic: each key is a container's port behind a pair of target groups; it names the module calls.
	Traffic []Entry[Traffic] `yaml:"traffic" pattern:"key"`
	// Roles that ECS and the containers use.
	Roles Roles `yaml:"roles"`
	// Deployment: how a new version takes over.
	Deployment Deployment `yaml:"deployment"`
	// Ownership: who changes it after the first apply; decides every ignore_changes.
	Ownership Ownership `yaml:"ownership"`
}

// Network says where tasks run and who may talk to them.
type Network struct {
	Node
	// VPCID of the target groups and the security group.
	VPCID Value[string] `yaml:"vpc_id" variable:"vpc_id" lookup:"name,tags" pattern:"text"`
	// SubnetIDs of the tasks.
	SubnetIDs Value[[]string] `yaml:"subnet_ids" variable:"subnet_ids" lookup:"tags" pattern:"text"`
	// AssignPublicIP: true only for public subnets without NAT.
	AssignPublicIP At[bool] `yaml:"assign_public_ip" default:"false"`
	// SecurityGroup of the service's own; or security_group_ids.
	SecurityGroup *SecurityGroup `yaml:"security_group"`
	// SecurityGroupIDs of existing groups, in place of an own one.
	SecurityGroupIDs Value[[]string] `yaml:"security_group_ids" lookup:"name,tags" pattern:"text"`
}

// SecurityGroup is the tasks' own.
type SecurityGroup struct {
	Node
	// IngressFrom: security groups that may connect to every port of traffic; the load balancer's first of all.
	IngressFrom []Value[string] `yaml:"ingress_from" required:"true" lookup:"name,tags" pattern:"text"`
	// EgressTo: where tasks may connect to; they must reach ECR, S3 and CloudWatch Logs.
	EgressTo []Egress `yaml:"egress_to"`
	// LoadBalancerEgress adds, to every group of ingress_from, the rule that lets it reach the tasks.
	LoadBalancerEgress At[bool] `yaml:"load_balancer_egress" default:"false"`
}

// Egress is one destination over TCP.
type Egress struct {
	Node
	// Name of the rule.
	Name At[string] `yaml:"name" required:"true" pattern:"key"`
	// CIDRIPv4 of the destination.
	CIDRIPv4 Value[string] `yaml:"cidr_ipv4" required:"true" pattern:"cidr_ipv4"`
	// Port of the destination.
	Port At[int] `yaml:"port" required:"true" min:"1" max:"65535"`
}

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
	// DesiredCount of tasks; a deployment runs twice as many.
	DesiredCount At[int] `yaml:"desired_count" default:"1" min:"0" max:"5000"`
	// HealthCheckGracePeriod: how long a new task may fail its health check.
	HealthCheckGracePeriod At[time.Duration] `yaml:"health_check_grace_period" default:"1m" min:"0s" max:"596523h" unit:"1s"`
	// LaunchType: FARGATE is the only one yet.
	LaunchType At[string] `yaml:"launch_type" default:"FARGATE" enum:"FARGATE"`
	// Task that is run; or task_definition.
	Task *Task `yaml:"task"`
	// TaskDefinition that exists already: its ARN, or family:revision.
	TaskDefinition Value[string] `yaml:"task_definition" pattern:"text"`
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
	// Essential: the task stops with it.
	Essential At[bool] `yaml:"essential" default:"true"`
	// StopTimeout from SIGTERM to SIGKILL.
	StopTimeout At[time.Duration] `yaml:"stop_timeout" default:"30s" min:"2s" max:"120s" unit:"1s"`
	// Command in place of the image's.
	Command []At[string] `yaml:"command"`
	// Environment variables.
	Environment []Pair `yaml:"environment"`
}
