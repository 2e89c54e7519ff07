package ecs

import (
	"slices"
	"strings"
	"testing"
)

// TestPlain: what is put between a shell's quotes must stay there.
func TestPlain(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"orders.example.com": true, "x-test1": true, "a/b?": false, "*.example.com": false, "it's": false, `"x"`: false, "`id`": false,
		"$HOME": false, `a\b`: false, "two words": false, "tab\t": false, "ümlaut": false, "": true, "a;b": true,
	} {
		if got := plain(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// TestTestRequest: a command that the test rule takes, or none.
func TestTestRequest(t *testing.T) {
	t.Parallel()
	const test = "{priority: 109, when: [{host_header: [a.example]}, {http_header: {name: x-test, values: [\"1\"]}}]}"
	for _, c := range []struct {
		name   string
		change []string
		want   string
	}{
		{"host and header", nil, "curl -H 'x-test: 1' https://a.example/"},
		{"host of the test rule", []string{test, "{priority: 109, when: [{host_header: [test.example]}]}"}, "curl https://test.example/"},
		{"the production rule's host", []string{test, "{priority: 109, when: [{http_header: {name: x-test, values: [\"1\"]}}]}"}, "curl -H 'x-test: 1' https://a.example/"},
		{"wildcard", []string{"when: [{host_header: [a.example]}]}", "when: [{host_header: [\"*.example\"]}]}", test, "{priority: 109, when: [{host_header: [\"*.example\"]}, {http_header: {name: x-test, values: [\"1\"]}}]}"}, ""},
		{"a quote in the header's value", []string{`values: ["1"]`, `values: ["it's"]`}, ""},
		{"a condition that no header makes true", []string{`{http_header: {name: x-test, values: ["1"]}}`, `{source_ip: [10.0.0.0/8]}`}, ""},
		{"another host, with a wildcard", []string{test, `{priority: 109, when: [{host_header: ["*.example"]}, {http_header: {name: x-test, values: ["1"]}}]}`}, ""},
		{"a path that a shell reads", []string{"  web: {alb: {", "  web: {alb: {\n    target_group: {health_check: {path: /health;id}},"}, ""},
		{"another listener", []string{"test: {", "test: {listener_arn: {variable: test_listener_arn}, "}, ""},
		{"path of the health check", []string{"  web: {alb: {", "  web: {alb: {\n    target_group: {health_check: {path: /health}},"}, "curl -H 'x-test: 1' https://a.example/health"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := resolved(t, "", c.change...).testRequest(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestReadmeOfModules: each module says which of the blueprint's things it is for.
func TestReadmeOfModules(t *testing.T) {
	t.Parallel()
	d := resolved(t, `deployment:
  hooks:
    - {name: smoke, kind: code, path: hooks/check.py, handler: check.run, environment: {URL: "https://a.example"}, stages: [POST_TEST_TRAFFIC_SHIFT]}
    - {name: migrate, kind: code, path: hooks/check.py, handler: check.run, stages: [PRE_SCALE_UP]}
    - {name: again, kind: code, path: hooks/check.py, handler: check.run, stages: [POST_SCALE_UP]}
`)
	readme := string(d.configuration().readme().Data)
	for _, want := range []string{
		"| [hook_code](modules/hook_code) | smoke: runs `hooks/check.py` at POST_TEST_TRAFFIC_SHIFT |",
		"| [hook_code_migrate](modules/hook_code_migrate) | migrate: runs `hooks/check.py` at PRE_SCALE_UP; again: runs `hooks/check.py` at POST_SCALE_UP |",
		"| [target_groups](modules/target_groups) | blue and green of web |",
		"| [listener_rules](modules/listener_rules) | web's rules for production (110) and test traffic (109) |",
	} {
		if !strings.Contains(readme, want) {
			t.Errorf("%q is not in\n%s", want, readme)
		}
	}
}

// TestReadmeOfRollback: the README says what an apply makes of a rollback, and has the command that waits where it makes nothing of it.
func TestReadmeOfRollback(t *testing.T) {
	t.Parallel()
	const command = `[ "$status" = SUCCESSFUL ]`
	for _, c := range []struct {
		name, add string
		waits     bool
		says      string
	}{
		{"waits", "", false, "The apply then fails, and the next one tries again"},
		{"does not wait", "deployment: {wait: false}\n", true, "The apply does not see it"},
		{"a pipeline deploys", "ownership: {task_definition: pipeline}\n", true, "the revision is the pipeline's"},
		{"a pipeline deploys, and nothing waits", "ownership: {task_definition: pipeline}\ndeployment: {wait: false}\n", true, "No apply sees it: the revision is the pipeline's"},
		{"back with the image", "", false, "After the deployment: apply the old image."},
		{"back with the pipeline", "ownership: {task_definition: pipeline}\n", true, "After the deployment: deploy the old revision with the pipeline."},
		{"an alarm", "deployment: {alarms: {traffic: {}}}\n", false, "when tasks do not start or an alarm goes off. "},
		{"an alarm that only stops", "deployment: {alarms: {traffic: {}, rollback: false}}\n", false, "when tasks do not start. "},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			readme := string(resolved(t, c.add).configuration().readme().Data)
			if strings.Contains(readme, command) != c.waits || !strings.Contains(readme, c.says) {
				t.Errorf("command: %t, and %q in\n%s", c.waits, c.says, readme)
			}
		})
	}
}

// TestReadmeOfWhatThereIs: nothing is said of groups, traffic or a green that a service does not have.
func TestReadmeOfWhatThereIs(t *testing.T) {
	t.Parallel()
	const green, back, switches, balancer = "Test traffic reaches green", "Traffic returns to blue", "**On to blue/green**", "The load balancer's security group must allow egress"
	own := []string{"security_group_ids: {variable: group_ids}", "security_group: {ingress_from: [{variable: clients}]}"}
	for _, c := range []struct {
		name, add string
		change    []string
		says      []string
	}{
		{"blue/green", "", own, []string{green, back, balancer}},
		{"no traffic", "deployment: {strategy: blue_green}\n", append(headless(), own...), nil},
		{"a pair that is kept", keepText, own, []string{switches, balancer}},
		{"rolling", rollingText, append(rollingFrom(), own...), []string{switches, balancer}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			readme := string(resolved(t, c.add, c.change...).configuration().readme().Data)
			for _, words := range []string{green, back, switches, balancer} {
				if strings.Contains(readme, words) != slices.Contains(c.says, words) {
					t.Errorf("%q is said or missing in\n%s", words, readme)
				}
			}
		})
	}
}
