package ecs

import (
	"fmt"
)

// apart are hooks of a deployment that nobody waits for.
func apart(hooks ...string) string { return hooksText(hooks...) + "  wait: false\n" }

// tenOf are ten hooks at one stage; the text says what each does, with its number.
func tenOf(what string) []string {
	var out []string
	for i := 1; i <= 10; i++ {
		out = append(out, fmt.Sprintf("name: p%d, "+what+", stages: [POST_SCALE_UP]", i, i))
	}
	return out
}

func tenWaits() []string {
	var out []string
	for i := range 10 {
		out = append(out, waitFor(fmt.Sprintf("w%d", i), "1m"))
	}
	return out
}

// check is a hook of the team's own with something more.
func check(more string) string {
	return hooksText("name: c, kind: code, stages: [PRE_SCALE_UP], path: hooks/check.py, handler: check.run, " + more)
}

func pauseCases() []ruleCase {
	return []ruleCase{
		{name: "pause", add: apart("name: p, kind: wait, via: pause, for: 3m, stages: [PRE_SCALE_UP, POST_SCALE_UP, POST_TEST_TRAFFIC_SHIFT, PRE_PRODUCTION_TRAFFIC_SHIFT, POST_PRODUCTION_TRAFFIC_SHIFT]")},
		{name: "pause under an old pin", add: apart("name: p, kind: wait, via: pause, for: 3m, stages: [POST_SCALE_UP]") + pin64, want: []string{"error BG2150 17:34 `pause` <- 19:27 `\">= 6.4\"`"}},
		{name: "approval under an old pin", add: apart("name: a, kind: approval, stages: [POST_SCALE_UP]") + pin64, want: []string{"error BG2150 17:23 `approval` <- 19:27 `\">= 6.4\"`"}},
		{name: "pause at every other stage", add: apart("name: p, kind: wait, via: pause, for: 3m, stages: [RECONCILE_SERVICE, TEST_TRAFFIC_SHIFT, PRODUCTION_TRAFFIC_SHIFT]"), want: []string{"error BG2151 17:59 `RECONCILE_SERVICE`", "error BG2151 17:78 `TEST_TRAFFIC_SHIFT`", "error BG2151 17:98 `PRODUCTION_TRAFFIC_SHIFT`"}},
		{name: "approval at a shift", add: apart("name: a, kind: approval, stages: [PRODUCTION_TRAFFIC_SHIFT]"), want: []string{"error BG2151 17:42 `PRODUCTION_TRAFFIC_SHIFT`"}},
		{name: "wait at a shift", add: apart("name: w, kind: wait, for: 3m, stages: [RECONCILE_SERVICE, PRODUCTION_TRAFFIC_SHIFT]")},
		{name: "pause of seconds", add: apart("name: p, kind: wait, via: pause, for: 90s, stages: [POST_SCALE_UP]"), want: []string{"error BG2152 17:46 `90s` <- 17:34 `pause`"}},
		{name: "pause that is traced", add: apart("name: p, kind: wait, via: pause, for: 1m, tracing: true, stages: [POST_SCALE_UP]"), want: []string{"error BG2164 17:59 `true` <- 17:34 `pause`"}},
		{name: "pause that is not traced", add: apart("name: p, kind: wait, via: pause, for: 1m, tracing: false, stages: [POST_SCALE_UP]")},
		{name: "pauses alike", add: apart("name: p, kind: wait, via: pause, for: 1m, stages: [POST_SCALE_UP, PRE_SCALE_UP]", "name: q, kind: approval, stages: [PRE_SCALE_UP, POST_SCALE_UP], timeout_configuration: {timeout: 1m, action: continue}"), want: []string{"error BG2163 18:14 `q` <- 17:14 `p`"}},
		{name: "pauses that differ", add: apart("name: p, kind: wait, via: pause, for: 1m, stages: [POST_SCALE_UP]", "name: q, kind: wait, via: pause, for: 2m, stages: [POST_SCALE_UP]", "name: r, kind: approval, stages: [POST_SCALE_UP], timeout_configuration: {timeout: 2m}")},
		{name: "ten and ten", add: apart(append(tenOf("kind: wait, via: pause, for: %dm"), tenWaits()...)...)},
		{name: "eleven pauses", add: apart(append(tenOf("kind: wait, via: pause, for: %dm"), "name: last, kind: approval, stages: [POST_SCALE_UP]")...), want: []string{"error BG2081 27:14 `last`"}},
		{name: "approval that nobody waits for", add: apart("name: a, kind: approval, stages: [POST_SCALE_UP]")},
		{name: "approval without timeouts", add: hooksText("name: a, kind: approval, timeout_configuration: {timeout: 15m}, stages: [POST_SCALE_UP]"), want: []string{"error BG2153 17:23 `approval`"}},
		{name: "approval with one timeout", add: hooksText("name: a, kind: approval, timeout_configuration: {timeout: 15m}, stages: [POST_SCALE_UP]") + "  timeouts: {create: 50m}\n", want: []string{"error BG2153 17:23 `approval`"}},
		{name: "approval with both timeouts", add: hooksText("name: a, kind: approval, timeout_configuration: {timeout: 15m}, stages: [POST_SCALE_UP]") + "  timeouts: {create: 50m, update: 50m}\n"},
		{name: "approval with short timeouts", add: hooksText("name: a, kind: approval, timeout_configuration: {timeout: 40m}, stages: [POST_SCALE_UP]") + "  timeouts: {create: 50m, update: 90m}\nignore: [BG2090]\n", want: []string{"warning BG2091 18:22 `50m`"}},
	}
}

func endCases() []ruleCase {
	return []ruleCase{
		{name: "details under an old pin", add: check("hook_details: {a: b}") + pin64, want: []string{"error BG2159 17:110 `a` <- 18:27 `\">= 6.4\"`"}},
		{name: "details", add: check("hook_details: {a: b}")},
		{name: "timeout under an old pin", add: check("timeout_configuration: {timeout: 10m}") + pin64, want: []string{"error BG2160 17:95 `timeout_configuration` <- 18:27 `\">= 6.4\"`"}},
		{name: "timeout of a day", add: check("timeout_configuration: {timeout: 24h}") + "ignore: [BG2090]\n"},
		{name: "timeout of more", add: check("timeout_configuration: {timeout: 24h1m}") + "ignore: [BG2090]\n", want: []string{"error BG2161 17:128 `24h1m`"}},
		{name: "approval of a fortnight", add: apart("name: a, kind: approval, timeout_configuration: {timeout: 336h}, stages: [POST_SCALE_UP]")},
		{name: "timeout shorter than a call", add: check("timeout: 3m, timeout_configuration: {timeout: 2m}"), want: []string{"error BG2165 17:141 `2m` <- 17:104 `3m`"}},
		{name: "timeout of one call", add: check("timeout: 2m, timeout_configuration: {timeout: 2m}")},
	}
}
