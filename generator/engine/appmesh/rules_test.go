package appmesh

import (
	"strings"
	"testing"

	"bluegen/generator/engine/ruletest"
)

// right is a blueprint of which no rule says anything; every case changes a little of it.
const right = `version: 1
name: orders
engine: appmesh
ignore: [BG2220]
terraform: {provider: {region: eu-west-1}}
network: {vpc_id: {variable: vpc_id}, subnet_ids: {variable: subnet_ids}, security_group_ids: {variable: group_ids}}
service:
  cluster: {variable: cluster_arn}
  task: {cpu: 512, memory: 1024, containers: [{name: app, port: 8080}]}
mesh: {namespace: {name: mesh.local}, envoy: {image: {variable: envoy_image}}}
colours:
  blue: {active: true, weight: 1, image: {variable: blue_image}}
  green: {active: false, weight: 0, image: {variable: green_image}}
`

// ruleCase is a change of the right blueprint and what is said of it.
type ruleCase struct {
	name   string
	change []string
	was    string
	want   []string
}

const (
	blueOff = "blue: {active: false, weight: 0,"
	blueOn  = "blue: {active: true, weight: 1,"
	greenIs = "green: {active: false, weight: 0,"
	envoyIs = "envoy: {image: {variable: envoy_image}}"
	appIs   = "{name: app, port: 8080}"
)

func envoyImage(image string) []string { return []string{"{variable: envoy_image}", image} }

func tables() map[string][]ruleCase {
	return map[string][]ruleCase{"colours": colourCases(), "listener": listenerCases(), "mesh": meshCases(), "envoy": envoyCases(), "shared": sharedCases()}
}

func colourCases() []ruleCase {
	return []ruleCase{
		{name: "right"},
		{name: "ended", change: []string{"ignore: [BG2220]\n", ""}, want: []string{"warning BG2220 3:9 `appmesh`"}},
		{name: "none active", change: []string{blueOn, blueOff}, want: []string{"error BG2221 13:19 `false` <- 12:18 `false`"}},
		{name: "none active, one with weight", change: []string{blueOn, "blue: {active: false, weight: 1,"}, want: []string{
			"error BG2222 12:33 `1` <- 12:18 `false`", "error BG2221 13:19 `false` <- 12:18 `false`",
		}},
		{name: "weight on green", change: []string{greenIs, "green: {active: false, weight: 7,"}, want: []string{"error BG2222 13:34 `7` <- 13:19 `false`"}},
		{name: "no weight", change: []string{blueOn, "blue: {active: true, weight: 0,"}, want: []string{"error BG2223 13:34 `0` <- 12:32 `0`"}},
		{name: "101", change: []string{blueOn, "blue: {active: true, weight: 100,", greenIs, "green: {active: true, weight: 1,"}, want: []string{"error BG2223 13:33 `1` <- 12:32 `100`"}},
		{name: "100", change: []string{blueOn, "blue: {active: true, weight: 99,", greenIs, "green: {active: true, weight: 1,"}},
		{name: "one image", change: []string{"{variable: green_image}", "{variable: blue_image}", greenIs, "green: {active: true, weight: 0,"}, want: []string{"warning BG2224 13:43 `{variable: blue_image}` <- 12:42 `{variable: blue_image}`"}},
		{name: "one image, one active", change: []string{"{variable: green_image}", "{variable: blue_image}"}},
		{name: "moving tags", change: []string{"{variable: blue_image}", "a:latest", "{variable: green_image}", "b"}, want: []string{"warning BG2057 12:42 `a:latest`", "warning BG2057 13:44 `b`"}},
		{name: "from nothing known", was: "blue_green"},
		{name: "the same again", was: "1/off"},
		{name: "one step", was: "1/0"},
		{name: "two steps", was: "off/1", want: []string{"warning BG2225 12:18 `true`"}},
		{name: "green at once", was: "1/1", want: []string{"warning BG2225 13:19 `false`"}},
		{name: "weights and green", was: "off/off:1"},
		{name: "other weights alone", was: "5/off"},
	}
}

func listenerCases() []ruleCase {
	second := "[" + appIs + ", {name: log, image: {variable: log_image}}]"
	return []ruleCase{
		{name: "low port", change: []string{"port: 8080", "port: 1024"}, want: []string{"error BG2226 9:65 `1024`"}},
		{name: "lowest port", change: []string{"port: 8080", "port: 1025"}},
		{name: "no port", change: []string{", port: 8080", ""}, want: []string{"error BG2227 9:54 `app` <- 10:1 `mesh`"}},
		{name: "which", change: []string{"[" + appIs + "]", second}, want: []string{"error BG2227 10:1 `mesh`"}},
		{name: "said", change: []string{"[" + appIs + "]", second, "namespace:", "listener: {container: app}, namespace:"}},
		{name: "not there", change: []string{"namespace:", "listener: {container: web}, namespace:"}, want: []string{"error BG2227 10:30 `web` <- 9:3 `task`"}},
		{name: "image", change: []string{"port: 8080", "port: 8080, image: a:1"}, want: []string{"error BG2228 9:78 `a:1` <- 12:42 `{variable: blue_image}`"}},
		{name: "called envoy", change: []string{"name: app", "name: envoy"}, want: []string{"error BG2229 9:54 `envoy`"}},
		{name: "called xray, not traced", change: []string{"name: app", "name: xray"}},
		{name: "called xray", change: []string{"name: app", "name: xray", envoyIs, envoyIs + ", xray: {image: {variable: xray_image}}"}, want: []string{"error BG2229 9:54 `xray`"}},
		{name: "Envoy's port", change: []string{"port: 8080", "port: 9901"}, want: []string{"error BG2229 9:65 `9901`"}},
		{name: "daemon's port", change: []string{"port: 8080", "port: 2000", envoyIs, envoyIs + ", xray: {image: {variable: xray_image}}"}, want: []string{"error BG2229 9:65 `2000`"}},
		{name: "daemon's port, not traced", change: []string{"port: 8080", "port: 2000"}},
		{name: "too much memory", change: []string{"port: 8080", "port: 8080, memory: 1025"}, want: []string{"error BG2060 9:79 `1025` <- 9:28 `1024`"}},
		{name: "all the memory", change: []string{"port: 8080", "port: 8080, memory: 2048, memory_reservation: 1024"}},
		{name: "too much CPU with Envoy", change: []string{"port: 8080", "port: 8080, cpu: 500", envoyIs, "envoy: {image: {variable: envoy_image}, cpu: 13}"}, want: []string{"error BG2060 10:84 `13` <- 9:15 `512`"}},
	}
}

func meshCases() []ruleCase {
	mesh := func(more string) []string { return []string{"namespace:", more + ", namespace:"} }
	long := strings.Repeat("x", 64)
	return []ruleCase{
		{name: "mesh twice", change: mesh("name: a, existing: b"), want: []string{"error BG2232 10:27 `b` <- 10:14 `a`"}},
		{name: "filter of an existing mesh", change: mesh("existing: b, egress_filter: ALLOW_ALL"), want: []string{"error BG2232 10:36 `ALLOW_ALL` <- 10:18 `b`"}},
		{name: "existing mesh", change: mesh("existing: {variable: mesh}")},
		{name: "no namespace", change: []string{"namespace: {name: mesh.local}, ", ""}, want: []string{"error BG2232 10:1 `mesh`"}},
		{name: "namespace twice", change: []string{"{name: mesh.local}", "{name: a.local, existing: {id: ns-1, name: b.local}}"}, want: []string{"error BG2232 10:35 `existing` <- 10:26 `a.local`"}},
		{name: "existing namespace", change: []string{"{name: mesh.local}", "{existing: {id: ns-1, name: b.local}}"}},
		{name: "timeout", change: mesh("listener: {health_check: {interval: 6s, timeout: 6s}}"), want: []string{"error BG2233 10:57 `6s` <- 10:44 `6s`"}},
		{name: "path of grpc", change: mesh("listener: {protocol: grpc, health_check: {path: /a}}"), want: []string{"error BG2234 10:56 `/a` <- 10:29 `grpc`"}},
		{name: "path of http2", change: mesh("listener: {protocol: http2, health_check: {path: /a}}")},
		{name: "retries of tcp", change: mesh("listener: {protocol: tcp}, retry_policy: {tcp_retry_events: [connection-error]}"), want: []string{"error BG2235 10:35 `retry_policy` <- 10:29 `tcp`"}},
		{name: "retries after nothing", change: mesh("retry_policy: {max_retries: 1}"), want: []string{"error BG2235 10:8 `retry_policy`"}},
		{name: "retries of gRPC under http", change: mesh("retry_policy: {grpc_retry_events: [unavailable]}"), want: []string{"error BG2235 10:43 `unavailable`"}},
		{name: "retries of gRPC", change: mesh("listener: {protocol: grpc}, retry_policy: {grpc_retry_events: [unavailable]}")},
		{name: "other name", change: mesh("virtual_service: orders.example.com"), want: []string{"warning BG2236 10:25 `orders.example.com` <- 10:45 `namespace`"}},
		{name: "long label", change: []string{"name: orders", "name: " + long}, want: []string{"error BG2237 2:7 `" + long + "`"}},
		{name: "many labels", change: mesh("virtual_service: " + strings.Repeat("a.", 64) + "mesh.local"), want: nil},
		{name: "too many labels", change: mesh("virtual_service: " + strings.Repeat("a.", 65) + "mesh.local"), want: []string{"error BG2237 10:25 `" + strings.Repeat("a.", 65) + "mesh.local`"}},
	}
}

func envoyCases() []ruleCase {
	aws := func(account, region, tag string) string {
		return account + ".dkr.ecr." + region + ".amazonaws.com/aws-appmesh-envoy:" + tag
	}
	image := func(account, region, tag, code string) ruleCase {
		c := ruleCase{name: account + " " + region + " " + tag, change: envoyImage(aws(account, region, tag))}
		if code != "" {
			c.want = []string{"error " + code + " 10:54 `" + aws(account, region, tag) + "`"}
		}
		return c
	}
	const common = "840364872350"
	return []ruleCase{
		image(common, "eu-west-1", "v1.17.2.0-prod", ""),
		image(common, "eu-west-1", "v1.17.1.9-prod", "BG2230"),
		image(common, "eu-west-1", "v1.9.1.0-prod", "BG2230"),
		image(common, "eu-west-1", "v1.100.0.0", ""),
		image(common, "af-south-1", "v1.29.12.1-prod", "BG2231"),
		image("924023996002", "af-south-1", "v1.29.12.1-prod", ""),
		image("924023996002", "eu-west-1", "v1.29.12.1-prod", "BG2231"),
		image("012345670123", "eu-west-1", "v1.29.12.1-prod", ""),
		{name: "public", change: envoyImage("public.ecr.aws/appmesh/aws-appmesh-envoy:v1.15.0.0-prod"), want: []string{"error BG2230 10:54 `public.ecr.aws/appmesh/aws-appmesh-envoy:v1.15.0.0-prod`"}},
		{name: "own", change: envoyImage("registry.example.com/envoy:v1.0.0.0")},
		{name: "ARM64", change: append(envoyImage(aws(common, "eu-west-1", "v1.20.0.0")), "cpu: 512,", "cpu: 512, cpu_architecture: ARM64,"), want: []string{"error BG2230 10:54 `" + aws(common, "eu-west-1", "v1.20.0.0") + "`"}},
		{name: "first for ARM64", change: append(envoyImage(aws(common, "eu-west-1", "v1.20.0.1")), "cpu: 512,", "cpu: 512, cpu_architecture: ARM64,")},
	}
}

func sharedCases() []ruleCase {
	return []ruleCase{
		{name: "old terraform", change: []string{"terraform: {", "terraform: {required_version: \">= 1.8\", "}, want: []string{"error BG2238 5:31 `\">= 1.8\"`"}},
		{name: "oldest terraform", change: []string{"terraform: {", "terraform: {required_version: \">= 1.9\", "}},
		{name: "existing role", change: []string{"colours:", "roles: {task: {arn: {variable: role_arn}}}\ncolours:"}, want: []string{"warning BG2239 11:21 `{variable: role_arn}`"}},
		{name: "existing execution role", change: []string{"colours:", "roles: {execution: {arn: {variable: role_arn}}}\ncolours:"}},
		{name: "nothing to run", change: []string{"  task: {cpu: 512, memory: 1024, containers: [" + appIs + "]}\n", ""}, want: []string{"error BG2051 7:1 `service`"}},
		{name: "size", change: []string{"memory: 1024", "memory: 512"}, want: []string{"error BG2050 9:28 `512` <- 9:15 `512`"}},
		{name: "tag", change: []string{"colours:", "tags: {service: a}\ncolours:"}, want: []string{"error BG2100 11:8 `service`"}},
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	for table, cases := range tables() {
		for _, c := range cases {
			t.Run(table+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				ruletest.Judge(t, Build, ruletest.Changed(t, right, c.change...), c.was, c.want)
			})
		}
	}
}

func TestEveryCode(t *testing.T) {
	t.Parallel()
	var said []string
	for _, cases := range tables() {
		for _, c := range cases {
			said = append(said, c.want...)
		}
	}
	ruletest.EveryCode(t, codes(t), said)
}

func codes(t *testing.T) []string {
	t.Helper()
	out := append(ruletest.Codes(t, "codes.go"), "BG2060")
	if len(out) < 20 {
		t.Fatalf("only %v", out)
	}
	return out
}

// TestCatalogue: the pages of the codes show what they say.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	was := map[string]string{"BG2225": "1/off"}
	for _, code := range codes(t) {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			ruletest.Catalogued(t, Build, code, right, was[code])
		})
	}
}
