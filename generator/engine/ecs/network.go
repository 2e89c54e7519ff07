package ecs

import (
	"path"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// ownGroup says that the service has a security group of its own.
func (d *deployment) ownGroup() bool { return d.in.Network.SecurityGroup != nil }

func (d *deployment) balancerEgress() bool {
	return d.ownGroup() && d.in.Network.SecurityGroup.LoadBalancerEgress.V
}

// securityGroup adds the tasks' group with its rules to the service module, and returns what the service waits for.
func (m *serviceModule) securityGroup() []tf.Expr {
	group := m.Add(tf.Resource("aws_security_group", "this",
		tf.Set("description", tf.Join(tf.String("Tasks of "), m.name)),
		tf.Set("name", m.Text("security_group_name", "Name of the tasks' security group.", "orders-service")),
		tf.Set("vpc_id", m.Text("vpc_id", "VPC of the tasks.", "vpc-00000000000000001")),
	))
	m.groups = tf.ListOf(group.Attr("id"))
	ingress := m.Var("ingress_rules", "Which security groups may connect to which port of the tasks.", ruleSample("security_group_id", "sg-00000000000000002"))
	in := m.Add(groupRule("ingress", ingress, tf.Set("referenced_security_group_id", tf.Each("value", "security_group_id")), group.Attr("id")))
	m.assertGroupRule("Only the security groups that were given may connect to the tasks, and only to their ports.", in, group, ingress, "referenced_security_group_id", "security_group_id")
	waits := []tf.Expr{in.Attr()}
	if len(m.d.in.Network.SecurityGroup.EgressTo) > 0 {
		egress := m.Var("egress_rules", "Where the tasks may connect to over TCP.", ruleSample("cidr_ipv4", "10.0.0.0/16"))
		out := m.Add(groupRule("egress", egress, tf.Set("cidr_ipv4", tf.Each("value", "cidr_ipv4")), group.Attr("id")))
		m.assertGroupRule("The tasks must connect to the destinations that were given, and to no others.", out, group, egress, "cidr_ipv4", "cidr_ipv4")
		waits = append(waits, out.Attr())
	}
	if m.d.balancerEgress() {
		b := groupRule("egress", ingress, tf.Set("referenced_security_group_id", group.Attr("id")), tf.Each("value", "security_group_id"))
		b.Labels[1] = "load_balancer"
		waits = append(waits, m.Add(b.Why("The load balancer's side of the ingress rules: without it no health check arrives.")).Attr())
	}
	m.Output("security_group_id", "Security group of the tasks.", group.Attr("id"))
	return waits
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

// networkInputs are the service module's inputs of the network.
func (d *deployment) networkInputs(r *parts.Root, vpc tf.Expr) []tf.Attr {
	n := d.in.Network
	inputs := []tf.Attr{tf.Set("subnet_ids", d.subnets(r, vpc))}
	if !d.ownGroup() {
		return append(inputs, tf.Set("security_group_ids", parts.Use(r, parts.Wanted{
			Name: "security_group_ids", Key: "network.security_group_ids", Type: cty.Set(cty.String),
			Description: "Security groups of the tasks. They must admit the load balancer.",
			Sample:      parts.Samples("sg-00000000000000001"),
			Query:       parts.ByGroupName(true, "sg-00000000000000001"),
		}, n.SecurityGroupIDs)))
	}
	inputs = append(inputs,
		tf.Set("ingress_rules", d.ingress(r)),
		tf.Set("security_group_name", tf.String(d.partName(parts.SecurityGroupName, "service"))),
		tf.Set("vpc_id", vpc),
	)
	if len(n.SecurityGroup.EgressTo) > 0 {
		inputs = append(inputs, tf.Set("egress_rules", d.egress(r)))
	}
	return inputs
}

func (d *deployment) useVPC(r *parts.Root) tf.Expr {
	return parts.Use(r, parts.Wanted{
		Name: "vpc_id", Key: "network.vpc_id", Type: cty.String,
		Description: "VPC of the tasks.",
		Sample:      cty.StringVal("vpc-00000000000000001"),
		Query:       parts.ByTags("aws_vpc", "id", tf.String("vpc-00000000000000001")),
	}, d.in.Network.VPCID)
}

func (d *deployment) subnets(r *parts.Root, vpc tf.Expr) tf.Expr {
	sample := tf.Strings("subnet-00000000000000001", "subnet-00000000000000002")
	byTags := parts.ByTags("aws_subnets", "ids", sample)
	return parts.Use(r, parts.Wanted{
		Name: "subnet_ids", Key: "network.subnet_ids", Type: cty.Set(cty.String),
		Description: "Subnets of the tasks. Each deployment needs free addresses for twice the desired count.",
		Sample:      parts.Samples("subnet-00000000000000001", "subnet-00000000000000002"),
		Query: func(r *parts.Root, name string, q blueprint.Query) tf.Expr {
			ids := byTags(r, name, q)
			data := ids.(tf.Ref).Block
			data.Items = []tf.Item{data.Items[len(data.Items)-1], tf.Nested("filter", tf.Set("name", tf.String("vpc-id")), tf.Set("values", tf.ListOf(vpc)))}
			return ids
		},
	}, d.in.Network.SubnetIDs)
}

// ingress is one rule for each port of traffic and each source, keyed by both: another source moves no other rule.
func (d *deployment) ingress(r *parts.Root) tf.Expr {
	var fields []tf.Field
	for _, p := range d.pairs {
		for i, source := range d.in.Network.SecurityGroup.IngressFrom {
			fields = append(fields, tf.F(p.id+"_from_"+sourceName(source), tf.Inline(
				tf.F("port", tf.Int(p.port.V)),
				tf.F("security_group_id", d.useSource(r, source, i)),
			)))
		}
	}
	return tf.Fields(fields...)
}

func (d *deployment) useSource(r *parts.Root, source blueprint.Value[string], i int) tf.Expr {
	name := "alb_security_group_id"
	if i > 0 {
		name = sourceName(source) + "_security_group_id"
	}
	return parts.Use(r, parts.Wanted{
		Name: name, Key: "network.security_group.ingress_from", Type: cty.String,
		Description: "Security group that may connect to the tasks, such as the load balancer's.",
		Sample:      cty.StringVal("sg-00000000000000002"),
		Query:       parts.ByGroupName(false, "sg-00000000000000002"),
	}, source)
}

// sourceName is how rules call a source: what its value is called, never its place in the list.
func sourceName(v blueprint.Value[string]) string {
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
	return strings.TrimSuffix(strings.TrimSuffix(parts.Ident(name), "_id"), "_security_group")
}

func (d *deployment) egress(r *parts.Root) tf.Expr {
	var fields []tf.Field
	for _, e := range d.in.Network.SecurityGroup.EgressTo {
		fields = append(fields, tf.F(e.Name.V, tf.Inline(
			tf.F("cidr_ipv4", parts.Use(r, d.cidr(e), e.CIDRIPv4)),
			tf.F("port", tf.Int(e.Port.V)),
		)))
	}
	return tf.Fields(fields...)
}

func (d *deployment) cidr(e blueprint.Egress) parts.Wanted {
	return parts.Wanted{
		Name: parts.Ident(e.Name.V, "cidr_ipv4"), Key: "network.security_group.egress_to.cidr_ipv4", Type: cty.String,
		Description: "Where the tasks may connect to (" + e.Name.V + "): the VPC's CIDR where ECR, S3 and CloudWatch Logs have interface endpoints, 0.0.0.0/0 through a NAT gateway.",
		Sample:      cty.StringVal("10.0.0.0/16"),
		Validation: &parts.Validation{
			Condition: func(v tf.Expr) tf.Expr { return tf.Fn("can", tf.Fn("cidrhost", v, tf.Int(0))) },
			Message:   "must be a CIDR block, such as 10.0.0.0/16.",
			Wrong:     cty.StringVal("10.0.0.0"),
		},
	}
}
