package ecs

import (
	"slices"
	"strings"
	"testing"

	"bluegen/generator/diag"
	"bluegen/generator/engine/ruletest"

	"github.com/google/go-cmp/cmp"
)

// right is a blueprint of which no rule says anything; every case changes a little of it. What a case appends is line 15.
const right = `version: 1
name: orders
engine: ecs
network: {vpc_id: {variable: vpc_id}, subnet_ids: {variable: subnet_ids}, security_group_ids: {variable: group_ids}}
service:
  cluster: {variable: cluster_arn}
  task:
    containers:
      - {name: app, image: {variable: image}, port: 9000}
traffic:
  web: {alb: {
    listener_arn: {variable: listener_arn},
    production: {priority: 110, when: [{host_header: [a.example]}]},
    test: {priority: 109, when: [{host_header: [a.example]}, {http_header: {name: x-test, values: ["1"]}}]}}}
`

// ruleCase is a change of the right blueprint and what is said of it.
type ruleCase struct {
	name string
	// change holds pairs: what is replaced, and by what.
	change []string
	add    string
	was    string
	// want is "error BG2020 14:44 `3m` <- 14:24 `rolling`": severity, code, place and the text there, related places.
	want []string
}

// tables are the cases of every file of rules.
func tables() map[string][]ruleCase {
	return map[string][]ruleCase{
		"pin": pinCases(), "strategy": strategyCases(), "traffic": trafficCases(), "shadow": shadowCases(),
		"service": serviceCases(), "containers": containerCases(), "ownership": ownershipCases(), "hooks": hookCases(), "timeouts": timeoutCases(),
		"network": balancerCases(), "connect": connectCases(),
		"ci": ciCases(), "alarms": alarmCases(), "starting": startingCases(), "autoscaling": scalingCases(), "notifications": notificationCases(),
		"pauses": pauseCases(), "ends": endCases(), "smoke tests": smokeCases(), "metrics": metricCases(), "told": toldCases(),
		"network watch": networkWatchCases(), "network metrics": networkMetricCases(), "network smoke tests": networkSmokeCases(),
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	for table, cases := range tables() {
		for _, c := range cases {
			t.Run(table+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				text, diags := c.build(t)
				got := ruletest.Told(text, diags)
				ruletest.Manners(t, diags)
				if diff := cmp.Diff(append([]string{}, c.want...), got); diff != "" {
					t.Errorf("%s\n%s\n%v", numbered(text), diff, diags)
				}
			})
		}
	}
}

// build loads the changed blueprint and builds it.
func (c ruleCase) build(t *testing.T) (string, diag.List) {
	t.Helper()
	text := ruletest.Changed(t, right, c.change...) + c.add
	return text, ruletest.Diagnose(t, Build, text, c.was)
}

func numbered(text string) string { return ruletest.Numbered(text) }

// TestEveryCode: a rule without a case is a rule that nobody has seen work.
func TestEveryCode(t *testing.T) {
	t.Parallel()
	var said []string
	for _, cases := range tables() {
		for _, c := range cases {
			said = append(said, c.want...)
		}
	}
	for _, code := range declared(t) {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, code) }) {
			t.Errorf("%s has no case", code)
		}
	}
}

// declared are the codes of the engine's rules and of those that every engine has.
func declared(t *testing.T) []string {
	t.Helper()
	codes := slices.Concat(ruletest.Codes(t, "codes.go"), ruletest.Codes(t, "codes_hooks.go"), ruletest.Codes(t, "../../parts/codes.go"))
	if len(codes) < 40 {
		t.Fatalf("only %v", codes)
	}
	return codes
}

// TestIgnore: a warning can be accepted, an error cannot.
func TestIgnore(t *testing.T) {
	t.Parallel()
	headless := ruleCase{change: []string{right[strings.Index(right, "traffic:"):], ""}, add: "ignore: [BG2025, BG2051]\n"}
	if _, diags := headless.build(t); diags != nil {
		t.Errorf("ignored all the same: %v", diags)
	}
	nothing := ruleCase{change: []string{right[strings.Index(right, "  task:"):], ""}, add: "ignore: [BG2025, BG2051]\n"}
	if _, diags := nothing.build(t); !diags.HasErrors() {
		t.Error("an error was silenced")
	}
}
