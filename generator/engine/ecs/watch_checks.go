package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// watchFacts compare alarms, dashboard, notifications and autoscaling with the blueprint. What the target groups' metrics are called is not
// known in a plan: the wiring run has that.
func (c *configuration) watchFacts(out *parts.Facts) {
	d := c.d
	for _, a := range c.watching.alarms {
		in, p := d.ownAlarms(), a.of.pair
		conditions := []tf.Expr{tf.Equal(a.call.Attr("settings", "evaluation"), evaluationOf(in))}
		for _, kind := range d.watched(p) {
			conditions = append(conditions, tf.Equal(a.call.Attr("settings", kind), d.alarmSetting(in, p, kind)))
		}
		conditions = append(conditions, tf.Equal(a.call.Attr("alarm_names"), tf.Fn("toset", tf.Strings(d.alarmNames(p)...))))
		*out = append(*out, parts.Assert{Conditions: conditions, Message: tf.String("The alarms of " + p.key + " must be as the blueprint has them.")})
	}
	if d.alarmed() {
		out.Shows("The service must watch its alarms", c.service.Attr("alarms"), c.alarmsWanted())
	}
	c.namesWanted(out)
	if call := c.watching.autoscaling; call != nil {
		var conditions []tf.Expr
		for _, in := range c.scalingNumbers() {
			if in.Value != nil && in.Name[0] != 't' { // traffic's dimensions are for the wiring run
				conditions = append(conditions, tf.Equal(call.Attr("settings", in.Name), in.Value))
			}
		}
		conditions = append(conditions,
			tf.Equal(call.Attr("settings", "cluster_name"), parts.ClusterName(d.UseCluster(c.root))),
			tf.Equal(call.Attr("service_name"), tf.String(d.Name)))
		*out = append(*out, parts.Assert{Conditions: conditions, Message: tf.String("The service must be scaled as the blueprint says.")})
	}
}

func (c *configuration) alarmsWanted() tf.Expr {
	var sets []tf.Expr
	var own []string
	for _, a := range c.watching.alarms {
		own = append(own, c.d.alarmNames(a.of.pair)...)
	}
	if len(own) > 0 {
		sets = append(sets, tf.Strings(own...))
	}
	return tf.Fields(
		tf.F("alarm_names", tf.Fn("toset", union(c.withExisting(sets)))),
		tf.F("rollback", tf.Bool(c.d.In.ECS.Deployment.Alarms.Rollback.V)),
	)
}

// namesWanted are the dashboard's and the topic's names, and what both look at.
func (c *configuration) namesWanted(out *parts.Facts) {
	d := c.d
	if call := c.watching.dashboard; call != nil {
		name := d.dashboardName()
		out.Promised("dashboard_name", name, "The dashboard must be called "+name+".")
		*out = append(*out, parts.Assert{Message: tf.String("The dashboard must look at this service."), Conditions: []tf.Expr{
			tf.Equal(call.Attr("looks_at", "cluster_name"), parts.ClusterName(d.UseCluster(c.root))),
			tf.Equal(call.Attr("looks_at", "service_name"), tf.String(d.Name)),
		}})
	}
	call, in := c.watching.notifications, d.notified()
	if call == nil {
		return
	}
	fields := []tf.Field{
		tf.F("cluster_arn", d.UseCluster(c.root)),
		tf.F("rule_name", tf.String(d.PartName(parts.EventRuleName, "deployments"))),
		tf.F("service_name", tf.String(d.Name)),
	}
	if len(in.Events) > 0 {
		fields = append(fields, tf.F("events", tf.Fn("tolist", tf.Strings(parts.Texts(in.Events)...))))
	}
	out.Shows("The rule must hear this service", call.Attr("hears"), tf.Fields(byKey(fields)...))
	if in.TopicARN.Said() {
		out.Is("The given topic must be told.", tf.Dig(tf.Keyword("output"), "notifications_topic_arn"), d.useTopic(c.root, in))
		return
	}
	out.Is("The topic must have the service's name.", call.Attr("name"), tf.String(d.PartName(parts.TopicName, "deployments")))
}

// watchWiring looks where the target groups' and the hooks' names arrive, in a run that gives each one of its own.
func (c *configuration) watchWiring() []parts.Assert {
	var out []parts.Assert
	same := func(message string, conditions ...tf.Expr) {
		out = append(out, parts.Assert{Conditions: conditions, Message: tf.String(message)})
	}
	for _, a := range c.watching.alarms {
		p := a.of
		fields := []tf.Field{tf.F("load_balancer", parts.LoadBalancerSuffix(p.balancer))}
		for _, colour := range p.colours() {
			fields = append(fields, tf.F(colour, p.groups.Attr(colour+"_arn_suffix")))
		}
		same("The alarms of "+p.pair.key+" must watch its target groups, each in its place.", tf.Equal(a.call.Attr("settings", "metrics_of"), tf.Fields(byKey(fields)...)))
	}
	for _, p := range c.pairs {
		name, wanted := p.pair.dimensionsName(), p.dimensions()
		if call := c.watching.dashboard; call != nil {
			same("The dashboard must show the target groups of "+p.pair.key+", each in its colour.", tf.Equal(call.Attr("looks_at", name), wanted))
		}
		if call := c.watching.autoscaling; call != nil && p.pair.alb != nil && c.d.scaled().RequestsPerTarget.V > 0 {
			same("Autoscaling must count the requests of both target groups of "+p.pair.key+".", tf.Equal(call.Attr("settings", name), wanted))
		}
	}
	if call := c.watching.dashboard; call != nil {
		for i, h := range c.d.hooks {
			if h.pause {
				continue
			}
			same("The dashboard must show the hook "+h.in.Name.V+".", tf.Equal(call.Attr("looks_at", h.id+"_function_name"), c.hooks[i].Attr("function_name")))
		}
	}
	return out
}
