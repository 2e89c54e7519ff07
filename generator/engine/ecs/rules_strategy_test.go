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
		{name: "bake under rolling", change: rollingFrom(), add: "deployment: {strategy: rolling, bake_time: 3m}\n", want: []string{"15:44-15:46 error BG2020 <- 15:24-15:31"}},
		{name: "hooks under rolling", change: rollingFrom(), add: "deployment:\n  strategy: rolling\n  hooks:\n    - {name: w, kind: wait, for: 3m, stages: [POST_SCALE_UP]}\n", want: []string{"18:7-18:62 error BG2020 <- 16:13-16:20"}},
		{name: "test rule under rolling", add: rollingText, want: []string{"14:5-14:9 error BG2020 <- 15:24-15:31"}},
		{name: "rolling", change: rollingFrom(), add: rollingText},
		{name: "rolling with the pair", add: keepText},
		{name: "keep_pair under blue_green", add: "deployment: {strategy: blue_green, keep_pair: true}\n", want: []string{"15:47-15:51 error BG2020 <- 15:24-15:34"}},
		{name: "keep_pair off under blue_green", add: "deployment: {keep_pair: false}\n"},
		{name: "headless", change: headless(), add: "deployment: {strategy: blue_green}\n", want: []string{"10:24-10:34 warning BG2025"}},
		{
			name: "headless says it once", change: headless(), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [TEST_TRAFFIC_SHIFT]}]}\n",
			want: []string{"10:1-10:11 warning BG2025"},
		},
		{name: "headless and rolling", change: headless(), add: rollingText},
		{name: "no test rule", change: rollingFrom(), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [POST_TEST_TRAFFIC_SHIFT]}]}\n", want: []string{"14:62-14:85 warning BG2026"}},
		{name: "no test rule, other stage", change: rollingFrom(), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [POST_SCALE_UP]}]}\n"},
		{name: "test rule and test stage", add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [TEST_TRAFFIC_SHIFT]}]}\n"},
	}, stepCases()...)
}

// stepCases: what the last generate wrote, and what may follow at once.
func stepCases() []ruleCase {
	const strategy = "deployment: {strategy: blue_green}\n"
	return []ruleCase{
		{name: "rolling to blue_green without a test rule", was: "rolling", change: rollingFrom(), add: strategy, want: []string{"14:24-14:34 error BG2022"}},
		{name: "rolling to the pair without a test rule", was: "rolling", change: rollingFrom(), add: keepText, want: []string{"14:24-14:31 error BG2022"}},
		{name: "rolling to blue_green at once", was: "rolling", add: strategy, want: []string{"15:24-15:34 warning BG2023"}},
		{name: "rolling to the pair", was: "rolling", add: keepText},
		{name: "the pair to blue_green", was: "rolling+pair", add: strategy},
		{name: "the pair to rolling", was: "rolling+pair", change: rollingFrom(), add: rollingText},
		{name: "rolling to blue_green, headless", was: "rolling", change: headless(), add: strategy, want: []string{"10:24-10:34 warning BG2025"}},
		{name: "rolling again", was: "rolling", change: rollingFrom(), add: rollingText},
		{name: "blue_green to rolling at once", was: "blue_green", change: rollingFrom(), add: rollingText, want: []string{"14:24-14:31 error BG2024"}},
		{name: "blue_green to the pair", was: "blue_green", add: keepText},
		{name: "blue_green again", was: "blue_green", add: strategy},
		{name: "the first generate", add: strategy},
	}
}
