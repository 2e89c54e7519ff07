package ecs

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
	"bluegen/schemas"

	"github.com/hashicorp/hcl/v2"
)

// keeping is the row of rolling with both target groups: the step between rolling and the strategies that shift.
const keeping = rolling + "+pair"

// ask is something that a blueprint wants of its strategy: a way of the traffic, or a key.
type ask string

// What a blueprint can ask for.
const (
	noTraffic      ask = "no traffic"
	throughALB     ask = "alb"
	throughNLB     ask = "nlb"
	throughConnect ask = "service_connect"
	testRule       ask = "a test rule"
	testListener   ask = "a test listener"
	testHeader     ask = "test traffic of Service Connect"
	weightedGroups ask = "weighted"
	heldClients    ask = "stickiness"
	bakeTime       ask = "bake_time"
	hooksAsked     ask = "hooks"
	linearSteps    ask = "linear"
	canarySteps    ask = "canary"
	keptPair       ask = "keep_pair"
	keptNothing    ask = "keep_pair without a load balancer"
)

// verdict is one cell of the table: legal where there is no code, else why not.
type verdict struct {
	code diag.Code
	warn bool   // legal, and unwise
	why  string // behind "does not take …"; of noTraffic, all that is said
}

// row is what one strategy says to everything that may be asked.
type row map[ask]verdict

// strategies is the one table that decides what goes with what (domain.md 1.1, 1.3): a cell for each strategy and each ask.
func strategies() map[string]row {
	return map[string]row{
		rolling: rollingRow(), keeping: keepingRow(),
		blueGreen: blueGreenRow(), linear: linearRow(), canary: canaryRow(),
	}
}

const (
	noGreen  = "There is no green that test traffic could reach."
	noBlue   = "There is no blue to keep: old tasks stop while new ones start."
	noHooks  = "ECS calls lifecycle hooks only where it shifts traffic."
	noSteps  = "The steps are another strategy's: the provider drops the block, and nobody notices."
	hasBoth  = "It always has both target groups. The key is for rolling, on the way from or to blue_green."
	noKeep   = "No load balancer leads to the service, and so there is no pair to keep."
	notLegal = "ECS has nothing to shift in steps. Add a key to `traffic`, or write `strategy: blue_green`."
	headlong = "ECS starts green, runs the hooks and stops blue after the bake time, but no request is moved. If that is meant, silence it with `ignore: [BG2025]`; else add a key to `traffic`."
)

func rollingRow() row {
	return row{
		noTraffic: {}, throughALB: {}, throughNLB: {}, throughConnect: {},
		testRule:       {code: CodeRollingTest, why: noGreen},
		testListener:   {code: CodeRollingTest, why: noGreen},
		testHeader:     {code: CodeRollingTest, why: noGreen},
		weightedGroups: {code: CodeNotTaken, why: "It has one target group, and so nothing to weigh."},
		heldClients:    {code: CodeNotTaken, why: "It has one target group, and so nothing that clients could leave."},
		bakeTime:       {code: CodeNotTaken, why: noBlue},
		hooksAsked:     {code: CodeRollingHooks, why: noHooks},
		linearSteps:    {code: CodeOtherSteps, why: noSteps},
		canarySteps:    {code: CodeOtherSteps, why: noSteps},
		keptPair:       {}, // it makes the row keeping of this one
		keptNothing:    {code: CodeNotTaken, why: noKeep},
	}
}

// keepingRow: rolling, but both groups are bound, and so the test rule and the test listener are there.
func keepingRow() row {
	r := rollingRow()
	r[testRule], r[testListener], r[weightedGroups], r[heldClients] = verdict{}, verdict{}, verdict{}, verdict{}
	return r
}

func blueGreenRow() row {
	return row{
		noTraffic:  {code: CodeHeadless, warn: true, why: headlong},
		throughALB: {}, throughNLB: {}, throughConnect: {},
		testRule: {}, testListener: {}, testHeader: {}, weightedGroups: {}, heldClients: {},
		bakeTime: {}, hooksAsked: {},
		linearSteps: {code: CodeOtherSteps, why: noSteps},
		canarySteps: {code: CodeOtherSteps, why: noSteps},
		keptPair:    {code: CodeNotTaken, why: hasBoth},
		keptNothing: {code: CodeNotTaken, why: hasBoth},
	}
}

func linearRow() row {
	r := blueGreenRow()
	r[noTraffic] = verdict{code: CodeHeadlessSteps, why: notLegal}
	r[linearSteps] = verdict{}
	return r
}

func canaryRow() row {
	r := blueGreenRow()
	r[noTraffic] = verdict{code: CodeHeadlessSteps, why: notLegal}
	r[canarySteps] = verdict{}
	return r
}

// first is what a strategy needs of the provider.
func first(strategy string) schemas.Feature {
	if strategy == linear || strategy == canary {
		return schemas.LinearCanary
	}
	return schemas.BlueGreen
}

// way is the deployment's row of the table.
func (d *deployment) way() string {
	if d.In.ECS.Deployment.Strategy.V == rolling && d.twoGroups() {
		return keeping
	}
	return d.In.ECS.Deployment.Strategy.V
}

// asked is something that this blueprint wants, and where it says so.
type asked struct {
	what ask
	at   hcl.Range
}

// asks are everything that the blueprint wants of its strategy.
func (d *deployment) asks() []asked {
	in := d.In.ECS.Deployment
	var out []asked
	add := func(wanted bool, what ask, at hcl.Range) {
		if wanted {
			out = append(out, asked{what, at})
		}
	}
	add(len(d.targets()) == 0, noTraffic, in.Strategy.Range)
	for _, e := range d.In.ECS.Traffic {
		out = append(out, waysOf(e)...)
	}
	add(parts.Said(in.BakeTime), bakeTime, in.BakeTime.Range)
	add(!in.Linear.Default, linearSteps, in.Linear.Range)
	add(!in.Canary.Default, canarySteps, in.Canary.Range)
	if len(in.Hooks) > 0 {
		add(true, hooksAsked, in.Hooks[0].Range)
	}
	kept := in.KeepPair.V && parts.Said(in.KeepPair)
	add(kept && len(d.pairs) > 0, keptPair, in.KeepPair.Range)
	add(kept && len(d.pairs) == 0, keptNothing, in.KeepPair.Range)
	return out
}

// waysOf are what one key of traffic wants.
func waysOf(e blueprint.Entry[blueprint.Traffic]) []asked {
	var out []asked
	add := func(what ask, at hcl.Range) { out = append(out, asked{what, at}) }
	switch t := e.V; {
	case t.ALB != nil:
		add(throughALB, e.Key.Range)
		if t.ALB.Test != nil {
			add(testRule, t.ALB.Test.Range)
		}
		if t.ALB.Stickiness != nil {
			add(heldClients, t.ALB.Stickiness.Range)
		}
	case t.NLB != nil:
		add(throughNLB, e.Key.Range)
		if t.NLB.Test != nil {
			add(testListener, t.NLB.Test.Range)
		}
		if t.NLB.Weighted.V {
			add(weightedGroups, t.NLB.Weighted.Range)
		}
	case t.ServiceConnect != nil:
		add(throughConnect, e.Key.Range)
		if t.ServiceConnect.Test != nil {
			add(testHeader, t.ServiceConnect.Test.Range)
		}
	}
	return out
}
