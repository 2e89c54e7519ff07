package ecs

import (
	"slices"
	"strings"

	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// The namespaces of the load balancers' metrics. A Network Load Balancer says of a target group how many of its tasks are healthy and how
// many are not; flows, resets and bytes it counts as a whole (AWS, CloudWatch metrics for your Network Load Balancer).
const (
	applicationBalancing = "AWS/ApplicationELB"
	networkBalancing     = "AWS/NetworkELB"
)

// namespace of the metrics of a key of traffic.
func (p pair) namespace() string {
	if p.nlb != nil {
		return networkBalancing
	}
	return applicationBalancing
}

// groupMetrics are the target groups of one key of traffic as metrics name them.
type groupMetrics struct {
	namespace string
	balancer  tf.Expr
	list      []groupMetric
}

type groupMetric struct {
	namespace, colour string
	group, balancer   tf.Expr
}

func (m *groupMetrics) add(colour string, group tf.Expr) {
	m.list = append(m.list, groupMetric{namespace: m.namespace, colour: colour, balancer: m.balancer, group: group})
}

// Dimensions that the modules' own tests give.
const (
	sampleSuffix        = "app/shared/1"
	sampleNetworkSuffix = "net/shared/1"
	sampleGroupSuffix   = "targetgroup/orders-"
)

// metricsOf declares the dimensions of a module that looks at one key of traffic.
func metricsOf(c *parts.Child, paired, network bool) groupMetrics {
	m, sample := groupMetrics{namespace: applicationBalancing}, sampleSuffix
	if network {
		m.namespace, sample = networkBalancing, sampleNetworkSuffix
	}
	m.balancer = c.Text("load_balancer_arn_suffix", "Dimension LoadBalancer of the metrics.", sample)
	for _, colour := range coloursOf(paired) {
		suffix := sampleGroupSuffix + colour + "/1"
		m.add(colour, c.Text(colour+"_target_group_arn_suffix", "Dimension TargetGroup of the "+colour+" target group's metrics.", suffix))
	}
	return m
}

// trafficMetrics declares the dimensions of one key of traffic as an object of its own, for a module that looks at several keys.
func trafficMetrics(c *parts.Child, p pair) (groupMetrics, tf.Field) {
	kind := "app/"
	if p.nlb != nil {
		kind = "net/"
	}
	fields := map[string]cty.Value{"load_balancer_arn_suffix": cty.StringVal(kind + p.id + "/1")}
	for _, colour := range coloursOf(p.paired()) {
		fields[colour+"_target_group_arn_suffix"] = cty.StringVal(sampleGroupSuffix + p.id + "-" + colour + "/1")
	}
	v := c.Var(p.dimensionsName(), "Dimensions of the metrics of the traffic "+p.key+".", cty.ObjectVal(fields))
	m := groupMetrics{namespace: p.namespace(), balancer: v.Attr("load_balancer_arn_suffix")}
	for _, colour := range coloursOf(p.paired()) {
		m.add(colour, v.Attr(colour+"_target_group_arn_suffix"))
	}
	return m, tf.F(p.dimensionsName(), v.Attr())
}

// dimensionsName is the variable that trafficMetrics declares.
func (p pair) dimensionsName() string { return "traffic_" + p.id }

func coloursOf(paired bool) []string {
	if paired {
		return []string{"blue", "green"}
	}
	return []string{"blue"}
}

// facts are the dimensions as they arrived.
func (m groupMetrics) facts() tf.Expr {
	fields := make([]tf.Field, 0, len(m.list)+1)
	for _, g := range m.list {
		fields = append(fields, tf.F(g.colour, g.group))
	}
	return tf.Fields(append(fields, tf.F("load_balancer", m.balancer))...)
}

// query is one row of metric math: an expression, or a metric of a target group.
type query struct {
	id, label  string
	expression tf.Expr // nil for a metric
	metric     string
	stat       string
	of         groupMetric
}

// query is the metric of one group, called <what>_<colour>.
func (g groupMetric) query(what, metric, stat string) query {
	return query{id: what + "_" + g.colour, metric: metric, stat: stat, of: g}
}

// total is an expression over every group, and the metrics in it. The idle group reports nothing: that counts as 0.
func (m groupMetrics) total(id, metric, stat, function string) []query {
	queries := make([]query, 0, len(m.list))
	var filled []string
	for _, g := range m.list {
		q := g.query(id, metric, stat)
		queries = append(queries, q)
		filled = append(filled, "FILL("+q.id+", 0)")
	}
	return append([]query{{id: id, expression: tf.String(function + "([" + joined(", ", filled) + "])")}}, queries...)
}

func joined(by string, words []string) string { return strings.Join(words, by) }

// alarmBlock is the query as an alarm has it.
func (q query) alarmBlock(compared bool) *tf.Block {
	if q.expression != nil {
		return tf.Nested("metric_query",
			tf.Set("expression", q.expression),
			tf.Set("id", tf.String(q.id)),
			tf.Set("label", parts.Named(q.label)),
			tf.When(compared, tf.Set("return_data", tf.Bool(true))),
		)
	}
	return tf.Nested("metric_query",
		tf.Set("id", tf.String(q.id)),
		tf.Nested("metric",
			tf.Set("dimensions", tf.Fields(tf.F("LoadBalancer", q.of.balancer), tf.F("TargetGroup", q.of.group))),
			tf.Set("metric_name", tf.String(q.metric)),
			tf.Set("namespace", tf.String(q.of.namespace)),
			tf.Set("period", tf.Int(period)),
			tf.Set("stat", tf.String(q.stat)),
		),
	)
}

// assertQueries compares every expression, and every metric with its dimensions: one that looked at a single colour would be blind after
// the next swap.
func (m *alarmsModule) assertQueries(message string, all tf.Expr, queries []query) {
	var expressions, metrics []tf.Field
	for _, q := range queries {
		if q.expression != nil {
			expressions = append(expressions, tf.F(q.id, q.expression))
			continue
		}
		metrics = append(metrics, tf.F(q.id, tf.Join(tf.String(q.of.namespace+" "+q.metric+" "+q.stat+" 60 "), q.of.balancer, tf.String(" "), q.of.group)))
	}
	it := tf.It("query")
	isMetric := tf.Binary{Op: ">", Left: tf.Fn("length", tf.Dig(it, "metric")), Right: tf.Int(0)}
	one := func(name string) tf.Expr { return tf.Dig(tf.Fn("one", tf.Dig(it, "metric")), name) }
	told := tf.Fn("join", tf.String(" "), tf.ListOf(one("namespace"), one("metric_name"), one("stat"), one("period"),
		tf.Dig(one("dimensions"), "LoadBalancer"), tf.Dig(one("dimensions"), "TargetGroup")))
	m.Assert(message,
		tf.Equal(tf.For{Name: "query", Collection: all, Key: tf.Dig(it, "id"), Value: tf.Dig(it, "expression"), If: tf.Not{Operand: isMetric}}, tf.Fields(expressions...)),
		tf.Equal(tf.For{Name: "query", Collection: all, Key: tf.Dig(it, "id"), Value: told, If: isMetric}, tf.Fields(metrics...)),
		tf.Equal(tf.For{Name: "query", Collection: all, Value: tf.Dig(it, "id"), If: tf.Fn("coalesce", tf.Dig(it, "return_data"), tf.Bool(false))}, tf.Strings(queries[0].id)))
}

// albs are the calls of the keys behind an Application Load Balancer: only it counts requests.
func (c *configuration) albs() []pairCalls {
	return slices.DeleteFunc(slices.Clone(c.pairs), func(p pairCalls) bool { return p.pair.alb == nil })
}

// metricInputs are the dimensions of one key of traffic, as the root knows them.
func (p pairCalls) metricInputs() []tf.Attr {
	inputs := []tf.Attr{tf.Set("load_balancer_arn_suffix", parts.LoadBalancerSuffix(p.balancer))}
	for _, colour := range p.colours() {
		inputs = append(inputs, tf.Set(colour+"_target_group_arn_suffix", p.groups.Attr(colour+"_arn_suffix")))
	}
	return inputs
}

// dimensions are metricInputs as one object.
func (p pairCalls) dimensions() tf.Expr {
	var fields []tf.Field
	for _, in := range p.metricInputs() {
		fields = append(fields, tf.F(in.Name, in.Value))
	}
	return tf.Fields(byKey(fields)...)
}
