package ecs

import "strings"

func indexOf(text, part string) int { return strings.Index(text, part) }

// connected is the change that makes other services call it; what is given stands in the keys of traffic, from line 11 on.
func connected(lines ...string) []string {
	return []string{right[indexOf(right, "  web:"):], strings.Join(lines, ""), "port: 9000}", "port: 9000, ports: [9001]}"}
}

func rpc(more string) string {
	return "  rpc: {service_connect: {namespace: {variable: n}" + more + "}}\n"
}

func connectCases() []ruleCase {
	other := func(more string) string {
		return "  second: {port: 9001, service_connect: {namespace: {variable: n}" + more + "}}\n"
	}
	existing := []string{right[indexOf(right, "  task:"):], "  task_definition: {variable: definition}\ntraffic:\n  rpc: {container: app, port: 9000, service_connect: {namespace: {variable: n}}}\n"}
	return []ruleCase{
		{name: "alone", change: connected(rpc(""))},
		{name: "two ports", change: connected(rpc(""), other(""))},
		{name: "rolling", change: connected(rpc("")), add: rollingText},
		{name: "linear", change: connected(rpc("")), add: "deployment: {strategy: linear, linear: {step_percent: 50}}\n"},
		{name: "back to rolling at once", was: "blue_green", change: connected(rpc("")), add: rollingText},
		{name: "to blue_green at once", was: "rolling", change: connected(rpc(""))},
		{name: "keep_pair", change: connected(rpc("")), add: keepText, want: []string{"error BG2020 12:44 `true` <- 12:24 `rolling`"}},
		{name: "test traffic under rolling", change: connected(rpc(", test: {header: {name: a, value: b}}")), add: rollingText, want: []string{"error BG2122 11:53 `test` <- 12:24 `rolling`"}},
		{name: "a test stage", change: connected(rpc("")), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [TEST_TRAFFIC_SHIFT]}]}\n"},
		{name: "a test stage of tcp", change: connected(rpc(", app_protocol: tcp")), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [TEST_TRAFFIC_SHIFT]}]}\n", want: []string{"warning BG2026 12:62 `TEST_TRAFFIC_SHIFT`"}},
		{
			name: "two namespaces", change: connected(rpc(""), "  second: {port: 9001, service_connect: {}}\n"),
			want: []string{"error BG2129 12:24 `service_connect` <- 11:38 `{variable: n}`"},
		},
		{
			name: "requests of tcp", change: connected(rpc(", app_protocol: tcp, test: {header: {name: a, value: b}}, per_request_timeout: 5s, idle_timeout: 5s")),
			want: []string{"error BG2130 11:72 `test` <- 11:67 `tcp`", "error BG2130 11:130 `5s` <- 11:67 `tcp`"},
		},
		{name: "one name of two ports", change: connected(rpc(", port_name: api"), other(", port_name: api, discovery_name: other")), want: []string{"error BG2131 12:3 `second` <- 11:3 `rpc`"}},
		{
			name: "two names of one port", change: connected(rpc(""), "  second: {service_connect: {namespace: {variable: n}}}\n"),
			want: []string{"error BG2131 12:3 `second` <- 11:3 `rpc`"},
		},
		{name: "one port, called twice", change: connected(rpc(""), "  second: {service_connect: {namespace: {variable: n}, port_name: rpc, discovery_name: old}}\n")},
		{name: "an existing definition", change: existing, want: []string{"error BG2132 9:37 `service_connect`"}},
		{name: "one discovery name", change: connected(rpc(""), other(", discovery_name: rpc")), want: []string{"error BG2133 12:3 `second` <- 11:3 `rpc`"}},
		{
			name: "one alias", change: connected(rpc(", client_alias: {port: 80, dns_name: a.b}"), other(", client_alias: {port: 80, dns_name: a.b}")),
			want: []string{"error BG2133 12:103 `a.b` <- 11:88 `a.b`"},
		},
		{name: "two ports of one alias", change: connected(rpc(", client_alias: {port: 80, dns_name: a.b}"), other(", client_alias: {port: 81, dns_name: a.b}"))},
		{name: "a port that is not there", change: connected("  rpc: {port: 9002, service_connect: {namespace: {variable: n}}}\n"), want: []string{"error BG2038 11:15 `9002` <- 9:53 `9000`"}},
		{name: "a port twice", change: []string{"port: 9000}", "port: 9000, ports: [9000]}"}, want: []string{"error BG2059 9:67 `9000` <- 9:53 `9000`"}},
	}
}
