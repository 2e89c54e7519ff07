package blueprint_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"bluegen/generator/blueprint"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"pgregory.net/rapid"
)

// TestLayers: mappings merge key by key, text, lists and values replace whole, null removes; every leaf points to its layer.
func TestLayers(t *testing.T) {
	t.Parallel()
	services, diags := load(t, head+`tags: {team: commerce, tier: "1"}
network:
  vpc_id: {ssm: /network/vpc-id}
  subnet_ids: [subnet-1, subnet-2]
  security_group: {ingress_from: [sg-1]}
logs: {retention_days: 90}
service: {desired_count: 4}
traffic:
  web: {alb: {production: {priority: 110, when: [{host_header: [a]}]}, test: {priority: 109, when: [{host_header: [b]}]}}}
  api: {alb: {production: {priority: 120, when: [{host_header: [c]}]}}}
environments:
  staging:
    tags: {tier: ~, owner: me}
    network:
      vpc_id: {variable: vpc_id}
      subnet_ids: [subnet-3]
      security_group: ~
      security_group_ids: [sg-2]
    logs: {retention_days: ~}
    service: {desired_count: 1}
    traffic:
      web: {alb: {production: {priority: 10}, test: ~}}
      api: ~
      new: {alb: {production: {priority: 1, when: [{host_header: [d]}]}}}
  production:
`)
	if diags != nil {
		t.Fatal(lines(diags))
	}
	var got []string
	for _, s := range services {
		got = append(got, describe(s)...)
	}
	want := []string{
		"production at 28", "tag team=commerce at 4", "tag tier=1 at 4", "vpc 3 /network/vpc-id at 6", "subnets [subnet-1 subnet-2] at 7",
		"own group at 8", "retention 90 at 9", "count 4 at 10", "api 120 when c test false at 13", "web 110 when a test true at 12",
		"staging at 15", "tag owner=me at 16", "tag team=commerce at 4", "vpc 2 vpc_id at 18", "subnets [subnet-3] at 19",
		"groups [sg-2] at 21", "retention 30 at 9", "count 1 at 23", "new 1 when d test false at 27", "web 10 when a test false at 12",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func describe(s *blueprint.Service) []string {
	n := s.Network
	out := []string{fmt.Sprintf("%s at %d", s.Environment.V, s.Environment.Range.Start.Line)}
	for _, p := range s.Tags {
		out = append(out, fmt.Sprintf("tag %s=%s at %d", p.Key.V, p.Value.V, p.Value.Range.Start.Line))
	}
	out = append(out, fmt.Sprintf("vpc %d %s at %d", n.VPCID.From, n.VPCID.Name, n.VPCID.Range.Start.Line),
		fmt.Sprintf("subnets %v at %d", n.SubnetIDs.V, n.SubnetIDs.Range.Start.Line))
	if n.SecurityGroup != nil {
		out = append(out, fmt.Sprintf("own group at %d", n.SecurityGroup.Range.Start.Line))
	}
	if n.SecurityGroupIDs.Said() {
		out = append(out, fmt.Sprintf("groups %v at %d", n.SecurityGroupIDs.V, n.SecurityGroupIDs.Range.Start.Line))
	}
	out = append(out, fmt.Sprintf("retention %d at %d", s.Logs.RetentionDays.V, s.Logs.RetentionDays.Range.Start.Line),
		fmt.Sprintf("count %d at %d", s.Service.DesiredCount.V, s.Service.DesiredCount.Range.Start.Line))
	for _, e := range s.ECS.Traffic {
		production := e.V.ALB.Production
		out = append(out, fmt.Sprintf("%s %d when %s test %t at %d", e.Key.V, production.Priority.V, production.When[0].HostHeader[0].V, e.V.ALB.Test != nil, e.V.Range.Start.Line))
	}
	return out
}

// TestKeyOrder: the order of keys changes nothing but places, with environments too.
func TestKeyOrder(t *testing.T) {
	t.Parallel()
	text := example(t)
	document, ok := blueprint.Generic(text)
	if !ok {
		t.Fatal("the example is not YAML")
	}
	noPlaces := cmp.Transformer("place", func(hcl.Range) string { return "" })
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		var first, second strings.Builder
		shuffled(&first, document, random)
		shuffled(&second, document, random)
		want, diags := blueprintOf(first.String())
		if diags != nil {
			t.Fatal(first.String(), lines(diags))
		}
		got, diags := blueprintOf(second.String())
		if diags != nil {
			t.Fatal(second.String(), lines(diags))
		}
		if diff := cmp.Diff(want, got, noPlaces); diff != "" {
			t.Fatal(diff)
		}
	})
}

// shuffled writes a value in flow style, the keys of every mapping in any order.
func shuffled(b *strings.Builder, value any, random *rand.Rand) {
	switch v := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		b.WriteString("{")
		for _, k := range keys {
			fmt.Fprintf(b, "%q: ", k)
			shuffled(b, v[k], random)
			b.WriteString(",\n ")
		}
		b.WriteString("}")
	case []any:
		b.WriteString("[")
		for _, item := range v {
			shuffled(b, item, random)
			b.WriteString(", ")
		}
		b.WriteString("]")
	case string:
		fmt.Fprintf(b, "%q", v)
	case nil:
		b.WriteString("null")
	default:
		fmt.Fprint(b, v)
	}
}
