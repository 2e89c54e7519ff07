package parts

import (
	"slices"
	"strings"

	"bluegen/generator/tf"
)

// ServiceArguments are the arguments of aws_ecs_service that every engine writes, with the engine's own among them, sorted by name.
// Count describes the variable desired_count.
func (s *Site) ServiceArguments(c *Child, count string, own ...tf.Attr) tf.Items {
	var launch, shells, force tf.Expr
	if len(s.In.Service.CapacityProviders) == 0 {
		launch = tf.String(s.In.Service.LaunchType.V)
	} else {
		force = tf.Bool(true)
	}
	if s.In.Service.ExecuteCommand.V {
		shells = tf.Bool(true)
	}
	all := append([]tf.Attr{
		tf.Set("availability_zone_rebalancing", s.rebalancing()),
		tf.Set("cluster", clusterARN(c)),
		tf.Set("desired_count", c.Number("desired_count", count, 4)),
		tf.Set("enable_ecs_managed_tags", tf.Bool(true)),
		tf.Set("enable_execute_command", shells),
		tf.Set("force_new_deployment", force).Why("Without it another share of a capacity provider would replace the service."),
		tf.Set("launch_type", launch),
		tf.Set("propagate_tags", tf.String("SERVICE")),
	}, append(s.boundArguments(c), own...)...)
	slices.SortFunc(all, func(a, b tf.Attr) int { return strings.Compare(a.Name, b.Name) })
	items := make(tf.Items, 0, len(all))
	for _, a := range all {
		items = append(items, a)
	}
	return items
}

func clusterARN(c *Child) tf.Expr {
	return c.Text("cluster_arn", "ARN of the cluster that runs the service.", SampleCluster())
}

// ClusterInputs are the root's inputs of ServiceArguments.
func (s *Site) ClusterInputs(r *Root) []tf.Attr {
	return append([]tf.Attr{
		tf.Set("cluster_arn", s.UseCluster(r)),
		tf.Set("desired_count", tf.Int(s.In.Service.DesiredCount.V)),
	}, s.boundInputs()...)
}

// AssertService compares a service, or one of several, with what the module was given.
func (s *Site) AssertService(c *Child, at func(path ...string) tf.Expr, task tf.Expr) {
	runs := []tf.Expr{tf.Equal(at("cluster"), clusterARN(c))}
	if len(s.In.Service.CapacityProviders) == 0 {
		runs = append(runs, tf.Equal(at("launch_type"), tf.String(s.In.Service.LaunchType.V)))
	}
	c.Assert("The service must run its task definition in its cluster.", append(runs, tf.Equal(at("task_definition"), task))...)
	s.assertOpen(c, at)
	s.assertBounds(c, at)
	c.Assert("Tasks must carry the service's tags.",
		at("enable_ecs_managed_tags"), tf.Equal(at("propagate_tags"), tf.String("SERVICE")))
	s.assertRebalancing(c, at)
}

// Breaker is the circuit breaker of a deployment.
func Breaker(enable, rollback bool) *tf.Block {
	return tf.Nested("deployment_circuit_breaker", tf.Set("enable", tf.Bool(enable)), tf.Set("rollback", tf.Bool(rollback)))
}

// AssertBreaker compares the circuit breaker of a service with what was written.
func AssertBreaker(c *Child, breaker tf.Expr, enable, rollback bool) {
	c.Assert("The circuit breaker must be as the blueprint has it.",
		Is(tf.First(breaker, "enable"), enable),
		Is(tf.First(breaker, "rollback"), rollback))
}
