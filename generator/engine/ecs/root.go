package ecs

import (
	"fmt"
	"strings"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// serviceInputs are what the root hands to the service module.
func (c *configuration) serviceInputs(vpc tf.Expr) []tf.Attr {
	d, in := c.d, c.d.In
	inputs := append(d.ClusterInputs(c.root), tf.Set("name", tf.String(d.Name)))
	if d.shifts {
		inputs = append(inputs, tf.Set("bake_time_in_minutes", tf.Int(int(in.ECS.Deployment.BakeTime.V/time.Minute))))
	}
	if len(d.pairs) > 0 {
		inputs = append(inputs, tf.Set("health_check_grace_period_seconds", parts.Seconds(in.Service.HealthCheckGracePeriod.V)))
	}
	for _, role := range d.roles() {
		inputs = append(inputs, tf.Set(role.Name+"_role_arn", c.roleARNs[role.Name]))
	}
	inputs = append(inputs, c.taskInputs()...)
	inputs = append(inputs, d.OptionInputs(c.root)...)
	inputs = append(inputs, d.networkInputs(c.root, vpc)...)
	inputs = append(inputs, c.hookInputs()...)
	inputs = append(inputs, c.alarmInputs()...)
	if t := c.timeoutsInput(); t.Value != nil {
		inputs = append(inputs, t)
	}
	for _, p := range c.pairs {
		inputs = append(inputs, p.serviceInput())
	}
	return append(append(inputs, d.stepInputs()...), c.connectInputs()...)
}

func (c *configuration) taskInputs() []tf.Attr {
	d, in := c.d, c.d.In
	if in.Service.Task == nil {
		return []tf.Attr{tf.Set("task_definition", d.useTaskDefinition(c.root))}
	}
	inputs := []tf.Attr{
		tf.Set("log_group_name", tf.String("/ecs/"+d.Name)),
		tf.Set("log_kms_key_arn", d.UseKMS(c.root)),
		tf.Set("log_retention_days", tf.Int(in.Logs.RetentionDays.V)),
		tf.Set("task", d.TaskSizeArgument()),
	}
	if !d.RegionAttribute {
		inputs = append(inputs, tf.Set("region", c.provider))
	}
	inputs = append(inputs, d.StorageInputs(c.root)...)
	for _, container := range d.containers {
		inputs = append(inputs, d.containerArgument(c.root, container))
	}
	return inputs
}

// networkInputs are the service module's inputs of the network.
func (d *deployment) networkInputs(r *parts.Root, vpc tf.Expr) []tf.Attr {
	inputs := []tf.Attr{tf.Set("subnet_ids", d.UseSubnets(r, vpc))}
	if !d.OwnGroup() {
		return append(inputs, tf.Set("security_group_ids", d.UseGroupIDs(r, "the load balancer")))
	}
	return append(inputs, d.GroupInputs(r, vpc, "alb", d.ports()...)...)
}

// ports are those of the traffic.
func (d *deployment) ports() []parts.Port {
	out := make([]parts.Port, 0, len(d.pairs)+len(d.connects))
	for _, p := range d.targets() {
		out = append(out, parts.Port{Name: p.id, Number: tf.Int(p.port.V)})
	}
	return out
}

func (d *deployment) useTaskDefinition(r *parts.Root) tf.Expr {
	return parts.Use(r, parts.Wanted{
		Name: "task_definition", Key: "service.task_definition", Type: cty.String,
		Description: "Task definition that the service runs: its ARN, or family:revision.",
		Sample:      cty.StringVal(parts.ARN("ecs", "task-definition/orders:1")),
	}, d.In.Service.TaskDefinition)
}

func (c *configuration) hookInputs() []tf.Attr {
	var inputs []tf.Attr
	for i, h := range c.d.hooks {
		inputs = append(inputs, tf.Set(h.id, tf.Fields(hookFields(h, c.hooks[i])...)))
	}
	return inputs
}

// timeoutsInput shows the sum that a computed timeout comes from.
func (c *configuration) timeoutsInput() tf.Attr {
	w := c.d.wait
	var fields []tf.Field
	for _, t := range w.named() {
		fields = append(fields, tf.F(t.name, tf.String(t.value)))
	}
	if len(fields) == 0 {
		return tf.Attr{}
	}
	return tf.Set("timeouts", tf.Fields(fields...)).Why(w.why(c.d.In.ECS.Deployment.Timeouts))
}

func (w waiting) why(said blueprint.Timeouts) string {
	if len(w.terms) == 0 || said.Create.V > 0 && said.Update.V > 0 {
		return ""
	}
	addends := make([]string, 0, len(w.terms))
	for _, t := range w.terms {
		addends = append(addends, t.what+" "+parts.Spell(t.long))
	}
	return strings.Join(addends, " + ") + " = " + parts.Spell(w.sum()) + ", times 1.25, rounded up."
}

func (p pairCalls) serviceInput() tf.Attr {
	fields := []tf.Field{
		tf.F("blue_target_group_arn", p.groups.Attr("blue_arn")),
		tf.F("container_name", tf.String(p.pair.container.V)),
		tf.F("container_port", tf.Int(p.pair.port.V)),
	}
	if p.pair.paired() {
		fields = append(fields, tf.F("green_target_group_arn", p.groups.Attr("green_arn")))
	}
	for _, name := range p.pair.carriers() {
		fields = append(fields, tf.F(name, p.rules.Attr(name)))
	}
	return tf.Set("traffic_"+p.pair.id, tf.Fields(fields...))
}

// outputs are the root's promise.
func (c *configuration) outputs() {
	r, d := c.root, c.d
	r.Output("cluster_arn", "ARN of the cluster that runs the service.", d.UseCluster(r))
	r.Output("service_arn", "ARN of the service.", c.service.Attr("arn"))
	r.Output("service_name", "Name of the service.", c.service.Attr("name"))
	if d.In.Service.Task != nil {
		r.Output("log_group_name", "Log group of the containers.", c.service.Attr("log_group_name"))
		r.Output("task_definition_family", "Family of the task definition's revisions.", c.service.Attr("task_definition_family"))
	}
	if d.OwnGroup() {
		words := "Security group of the tasks."
		if len(d.pairs) > 0 {
			words += " The load balancer's security group must allow egress to it."
		}
		r.Output("security_group_id", words, c.service.Attr("security_group_id"))
	}
	for _, role := range d.roles() {
		role.RoleOutputs(r, c.roles, c.roleARNs[role.Name])
	}
	for _, p := range c.pairs {
		c.pairOutputs(p)
	}
	for i, h := range d.hooks {
		c.hookOutputs(h, c.hooks[i])
	}
	c.watchOutputs()
}

// colours are those that the key has target groups of.
func (p pairCalls) colours() []string {
	if p.pair.paired() {
		return []string{"blue", "green"}
	}
	return []string{"blue"}
}

func (c *configuration) pairOutputs(p pairCalls) {
	for _, colour := range p.colours() {
		c.root.Output(p.pair.id+"_"+colour+"_target_group_arn", "ARN of the "+colour+" target group of "+p.pair.key+".", p.groups.Attr(colour+"_arn"))
		c.root.Output(p.pair.id+"_"+colour+"_target_group_arn_suffix", "Dimension TargetGroup of the "+colour+" target group's metrics.", p.groups.Attr(colour+"_arn_suffix"))
	}
	what := "listener rule"
	if p.pair.nlb != nil {
		what = "listener"
	}
	for _, name := range p.pair.carriers() {
		traffic, _, _ := strings.Cut(name, "_")
		c.root.Output(p.pair.id+"_"+name, "ARN of the "+what+" that carries "+p.pair.key+"'s "+traffic+" traffic.", p.rules.Attr(name))
	}
}

func (c *configuration) hookOutputs(h lifecycleHook, call *tf.Block) {
	if h.kind.Name == hook.Approval {
		c.root.Output(h.id+"_rule_name", "Name of the EventBridge rule that tells people of "+h.in.Name.V+".", call.Attr("rule_name"))
		c.root.Output(h.id+"_topic_arn", "ARN of the topic that is told when "+h.in.Name.V+" waits for an answer.", call.Attr("topic_arn"))
	}
	if h.pause {
		return
	}
	for _, o := range []struct{ name, description string }{
		{"execution_role_arn", "ARN of the role that the hook %s runs as."},
		{"execution_role_name", "Name of the role that the hook %s runs as."},
		{"function_name", "Name of the function behind the hook %s."},
		{"invoke_role_arn", "ARN of the role with which ECS calls the hook %s."},
		{"invoke_role_name", "Name of the role with which ECS calls the hook %s."},
	} {
		c.root.Output(h.id+"_"+o.name, fmt.Sprintf(o.description, h.in.Name.V), call.Attr(o.name))
	}
}

// zips says that a module zips a source: only then the root needs the archive provider.
func (d *deployment) zips() bool { return len(d.functions()) > 0 }
