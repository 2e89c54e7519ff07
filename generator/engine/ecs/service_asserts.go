package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// assertService: where and how the tasks run.
func (m *serviceModule) assertService() {
	s, in := m.service, m.d.In
	m.Assert("The service must run its task definition in its cluster.",
		tf.Equal(s.Attr("cluster"), m.Text("cluster_arn", "", parts.SampleCluster())),
		tf.Equal(s.Attr("launch_type"), tf.String(in.Service.LaunchType.V)),
		tf.Equal(s.Attr("task_definition"), m.task))
	m.Assert("A deployment must never have fewer healthy tasks than wanted.",
		tf.Equal(s.Attr("deployment_maximum_percent"), tf.Int(maximumPercent)),
		tf.Equal(s.Attr("deployment_minimum_healthy_percent"), tf.Int(minimumPercent)))
	m.Assert("Tasks must carry the service's tags.",
		s.Attr("enable_ecs_managed_tags"), tf.Equal(s.Attr("propagate_tags"), tf.String("SERVICE")))
	if !m.d.RegionAttribute {
		m.Assert("Tasks must be spread over the zones.", tf.Equal(s.Attr("availability_zone_rebalancing"), tf.String("ENABLED")))
	}
}
