package ecs

import (
	"slices"

	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// groupPort is a constant: ECS registers every task with its container's port, and changing a group's port replaces the group.
const groupPort = 80

// groupsShape is what the module's text depends on.
type groupsShape struct {
	paired, guarded bool
	network         bool // behind a Network Load Balancer
	asks            bool // the health check asks for a path
}

func (p pair) groupsShape() groupsShape {
	s := groupsShape{paired: p.paired(), guarded: p.guarded, network: p.nlb != nil, asks: true}
	if p.nlb != nil {
		s.asks = p.nlb.TargetGroup.HealthCheck.Protocol.V != "TCP"
	}
	return s
}

// protocol between load balancer and tasks.
func (s groupsShape) protocol() string {
	if s.network {
		return "TCP"
	}
	return "HTTP"
}

// targetGroups is modules/target_groups: blue and green, alike but for the name.
func (d *deployment) targetGroups(name string, s groupsShape) *parts.Child {
	c := parts.NewChild(name, "Target groups", groupsAbout(s), d.Versions)
	health := c.Var("health_check", "Health check of both target groups; interval and timeout in seconds.", s.sampleCheck())
	blue := c.Add(d.targetGroup(c, "blue", health, s)).Why("The port is a constant: ECS registers every task with its container's port, and changing a group's port replaces the group.\n" +
		"A replaced group would never reach " + s.carriers() + ", whose actions belong to ECS.")
	c.Output("blue_arn", "ARN of the blue target group.", blue.Attr("arn"))
	c.Output("blue_arn_suffix", "Dimension TargetGroup of the blue target group's metrics.", blue.Attr("arn_suffix"))
	names := []tf.Field{tf.F("blue", blue.Attr("name"))}
	c.Assert("Fargate tasks are registered by their address.", tf.Equal(blue.Attr("target_type"), tf.String("ip")))
	c.Assert("The target groups must be in the tasks' VPC.", tf.Equal(blue.Attr("vpc_id"), tf.String("vpc-00000000000000001")))
	assertCheck(c, blue, s)
	c.Assert("The blue target group must have its own name.", tf.Equal(blue.Attr("name"), tf.String("orders-blue")))
	if s.paired {
		green := c.Add(d.targetGroup(c, "green", health, s))
		blue.Comment = "Blue and green differ in their name only: each deployment swaps which of them is live.\n" + blue.Comment
		c.Output("green_arn", "ARN of the green target group.", green.Attr("arn"))
		c.Output("green_arn_suffix", "Dimension TargetGroup of the green target group's metrics.", green.Attr("arn_suffix"))
		c.Assert("The green target group must have its own name.", tf.Equal(green.Attr("name"), tf.String("orders-green")))
		c.Assert("Blue and green must differ in their name only.", alike(blue, green, s)...)
		names = append(names, tf.F("green", green.Attr("name")))
	}
	c.Output("settings", "How the target groups were made.", settings(blue, names, s))
	return c
}

func groupsAbout(s groupsShape) string {
	guard := "Name, port, protocol and VPC cannot be changed in place, and a new group would not reach " + s.carriers() + ", whose actions belong to ECS"
	if s.guarded {
		guard += ": `prevent_destroy` refuses it."
	} else {
		guard += ".\nThe blueprint allows it all the same (`allow_replacement`): afterwards the " + s.carrier() + " must be replaced too."
	}
	if !s.paired {
		return "The target group of a rolling deployment. It is called blue, so that green can stand beside it later and nothing moves.\n\n" + guard
	}
	return "The pair that a deployment swaps: blue and green are alike but for their names.\n\n" + guard
}

func (d *deployment) targetGroup(c *parts.Child, colour string, health *tf.Block, s groupsShape) *tf.Block {
	var check tf.Items
	for _, name := range s.checkNames() {
		check = append(check, tf.Set(name, health.Attr(name)))
	}
	var version tf.Expr
	if !s.network {
		version = c.Text("protocol_version", "Protocol between load balancer and tasks: HTTP1, HTTP2 or GRPC.", "HTTP1")
	}
	return tf.Resource("aws_lb_target_group", colour,
		tf.Set("deregistration_delay", c.Number("deregistration_delay_seconds", "How long a draining task may finish its requests.", 30)),
		tf.Set("name", c.Text(colour+"_name", "Name of the "+colour+" target group.", "orders-"+colour)),
		tf.Set("port", tf.Int(groupPort)),
		tf.Set("protocol", tf.String(s.protocol())),
		tf.Set("protocol_version", version),
		tf.Set("target_type", tf.String("ip")),
		tf.Set("vpc_id", c.Text("vpc_id", "VPC of the tasks.", "vpc-00000000000000001")),
		tf.Nested("health_check", check),
		tf.When(s.guarded, tf.Nested("lifecycle", tf.Set("prevent_destroy", tf.Bool(true)))),
	)
}

// settings are what the root's test compares with the blueprint; numbers that the provider keeps as text are turned back.
func settings(group *tf.Block, names []tf.Field, s groupsShape) tf.Expr {
	var checks []tf.Field
	for _, name := range s.checkNames() {
		checks = append(checks, tf.F(name, tf.First(group.Attr("health_check"), name)))
	}
	fields := []tf.Field{
		tf.F("deregistration_delay", tf.Fn("tonumber", group.Attr("deregistration_delay"))),
		tf.F("health_check", tf.Fields(checks...)),
		tf.F("names", tf.Inline(names...)),
	}
	if !s.network {
		fields = append(fields, tf.F("protocol_version", group.Attr("protocol_version")))
	}
	return tf.Fields(fields...)
}

// carrier is what sends traffic to the groups, for a sentence.
func (s groupsShape) carrier() string {
	if s.network {
		return "listeners"
	}
	return "rules"
}

// carriers is carrier with what it belongs to.
func (s groupsShape) carriers() string {
	if s.network {
		return "the listeners"
	}
	return "the listener rules"
}

// assertCheck: what tells a healthy task from an unhealthy one.
func assertCheck(c *parts.Child, blue *tf.Block, s groupsShape) {
	check := func(name string) tf.Expr { return tf.First(blue.Attr("health_check"), name) }
	if s.network {
		c.Assert("A Network Load Balancer passes bytes on, and the health check must speak what the blueprint has.",
			tf.Equal(blue.Attr("protocol"), tf.String("TCP")), tf.Equal(check("protocol"), tf.Dig(c.Var("health_check", "", s.sampleCheck()).Attr(), "protocol")))
	}
	if s.asks {
		c.Assert("The health check must ask for the path that was given.", tf.Equal(check("path"), tf.String("/healthcheck")))
	}
}

func alike(blue, green *tf.Block, s groupsShape) []tf.Expr {
	var out []tf.Expr
	names := []string{"deregistration_delay", "port", "protocol", "protocol_version", "target_type", "vpc_id"}
	if s.network {
		names = slices.DeleteFunc(names, func(n string) bool { return n == "protocol_version" })
	}
	for _, name := range names {
		out = append(out, tf.Equal(blue.Attr(name), green.Attr(name)))
	}
	if s.asks {
		return append(out, tf.Equal(blue.Attr("health_check"), green.Attr("health_check")))
	}
	for _, name := range s.checkNames() { // the provider fills in path and codes, which nobody said
		out = append(out, tf.Equal(tf.First(blue.Attr("health_check"), name), tf.First(green.Attr("health_check"), name)))
	}
	return out
}

// callTargetGroups is the root's call for one key of traffic.
func (d *deployment) callTargetGroups(c *parts.Child, p pair, vpc tf.Expr) *tf.Block {
	return c.Call("target_groups_"+p.id,
		tf.Set("blue_name", tf.String(p.blue)),
		tf.Set("deregistration_delay_seconds", parts.Seconds(p.draining)),
		tf.Set("green_name", parts.Named(p.green)),
		tf.Set("protocol_version", p.protocolVersion()),
		tf.Set("vpc_id", vpc),
		tf.Set("health_check", p.check()),
	).From(p.origin)
}

// protocolVersion is an Application Load Balancer's; bytes have none.
func (p pair) protocolVersion() tf.Expr {
	if p.alb == nil {
		return nil
	}
	return tf.String(p.alb.TargetGroup.ProtocolVersion.V)
}
