package generator

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/rollout"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"pgregory.net/rapid"
)

// meshed is a service in a mesh at a state of its rollout.
func meshed(s rollout.State) string {
	colour := func(n rollout.Name) string {
		c := s.Colour(n)
		return fmt.Sprintf("  %s: {active: %t, weight: %d, image: registry.example.com/cart:%s}\n", n, c.Active, c.Weight, n)
	}
	return `version: 1
name: cart
engine: appmesh
terraform: {provider: {region: eu-west-1}}
network: {security_group: {ingress_from: [{variable: client_security_group_id}]}}
service: {task: {cpu: 512, memory: 1024, containers: [{name: app, port: 8080}]}}
mesh: {namespace: {name: mesh.local}, envoy: {image: {variable: envoy_image}}, xray: {image: {variable: xray_image}}}
colours:
` + colour(rollout.Blue) + colour(rollout.Green)
}

// rolledOut is what a rendered configuration makes of a state: read from the files, not from the engine.
type rolledOut struct {
	active    []string
	weights   map[string]int64
	addresses map[string]string // address -> the colour that it belongs to, "" for none
	modules   map[string]string
}

// TestRollouts walks random legal rollouts: the invariants hold in the rendered files at every state, modules never change, and between
// neighbours no address disappears but those of the colour that goes.
func TestRollouts(t *testing.T) {
	t.Parallel()
	g := New()
	rapid.Check(t, func(t *rapid.T) {
		weight := rapid.SampledFrom([]int{1, 2, 50, 60, 100}).Draw(t, "weight")
		to := rapid.SampledFrom([]rollout.Name{rollout.Blue, rollout.Green}).Draw(t, "to")
		shares := rapid.SampledFrom([]rollout.Shares{nil, {100}, {10, 50, 100}, {1, 99, 100}}).Draw(t, "shares")
		h, err := rollout.History{States: []rollout.State{rollout.State{}.With(to.Other(), rollout.Colour{Active: true, Weight: weight})}}.Towards(to, shares)
		if err != nil {
			t.Fatal(err)
		}
		before := renderedState(t, g, h.Now())
		for range 7 {
			next, ok := h.Next()
			if rapid.IntRange(0, 3).Draw(t, "way") == 0 {
				next, ok = h.Back()
			}
			if !ok {
				break
			}
			after := renderedState(t, g, next.Now())
			compareStates(t, h.Now(), next.Now(), before, after)
			h, before = next, after
		}
	})
}

func renderedState(t *rapid.T, g *Generator, s rollout.State) rolledOut {
	t.Helper()
	files := rendered(t, g, meshed(s))
	locals := localsOf(t, files["terraform/main.tf"])
	r := rolledOut{weights: map[string]int64{}, addresses: map[string]string{}, modules: modulesOf(files)}
	for colour, state := range locals["colours"].AsValueMap() {
		w, _ := state.GetAttr("weight").AsBigFloat().Int64()
		r.weights[colour] = w
	}
	r.active = slices.Sorted(maps.Keys(locals["names"].AsValueMap()))
	for name, text := range r.modules {
		if strings.HasSuffix(name, "/main.tf") {
			r.addResources(t, strings.Split(name, "/")[2], text)
		}
	}
	checkInvariants(t, s, r)
	return r
}

// localsOf evaluates the root's locals, one after the other.
func localsOf(t *rapid.T, text string) map[string]cty.Value {
	t.Helper()
	out := map[string]cty.Value{}
	for _, b := range body(t, text).Blocks {
		if b.Type != "locals" {
			continue
		}
		for _, a := range slices.SortedFunc(maps.Values(b.Body.Attributes), func(a, b *hclsyntax.Attribute) int { return a.SrcRange.Start.Byte - b.SrcRange.Start.Byte }) {
			v, diags := a.Expr.Value(&hcl.EvalContext{Variables: map[string]cty.Value{"local": cty.ObjectVal(out)}})
			if diags.HasErrors() {
				t.Fatalf("local.%s: %v", a.Name, diags)
			}
			out[a.Name] = v
		}
	}
	return out
}

func body(t *rapid.T, text string) *hclsyntax.Body {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(text), "main.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return file.Body.(*hclsyntax.Body)
}

// addResources adds a module's resources; one for each of var.names belongs to its colour.
func (r *rolledOut) addResources(t *rapid.T, module, text string) {
	t.Helper()
	for _, b := range body(t, text).Blocks {
		if b.Type != "resource" {
			continue
		}
		address := "module." + module + "." + strings.Join(b.Labels, ".")
		each, ok := b.Body.Attributes["for_each"]
		if !ok || strings.TrimSpace(text[each.Expr.Range().Start.Byte:each.Expr.Range().End.Byte]) != "var.names" {
			r.addresses[address] = ""
			continue
		}
		for _, colour := range r.active {
			r.addresses[fmt.Sprintf("%s[%q]", address, colour)] = colour
		}
	}
}

func checkInvariants(t *rapid.T, s rollout.State, r rolledOut) {
	t.Helper()
	sum := int64(0)
	for colour, w := range r.weights {
		sum += w
		if w > 0 && !slices.Contains(r.active, colour) {
			t.Fatalf("%s: %s has weight and no node", s, colour)
		}
		if int(w) != s.Colour(rollout.Name(colour)).Weight {
			t.Fatalf("%s: %s has weight %d", s, colour, w)
		}
	}
	if len(r.active) == 0 || sum < 1 || sum > 100 {
		t.Fatalf("%s: %v are active, the weights add up to %d", s, r.active, sum)
	}
	perColour := map[string]int{}
	for _, colour := range r.addresses {
		perColour[colour]++
	}
	for _, colour := range r.active {
		if perColour[colour] != 3 {
			t.Fatalf("%s: %s has %d resources, not a node, a task definition and a service", s, colour, perColour[colour])
		}
	}
}

func compareStates(t *rapid.T, from, to rollout.State, before, after rolledOut) {
	t.Helper()
	if diff := cmp.Diff(before.modules, after.modules); diff != "" {
		t.Fatalf("%s to %s changed a module: %s", from, to, diff)
	}
	for address, colour := range before.addresses {
		if _, still := after.addresses[address]; still {
			continue
		}
		gone := rollout.Name(colour)
		if colour == "" || to.Colour(gone).Active || from.Colour(gone).Weight != 0 {
			t.Fatalf("%s to %s takes away %s", from, to, address)
		}
	}
}
