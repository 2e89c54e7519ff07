package ecs

import (
	"fmt"
	"strings"
)

func serviceCases() []ruleCase {
	const app = "{name: app, image: {variable: image}, port: 9000}"
	cases := []ruleCase{
		{name: "task and task_definition", change: []string{"  task:", "  task_definition: {variable: task_arn}\n  task:"}, want: []string{"7:20-7:40 error BG2051 <- 8:3-8:7"}},
		{name: "nothing to run", change: []string{"\n  task:\n    containers:\n      - " + app, "", "web: {alb", "web: {container: a, port: 1, alb"}, want: []string{"5:1-5:8 error BG2051"}},
		{name: "no grace", change: []string{"  task:", "  health_check_grace_period: 0s\n  task:"}, want: []string{"7:30-7:32 warning BG2053"}},
		{name: "no grace, no traffic", change: append(headless(), "  task:", "  health_check_grace_period: 0s\n  task:"), add: rollingText},
		{name: "one name", change: []string{app, app + "\n      - {name: app, image: {variable: other}}", "web: {alb", "web: {container: app, alb"}, want: []string{"10:16-10:19 error BG2056 <- 9:16-9:19"}},
		{name: "one port", change: []string{app, app + "\n      - {name: log, image: {variable: log_image}, port: 9000}", "web: {alb", "web: {container: app, alb"}, want: []string{"10:57-10:61 error BG2059 <- 9:53-9:57"}},
		{name: "no ports", change: []string{app, app + "\n      - {name: a, image: {variable: a}}\n      - {name: b, image: {variable: b}}", "web: {alb", "web: {container: app, alb"}},
		{name: "none essential", change: []string{"port: 9000", "port: 9000, essential: false"}, want: []string{"7:3-7:7 error BG2058"}},
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
		memory := fmt.Sprint(s[1])
		out = append(out, ruleCase{name: fmt.Sprintf("no size %d/%d", s[0], s[1]), change: size(s[0], s[1]), want: []string{fmt.Sprintf("9:13-9:%d error BG2050 <- 8:10-8:%d", 13+len(memory), 10+len(fmt.Sprint(s[0])))}})
	}
	for _, s := range [][2]int{{256, 512}, {256, 1024}, {256, 2048}, {512, 3072}, {1024, 8192}, {2048, 16384}, {4096, 30720}, {8192, 20480}, {16384, 122880}} {
		out = append(out, ruleCase{name: fmt.Sprintf("size %d/%d", s[0], s[1]), change: size(s[0], s[1])})
	}
	return append(out, ruleCase{name: "no size with the default memory", change: []string{"  task:\n", "  task:\n    cpu: 512\n"}, want: []string{"7:3-7:7 error BG2050 <- 8:10-8:13"}})
}

func imageCases() []ruleCase {
	image := func(s string) []string { return []string{"{variable: image}", "\"" + s + "\""} }
	var out []ruleCase
	for _, s := range []string{"nginx", "nginx:latest", "registry.example:5000/shop/orders", "012345670123.dkr.ecr.eu-west-1.amazonaws.com/orders:latest"} {
		out = append(out, ruleCase{name: "image " + s, change: image(s), want: []string{fmt.Sprintf("9:28-9:%d warning BG2057", 30+len(s))}})
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
		{name: "both kinds of security groups", change: []string{ids, ids[:len(ids)-1] + ",\n  security_group: {ingress_from: [{variable: alb_security_group_id}]}}"}, want: []string{"4:92-4:113 error BG2052 <- 5:3-5:17"}},
		{name: "own group", change: group("ingress_from: [{variable: alb_security_group_id}]")},
		{name: "source twice", change: group("ingress_from: [{variable: alb_security_group_id}, {variable: alb}]"), want: []string{"5:70-5:85 error BG2044 <- 5:35-5:68"}},
		{name: "two sources", change: group("ingress_from: [{variable: alb_security_group_id}, {variable: vpn_security_group_id}]")},
		{
			name: "destination twice", want: []string{"7:12-7:15 error BG2045 <- 6:12-6:15"},
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
		{name: "policy of an existing infrastructure role", add: "roles: {infrastructure: {" + arn + ", policy: scoped}}\n", want: []string{"15:61-15:67 error BG2070 <- 15:31-15:51"}},
		{name: "policies of an existing execution role", add: "roles: {execution: {" + arn + ", " + policies + "}}\n", want: []string{"15:62-15:102 error BG2070 <- 15:26-15:46"}},
		{name: "statements of an existing task role", add: "roles: {task: {" + arn + ", " + statement + "}}\n", want: []string{"15:56-15:100 error BG2070 <- 15:21-15:41"}},
		{name: "existing roles", add: "roles: {infrastructure: {" + arn + "}, execution: {" + strings.Replace(arn, "role", "execution", 1) + "}, task: {" + strings.Replace(arn, "role", "task", 1) + "}}\n"},
		{name: "roles that are made", add: "roles: {infrastructure: {policy: scoped}, execution: {" + policies + "}, task: {" + statement + "}}\n"},
		{name: "source account", add: "roles: {source_account: true}\n", want: []string{"15:25-15:29 warning BG2073"}},
		{name: "source account under rolling", change: rollingFrom(), add: rollingText + "roles: {source_account: true}\n"},
	}
}
