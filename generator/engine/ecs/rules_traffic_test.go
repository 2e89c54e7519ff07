package ecs

func trafficCases() []ruleCase {
	const app = "{name: app, image: {variable: image}, port: 9000}"
	return append([]ruleCase{
		{name: "container that is not there", change: []string{"web: {alb", "web: {container: ap, alb"}, want: []string{"11:20-11:22 error BG2037 <- 7:3-7:7"}},
		{name: "container that is there", change: []string{"web: {alb", "web: {container: app, port: 9000, alb"}},
		{name: "other port", change: []string{"web: {alb", "web: {port: 9001, alb"}, want: []string{"11:15-11:19 error BG2038 <- 9:53-9:57"}},
		{name: "container without a port", change: []string{", port: 9000", ""}, want: []string{"9:16-9:19 error BG2038 <- 11:3-11:6"}},
		{name: "which container", change: []string{app, app + "\n      - {name: log, image: {variable: log_image}}"}, want: []string{"12:3-12:6 error BG2039"}},
		{name: "this container", change: []string{app, app + "\n      - {name: log, image: {variable: log_image}}", "web: {alb", "web: {container: app, alb"}},
		{
			name: "existing task definition without a port", want: []string{"8:3-8:6 error BG2039"},
			change: []string{"task:\n    containers:\n      - " + app, "task_definition: {variable: task}", "web: {alb", "web: {container: app, alb"},
		},
		{name: "existing task definition", change: []string{"task:\n    containers:\n      - " + app, "task_definition: {variable: task}", "web: {alb", "web: {container: app, port: 1, alb"}},
		{name: "keys that are one identifier", change: []string{"  web: {alb", secondKey("we_b", "1", "b.example") + secondKey("we-b", "2", "c.example") + "  web: {alb"}, want: []string{"12:3-12:7 error BG2042 <- 11:3-11:7"}},
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
		{name: "kind twice", change: when("{host_header: [a.example]}, {host_header: [b.example]}"), want: []string{"13:67-13:93 error BG2034 <- 13:39-13:65"}},
		{name: "headers twice", change: when("{http_header: {name: x-a, values: [a]}}, {http_header: {name: x-b, values: [b]}}")},
		{name: "queries twice", change: when("{query_string: [{value: a}]}, {query_string: [{value: b}]}")},
		{name: "six values", change: when("{host_header: [a.example, b.example, c.example]}, {path_pattern: [/a, /b, /c]}"), want: []string{"13:112-13:114 error BG2035"}},
		{name: "five values", change: when("{host_header: [a.example, b.example, c.example]}, {path_pattern: [/a, /b]}")},
		{name: "six wildcards", change: when("{path_pattern: [\"/*/*/*/a\", \"/*/*/?\"]}"), want: []string{"13:67-13:75 error BG2035"}},
		{name: "five wildcards", change: when("{path_pattern: [\"/*/*/*/a\", \"/*/?\"]}")},
		{name: "six values of the test rule", change: []string{"values: [\"1\"]", "values: [\"1\", \"2\", \"3\", \"4\", \"5\"]"}, want: []string{"14:119-14:122 error BG2035"}},
		{name: "timeout as long as the interval", change: group("health_check: {timeout: 15s}"), want: []string{"13:43-13:46 error BG2040 <- 13:20-13:32"}},
		{name: "timeout longer than the interval", change: group("health_check: {interval: 5s, timeout: 6s}"), want: []string{"13:57-13:59 error BG2040 <- 13:44-13:46"}},
		{name: "interval as short as the default timeout", change: group("health_check: {interval: 5s}"), want: []string{"13:20-13:32 error BG2040 <- 13:44-13:46"}},
		{name: "timeout shorter than the interval", change: group("health_check: {interval: 6s}")},
		{name: "code of gRPC under HTTP", change: group("health_check: {matcher: 0-99}"), want: []string{"13:43-13:47 error BG2041 <- 13:5-13:17"}},
		{name: "code of HTTP under gRPC", change: group("protocol_version: GRPC, health_check: {matcher: 200-299}"), want: []string{"13:67-13:74 error BG2041 <- 13:38-13:42"}},
		{name: "codes of HTTP", change: group("health_check: {matcher: \"200-299,404\"}")},
		{name: "codes of gRPC", change: group("protocol_version: GRPC, health_check: {matcher: 0-99}")},
		{name: "default code of gRPC", change: group("protocol_version: GRPC")},
	}
}
