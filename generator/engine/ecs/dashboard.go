package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// widgetHeight and the full width are in the dashboard's grid of 24 columns.
const (
	fullWidth    = 24
	halfWidth    = 12
	widgetHeight = 6
)

// dashboardModule is modules/dashboard in the making.
type dashboardModule struct {
	*parts.Child
	d       *deployment
	region  tf.Expr
	widgets []tf.Expr
	facts   []tf.Field
	x, y    int
}

// dashboard is modules/dashboard: what a deployment looks like, the shift of the requests first.
func (d *deployment) dashboard() *parts.Child {
	c := parts.NewChild("dashboard", "Dashboard", dashboardAbout(d), d.Versions)
	m := &dashboardModule{Child: c, d: d, region: d.regionOf(c)}
	m.traffic()
	m.tasks()
	m.hooks()
	name := c.Text("dashboard_name", "Name of the dashboard.", "orders")
	board := c.Add(tf.Resource("aws_cloudwatch_dashboard", "this",
		tf.Set("dashboard_body", tf.Fn("jsonencode", tf.Fields(tf.F("widgets", tf.LinesOf(m.widgets...))))),
		tf.Set("dashboard_name", name),
	))
	c.Output("dashboard_name", "Name of the dashboard.", board.Attr("dashboard_name"))
	c.Output("looks_at", "What the dashboard shows.", tf.Fields(m.facts...))
	m.assert(board)
	return c
}

// line is one metric of a widget.
type line struct {
	namespace, metric string
	dimensions        []tf.Expr
	label, stat       string
	colour            string
}

func (l line) expr() tf.Expr {
	style := []tf.Field{tf.F("label", tf.String(l.label)), tf.F("stat", tf.String(l.stat))}
	if l.colour != "" {
		style = append([]tf.Field{tf.F("color", tf.String(l.colour))}, style...)
	}
	items := append([]tf.Expr{tf.String(l.namespace), tf.String(l.metric)}, l.dimensions...)
	return tf.ListOf(append(items, tf.Inline(style...))...)
}

// add puts a widget behind the last one, in rows of the full width.
func (m *dashboardModule) add(title string, width int, lines ...line) {
	if m.x+width > fullWidth {
		m.x, m.y = 0, m.y+widgetHeight
	}
	metrics := make([]tf.Expr, 0, len(lines))
	for _, l := range lines {
		metrics = append(metrics, l.expr())
	}
	m.widgets = append(m.widgets, tf.Fields(
		tf.F("type", tf.String("metric")),
		tf.F("x", tf.Int(m.x)),
		tf.F("y", tf.Int(m.y)),
		tf.F("width", tf.Int(width)),
		tf.F("height", tf.Int(widgetHeight)),
		tf.F("properties", tf.Fields(
			tf.F("title", tf.String(title)),
			tf.F("region", m.region),
			tf.F("period", tf.Int(period)),
			tf.F("view", tf.String("timeSeries")),
			tf.F("yAxis", tf.Inline(tf.F("left", tf.Inline(tf.F("min", tf.Int(0)))))),
			tf.F("metrics", tf.LinesOf(metrics...)),
		)),
	))
	m.x += width
}

// tasks: CPU and memory of the service; while green stands beside blue the averages are over both.
func (m *dashboardModule) tasks() {
	cluster, service := m.Text("cluster_name", "Cluster that runs the service.", "commerce"), m.Text("service_name", "Name of the service.", "orders")
	dimensions := []tf.Expr{tf.String("ClusterName"), cluster, tf.String("ServiceName"), service}
	m.facts = append(m.facts, tf.F("cluster_name", cluster), tf.F("service_name", service))
	m.add("CPU and memory in percent, average of all tasks", halfWidth,
		line{"AWS/ECS", "CPUUtilization", dimensions, "CPU", "Average", ""},
		line{"AWS/ECS", "MemoryUtilization", dimensions, "memory", "Average", ""})
}

// hooks: how long their functions took, and whether they failed.
func (m *dashboardModule) hooks() {
	var times, errors []line
	for _, h := range m.d.functions() {
		name := m.Text(h.id+"_function_name", "Function of the hook "+h.in.Name.V+".", "orders-"+h.in.Name.V)
		dimension := []tf.Expr{tf.String("FunctionName"), name}
		m.facts = append(m.facts, tf.F(h.id+"_function_name", name))
		times = append(times, line{"AWS/Lambda", "Duration", dimension, h.in.Name.V, "Maximum", ""})
		errors = append(errors, line{"AWS/Lambda", "Errors", dimension, h.in.Name.V, "Sum", ""})
	}
	if len(times) == 0 {
		return
	}
	m.add("Hooks: longest call in milliseconds", halfWidth, times...)
	m.add("Hooks: calls that failed", halfWidth, errors...)
}

// assert compares what the dashboard shows as CloudWatch reads it.
func (m *dashboardModule) assert(board *tf.Block) {
	widgets := tf.Dig(tf.Fn("jsondecode", board.Attr("dashboard_body")), "widgets")
	for i, w := range m.widgets {
		title := w.(tf.Object).Fields[5].Value.(tf.Object).Fields[0].Value
		metrics := w.(tf.Object).Fields[5].Value.(tf.Object).Fields[5].Value
		properties := tf.Dig(tf.Index{Collection: widgets, Key: tf.Int(i)}, "properties")
		m.Assert("Widget "+title.(tf.Lit).Value.AsString()+" must show its metrics.",
			tf.Equal(tf.Dig(properties, "title"), title),
			tf.Equal(tf.Fn("jsonencode", tf.Dig(properties, "metrics")), tf.Fn("jsonencode", metrics)))
	}
}

// dashboardName is the service's.
func (d *deployment) dashboardName() string {
	return parts.Name(parts.DashboardName, d.In.Name.V, d.In.Environment.V)
}

// callDashboard is the root's call.
func (c *configuration) callDashboard(child *parts.Child) *tf.Block {
	d := c.d
	inputs := []tf.Attr{
		tf.Set("cluster_name", parts.ClusterName(d.UseCluster(c.root))),
		tf.Set("dashboard_name", tf.String(d.dashboardName())),
		tf.Set("service_name", tf.String(d.Name)),
	}
	if !d.RegionAttribute {
		inputs = append(inputs, tf.Set("region", c.provider))
	}
	for _, p := range c.pairs {
		inputs = append(inputs, tf.Set(p.pair.dimensionsName(), p.dimensions()))
	}
	for i, h := range d.hooks {
		if h.pause {
			continue
		}
		inputs = append(inputs, tf.Set(h.id+"_function_name", c.hooks[i].Attr("function_name")))
	}
	return c.root.Call(child.Call("dashboard", inputs...).From(d.In.ECS.Observability.Range))
}
