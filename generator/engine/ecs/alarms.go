package ecs

import (
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// The own alarms, as the blueprint's watch has them.
const (
	errorRate      = "error_rate"
	latency        = "latency"
	unhealthyHosts = "unhealthy_hosts"
)

// period of every datapoint, in seconds: the shortest that load balancers report.
const period = 60

// alarmKinds are the own alarms that a key of traffic can have, in the order of the module. A Network Load Balancer sees connections: it
// knows no errors and no response times.
func (p pair) alarmKinds() []string {
	if p.nlb != nil {
		return []string{unhealthyHosts}
	}
	return []string{errorRate, latency, unhealthyHosts}
}

// ownAlarms are the thresholds of the service's own alarms, nil where it has none.
func (d *deployment) ownAlarms() *blueprint.TrafficAlarms {
	if in := d.In.ECS.Deployment.Alarms; in != nil && len(d.pairs) > 0 {
		return in.Traffic
	}
	return nil
}

// watches says that an alarm is made.
func watches(in *blueprint.TrafficAlarms, kind string) bool {
	return len(in.Watch) == 0 || contains(in.Watch, kind)
}

// watched are the alarms that are made of a key of traffic.
func (d *deployment) watched(p pair) []string {
	return slices.DeleteFunc(p.alarmKinds(), func(kind string) bool { return !watches(d.ownAlarms(), kind) })
}

// alarmName is physical.
func (d *deployment) alarmName(p pair, kind string) string {
	return d.PartName(parts.AlarmName, p.key, alarmWord(kind))
}

// alarmWord is what a name says of the kind.
func alarmWord(kind string) string {
	return map[string]string{errorRate: "error-rate", latency: "latency", unhealthyHosts: "unhealthy-hosts"}[kind]
}

// alarmNames are those of one key of traffic.
func (d *deployment) alarmNames(p pair) []string {
	var out []string
	for _, kind := range d.watched(p) {
		out = append(out, d.alarmName(p, kind))
	}
	return out
}

// alarmsShape is what the module's text depends on.
type alarmsShape struct{ paired, network, errorRate, latency, unhealthyHosts bool }

func (d *deployment) alarmsShape(p pair) alarmsShape {
	made := d.watched(p)
	has := func(kind string) bool { return slices.Contains(made, kind) }
	return alarmsShape{p.paired(), p.nlb != nil, has(errorRate), has(latency), has(unhealthyHosts)}
}

// alarmsModule is modules/alarms in the making.
type alarmsModule struct {
	*parts.Child
	groups     groupMetrics
	evaluation *tf.Block
	names      []tf.Expr
	settings   []tf.Field
}

// alarms is modules/alarms: what must not rise while green takes over, over both groups, because either of them may be live.
func (d *deployment) alarms(name string, s alarmsShape) *parts.Child {
	c := parts.NewChild(name, "Alarms", alarmsAbout(s), d.Versions)
	m := &alarmsModule{Child: c, groups: metricsOf(c, s.paired, s.network)}
	m.evaluation = c.Var("evaluation", "How many datapoints of one minute, of the last periods, must breach.", cty.ObjectVal(map[string]cty.Value{
		"datapoints": cty.NumberIntVal(2), "periods": cty.NumberIntVal(3),
	}))
	if s.errorRate {
		m.errorRate()
	}
	if s.latency {
		m.latency()
	}
	switch {
	case s.unhealthyHosts && s.network:
		m.unhealthyTargets()
	case s.unhealthyHosts:
		m.unhealthyHosts()
	}
	c.Output("alarm_names", "Names of the alarms, for the service.", tf.Fn("toset", tf.ListOf(m.names...)))
	c.Output("settings", "How the alarms were made.", tf.Fields(append(m.settings, tf.F("evaluation", m.evaluation.Attr()), tf.F("metrics_of", m.groups.facts()))...))
	return c
}

func alarmsAbout(s alarmsShape) string {
	about := "Alarms that the service watches while it deploys: an alarm that goes off fails the deployment.\n\n"
	if s.paired {
		about += "Each looks at both target groups, because every deployment swaps which of them is live: an alarm on one would be blind after the next.\n"
	}
	const ignored = "\n\nECS ignores its alarms for a whole deployment when one of them is in ALARM at the start."
	if s.network {
		return about + "What is not reported does not breach: the idle group has no data.\n\n" +
			"A Network Load Balancer counts the healthy and the unhealthy tasks of a target group, and nothing else of it: no errors, no response times, and not which group takes the connections." + ignored
	}
	return about + "What is not reported does not breach: the idle group has no data, and a service without requests no errors." + ignored
}

// setting declares the variable of one alarm: its name and its numbers.
func (m *alarmsModule) setting(kind, what string, numbers map[string]cty.Value) *tf.Block {
	numbers["alarm_name"] = cty.StringVal("orders-web-" + kind)
	return m.Var(kind, what, cty.ObjectVal(numbers))
}

// alarm adds one and asserts what it watches; queries are its metrics and expressions, the first of them is compared.
func (m *alarmsModule) alarm(kind, description string, v *tf.Block, threshold tf.Expr, queries ...query) *tf.Block {
	items := tf.Items{
		tf.Set("alarm_description", tf.String(description)),
		tf.Set("alarm_name", v.Attr("alarm_name")),
		tf.Set("comparison_operator", tf.String("GreaterThanOrEqualToThreshold")),
		tf.Set("datapoints_to_alarm", m.evaluation.Attr("datapoints")),
		tf.Set("evaluation_periods", m.evaluation.Attr("periods")),
		tf.Set("threshold", threshold),
		tf.Set("treat_missing_data", tf.String("notBreaching")),
	}
	for i, q := range queries {
		items = append(items, q.alarmBlock(i == 0))
	}
	a := m.Add(tf.Resource("aws_cloudwatch_metric_alarm", kind, items))
	m.names = append(m.names, a.Attr("alarm_name"))
	m.settings = append(m.settings, tf.F(kind, v.Attr()))
	m.Assert("The alarm "+kind+" must breach at its threshold, as often as it was told, and never for missing data.",
		tf.Equal(a.Attr("alarm_name"), tf.String("orders-web-"+kind)),
		tf.Equal(a.Attr("comparison_operator"), tf.String("GreaterThanOrEqualToThreshold")),
		tf.Equal(a.Attr("datapoints_to_alarm"), tf.Int(2)),
		tf.Equal(a.Attr("evaluation_periods"), tf.Int(3)),
		tf.Equal(a.Attr("threshold"), threshold),
		tf.Equal(a.Attr("treat_missing_data"), tf.String("notBreaching")))
	m.assertQueries("The alarm "+kind+" must watch every target group.", a.Attr("metric_query"), queries)
	return a
}

func (m *alarmsModule) errorRate() {
	v := m.setting(errorRate, "Alarm on the rate of 5xx responses: its name, from how many percent it breaches, and of how many requests a minute on the rate counts.",
		map[string]cty.Value{"min_requests": cty.NumberIntVal(10), "percent": cty.NumberIntVal(5)})
	rate := tf.Join(tf.String("IF(requests >= "), v.Attr("min_requests"), tf.String(", 100 * errors / requests, 0)"))
	queries := append([]query{{id: "rate", label: "5xx responses in percent", expression: rate}},
		m.groups.total("errors", "HTTPCode_Target_5XX_Count", "Sum", "SUM")...)
	queries = append(queries, m.groups.total("requests", "RequestCount", "Sum", "SUM")...)
	m.alarm(errorRate, "Too many 5xx responses of the tasks.", v, v.Attr("percent"), queries...)
}

func (m *alarmsModule) latency() {
	v := m.setting(latency, "Alarm on the p95 of the response time: its name, and from how many milliseconds it breaches.",
		map[string]cty.Value{"milliseconds": cty.NumberIntVal(2000)})
	milliseconds := []query{{id: "milliseconds", label: "p95 of the response time in milliseconds", expression: tf.String("1000 * slowest")}}
	m.alarm(latency, "One response in twenty takes too long.", v, v.Attr("milliseconds"),
		append(milliseconds, m.groups.total("slowest", "TargetResponseTime", "p95", "MAX")...)...)
}

// unhealthyHosts counts in groups that take requests: tasks of green fail their check while they start, and that is no failure yet.
func (m *alarmsModule) unhealthyHosts() {
	v := m.setting(unhealthyHosts, "Alarm on tasks that fail their health check: its name, and from how many on it breaches.",
		map[string]cty.Value{"count": cty.NumberIntVal(1)})
	var serving []string
	var queries []query
	for _, g := range m.groups.list {
		serving = append(serving, "IF(FILL(requests_"+g.colour+", 0) > 0, FILL(unhealthy_"+g.colour+", 0), 0)")
		queries = append(queries, g.query("requests", "RequestCount", "Sum"), g.query("unhealthy", "UnHealthyHostCount", "Maximum"))
	}
	hosts := query{id: "hosts", label: "Unhealthy tasks that get requests", expression: tf.String(joined(" + ", serving))}
	a := m.alarm(unhealthyHosts, "Tasks that get requests fail their health check.", v, v.Attr("count"), append([]query{hosts}, queries...)...)
	if len(m.groups.list) > 1 {
		a.Why("Only where requests go: green's tasks fail their check while they start, and that must not roll a good deployment back.")
	}
}

// unhealthyTargets counts in every group: which of them takes the connections, a Network Load Balancer does not say. Its nodes check each for
// themselves, and AWS recommends the minimum of what they report.
func (m *alarmsModule) unhealthyTargets() {
	v := m.setting(unhealthyHosts, "Alarm on tasks that fail their health check: its name, and from how many on it breaches.",
		map[string]cty.Value{"count": cty.NumberIntVal(1)})
	queries := m.groups.total("unhealthy", "UnHealthyHostCount", "Minimum", "SUM")
	queries[0].label = "Unhealthy tasks"
	a := m.alarm(unhealthyHosts, "Tasks fail their health check.", v, v.Attr("count"), queries...)
	if len(m.groups.list) > 1 {
		a.Why("Both groups, always: which of them takes the connections is in no metric. Green's tasks count while they start, too.")
	}
}

// callAlarms is the root's call for one key of traffic.
func (d *deployment) callAlarms(c *parts.Child, p pairCalls) *tf.Block {
	in := d.ownAlarms()
	inputs := append(p.metricInputs(), tf.Set("evaluation", evaluationOf(in)))
	for _, kind := range d.watched(p.pair) {
		inputs = append(inputs, tf.Set(kind, d.alarmSetting(in, p.pair, kind)))
	}
	return c.Call("alarms_"+p.pair.id, inputs...).From(d.In.ECS.Deployment.Alarms.Range)
}

func evaluationOf(in *blueprint.TrafficAlarms) tf.Expr {
	return tf.Fields(tf.F("datapoints", tf.Int(in.Datapoints.V)), tf.F("periods", tf.Int(in.Periods.V)))
}

func (d *deployment) alarmSetting(in *blueprint.TrafficAlarms, p pair, kind string) tf.Expr {
	name := tf.F("alarm_name", tf.String(d.alarmName(p, kind)))
	switch kind {
	case errorRate:
		return tf.Fields(name, tf.F("min_requests", tf.Int(in.MinRequests.V)), tf.F("percent", tf.Int(in.ErrorRate.V)))
	case latency:
		return tf.Fields(name, tf.F("milliseconds", tf.Int(in.LatencyP95MS.V)))
	default:
		return tf.Fields(name, tf.F("count", tf.Int(in.UnhealthyHosts.V)))
	}
}
