package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// outputs of the service module: the promise, and what the root's test compares with the blueprint.
func (m *serviceModule) outputs() {
	s := m.service
	m.Output("arn", "ARN of the service.", s.Attr("id")) // the id is the ARN; 5.x has no attribute of that name
	m.Output("name", "Name of the service.", s.Attr("name"))
	m.Output("deployment", "How ECS was told to deploy.", tf.Fields(m.deploymentFacts()...))
	for _, p := range m.d.pairs {
		name, sample := p.trafficVariable()
		m.Output(name, "What the service was given for the traffic "+p.key+".", m.Var(name, "", sample).Attr())
	}
	for _, h := range m.d.hooks {
		name, sample := m.d.hookVariable(h)
		m.Output(name, "What the service was given for the hook "+h.in.Name.V+".", m.Var(name, "", sample).Attr())
	}
	m.connectFacts()
	m.given()
	m.describeAlarms()
}

// given are the roles, the containers and the place, as they arrived.
func (m *serviceModule) given() {
	var roles []tf.Field
	for _, r := range m.d.roles() {
		roles = append(roles, tf.F(r.Name, m.Text(r.Name+"_role_arn", "", parts.GlobalARN("iam", "role/"+r.Name))))
	}
	if len(roles) > 0 {
		m.Output("roles", "The roles that the service was given.", tf.Fields(roles...))
	}
	what := []tf.Field{tf.F("definition", m.task)}
	if m.d.In.Service.Task != nil {
		what = nil
		for _, c := range m.d.containers {
			v := c.Variable(m.Child)
			what = append(what, tf.F(v.Labels[0], v.Attr()))
		}
		what = append(what, tf.F("size", m.size.Attr()))
		what = append(what, m.d.StorageFacts(m.Child)...)
	}
	m.Output("task", "What a task is made of.", tf.Fields(what...))
	m.Output("place", "Where the service runs, and who may connect to it.", tf.Fields(m.place()...))
}

func (m *serviceModule) place() []tf.Field {
	fields := []tf.Field{tf.F("cluster_arn", m.service.Attr("cluster"))}
	if m.d.OwnGroup() {
		fields = append(fields, m.d.GroupFacts(m.Child)...)
	} else {
		fields = append(fields, tf.F("security_group_ids", m.groups))
	}
	fields = append(fields, tf.F("subnet_ids", parts.SubnetIDs(m.Child)))
	return append(fields, m.d.OptionFacts(m.Child)...)
}

func (m *serviceModule) deploymentFacts() []tf.Field {
	s, d := m.service, m.d
	var fields []tf.Field
	if d.shifts {
		fields = append(fields, tf.F("bake_time_in_minutes", tf.Fn("tonumber", tf.First(s.Attr("deployment_configuration"), "bake_time_in_minutes"))))
	}
	fields = append(fields, d.BoundFacts(s)...)
	fields = append(fields, tf.F("desired_count", s.Attr("desired_count")))
	if len(d.pairs) > 0 {
		fields = append(fields, tf.F("health_check_grace_period_seconds", s.Attr("health_check_grace_period_seconds")))
	}
	for _, h := range d.hooks {
		name, sample := d.hookVariable(h)
		v := m.Var(name, "", sample)
		fields = append(fields, tf.F(h.id+"_stages", v.Attr("lifecycle_stages")))
		if len(h.in.HookDetails) > 0 {
			fields = append(fields, tf.F(h.id+"_details", tf.Fn("jsonencode", v.Attr("hook_details"))))
		}
		if h.timed() {
			fields = append(fields, tf.F(h.id+"_timeout_in_minutes", v.Attr("timeout_in_minutes")))
		}
	}
	fields = append(fields, m.stepFacts()...)
	if d.gates.configuration {
		fields = append(fields, tf.F("strategy", tf.First(s.Attr("deployment_configuration"), "strategy")))
	}
	if len(d.wait.named()) > 0 {
		fields = append(fields, tf.F("timeouts", m.timeoutsVariable().Attr()))
	}
	return fields
}

// asserts are what the service module's own test checks.
func (m *serviceModule) asserts() {
	s, d := m.service, m.d
	if d.gates.configuration {
		m.Assert("The strategy must be "+d.strategy+".", tf.Equal(tf.First(s.Attr("deployment_configuration"), "strategy"), tf.String(d.strategy)))
	}
	if d.shifts {
		m.Assert("Blue must stay for the bake time that was given.", tf.Equal(tf.First(s.Attr("deployment_configuration"), "bake_time_in_minutes"), tf.String("3")))
	}
	parts.AssertBreaker(m.Child, s.Attr("deployment_circuit_breaker"), d.In.ECS.Deployment.CircuitBreaker.Enable.V, d.rollsBack())
	if len(d.pairs) > 0 {
		m.Assert("Tasks must have their grace period.", tf.Equal(s.Attr("health_check_grace_period_seconds"), tf.Int(300)))
	}
	m.assertSteps()
	m.assertHooks()
	m.assertTraffic()
	m.assertConnect()
	waits := []tf.Expr{parts.Is(s.Attr("wait_for_steady_state"), d.In.ECS.Deployment.Wait.V)}
	for _, t := range d.wait.named() {
		waits = append(waits, tf.Equal(s.Attr("timeouts", t.name), tf.String(sampleTimeout(t.name))))
	}
	m.Assert("Terraform must wait as the blueprint has it, and long enough.", waits...)
	d.AssertNetwork(m.Child, s.Attr("network_configuration"), m.groups)
	d.AssertService(m.Child, s.Attr, m.task)
	d.AssertOptions(m.Child, s)
}

// only is the member of a set: the one that there is, or the one whose key has the value.
func only(name string, set tf.Expr, members int, key string, value tf.Expr) tf.Expr {
	if members == 1 {
		return tf.Fn("one", set)
	}
	return tf.Fn("one", tf.For{
		Name: name, Collection: set, Value: tf.It(name),
		If: tf.Equal(tf.Dig(tf.It(name), key), value),
	})
}

// assertTraffic finds each load balancer by its blue target group, because load balancers are a set.
func (m *serviceModule) assertTraffic() {
	for _, p := range m.d.pairs {
		name, sample := p.trafficVariable()
		v := m.Var(name, "", sample)
		mine := only("balancer", m.service.Attr("load_balancer"), len(m.d.pairs), "target_group_arn", v.Attr("blue_target_group_arn"))
		m.Assert("The container that takes the traffic "+p.key+" must be in the blue target group.",
			tf.Equal(tf.Dig(mine, "target_group_arn"), v.Attr("blue_target_group_arn")),
			tf.Equal(tf.Dig(mine, "container_name"), v.Attr("container_name")),
			tf.Equal(tf.Dig(mine, "container_port"), v.Attr("container_port")))
		if !p.paired() {
			continue
		}
		advanced := func(name string) tf.Expr { return tf.Dig(tf.Fn("one", tf.Dig(mine, "advanced_configuration")), name) }
		facts := []tf.Expr{
			tf.Equal(advanced("alternate_target_group_arn"), v.Attr("green_target_group_arn")),
			tf.Equal(advanced("production_listener_rule"), v.Attr(p.carriers()[0])),
			tf.Equal(advanced("role_arn"), m.Text("infrastructure_role_arn", "", parts.GlobalARN("iam", "role/infrastructure"))),
		}
		if p.test {
			facts = append(facts, tf.Equal(advanced("test_listener_rule"), v.Attr(p.carriers()[1])))
		}
		m.Assert("ECS must shift the traffic "+p.key+" between its groups, on its "+p.carrier()+"s, with the infrastructure role.", facts...)
	}
}
