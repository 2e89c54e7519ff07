package ecs

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
)

// everyAsk is all that a blueprint can ask of a strategy.
func everyAsk() []ask {
	return []ask{
		noTraffic, throughALB, throughNLB, throughConnect, testRule, testListener, testHeader, weightedGroups, heldClients,
		bakeTime, hooksAsked, linearSteps, canarySteps, keptPair, keptNothing,
	}
}

// ways are blueprints' traffic by the ask that they stand for, each for the container app on port 9000.
func ways() map[ask]string {
	alb := "alb: {listener_arn: {variable: listener_arn}, production: {priority: 110, when: [{host_header: [a.example]}]}"
	nlb := "nlb: {load_balancer_arn: {variable: nlb_arn}, production: {port: 443}"
	rpc := "service_connect: {namespace: {variable: namespace_arn}"
	return map[ask]string{
		noTraffic:      "",
		throughALB:     alb + "}",
		testRule:       alb + ", test: {priority: 109, when: [{host_header: [b.example]}]}}",
		heldClients:    alb + ", stickiness: {duration: 1h}}",
		throughNLB:     nlb + "}",
		testListener:   nlb + ", test: {port: 8443}}",
		weightedGroups: nlb + ", weighted: true}",
		throughConnect: rpc + "}",
		testHeader:     rpc + ", test: {header: {name: x-test, value: green}}}",
	}
}

// keys are what the other asks write below deployment.
func keys() map[ask]string {
	return map[ask]string{
		bakeTime: "bake_time: 3m", hooksAsked: "hooks: [{name: w, kind: wait, for: 1m, stages: [PRE_SCALE_UP]}]",
		linearSteps: "linear: {step_percent: 50}", canarySteps: "canary: {percent: 50}",
		keptPair: "keep_pair: true", keptNothing: "keep_pair: true",
	}
}

// cellText is a blueprint of a strategy that asks for one thing.
func cellText(strategy string, what ask) string {
	way, isWay := ways()[what]
	if what == keptNothing {
		way = ways()[throughConnect]
	} else if !isWay {
		way = ways()[throughALB]
	}
	text := right[:strings.Index(right, "traffic:")]
	if way != "" {
		text += "traffic: {web: {" + way + "}}\n"
	}
	word, kept := strings.CutSuffix(strategy, "+pair")
	said := "strategy: " + word
	if kept && what != keptPair && what != keptNothing {
		said += ", keep_pair: true"
	}
	if key := keys()[what]; key != "" {
		said += ", " + key
	}
	return text + "deployment: {" + said + "}\n"
}

// TestTable is the contract of strategies: every strategy of the blueprint has a row, every row a cell for all that can be
// asked, a legal cell builds what the provider's schema takes, and an illegal one is refused with its own code alone.
func TestTable(t *testing.T) {
	t.Parallel()
	field, _ := reflect.TypeFor[blueprint.Deployment]().FieldByName("Strategy")
	words := strings.Split(field.Tag.Get("enum"), ",")
	if rows := slices.Sorted(maps.Keys(strategies())); !slices.Equal(rows, slices.Sorted(slices.Values(append(words, keeping)))) {
		t.Fatalf("the blueprint has the strategies %v, the table %v", words, rows)
	}
	for strategy, cells := range strategies() {
		for _, what := range everyAsk() {
			if _, ok := cells[what]; !ok {
				t.Errorf("%s has no cell for %s", strategy, what)
			}
		}
		if len(cells) != len(everyAsk()) {
			t.Errorf("%s has %d cells, and %d things can be asked", strategy, len(cells), len(everyAsk()))
		}
		for what, cell := range cells {
			t.Run(strategy+"/"+string(what), func(t *testing.T) {
				t.Parallel()
				checkCell(t, strategy, what, cell)
			})
		}
	}
}

// impossible are cells that no blueprint can be in: without a load balancer, rolling with keep_pair is keptNothing.
func impossible(strategy string, what ask) bool {
	return strategy == keeping && slices.Contains([]ask{noTraffic, throughConnect, testHeader}, what)
}

func checkCell(t *testing.T, strategy string, what ask, cell verdict) {
	t.Helper()
	config, codes := builtFrom(t, cellText(strategy, what))
	switch {
	case cell.code != "" && cell.why == "":
		t.Error("the cell does not say why")
	case impossible(strategy, what):
		if !slices.Contains(codes, string(CodeNotTaken)) {
			t.Errorf("it is %v", codes)
		}
	case cell.code == "" || cell.warn:
		if config == nil && !unbound(strategy, what, codes) {
			t.Errorf("the cell is legal, and refused: %v", codes)
		}
		if cell.warn != slices.Contains(codes, string(cell.code)) {
			t.Errorf("it is said %v", codes)
		}
	case !slices.Equal(codes, []string{string(cell.code)}):
		t.Errorf("it is %s, and said %v:\n%s", cell.code, codes, cellText(strategy, what))
	}
}

// unbound: a Network Load Balancer alone is legal, but green must hang somewhere; testListener and weighted say where.
func unbound(strategy string, what ask, codes []string) bool {
	return what == throughNLB && strategy != rolling && slices.Equal(codes, []string{string(CodeUnbound)})
}

// builtFrom loads and builds a blueprint, holds what comes out against the provider's schema, and returns the errors' codes,
// with those of warnings that the table gives.
func builtFrom(t *testing.T, text string) (*tf.Config, []string) {
	t.Helper()
	services, diags := blueprint.Load(fstest.MapFS{"blueprint.yaml": {Data: []byte(text)}}, "blueprint.yaml")
	if diags != nil {
		t.Fatalf("%s\n%v", text, diags)
	}
	parts.Pin(services[0])
	view := func(provider, pin string) *schemas.View {
		constraint, err := version.NewConstraint(pin)
		if err != nil {
			t.Fatal(err)
		}
		v, err := schemas.Open(provider, constraint)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	aws := view("aws", services[0].Terraform.AWSProvider.V)
	config, diags := Build(services[0], aws)
	var codes []string
	for _, d := range diags {
		if d.Severity == diag.Error || d.Code == CodeHeadless {
			codes = append(codes, string(d.Code))
		}
	}
	if config != nil {
		for _, problem := range tf.Check(config, aws, view("archive", ">= 2.7")) {
			t.Error(problem)
		}
	}
	return config, codes
}

// TestFirst: what strategies need of the provider is refused one release below.
func TestFirst(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ strategy, lacks, has string }{
		{blueGreen, "6.3.0", "6.4.0"}, {linear, "6.20.0", "6.21.0"}, {canary, "6.20.0", "6.21.0"}, {keeping, "6.3.0", "6.4.0"},
	} {
		for pin, want := range map[string]bool{c.lacks: true, c.has: false} {
			_, codes := builtFrom(t, fmt.Sprintf("%sterraform: {aws_provider: \"= %s\"}\n", cellText(c.strategy, testRule), pin))
			if got := slices.Contains(codes, string(CodePinStrategy)); got != want {
				t.Errorf("%s with %s: refused: %t", c.strategy, pin, got)
			}
		}
	}
}

// TestVerdicts writes the table down once more, as a reader of the documentation would: what is not here is legal.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	shifting := "keep_pair BG2020, keep_pair without a load balancer BG2020"
	for strategy, want := range map[string]string{
		rolling: "a test listener BG2122, a test rule BG2122, bake_time BG2020, canary BG2123, hooks BG2121, keep_pair without a load balancer BG2020, " +
			"linear BG2123, stickiness BG2020, test traffic of Service Connect BG2122, weighted BG2020",
		keeping:   "bake_time BG2020, canary BG2123, hooks BG2121, keep_pair without a load balancer BG2020, linear BG2123, test traffic of Service Connect BG2122",
		blueGreen: "canary BG2123, " + shifting + ", linear BG2123, no traffic BG2025 (legal)",
		linear:    "canary BG2123, " + shifting + ", no traffic BG2120",
		canary:    shifting + ", linear BG2123, no traffic BG2120",
	} {
		var got []string
		for what, cell := range strategies()[strategy] {
			if cell.warn {
				got = append(got, fmt.Sprintf("%s %s (legal)", what, cell.code))
			} else if cell.code != "" {
				got = append(got, fmt.Sprintf("%s %s", what, cell.code))
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s: %s", strategy, diff)
		}
	}
}
