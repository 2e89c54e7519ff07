package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// groupPort is a constant: ECS registers every task with its container's port, and changing a group's port replaces the group.
const groupPort = 80

// groupsShape is what the module's text depends on.
type groupsShape struct{ paired, guarded bool }

func (p pair) groupsShape() groupsShape {
	return groupsShape{paired: p.paired(), guarded: !p.alb.AllowReplacement.V}
}

// targetGroups is modules/target_groups: blue and green, alike but for the name.
func (d *deployment) targetGroups(name string, s groupsShape) *parts.Child {
	c := parts.NewChild(name, "Target groups", groupsAbout(s), d.Versions)
	health := c.Var("health_check", "Health check of both target groups; interval and timeout in seconds.", cty.ObjectVal(map[string]cty.Value{
		"healthy_threshold":   cty.NumberIntVal(3),
		"interval":            cty.NumberIntVal(15),
		"matcher":             cty.StringVal("200"),
		"path":                cty.StringVal("/healthcheck"),
		"timeout":             cty.NumberIntVal(5),
		"unhealthy_threshold": cty.NumberIntVal(3),
	}))
	blue := c.Add(d.targetGroup(c, "blue", health, s)).Why("The port is a constant: ECS registers every task with its container's port, and changing a group's port replaces the group.\n" +
		"A replaced group would never reach the listener rules, whose actions belong to ECS.")
	c.Output("blue_arn", "ARN of the blue target group.", blue.Attr("arn"))
	c.Output("blue_arn_suffix", "Dimension TargetGroup of the blue target group's metrics.", blue.Attr("arn_suffix"))
	names := []tf.Field{tf.F("blue", blue.Attr("name"))}
	c.Assert("Fargate tasks are registered by their address.", tf.Equal(blue.Attr("target_type"), tf.String("ip")))
	c.Assert("The target groups must be in the tasks' VPC.", tf.Equal(blue.Attr("vpc_id"), tf.String("vpc-00000000000000001")))
	c.Assert("The health check must ask for the path that was given.", tf.Equal(tf.First(blue.Attr("health_check"), "path"), tf.String("/healthcheck")))
	c.Assert("The blue target group must have its own name.", tf.Equal(blue.Attr("name"), tf.String("orders-blue")))
	if s.paired {
		green := c.Add(d.targetGroup(c, "green", health, s))
		blue.Comment = "Blue and green differ in their name only: each deployment swaps which of them is live.\n" + blue.Comment
		c.Output("green_arn", "ARN of the green target group.", green.Attr("arn"))
		c.Output("green_arn_suffix", "Dimension TargetGroup of the green target group's metrics.", green.Attr("arn_suffix"))
		c.Assert("The green target group must have its own name.", tf.Equal(green.Attr("name"), tf.String("orders-green")))
		c.Assert("Blue and green must differ in their name only.", alike(blue, green)...)
		names = append(names, tf.F("green", green.Attr("name")))
	}
	c.Output("settings", "How the target groups were made.", settings(blue, names))
	return c
}

func groupsAbout(s groupsShape) string {
	guard := "Name, port, protocol and VPC cannot be changed in place, and a new group would not reach the listener rules, whose actions belong to ECS"
	if s.guarded {
		guard += ": `prevent_destroy` refuses it."
	} else {
		guard += ".\nThe blueprint allows it all the same (`allow_replacement`): afterwards the rules must be replaced too."
	}
	if !s.paired {
		return "The target group of a rolling deployment. It is called blue, so that green can stand beside it later and nothing moves.\n\n" + guard
	}
	return "The pair that a deployment swaps: blue and green are alike but for their names.\n\n" + guard
}

func (d *deployment) targetGroup(c *parts.Child, colour string, health *tf.Block, s groupsShape) *tf.Block {
	setting := func(name string) tf.Attr { return tf.Set(name, health.Attr(name)) }
	return tf.Resource("aws_lb_target_group", colour,
		tf.Set("deregistration_delay", c.Number("deregistration_delay_seconds", "How long a draining task may finish its requests.", 30)),
		tf.Set("name", c.Text(colour+"_name", "Name of the "+colour+" target group.", "orders-"+colour)),
		tf.Set("port", tf.Int(groupPort)),
		tf.Set("protocol", tf.String("HTTP")),
		tf.Set("protocol_version", c.Text("protocol_version", "Protocol between load balancer and tasks: HTTP1, HTTP2 or GRPC.", "HTTP1")),
		tf.Set("target_type", tf.String("ip")),
		tf.Set("vpc_id", c.Text("vpc_id", "VPC of the tasks.", "vpc-00000000000000001")),
		tf.Nested("health_check",
			setting("healthy_threshold"), setting("interval"), setting("matcher"),
			setting("path"), setting("timeout"), setting("unhealthy_threshold"),
		),
		tf.When(s.guarded, tf.Nested("lifecycle", tf.Set("prevent_destroy", tf.Bool(true)))),
	)
}

// settings are what the root's test compares with the blueprint; numbers that the provider keeps as text are turned back.
func settings(group *tf.Block, names []tf.Field) tf.Expr {
	check := func(name string) tf.Expr { return tf.First(group.Attr("health_check"), name) }
	return tf.Fields(
		tf.F("deregistration_delay", tf.Fn("tonumber", group.Attr("deregistration_delay"))),
		tf.F("health_check", tf.Fields(
			tf.F("healthy_threshold", check("healthy_threshold")),
			tf.F("interval", check("interval")),
			tf.F("matcher", check("matcher")),
			tf.F("path", check("path")),
			tf.F("timeout", check("timeout")),
			tf.F("unhealthy_threshold", check("unhealthy_threshold")),
		)),
		tf.F("names", tf.Inline(names...)),
		tf.F("protocol_version", group.Attr("protocol_version")),
	)
}

func alike(blue, green *tf.Block) []tf.Expr {
	var out []tf.Expr
	for _, name := range []string{"deregistration_delay", "port", "protocol", "protocol_version", "target_type", "vpc_id"} {
		out = append(out, tf.Equal(blue.Attr(name), green.Attr(name)))
	}
	return append(out, tf.Equal(blue.Attr("health_check"), green.Attr("health_check")))
}

// callTargetGroups is the root's call for one key of traffic.
func (d *deployment) callTargetGroups(c *parts.Child, p pair, vpc tf.Expr) *tf.Block {
	tg := p.alb.TargetGroup
	hc := tg.HealthCheck
	return c.Call("target_groups_"+p.id,
		tf.Set("blue_name", tf.String(p.blue)),
		tf.Set("deregistration_delay_seconds", parts.Seconds(tg.DeregistrationDelay.V)),
		tf.Set("green_name", parts.Named(p.green)),
		tf.Set("protocol_version", tf.String(tg.ProtocolVersion.V)),
		tf.Set("vpc_id", vpc),
		tf.Set("health_check", tf.Fields(
			tf.F("healthy_threshold", tf.Int(hc.HealthyThreshold.V)),
			tf.F("interval", parts.Seconds(hc.Interval.V)),
			tf.F("matcher", tf.String(hc.Matcher.V)),
			tf.F("path", tf.String(hc.Path.V)),
			tf.F("timeout", parts.Seconds(hc.Timeout.V)),
			tf.F("unhealthy_threshold", tf.Int(hc.UnhealthyThreshold.V)),
		)),
	).From(p.origin)
}
