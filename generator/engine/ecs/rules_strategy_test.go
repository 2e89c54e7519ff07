package ecs

import "strings"

// headless is the change that takes the traffic away.
func headless() []string { return []string{right[strings.Index(right, "traffic:"):], ""} }

const (
	rollingText = "deployment: {strategy: rolling}\n"
	keepText    = "deployment: {strategy: rolling, keep_pair: true}\n"
)

func strategyCases() []ruleCase {
	return append([]ruleCase{
		{name: "bake under rolling", change: rollingFrom(), add: "deployment: {strategy: rolling, bake_time: 3m}\n", want: []string{"error BG2020 14:44 `3m` <- 14:24 `rolling`"}},
		{name: "hooks under rolling", change: rollingFrom(), add: "deployment:\n  strategy: rolling\n  hooks:\n    - {name: w, kind: wait, for: 3m, stages: [POST_SCALE_UP]}\n", want: []string{"error BG2121 17:7 `{name: w, kind: wait, for: 3m, stages: [POST_SCALE_UP]}` <- 15:13 `rolling`"}},
		{name: "test rule under rolling", add: rollingText, want: []string{"error BG2122 14:5 `test` <- 15:24 `rolling`"}},
		{name: "rolling", change: rollingFrom(), add: rollingText},
		{name: "rolling with the pair", add: keepText},
		{name: "keep_pair without traffic", change: headless(), add: keepText, want: []string{"error BG2020 10:44 `true` <- 10:24 `rolling`"}},
		{name: "keep_pair under blue_green", add: "deployment: {strategy: blue_green, keep_pair: true}\n", want: []string{"error BG2020 15:47 `true` <- 15:24 `blue_green`"}},
		{name: "keep_pair off under blue_green", add: "deployment: {keep_pair: false}\n"},
		{name: "headless", change: headless(), add: "deployment: {strategy: blue_green}\n", want: []string{"warning BG2025 10:24 `blue_green`"}},
		{
			name: "headless says it once", change: headless(), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [TEST_TRAFFIC_SHIFT]}]}\n",
			want: []string{"warning BG2025 10:1 `deployment`"},
		},
		{name: "headless and rolling", change: headless(), add: rollingText},
		{name: "no test rule", change: rollingFrom(), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [POST_TEST_TRAFFIC_SHIFT]}]}\n", want: []string{"warning BG2026 14:62 `POST_TEST_TRAFFIC_SHIFT`"}},
		{name: "no test rule, other stage", change: rollingFrom(), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [POST_SCALE_UP]}]}\n"},
		{name: "test rule and test stage", add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [TEST_TRAFFIC_SHIFT]}]}\n"},
	}, append(stepCases(), shiftCases()...)...)
}

// shiftCases: strategies that move traffic in steps.
func shiftCases() []ruleCase {
	const linearText, canaryText = "deployment: {strategy: linear, wait: false}\n", "deployment: {strategy: canary}\n"
	return []ruleCase{
		{name: "linear", add: linearText},
		{name: "canary", add: "deployment: {strategy: canary, canary: {percent: 0.1, bake_time: 0m}}\n"},
		{name: "linear, headless", change: headless(), add: linearText, want: []string{"error BG2120 10:24 `linear`"}},
		{name: "canary, headless", change: headless(), add: canaryText, want: []string{"error BG2120 10:24 `canary`"}},
		{name: "linear's steps under canary", add: "deployment: {strategy: canary, linear: {step_percent: 20}}\n", want: []string{"error BG2123 15:32 `linear` <- 15:24 `canary`"}},
		{name: "canary's step under linear", add: "deployment: {strategy: linear, canary: {}, wait: false}\n", want: []string{"error BG2123 15:32 `canary` <- 15:24 `linear`"}},
		{name: "steps under blue_green", add: "deployment: {strategy: blue_green, linear: {}}\n", want: []string{"error BG2123 15:36 `linear` <- 15:24 `blue_green`"}},
		{name: "steps under rolling", change: rollingFrom(), add: "deployment: {strategy: rolling, canary: {}}\n", want: []string{"error BG2123 14:33 `canary` <- 14:24 `rolling`"}},
		{name: "one step of linear", add: "deployment: {strategy: linear, linear: {step_percent: 100}}\n", want: []string{"warning BG2124 15:55 `100` <- 15:24 `linear`"}},
		{name: "one step of canary", add: "deployment: {strategy: canary, canary: {percent: 100.0}}\n", want: []string{"warning BG2124 15:50 `100.0` <- 15:24 `canary`"}},
		{name: "keep_pair under canary", add: "deployment: {strategy: canary, keep_pair: true}\n", want: []string{"error BG2020 15:43 `true` <- 15:24 `canary`"}},
		{name: "rolling to linear at once", was: "rolling", add: linearText, want: []string{"warning BG2023 15:24 `linear`"}},
		{name: "rolling to canary without a test rule", was: "rolling", change: rollingFrom(), add: canaryText, want: []string{"error BG2022 14:24 `canary`"}},
		{name: "linear to rolling at once", was: "linear", change: rollingFrom(), add: rollingText, want: []string{"error BG2024 14:24 `rolling`"}},
		{name: "canary to rolling at once", was: "canary", change: rollingFrom(), add: rollingText, want: []string{"error BG2024 14:24 `rolling`"}},
		{name: "linear to canary", was: "linear", add: canaryText},
		{name: "blue_green to rolling, headless", was: "blue_green", change: headless(), add: rollingText},
	}
}

// stepCases: what the last generate wrote, and what may follow at once.
func stepCases() []ruleCase {
	const strategy = "deployment: {strategy: blue_green}\n"
	return []ruleCase{
		{name: "rolling to blue_green without a test rule", was: "rolling", change: rollingFrom(), add: strategy, want: []string{"error BG2022 14:24 `blue_green`"}},
		{name: "rolling to the pair without a test rule", was: "rolling", change: rollingFrom(), add: keepText, want: []string{"error BG2022 14:44 `true`"}},
		{name: "rolling to blue_green at once", was: "rolling", add: strategy, want: []string{"warning BG2023 15:24 `blue_green`"}},
		{name: "rolling to the pair", was: "rolling", add: keepText},
		{name: "the pair to blue_green", was: "rolling+pair", add: strategy},
		{name: "the pair to rolling", was: "rolling+pair", change: rollingFrom(), add: rollingText},
		{name: "rolling to blue_green, headless", was: "rolling", change: headless(), add: strategy, want: []string{"warning BG2025 10:24 `blue_green`"}},
		{name: "rolling again", was: "rolling", change: rollingFrom(), add: rollingText},
		{name: "blue_green to rolling at once", was: "blue_green", change: rollingFrom(), add: rollingText, want: []string{"error BG2024 14:24 `rolling`"}},
		{name: "blue_green to the pair", was: "blue_green", add: keepText},
		{name: "blue_green again", was: "blue_green", add: strategy},
		{name: "the first generate", add: strategy},
	}
}
