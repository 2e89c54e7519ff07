package parts

import (
	"path"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Samples of the network, as the modules' own tests give them.
const (
	sampleVPC   = "vpc-00000000000000001"
	sampleGroup = "sg-00000000000000001"
	samplePeer  = "sg-00000000000000002"
)

// Port is one that the tasks listen on: what rules call it, and its number.
type Port struct {
	Name   string
	Number tf.Expr
}

// OwnGroup says that the service has a security group of its own.
func (s *Site) OwnGroup() bool { return s.In.Network.SecurityGroup != nil }

// BalancerEgress says that the load balancer's side of the ingress rules is made too.
func (s *Site) BalancerEgress() bool {
	return s.OwnGroup() && s.ingress() && s.In.Network.SecurityGroup.LoadBalancerEgress.V
}

// SecurityGroup adds the tasks' group with its rules to a module; it returns the group and what its users wait for. Name is the
// service's: it is in the description, whose change would replace the group.
func (s *Site) SecurityGroup(c *Child, name tf.Expr) (group *tf.Block, waits []tf.Expr) {
	group = c.Add(tf.Resource("aws_security_group", "this",
		tf.Set("description", tf.Join(tf.String("Tasks of "), name)),
		tf.Set("name", c.Text("security_group_name", "Name of the tasks' security group.", "orders-service")),
		tf.Set("vpc_id", c.Text("vpc_id", "VPC of the tasks.", sampleVPC)),
	))
	if s.ingress() {
		rules := ingressRules(c)
		in := c.Add(groupRule("ingress", rules, tf.Set("referenced_security_group_id", tf.Each("value", "security_group_id")), group.Attr("id")))
		c.assertGroupRule("Only the security groups that were given may connect to the tasks, and only to their ports.", in, group, rules, "referenced_security_group_id", "security_group_id")
		waits = append(waits, in.Attr())
	}
	if s.egress() {
		egress := egressRules(c)
		out := c.Add(groupRule("egress", egress, tf.Set("cidr_ipv4", tf.Each("value", "cidr_ipv4")), group.Attr("id")))
		c.assertGroupRule("The tasks must connect to the destinations that were given, and to no others.", out, group, egress, "cidr_ipv4", "cidr_ipv4")
		waits = append(waits, out.Attr())
	}
	if s.BalancerEgress() {
		b := groupRule("egress", ingressRules(c), tf.Set("referenced_security_group_id", group.Attr("id")), tf.Each("value", "security_group_id"))
		b.Labels[1] = "load_balancer"
		waits = append(waits, c.Add(b.Why("The load balancer's side of the ingress rules: without it no health check arrives.")).Attr())
	}
	return group, waits
}

// ingress says that somebody may connect: a worker without traffic has no port.
func (s *Site) ingress() bool { return s.In.ECS == nil || len(s.In.ECS.Traffic) > 0 }

func (s *Site) egress() bool { return len(s.In.Network.SecurityGroup.EgressTo) > 0 }

func ingressRules(c *Child) *tf.Block {
	return c.Var("ingress_rules", "Which security groups may connect to which port of the tasks.", ruleSample("security_group_id", samplePeer))
}

func egressRules(c *Child) *tf.Block {
	return c.Var("egress_rules", "Where the tasks may connect to over TCP.", ruleSample("cidr_ipv4", "10.0.0.0/16"))
}

// ruleSample is a map of one rule: a port, and who is on the other side.
func ruleSample(key, value string) cty.Value {
	return cty.MapVal(map[string]cty.Value{"sample": cty.ObjectVal(map[string]cty.Value{
		"port": cty.NumberIntVal(9000), key: cty.StringVal(value),
	})})
}

// groupRule is one rule of a security group for each entry of a variable; peer says who is on the other side.
func groupRule(direction string, rules *tf.Block, peer tf.Attr, group tf.Expr) *tf.Block {
	items := []tf.Attr{
		tf.Set("description", tf.Each("key")),
		tf.Set("from_port", tf.Each("value", "port")),
		tf.Set("ip_protocol", tf.String("tcp")),
		tf.Set("security_group_id", group),
		tf.Set("to_port", tf.Each("value", "port")),
		peer,
	}
	slices.SortFunc(items, func(a, b tf.Attr) int { return strings.Compare(a.Name, b.Name) })
	b := tf.Resource("aws_vpc_security_group_"+direction+"_rule", "this", tf.Set("for_each", rules.Attr()))
	for _, it := range items {
		b.Items = append(b.Items, it)
	}
	return b
}

// assertGroupRule: the rule's one sample must open its port to its peer, and belong to the tasks' group.
func (c *Child) assertGroupRule(message string, rule, group, rules *tf.Block, peer, key string) {
	at := func(b *tf.Block) tf.Expr { return tf.Index{Collection: b.Attr(), Key: tf.String("sample")} }
	c.Assert(message,
		tf.Equal(tf.Dig(at(rule), "ip_protocol"), tf.String("tcp")),
		tf.Equal(tf.Dig(at(rule), "from_port"), tf.Dig(at(rules), "port")),
		tf.Equal(tf.Dig(at(rule), "to_port"), tf.Dig(at(rules), "port")),
		tf.Equal(tf.Dig(at(rule), peer), tf.Dig(at(rules), key)),
		tf.Equal(tf.Dig(at(rule), "security_group_id"), group.Attr("id")))
}

// GroupFacts are what a module was given for its security group, for the root's test.
func (s *Site) GroupFacts(c *Child) []tf.Field {
	var fields []tf.Field
	if s.egress() {
		fields = append(fields, tf.F("egress_rules", egressRules(c).Attr()))
	}
	if s.ingress() {
		fields = append(fields, tf.F("ingress_rules", ingressRules(c).Attr()))
	}
	return append(fields, tf.F("security_group_name", c.Text("security_group_name", "", "orders-service")))
}

// GroupWanted are GroupFacts as the blueprint wants them, in the types of the module's variables; inputs are the root's.
func GroupWanted(inputs []tf.Attr) []tf.Field {
	var fields []tf.Field
	for _, in := range inputs {
		switch in.Name {
		case "egress_rules", "ingress_rules":
			fields = append(fields, tf.F(in.Name, tf.Fn("tomap", in.Value)))
		case "security_group_name":
			fields = append(fields, tf.F(in.Name, in.Value))
		}
	}
	return fields
}

// GroupInputs are the root's inputs of SecurityGroup; peer is what a source without a name of its own is called.
func (s *Site) GroupInputs(r *Root, vpc tf.Expr, peer string, ports ...Port) []tf.Attr {
	var inputs []tf.Attr
	if s.ingress() {
		inputs = append(inputs, tf.Set("ingress_rules", s.ingressFrom(r, peer, ports)))
	}
	inputs = append(inputs, tf.Set("security_group_name", tf.String(s.PartName(SecurityGroupName, "service"))), tf.Set("vpc_id", vpc))
	if s.egress() {
		inputs = append(inputs, tf.Set("egress_rules", s.egressTo(r)))
	}
	return inputs
}

// ingressFrom is one rule for each port and each source, keyed by both: another source moves no other rule.
func (s *Site) ingressFrom(r *Root, peer string, ports []Port) tf.Expr {
	var fields []tf.Field
	for _, p := range ports {
		for i, source := range s.In.Network.SecurityGroup.IngressFrom {
			name := peer + "_security_group_id"
			if i > 0 {
				name = SourceName(source) + "_security_group_id"
			}
			fields = append(fields, tf.F(p.Name+"_from_"+SourceName(source), tf.Inline(
				tf.F("port", p.Number),
				tf.F("security_group_id", useSource(r, name, source)),
			)))
		}
	}
	return tf.Fields(fields...)
}

func useSource(r *Root, name string, source blueprint.Value[string]) tf.Expr {
	return Use(r, Wanted{
		Name: name, Key: "network.security_group.ingress_from", Type: cty.String,
		Description: "Security group that may connect to the tasks, such as the load balancer's.",
		Sample:      cty.StringVal(samplePeer),
		Query:       ByGroupName(false, samplePeer),
	}, source)
}

// SourceName is how rules call a source: what its value is called, never its place in the list.
func SourceName(v blueprint.Value[string]) string {
	name := v.V
	switch v.From {
	case blueprint.Variable:
		name = v.Name
	case blueprint.SSM:
		name = path.Base(v.Name)
	case blueprint.Lookup:
		name = v.Lookup.Name
		if name == "" && len(v.Lookup.Tags) > 0 {
			name = v.Lookup.Tags[0].Value.V
		}
	case blueprint.Literal, blueprint.Unset:
	}
	return strings.TrimSuffix(strings.TrimSuffix(Ident(name), "_id"), "_security_group")
}

func (s *Site) egressTo(r *Root) tf.Expr {
	var fields []tf.Field
	for _, e := range s.In.Network.SecurityGroup.EgressTo {
		fields = append(fields, tf.F(e.Name.V, tf.Inline(
			tf.F("cidr_ipv4", Use(r, cidr(e), e.CIDRIPv4)),
			tf.F("port", tf.Int(e.Port.V)),
		)))
	}
	return tf.Fields(fields...)
}

func cidr(e blueprint.Egress) Wanted {
	return Wanted{
		Name: Ident(e.Name.V, "cidr_ipv4"), Key: "network.security_group.egress_to.cidr_ipv4", Type: cty.String,
		Description: "Where the tasks may connect to (" + e.Name.V + "): the VPC's CIDR where ECR, S3 and CloudWatch Logs have interface endpoints, 0.0.0.0/0 through a NAT gateway.",
		Sample:      cty.StringVal("10.0.0.0/16"),
		Validation: &Validation{
			Condition: func(v tf.Expr) tf.Expr { return tf.Fn("can", tf.Fn("cidrhost", v, tf.Int(0))) },
			Message:   "must be a CIDR block, such as 10.0.0.0/16.",
			Wrong:     cty.StringVal("10.0.0.0"),
		},
	}
}

// UseVPC is the tasks' VPC.
func (s *Site) UseVPC(r *Root) tf.Expr {
	return Use(r, Wanted{
		Name: "vpc_id", Key: "network.vpc_id", Type: cty.String,
		Description: "VPC of the tasks.",
		Sample:      cty.StringVal(sampleVPC),
		Query:       ByTags("aws_vpc", "id", tf.String(sampleVPC)),
	}, s.In.Network.VPCID)
}

// NeedsVPC says that a security group of the service's own, or a lookup of its subnets, needs the VPC.
func (s *Site) NeedsVPC() bool {
	return s.OwnGroup() || s.In.Network.SubnetIDs.From == blueprint.Lookup
}

// UseSubnets are the tasks' subnets; a lookup finds them in the VPC.
func (s *Site) UseSubnets(r *Root, vpc tf.Expr) tf.Expr {
	byTags := ByTags("aws_subnets", "ids", tf.Strings("subnet-00000000000000001", "subnet-00000000000000002"))
	return Use(r, Wanted{
		Name: "subnet_ids", Key: "network.subnet_ids", Type: cty.Set(cty.String),
		Description: "Subnets of the tasks. Each deployment needs free addresses for twice the desired count.",
		Sample:      SampleSubnets(),
		Query: func(r *Root, name string, q blueprint.Query) tf.Expr {
			ids := byTags(r, name, q)
			data := ids.(tf.Ref).Block
			data.Items = []tf.Item{data.Items[len(data.Items)-1], tf.Nested("filter", tf.Set("name", tf.String("vpc-id")), tf.Set("values", tf.ListOf(vpc)))}
			return ids
		},
	}, s.In.Network.SubnetIDs)
}

// UseGroupIDs are existing security groups, in place of an own one.
func (s *Site) UseGroupIDs(r *Root, admit string) tf.Expr {
	return Use(r, Wanted{
		Name: "security_group_ids", Key: "network.security_group_ids", Type: cty.Set(cty.String),
		Description: "Security groups of the tasks. They must admit " + admit + ".",
		Sample:      Samples(sampleGroup),
		Query:       ByGroupName(true, sampleGroup),
	}, s.In.Network.SecurityGroupIDs)
}

// GroupIDs is a module's variable for UseGroupIDs.
func GroupIDs(c *Child) tf.Expr {
	return c.In("security_group_ids", "Security groups of the tasks.", Samples(sampleGroup))
}

// SubnetIDs is a module's variable for UseSubnets.
func SubnetIDs(c *Child) tf.Expr { return c.In("subnet_ids", "Subnets of the tasks.", SampleSubnets()) }

// SampleSubnets are two subnets.
func SampleSubnets() cty.Value {
	return Samples("subnet-00000000000000001", "subnet-00000000000000002")
}

// SampleVPC is what tests give for a VPC.
func SampleVPC() string { return sampleVPC }

// NetworkConfiguration is the block of an ECS service.
func (s *Site) NetworkConfiguration(c *Child, groups tf.Expr) *tf.Block {
	return tf.Nested("network_configuration",
		tf.Set("assign_public_ip", tf.Bool(s.In.Network.AssignPublicIP.V)),
		tf.Set("security_groups", groups),
		tf.Set("subnets", SubnetIDs(c)),
	).From(s.In.Network.Range)
}

// AssertNetwork compares the network configuration of a service, or of one of several, with what the module was given.
func (s *Site) AssertNetwork(c *Child, configuration, groups tf.Expr) {
	network := tf.First(configuration)
	c.Assert("The tasks must be in their subnets and security groups, and have public addresses only where the blueprint says so.",
		Is(tf.Dig(network, "assign_public_ip"), s.In.Network.AssignPublicIP.V),
		tf.Equal(tf.Dig(network, "security_groups"), tf.Fn("toset", groups)),
		tf.Equal(tf.Dig(network, "subnets"), SubnetIDs(c)))
}
