package ecs

import (
	"strings"
	"testing"
)

// TestOpenSwitches: each point that AWS leaves open is told where it applies, as the blueprint has it, and nowhere else.
func TestOpenSwitches(t *testing.T) {
	t.Parallel()
	const (
		bounds, breaker, policy = "Tasks during a deployment", "Circuit breaker", "Policy of the infrastructure role"
		trust, drift, memory    = "Trust of ECS's roles", "moves the service's load balancers back", "What a hook remembers"
		sticky                  = "Sticky clients of web"
	)
	wait := "hooks: [{name: warm-up, kind: wait, for: 3m, stages: [POST_SCALE_UP]}]"
	old := "terraform: {aws_provider: \">= 6.21, < 7.0\"}\n"
	certified := "traffic: {rpc: {service_connect: {namespace: {variable: n}, tls: {authority_arn: {variable: a}}}}}\n"
	for _, c := range []struct {
		name, add  string
		change     []string
		has, hasNo []string
	}{
		{name: "as it is", has: []string{bounds, "200 % of the desired count", "is not documented", breaker, policy, "`roles.infrastructure.policy: scoped`", trust, "`roles.source_account: true`", drift}, hasNo: []string{memory, sticky}},
		{name: "rolling", change: rollingFrom(), add: rollingText, hasNo: []string{bounds, breaker, policy, trust, drift, memory, sticky}},
		{name: "rolling with the pair", add: keepText, has: []string{policy, trust, drift}, hasNo: []string{bounds, breaker}},
		{name: "headless", change: headless(), has: []string{bounds, breaker}, hasNo: []string{policy, trust, drift}},
		{name: "headless with a function", change: headless(), add: "deployment: {" + wait + "}\n", has: []string{trust, memory}, hasNo: []string{policy}},
		{name: "headless with certificates", change: headless(), add: certified, has: []string{trust}, hasNo: []string{policy, drift}},
		{name: "headless with certificates of an existing role", change: headless(), add: certified + "roles: {connect: {arn: {variable: role_arn}}}\n", hasNo: []string{trust}},
		{name: "lower bounds", add: "deployment: {maximum_percent: 150}\n", has: []string{"150 % of the desired count", "take the key out"}},
		{name: "no breaker", add: "deployment: {circuit_breaker: {enable: false, rollback: false}}\n", hasNo: []string{breaker}},
		{name: "scoped", add: "roles: {infrastructure: {policy: scoped}}\n", has: []string{"write `roles.infrastructure.policy: managed`"}},
		{name: "existing role", add: "roles: {infrastructure: {arn: {variable: role_arn}}}\n", hasNo: []string{policy, trust}},
		{name: "source account", add: "roles: {source_account: true}\n", has: []string{"write `roles.source_account: false`"}},
		{name: "what ECS owns", add: "ownership: {load_balancer: ecs}\n", hasNo: []string{drift}},
		{name: "a wait that polls", add: "deployment: {" + wait + "}\n", has: []string{memory + "** (warm-up)", "`via: pause`"}},
		{name: "a wait that sleeps", add: old + "deployment: {" + wait + "}\n", hasNo: []string{memory}},
		{name: "a pause", add: "deployment: {" + strings.Replace(wait, "for:", "via: pause, for:", 1) + "}\n", hasNo: []string{memory}},
		{name: "a watch", add: "deployment: {" + strings.Replace(wait, "kind: wait", "kind: alarms, alarms: [errors]", 1) + "}\n", has: []string{memory}, hasNo: []string{"`via: pause`"}},
		{name: "held clients", change: []string{"web: {alb: {", held}, has: []string{sticky, "`web_production_rule_arn`"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			told := strings.Join(resolved(t, c.add, c.change...).openSwitches(), "\n")
			for _, want := range c.has {
				if !strings.Contains(told, want) {
					t.Errorf("it does not say %q:\n%s", want, told)
				}
			}
			for _, no := range c.hasNo {
				if strings.Contains(told, no) {
					t.Errorf("it says %q:\n%s", no, told)
				}
			}
		})
	}
}
