package ecs

import (
	"strings"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// networkPolicy is AWS's for a function in a VPC: network interfaces alone, without the logs of the better-known one.
const networkPolicy = "AWSLambdaENIManagementAccess"

// granted are the kind's permissions as this shape needs them, and the network's.
func (m *hookModule) granted() []hook.Permission {
	var out []hook.Permission
	for _, p := range m.kind.Permissions {
		if p.On != hook.ServiceRevisions || m.shape.compares {
			out = append(out, p)
		}
	}
	if m.shape.vpc {
		out = append(out, hook.Permission{Sid: "Subnets", Actions: []string{"ec2:DescribeSubnets"}, On: hook.Anything, Why: "Lambda wants it beside AWS's policy for network interfaces, which is older."})
	}
	return out
}

// permissions are the statements behind logs and traces.
func (m *hookModule) permissions() []tf.Item {
	var out []tf.Item
	for _, p := range m.granted() {
		on := tf.Strings("*")
		switch p.On {
		case hook.ServiceRevisions:
			on = tf.LinesOf(m.revisions())
		case hook.AllAlarms:
			on = tf.LinesOf(m.arn("cloudwatch", tf.String("alarm:*")))
		case hook.Anything:
		}
		out = append(out, tf.Nested("statement",
			tf.Set("sid", tf.String(p.Sid)),
			tf.Set("actions", tf.Strings(p.Actions...)),
			tf.Set("resources", on).Why(p.Why),
		))
	}
	return out
}

// revisions are those of the service: built from parts, because the service waits for the hook.
func (m *hookModule) revisions() tf.Expr {
	cluster, service := m.revisionVariables()
	name := tf.Fn("element", tf.Fn("split", tf.String("/"), cluster), tf.Int(1))
	return m.arn("ecs", tf.String("service-revision/"), name, tf.String("/"), service, tf.String("/*"))
}

func (m *hookModule) revisionVariables() (cluster, service tf.Expr) {
	return m.Text("cluster_arn", "ARN of the cluster that runs the service.", parts.SampleCluster()),
		m.Text("service_name", "Name of the service whose revisions are looked at.", "orders")
}

// arn is one of the caller's account and region.
func (m *hookModule) arn(service string, resource ...tf.Expr) tf.Expr {
	return tf.Join(append([]tf.Expr{
		tf.String("arn:"), m.partition.Attr("partition"), tf.String(":" + service + ":"), m.region.Attr("region"),
		tf.String(":"), m.account.Attr("account_id"), tf.String(":"),
	}, resource...)...)
}

func (m *hookModule) roleWords() string {
	more := m.granted()
	if len(more) == 0 {
		return "The hook writes its logs and traces."
	}
	var words []string
	for _, p := range more {
		words = append(words, strings.ToLower(p.Sid))
	}
	return "The hook writes its logs and traces, and needs: " + parts.Names(words) + "."
}

func (m *hookModule) assertPermissions(document *tf.Block) {
	first := 1 // behind the logs
	if m.shape.tracing {
		first++
	}
	for i, p := range m.granted() {
		statement := tf.Fn("element", document.Attr("statement"), tf.Int(first+i))
		on := "*"
		switch p.On {
		case hook.ServiceRevisions:
			on = parts.ARN("ecs", "service-revision/commerce/orders/*")
		case hook.AllAlarms:
			on = parts.ARN("cloudwatch", "alarm:*")
		case hook.Anything:
		}
		m.Assert("The function must have the permission "+p.Sid+", and no wider one.",
			tf.Equal(tf.Dig(statement, "actions"), tf.Fn("toset", tf.Strings(p.Actions...))),
			tf.Equal(tf.Dig(statement, "resources"), tf.Fn("toset", tf.Strings(on))))
	}
	wanted := first + len(m.granted())
	m.Assert("The function must have no further permission.", tf.Equal(tf.Fn("length", document.Attr("statement")), tf.Int(wanted)))
}

// network lets Lambda make the function's interfaces in the VPC.
func (m *hookModule) network(role *tf.Block) []tf.Expr {
	if !m.shape.vpc {
		return nil
	}
	attachment := m.Add(parts.Attach("network", role, parts.ManagedPolicy(m.partition, "service-role/", networkPolicy)))
	m.Assert("The function must be able to live in a VPC.",
		tf.Equal(attachment.Attr("policy_arn"), tf.String("arn:aws:iam::aws:policy/service-role/"+networkPolicy)),
		tf.Equal(attachment.Attr("role"), role.Attr("name")))
	return []tf.Expr{attachment.Attr()}
}

// vpcConfig places the function in a VPC.
func (m *hookModule) vpcConfig() tf.Item {
	if !m.shape.vpc {
		return nil
	}
	groups, subnets := m.vpcVariables()
	m.Assert("The function must be in its subnets and security groups.",
		tf.Equal(tf.First(tf.NewBlock("resource", []string{"aws_lambda_function", "this"}).Attr("vpc_config"), "security_group_ids"), groups),
		tf.Equal(tf.First(tf.NewBlock("resource", []string{"aws_lambda_function", "this"}).Attr("vpc_config"), "subnet_ids"), subnets))
	return tf.Nested("vpc_config", tf.Set("security_group_ids", groups), tf.Set("subnet_ids", subnets))
}

func (m *hookModule) vpcVariables() (groups, subnets tf.Expr) {
	return m.In("security_group_ids", "Security groups of the function.", parts.Samples("sg-00000000000000002")),
		m.In("subnet_ids", "Subnets of the function.", parts.SampleSubnets())
}

// reachFacts are what the root's test sees of network and permissions.
func (m *hookModule) reachFacts() []tf.Field {
	var out []tf.Field
	if m.shape.compares {
		cluster, service := m.revisionVariables()
		out = append(out, tf.F("cluster_arn", cluster), tf.F("service_name", service))
	}
	if m.shape.vpc {
		groups, subnets := m.vpcVariables()
		out = append(out, tf.F("security_group_ids", groups), tf.F("subnet_ids", subnets))
	}
	return out
}

// reachInputs are the root's inputs for it.
func (c *configuration) reachInputs(h lifecycleHook) []tf.Attr {
	var out []tf.Attr
	if h.compares() {
		out = append(out, tf.Set("cluster_arn", c.d.UseCluster(c.root)), tf.Set("service_name", tf.String(c.d.Name)))
	}
	if h.in.VPC != nil {
		groups, subnets := c.vpcOf(h)
		out = append(out, tf.Set("security_group_ids", groups), tf.Set("subnet_ids", subnets))
	}
	return out
}

// reachWanted is reachFacts as the blueprint wants them.
func (c *configuration) reachWanted(h lifecycleHook) []tf.Field {
	var out []tf.Field
	for _, in := range c.reachInputs(h) {
		if strings.HasSuffix(in.Name, "_ids") {
			in.Value = tf.Fn("toset", in.Value)
		}
		out = append(out, tf.F(in.Name, in.Value))
	}
	return out
}

// vpcOf are the function's groups, and its subnets or the tasks'.
func (c *configuration) vpcOf(h lifecycleHook) (groups, subnets tf.Expr) {
	const sample = "sg-00000000000000003"
	groups = parts.Use(c.root, parts.Wanted{
		Name: "hook_security_group_ids", Key: "deployment.hooks." + h.in.Name.V + ".vpc.security_group_ids", Type: cty.Set(cty.String),
		Description: "Security groups of the hooks' functions. They must be allowed to reach the load balancer.",
		Sample:      parts.Samples(sample),
		Query:       parts.ByGroupName(true, sample),
	}, h.in.VPC.SecurityGroupIDs)
	if !h.in.VPC.SubnetIDs.Said() {
		return groups, c.d.UseSubnets(c.root, c.vpcUsed)
	}
	return groups, parts.Use(c.root, parts.Wanted{
		Name: "hook_subnet_ids", Key: "deployment.hooks." + h.in.Name.V + ".vpc.subnet_ids", Type: cty.Set(cty.String),
		Description: "Subnets of the hooks' functions.",
		Sample:      parts.SampleSubnets(),
		Query:       parts.ByTags("aws_subnets", "ids", tf.Strings("subnet-00000000000000001", "subnet-00000000000000002")),
	}, h.in.VPC.SubnetIDs)
}

// describeOwn is what output and test say of a function of ours.
func (m *hookModule) describeOwn(archive *tf.Block, variables tf.Expr) []tf.Field {
	f := m.function
	var fields []tf.Field
	var facts []tf.Expr
	for _, s := range m.told {
		variable := tf.Index{Collection: variables, Key: tf.String(s.env)}
		v := m.In(s.name, "", s.sample)
		if !s.wired {
			fields = append(fields, tf.F(s.name, s.shown(variable)))
		} else {
			m.Output(s.name, s.what, v)
		}
		if want := s.sample; want.Type() == cty.String {
			facts = append(facts, tf.Equal(variable, tf.Lit{Value: want}))
		} else {
			facts = append(facts, tf.Equal(variable, s.told(v)))
		}
	}
	m.Assert("The hook must do what it was told.", facts...)
	m.Assert("The function must run the module's own source.",
		tf.Fn("endswith", archive.Attr("source_dir"), tf.String("/src")),
		tf.Equal(f.Attr("handler"), tf.String(m.kind.Handler)),
		tf.Equal(f.Attr("runtime"), tf.String(m.kind.Runtime)))
	return fields
}
