package blueprint_test

import (
	"strings"
	"testing"

	"bluegen/generator/blueprint"
)

const hashed = `version: 1
name: orders
engine: ecs
tags: {team: commerce, cost: "7"}
service:
  task:
    cpu: 256
    containers: [{name: app, port: 8080}]
traffic:
  web:
    alb:
      production: {priority: 20, when: [{host_header: [a.example.com, b.example.com]}]}
      test: {priority: 10, when: [{path_pattern: ["/x"]}]}
environments:
  production: {service: {desired_count: 2}}
  staging: {service: {desired_count: 2}}
`

func hashOf(t *testing.T, text string) string {
	t.Helper()
	services, diags := blueprintOf(text)
	if len(services) == 0 {
		t.Fatalf("%v\n%s", diags, text)
	}
	return services[0].Hash()
}

// edited replaces a part of the blueprint that must be there.
func edited(t *testing.T, old, with string) string {
	t.Helper()
	if strings.Count(hashed, old) != 1 {
		t.Fatalf("%q is not there once", old)
	}
	return strings.Replace(hashed, old, with, 1)
}

// TestHashOfTheSame: the order of keys, comments, styles and places are not what a service says.
func TestHashOfTheSame(t *testing.T) {
	t.Parallel()
	want := hashOf(t, hashed)
	if len(want) != 64 {
		t.Errorf("no sha256: %q", want)
	}
	for name, text := range map[string]string{
		"comments":           "# A comment.\n\n" + edited(t, "cpu: 256", "cpu: 256  # small"),
		"order":              edited(t, "version: 1\nname: orders\n", "name: orders\nversion: 1\n"),
		"order in brackets":  edited(t, `{team: commerce, cost: "7"}`, `{cost: "7", team: commerce}`),
		"quotes":             edited(t, "team: commerce", `team: 'commerce'`),
		"another style":      edited(t, `tags: {team: commerce, cost: "7"}`, "tags:\n  team: commerce\n  cost: \"7\""),
		"CRLF":               strings.ReplaceAll(hashed, "\n", "\r\n"),
		"name of the layer":  edited(t, "  production: {service", "  live: {service"),
		"said in the layer":  strings.ReplaceAll(edited(t, "    cpu: 256\n", ""), "{service: {desired_count: 2}}", "{service: {desired_count: 2, task: {cpu: 256}}}"),
		"null is not a word": edited(t, "    cpu: 256\n", "    cpu: 256\n    memory: null\n"),
	} {
		if got := hashOf(t, text); got != want {
			t.Errorf("%s: another hash", name)
		}
	}
	services, _ := blueprintOf(hashed)
	if services[0].Hash() != services[1].Hash() {
		t.Error("two environments that say the same differ")
	}
}

// TestHashOfAnother: whatever the engine can see makes another hash, and no two of them the same.
func TestHashOfAnother(t *testing.T) {
	t.Parallel()
	seen := map[string]string{hashOf(t, hashed): "as it was"}
	for name, text := range map[string]string{
		"number":                 edited(t, "cpu: 256", "cpu: 512"),
		"text":                   edited(t, "team: commerce", "team: sales"),
		"text in parts":          edited(t, "a.example.com, b.example.com", `"a.example.com,b.example.com"`),
		"order of a list":        edited(t, "a.example.com, b.example.com", "b.example.com, a.example.com"),
		"one more":               edited(t, "[{name: app, port: 8080}]", "[{name: app, port: 8080}, {name: proxy, essential: false}]"),
		"key":                    edited(t, "  web:", "  api:"),
		"kind of condition":      edited(t, "path_pattern", "host_header"),
		"variable for a literal": edited(t, "service:\n", "network: {vpc_id: {variable: x}}\nservice:\n"),
		"parameter":              edited(t, "service:\n", "network: {vpc_id: {ssm: /x}}\nservice:\n"),
		"default that is said":   edited(t, "    cpu: 256\n", "    cpu: 256\n    memory: 512\n"),
		"one layer":              edited(t, "production: {service: {desired_count: 2}}", "production: {service: {desired_count: 3}}"),
		"a text like a list":     edited(t, "port: 8080}", `port: 8080, command: ["a}{V:b"]}`),
		"a list":                 edited(t, "port: 8080}", `port: 8080, command: [a, b]}`),
		"name":                   edited(t, "name: orders", "name: order"),
		"ignored warning":        edited(t, "service:\n", "ignore: [BG2050]\nservice:\n"),
	} {
		got := hashOf(t, text)
		if other, ok := seen[got]; ok {
			t.Errorf("%s has the hash of %s", name, other)
		}
		seen[got] = name
	}
}

// TestHashKnowsNoPlace: what the caller of Load adds is not said by the blueprint.
func TestHashKnowsNoPlace(t *testing.T) {
	t.Parallel()
	services, _ := blueprintOf(hashed)
	want := services[0].Hash()
	services[0].Was, services[0].File = "rolling", "elsewhere.yaml"
	services[0].Name = blueprint.At[string]{V: services[0].Name.V}
	if services[0].Hash() != want {
		t.Error("a place changes the hash")
	}
}
