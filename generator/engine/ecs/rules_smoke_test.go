package ecs

import (
	"strings"
)

// smoke is a smoke test behind the shift of test traffic, with something more.
func smoke(more string) string {
	return hooksText("name: s, kind: smoke, stages: [POST_TEST_TRAFFIC_SHIFT], requests: [{path: /}]" + more)
}

func asking(request string) string {
	return hooksText("name: s, kind: smoke, stages: [POST_TEST_TRAFFIC_SHIFT], requests: [{" + request + "}]")
}

func metric(expression, metrics string) string {
	return hooksText(`name: m, kind: metric, for: 5m, threshold: 1, stages: [POST_SCALE_UP], expression: "` + expression + `", metrics: {` + metrics + "}")
}

func smokeCases() []ruleCase {
	return []ruleCase{
		{name: "smoke test", add: smoke("")},
		{name: "host of its own", add: smoke(", host: {variable: host}, url: https://internal.example:8443")},
		{name: "another traffic", add: smoke(", traffic: other"), want: []string{"error BG2158 17:97 `other`"}},
		{name: "the same traffic", add: smoke(", traffic: web")},
		{name: "early", add: hooksText("name: s, kind: smoke, requests: [{path: /}], stages: [RECONCILE_SERVICE, PRE_SCALE_UP, POST_SCALE_UP, TEST_TRAFFIC_SHIFT, POST_TEST_TRAFFIC_SHIFT, PRE_PRODUCTION_TRAFFIC_SHIFT, PRODUCTION_TRAFFIC_SHIFT, POST_PRODUCTION_TRAFFIC_SHIFT]"), want: []string{"warning BG2155 17:62 `RECONCILE_SERVICE`", "warning BG2155 17:81 `PRE_SCALE_UP`", "warning BG2155 17:95 `POST_SCALE_UP`", "warning BG2155 17:110 `TEST_TRAFFIC_SHIFT`"}},
		{name: "early through production", add: hooksText("name: s, kind: smoke, through: production, requests: [{path: /}], stages: [PRE_PRODUCTION_TRAFFIC_SHIFT, PRODUCTION_TRAFFIC_SHIFT, POST_PRODUCTION_TRAFFIC_SHIFT]"), want: []string{"warning BG2155 17:83 `PRE_PRODUCTION_TRAFFIC_SHIFT`"}},
		{name: "header of its own", add: asking("path: /, headers: {X-Test: \"1\"}")},
		{name: "header with a wildcard", change: []string{`values: ["1"]`, `values: ["a*"]`}, add: smoke(""), want: []string{"error BG2154 17:14 `s`"}},
		{name: "no test rule", change: []string{rollingFrom()[0], rollingFrom()[1]}, add: hooksText("name: s, kind: smoke, stages: [PRODUCTION_TRAFFIC_SHIFT], requests: [{path: /}]"), want: []string{"error BG2154 16:14 `s` <- 11:3 `web`"}},
		{name: "another listener", change: []string{"test: {priority: 109", "test: {listener_arn: {variable: other}, priority: 109"}, add: smoke(""), want: []string{"error BG2154 17:14 `s`"}},
		{name: "another listener's port", change: []string{"test: {priority: 109", "test: {listener_arn: {lookup: {load_balancer: shared, port: 8443}}, priority: 109"}, add: smoke("")},
		{name: "another header", add: asking("path: /, headers: {X-Test: \"2\"}"), want: []string{"error BG2156 17:83 `/` <- 14:5 `test`"}},
	}
}

func metricCases() []ruleCase {
	return []ruleCase{
		{name: "expression", add: metric("a + b", "a: {metric_name: A}, b: {metric_name: B, target_group: blue}")},
		{name: "unused metric", add: metric("a", "a: {metric_name: A}, b: {metric_name: B}"), want: []string{"error BG2157 17:127 `b` <- 17:91 `\"a\"`"}},
		{name: "unknown id", add: metric("FILL(a, 0) / total2", "a: {metric_name: A}"), want: []string{"error BG2157 17:91 `\"FILL(a, 0) / total2\"`"}},
		{name: "ids in quotes", add: metric("SEARCH('{x,y} error', 'Sum', 60) + a", "a: {metric_name: A}")},
		{name: "functions and keywords", add: metric("IF(a > 1 AND a < 2.5e3, MAX(METRICS()), 0)", "a: {metric_name: A}")},
		{name: "traffic of another key", add: hooksText("name: m, kind: metric, traffic: other, for: 5m, metrics: {a: {metric_name: A}}, expression: a, threshold: 1, stages: [POST_SCALE_UP]"), want: []string{"error BG2158 17:40 `other`"}},
		{name: "watch longer than a stage", add: hooksText("name: a, kind: alarms, alarms: [x], for: 20h, settle: 4h, stages: [POST_SCALE_UP]") + "ignore: [BG2090]\n", want: []string{"error BG2083 17:49 `20h`"}},
		{name: "watch longer than a call", add: hooksText("name: a, kind: alarms, alarms: [x], for: 13m, settle: 2m, stages: [POST_SCALE_UP]") + pin64, want: []string{"error BG2082 17:49 `13m` <- 18:27 `\">= 6.4\"`"}},
		{name: "watch in a call", add: hooksText("name: a, kind: alarms, alarms: [x], for: 5m, stages: [POST_SCALE_UP]") + pin64, want: []string{"warning BG2087 17:49 `5m` <- 18:27 `\">= 6.4\"`"}},
	}
}

func toldCases() []ruleCase {
	return []ruleCase{
		{name: "much", add: asking("path: /, body: " + strings.Repeat("x", 3_300))},
		{name: "too much", add: asking("path: /long, body: " + strings.Repeat("x", 3_400)), want: []string{"error BG2162 17:83 `/long`"}},
		{name: "too much in headers", add: asking("path: /long, headers: {long: " + strings.Repeat("x", 3_400) + "}"), want: []string{"error BG2162 17:83 `/long`"}},
		{name: "too many metrics", add: metric("FIRST(a)", "a: {metric_name: A, dimensions: {Q: "+strings.Repeat("x", 3_500)+"}}"), want: []string{"error BG2162 17:113 `a`"}},
	}
}
