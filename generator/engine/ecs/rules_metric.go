package ecs

import (
	"fmt"
	"regexp"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
)

// metricRules: an expression that CloudWatch can evaluate.
func metricRules(d *deployment) diag.List {
	var out diag.List
	for _, h := range d.hooks {
		if h.kind.Name != hook.Metric {
			continue
		}
		if h.pair < 0 && (h.compares() || parts.Said(h.in.Traffic)) {
			out = append(out, trafficOf(d, h)...)
		}
		out = append(out, d.groupMetricRules(h)...)
		out = append(out, expressionRule(h)...)
		if told := metricBytes(h.in); told > maxTold {
			out = append(out, parts.Found(CodeTooMuchTold, h.in.Metrics[0].Key.Range, fmt.Sprintf("The metrics of %s take %d bytes, more than a function can be told", h.in.Name.V, told),
				"Lambda holds a function's environment to 4 KB. Compare fewer metrics, or use `kind: code`."))
		}
	}
	return out
}

// expressionRule: ids begin with a lower-case letter, functions and keywords of metric math are upper-case.
func expressionRule(h lifecycleHook) diag.List {
	text := regexp.MustCompile(`'[^']*'|"[^"]*"`).ReplaceAllString(h.in.Expression.V, " ")
	used := regexp.MustCompile(`\b[a-z][a-zA-Z0-9_]*\b`).FindAllString(text, -1)
	var out diag.List
	var known []string
	for _, m := range h.in.Metrics {
		known = append(known, m.Key.V)
		if !slices.Contains(used, m.Key.V) {
			out = append(out, parts.Found(CodeExpression, m.Key.Range, "The expression does not use "+m.Key.V,
				"Use it in `expression`, or take the metric out.", h.in.Expression.Range))
		}
	}
	for _, id := range used {
		if !slices.Contains(known, id) {
			out = append(out, parts.Found(CodeExpression, h.in.Expression.Range, "The expression uses "+id+", which is no metric of the hook",
				"Its metrics are "+parts.Names(known)+". CloudWatch's functions are written in capitals: SUM, FILL, IF."))
		}
	}
	return out
}

func metricBytes(in blueprint.Hook) int {
	total := len(in.Expression.V)
	for _, m := range in.Metrics {
		total += len(m.Key.V) + len(m.V.Namespace.V) + len(m.V.MetricName.V) + len(m.V.Stat.V) + len(`"":{"dimensions":{},"metric_name":"","namespace":"","stat":"","target_group":"green"},`)
		for _, p := range m.V.Dimensions {
			total += len(p.Key.V) + len(p.Value.V) + len(`"":"",`)
		}
	}
	return total
}
