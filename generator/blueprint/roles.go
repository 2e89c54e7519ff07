package blueprint

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
	Infrastructure InfrastructureRole `yaml:"infrastructure" engine:"ecs"`
	// Connect: ECS issues and renews the certificates of Service Connect with it.
	Connect ConnectRole `yaml:"connect" engine:"ecs"`
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

// ConnectRole is what ECS issues the certificates of Service Connect with.
type ConnectRole struct {
	Node
	// ARN of an existing role; then nothing is created.
	ARN Value[string] `yaml:"arn" lookup:"name" pattern:"role_arn"`
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
