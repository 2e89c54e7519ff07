package blueprint

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
	// IngressFrom: security groups that may connect to the ports of traffic, or of the mesh's listener; the load balancer's first of all.
	// A worker without traffic needs none.
	IngressFrom []Value[string] `yaml:"ingress_from" lookup:"name,tags" pattern:"text"`
	// EgressTo: where tasks may connect to; they must reach ECR, S3 and CloudWatch Logs.
	EgressTo []Egress `yaml:"egress_to"`
	// LoadBalancerEgress adds, to every group of ingress_from, the rule that lets it reach the tasks.
	LoadBalancerEgress At[bool] `yaml:"load_balancer_egress" engine:"ecs" default:"false"`
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
