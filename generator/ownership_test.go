package generator

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// owned is a service whose revisions a pipeline deploys, and whose tasks autoscaling counts.
const owned = `version: 1
name: orders
engine: ecs
service:
  desired_count: 4
  autoscaling: {external: true}
  task_definition: {variable: task_definition}
traffic:
  web: {container: app, port: 9000, alb: {
    production: {priority: 110, when: [{host_header: [a.example.com]}]},
    test: {priority: 109, when: [{host_header: [b.example.com]}]}}}
ownership: {task_definition: pipeline, desired_count: autoscaling, load_balancer: ecs}
`

// piped is a service whose first revision is made here, and whose others a pipeline makes.
const piped = `version: 1
name: orders
engine: ecs
service:
  task: {containers: [{name: app, port: 9000}]}
traffic:
  web: {alb: {production: {priority: 110, when: [{host_header: [a.example.com]}]}}}
ownership: {task_definition: pipeline}
deployment: {strategy: rolling}
`

// ownedNetwork is a service behind a Network Load Balancer.
const ownedNetwork = `version: 1
name: orders
engine: ecs
service:
  task_definition: {variable: task_definition}
traffic:
  wire: {container: app, port: 9000, nlb: {production: {port: 443}, test: {port: 8443}}}
`

// kept is a value that somebody else changes after the first apply, and that a second one must leave alone.
type kept struct {
	name, module string
	// text is the blueprint.
	text string
	// change is what the second apply is given in place of the first value; there is only one of it among the variables.
	from, to string
	// fact is true while the first value stands, ignore the line without which it would not.
	fact, ignore string
}

// testOwnership applies twice, with other values the second time: what ECS, a pipeline or autoscaling owns must not move.
// Without its ignore_changes each value does move, so that the proof can fail.
func testOwnership(t *testing.T, j judge) {
	t.Helper()
	const group = "targetgroup/%s/1"
	first := func(rule string) string {
		return fmt.Sprintf(`alltrue([for g in aws_lb_listener_rule.%s.action[0].forward[0].target_group : !strcontains(g.arn, "other")])`, rule)
	}
	for _, k := range []kept{
		{"blue of the production rule", "listener_rules", owned, fmt.Sprintf(group, "blue"), fmt.Sprintf(group, "other"), first("production"), "ignore_changes  = [action]"},
		{"green of the production rule", "listener_rules", owned, fmt.Sprintf(group, "green"), fmt.Sprintf(group, "other"), first("production"), "ignore_changes  = [action]"},
		{"how long clients are held", "listener_rules", strings.Replace(owned, "alb: {", "alb: {stickiness: {duration: 1h},", 1), "= 1800", "= 60",
			"aws_lb_listener_rule.production.action[0].forward[0].stickiness[0].duration == 1800", "ignore_changes  = [action]"},
		{"blue of the test rule", "listener_rules", owned, fmt.Sprintf(group, "blue"), fmt.Sprintf(group, "other"), first("test"), "    ignore_changes = [action]"},
		{"group of the production listener", "listeners", ownedNetwork, fmt.Sprintf(group, "blue"), fmt.Sprintf(group, "other"), `strcontains(aws_lb_listener.production.default_action[0].target_group_arn, "blue")`, "ignore_changes  = [default_action]"},
		{"group of the test listener", "listeners", ownedNetwork, fmt.Sprintf(group, "green"), fmt.Sprintf(group, "other"), `strcontains(aws_lb_listener.test.default_action[0].target_group_arn, "green")`, "    ignore_changes = [default_action]"},
		{"desired count", "service", owned, "desired_count                     = 4", "desired_count                     = 9",
			"aws_ecs_service.this.desired_count == 4", "desired_count, "},
		{"task definition", "service", owned, "task-definition/orders:1", "task-definition/orders:2",
			`endswith(aws_ecs_service.this.task_definition, "orders:1")`, ", task_definition"},
		{"blue of the service", "service", owned, fmt.Sprintf(group, "web-blue"), fmt.Sprintf(group, "other"),
			`!strcontains(one(aws_ecs_service.this.load_balancer).target_group_arn, "other")`, "load_balancer, "},
		{"containers of the pipeline", "service", piped, "dkr.ecr.ap-northeast-1.amazonaws.com/orders:1", "dkr.ecr.ap-northeast-1.amazonaws.com/orders:2",
			`endswith(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].image, "orders:1")`, "    ignore_changes = [container_definitions]\n"},
	} {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			c := generated(t, fromText(k.text))[0]
			whole := k.twice(t, c.tree())
			for _, broken := range []bool{false, true} {
				tr := maps.Clone(whole)
				if broken {
					tr.replace(t, "modules/"+k.module+"/main.tf", k.ignore, "", 1)
				}
				out := j.test(t, tr, c.AWS)
				if broken == out.OK() || broken && !strings.Contains(strings.Join(failures(out), "\n"), "second: Test assertion failed: It moved.") {
					t.Errorf("ignored: %t, and the tests say: %s", !broken, strings.Join(failures(out), "\n"))
				}
			}
		})
	}
}

// twice leaves one test: the module applied with its own test's variables, and again with one value changed. What guards
// a resource from destruction is taken out, for a test must tear down what it made.
func (k kept) twice(t *testing.T, tr tree) tree {
	t.Helper()
	main := "modules/" + k.module + "/main.tf"
	tr[main] = regexp.MustCompile(` +prevent_destroy += true\n`).ReplaceAllString(tr[main], "")
	variables := variablesOf(t, tr["tests/"+k.module+".tftest.hcl"])
	if strings.Count(variables, k.from) != 1 {
		t.Fatalf("%q is not once in %s", k.from, variables)
	}
	run := func(name, variables, fact string) string {
		return fmt.Sprintf("run %q {\n  module {\n    source = %q\n  }\n%s\n  assert {\n    condition     = %s\n    error_message = \"It moved.\"\n  }\n}\n",
			name, "./modules/"+k.module, variables, fact)
	}
	for name := range tr {
		if strings.HasSuffix(name, ".tftest.hcl") {
			delete(tr, name)
		}
	}
	tr["tests/ownership.tftest.hcl"] = "mock_provider \"aws\" {\n  source = \"./tests/mocks\"\n}\n" +
		run("first", variables, k.fact) + run("second", strings.Replace(variables, k.from, k.to, 1), k.fact)
	return tr
}

// variablesOf is the variables block of the only run of a test file.
func variablesOf(t *testing.T, text string) string {
	t.Helper()
	parsed, diags := hclwrite.ParseConfig([]byte(text), "test", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, b := range parsed.Body().Blocks() {
		if b.Type() == "run" {
			return string(b.Body().FirstMatchingBlock("variables", nil).BuildTokens(nil).Bytes())
		}
	}
	t.Fatal("the test has no run")
	return ""
}
