package blueprint

import "time"

// CapacityProvider takes a share of the tasks.
type CapacityProvider struct {
	Node
	// Name of the provider; FARGATE_SPOT is cheaper, and stops tasks with two minutes' notice.
	Name At[string] `yaml:"name" required:"true" enum:"FARGATE,FARGATE_SPOT"`
	// Weight of the provider among the tasks beyond base.
	Weight At[int] `yaml:"weight" default:"1" min:"0" max:"1000"`
	// Base is how many tasks it runs at least; one provider may have it.
	Base At[int] `yaml:"base" default:"0" min:"0" max:"100000"`
}

// Discovery is a service of AWS Cloud Map in which the tasks register.
type Discovery struct {
	Node
	// RegistryARN of the existing Cloud Map service.
	RegistryARN Value[string] `yaml:"registry_arn" required:"true" pattern:"registry_arn"`
	// Container and port of SRV records; records of type A need neither.
	Container At[string] `yaml:"container" pattern:"container"`
	// Port of the container; the container's own when it is not said.
	Port At[int] `yaml:"port" min:"1" max:"65535"`
}

// Volume of a task: without efs it is empty when the task starts, and goes with it.
type Volume struct {
	Node
	// EFS is a file system that stays.
	EFS *EFSVolume `yaml:"efs"`
}

// EFSVolume is a file system of Amazon EFS, always encrypted in transit.
type EFSVolume struct {
	Node
	// FileSystemARN of the existing file system.
	FileSystemARN Value[string] `yaml:"file_system_arn" required:"true" lookup:"tags" pattern:"file_system_arn"`
	// AccessPointARN through which it is mounted; then the access point says the folder.
	AccessPointARN Value[string] `yaml:"access_point_arn" pattern:"access_point_arn"`
	// RootDirectory of the file system that is mounted.
	RootDirectory At[string] `yaml:"root_directory" default:"/" pattern:"path"`
	// IAM: the task role mounts it, with permissions of its own; false mounts it anonymously.
	IAM At[bool] `yaml:"iam" default:"true"`
}

// Secret of Secrets Manager; ECS reads it when the container starts.
type Secret struct {
	Node
	// ARN of the secret, with its six random characters.
	ARN Value[string] `yaml:"arn" required:"true" lookup:"name" pattern:"secret_arn"`
	// Key of the secret's JSON; the whole secret when it is not said.
	Key At[string] `yaml:"key" pattern:"json_key"`
	// KMSKeyARN that decrypts it, when it is not AWS's own key.
	KMSKeyARN Value[string] `yaml:"kms_key_arn" lookup:"name" pattern:"kms_key_arn"`
}

// Parameter of SSM's Parameter Store; ECS reads it when the container starts.
type Parameter struct {
	Node
	// ARN of the parameter.
	ARN Value[string] `yaml:"arn" required:"true" pattern:"parameter_arn"`
	// KMSKeyARN that decrypts it, when it is not AWS's own key.
	KMSKeyARN Value[string] `yaml:"kms_key_arn" lookup:"name" pattern:"kms_key_arn"`
}

// ContainerHealthCheck is a command that ECS runs in the container.
type ContainerHealthCheck struct {
	Node
	// Command begins with CMD, and is run as it is, or with CMD-SHELL, and is run by the container's shell.
	Command []At[string] `yaml:"command" required:"true"`
	// Interval of the checks.
	Interval At[time.Duration] `yaml:"interval" default:"30s" min:"5s" max:"300s" unit:"1s"`
	// Timeout of one check.
	Timeout At[time.Duration] `yaml:"timeout" default:"5s" min:"2s" max:"60s" unit:"1s"`
	// Retries: failed checks in a row until unhealthy.
	Retries At[int] `yaml:"retries" default:"3" min:"1" max:"10"`
	// StartPeriod in which failures do not count.
	StartPeriod At[time.Duration] `yaml:"start_period" default:"0s" min:"0s" max:"300s" unit:"1s"`
}

// Ulimits that Fargate lets a container have: open files are the only one.
type Ulimits struct {
	Node
	// NoFile is how many files may be open.
	NoFile *Ulimit `yaml:"nofile"`
}

// Ulimit is a limit and its ceiling.
type Ulimit struct {
	Node
	// Soft limit, which the process may raise.
	Soft At[int] `yaml:"soft" required:"true" min:"1" max:"1048576"`
	// Hard limit, up to which it may.
	Hard At[int] `yaml:"hard" required:"true" min:"1" max:"1048576"`
}

// Mount of a volume.
type Mount struct {
	Node
	// Volume of the task.
	Volume At[string] `yaml:"volume" required:"true" pattern:"key"`
	// Path in the container.
	Path At[string] `yaml:"path" required:"true" pattern:"path"`
	// ReadOnly: the container only reads.
	ReadOnly At[bool] `yaml:"read_only" default:"false"`
}

// ContainerLog says how a container logs.
type ContainerLog struct {
	Node
	// Driver: awslogs writes to the service's log group, firelens to the container that has the key firelens.
	Driver At[string] `yaml:"driver" default:"awslogs" enum:"awslogs,firelens"`
	// Options of the driver, beside group, region and prefix; for firelens those of the output.
	Options []Pair `yaml:"options"`
}

// FireLens is what a log router is.
type FireLens struct {
	Node
	// Type of the router.
	Type At[string] `yaml:"type" default:"fluentbit" enum:"fluentbit,fluentd"`
	// ConfigFile in the router's image; ECS's own configuration alone when it is not said.
	ConfigFile At[string] `yaml:"config_file" pattern:"path"`
}
