package ecs

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
)

// resolved is the deployment of the right blueprint with changes, which come in pairs, and an addition.
func resolved(t *testing.T, add string, change ...string) *deployment {
	t.Helper()
	text := right
	for i := 0; i < len(change); i += 2 {
		if strings.Count(text, change[i]) != 1 {
			t.Fatalf("%q is not once in\n%s", change[i], text)
		}
		text = strings.Replace(text, change[i], change[i+1], 1)
	}
	services, diags := blueprint.Load(fstest.MapFS{"blueprint.yaml": {Data: []byte(text + add)}, "hooks/check.py": {}}, "blueprint.yaml")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	parts.Pin(services[0])
	pins, err := version.NewConstraint(services[0].Terraform.AWSProvider.V)
	if err != nil {
		t.Fatal(err)
	}
	aws, err := schemas.Open("aws", pins)
	if err != nil {
		t.Fatal(err)
	}
	return resolve(services[0], aws)
}

const waitHook = "    - {name: %s, kind: wait, for: %s, stages: [%s]}\n"

// TestWaits: scale-up, the slowest hook of each stage, bake, deregistration and stop, and a quarter more, in whole minutes.
func TestWaits(t *testing.T) {
	t.Parallel()
	hooks := func(lines ...string) string {
		return "deployment:\n  bake_time: 3m\n  hooks:\n" + strings.Join(lines, "")
	}
	wait := func(name, long, stages string) string { return fmt.Sprintf(waitHook, name, long, stages) }
	for _, c := range []struct {
		name, add string
		change    []string
		want      string
	}{
		{"defaults", "", nil, "create 20m, update 20m, delete 20m: scale-up 10m + bake 5m + deregistration 30s + stop 30s = 16m, times 1.25, rounded up."},
		{"a hook", hooks(wait("a", "3m", "POST_SCALE_UP")), nil,
			"create 24m, update 24m, delete 20m: scale-up 10m + hook a 5m + bake 3m + deregistration 30s + stop 30s = 19m, times 1.25, rounded up."},
		{"a hook at two stages counts twice", hooks(wait("a", "3m", "POST_SCALE_UP, PRE_SCALE_UP")), nil,
			"create 30m, update 30m, delete 20m: scale-up 10m + hook a 5m + hook a 5m + bake 3m + deregistration 30s + stop 30s = 24m, times 1.25, rounded up."},
		{"hooks of one stage run side by side", hooks(wait("a", "3m", "POST_SCALE_UP"), wait("b", "8m", "POST_SCALE_UP")), nil,
			"create 30m, update 30m, delete 20m: scale-up 10m + hook b 10m + bake 3m + deregistration 30s + stop 30s = 24m, times 1.25, rounded up."},
		{"the order is that of the stages", hooks(wait("late", "1m", "POST_PRODUCTION_TRAFFIC_SHIFT"), wait("early", "2m", "PRE_SCALE_UP, POST_PRODUCTION_TRAFFIC_SHIFT")), nil,
			"create 28m, update 28m, delete 20m: scale-up 10m + hook early 4m + hook early 4m + bake 3m + deregistration 30s + stop 30s = 22m, times 1.25, rounded up."},
		{"a handler takes as long as one call may", hooks("    - {name: c, kind: code, path: hooks/check.py, handler: check.run, timeout: 90s, stages: [POST_SCALE_UP]}\n"), nil,
			"create 20m, update 20m, delete 20m: scale-up 10m + hook c 1m30s + bake 3m + deregistration 30s + stop 30s = 15m30s, times 1.25, rounded up."},
		{"the slowest group and the slowest container", "", []string{"port: 9000}", "port: 9000}\n      - {name: side, image: a.example/side:1, stop_timeout: 2m}",
			"  web: {alb: {", "  web: {container: app, alb: {\n    target_group: {deregistration_delay: 1h},"},
			"create 1h37m, update 1h37m, delete 1h18m: scale-up 10m + bake 5m + deregistration 1h + stop 2m = 1h17m, times 1.25, rounded up."},
		{"rolling has neither hooks nor bake", "deployment: {strategy: rolling, keep_pair: true, scale_up: 1m}\n", nil,
			"create 3m, update 3m, delete 20m: scale-up 1m + deregistration 30s + stop 30s = 2m, times 1.25, rounded up."},
		{"a linear deployment waits between its steps", "deployment: {strategy: linear, linear: {step_percent: 25, step_bake_time: 4m}}\n", nil,
			"create 35m, update 35m, delete 20m: scale-up 10m + steps 12m + bake 5m + deregistration 30s + stop 30s = 28m, times 1.25, rounded up."},
		{"a canary waits once", "deployment: {strategy: canary, canary: {bake_time: 12m}}\n", nil,
			"create 35m, update 35m, delete 20m: scale-up 10m + canary 12m + bake 5m + deregistration 30s + stop 30s = 28m, times 1.25, rounded up."},
		{"hooks at the shift run with each step", "deployment:\n  strategy: canary\n  hooks:\n" + wait("a", "2m", "PRODUCTION_TRAFFIC_SHIFT, POST_SCALE_UP"), nil,
			"create 48m, update 48m, delete 20m: scale-up 10m + hook a 4m + hook a at 2 shifts 8m + canary 10m + bake 5m + deregistration 30s + stop 30s = 38m, times 1.25, rounded up."},
		{"a Network Load Balancer is slow", "", balanced(tcpProduction + tcpTest),
			"create 45m, update 45m, delete 20m: scale-up 10m + network load balancer 20m + bake 5m + deregistration 30s + stop 30s = 36m, times 1.25, rounded up."},
		{"but not where nothing shifts", "deployment: {strategy: rolling}\n", balanced(tcpProduction),
			"create 14m, update 14m, delete 20m: scale-up 10m + deregistration 30s + stop 30s = 11m, times 1.25, rounded up."},
		{"Service Connect has nothing to deregister", "", connected(rpc("")),
			"create 20m, update 20m: scale-up 10m + bake 5m + deregistration 0s + stop 30s = 15m30s, times 1.25, rounded up."},
		{"one is said", "deployment: {timeouts: {create: 2h}}\n", nil, "create 2h, update 20m, delete 20m: scale-up 10m + bake 5m + deregistration 30s + stop 30s = 16m, times 1.25, rounded up."},
		{"both are said", "deployment: {timeouts: {create: 2h, update: 1h, delete: 30m}}\n", nil, "create 2h, update 1h, delete 30m: "},
		{"without waiting", "deployment: {wait: false}\n", nil, "delete 20m: "},
		{"draining that the provider waits for anyway", "deployment: {wait: false}\n", []string{"  web: {alb: {", "  web: {alb: {\n    target_group: {deregistration_delay: 15m},"}, "delete 20m: "},
		{"draining that takes longer, without waiting", "deployment: {wait: false}\n", []string{"  web: {alb: {", "  web: {alb: {\n    target_group: {deregistration_delay: 16m},"}, "delete 21m: "},
		{"rolling and draining", "deployment: {strategy: rolling, keep_pair: true}\n", []string{"  web: {alb: {", "  web: {alb: {\n    target_group: {deregistration_delay: 1h},"},
			"create 1h29m, update 1h29m, delete 1h16m: scale-up 10m + deregistration 1h + stop 30s = 1h10m30s, times 1.25, rounded up."},
		{"without waiting, but deleting", "deployment: {wait: false, timeouts: {delete: 30m}}\n", nil, "delete 30m: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := resolved(t, c.add, c.change...)
			var got []string
			for _, w := range d.wait.named() {
				long, err := time.ParseDuration(w.value)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, w.name+" "+parts.Spell(long))
			}
			if diff := cmp.Diff(c.want, sorted(got)+": "+d.wait.why(d.In.ECS.Deployment.Timeouts)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// sorted is create, update, delete: as people think of them.
func sorted(named []string) string {
	var out []string
	for _, first := range []string{"create", "update", "delete"} {
		for _, n := range named {
			if strings.HasPrefix(n, first) {
				out = append(out, n)
			}
		}
	}
	return strings.Join(out, ", ")
}

func TestMinutesUp(t *testing.T) {
	t.Parallel()
	for in, want := range map[time.Duration]time.Duration{0: 0, time.Second: time.Minute, time.Minute: time.Minute, 61 * time.Second: 2 * time.Minute} {
		if got := parts.MinutesUp(in); got != want {
			t.Errorf("%v is %v, want %v", in, got, want)
		}
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for in, want := range map[time.Duration]string{
		0: "0s", 30 * time.Second: "30s", 90 * time.Second: "1m30s", 10 * time.Minute: "10m", time.Hour: "1h", 20 * time.Hour: "20h",
		90 * time.Minute: "1h30m", time.Hour + 30*time.Second: "1h30s", 10*time.Hour + 10*time.Minute: "10h10m", 100 * time.Minute: "1h40m",
	} {
		if got := parts.Spell(in); got != want {
			t.Errorf("%v is %q, want %q", in, got, want)
		}
	}
}

// TestGRPC: AWS's own defaults for GRPC, unless the blueprint says otherwise.
func TestGRPC(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, group, want string }{
		{"HTTP", "{}", "/ 200"},
		{"GRPC", "{protocol_version: GRPC}", "/AWS.ALB/healthcheck 12"},
		{"GRPC with a path", "{protocol_version: GRPC, health_check: {path: /grpc.health.v1.Health/Check}}", "/grpc.health.v1.Health/Check 12"},
		{"GRPC with a code", `{protocol_version: GRPC, health_check: {matcher: "0"}}`, "/AWS.ALB/healthcheck 0"},
		{"HTTP2", "{protocol_version: HTTP2}", "/ 200"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := resolved(t, "", "  web: {alb: {", "  web: {alb: {\n    target_group: "+c.group+",")
			hc := d.pairs[0].alb.TargetGroup.HealthCheck
			if got := hc.Path.V + " " + hc.Matcher.V; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if said := d.In.ECS.Traffic[0].V.ALB.TargetGroup.HealthCheck; said.Path.Default && said.Path.V != "/" {
				t.Error("the blueprint itself was changed")
			}
		})
	}
}

// TestContainerOfTraffic: the only container and its port where nothing is said, and no guess where there are two.
func TestContainerOfTraffic(t *testing.T) {
	t.Parallel()
	const two = "port: 9000}\n      - {name: admin, image: a.example/admin:1, port: 9001}"
	for _, c := range []struct {
		name   string
		change []string
		want   string
	}{
		{"nothing said", nil, "app 9000"},
		{"the port alone", []string{"  web: {alb: {", "  web: {port: 8080, alb: {"}, "app 8080"},
		{"one of two", []string{"port: 9000}", two, "  web: {alb: {", "  web: {container: admin, alb: {"}, "admin 9001"},
		{"none of two", []string{"port: 9000}", two}, " 0"},
		{"unknown", []string{"  web: {alb: {", "  web: {container: other, alb: {"}, "other 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := resolved(t, "", c.change...).pairs[0]
			if got := fmt.Sprint(p.container.V, " ", p.port.V); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestPairs: which groups and rules a key of traffic has, under each strategy.
func TestPairs(t *testing.T) {
	t.Parallel()
	const test = "    test: {priority: 109, when: [{host_header: [a.example]}, {http_header: {name: x-test, values: [\"1\"]}}]}"
	for _, c := range []struct {
		name, add string
		change    []string
		want      string
	}{
		{"blue/green", "", nil, "orders-web-blue orders-web-green test:true apart:false"},
		{"without a test rule", "", []string{test, ""}, "orders-web-blue orders-web-green test:false apart:false"},
		{"on another listener", "", []string{"test: {", "test: {listener_arn: {variable: test_listener_arn}, "}, "orders-web-blue orders-web-green test:true apart:true"},
		{"rolling", "deployment: {strategy: rolling}\n", []string{test, ""}, "orders-web-blue  test:false apart:false"},
		{"rolling with a pair", "deployment: {strategy: rolling, keep_pair: true}\n", nil, "orders-web-blue orders-web-green test:true apart:false"},
		{"underscores", "", []string{"  web: {", "  web_api: {"}, "orders-web-api-blue orders-web-api-green test:true apart:false"},
		{"environment", "environments: {production: {}}\n", nil, "orders-production-web-blue orders-production-web-green test:true apart:false"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := resolved(t, c.add, c.change...).pairs[0]
			if got := fmt.Sprintf("%s %s test:%t apart:%t", p.blue, p.green, p.test, p.apart); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestUp: a handler is referred to from wherever the configuration lies.
func TestUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ add, folder, up string }{
		{"", "terraform", "../"},
		{"terraform: {directory: infra/ecs}\n", "infra/ecs", "../../"},
		{"environments: {production: {}}\n", "terraform/production", "../../"},
		{"terraform: {directory: infra/ecs}\nenvironments: {production: {}}\n", "infra/ecs/production", "../../../"},
	} {
		if d := resolved(t, c.add); d.Folder() != c.folder || d.Up() != c.up {
			t.Errorf("%q: %s, %s", c.add, d.Folder(), d.Up())
		}
	}
}

// TestGates: what a pin admits decides what is written.
func TestGates(t *testing.T) {
	t.Parallel()
	type admitted struct {
		gates
		region bool
	}
	for pin, want := range map[string]admitted{
		"= 5.100.0":       {},
		">= 6.0, < 7.0":   {region: true},
		">= 6.4, < 7.0":   {gates{configuration: true}, true},
		">= 6.66, < 7.0":  {gates{configuration: true, hookTimeout: true}, true},
		">= 5.100, < 7.0": {},
	} {
		d := resolved(t, "terraform: {aws_provider: \""+pin+"\"}\n")
		if got := (admitted{d.gates, d.RegionAttribute}); got != want {
			t.Errorf("%s: %+v, want %+v", pin, got, want)
		}
	}
}
