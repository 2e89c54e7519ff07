package fleet_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator"
	"bluegen/generator/blueprint"
	"bluegen/generator/fleet"
	"bluegen/generator/parts"
)

// template is a service with two rules and a hook, generated once.
func template(t testing.TB) (*blueprint.Service, parts.Claims) {
	t.Helper()
	text := service("orders", "{variable: listener_arn}", 110, host("orders"), account+hook("warm-up")+"environments: {production: {}}\n")
	text = strings.Replace(text, "]}}}}", "]}, test: {priority: 109, when: ["+host("orders")+", {http_header: {name: x, values: [\"1\"]}}]}}}}", 1)
	result, diags := generator.New().Generate(t.Context(), fstest.MapFS{"blueprint.yaml": {Data: []byte(text)}}, "blueprint.yaml", generator.Options{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return result.Configurations[0].Service, result.Configurations[0].Claims
}

// many is a fleet of n services like the template, each with a name of its own.
func many(service *blueprint.Service, claims parts.Claims, n int) *fleet.Fleet {
	f := fleet.New()
	for i := range n {
		s := *service
		s.Name = blueprint.At[string]{V: fmt.Sprintf("orders-%05d", i), Range: s.Name.Range}
		folder := fmt.Sprintf("services/orders-%05d/", i)
		f.Add(func(name string) string { return folder + name }, fleet.Of(&s, claims))
	}
	return f
}

// TestSmallFacts: a service leaves few bytes behind, and thousands that say the same thing are told in one sentence each, at once.
func TestSmallFacts(t *testing.T) {
	const n = 10_000
	service, claims := template(t)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f := many(service, claims, n)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if each := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / n; each > 800 {
		t.Errorf("a service keeps %d bytes", each)
	}
	found := f.Judge()
	if len(found) != 2 || !strings.HasSuffix(found[0].Detail, "9998 other services have it too.") || len(found[0].Related) != 5 {
		t.Errorf("%d diagnostics: %v", len(found), told(found[:min(len(found), 3)]))
	}
	runtime.KeepAlive(f)
}

func BenchmarkFleet(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			service, claims := template(b)
			b.ReportAllocs()
			for b.Loop() {
				many(service, claims, n).Judge()
			}
		})
	}
}
