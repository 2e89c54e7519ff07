// Package blueprint turns YAML into complete services: strict, positioned, defaults filled, every leaf in range.
//
// The structs of this file are the one model of the blueprint: the decoder and the JSON Schema are both driven by them.
// Tags: yaml (the key; ",inline" for the engine's part), default, enum, min and max (numbers and durations), unit (a duration must be a multiple of it),
// pattern (a name of patterns()), required, oneof (exactly one of the keys of this group), kind (only under these kinds), engine (only under this engine), variable (the obvious root variable of an omitted value, for the documentation), lookup (the keys that a lookup admits), unique.
package blueprint

// Service is one blueprint in one environment: layers merged, defaults filled, every leaf in range.
type Service struct {
	Node
	// File is the blueprint's name in its folder, as the ranges have it.
	File string `yaml:"-"`
	// Environment is "" where the blueprint has no environments.
	Environment At[string] `yaml:"-"`
	// Layer are the keys that the environment itself says, as paths such as service.desired_count, each where it stands.
	Layer []At[string] `yaml:"-"`
	// Was is the strategy that the last generate wrote for this environment, by the manifest; "" when there was none.
	// The caller of Load sets it: some steps between strategies must not be taken at once.
	Was string `yaml:"-"`

	// Version of this format.
	Version At[int] `yaml:"version" required:"true" min:"1" max:"1"`
	// Name of the service; every name starts with <name>-<environment>.
	Name At[string] `yaml:"name" required:"true" pattern:"name"`
	// Engine: ecs is ECS built-in blue/green, appmesh the weighted routes of App Mesh, which AWS ended on 30 September 2026.
	Engine At[string] `yaml:"engine" required:"true" enum:"ecs,appmesh"`
	// Terraform, its provider and its state.
	Terraform Terraform `yaml:"terraform"`
	// Tags on every taggable resource and task, beside service and environment.
	Tags []Pair `yaml:"tags"`
	// Ignore lists codes of warnings that this blueprint accepts; an error cannot be silenced.
	Ignore []At[string] `yaml:"ignore" pattern:"code" unique:"true"`

	// Network of the tasks.
	Network Network `yaml:"network"`
	// Logs of the containers and the hooks.
	Logs Logs `yaml:"logs"`
	// Service that ECS runs.
	Service ECSService `yaml:"service"`
	// Roles that ECS and the containers use.
	Roles Roles `yaml:"roles"`
	// Ownership: who changes it after the first apply; decides every ignore_changes.
	Ownership Ownership `yaml:"ownership"`

	// ECS is the part that engine: ecs reads.
	ECS *ECS `yaml:",inline" engine:"ecs"`
	// AppMesh is the part that engine: appmesh reads.
	AppMesh *AppMesh `yaml:",inline" engine:"appmesh"`
}

// Terraform says where the configuration goes and which versions it is written for.
type Terraform struct {
	Node
	// Directory of the configurations, relative to this file.
	Directory At[string] `yaml:"directory" default:"terraform" pattern:"directory"`
	// RequiredVersion of Terraform; the lock file of the S3 backend needs 1.10.
	RequiredVersion At[string] `yaml:"required_version" default:">= 1.10" pattern:"constraint"`
	// AWSProvider is the version constraint of hashicorp/aws; the lowest release that has what the blueprint asks for, below the next major release, when it is not said.
	AWSProvider At[string] `yaml:"aws_provider" pattern:"constraint"`
	// Provider is the provider block.
	Provider Provider `yaml:"provider"`
	// Backend of the state; without one the state is local.
	Backend *Backend `yaml:"backend"`
}

// Provider is the aws provider block of the root.
type Provider struct {
	Node
	// Region where everything is made; without it the provider reads its environment.
	Region Value[string] `yaml:"region" pattern:"region"`
	// AllowedAccountIDs: Terraform refuses every other account.
	AllowedAccountIDs []At[string] `yaml:"allowed_account_ids" pattern:"account" unique:"true"`
}

// Backend holds exactly one kind of backend.
type Backend struct {
	Node
	// S3 keeps the state in a bucket.
	S3 *S3Backend `yaml:"s3" required:"true"`
}

// S3Backend keeps the state in an S3 bucket, encrypted and locked.
type S3Backend struct {
	Node
	// Bucket of the state.
	Bucket At[string] `yaml:"bucket" required:"true" pattern:"bucket"`
	// Region of the bucket.
	Region At[string] `yaml:"region" required:"true" pattern:"region"`
	// Key of the state; <name>/<environment>/terraform.tfstate when it is not said. It must differ between environments.
	Key At[string] `yaml:"key" pattern:"text"`
	// KMSKeyID of the key that encrypts the state, when it is not the bucket's own.
	KMSKeyID At[string] `yaml:"kms_key_id" pattern:"text"`
}
