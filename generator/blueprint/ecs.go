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

// Traffic is one container's port behind a load balancer.
type Traffic struct {
	Node
	// Container that takes it; the only one of the task when it is not said.
	Container At[string] `yaml:"container" pattern:"container"`
	// Port of the container; the container's own when it is not said.
	Port At[int] `yaml:"port" min:"1" max:"65535"`
	// ALB in front of it.
	ALB *ALB `yaml:"alb" required:"true"`
}

// ALB is an Application Load Balancer's listener with a pair of target groups and their rules.
type ALB struct {
	Node
	// ListenerARN of an existing HTTPS listener.
	ListenerARN Value[string] `yaml:"listener_arn" variable:"listener_arn" lookup:"load_balancer,port" pattern:"listener_arn"`
	// AllowReplacement takes prevent_destroy from target groups and production rule.
	AllowReplacement At[bool] `yaml:"allow_replacement" default:"false"`
	// TargetGroup: blue and green alike.
	TargetGroup TargetGroup `yaml:"target_group"`
	// Production rule.
	Production *Rule `yaml:"production" required:"true"`
	// Test rule: reaches green before the users do.
	Test *TestRule `yaml:"test"`
}

// TargetGroup is what blue and green have in common.
type TargetGroup struct {
	Node
	// ProtocolVersion between load balancer and tasks.
	ProtocolVersion At[string] `yaml:"protocol_version" default:"HTTP1" enum:"HTTP1,HTTP2,GRPC"`
	// DeregistrationDelay: how long a draining task may finish its requests.
	DeregistrationDelay At[time.Duration] `yaml:"deregistration_delay" default:"30s" min:"0s" max:"1h" unit:"1s"`
	// HealthCheck of both.
	HealthCheck HealthCheck `yaml:"health_check"`
}

// HealthCheck of a target group.
type HealthCheck struct {
	Node
	// Path must be cheap, and true only when the application can serve.
	Path At[string] `yaml:"path" default:"/" pattern:"path"`
	// Matcher: status codes that are healthy; 200-499, for GRPC 0-99.
	Matcher At[string] `yaml:"matcher" default:"200" pattern:"matcher"`
	// Interval of the checks; longer than timeout.
	Interval At[time.Duration] `yaml:"interval" default:"15s" min:"5s" max:"300s" unit:"1s"`
	// Timeout of one check.
	Timeout At[time.Duration] `yaml:"timeout" default:"5s" min:"2s" max:"120s" unit:"1s"`
	// HealthyThreshold: checks in a row until healthy.
	HealthyThreshold At[int] `yaml:"healthy_threshold" default:"3" min:"2" max:"10"`
	// UnhealthyThreshold: checks in a row until unhealthy.
	UnhealthyThreshold At[int] `yaml:"unhealthy_threshold" default:"3" min:"2" max:"10"`
}

// Rule is a listener rule.
type Rule struct {
	Node
	// Priority: unique in the listener; the lower number is evaluated first.
	Priority At[int] `yaml:"priority" required:"true" min:"1" max:"50000"`
	// When: all of these conditions hold.
	When []Condition `yaml:"when" required:"true"`
}

// TestRule is the listener rule of test traffic.
type TestRule struct {
	Node
	// ListenerARN of another listener, such as one on port 8443; the same one as production's when it is not said.
	ListenerARN Value[string] `yaml:"listener_arn" lookup:"load_balancer,port" pattern:"listener_arn"`
	// Priority: in the same listener below production's, or production takes its requests.
	Priority At[int] `yaml:"priority" required:"true" min:"1" max:"50000"`
	// When: all of these conditions hold.
	When []Condition `yaml:"when" required:"true"`
}

// Condition of a rule: exactly one of its keys.
type Condition struct {
	Node
	// HostHeader: the request's host is one of these; * and ? are wildcards.
	HostHeader []At[string] `yaml:"host_header" oneof:"condition" pattern:"condition"`
	// PathPattern: the request's path is one of these; * and ? are wildcards.
	PathPattern []At[string] `yaml:"path_pattern" oneof:"condition" pattern:"condition"`
	// HTTPHeader: a header has one of the values.
	HTTPHeader *HTTPHeader `yaml:"http_header" oneof:"condition"`
	// HTTPRequestMethod: the request's method is one of these.
	HTTPRequestMethod []At[string] `yaml:"http_request_method" oneof:"condition" pattern:"method"`
	// QueryString: one of these is in the query.
	QueryString []QueryPair `yaml:"query_string" oneof:"condition"`
	// SourceIP: the client's address is in one of these blocks.
	SourceIP []At[string] `yaml:"source_ip" oneof:"condition" pattern:"cidr"`
}

// HTTPHeader is a header and its admitted values.
type HTTPHeader struct {
	Node
	// Name of the header.
	Name At[string] `yaml:"name" required:"true" pattern:"header"`
	// Values of which one matches; * and ? are wildcards.
	Values []At[string] `yaml:"values" required:"true" pattern:"condition"`
}

// QueryPair is one key and value of the query string; without a key every key.
type QueryPair struct {
	Node
	// Key of the query.
	Key At[string] `yaml:"key" pattern:"condition"`
	// Value of the key; * and ? are wildcards.
	Value At[string] `yaml:"value" required:"true" pattern:"condition"`
}

// Roles that ECS and the containers use.
type Roles struct {
	Node
	// Path of every role that is made.
	Path At[string] `yaml:"path" default:"/" pattern:"iam_path"`
	// PermissionsBoundary of every role that is made: the ARN of a policy.
	PermissionsBoundary Value[string] `yaml:"permissions_boundary" pattern:"policy_arn"`
	// SourceAccount lets only this account's services assume the roles that are made. Whether ECS sends the key for the infrastructure and hook roles is not settled.
	SourceAccount At[bool] `yaml:"source_account" default:"false"`
	// Infrastructure: ECS shifts traffic with it.
	Infrastructure InfrastructureRole `yaml:"infrastructure"`
	// Execution: ECS pulls images and writes logs with it.
	Execution ExecutionRole `yaml:"execution"`
	// Task: what the application may do.
	Task TaskRole `yaml:"task"`
}

// InfrastructureRole is what ECS shifts traffic with.
type InfrastructureRole struct {
	Node
	// ARN of an existing role; then nothing is created.
	ARN Value[string] `yaml:"arn" lookup:"name" pattern:"role_arn"`
	// Policy: managed is AWS's, scoped is one for exactly these groups, rules and listeners.
	Policy At[string] `yaml:"policy" default:"managed" enum:"managed,scoped"`
}

// ExecutionRole is what ECS starts containers with.
type ExecutionRole struct {
	Node
	// ARN of an existing role; then nothing is created.
	ARN Value[string] `yaml:"arn" lookup:"name" pattern:"role_arn"`
	// PolicyARNs beside AWS's managed one.
	PolicyARNs []At[string] `yaml:"policy_arns" pattern:"policy_arn" unique:"true"`
	// Statements of a policy of its own.
	Statements []Statement `yaml:"statements"`
}

// TaskRole is what the containers act as.
type TaskRole struct {
	Node
	// ARN of an existing role; then nothing is created.
	ARN Value[string] `yaml:"arn" lookup:"name" pattern:"role_arn"`
	// PolicyARNs attached to it.
	PolicyARNs []At[string] `yaml:"policy_arns" pattern:"policy_arn" unique:"true"`
	// Statements of a policy of its own.
	Statements []Statement `yaml:"statements"`
}

// Statement of an IAM policy.
type Statement struct {
	Node
	// Sid names it.
	Sid At[string] `yaml:"sid" pattern:"sid"`
	// Effect of it.
	Effect At[string] `yaml:"effect" default:"Allow" enum:"Allow,Deny"`
	// Actions such as s3:GetObject.
	Actions []At[string] `yaml:"actions" required:"true" pattern:"action"`
	// Resources: ARNs; * is every resource.
	Resources []At[string] `yaml:"resources" required:"true" pattern:"text"`
	// Conditions that must hold.
	Conditions []StatementCondition `yaml:"conditions"`
}

// StatementCondition of an IAM policy's statement.
type StatementCondition struct {
	Node
	// Test such as StringEquals.
	Test At[string] `yaml:"test" required:"true" pattern:"text"`
	// Variable such as aws:SourceAccount.
	Variable At[string] `yaml:"variable" required:"true" pattern:"text"`
	// Values of which one matches.
	Values []At[string] `yaml:"values" required:"true"`
}

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

// Hook that ECS calls at stages of the deployment.
type Hook struct {
	Node
	// Name of the module call.
	Name At[string] `yaml:"name" required:"true" pattern:"key"`
	// Kind: wait holds the deployment, code is a handler of your own.
	Kind At[string] `yaml:"kind" required:"true" enum:"wait,code"`
	// Stages at which it is called.
	Stages []At[string] `yaml:"stages" required:"true" enum:"RECONCILE_SERVICE,PRE_SCALE_UP,POST_SCALE_UP,TEST_TRAFFIC_SHIFT,POST_TEST_TRAFFIC_SHIFT,PRE_PRODUCTION_TRAFFIC_SHIFT,PRODUCTION_TRAFFIC_SHIFT,POST_PRODUCTION_TRAFFIC_SHIFT" unique:"true"`
	// Tracing sends the function's traces to X-Ray.
	Tracing At[bool] `yaml:"tracing" default:"true"`

	// For is how long a wait holds the deployment, at each stage.
	For At[time.Duration] `yaml:"for" kind:"wait" required:"true" min:"1s" max:"24h" unit:"1s"`

	// Path of the handler: a file or a folder, relative, inside the blueprint's folder; referenced, not copied.
	Path At[string] `yaml:"path" kind:"code" required:"true" pattern:"source"`
	// Folder is set by Load when path is one.
	Folder bool `yaml:"-"`
	// Runtime of the function.
	Runtime At[string] `yaml:"runtime" kind:"code" default:"python3.13" pattern:"runtime"`
	// Handler of the function, as the runtime names it.
	Handler At[string] `yaml:"handler" kind:"code" required:"true" pattern:"text"`
	// Timeout of one call.
	Timeout At[time.Duration] `yaml:"timeout" kind:"code" default:"60s" min:"1s" max:"900s" unit:"1s"`
	// Memory of the function in MB.
	Memory At[int] `yaml:"memory" kind:"code" default:"128" min:"128" max:"10240"`
	// Environment variables of the function.
	Environment []Pair `yaml:"environment" kind:"code"`
	// PolicyStatements that the function may use beside its logs.
	PolicyStatements []Statement `yaml:"policy_statements" kind:"code"`
}

// Ownership says who changes it after the first apply.
type Ownership struct {
	Node
	// TaskDefinition: a pipeline registers and deploys revisions, or terraform does.
	TaskDefinition At[string] `yaml:"task_definition" default:"terraform" enum:"terraform,pipeline"`
	// DesiredCount: autoscaling counts, or terraform does.
	DesiredCount At[string] `yaml:"desired_count" default:"terraform" enum:"terraform,autoscaling"`
}
