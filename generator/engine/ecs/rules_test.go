package ecs

import (
	"slices"
	"strings"
	"testing"

	"bluegen/generator/engine/ruletest"
	"bluegen/generator/parts"
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
		"service": serviceCases(), "bounds": boundCases(), "stickiness": stickyCases(), "containers": containerCases(), "ownership": ownershipCases(), "hooks": hookCases(), "timeouts": timeoutCases(),
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
				ruletest.Judge(t, Build, c.text(t), c.was, c.want)
			})
		}
	}
}

// text is the changed blueprint.
func (c ruleCase) text(t *testing.T) string {
	t.Helper()
	return ruletest.Changed(t, right, c.change...) + c.add
}

func TestEveryCode(t *testing.T) {
	t.Parallel()
	var said []string
	for _, cases := range tables() {
		for _, c := range cases {
			said = append(said, c.want...)
		}
	}
	ruletest.EveryCode(t, declared(t), said)
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

// TestCatalogue: the pages of the codes show what they say.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	was := map[string]string{"BG2022": rolling, "BG2023": rolling, "BG2024": blueGreen}
	untested := ruletest.Changed(t, right, rollingFrom()...)
	for _, code := range append(declared(t), string(parts.CodeVariable), string(parts.CodeOmitted)) {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			ruletest.Catalogued(t, Build, code, untested, was[code])
		})
	}
}

// TestIgnore: a warning can be accepted, an error cannot.
func TestIgnore(t *testing.T) {
	t.Parallel()
	headless := ruleCase{change: []string{right[strings.Index(right, "traffic:"):], ""}, add: "ignore: [BG2025, BG2051]\n"}
	if diags := ruletest.Diagnose(t, Build, headless.text(t), ""); diags != nil {
		t.Errorf("ignored all the same: %v", diags)
	}
	nothing := ruleCase{change: []string{right[strings.Index(right, "  task:"):], ""}, add: "ignore: [BG2025, BG2051]\n"}
	if diags := ruletest.Diagnose(t, Build, nothing.text(t), ""); !diags.HasErrors() {
		t.Error("an error was silenced")
	}
}
