package ecs

import (
	"strings"
	"testing"

	"bluegen/generator/engine/ruletest"
)

// boundCases: right has the default desired count of one task.
func boundCases() []ruleCase {
	of := func(count string) []string {
		return append(rollingFrom(), "  task:\n", "  desired_count: "+count+"\n  task:\n")
	}
	rollingWith := func(keys string) string { return "deployment: {strategy: rolling, " + keys + "}\n" }
	const scaled = "ownership: {desired_count: autoscaling}\n"
	scaling := func(least string) []string {
		return append(rollingFrom(), "  task:\n", "  desired_count: 2\n  autoscaling: {min: "+least+", max: 9, cpu: 50}\n  task:\n")
	}
	return []ruleCase{
		{name: "less room for one task", change: rollingFrom(), add: rollingWith("maximum_percent: 199"), want: []string{"error BG2168 14:50 `199`"}},
		{name: "less room, and less to keep", change: rollingFrom(), add: rollingWith("maximum_percent: 100, minimum_healthy_percent: 99"), want: []string{"error BG2168 14:50 `100` <- 14:80 `99`"}},
		{name: "one task that may stop first", change: rollingFrom(), add: rollingWith("maximum_percent: 100, minimum_healthy_percent: 0")},
		{name: "two tasks and a half of one", change: of("2"), add: rollingWith("maximum_percent: 149"), want: []string{"error BG2168 15:50 `149`"}},
		{name: "two tasks and one", change: of("2"), add: rollingWith("maximum_percent: 150")},
		{name: "three tasks of which one may go", change: of("3"), add: rollingWith("maximum_percent: 100, minimum_healthy_percent: 66")},
		{name: "three tasks of which none may go", change: of("3"), add: rollingWith("maximum_percent: 100, minimum_healthy_percent: 67"), want: []string{"error BG2168 15:50 `100` <- 15:80 `67`"}},
		{name: "no tasks", change: of("0"), add: rollingWith("maximum_percent: 100")},
		{name: "with the pair", add: rollingWith("keep_pair: true, maximum_percent: 150"), want: []string{"error BG2168 15:67 `150`"}},
		{name: "fewest of autoscaling", change: scaling("1"), add: rollingWith("maximum_percent: 150") + scaled, want: []string{"error BG2168 16:50 `150`"}},
		{name: "none of autoscaling", change: scaling("0"), add: rollingWith("maximum_percent: 150") + scaled, want: []string{"error BG2168 16:50 `150`"}},
		{name: "enough of autoscaling", change: scaling("2"), add: rollingWith("maximum_percent: 150") + scaled},
		{name: "lower maximum of blue_green", add: "deployment: {maximum_percent: 199}\n", want: []string{"warning BG2167 15:31 `199` <- 15:1 `deployment`"}},
		{name: "lower minimum of canary", add: "deployment: {strategy: canary, minimum_healthy_percent: 99}\n", want: []string{"warning BG2167 15:57 `99` <- 15:24 `canary`"}},
		{name: "larger maximum of blue_green", add: "deployment: {maximum_percent: 300}\n"},
		{name: "the usual ones", add: "deployment: {maximum_percent: 200, minimum_healthy_percent: 100}\n"},
		{name: "accepted", add: "deployment: {maximum_percent: 150}\nignore: [BG2167]\n"},
	}
}

const held = "web: {alb: {stickiness: {duration: 1h},"

func stickyCases() []ruleCase {
	from := []string{"web: {alb: {", held}
	return []ruleCase{
		{name: "under blue_green", change: from, add: "deployment: {strategy: blue_green}\n", want: []string{"warning BG2166 11:15 `stickiness` <- 15:24 `blue_green`"}},
		{name: "under linear", change: from, add: "deployment: {strategy: linear, wait: false}\n", want: []string{"warning BG2166 11:15 `stickiness` <- 15:24 `linear`"}},
		{name: "under canary", change: from, add: "deployment: {strategy: canary}\n", want: []string{"warning BG2166 11:15 `stickiness` <- 15:24 `canary`"}},
		{name: "under rolling", change: append(rollingFrom(), from...), add: rollingText, want: []string{"error BG2020 11:15 `stickiness` <- 14:24 `rolling`"}},
		{name: "with the pair", change: from, add: keepText},
		{name: "accepted", change: from, add: "ignore: [BG2166]\n"},
	}
}

// TestStickyWords: where a share is to be watched, more is wrong than where all of the traffic moves.
func TestStickyWords(t *testing.T) {
	t.Parallel()
	for strategy, want := range map[string]string{"linear, wait: false": "The steps are not", "canary": "The canary is not", "blue_green": "A client's cookie"} {
		text := ruletest.Changed(t, right, "web: {alb: {", held) + "deployment: {strategy: " + strategy + "}\n"
		diags := ruletest.Diagnose(t, Build, text, "")
		if len(diags) != 1 || !strings.HasPrefix(diags[0].Detail, want) {
			t.Errorf("%s: %v", strategy, diags)
		}
	}
}
