package ecs

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

const lookup = blueprint.Lookup

// serviceInputs are what the root hands to the service module.
func (c *configuration) serviceInputs(vpc tf.Expr) []tf.Attr {
	d, in := c.d, c.d.in
	inputs := []tf.Attr{
		tf.Set("cluster_arn", d.useCluster(c.root)),
		tf.Set("desired_count", tf.Int(in.Service.DesiredCount.V)),
		tf.Set("name", tf.String(d.name)),
	}
	if d.shifts {
		inputs = append(inputs, tf.Set("bake_time_in_minutes", tf.Int(int(in.ECS.Deployment.BakeTime.V/time.Minute))))
	}
	if len(d.pairs) > 0 {
		inputs = append(inputs, tf.Set("health_check_grace_period_seconds", seconds(in.Service.HealthCheckGracePeriod.V)))
	}
	for _, role := range d.roles() {
		inputs = append(inputs, tf.Set(role.name+"_role_arn", c.roleARNs[role.name]))
	}
	inputs = append(inputs, c.taskInputs()...)
	inputs = append(inputs, d.networkInputs(c.root, vpc)...)
	inputs = append(inputs, c.hookInputs()...)
	if t := c.timeoutsInput(); t.Value != nil {
		inputs = append(inputs, t)
	}
	for _, p := range c.pairs {
		inputs = append(inputs, p.serviceInput())
	}
	return inputs
}

func (c *configuration) taskInputs() []tf.Attr {
	d, in := c.d, c.d.in
	if in.Service.Task == nil {
		return []tf.Attr{tf.Set("task_definition", d.useTaskDefinition(c.root))}
	}
	inputs := []tf.Attr{
		tf.Set("log_group_name", tf.String("/ecs/"+d.name)),
		tf.Set("log_kms_key_arn", d.useKMS(c.root)),
		tf.Set("log_retention_days", tf.Int(in.Logs.RetentionDays.V)),
		tf.Set("task", d.taskSizeArgument()),
	}
	if !d.gates.region {
		inputs = append(inputs, tf.Set("region", c.provider))
	}
	for _, container := range d.containers {
		inputs = append(inputs, d.containerArgument(c.root, container))
	}
	return inputs
}

func (d *deployment) taskSizeArgument() tf.Expr {
	t := d.in.Service.Task
	return tf.Fields(
		tf.F("cpu", tf.Int(t.CPU.V)),
		tf.F("cpu_architecture", tf.String(t.CPUArchitecture.V)),
		tf.F("memory", tf.Int(t.Memory.V)),
	)
}

func (d *deployment) useCluster(r *parts.Root) tf.Expr {
	return parts.Use(r, parts.Wanted{
		Name: "cluster_arn", Key: "service.cluster", Type: cty.String,
		Description: "ARN of the ECS cluster that runs the service.",
		Sample:      cty.StringVal(sampleCluster()),
		Query:       parts.ByName("aws_ecs_cluster", "cluster_name", "arn", sampleCluster()),
		Validation: &parts.Validation{
			Condition: parts.Matches("^arn:[^:]+:ecs:[^:]+:[0-9]{12}:cluster/"),
			Message:   "must be the ARN of an ECS cluster, not its name.",
			Wrong:     cty.StringVal("commerce"),
		},
	}, d.in.Service.Cluster)
}

func (d *deployment) useTaskDefinition(r *parts.Root) tf.Expr {
	return parts.Use(r, parts.Wanted{
		Name: "task_definition", Key: "service.task_definition", Type: cty.String,
		Description: "Task definition that the service runs: its ARN, or family:revision.",
		Sample:      cty.StringVal(parts.ARN("ecs", "task-definition/orders:1")),
	}, d.in.Service.TaskDefinition)
}

func (c *configuration) hookInputs() []tf.Attr {
	var inputs []tf.Attr
	for i, h := range c.d.hooks {
		call := c.hooks[i]
		fields := []tf.Field{
			tf.F("function_arn", call.Attr("function_arn")),
			tf.F("invoke_role_arn", call.Attr("invoke_role_arn")),
			tf.F("lifecycle_stages", tf.Strings(stagesOf(h)...)),
		}
		if m := h.plan.HookTimeoutMinutes; m > 0 {
			fields = append(fields, tf.F("timeout_in_minutes", tf.Int(m)))
		}
		inputs = append(inputs, tf.Set(h.id, tf.Fields(fields...)))
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
	return tf.Set("timeouts", tf.Fields(fields...)).Why(w.why(c.d.in.ECS.Deployment.Timeouts))
}

func (w waiting) why(said blueprint.Timeouts) string {
	if len(w.terms) == 0 || said.Create.V > 0 && said.Update.V > 0 {
		return ""
	}
	addends := make([]string, 0, len(w.terms))
	for _, t := range w.terms {
		addends = append(addends, t.what+" "+short(t.long))
	}
	return strings.Join(addends, " + ") + " = " + short(w.sum()) + ", times 1.25, rounded up."
}

// short is a duration without its zero parts: 3m, 90s is 1m30s.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	return strings.Replace(s, "h0m", "h", 1)
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
	fields = append(fields, tf.F("production_rule_arn", p.rules.Attr("production_rule_arn")))
	if p.pair.test {
		fields = append(fields, tf.F("test_rule_arn", p.rules.Attr("test_rule_arn")))
	}
	return tf.Set("traffic_"+p.pair.id, tf.Fields(fields...))
}

// outputs are the root's promise.
func (c *configuration) outputs() {
	r, d := c.root, c.d
	r.Output("cluster_arn", "ARN of the cluster that runs the service.", d.useCluster(r))
	r.Output("service_arn", "ARN of the service.", c.service.Attr("arn"))
	r.Output("service_name", "Name of the service.", c.service.Attr("name"))
	if d.in.Service.Task != nil {
		r.Output("log_group_name", "Log group of the containers.", c.service.Attr("log_group_name"))
		r.Output("task_definition_family", "Family of the task definition's revisions.", c.service.Attr("task_definition_family"))
	}
	if d.ownGroup() {
		r.Output("security_group_id", "Security group of the tasks. The load balancer's security group must allow egress to it.", c.service.Attr("security_group_id"))
	}
	for _, role := range d.roles() {
		r.Output(role.name+"_role_arn", "ARN of the role "+role.what+".", c.roleARNs[role.name])
		if role.made() {
			r.Output(role.name+"_role_name", "Name of the role "+role.what+".", c.roles.Attr(role.name+"_role_name"))
		}
	}
	for _, p := range c.pairs {
		c.pairOutputs(p)
	}
	for i, h := range d.hooks {
		c.hookOutputs(h, c.hooks[i])
	}
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
	c.root.Output(p.pair.id+"_production_rule_arn", "ARN of the listener rule that carries "+p.pair.key+"'s production traffic.", p.rules.Attr("production_rule_arn"))
	if p.pair.test {
		c.root.Output(p.pair.id+"_test_rule_arn", "ARN of the listener rule that carries "+p.pair.key+"'s test traffic.", p.rules.Attr("test_rule_arn"))
	}
}

func (c *configuration) hookOutputs(h lifecycleHook, call *tf.Block) {
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
func (d *deployment) zips() bool { return len(d.hooks) > 0 }

// providers declares every one in use: without an empty block a mock of archive would not reach the hook's module.
func (c *configuration) providers() []*tf.Block {
	in := c.d.in
	tags := []tf.Field{}
	if in.Environment.V != "" {
		tags = append(tags, tf.F("environment", tf.String(in.Environment.V)))
	}
	tags = append(tags, tf.F("service", tf.String(in.Name.V)))
	for _, t := range in.Tags {
		tags = append(tags, tf.F(t.Key.V, tf.String(t.Value.V)))
	}
	slices.SortFunc(tags, func(a, b tf.Field) int { return strings.Compare(a.Key, b.Key) })
	var accounts tf.Expr
	if ids := in.Terraform.Provider.AllowedAccountIDs; len(ids) > 0 {
		accounts = tf.Strings(parts.Texts(ids)...)
	}
	aws := tf.NewBlock("provider", []string{"aws"},
		tf.Set("allowed_account_ids", accounts),
		tf.Set("region", c.provider),
		tf.Nested("default_tags", tf.Set("tags", tf.Fields(tags...))),
	).From(in.Terraform.Provider.Range)
	if !c.d.zips() {
		return []*tf.Block{aws}
	}
	return []*tf.Block{tf.NewBlock("provider", []string{"archive"}), aws}
}

// backend is the S3 backend with a key of the environment's own, nil where the state is local.
func (c *configuration) backend() *tf.Block {
	b := c.d.in.Terraform.Backend
	if b == nil || b.S3 == nil {
		return nil
	}
	key := b.S3.Key.V
	if key == "" {
		key = strings.Join(nonEmpty(c.d.in.Name.V, c.d.in.Environment.V, "terraform.tfstate"), "/")
	}
	return tf.NewBlock("terraform", nil, tf.NewBlock("backend", []string{"s3"},
		tf.Set("bucket", tf.String(b.S3.Bucket.V)),
		tf.Set("encrypt", tf.Bool(true)),
		tf.Set("key", tf.String(key)),
		tf.Set("kms_key_id", named(b.S3.KMSKeyID.V)),
		tf.Set("region", tf.String(b.S3.Region.V)),
		tf.Set("use_lockfile", tf.Bool(true)),
	))
}

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

func gitignore() tf.File {
	return tf.File{Path: ".gitignore", Data: []byte(`# Code generated by bluegen. DO NOT EDIT.

# .terraform.lock.hcl belongs in the repository.
.terraform/
*.tfplan
*.tfstate
*.tfstate.*
crash.log
crash.*.log
`)}
}
