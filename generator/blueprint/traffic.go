package blueprint

import "time"

// ECS is what engine: ecs reads beside what every engine does.
type ECS struct {
	// Traffic: each key is a container's port and the way on which traffic reaches it; it names the module calls.
	Traffic []Entry[Traffic] `yaml:"traffic" pattern:"key"`
	// Deployment: how a new version takes over.
	Deployment Deployment `yaml:"deployment"`
	// Observability: dashboard and notifications.
	Observability Observability `yaml:"observability"`
}

// Traffic is one container's port and the one way on which traffic reaches it: alb, nlb or service_connect.
type Traffic struct {
	Node
	// Container that takes it; the only one of the task when it is not said.
	Container At[string] `yaml:"container" pattern:"container"`
	// Port of the container; the container's own when it is not said.
	Port At[int] `yaml:"port" min:"1" max:"65535"`
	// ALB in front of it.
	ALB *ALB `yaml:"alb" oneof:"path"`
	// NLB in front of it.
	NLB *NLB `yaml:"nlb" oneof:"path"`
	// ServiceConnect: other services call it through their proxies.
	ServiceConnect *ServiceConnect `yaml:"service_connect" oneof:"path"`
}

// ALB is an Application Load Balancer's listener with a pair of target groups and their rules.
type ALB struct {
	Node
	// ListenerARN of an existing HTTPS listener.
	ListenerARN Value[string] `yaml:"listener_arn" variable:"listener_arn" lookup:"load_balancer,port" pattern:"listener_arn"`
	// AllowReplacement takes prevent_destroy from target groups and production rule.
	AllowReplacement At[bool] `yaml:"allow_replacement" default:"false"`
	// Stickiness keeps a client on the target group that served it first, whatever the weights; left out, every request goes by the weights.
	Stickiness *Stickiness `yaml:"stickiness"`
	// TargetGroup: blue and green alike.
	TargetGroup TargetGroup `yaml:"target_group"`
	// Production rule.
	Production *Rule `yaml:"production" required:"true"`
	// Test rule: reaches green before the users do.
	Test *TestRule `yaml:"test"`
}

// Stickiness of the production rule: the rule is made with it, and its action is ECS's from then on.
type Stickiness struct {
	Node
	// Duration for which a client's cookie names its target group.
	Duration At[time.Duration] `yaml:"duration" required:"true" min:"1s" max:"168h" unit:"1s"`
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
