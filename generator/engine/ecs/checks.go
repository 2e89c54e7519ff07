package ecs

import (
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// configurationTest is the root's own test: a plan, because Terraform cannot tear down what prevent_destroy guards.
func (c *configuration) configurationTest() *tf.Document {
	blocks := parts.Mocks(c.d.zips())
	if vars := c.sampleVariables(); vars != nil {
		blocks = append(blocks, vars)
	}
	for _, document := range c.root.Policies() {
		blocks = append(blocks, parts.OverrideDocument(document))
	}
	for _, read := range c.root.Reads() {
		blocks = append(blocks, tf.NewBlock("override_data", nil,
			tf.Set("target", read.Block.Attr()),
			tf.Set("values", tf.Fields(read.Answer...)),
		))
	}
	blocks = append(blocks, c.valuesRun())
	blocks = append(blocks, c.wiringRuns()...)
	blocks = append(blocks, c.refusals()...)
	return &tf.Document{
		Name:    "tests/configuration.tftest.hcl",
		Comment: "The whole configuration: are the blueprint's values where they belong?\nA plan only: Terraform cannot tear down what prevent_destroy guards, not even a mock.",
		Blocks:  blocks,
	}
}

func (c *configuration) sampleVariables() *tf.Block {
	var items []tf.Item
	for _, in := range c.root.Inputs() {
		items = append(items, tf.Set(in.Name, parts.Expr(in.Sample)))
	}
	if len(items) == 0 {
		return nil
	}
	return tf.Nested("variables", items...)
}

// valuesRun compares what the modules give back with the blueprint.
func (c *configuration) valuesRun() *tf.Block {
	name := c.d.in.Environment.V
	if name == "" {
		name = "values"
	}
	items := []tf.Item{tf.Set("command", tf.Keyword("plan"))}
	for _, a := range c.facts() {
		items = append(items, a.Block())
	}
	return tf.NewBlock("run", []string{parts.Ident(name)}, items...)
}

func (c *configuration) facts() []parts.Assert {
	var out []parts.Assert
	is := func(message string, value, want tf.Expr) {
		out = append(out, parts.Assert{Conditions: []tf.Expr{tf.Equal(value, want)}, Message: tf.String(message)})
	}
	shows := func(message string, value, want tf.Expr) {
		out = append(out, parts.Assert{
			Conditions: []tf.Expr{tf.Equal(value, want)},
			Message:    tf.Join(tf.String(message+": "), tf.Fn("jsonencode", value), tf.String(".")),
		})
	}
	promised := func(name, want, message string) {
		is(message, outputNamed(name), tf.String(want))
	}
	promised("service_name", c.d.name, "The service must be called "+c.d.name+".")
	if c.d.in.Service.Task != nil {
		promised("task_definition_family", c.d.name, "The task definition must be called "+c.d.name+".")
		promised("log_group_name", "/ecs/"+c.d.name, "The containers must log to /ecs/"+c.d.name+".")
	}
	for _, r := range c.d.madeRoles() {
		name := c.d.partName(parts.RoleName, r.name)
		promised(r.name+"_role_name", name, "The "+r.name+" role must be called "+name+".")
	}
	if policies := c.d.policiesWanted(c.root); len(policies) > 0 {
		is("The roles must get their policies, each its own.", c.roles.Attr("policies"), tf.Fields(policies...))
	}
	shows("ECS must deploy as the blueprint says", c.service.Attr("deployment"), c.deploymentWanted())
	for i, h := range c.d.hooks {
		name := c.d.partName(parts.FunctionName, h.in.Name.V)
		promised(h.id+"_function_name", name, "The hook's function must be called "+name+".")
		for _, role := range []string{"execution", "invoke"} {
			name := c.d.partName(parts.RoleName, h.in.Name.V, role)
			promised(h.id+"_"+role+"_role_name", name, "The hook's "+role+" role must be called "+name+".")
		}
		shows("The hook "+h.in.Name.V+" must be as the blueprint has it", c.hooks[i].Attr("settings"), c.d.hookWanted(h))
	}
	shows("The task must be as the blueprint has it", c.service.Attr("task"), c.taskWanted())
	shows("The service must be where the blueprint says", c.service.Attr("place"), c.placeWanted())
	for _, p := range c.pairs {
		is("The rules of "+p.pair.key+" must stand in their listener.", p.rules.Attr("listener_arns"), p.listenersWanted())
		shows("The target groups of "+p.pair.key+" must be as the blueprint has them", p.groups.Attr("settings"), p.settingsWanted())
		is("The rules of "+p.pair.key+" must have the blueprint's conditions.", tf.Fn("jsonencode", p.rules.Attr("given")), tf.Fn("jsonencode", p.givenWanted()))
		shows("The rules of "+p.pair.key+" must have the blueprint's priorities", p.rules.Attr("priorities"), p.prioritiesWanted())
	}
	return out
}

// outputNamed is output.<name> as a test of the root reads it.
func outputNamed(name string) tf.Expr {
	return tf.Dig(tf.Keyword("output"), name)
}

func (c *configuration) deploymentWanted() tf.Expr {
	d, in := c.d, c.d.in
	var fields []tf.Field
	if d.shifts {
		fields = append(fields, tf.F("bake_time_in_minutes", tf.Int(int(in.ECS.Deployment.BakeTime.V/time.Minute))))
	}
	fields = append(fields, tf.F("desired_count", tf.Int(in.Service.DesiredCount.V)))
	if len(d.pairs) > 0 {
		fields = append(fields, tf.F("health_check_grace_period_seconds", seconds(in.Service.HealthCheckGracePeriod.V)))
	}
	for _, h := range d.hooks {
		fields = append(fields, tf.F(h.id+"_stages", tf.Fn("tolist", tf.Strings(stagesOf(h)...))))
		if m := h.plan.HookTimeoutMinutes; m > 0 {
			fields = append(fields, tf.F(h.id+"_timeout_in_minutes", tf.Int(m)))
		}
	}
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

func (d *deployment) hookWanted(h lifecycleHook) tf.Expr {
	group := tf.F("log_group_name", tf.String("/aws/lambda/"+d.partName(parts.FunctionName, h.in.Name.V)))
	if h.kind.Name == hook.Wait {
		return tf.Fields(
			group,
			tf.F("timeout_seconds", tf.Int(h.plan.FunctionTimeoutSeconds)),
			tf.F("wait_mode", tf.String(string(h.plan.Mode))),
			tf.F("wait_seconds", tf.Int(h.plan.WaitSeconds)),
		)
	}
	return tf.Fields(
		tf.F("handler", tf.String(h.in.Handler.V)),
		group,
		tf.F("memory_mb", tf.Int(h.in.Memory.V)),
		tf.F("runtime", tf.String(h.in.Runtime.V)),
		tf.F("timeout_seconds", seconds(h.in.Timeout.V)),
	)
}

func (p pairCalls) settingsWanted() tf.Expr {
	tg := p.pair.alb.TargetGroup
	hc := tg.HealthCheck
	return tf.Fields(
		tf.F("deregistration_delay", seconds(tg.DeregistrationDelay.V)),
		tf.F("health_check", tf.Fields(
			tf.F("healthy_threshold", tf.Int(hc.HealthyThreshold.V)),
			tf.F("interval", seconds(hc.Interval.V)),
			tf.F("matcher", tf.String(hc.Matcher.V)),
			tf.F("path", tf.String(hc.Path.V)),
			tf.F("timeout", seconds(hc.Timeout.V)),
			tf.F("unhealthy_threshold", tf.Int(hc.UnhealthyThreshold.V)),
		)),
		tf.F("names", tf.Inline(tf.F("blue", tf.String(p.pair.blue)), tf.F("green", named(p.pair.green)))),
		tf.F("protocol_version", tf.String(tg.ProtocolVersion.V)),
	)
}

// givenWanted are the rules as the root hands them over, in the types of the module's variables.
func (p pairCalls) givenWanted() tf.Expr {
	fields := []tf.Field{tf.F("production", typedArgument(p.pair.alb.Production.Priority.V, p.pair.alb.Production.When))}
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

// refusals show that wrong values of root variables are turned away at plan: in one run, for each costs a plan of its own.
func (c *configuration) refusals() []*tf.Block {
	var values []tf.Item
	var failures []tf.Expr
	for _, in := range c.root.Inputs() {
		if in.Wrong != cty.NilVal {
			values = append(values, tf.Set(in.Name, parts.Expr(in.Wrong)))
			failures = append(failures, tf.NewBlock("variable", []string{in.Name}).Attr())
		}
	}
	if len(values) == 0 {
		return nil
	}
	return []*tf.Block{tf.NewBlock("run", []string{"wrong_values_are_refused"},
		tf.Set("command", tf.Keyword("plan")),
		tf.Nested("variables", values...),
		tf.Set("expect_failures", tf.LinesOf(failures...)),
	)}
}
