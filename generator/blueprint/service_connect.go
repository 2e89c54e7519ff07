package blueprint

import "time"

// ServiceConnect is a port that other services of the namespace call through their proxies.
type ServiceConnect struct {
	Node
	// Namespace of Cloud Map: its ARN; all keys of a service are in one namespace.
	Namespace Value[string] `yaml:"namespace" variable:"namespace_arn" lookup:"name" pattern:"namespace_arn"`
	// PortName of the container's port mapping; the key of traffic when it is not said.
	PortName At[string] `yaml:"port_name" pattern:"port_name"`
	// AppProtocol that the proxies speak; tcp knows no test traffic.
	AppProtocol At[string] `yaml:"app_protocol" default:"http" enum:"http,http2,grpc,tcp"`
	// DiscoveryName in the namespace; the port's name when it is not said.
	DiscoveryName At[string] `yaml:"discovery_name" pattern:"discovery_name"`
	// ClientAlias: what clients call.
	ClientAlias ClientAlias `yaml:"client_alias"`
	// Test traffic: which requests reach green before the users do; those with ECS's own header when it is not said.
	Test *TestHeader `yaml:"test"`
	// TLS between the proxies.
	TLS *ConnectTLS `yaml:"tls"`
	// IdleTimeout: how long a connection may be idle; 0s is for ever, AWS's own when it is not said.
	IdleTimeout At[time.Duration] `yaml:"idle_timeout" min:"0s" max:"596523h" unit:"1s"`
	// PerRequestTimeout: how long a request may take; 0s is for ever, AWS's own when it is not said. Not for tcp.
	PerRequestTimeout At[time.Duration] `yaml:"per_request_timeout" min:"0s" max:"596523h" unit:"1s"`
}

// ClientAlias is the name and port that clients call.
type ClientAlias struct {
	Node
	// Port that clients call; the container's when it is not said.
	Port At[int] `yaml:"port" min:"1" max:"65535"`
	// DNSName that clients call; <discovery_name>.<namespace> when it is not said.
	DNSName At[string] `yaml:"dns_name" pattern:"alias_name"`
}

// TestHeader is the request header of test traffic.
type TestHeader struct {
	Node
	// Header that a test request has.
	Header ExactHeader `yaml:"header" required:"true"`
}

// ExactHeader is a header with one value; Service Connect compares nothing but the whole value.
type ExactHeader struct {
	Node
	// Name of the header.
	Name At[string] `yaml:"name" required:"true" pattern:"connect_header"`
	// Value of the header.
	Value At[string] `yaml:"value" required:"true" pattern:"condition"`
}

// ConnectTLS is TLS between the proxies of Service Connect.
type ConnectTLS struct {
	Node
	// AuthorityARN of the private certificate authority that issues the certificates.
	AuthorityARN Value[string] `yaml:"authority_arn" variable:"certificate_authority_arn" pattern:"arn"`
	// KMSKeyARN encrypts the private keys; AWS's own key when it is not said.
	KMSKeyARN Value[string] `yaml:"kms_key_arn" lookup:"name" pattern:"arn"`
}
