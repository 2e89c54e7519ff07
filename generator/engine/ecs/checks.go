package ecs

import (
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// configurationTest is the root's own test: a plan, because Terraform cannot tear down what prevent_destroy guards.
func (c *configuration) configurationTest() *tf.Document {
	return c.d.ConfigurationTest(c.root,
		"The whole configuration: are the blueprint's values where they belong?\nA plan only: Terraform cannot tear down what prevent_destroy guards, not even a mock.",
		c.d.zips(), c.facts(), c.wiringRuns()...)
}

func (c *configuration) facts() parts.Facts {
	var out parts.Facts
	is, shows, promised := out.Is, out.Shows, out.Promised
	promised("service_name", c.d.Name, "The service must be called "+c.d.Name+".")
	if c.d.In.Service.Task != nil {
		promised("task_definition_family", c.d.Name, "The task definition must be called "+c.d.Name+".")
		promised("log_group_name", "/ecs/"+c.d.Name, "The containers must log to /ecs/"+c.d.Name+".")
	}
	for _, r := range c.d.madeRoles() {
		name := c.d.PartName(parts.RoleName, r.Name)
		promised(r.Name+"_role_name", name, "The "+r.Name+" role must be called "+name+".")
	}
	if policies := parts.PoliciesWanted(c.root, c.d.madeRoles()); len(policies) > 0 {
		is("The roles must get their policies, each its own.", c.roles.Attr("policies"), tf.Fields(policies...))
	}
	if given := parts.GivenWanted(c.root, c.d.madeRoles()); given != nil {
		shows("The roles' policies must be for the blueprint's secrets and file systems", c.roles.Attr("given"), given)
	}
	shows("ECS must deploy as the blueprint says", c.service.Attr("deployment"), c.deploymentWanted())
	for i, h := range c.d.hooks {
		if h.kind.Name == hook.Approval {
			shows("The hook "+h.in.Name.V+" must be as the blueprint has it", c.hooks[i].Attr("settings"), c.approvalWanted(h))
		}
		if h.pause {
			continue
		}
		name := c.d.PartName(parts.FunctionName, h.in.Name.V)
		promised(h.id+"_function_name", name, "The hook's function must be called "+name+".")
		for _, role := range []string{"execution", "invoke"} {
			name := c.d.PartName(parts.RoleName, h.in.Name.V, role)
			promised(h.id+"_"+role+"_role_name", name, "The hook's "+role+" role must be called "+name+".")
		}
		shows("The hook "+h.in.Name.V+" must be as the blueprint has it", c.hooks[i].Attr("settings"), c.hookWanted(h))
	}
	shows("The task must be as the blueprint has it", c.service.Attr("task"), c.taskWanted())
	shows("The service must be where the blueprint says", c.service.Attr("place"), c.placeWanted())
	if len(c.d.connects) > 0 {
		shows("Service Connect must be as the blueprint has it", c.service.Attr("service_connect"), c.connectWanted())
	}
	for _, p := range c.pairs {
		if p.pair.nlb != nil {
			shows("The target groups of "+p.pair.key+" must be as the blueprint has them", p.groups.Attr("settings"), p.settingsWanted())
			shows("The listeners of "+p.pair.key+" must be as the blueprint has them", p.rules.Attr("given"), c.listenersGiven(p))
			continue
		}
		is("The rules of "+p.pair.key+" must stand in their listener.", p.rules.Attr("listener_arns"), p.listenersWanted())
		shows("The target groups of "+p.pair.key+" must be as the blueprint has them", p.groups.Attr("settings"), p.settingsWanted())
		is("The rules of "+p.pair.key+" must have the blueprint's conditions.", tf.Fn("jsonencode", p.rules.Attr("given")), tf.Fn("jsonencode", p.givenWanted()))
		shows("The rules of "+p.pair.key+" must have the blueprint's priorities", p.rules.Attr("priorities"), p.prioritiesWanted())
	}
	c.watchFacts(&out)
	return out
}

func (c *configuration) deploymentWanted() tf.Expr {
	d, in := c.d, c.d.In
	var fields []tf.Field
	if d.shifts {
		fields = append(fields, tf.F("bake_time_in_minutes", tf.Int(int(in.ECS.Deployment.BakeTime.V/time.Minute))))
	}
	fields = append(fields, d.BoundsWanted()...)
	fields = append(fields, tf.F("desired_count", tf.Int(in.Service.DesiredCount.V)))
	if len(d.pairs) > 0 {
		fields = append(fields, tf.F("health_check_grace_period_seconds", parts.Seconds(in.Service.HealthCheckGracePeriod.V)))
	}
	for _, h := range d.hooks {
		fields = append(fields, tf.F(h.id+"_stages", tf.Fn("tolist", tf.Strings(stagesOf(h)...))))
		if len(h.in.HookDetails) > 0 {
			fields = append(fields, tf.F(h.id+"_details", tf.Fn("jsonencode", parts.Object(h.in.HookDetails))))
		}
		if h.timed() {
			fields = append(fields, tf.F(h.id+"_timeout_in_minutes", tf.Int(h.plan.HookTimeoutMinutes)))
		}
	}
	fields = append(fields, d.stepsWanted()...)
	if d.gates.configuration {
		fields = append(fields, tf.F("strategy", tf.String(d.strategy)))
	}
	var timeouts []tf.Field
	for _, t := range d.wait.named() {
		timeouts = append(timeouts, tf.F(t.name, tf.String(t.value)))
	}
	if len(timeouts) > 0 {
		fields = append(fields, tf.F("timeouts", tf.Inline(timeouts...)))
	}
	return tf.Fields(fields...)
}

func (c *configuration) hookWanted(h lifecycleHook) tf.Expr {
	group := tf.F("log_group_name", tf.String("/aws/lambda/"+c.d.PartName(parts.FunctionName, h.in.Name.V)))
	if h.kind.Name == hook.Code {
		fields := append([]tf.Field{
			tf.F("handler", tf.String(h.in.Handler.V)),
			group,
			tf.F("memory_mb", tf.Int(h.in.Memory.V)),
		}, c.reachWanted(h)...)
		return tf.Fields(append(fields,
			tf.F("runtime", tf.String(h.in.Runtime.V)),
			tf.F("timeout_seconds", parts.Seconds(h.in.Timeout.V)))...)
	}
	fields := append([]tf.Field{group, tf.F("timeout_seconds", tf.Int(h.callSeconds()))}, c.reachWanted(h)...)
	for _, s := range c.settings(h) {
		if !s.wired {
			fields = append(fields, tf.F(s.name, s.wanted()))
		}
	}
	return tf.Fields(fields...)
}

func (p pairCalls) settingsWanted() tf.Expr {
	return tf.Fields(
		tf.F("deregistration_delay", parts.Seconds(p.pair.draining)),
		tf.F("health_check", p.pair.check()),
		tf.F("names", tf.Inline(tf.F("blue", tf.String(p.pair.blue)), tf.F("green", parts.Named(p.pair.green)))),
		tf.F("protocol_version", p.pair.protocolVersion()),
	)
}

// givenWanted are the rules as the root hands them over, in the types of the module's variables.
func (p pairCalls) givenWanted() tf.Expr {
	fields := []tf.Field{tf.F("production", typedArgument(p.pair.alb.Production.Priority.V, p.pair.alb.Production.When))}
	for _, in := range p.pair.stickyInput() {
		fields = append(fields, tf.F(in.Name, in.Value))
	}
	if p.pair.test {
		fields = append(fields, tf.F("test", typedArgument(p.pair.alb.Test.Priority.V, p.pair.alb.Test.When)))
	}
	return tf.Fields(fields...)
}

func (p pairCalls) prioritiesWanted() tf.Expr {
	fields := []tf.Field{tf.F("production", tf.Int(p.pair.alb.Production.Priority.V))}
	if p.pair.test {
		fields = append(fields, tf.F("test", tf.Int(p.pair.alb.Test.Priority.V)))
	}
	return tf.Inline(fields...)
}
