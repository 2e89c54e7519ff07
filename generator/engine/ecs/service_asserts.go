package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// assertService: where and how the tasks run.
func (m *serviceModule) assertService() {
	s, in := m.service, m.d.in
	m.Assert("The service must run its task definition in its cluster.",
		tf.Equal(s.Attr("cluster"), m.Text("cluster_arn", "", sampleCluster())),
		tf.Equal(s.Attr("launch_type"), tf.String(in.Service.LaunchType.V)),
		tf.Equal(s.Attr("task_definition"), m.task))
	m.Assert("A deployment must never have fewer healthy tasks than wanted.",
		tf.Equal(s.Attr("deployment_maximum_percent"), tf.Int(maximumPercent)),
		tf.Equal(s.Attr("deployment_minimum_healthy_percent"), tf.Int(minimumPercent)))
	m.Assert("Tasks must carry the service's tags.",
		s.Attr("enable_ecs_managed_tags"), tf.Equal(s.Attr("propagate_tags"), tf.String("SERVICE")))
	if !m.d.gates.region {
		m.Assert("Tasks must be spread over the zones.", tf.Equal(s.Attr("availability_zone_rebalancing"), tf.String("ENABLED")))
	}
}

// assertGroupRule: the rule's one sample must open its port to its peer, and belong to the tasks' group.
func (m *serviceModule) assertGroupRule(message string, rule, group, rules *tf.Block, peer, key string) {
	at := func(b *tf.Block) tf.Expr { return tf.Index{Collection: b.Attr(), Key: tf.String("sample")} }
	m.Assert(message,
		tf.Equal(tf.Dig(at(rule), "ip_protocol"), tf.String("tcp")),
		tf.Equal(tf.Dig(at(rule), "from_port"), tf.Dig(at(rules), "port")),
		tf.Equal(tf.Dig(at(rule), "to_port"), tf.Dig(at(rules), "port")),
		tf.Equal(tf.Dig(at(rule), peer), tf.Dig(at(rules), key)),
		tf.Equal(tf.Dig(at(rule), "security_group_id"), group.Attr("id")))
}

func (m *serviceModule) assertTask(definition, group *tf.Block, region tf.Expr) {
	decoded := tf.Fn("jsondecode", definition.Attr("container_definitions"))
	for i, c := range m.d.containers {
		name, sample := containerVariable(c)
		v := m.Var(name, "", sample)
		at := func(path ...string) tf.Expr { return tf.Dig(tf.Index{Collection: decoded, Key: tf.Int(i)}, path...) }
		facts := []tf.Expr{
			tf.Equal(at("name"), v.Attr("name")),
			tf.Equal(at("image"), v.Attr("image")),
			is(at("essential"), c.Essential.V),
			tf.Equal(at("stopTimeout"), v.Attr("stop_timeout_seconds")),
		}
		if c.Port.V > 0 {
			facts = append(facts, tf.Equal(tf.Dig(tf.First(at("portMappings")), "containerPort"), v.Attr("port")))
		}
		m.Assert("The container "+c.Name.V+" must run its image, and be as the blueprint has it.", facts...)
		option := func(name string) tf.Expr {
			return tf.Index{Collection: at("logConfiguration", "options"), Key: tf.String(name)}
		}
		m.Assert("The container "+c.Name.V+" must log to the service's log group.",
			tf.Equal(option("awslogs-group"), m.Text("log_group_name", "", "/ecs/orders")),
			tf.Equal(option("awslogs-region"), region))
	}
	m.Assert("Logs must be kept as long as the blueprint says.", tf.Equal(group.Attr("retention_in_days"), tf.Int(30)))
	m.Assert("The task must have its size.",
		tf.Equal(definition.Attr("cpu"), tf.Fn("tostring", m.size.Attr("cpu"))),
		tf.Equal(definition.Attr("memory"), tf.Fn("tostring", m.size.Attr("memory"))),
		tf.Equal(tf.First(definition.Attr("runtime_platform"), "cpu_architecture"), m.size.Attr("cpu_architecture")))
	m.Assert("The task must have its two roles, each in its place.",
		tf.Equal(definition.Attr("execution_role_arn"), m.Text("execution_role_arn", "", parts.GlobalARN("iam", "role/execution"))),
		tf.Equal(definition.Attr("task_role_arn"), m.Text("task_role_arn", "", parts.GlobalARN("iam", "role/task"))))
	m.Assert("Old revisions must stay registered.", definition.Attr("skip_destroy"))
}
