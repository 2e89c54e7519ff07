package blueprint_test

import (
	"slices"
	"strings"
	"testing"

	"bluegen/generator/blueprint"
)

func TestChoicesAreTheModels(t *testing.T) {
	t.Parallel()
	for key, some := range map[string][]string{
		"engine": {"ecs"}, "deployment.strategy": {"rolling", "blue_green"}, "deployment.hooks.kind": {"wait", "code"}, "traffic": {"alb"},
	} {
		got := blueprint.Choices("ecs", key)
		for _, word := range some {
			if !slices.Contains(got, word) {
				t.Errorf("%s: %q lacks %s", key, got, word)
			}
		}
	}
	for _, key := range []string{"name", "nothing", "name.of", "traffic.alb", ""} {
		if got := blueprint.Choices("ecs", key); got != nil {
			t.Errorf("%q: %q", key, got)
		}
	}
}

func TestDefaultIsTheModels(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"terraform.directory": "terraform", "deployment.circuit_breaker.enable": "true", "name": "", "none": ""} {
		if got := blueprint.Default("ecs", key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

// A complaint is what Load would say of the same text.
func TestComplaint(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, text, want string }{
		{"name", "orders", ""},
		{"name", "Orders", `name cannot be "Orders"`},
		{"deployment.strategy", "blue_green", ""},
		{"deployment.strategy", "blue-green", `strategy cannot be "blue-green"`},
		{"engine", "ecs", ""},
		{"engine", "ec2", `engine cannot be "ec2"`},
		{"traffic.alb.production.priority", "110", ""},
		{"traffic.alb.production.priority", "0", "priority must be from 1 to 50000, not 0"},
		{"traffic.alb.production.priority", "many", "priority must be a whole number, not many"},
		{"traffic.alb.production.when.host_header", "orders.example.com", ""},
		{"traffic.alb.production.when.host_header", strings.Repeat("a", 129), "host_header cannot be"},
		{"traffic.alb.listener_arn", "arn:x", "listener_arn cannot be"},
		{"environments", "staging", ""},
		{"environments", "modules", `"modules" cannot be the name of an environment`},
		{"traffic", "web", "no key of the blueprint holds a text"},
		{"nowhere.at.all", "x", "no key of the blueprint holds a text"},
	} {
		d := blueprint.Complaint("ecs", c.key, c.text)
		switch {
		case d == nil && c.want != "":
			t.Errorf("%s: %s is admitted, want %q", c.key, c.text, c.want)
		case d != nil && (c.want == "" || !strings.Contains(d.Summary, c.want)):
			t.Errorf("%s: %s: %q, want %q", c.key, c.text, d.Summary, c.want)
		}
	}
}

// Which keys there are depends on the engine; what every engine has, every engine has.
func TestKeysOfAnEngine(t *testing.T) {
	t.Parallel()
	for key, engines := range map[string]string{
		"name": "ecs appmesh", "environments": "ecs appmesh", "service.task.cpu": "ecs appmesh", "deployment.strategy": "ecs", "traffic": "ecs",
		"mesh.listener.protocol": "appmesh", "nothing": "",
	} {
		var have []string
		for _, engine := range blueprint.Engines() {
			if blueprint.Has(engine, key) {
				have = append(have, engine)
			}
		}
		if got := strings.Join(have, " "); got != engines {
			t.Errorf("%s is a key of %q, want %q", key, got, engines)
		}
	}
}
