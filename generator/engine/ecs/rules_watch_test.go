package ecs

// alarmsText is a deployment of 10 minutes' bake with alarms.
func alarmsText(alarms string) string {
	return "deployment: {bake_time: 10m, alarms: {" + alarms + "}}\n"
}

// scalingText says who owns the count.
const scalingText = "ownership: {desired_count: autoscaling}\n"

// scaling is a change that gives the service an autoscaling, in line 7.
func scaling(keys string) []string {
	return []string{"  task:", "  autoscaling: {" + keys + "}\n  task:"}
}

func ciCases() []ruleCase {
	return []ruleCase{
		{name: "shorter than the deployment", add: "deployment: {ci_limit: 15m}\n", want: []string{"warning BG2170 15:24 `15m`"}},
		{name: "as long as the deployment", add: "deployment: {ci_limit: 16m}\n"},
		{name: "shorter, and nobody waits", add: "deployment: {ci_limit: 15m, wait: false}\n"},
		{name: "shorter than a rolling one", change: rollingFrom(), add: "deployment: {strategy: rolling, ci_limit: 10m}\n", want: []string{"warning BG2170 14:43 `10m`"}},
		{name: "longer than credentials live by default", add: "deployment: {bake_time: 2h, ci_limit: 3h}\n"},
	}
}

func alarmCases() []ruleCase {
	return []ruleCase{
		{name: "none", add: alarmsText("rollback: false"), want: []string{"error BG2171 15:30 `alarms`"}},
		{name: "own", add: alarmsText("traffic: {}")},
		{name: "own without traffic", change: headless(), add: alarmsText("traffic: {}") + "ignore: [BG2025]\n", want: []string{"error BG2172 10:39 `traffic`"}},
		{name: "existing", add: alarmsText("names: [errors]"), want: []string{"notice BG2174 15:46 `[errors]`"}},
		{name: "existing under rolling", change: rollingFrom(), add: "deployment: {strategy: rolling, alarms: {names: {variable: names}}}\n"},
		{name: "existing without traffic", change: headless(), add: alarmsText("names: [errors]") + "ignore: [BG2025]\n"},
		{name: "existing of a kept pair", add: "deployment: {strategy: rolling, keep_pair: true, alarms: {names: [errors]}}\n", want: []string{"notice BG2174 15:66 `[errors]`"}},
		{name: "more datapoints than periods", add: alarmsText("traffic: {datapoints: 3, periods: 2}"), want: []string{"error BG2175 15:61 `3` <- 15:73 `2`"}},
		{name: "as many datapoints as periods", add: alarmsText("traffic: {datapoints: 3, periods: 3}")},
		{name: "as long as the bake", add: alarmsText("traffic: {periods: 10}"), want: []string{"warning BG2173 15:58 `10` <- 15:25 `10m`"}},
		{name: "shorter than the bake", add: alarmsText("traffic: {periods: 9}")},
		{name: "no bake at all is another rule's", add: "deployment: {bake_time: 0m, alarms: {traffic: {}}}\n", want: []string{"warning BG2092 15:25 `0m`"}},
		{name: "bake of a rolling deployment", change: rollingFrom(), add: "deployment: {strategy: rolling, alarms: {traffic: {periods: 60}}}\n"},
		{name: "thresholds of what is not watched", add: alarmsText("traffic: {watch: [latency], error_rate: 1, min_requests: 2, latency_p95_ms: 3, unhealthy_hosts: 4}"), want: []string{"error BG2176 15:79 `1` <- 15:57 `latency`", "error BG2176 15:96 `2` <- 15:57 `latency`", "error BG2176 15:135 `4` <- 15:57 `latency`"}},
		{name: "threshold of the latency alone", add: alarmsText("traffic: {watch: [unhealthy_hosts, error_rate], latency_p95_ms: 3}"), want: []string{"error BG2176 15:103 `3` <- 15:57 `unhealthy_hosts`"}},
		{name: "all thresholds", add: alarmsText("traffic: {error_rate: 1, min_requests: 2, latency_p95_ms: 3, unhealthy_hosts: 4}")},
	}
}

func startingCases() []ruleCase {
	starting := func(grace, alarms string) ruleCase {
		return ruleCase{change: append(rollingFrom(), "  task:", "  health_check_grace_period: "+grace+"\n  desired_count: 3\n  task:"),
			add: "deployment: {strategy: rolling, alarms: {traffic: {" + alarms + "}}}\n"}
	}
	named := func(name string, c ruleCase, want ...string) ruleCase {
		c.name, c.want = name, want
		return c
	}
	return []ruleCase{
		named("starting tasks", starting("121s", "unhealthy_hosts: 3"), "warning BG2185 16:69 `3` <- 7:30 `121s`"),
		named("starting tasks that are too few", starting("121s", "unhealthy_hosts: 4")),
		named("starting tasks within their grace", starting("2m", "")),
		named("starting tasks are not watched", starting("5m", "watch: [error_rate]")),
		{name: "starting tasks of green", change: []string{"  task:", "  health_check_grace_period: 5m\n  task:"}, add: alarmsText("traffic: {}")},
	}
}

func scalingCases() []ruleCase {
	const requests = "max: 9, requests_per_target: 1"
	return []ruleCase{
		{name: "nothing scales", add: scalingText, want: []string{"error BG2177 15:28 `autoscaling`"}},
		{name: "somebody else scales", change: scaling("external: true"), add: scalingText},
		{name: "scaled by requests", change: scaling(requests), add: scalingText},
		{name: "nobody owns the count", change: scaling(requests), want: []string{"error BG2178 7:3 `autoscaling`"}},
		{name: "terraform owns the count", change: scaling("external: true"), add: "ownership: {desired_count: terraform}\n", want: []string{"error BG2178 7:3 `autoscaling` <- 16:28 `terraform`"}},
		{name: "external with numbers", change: scaling("external: true, min: 1, max: 2, cpu: 3, memory: 4, requests_per_target: 5, scale_in_cooldown: 6s, scale_out_cooldown: 7s"), add: scalingText,
			want: []string{"error BG2179 7:38 `1` <- 7:27 `true`", "error BG2179 7:46 `2` <- 7:27 `true`", "error BG2179 7:54 `3` <- 7:27 `true`", "error BG2179 7:65 `4` <- 7:27 `true`", "error BG2179 7:89 `5` <- 7:27 `true`", "error BG2179 7:111 `6s` <- 7:27 `true`", "error BG2179 7:135 `7s` <- 7:27 `true`"}},
		{name: "no bound", change: scaling("requests_per_target: 1"), add: scalingText, want: []string{"error BG2180 7:3 `autoscaling`"}},
		{name: "no policy", change: scaling("max: 9"), add: scalingText, want: []string{"error BG2180 7:3 `autoscaling`"}},
		{name: "bounds the wrong way", change: scaling("min: 10, " + requests), add: scalingText, want: []string{"error BG2181 7:22 `10` <- 7:31 `9`"}},
		{name: "count below", change: scaling("min: 2, " + requests), add: scalingText, want: []string{"error BG2181 7:3 `autoscaling`"}},
		{name: "count above", change: []string{"  task:", "  desired_count: 10\n  autoscaling: {" + requests + "}\n  task:"}, add: scalingText, want: []string{"error BG2181 7:18 `10`"}},
		{name: "count at the bounds", change: []string{"  task:", "  desired_count: 9\n  autoscaling: {min: 9, " + requests + "}\n  task:"}, add: scalingText},
		{name: "by CPU alone", change: scaling("max: 9, cpu: 60"), add: scalingText, want: []string{"warning BG2182 7:30 `60`"}},
		{name: "by memory alone", change: scaling("max: 9, memory: 60"), add: scalingText, want: []string{"warning BG2182 7:33 `60`"}},
		{name: "by CPU and requests", change: scaling("max: 9, cpu: 60, requests_per_target: 5"), add: scalingText},
		{name: "by CPU under rolling", change: append(rollingFrom(), scaling("max: 9, cpu: 60")...), add: rollingText + scalingText},
		{name: "by requests without traffic", change: append(headless(), scaling(requests)...), add: rollingText + scalingText, want: []string{"error BG2183 7:46 `1`"}},
	}
}

func notificationCases() []ruleCase {
	const topic, key = "topic_arn: {variable: topic_arn}", "kms_key_arn: {variable: key_arn}"
	return []ruleCase{
		{name: "key of an existing topic", add: "observability: {notifications: {" + topic + ", " + key + "}}\n", want: []string{"error BG2184 15:80 `{variable: key_arn}` <- 15:44 `{variable: topic_arn}`"}},
		{name: "existing topic", add: "observability: {notifications: {" + topic + "}}\n"},
		{name: "key of an own topic", add: "observability: {notifications: {" + key + "}}\n"},
	}
}
