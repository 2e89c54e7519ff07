package golden

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	tfjson "github.com/hashicorp/terraform-json"
)

// meshState is a state of the article's rollout: the weights of blue and green, -1 for a colour that is off.
type meshState struct{ blue, green int }

func (s meshState) String() string { return fmt.Sprintf("blue %d, green %d", s.blue, s.green) }

// active are the weights by active colour.
func (s meshState) active() map[string]int {
	out := map[string]int{}
	for colour, weight := range map[string]int{"blue": s.blue, "green": s.green} {
		if weight >= 0 {
			out[colour] = weight
		}
	}
	return out
}

// compare holds a plan to what the state must make: how many of each type, and the values that decide.
func (s meshState) compare(t *testing.T, plan *tfjson.Plan) {
	t.Helper()
	n := len(s.active())
	want := map[string]int{
		"aws_appmesh_mesh": 1, "aws_appmesh_virtual_node": n, "aws_appmesh_virtual_router": 1, "aws_appmesh_route": 1, "aws_appmesh_virtual_service": 1,
		"aws_service_discovery_private_dns_namespace": 1, "aws_service_discovery_service": 1,
		"aws_iam_role": 2, "aws_iam_role_policy": 1, "aws_iam_role_policy_attachment": 2,
		"aws_cloudwatch_log_group": 3, "aws_ecs_task_definition": n, "aws_ecs_service": n,
		"aws_security_group": 1, "aws_vpc_security_group_ingress_rule": 1, "aws_vpc_security_group_egress_rule": 1,
	}
	got := map[string]int{}
	after := map[string]map[string]any{}
	for _, c := range plan.ResourceChanges {
		if c.Mode != tfjson.ManagedResourceMode {
			continue
		}
		if !c.Change.Actions.Create() {
			t.Errorf("%s: %v", c.Address, c.Change.Actions)
		}
		got[c.Type]++
		values, ok := c.Change.After.(map[string]any)
		if !ok {
			t.Fatalf("%s has no values", c.Address)
		}
		after[c.Address] = values
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
	s.compareRoute(t, after["module.virtual_service.aws_appmesh_route.this"])
	s.compareIAM(t, after)
	for colour := range s.active() {
		compareNode(t, colour, after[fmt.Sprintf("module.virtual_nodes.aws_appmesh_virtual_node.this[%q]", colour)])
		compareTask(t, colour, after[fmt.Sprintf("module.task_definitions.aws_ecs_task_definition.this[%q]", colour)])
		if service := after[fmt.Sprintf("module.services.aws_ecs_service.this[%q]", colour)]; service["name"] != "sample-"+colour {
			t.Errorf("the %s service is called %v", colour, service["name"])
		}
	}
}

// dig follows names and numbers through decoded JSON, nil where they lead nowhere.
func dig(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[step]
		case int:
			l, _ := v.([]any)
			if step >= len(l) {
				return nil
			}
			v = l[step]
		}
	}
	return v
}

func (s meshState) compareRoute(t *testing.T, route map[string]any) {
	t.Helper()
	http := dig(route, "spec", 0, "http_route", 0)
	weights := map[string]int{}
	targets, _ := dig(http, "action", 0, "weighted_target").([]any)
	for _, target := range targets {
		name, _ := dig(target, "virtual_node").(string)
		weight, _ := dig(target, "weight").(float64)
		weights[name] = int(weight)
	}
	want := map[string]int{}
	for colour, weight := range s.active() {
		want["sample-"+colour] = weight
	}
	if diff := cmp.Diff(want, weights); diff != "" {
		t.Errorf("weights (-want +got):\n%s", diff)
	}
	policy := dig(http, "retry_policy", 0)
	if dig(http, "match", 0, "prefix") != "/" || dig(policy, "max_retries") != 1.0 || dig(policy, "tcp_retry_events", 0) != "connection-error" ||
		dig(policy, "per_retry_timeout", 0, "unit") != "s" || dig(policy, "per_retry_timeout", 0, "value") != 1.0 {
		t.Errorf("the route: %v", http)
	}
}

func (s meshState) compareIAM(t *testing.T, after map[string]map[string]any) {
	t.Helper()
	for address, want := range map[string]string{
		"module.iam_roles.aws_iam_role_policy_attachment.execution": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
		"module.iam_roles.aws_iam_role_policy_attachment.xray":      "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
	} {
		if got := after[address]["policy_arn"]; got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	for _, role := range []string{"execution", "task"} {
		var trust map[string]any
		text, _ := after["module.iam_roles.aws_iam_role."+role]["assume_role_policy"].(string)
		if err := json.Unmarshal([]byte(text), &trust); err != nil || dig(trust, "Statement", 0, "Principal", "Service") != "ecs-tasks.amazonaws.com" {
			t.Errorf("the %s role trusts %s", role, text)
		}
	}
	if after["module.iam_roles.aws_iam_role_policy.envoy"]["name"] != "stream-configuration" {
		t.Error("Envoy has no policy")
	}
}

func compareNode(t *testing.T, colour string, node map[string]any) {
	t.Helper()
	if dig(node, "spec", 0, "service_discovery", 0, "aws_cloud_map", 0, "attributes", "ECS_SERVICE_NAME") != "sample-"+colour ||
		dig(node, "spec", 0, "listener", 0, "port_mapping", 0, "port") != 8080.0 || dig(node, "spec", 0, "listener", 0, "health_check", 0, "path") != "/health" {
		t.Errorf("the %s node: %v", colour, node)
	}
}

// compareTask parses the containers back.
func compareTask(t *testing.T, colour string, task map[string]any) {
	t.Helper()
	var containers []map[string]any
	text, _ := task["container_definitions"].(string)
	if err := json.Unmarshal([]byte(text), &containers); err != nil || len(containers) != 3 {
		t.Fatalf("the containers of %s: %v %s", colour, err, text)
	}
	byName := map[string]map[string]any{}
	for _, c := range containers {
		name, _ := c["name"].(string)
		byName[name] = c
		if dig(c, "logConfiguration", "options", "awslogs-group") != "/ecs/sample/"+name || dig(c, "logConfiguration", "options", "awslogs-region") != "ap-northeast-1" {
			t.Errorf("%s logs to %v", name, c["logConfiguration"])
		}
	}
	images := map[string]string{"blue": "0.0.1", "green": "0.0.2"}
	app, envoy, xray := byName["app"], byName["envoy"], byName["xray"]
	if app["image"] != "012345670123.dkr.ecr.ap-northeast-1.amazonaws.com/sample:"+images[colour] || app["memory"] != 256.0 ||
		dig(app, "portMappings", 0, "containerPort") != 8080.0 || dig(app, "dependsOn", 0, "containerName") != "envoy" || dig(app, "dependsOn", 0, "condition") != "HEALTHY" {
		t.Errorf("the application of %s: %v", colour, app)
	}
	environment, _ := envoy["environment"].([]any)
	has := func(name, value string) bool {
		return slices.ContainsFunc(environment, func(e any) bool { return dig(e, "name") == name && dig(e, "value") == value })
	}
	if !has("APPMESH_RESOURCE_ARN", "mesh/sample/virtualNode/sample-"+colour) || !has("ENABLE_ENVOY_XRAY_TRACING", "1") ||
		envoy["user"] != "1337" || envoy["cpu"] != 32.0 || envoy["memoryReservation"] != 256.0 || dig(envoy, "healthCheck", "startPeriod") != 10.0 {
		t.Errorf("Envoy of %s: %v", colour, envoy)
	}
	if xray["user"] != "1337" || dig(xray, "portMappings", 0, "containerPort") != 2000.0 || dig(xray, "portMappings", 0, "protocol") != "udp" {
		t.Errorf("the X-Ray daemon: %v", xray)
	}
	want := map[string]any{"AppPorts": "8080", "EgressIgnoredIPs": "169.254.170.2,169.254.169.254", "IgnoredUID": "1337", "ProxyEgressPort": "15001", "ProxyIngressPort": "15000"}
	if diff := cmp.Diff(want, dig(task, "proxy_configuration", 0, "properties")); diff != "" || dig(task, "proxy_configuration", 0, "container_name") != "envoy" {
		t.Errorf("the proxy (-want +got):\n%s", diff)
	}
}
