package ecs

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// scaled is the autoscaling that is made here, nil where there is none or it is external.
func (d *deployment) scaled() *blueprint.Autoscaling {
	if in := d.In.Service.Autoscaling; in != nil && !in.External.V {
		return in
	}
	return nil
}

// mostTasks are those that one colour may have.
func (d *deployment) mostTasks() int {
	if in := d.scaled(); in != nil {
		return max(in.Max.V, d.In.Service.DesiredCount.V)
	}
	return d.In.Service.DesiredCount.V
}

// autoscalingModule is modules/autoscaling in the making.
type autoscalingModule struct {
	*parts.Child
	target    *tf.Block
	cooldowns *tf.Block
	settings  []tf.Field
}

// autoscaling is modules/autoscaling: a target, and a policy for each number that the blueprint wants kept.
func (d *deployment) autoscaling() *parts.Child {
	in := d.scaled()
	c := parts.NewChild("autoscaling", "Autoscaling", d.autoscalingAbout(), d.Versions)
	m := &autoscalingModule{Child: c}
	bounds := c.Var("bounds", "The fewest and the most tasks; a deployment runs twice as many.", cty.ObjectVal(map[string]cty.Value{"max": cty.NumberIntVal(20), "min": cty.NumberIntVal(2)}))
	m.cooldowns = c.Var("cooldowns", "How many seconds a policy rests after tasks were taken away, and after tasks were added.",
		cty.ObjectVal(map[string]cty.Value{"in": cty.NumberIntVal(300), "out": cty.NumberIntVal(60)}))
	cluster, service := c.Text("cluster_name", "Cluster that runs the service.", "commerce"), c.Text("service_name", "Name of the service, which must be there already.", "orders")
	m.target = c.Add(tf.Resource("aws_appautoscaling_target", "this",
		tf.Set("max_capacity", bounds.Attr("max")),
		tf.Set("min_capacity", bounds.Attr("min")),
		tf.Set("resource_id", tf.Join(tf.String("service/"), cluster, tf.String("/"), service)),
		tf.Set("scalable_dimension", tf.String("ecs:service:DesiredCount")),
		tf.Set("service_namespace", tf.String("ecs")),
	))
	m.Assert("The service's count must be scaled between its bounds.",
		tf.Equal(m.target.Attr("max_capacity"), tf.Int(20)),
		tf.Equal(m.target.Attr("min_capacity"), tf.Int(2)),
		tf.Equal(m.target.Attr("resource_id"), tf.String("service/commerce/orders")),
		tf.Equal(m.target.Attr("scalable_dimension"), tf.String("ecs:service:DesiredCount")))
	m.predefined("cpu", "CPU", "ECSServiceAverageCPUUtilization", in.CPU.V > 0)
	m.predefined("memory", "Memory", "ECSServiceAverageMemoryUtilization", in.Memory.V > 0)
	if in.RequestsPerTarget.V > 0 {
		m.requests(d.albs())
	}
	m.settings = append(m.settings, tf.F("bounds", bounds.Attr()), tf.F("cluster_name", cluster), tf.F("cooldowns", m.cooldowns.Attr()))
	c.Output("settings", "How the service is scaled.", tf.Fields(byKey(m.settings)...))
	c.Output("service_name", "Name of the service that is scaled.", service)
	return c
}

func (d *deployment) autoscalingAbout() string {
	about := "Application Auto Scaling of the service's count by target tracking: tasks are added when one of the policies wants it, and taken away when all of them do."
	if d.scaled().RequestsPerTarget.V > 0 && d.twoGroups() {
		about += "\n\nRequests are counted over both target groups: the idle one adds 0, and after a swap the other one takes over. AWS's own metric ALBRequestCountPerTarget names one group and would be blind after every other deployment. Test traffic counts too."
	}
	if d.shifts {
		about += "\n\nDuring a deployment nothing is taken away, but tasks may be added. The averages of CPU and memory are then over both colours: they fall to about half when green appears."
	}
	return about
}

// policy adds a target tracking policy with its metric.
func (m *autoscalingModule) policy(name, what string, target int, specification *tf.Block) *tf.Block {
	number := m.Number(name, what, target)
	same := func(argument string) tf.Attr { return tf.Set(argument, m.target.Attr(argument)) }
	p := m.Add(tf.Resource("aws_appautoscaling_policy", name,
		tf.Set("name", tf.String(name)),
		tf.Set("policy_type", tf.String("TargetTrackingScaling")),
		same("resource_id"), same("scalable_dimension"), same("service_namespace"),
		tf.Nested("target_tracking_scaling_policy_configuration",
			tf.Set("scale_in_cooldown", m.cooldowns.Attr("in")),
			tf.Set("scale_out_cooldown", m.cooldowns.Attr("out")),
			tf.Set("target_value", number),
			specification,
		),
	))
	m.settings = append(m.settings, tf.F(name, number))
	tracking := func(path string) tf.Expr {
		return tf.First(p.Attr("target_tracking_scaling_policy_configuration"), path)
	}
	m.Assert("The policy "+name+" must keep its number, and rest as long as it was told.",
		tf.Equal(p.Attr("policy_type"), tf.String("TargetTrackingScaling")),
		tf.Equal(p.Attr("resource_id"), tf.String("service/commerce/orders")),
		tf.Equal(tracking("scale_in_cooldown"), tf.Int(300)),
		tf.Equal(tracking("scale_out_cooldown"), tf.Int(60)),
		tf.Equal(tracking("target_value"), tf.Int(target)))
	return p
}

func (m *autoscalingModule) predefined(name, what, metric string, wanted bool) {
	if !wanted {
		return
	}
	p := m.policy(name, what+" in percent that the tasks shall use on average.", 60, tf.Nested("predefined_metric_specification", tf.Set("predefined_metric_type", tf.String(metric))))
	m.Assert("The policy "+name+" must look at the service's "+name+".",
		tf.Equal(tf.First(tf.First(p.Attr("target_tracking_scaling_policy_configuration"), "predefined_metric_specification"), "predefined_metric_type"), tf.String(metric)))
}

// requests is the sum of what the tasks of both colours get, of every key of traffic.
func (m *autoscalingModule) requests(pairs []pair) {
	var queries []query
	var filled []string
	for _, p := range pairs {
		groups, given := trafficMetrics(m.Child, p)
		m.settings = append(m.settings, given)
		for _, g := range groups.list {
			q := g.query(p.id, "RequestCountPerTarget", "Sum")
			queries = append(queries, q)
			filled = append(filled, "FILL("+q.id+", 0)")
		}
	}
	sum := query{id: "requests", label: "Requests a task gets in a minute", expression: tf.String("SUM([" + joined(", ", filled) + "])")}
	items := tf.Items{sum.scalingBlock()}
	for _, q := range queries {
		items = append(items, q.scalingBlock())
	}
	p := m.policy("requests_per_target", "Requests a minute that a task shall get, of all traffic.", 1000, tf.Nested("customized_metric_specification", items))
	p.Why("Both target groups: a metric of one would be blind after the next swap. The idle one reports nothing and counts as 0.")
	all := tf.Dig(tf.First(tf.First(p.Attr("target_tracking_scaling_policy_configuration"), "customized_metric_specification")), "metrics")
	m.assertRequests(all, sum, queries)
}

func (m *autoscalingModule) assertRequests(all tf.Expr, sum query, queries []query) {
	it, d := tf.It("query"), tf.It("dimension")
	stat := func(path ...string) tf.Expr { return tf.Dig(tf.Fn("one", tf.Dig(it, "metric_stat")), path...) }
	metric := tf.Fn("one", stat("metric"))
	dimensions := tf.For{Name: "dimension", Collection: tf.Dig(metric, "dimensions"), Key: tf.Dig(d, "name"), Value: tf.Dig(d, "value")}
	isMetric := tf.Binary{Op: ">", Left: tf.Fn("length", tf.Dig(it, "metric_stat")), Right: tf.Int(0)}
	value := tf.Fields(tf.F("dimensions", dimensions), tf.F("name", tf.Dig(metric, "metric_name")), tf.F("returned", tf.Dig(it, "return_data")), tf.F("stat", stat("stat")))
	wanted := make([]tf.Field, 0, len(queries))
	for _, q := range queries {
		wanted = append(wanted, tf.F(q.id, tf.Fields(
			tf.F("dimensions", tf.Inline(tf.F("LoadBalancer", q.of.balancer), tf.F("TargetGroup", q.of.group))),
			tf.F("name", tf.String(q.metric)), tf.F("returned", tf.Bool(false)), tf.F("stat", tf.String(q.stat)))))
	}
	m.Assert("The policy requests_per_target must add the requests of every target group.",
		tf.Equal(tf.Fn("one", tf.For{Name: "query", Collection: all, Value: tf.Dig(it, "expression"), If: tf.Not{Operand: isMetric}}), sum.expression),
		tf.Equal(tf.Fn("jsonencode", tf.For{Name: "query", Collection: all, Key: tf.Dig(it, "id"), Value: value, If: isMetric}), tf.Fn("jsonencode", tf.Fields(wanted...))))
}

// scalingBlock is the query as a scaling policy has it. There every query says whether it is the one that counts: only expressions are.
func (q query) scalingBlock() *tf.Block {
	if q.expression != nil {
		return tf.Nested("metrics", tf.Set("expression", q.expression), tf.Set("id", tf.String(q.id)), tf.Set("label", parts.Named(q.label)), tf.Set("return_data", tf.Bool(true)))
	}
	dimension := func(name string, value tf.Expr) *tf.Block {
		return tf.Nested("dimensions", tf.Set("name", tf.String(name)), tf.Set("value", value))
	}
	return tf.Nested("metrics",
		tf.Set("id", tf.String(q.id)),
		tf.Set("return_data", tf.Bool(false)),
		tf.Nested("metric_stat",
			tf.Set("stat", tf.String(q.stat)),
			tf.Nested("metric",
				tf.Set("metric_name", tf.String(q.metric)),
				tf.Set("namespace", tf.String(q.of.namespace)),
				dimension("LoadBalancer", q.of.balancer),
				dimension("TargetGroup", q.of.group),
			),
		),
	)
}

// callAutoscaling is the root's call. The service's name comes from its module: a service that is not there cannot be scaled.
func (c *configuration) callAutoscaling(child *parts.Child) *tf.Block {
	d, in := c.d, c.d.scaled()
	inputs := append(c.scalingNumbers(),
		tf.Set("cluster_name", parts.ClusterName(d.UseCluster(c.root))),
		tf.Set("service_name", c.service.Attr("name")),
	)
	return c.root.Call(child.Call("autoscaling", inputs...).From(in.Range))
}

// scalingNumbers are the inputs that the root's test compares too.
func (c *configuration) scalingNumbers() []tf.Attr {
	in := c.d.scaled()
	number := func(n int) tf.Expr {
		if n == 0 {
			return nil
		}
		return tf.Int(n)
	}
	inputs := []tf.Attr{
		tf.Set("bounds", tf.Fields(tf.F("max", tf.Int(in.Max.V)), tf.F("min", tf.Int(in.Min.V)))),
		tf.Set("cooldowns", tf.Fields(tf.F("in", parts.Seconds(in.ScaleInCooldown.V)), tf.F("out", parts.Seconds(in.ScaleOutCooldown.V)))),
		tf.Set("cpu", number(in.CPU.V)),
		tf.Set("memory", number(in.Memory.V)),
		tf.Set("requests_per_target", number(in.RequestsPerTarget.V)),
	}
	if in.RequestsPerTarget.V > 0 {
		for _, p := range c.albs() {
			inputs = append(inputs, tf.Set(p.pair.dimensionsName(), p.dimensions()))
		}
	}
	return inputs
}
