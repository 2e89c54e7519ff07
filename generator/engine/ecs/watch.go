package ecs

import (
	"slices"
	"strings"

	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// watchCalls are the module calls of what watches the service and counts its tasks; nil where there are none.
type watchCalls struct {
	alarms                                []pairAlarms
	dashboard, notifications, autoscaling *tf.Block
}

// pairAlarms are the alarms of one key of traffic.
type pairAlarms struct {
	of   pairCalls
	in   *parts.Child // the module that is called
	call *tf.Block
}

// addAlarms comes before the service, which watches them.
func (c *configuration) addAlarms() {
	d := c.d
	if d.ownAlarms() == nil {
		return
	}
	for _, p := range c.pairs {
		if len(d.watched(p.pair)) == 0 {
			continue
		}
		shape := d.alarmsShape(p.pair)
		child, fresh := c.shaped("alarms", p.pair.id, shape, func(name string) *parts.Child { return d.alarms(name, shape) })
		if fresh {
			c.test(child, "What fails a deployment: over both target groups, and never for missing data.", "alarms", "apply")
		}
		c.watching.alarms = append(c.watching.alarms, pairAlarms{p, child, c.root.Call(d.callAlarms(child, p))})
	}
}

// addWatchers comes after the service: none of them is waited for by it.
func (c *configuration) addWatchers() {
	d := c.d
	if d.notified() != nil {
		child := d.notifications()
		c.children = append(c.children, child)
		c.test(child, "Which events are told, and who may tell them.", "notifications", "apply")
		c.watching.notifications = c.callNotifications(child)
	}
	if d.In.ECS.Observability.Dashboard.V {
		child := d.dashboard()
		c.children = append(c.children, child)
		c.test(child, "What the dashboard shows, the shift of the requests first.", "dashboard", "apply")
		c.watching.dashboard = c.callDashboard(child)
	}
	if d.scaled() != nil {
		child := d.autoscaling()
		c.children = append(c.children, child)
		c.test(child, "Who counts the tasks, and by what.", "autoscaling", "apply")
		c.watching.autoscaling = c.callAutoscaling(child)
	}
}

// regionOf is the provider's; where the pin admits 5.x, which calls the attribute otherwise, the root says it.
func (d *deployment) regionOf(c *parts.Child) tf.Expr {
	if d.RegionAttribute {
		return c.Add(tf.Data("aws_region", "current")).Attr("region")
	}
	return c.Text("region", "Region of the metrics.", parts.Region)
}

// alarmed says that the service watches alarms, own or existing.
func (d *deployment) alarmed() bool {
	in := d.In.ECS.Deployment.Alarms
	return in != nil && (d.ownAlarms() != nil || in.Names.Said())
}

// alarmInputs are the names of all alarms, as the service module takes them.
func (c *configuration) alarmInputs() []tf.Attr {
	if !c.d.alarmed() {
		return nil
	}
	var sets []tf.Expr
	for _, a := range c.watching.alarms {
		sets = append(sets, a.call.Attr("alarm_names"))
	}
	return []tf.Attr{tf.Set("alarm_names", union(c.withExisting(sets)))}
}

// withExisting adds the blueprint's own list.
func (c *configuration) withExisting(sets []tf.Expr) []tf.Expr {
	if in := c.d.In.ECS.Deployment.Alarms; in.Names.Said() {
		sets = append(sets, parts.Use(c.root, parts.Wanted{
			Name: "alarm_names", Key: "deployment.alarms.names", Type: cty.Set(cty.String),
			Description: "Names of existing CloudWatch alarms that fail a deployment; each must watch both target groups.",
			Sample:      parts.Samples("orders-errors", "orders-queue"),
		}, in.Names))
	}
	return sets
}

func union(sets []tf.Expr) tf.Expr {
	if len(sets) == 1 {
		return sets[0]
	}
	return tf.Fn("setunion", sets...)
}

// alarmBlock is what the service is told of its alarms.
func (m *serviceModule) alarmBlock() tf.Item {
	if !m.d.alarmed() {
		return nil
	}
	in := m.d.In.ECS.Deployment.Alarms
	return tf.Nested("alarms",
		tf.Set("alarm_names", m.alarmNames()),
		tf.Set("enable", tf.Bool(true)),
		tf.Set("rollback", tf.Bool(in.Rollback.V)),
	).From(in.Range)
}

func (m *serviceModule) alarmNames() tf.Expr {
	return m.In("alarm_names", "Alarms that fail a deployment.", parts.Samples("orders-web-error-rate", "orders-web-latency"))
}

// describeAlarms gives back what the service watches, and asserts it.
func (m *serviceModule) describeAlarms() {
	if !m.d.alarmed() {
		return
	}
	alarms := func(name string) tf.Expr { return tf.First(m.service.Attr("alarms"), name) }
	m.Output("alarms", "What the service watches while it deploys.", tf.Fields(tf.F("alarm_names", alarms("alarm_names")), tf.F("rollback", alarms("rollback"))))
	m.Assert("The service must watch its alarms, and do what the blueprint says when one goes off.",
		tf.Equal(alarms("alarm_names"), m.alarmNames()),
		alarms("enable"),
		parts.Is(alarms("rollback"), m.d.In.ECS.Deployment.Alarms.Rollback.V))
}

// byKey are fields in the order in which an object is written.
func byKey(fields []tf.Field) []tf.Field {
	slices.SortFunc(fields, func(a, b tf.Field) int { return strings.Compare(a.Key, b.Key) })
	return fields
}

// watchOutputs are the root's promises.
func (c *configuration) watchOutputs() {
	for _, a := range c.watching.alarms {
		p := a.of.pair
		c.root.Output(p.id+"_alarm_names", "Names of the alarms of "+p.key+".", a.call.Attr("alarm_names"))
	}
	if b := c.watching.dashboard; b != nil {
		c.root.Output("dashboard_name", "Name of the CloudWatch dashboard.", b.Attr("dashboard_name"))
	}
	if n := c.watching.notifications; n != nil {
		c.root.Output("notifications_topic_arn", "ARN of the SNS topic that is told of deployments.", n.Attr("arn"))
	}
}
