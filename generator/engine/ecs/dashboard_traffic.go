package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// The colours of lines.
const (
	blueLine  = "#1f77b4"
	greenLine = "#2ca02c"
)

func dashboardAbout(d *deployment) string {
	about := "A CloudWatch dashboard of the service."
	if !d.twoGroups() {
		return about
	}
	if len(d.albs()) > 0 {
		about += " Its first widget is the shift: the requests of both target groups, one line falling to zero while the other rises. Which of them is live changes with every deployment."
	}
	if d.anyNLB() {
		about += "\n\nA Network Load Balancer counts its connections as a whole, not by target group, so that the shift of " + parts.Names(keysOf(d.nlbs())) +
			" is in no metric. The nearest picture is the health of both target groups: one colour appears before the shift, and the other leaves after the bake time."
	}
	return about
}

// traffic shows every key: the pictures of all of them above everything else, the shift of the requests first.
func (m *dashboardModule) traffic() {
	albs, nlbs := m.d.albs(), m.d.nlbs()
	requested, connected := make([]groupMetrics, len(albs)), make([]groupMetrics, len(nlbs))
	for i, p := range albs {
		requested[i] = m.dimensions(p)
		m.requests(p, requested[i])
	}
	for i, p := range nlbs {
		connected[i] = m.dimensions(p)
		m.add(p.key+": tasks behind the load balancer", fullWidth, connected[i].health("Maximum", "Minimum")...)
	}
	for i, p := range albs {
		m.details(p, requested[i])
	}
	// Whether two keys have one load balancer is a value, which a module does not see: each key has its own picture.
	for i, p := range nlbs {
		m.connections(p, connected[i])
	}
}

// dimensions declares those of one key.
func (m *dashboardModule) dimensions(p pair) groupMetrics {
	groups, given := trafficMetrics(m.Child, p)
	m.facts = append(m.facts, given)
	return groups
}

// line is a line of a target group, in its colour.
func (g groupMetric) line(metric, stat, label string) line {
	colour := blueLine
	if g.colour == "green" {
		colour = greenLine
	}
	return line{g.namespace, metric, []tf.Expr{tf.String("LoadBalancer"), g.balancer, tf.String("TargetGroup"), g.group}, label, stat, colour}
}

// whole is a line of the load balancer itself.
func (m groupMetrics) whole(metric, stat, label string) line {
	return line{m.namespace, metric, []tf.Expr{tf.String("LoadBalancer"), m.balancer}, label, stat, ""}
}

// health is that of both colours, by the statistics that the load balancer's kind is read by.
func (m groupMetrics) health(healthy, unhealthy string) []line {
	var out []line
	for _, g := range m.list {
		out = append(out, g.line("HealthyHostCount", healthy, g.colour+" healthy"), g.line("UnHealthyHostCount", unhealthy, g.colour+" unhealthy"))
	}
	return out
}

// requests is the picture: both colours, one falling while the other rises.
func (m *dashboardModule) requests(p pair, groups groupMetrics) {
	var lines []line
	for _, g := range groups.list {
		lines = append(lines, g.line("RequestCount", "Sum", g.colour))
	}
	m.add(p.key+": requests a minute", fullWidth, lines...)
}

func (m *dashboardModule) details(p pair, groups groupMetrics) {
	var times, errors []line
	for _, g := range groups.list {
		times = append(times, g.line("TargetResponseTime", "p95", g.colour+" p95"), g.line("TargetResponseTime", "p99", g.colour+" p99"))
		errors = append(errors, g.line("HTTPCode_Target_5XX_Count", "Sum", g.colour+" 5xx"))
	}
	m.add(p.key+": tasks behind the load balancer", halfWidth, groups.health("Minimum", "Maximum")...)
	m.add(p.key+": response time in seconds", halfWidth, times...)
	m.add(p.key+": errors a minute", halfWidth, append(errors, groups.whole("HTTPCode_ELB_5XX_Count", "Sum", "5xx of the load balancer itself, all its services"))...)
}

// connections and resets are those of the whole load balancer: it counts them for no target group.
func (m *dashboardModule) connections(p pair, groups groupMetrics) {
	m.add(p.key+": connections, all services of the load balancer", halfWidth,
		groups.whole("NewFlowCount", "Sum", "new a minute"),
		groups.whole("ActiveFlowCount", "Average", "open"))
	m.add(p.key+": resets a minute, all services of the load balancer", halfWidth,
		groups.whole("TCP_Target_Reset_Count", "Sum", "by tasks"),
		groups.whole("TCP_ELB_Reset_Count", "Sum", "by the load balancer"))
}
