package ecs

func trafficCases() []ruleCase {
	const app = "{name: app, image: {variable: image}, port: 9000}"
	return append([]ruleCase{
		{name: "container that is not there", change: []string{"web: {alb", "web: {container: ap, alb"}, want: []string{"error BG2037 11:20 `ap` <- 7:3 `task`"}},
		{name: "container that is there", change: []string{"web: {alb", "web: {container: app, port: 9000, alb"}},
		{name: "other port", change: []string{"web: {alb", "web: {port: 9001, alb"}, want: []string{"error BG2038 11:15 `9001` <- 9:53 `9000`"}},
		{name: "container without a port", change: []string{", port: 9000", ""}, want: []string{"error BG2038 9:16 `app` <- 11:3 `web`"}},
		{name: "which container", change: []string{app, app + "\n      - {name: log, image: {variable: log_image}}"}, want: []string{"error BG2039 12:3 `web`"}},
		{name: "this container", change: []string{app, app + "\n      - {name: log, image: {variable: log_image}}", "web: {alb", "web: {container: app, alb"}},
		{
			name: "existing task definition without a port", want: []string{"error BG2039 9:3 `web`"},
			change: []string{"task:\n    containers:\n      - " + app, "task_definition: {variable: task}", "web: {alb", "web: {container: app, alb"},
		},
		{name: "existing task definition", change: []string{"task:\n    containers:\n      - " + app, "task_definition: {variable: task}", "web: {alb", "web: {container: app, port: 1, alb"}},
		{name: "keys that are one identifier", change: []string{"  web: {alb", secondKey("we_b", "1", "b.example") + secondKey("we-b", "2", "c.example") + "  web: {alb"}, want: []string{"error BG2042 11:3 `we_b` <- 12:3 `we-b`"}},
		{name: "keys that differ", change: []string{"  web: {alb", secondKey("we_b", "1", "b.example") + "  web: {alb"}},
	}, conditionCases()...)
}

// secondKey is a further key of traffic on the same listener.
func secondKey(name, priority, host string) string {
	return "  " + name + ": {alb: {listener_arn: {variable: listener_arn}, production: {priority: " + priority + ", when: [{host_header: [" + host + "]}]}}}\n"
}

func conditionCases() []ruleCase {
	const host = "production: {priority: 110, when: [{host_header: [a.example]}]}"
	when := func(conditions string) []string {
		return []string{host, "production: {priority: 110, when: [" + conditions + "]}"}
	}
	group := func(settings string) []string {
		return []string{host, "target_group: {" + settings + "},\n    " + host}
	}
	return []ruleCase{
		{name: "kind twice", change: when("{host_header: [a.example]}, {host_header: [b.example]}"), want: []string{"error BG2034 13:68 `{host_header: [b.example]}` <- 13:40 `{host_header: [a.example]}`"}},
		{name: "headers twice", change: when("{http_header: {name: x-a, values: [a]}}, {http_header: {name: x-b, values: [b]}}")},
		{name: "queries twice", change: when("{query_string: [{value: a}]}, {query_string: [{value: b}]}")},
		{name: "six values", change: when("{host_header: [a.example, b.example, c.example]}, {path_pattern: [/a, /b, /c]}"), want: []string{"error BG2035 13:114 `/c`"}},
		{name: "five values", change: when("{host_header: [a.example, b.example, c.example]}, {path_pattern: [/a, /b]}")},
		{name: "six wildcards", change: when("{path_pattern: [\"/*/*/*/a\", \"/*/*/?\"]}"), want: []string{"error BG2035 13:68 `\"/*/*/?\"`"}},
		{name: "five wildcards", change: when("{path_pattern: [\"/*/*/*/a\", \"/*/?\"]}")},
		{name: "six values of the test rule", change: []string{"values: [\"1\"]", "values: [\"1\", \"2\", \"3\", \"4\", \"5\"]"}, want: []string{"error BG2035 14:120 `\"5\"`"}},
		{name: "timeout as long as the interval", change: group("health_check: {timeout: 15s}"), want: []string{"error BG2040 13:44 `15s` <- 13:20 `health_check`"}},
		{name: "timeout longer than the interval", change: group("health_check: {interval: 5s, timeout: 6s}"), want: []string{"error BG2040 13:58 `6s` <- 13:45 `5s`"}},
		{name: "interval as short as the default timeout", change: group("health_check: {interval: 5s}"), want: []string{"error BG2040 13:20 `health_check` <- 13:45 `5s`"}},
		{name: "timeout shorter than the interval", change: group("health_check: {interval: 6s}")},
		{name: "code of gRPC under HTTP", change: group("health_check: {matcher: 0-99}"), want: []string{"error BG2041 13:44 `0-99`"}},
		{name: "code of HTTP under gRPC", change: group("protocol_version: GRPC, health_check: {matcher: 200-299}"), want: []string{"error BG2041 13:68 `200-299` <- 13:38 `GRPC`"}},
		{name: "codes of HTTP", change: group("health_check: {matcher: \"200-299,404\"}")},
		{name: "codes of gRPC", change: group("protocol_version: GRPC, health_check: {matcher: 0-99}")},
		{name: "default code of gRPC", change: group("protocol_version: GRPC")},
	}
}
