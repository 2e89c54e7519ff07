package ecs

// listened is a Network Load Balancer's production and test listener with what deployment says, from line 16 on.
func listened(name, deployment string, want ...string) ruleCase {
	return ruleCase{name: name, change: balanced(tcpProduction + tcpTest), add: deployment, want: want}
}

// networkWatchCases: what a Network Load Balancer can be watched by.
func networkWatchCases() []ruleCase {
	graced := func(name, grace, alarms string, want ...string) ruleCase {
		c := listened(name, alarmsText("traffic: {"+alarms+"}"), want...)
		c.change = append(c.change, "  task:", "  health_check_grace_period: "+grace+"\n  desired_count: 3\n  task:")
		return c
	}
	both := balanced(tcpProduction + tcpTest + "  web:\n    alb: {listener_arn: {variable: l}, production: {priority: 1, when: [{host_header: [a.example]}]}, test: {priority: 2, when: [{host_header: [b.example]}]}}\n")
	both[1] = "  wire:" + both[1][len("  web:"):]
	return []ruleCase{
		listened("own alarms", alarmsText("traffic: {}")),
		listened("unhealthy tasks", alarmsText("traffic: {watch: [unhealthy_hosts], unhealthy_hosts: 2}")),
		listened("what it does not know", alarmsText("traffic: {watch: [latency, unhealthy_hosts, error_rate]}"), "error BG2210 16:57 `latency` <- 11:3 `web`", "error BG2210 16:83 `error_rate` <- 11:3 `web`"),
		listened("thresholds of what it does not know", alarmsText("traffic: {error_rate: 1, min_requests: 2, latency_p95_ms: 3, unhealthy_hosts: 4}"), "error BG2210 16:61 `1` <- 11:3 `web`", "error BG2210 16:78 `2` <- 11:3 `web`", "error BG2210 16:97 `3` <- 11:3 `web`"),
		listened("a threshold that is not watched", alarmsText("traffic: {watch: [unhealthy_hosts], error_rate: 1}"), "error BG2176 16:87 `1` <- 16:57 `unhealthy_hosts`"),
		{name: "beside an Application Load Balancer", change: both, add: alarmsText("traffic: {watch: [latency], latency_p95_ms: 3}")},
		graced("starting tasks of green", "121s", "unhealthy_hosts: 3", "warning BG2185 18:66 `3` <- 7:30 `121s`"),
		graced("starting tasks of green within their grace", "2m", ""),
		graced("more than there are", "5m", "unhealthy_hosts: 4"),
		{name: "starting tasks of green are not watched", change: append(both, "  task:", "  health_check_grace_period: 5m\n  task:"), add: alarmsText("traffic: {watch: [latency]}")},
	}
}

func networkMetricCases() []ruleCase {
	return []ruleCase{
		listened("health of the groups", metric("a + b", "a: {metric_name: HealthyHostCount, target_group: green}, b: {metric_name: UnHealthyHostCount, target_group: blue}")),
		listened("the whole load balancer", metric("a", "a: {namespace: AWS/NetworkELB, metric_name: NewFlowCount}")),
		listened("what the application reports", metric("a", "a: {namespace: ledger, metric_name: Errors, target_group: green}")),
		listened("flows of a group", metric("a", "a: {metric_name: NewFlowCount, target_group: green}"), "error BG2211 18:123 `NewFlowCount` <- 11:3 `web`"),
		{name: "flows behind an Application Load Balancer", add: metric("a", "a: {namespace: AWS/NetworkELB, metric_name: HealthyHostCount, target_group: green}"), want: []string{"error BG2211 17:150 `HealthyHostCount` <- 11:3 `web`"}},
		listened("health of an application's", metric("a", "a: {namespace: AWS/ApplicationELB, metric_name: HealthyHostCount, target_group: green}"), "error BG2211 18:154 `HealthyHostCount` <- 11:3 `web`"),
	}
}

func networkSmokeCases() []ruleCase {
	const tls = "      test: {port: 8443, protocol: TLS, certificate_arn: {variable: c}}\n"
	ended := func(name, more string, want ...string) ruleCase {
		return ruleCase{name: name, change: balanced(tcpProduction + tls), add: smoke(more), want: want}
	}
	return []ruleCase{
		ended("host", ", host: a.example"),
		ended("unencrypted", ", host: a.example, url: \"http://a.example:8443\"", "warning BG2212 18:110 `\"http://a.example:8443\"` <- 15:20 `8443`"),
		ended("encrypted", ", host: a.example, url: \"https://a.example:8443\""),
		ended("no host", "", "error BG2154 18:14 `s` <- 11:3 `web`"),
		listened("what is spoken", smoke(", host: a.example"), "error BG2154 18:14 `s` <- 11:3 `web`"),
		listened("url", smoke(", host: a.example, url: \"http://a.example:8443\"")),
		listened("url that is not known", smoke(", host: a.example, url: {variable: url}")),
		listened("port of production", smoke(", host: a.example, url: https://a.example"), "warning BG2212 18:110 `https://a.example` <- 15:20 `8443`"),
		listened("port of HTTP", smoke(", host: a.example, url: http://a.example"), "warning BG2212 18:110 `http://a.example` <- 15:20 `8443`"),
		{name: "HTTP's own port", change: balanced(tcpProduction + "      test: {port: 80}\n"), add: smoke(", host: a.example, url: http://a.example")},
		listened("through production", hooksText("name: s, kind: smoke, through: production, host: a.example, url: https://a.example, stages: [POST_PRODUCTION_TRAFFIC_SHIFT], requests: [{path: /}]")),
		listened("through production, to test", hooksText("name: s, kind: smoke, through: production, host: a.example, url: \"https://a.example:8443\", stages: [POST_PRODUCTION_TRAFFIC_SHIFT], requests: [{path: /}]"), "warning BG2212 18:73 `\"https://a.example:8443\"` <- 14:26 `443`"),
		listened("early", hooksText("name: s, kind: smoke, host: a.example, url: \"http://a.example:8443\", stages: [POST_SCALE_UP], requests: [{path: /}]"), "warning BG2155 18:86 `POST_SCALE_UP`"),
		{name: "no test listener", change: balanced(tcpProduction + "      weighted: true\n"), add: hooksText("name: s, kind: smoke, host: a.example, stages: [POST_PRODUCTION_TRAFFIC_SHIFT], requests: [{path: /}]"), want: []string{"error BG2154 18:14 `s` <- 11:3 `web`"}},
		{name: "no test listener, and a place", change: balanced(tcpProduction + "      weighted: true\n"), add: hooksText("name: s, kind: smoke, host: a.example, url: https://a.example, stages: [POST_PRODUCTION_TRAFFIC_SHIFT], requests: [{path: /}]")},
	}
}
