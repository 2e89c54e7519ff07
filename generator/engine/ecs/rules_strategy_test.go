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
		{name: "hooks under rolling", change: rollingFrom(), add: "deployment:\n  strategy: rolling\n  hooks:\n    - {name: w, kind: wait, for: 3m, stages: [POST_SCALE_UP]}\n", want: []string{"error BG2020 17:7 `{name: w, kind: wait, for: 3m, stages: [POST_SCALE_UP]}` <- 15:13 `rolling`"}},
		{name: "test rule under rolling", add: rollingText, want: []string{"error BG2020 14:5 `test` <- 15:24 `rolling`"}},
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
	}, stepCases()...)
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
