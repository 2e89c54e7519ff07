package ecs

func shadowCases() []ruleCase {
	const production, test = "priority: 110, when: [{host_header: [a.example]}]", "priority: 109, when: [{host_header: [a.example]}, {http_header: {name: x-test, values: [\"1\"]}}]"
	both := func(p, t string) []string { return []string{production, p, test, t} }
	return []ruleCase{
		{name: "test behind production", change: []string{"priority: 109", "priority: 111"}, want: []string{"error BG2030 14:22 `111` <- 13:28 `110`"}},
		{name: "test behind one of several hosts", change: []string{"priority: 109", "priority: 111", "[{host_header: [a.example]}]", "[{host_header: [a.example, b.example]}]"}, want: []string{"error BG2030 14:22 `111` <- 13:28 `110`"}},
		{name: "test behind every path", change: both("priority: 1, when: [{path_pattern: [/*]}]", "priority: 2, when: [{http_header: {name: x-test, values: [\"1\"]}}]"), want: []string{"error BG2030 14:22 `2` <- 13:28 `1`"}},
		{name: "production behind test", change: both("priority: 2, when: [{path_pattern: [/shop/*]}]", "priority: 1, when: [{path_pattern: [/*]}]"), want: []string{"error BG2030 13:28 `2` <- 14:22 `1`"}},
		{name: "test behind, but other hosts", change: both("priority: 1, when: [{host_header: [a.example]}]", "priority: 2, when: [{host_header: [b.example]}]")},
		{name: "test behind, but wider", change: both("priority: 1, when: [{host_header: [a.example]}, {path_pattern: [/a]}]", "priority: 2, when: [{host_header: [a.example]}]")},
		{
			name: "key behind another key", want: []string{"error BG2030 11:78 `120` <- 14:28 `110`"},
			change: []string{"  web: {alb", secondKey("api", "120", "a.example]}, {path_pattern: [/api/*") + "  web: {alb"},
		},
		{name: "key before another key", change: []string{"  web: {alb", secondKey("api", "1", "a.example]}, {path_pattern: [/api/*") + "  web: {alb"}},
		{
			name: "keys alike in another listener", add: "",
			change: []string{"  web: {alb", "  api: {alb: {listener_arn: {variable: internal_listener_arn}, production: {priority: 110, when: [{host_header: [a.example]}]}}}\n  web: {alb"},
		},
		{name: "one priority", change: []string{"priority: 109", "priority: 110"}, want: []string{"error BG2031 14:22 `110` <- 13:28 `110`"}},
		{
			name: "one priority, the listener once omitted", want: []string{"error BG2031 13:28 `110` <- 11:38 `110`"},
			change: []string{"  web: {alb", "  api: {alb: {production: {priority: 110, when: [{host_header: [b.example]}]}}}\n  web: {alb", "\n    listener_arn: {variable: listener_arn},", ""},
		},
		{name: "one priority, the omitted listener named", want: []string{"error BG2031 14:28 `110` <- 11:38 `110`"}, change: []string{"  web: {alb", "  api: {alb: {production: {priority: 110, when: [{host_header: [b.example]}]}}}\n  web: {alb"}},
		{name: "one priority in two listeners", change: []string{"priority: 109", "listener_arn: {variable: test_listener_arn}, priority: 110"}},
		{name: "same requests", change: []string{test, "priority: 109, when: [{host_header: [A.example]}]"}, want: []string{"error BG2032 14:5 `test` <- 13:5 `production`"}},
		{name: "same requests in the listener named twice", change: []string{test, "listener_arn: {variable: listener_arn}, priority: 109, when: [{host_header: [a.example]}]"}, want: []string{"error BG2032 14:5 `test` <- 13:5 `production`"}},
		{name: "same requests in two listeners", change: []string{test, "listener_arn: {variable: test_listener_arn}, priority: 111, when: [{host_header: [a.example]}]"}},
	}
}
