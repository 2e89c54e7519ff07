package ecs

import (
	"fmt"
	"strings"
)

func serviceCases() []ruleCase {
	const app = "{name: app, image: {variable: image}, port: 9000}"
	cases := []ruleCase{
		{name: "task and task_definition", change: []string{"  task:", "  task_definition: {variable: task_arn}\n  task:"}, want: []string{"error BG2051 7:20 `{variable: task_arn}` <- 8:3 `task`"}},
		{name: "nothing to run", change: []string{"\n  task:\n    containers:\n      - " + app, "", "web: {alb", "web: {container: a, port: 1, alb"}, want: []string{"error BG2051 5:1 `service`"}},
		{name: "no grace", change: []string{"  task:", "  health_check_grace_period: 0s\n  task:"}, want: []string{"warning BG2053 7:30 `0s`"}},
		{name: "no grace, no traffic", change: append(headless(), "  task:", "  health_check_grace_period: 0s\n  task:"), add: rollingText},
		{name: "containers of one name", change: []string{app, app + "\n      - {name: app, image: {variable: other}}", "web: {alb", "web: {container: app, alb"}, want: []string{"error BG2056 10:16 `app` <- 9:16 `app`"}},
		{name: "one port", change: []string{app, app + "\n      - {name: log, image: {variable: log_image}, port: 9000}", "web: {alb", "web: {container: app, alb"}, want: []string{"error BG2059 10:57 `9000` <- 9:53 `9000`"}},
		{name: "no ports", change: []string{app, app + "\n      - {name: a, image: {variable: a}}\n      - {name: b, image: {variable: b}}", "web: {alb", "web: {container: app, alb"}},
		{name: "none essential", change: []string{"port: 9000", "port: 9000, essential: false"}, want: []string{"error BG2058 7:3 `task`"}},
		{name: "one essential", change: []string{app, app + "\n      - {name: log, image: {variable: log_image}, essential: false}", "web: {alb", "web: {container: app, alb"}},
	}
	return append(append(append(cases, sizeCases()...), imageCases()...), append(networkCases(), roleCases()...)...)
}

func sizeCases() []ruleCase {
	size := func(cpu, memory int) []string {
		return []string{"  task:\n", fmt.Sprintf("  task:\n    cpu: %d\n    memory: %d\n", cpu, memory)}
	}
	var out []ruleCase
	for _, s := range [][2]int{{256, 1536}, {256, 4096}, {512, 512}, {1024, 2560}, {2048, 3072}, {4096, 31744}, {8192, 17408}, {16384, 36864}, {1024, 9216}} {
		out = append(out, ruleCase{
			name: fmt.Sprintf("no size %d/%d", s[0], s[1]), change: size(s[0], s[1]),
			want: []string{fmt.Sprintf("error BG2050 9:13 `%d` <- 8:10 `%d`", s[1], s[0])},
		})
	}
	for _, s := range [][2]int{{256, 512}, {256, 1024}, {256, 2048}, {512, 3072}, {1024, 8192}, {2048, 16384}, {4096, 30720}, {8192, 20480}, {16384, 122880}} {
		out = append(out, ruleCase{name: fmt.Sprintf("size %d/%d", s[0], s[1]), change: size(s[0], s[1])})
	}
	return append(out, ruleCase{name: "no size with the default memory", change: []string{"  task:\n", "  task:\n    cpu: 512\n"}, want: []string{"error BG2050 7:3 `task` <- 8:10 `512`"}})
}

func imageCases() []ruleCase {
	image := func(s string) []string { return []string{"{variable: image}", "\"" + s + "\""} }
	var out []ruleCase
	for _, s := range []string{"nginx", "nginx:latest", "registry.example:5000/shop/orders", "012345670123.dkr.ecr.eu-west-1.amazonaws.com/orders:latest"} {
		out = append(out, ruleCase{name: "image " + s, change: image(s), want: []string{"warning BG2057 9:28 `\"" + s + "\"`"}})
	}
	for _, s := range []string{"nginx:1.29.3", "registry.example:5000/shop/orders:1", "nginx@sha256:" + strings.Repeat("0", 64), "nginx:latest@sha256:" + strings.Repeat("0", 64)} {
		out = append(out, ruleCase{name: "image " + s, change: image(s)})
	}
	return out
}

func networkCases() []ruleCase {
	const ids = ", security_group_ids: {variable: group_ids}}"
	group := func(s string) []string { return []string{ids, ",\n  security_group: {" + s + "}}"} }
	return []ruleCase{
		{name: "both kinds of security groups", change: []string{ids, ids[:len(ids)-1] + ",\n  security_group: {ingress_from: [{variable: alb_security_group_id}]}}"}, want: []string{"error BG2052 4:95 `{variable: group_ids}` <- 5:3 `security_group`"}},
		{name: "own group", change: group("ingress_from: [{variable: alb_security_group_id}]")},
		{name: "nobody may connect", change: group("egress_to: [{name: aws, cidr_ipv4: 10.0.0.0/8, port: 443}]"), want: []string{"error BG2169 5:3 `security_group`"}},
		{name: "source twice", change: group("ingress_from: [{variable: alb_security_group_id}, {variable: alb}]"), want: []string{"error BG2044 5:70 `{variable: alb}` <- 5:35 `{variable: alb_security_group_id}`"}},
		{name: "two sources", change: group("ingress_from: [{variable: alb_security_group_id}, {variable: vpn_security_group_id}]")},
		{
			name: "destination twice", want: []string{"error BG2045 7:12 `aws` <- 6:12 `aws`"},
			change: group("ingress_from: [{variable: a}], egress_to: [\n    {name: aws, cidr_ipv4: 10.0.0.0/8, port: 443},\n    {name: aws, cidr_ipv4: 10.0.0.0/8, port: 80}]"),
		},
		{name: "two destinations", change: group("ingress_from: [{variable: a}], egress_to: [{name: aws, cidr_ipv4: 10.0.0.0/8, port: 443}, {name: db, cidr_ipv4: 10.0.0.0/8, port: 443}]")},
	}
}

func roleCases() []ruleCase {
	const (
		arn       = "arn: {variable: role_arn}"
		policies  = "policy_arns: [\"arn:aws:iam::aws:policy/ReadOnlyAccess\"]"
		statement = "statements: [{actions: [\"s3:GetObject\"], resources: [\"*\"]}]"
	)
	return []ruleCase{
		{name: "policy of an existing infrastructure role", add: "roles: {infrastructure: {" + arn + ", policy: scoped}}\n", want: []string{"error BG2070 15:61 `scoped` <- 15:31 `{variable: role_arn}`"}},
		{name: "policies of an existing execution role", add: "roles: {execution: {" + arn + ", " + policies + "}}\n", want: []string{"error BG2070 15:62 `\"arn:aws:iam::aws:policy/ReadOnlyAccess\"` <- 15:26 `{variable: role_arn}`"}},
		{name: "statements of an existing task role", add: "roles: {task: {" + arn + ", " + statement + "}}\n", want: []string{"error BG2070 15:56 `{actions: [\"s3:GetObject\"], resources: [\"*\"]}` <- 15:21 `{variable: role_arn}`"}},
		{name: "existing roles", add: "roles: {infrastructure: {" + arn + "}, execution: {" + strings.Replace(arn, "role", "execution", 1) + "}, task: {" + strings.Replace(arn, "role", "task", 1) + "}}\n"},
		{name: "roles that are made", add: "roles: {infrastructure: {policy: scoped}, execution: {" + policies + "}, task: {" + statement + "}}\n"},
		{name: "source account", add: "roles: {source_account: true}\n", want: []string{"warning BG2073 15:25 `true`"}},
		{name: "source account under rolling", change: rollingFrom(), add: rollingText + "roles: {source_account: true}\n"},
	}
}
