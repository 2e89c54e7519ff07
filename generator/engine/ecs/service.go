package ecs

import (
	"strconv"

	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// serviceModule is modules/service in the making.
type serviceModule struct {
	*parts.Child
	d       *deployment
	name    tf.Expr
	groups  tf.Expr      // security groups
	size    *tf.Block    // variable of the task's size, nil where the definition exists
	task    tf.Expr      // the task definition
	logs    *parts.LogTo // of the containers, nil where the definition exists
	waits   parts.Waits
	service *tf.Block
}

// serviceChild is modules/service: the ECS service, its task definition, security group and log group.
func (d *deployment) serviceChild() *parts.Child {
	c := parts.NewChild("service", "Service", d.serviceAbout(), d.Versions)
	m := &serviceModule{Child: c, d: d, name: c.Text("name", "Name of the service and family of its task definition.", "orders")}
	if d.In.Service.Task != nil {
		m.taskDefinition()
	} else {
		m.task = c.Text("task_definition", "Task definition that the service runs.", parts.ARN("ecs", "task-definition/orders:1"))
	}
	if d.OwnGroup() {
		group, waits := d.SecurityGroup(c, m.name)
		m.groups = tf.ListOf(group.Attr("id"))
		c.Output("security_group_id", "Security group of the tasks.", group.Attr("id"))
		m.waits.Add(waits...)
	} else {
		m.groups = parts.GroupIDs(c)
	}
	m.ecsService()
	m.outputs()
	m.asserts()
	return c
}

func (d *deployment) serviceAbout() string {
	about := "The ECS service"
	if d.In.Service.Task != nil {
		about += " with its task definition and log group"
	}
	switch {
	case d.shifts:
		about += d.strategyWords()
		if len(d.pairs) > 0 {
			about += "\n\nEach `traffic_` variable names its pair of target groups once; it is never swapped here, because the production " + d.liveWords() + " which group is live."
		}
	case d.twoGroups():
		about += ". ECS deploys rolling, but both target groups and the rules are there: the step between rolling and blue/green."
	default:
		about += ". ECS deploys rolling: new tasks take the place of old ones within the one target group."
	}
	if d.In.Service.Task != nil {
		about += "\n\nThe old revisions of the task definition stay registered: a rollback needs them."
	}
	return about
}

func (m *serviceModule) ecsService() {
	d, in := m.d, m.d.In
	var grace, sigint tf.Expr
	if len(d.pairs) > 0 {
		grace = m.Number("health_check_grace_period_seconds", "How long after its start a task may fail the health check.", 300)
	}
	wait := tf.Set("wait_for_steady_state", tf.Bool(in.ECS.Deployment.Wait.V))
	if in.ECS.Deployment.Wait.V {
		wait = wait.Why("Without waiting, apply would be green while the deployment rolls back later.")
	}
	if in.ECS.Deployment.SigintRollback.V {
		sigint = tf.Bool(true)
	}
	items := d.ServiceArguments(m.Child, "Number of tasks"+d.twice()+".",
		tf.Set("health_check_grace_period_seconds", grace),
		tf.Set("name", m.name),
		tf.Set("sigint_rollback", sigint),
		tf.Set("task_definition", m.task),
		wait,
	)
	items = append(items, m.alarmBlock(), parts.Breaker(in.ECS.Deployment.CircuitBreaker.Enable.V, d.rollsBack()), m.deploymentConfiguration())
	items = append(items, d.Capacity(m.Child))
	for i, p := range d.pairs {
		items = append(items, m.loadBalancer(p, i))
	}
	items = append(items, d.Registry(m.Child))
	items = append(items, d.NetworkConfiguration(m.Child, m.groups), m.serviceConnect(), m.timeouts(), m.lifecycle(),
		m.waits.DependsOn("Roles arrive with their permissions, groups with their rules: before the service, and gone after it."))
	m.service = m.Add(tf.Resource("aws_ecs_service", "this", items).From(in.Service.Range))
}

// rollsBack: the default stays silent where the breaker itself is off.
func (d *deployment) rollsBack() bool {
	b := d.In.ECS.Deployment.CircuitBreaker
	return b.Enable.V && b.Rollback.V
}

func (d *deployment) twice() string {
	if d.shifts {
		return "; a deployment runs twice as many"
	}
	return ""
}

// deploymentConfiguration is written for every strategy: the provider keeps what AWS has where it is not said, so that
// taking the block away would keep BLUE_GREEN (domain.md 7.2).
func (m *serviceModule) deploymentConfiguration() tf.Item {
	if !m.d.gates.configuration {
		return nil
	}
	items := tf.Items{}
	if m.d.shifts {
		items = append(items, tf.Set("bake_time_in_minutes", m.Number("bake_time_in_minutes", "How long blue stays after production traffic has moved to green.", 3)))
	}
	items = append(items, tf.Set("strategy", tf.String(m.d.strategy)), m.steps())
	for _, h := range m.d.hooks {
		items = append(items, m.lifecycleHook(h))
	}
	return tf.Nested("deployment_configuration", items).From(m.d.In.ECS.Deployment.Range)
}

// trafficVariable is the object of one key of traffic.
func (p pair) trafficVariable() (string, cty.Value) {
	fields := map[string]cty.Value{
		"blue_target_group_arn": cty.StringVal(sampleGroup(p.id + "-blue")),
		"container_name":        cty.StringVal(p.container.V),
		"container_port":        cty.NumberIntVal(9000),
	}
	at := "listener-rule/app/" + p.id + "/1/2/" // each key its own: equal samples would hide a swap
	if p.nlb != nil {
		at = "listener/net/" + p.id + "/1/"
	}
	for i, name := range p.carriers() {
		fields[name] = cty.StringVal(parts.ARN("elasticloadbalancing", at+strconv.Itoa(3+i)))
	}
	if p.paired() {
		fields["green_target_group_arn"] = cty.StringVal(sampleGroup(p.id + "-green"))
	}
	return "traffic_" + p.id, cty.ObjectVal(fields)
}

func (m *serviceModule) loadBalancer(p pair, i int) *tf.Block {
	name, sample := p.trafficVariable()
	what := "The traffic " + p.key + ": the container that takes it, its target group and its " + p.carrier() + "."
	if p.paired() {
		what = "The traffic " + p.key + ": the container that takes it, its pair of target groups and its " + p.carrier() + "s."
	}
	v := m.Var(name, what, sample)
	m.waits.Add(v.Attr())
	items := tf.Items{
		tf.Set("container_name", v.Attr("container_name")),
		tf.Set("container_port", v.Attr("container_port")),
		tf.Set("target_group_arn", v.Attr("blue_target_group_arn")),
	}
	b := tf.Nested("load_balancer", items)
	if p.paired() {
		var test tf.Expr
		if p.test {
			test = v.Attr(p.carriers()[1])
		}
		role := m.Text("infrastructure_role_arn", "ARN of the role with which ECS shifts the traffic.", parts.GlobalARN("iam", "role/infrastructure"))
		m.waits.Add(role)
		b.Items = append(b.Items, tf.Nested("advanced_configuration",
			tf.Set("alternate_target_group_arn", v.Attr("green_target_group_arn")),
			tf.Set("production_listener_rule", v.Attr(p.carriers()[0])),
			tf.Set("role_arn", role),
			tf.Set("test_listener_rule", test),
		))
		if i == 0 {
			b.Comment = "The pair has no order: the production " + p.carrier() + " says which group is live, and ECS moves it."
			if p.alb != nil {
				b.Comment = "The pair has no order: the production rule's weights say which group is live, and ECS moves them."
			}
		}
	}
	return b.From(p.origin)
}

func (m *serviceModule) timeouts() tf.Item {
	if len(m.d.wait.named()) == 0 {
		return nil
	}
	v := m.timeoutsVariable()
	var items tf.Items
	for _, t := range m.d.wait.named() {
		items = append(items, tf.Set(t.name, v.Attr(t.name)))
	}
	return tf.Nested("timeouts", items)
}

func (m *serviceModule) timeoutsVariable() *tf.Block {
	fields := map[string]cty.Value{}
	for _, t := range m.d.wait.named() {
		fields[t.name] = cty.StringVal(sampleTimeout(t.name))
	}
	return m.Var("timeouts", "How long Terraform waits for a deployment.", cty.ObjectVal(fields))
}

// sampleTimeout differs between the three, so that a test sees one in the place of another.
func sampleTimeout(name string) string {
	return map[string]string{"create": "24m", "delete": "25m", "update": "26m"}[name]
}

type namedTimeout struct{ name, value string }

// named are the timeouts that are written, as Terraform calls them.
func (w waiting) named() []namedTimeout {
	var out []namedTimeout
	if w.create > 0 {
		out = append(out, namedTimeout{"create", parts.Minutes(w.create)})
	}
	if w.remove > 0 {
		out = append(out, namedTimeout{"delete", parts.Minutes(w.remove)})
	}
	if w.update > 0 {
		out = append(out, namedTimeout{"update", parts.Minutes(w.update)})
	}
	return out
}

// lifecycle: what others change follows from who owns what after the first apply; and the revision that was asked for must be the one that
// runs.
func (m *serviceModule) lifecycle() tf.Item {
	ignore, arrived := m.d.IgnoreChanges(), m.arrived()
	if ignore.Value == nil && arrived == nil {
		return nil
	}
	return tf.Nested("lifecycle", tf.When(ignore.Value != nil, ignore), arrived).From(m.d.In.Ownership.Range)
}
