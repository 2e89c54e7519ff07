package parts

import (
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"

	"github.com/google/go-cmp/cmp"
)

const needy = `version: 1
name: orders
engine: ecs
service: {task: {containers: [{name: app, port: 9000}]}}
traffic: {web: {alb: {production: {priority: 20, when: [{host_header: [a.example]}]}, test: {priority: 10, when: [{host_header: [b.example]}]}}}}
`

// TestPin: the floor follows from what the blueprint asks for, and nothing else.
func TestPin(t *testing.T) {
	t.Parallel()
	const oldest = "5.100 (the oldest that bluegen knows)"
	hook := func(stage string, more string) string {
		return "deployment: {hooks: [{name: h, kind: code, path: h.py, handler: h.run, stages: [" + stage + "]}]" + more + "}\n"
	}
	wait := func(long, more string) string {
		return "deployment: {hooks: [{name: warm-up, kind: wait, for: " + long + ", stages: [POST_SCALE_UP]}]}\n" + more
	}
	for name, c := range map[string]struct{ add, pin, why, terraform string }{
		"blue/green":        {"", ">= 6.4, < 7.0", "6.4 (strategy blue_green)", "1.7 (the mocks of the tests)"},
		"rolling":           {"deployment: {strategy: rolling}\n", ">= 6.4, < 7.0", "6.4 (the strategy is written, rolling too)", ""},
		"rolling, the pair": {"deployment: {strategy: rolling, keep_pair: true}\n", ">= 6.4, < 7.0", "6.4 (keep_pair)", ""},
		"sigint":            {"deployment: {sigint_rollback: true}\n", ">= 6.11, < 7.0, != 6.53.0, != 6.54.0", "6.11 (sigint_rollback)", ""},
		"wait":              {wait("3m", ""), ">= 6.66, < 7.0", "6.66 (the timeout of the hook warm-up)", ""},
		"linear":            {"deployment: {strategy: linear}\n", ">= 6.21, < 7.0", "6.21 (strategy linear)", ""},
		"canary":            {"deployment: {strategy: canary}\n", ">= 6.21, < 7.0", "6.21 (strategy canary)", ""},
		"code":              {hook("POST_SCALE_UP", ""), ">= 6.4, < 7.0", "6.4 (strategy blue_green)", ""},
		"pause":             {"deployment: {hooks: [{name: ask, kind: approval, stages: [POST_SCALE_UP]}]}\n", ">= 6.66, < 7.0", "6.66 (the pause ask)", ""},
		"pausing":           {"deployment: {hooks: [{name: h, kind: wait, via: pause, for: 3m, stages: [POST_SCALE_UP]}]}\n", ">= 6.66, < 7.0", "6.66 (the pause h)", ""},
		"watch":             {"deployment: {hooks: [{name: h, kind: alarms, alarms: [a], for: 3m, stages: [POST_SCALE_UP]}]}\n", ">= 6.66, < 7.0", "6.66 (the timeout of the hook h)", ""},
		"details":           {"deployment: {hooks: [{name: h, kind: code, path: h.py, handler: h.run, hook_details: {a: b}, stages: [POST_SCALE_UP]}]}\n", ">= 6.14, < 7.0", "6.14 (the details of the hook h)", ""},
		"end":               {"deployment: {hooks: [{name: h, kind: code, path: h.py, handler: h.run, timeout_configuration: {timeout: 5m}, stages: [POST_SCALE_UP]}]}\n", ">= 6.66, < 7.0", "6.66 (the timeout of the hook h)", ""},
		"stage":             {hook("PRE_PRODUCTION_TRAFFIC_SHIFT", ""), ">= 6.66, < 7.0", "6.66 (the stage PRE_PRODUCTION_TRAFFIC_SHIFT)", ""},
		"broken below":      {hook("PRE_PRODUCTION_TRAFFIC_SHIFT", ", sigint_rollback: true"), ">= 6.66, < 7.0", "6.66 (the stage PRE_PRODUCTION_TRAFFIC_SHIFT)", ""},
		"state":             {"terraform: {backend: {s3: {bucket: states, region: eu-west-1}}}\n", ">= 6.4, < 7.0", "6.4 (strategy blue_green)", "1.10 (the state's lock file)"},
		"pinned":            {"terraform: {aws_provider: \"~> 6.20\"}\n", "~> 6.20", "6.4 (strategy blue_green)", ""},
		"pinned, asleep":    {wait("3m", "terraform: {aws_provider: \"~> 6.20\"}\n"), "~> 6.20", "6.4 (strategy blue_green)", ""},
		"pinned, too long":  {wait("20m", "terraform: {aws_provider: \"~> 6.20\"}\n"), "~> 6.20", "6.66 (the timeout of the hook warm-up)", ""},
		"pinned, rolling":   {"terraform: {aws_provider: \"~> 6.20\"}\ndeployment: {strategy: rolling}\n", "~> 6.20", oldest, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			services, diags := blueprint.Load(fstest.MapFS{"blueprint.yaml": {Data: []byte(needy + c.add)}, "h.py": {}}, "blueprint.yaml")
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			s := services[0]
			Pin(s)
			got := []string{s.Terraform.AWSProvider.V, LowestProvider(s).String(), LowestTerraform(s).String()}
			want := []string{c.pin, c.why, c.terraform}
			if c.terraform == "" {
				want[2] = got[2]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
