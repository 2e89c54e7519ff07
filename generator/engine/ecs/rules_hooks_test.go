package ecs

import (
	"fmt"
	"strings"
)

// hooksText is a deployment with hooks, one a line from line 17 on.
func hooksText(hooks ...string) string {
	return "deployment:\n  hooks:\n    - {" + strings.Join(hooks, "}\n    - {") + "}\n"
}

func waitFor(name, long string) string {
	return fmt.Sprintf("name: %s, kind: wait, for: %s, stages: [POST_SCALE_UP]", name, long)
}

func hookCases() []ruleCase {
	var eleven []string
	for i := range 11 {
		eleven = append(eleven, waitFor(fmt.Sprintf("w%d", i), "1s"))
	}
	return append([]ruleCase{
		{name: "eleven", add: hooksText(eleven...), want: []string{"error BG2081 27:14 `w10`"}},
		{name: "ten", add: hooksText(eleven[:10]...)},
		{name: "long wait under an old pin", add: hooksText(waitFor("w", "14m1s")) + pin64, want: []string{"error BG2082 17:34 `14m1s` <- 18:27 `\">= 6.4\"`"}},
		{name: "long wait", add: hooksText(waitFor("w", "14m1s"))},
		{name: "wait that is slept", add: hooksText(waitFor("w", "14m")) + pin64, want: []string{"warning BG2087 17:34 `14m` <- 18:27 `\">= 6.4\"`"}},
		{name: "wait longer than a stage", add: hooksText(waitFor("w", "23h59m")) + "ignore: [BG2090]\n", want: []string{"error BG2083 17:34 `23h59m`"}},
		{name: "wait as long as a stage", add: hooksText(waitFor("w", "23h58m")) + "ignore: [BG2090]\n"},
		{name: "hooks of one name", add: hooksText(waitFor("warm-up", "1m"), waitFor("warm_up", "2m")), want: []string{"error BG2088 18:14 `warm_up` <- 17:14 `warm-up`"}},
		{name: "two names", add: hooksText(waitFor("warm-up", "1m"), waitFor("warmup", "2m"))},
	}, handlerCases()...)
}

func handlerCases() []ruleCase {
	code := func(path, runtime, handler, more string) string {
		return hooksText(fmt.Sprintf("name: c, kind: code, stages: [PRE_SCALE_UP], path: %s, runtime: %s, handler: %s%s", path, runtime, handler, more))
	}
	return []ruleCase{
		{name: "reserved name", add: code("hooks/check.py", "python3.13", "check.run", ", environment: {URL: x, AWS_REGION: y}"), want: []string{"error BG2085 17:138 `AWS_REGION`"}},
		{name: "other names of AWS", add: code("hooks/check.py", "python3.13", "check.run", ", environment: {AWS_PROFILE: x, AWS_STS_REGIONAL_ENDPOINTS: y}")},
		{name: "handler of another file", add: code("hooks/check.py", "python3.13", "smoke.run", ""), want: []string{"error BG2086 17:105 `smoke.run` <- 17:59 `hooks/check.py`"}},
		{name: "handler without a function", add: code("hooks/check.py", "python3.13", "check", ""), want: []string{"error BG2086 17:105 `check` <- 17:59 `hooks/check.py`"}},
		{name: "handler of a node file", add: code("hooks/node/index.mjs", "nodejs22.x", "handler.index", ""), want: []string{"error BG2086 17:111 `handler.index` <- 17:59 `hooks/node/index.mjs`"}},
		{name: "handler of its file", add: code("hooks/node/index.mjs", "nodejs22.x", "index.handler", "")},
		{name: "handler in a folder", add: code("hooks/node", "nodejs22.x", "anything.handler", "")},
		{name: "handler of another runtime", add: code("hooks/run.jar", "java21", "com.example.Check::run", "")},
	}
}

func timeoutCases() []ruleCase {
	return []ruleCase{
		{name: "longer than credentials", add: "deployment:\n  bake_time: 40m\n", want: []string{"warning BG2090 15:1 `deployment`"}},
		{name: "not longer than credentials", add: "deployment: {bake_time: 30m}\n"},
		{name: "longer than credentials, nobody waits", add: "deployment: {bake_time: 40m, wait: false}\n"},
		{name: "short timeouts", add: "deployment:\n  strategy: blue_green\n  timeouts: {create: 15m, update: 16m}\n", want: []string{"warning BG2091 17:22 `15m`"}},
		{name: "short update", add: "deployment:\n  strategy: blue_green\n  timeouts: {update: 15m}\n", want: []string{"warning BG2091 17:22 `15m`"}},
		{name: "short timeouts, nobody waits", add: "deployment: {wait: false, timeouts: {update: 1m}}\n"},
		{name: "no bake", add: "deployment: {bake_time: 0m}\n", want: []string{"warning BG2092 15:25 `0m`"}},
		{name: "a minute's bake", add: "deployment: {bake_time: 1m}\n"},
		{name: "sigint_rollback without wait", add: "deployment: {sigint_rollback: true, wait: false}\n", want: []string{"error BG2093 15:31 `true` <- 15:43 `false`"}},
		{name: "sigint_rollback that waits", add: "deployment: {sigint_rollback: true}\n"},
		{name: "rollback without its switch", add: "deployment: {circuit_breaker: {enable: false, rollback: true}}\n", want: []string{"error BG2094 15:57 `true` <- 15:40 `false`"}},
		{name: "circuit breaker off", add: "deployment: {circuit_breaker: {enable: false}}\n"},
		{name: "circuit breaker without rollback", add: "deployment: {circuit_breaker: {rollback: false}}\n"},
	}
}
