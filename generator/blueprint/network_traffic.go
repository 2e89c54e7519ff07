package blueprint

import "time"

// NLB is a Network Load Balancer with a pair of target groups and listeners of the service's own: ECS moves a listener as a whole.
type NLB struct {
	Node
	// LoadBalancerARN of an existing Network Load Balancer.
	LoadBalancerARN Value[string] `yaml:"load_balancer_arn" variable:"network_load_balancer_arn" lookup:"name" pattern:"nlb_arn"`
	// AllowReplacement takes prevent_destroy from target groups and production listener.
	AllowReplacement At[bool] `yaml:"allow_replacement" default:"false"`
	// Weighted binds green to the production listener beside blue, 100 to 0, so that no test listener is needed; older regions may not take it.
	Weighted At[bool] `yaml:"weighted" default:"false"`
	// TargetGroup: blue and green alike.
	TargetGroup NetworkTargetGroup `yaml:"target_group"`
	// Production listener.
	Production *NetworkListener `yaml:"production" required:"true"`
	// Test listener: reaches green before the users do, on a port of its own.
	Test *NetworkListener `yaml:"test"`
}

// NetworkTargetGroup is what blue and green behind a Network Load Balancer have in common.
type NetworkTargetGroup struct {
	Node
	// DeregistrationDelay: how long a draining task may keep its connections.
	DeregistrationDelay At[time.Duration] `yaml:"deregistration_delay" default:"30s" min:"0s" max:"1h" unit:"1s"`
	// HealthCheck of both.
	HealthCheck NetworkHealthCheck `yaml:"health_check"`
}

// NetworkHealthCheck of a target group behind a Network Load Balancer.
type NetworkHealthCheck struct {
	Node
	// Protocol: TCP opens a connection, HTTP and HTTPS ask for path.
	Protocol At[string] `yaml:"protocol" default:"TCP" enum:"TCP,HTTP,HTTPS"`
	// Path of HTTP and HTTPS: cheap, and true only when the application can serve.
	Path At[string] `yaml:"path" default:"/" pattern:"path"`
	// Matcher: status codes of HTTP and HTTPS that are healthy; 200-499.
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

// NetworkListener is a listener that is made on the Network Load Balancer.
type NetworkListener struct {
	Node
	// Port: unique on the load balancer.
	Port At[int] `yaml:"port" required:"true" min:"1" max:"65535"`
	// Protocol: TCP passes everything on, TLS ends the encryption at the load balancer.
	Protocol At[string] `yaml:"protocol" default:"TCP" enum:"TCP,TLS"`
	// CertificateARN of TLS.
	CertificateARN Value[string] `yaml:"certificate_arn" variable:"certificate_arn" pattern:"certificate_arn"`
	// SSLPolicy of TLS: protocols and ciphers.
	SSLPolicy At[string] `yaml:"ssl_policy" default:"ELBSecurityPolicy-TLS13-1-2-2021-06" pattern:"ssl_policy"`
}
