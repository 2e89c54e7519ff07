package blueprint

import "time"

// AppMesh is what engine: appmesh reads beside what every engine does.
type AppMesh struct {
	// Mesh that the service is in, and how it is reached there.
	Mesh Mesh `yaml:"mesh"`
	// Colours of the service: the state of the rollout, which bluegen rollout changes one step at a time.
	Colours Colours `yaml:"colours" required:"true"`
}

// Mesh says which mesh the service is in, how Envoy reaches it, and what Envoy does beside.
type Mesh struct {
	Node
	// Name of a mesh of the service's own; or existing.
	Name At[string] `yaml:"name" pattern:"mesh_name"`
	// Existing mesh: its name.
	Existing Value[string] `yaml:"existing" pattern:"mesh_name"`
	// EgressFilter of an own mesh: DROP_ALL lets tasks reach the mesh and AWS alone.
	EgressFilter At[string] `yaml:"egress_filter" default:"DROP_ALL" enum:"DROP_ALL,ALLOW_ALL"`
	// Namespace of Cloud Map in which the tasks register.
	Namespace Namespace `yaml:"namespace"`
	// VirtualService is the name that clients call; <name>.<namespace> when it is not said, which resolves.
	VirtualService At[string] `yaml:"virtual_service" pattern:"dns_name"`
	// Listener of the nodes and the router.
	Listener MeshListener `yaml:"listener"`
	// RetryPolicy of the route; without one Envoy repeats nothing.
	RetryPolicy *RetryPolicy `yaml:"retry_policy"`
	// Backends: the virtual services that this one calls.
	Backends []At[string] `yaml:"backends" pattern:"dns_name" unique:"true"`
	// Envoy beside the application.
	Envoy Sidecar `yaml:"envoy"`
	// XRay daemon beside Envoy; without it nothing is traced.
	XRay *Sidecar `yaml:"xray"`
}

// Namespace is a private DNS namespace of Cloud Map.
type Namespace struct {
	Node
	// Name of a namespace of the service's own; or existing.
	Name At[string] `yaml:"name" pattern:"dns_name"`
	// Existing namespace.
	Existing *ExistingNamespace `yaml:"existing"`
}

// ExistingNamespace is one that somebody else made.
type ExistingNamespace struct {
	Node
	// ID of it.
	ID Value[string] `yaml:"id" variable:"namespace_id" lookup:"name" pattern:"namespace_id"`
	// Name of it.
	Name At[string] `yaml:"name" required:"true" pattern:"dns_name"`
}

// MeshListener is where Envoy takes requests for the application; its port is the container's.
type MeshListener struct {
	Node
	// Container that answers; the only one of the task when it is not said.
	Container At[string] `yaml:"container" pattern:"container"`
	// Protocol of the requests.
	Protocol At[string] `yaml:"protocol" default:"http" enum:"http,http2,grpc,tcp"`
	// HealthCheck that Envoy makes of the application.
	HealthCheck MeshHealthCheck `yaml:"health_check"`
}

// MeshHealthCheck is Envoy's, in the listener's protocol.
type MeshHealthCheck struct {
	Node
	// Path of the request; http and http2 only, where / is asked when it is not said.
	Path At[string] `yaml:"path" pattern:"path"`
	// Interval of the checks; longer than timeout.
	Interval At[time.Duration] `yaml:"interval" default:"5s" min:"5s" max:"300s" unit:"1s"`
	// Timeout of one check.
	Timeout At[time.Duration] `yaml:"timeout" default:"2s" min:"2s" max:"60s" unit:"1s"`
	// HealthyThreshold: checks in a row until healthy.
	HealthyThreshold At[int] `yaml:"healthy_threshold" default:"2" min:"2" max:"10"`
	// UnhealthyThreshold: checks in a row until unhealthy.
	UnhealthyThreshold At[int] `yaml:"unhealthy_threshold" default:"2" min:"2" max:"10"`
}

// RetryPolicy says when Envoy repeats a request, and how often.
type RetryPolicy struct {
	Node
	// MaxRetries of one request.
	MaxRetries At[int] `yaml:"max_retries" default:"1" min:"0" max:"100"`
	// PerRetryTimeout of each.
	PerRetryTimeout At[time.Duration] `yaml:"per_retry_timeout" default:"1s" min:"1s" max:"300s" unit:"1s"`
	// TCPRetryEvents that are followed by a retry.
	TCPRetryEvents []At[string] `yaml:"tcp_retry_events" enum:"connection-error" unique:"true"`
	// HTTPRetryEvents that are followed by a retry.
	HTTPRetryEvents []At[string] `yaml:"http_retry_events" enum:"server-error,gateway-error,client-error,stream-error" unique:"true"`
	// GRPCRetryEvents that are followed by a retry; grpc only.
	GRPCRetryEvents []At[string] `yaml:"grpc_retry_events" enum:"cancelled,deadline-exceeded,internal,resource-exhausted,unavailable" unique:"true"`
}

// Sidecar is a container that the mesh needs beside the application.
type Sidecar struct {
	Node
	// Image of it: a tag or digest that never moves.
	Image Value[string] `yaml:"image" pattern:"image"`
	// CPU units that are kept for it; AWS recommends 512 for Envoy.
	CPU At[int] `yaml:"cpu" min:"1" max:"16384"`
	// MemoryReservation in MiB that is kept for it; Envoy needs at least 64.
	MemoryReservation At[int] `yaml:"memory_reservation" min:"4" max:"122880"`
}

// Colours are the two that a rollout moves traffic between.
type Colours struct {
	Node
	// Blue is the one.
	Blue Colour `yaml:"blue" required:"true"`
	// Green is the other.
	Green Colour `yaml:"green" required:"true"`
}

// Colour is one version of the application with its share of the traffic.
type Colour struct {
	Node
	// Active colours have a virtual node, an ECS service and a place in the route.
	Active At[bool] `yaml:"active" required:"true"`
	// Weight is the share of the traffic among the weights of both; 0 unless active.
	Weight At[int] `yaml:"weight" required:"true" min:"0" max:"100"`
	// Image of the listener's container: a tag or digest that never moves.
	Image Value[string] `yaml:"image" pattern:"image"`
}
