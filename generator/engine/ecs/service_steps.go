package ecs

import (
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// stepping is the block of a strategy that shifts in steps: its two arguments, by the same names variables of the module.
type stepping struct {
	block         string
	percent, bake string
	share         blueprint.Percent
	wait          time.Duration
	what, pause   string // descriptions
}

// stepping is nil where all of the traffic moves at once.
func (d *deployment) stepping() *stepping {
	in := d.In.ECS.Deployment
	switch in.Strategy.V {
	case linear:
		return &stepping{
			block: "linear_configuration", percent: "step_percent", bake: "step_bake_time_in_minutes",
			share: in.Linear.StepPercent.V, wait: in.Linear.StepBakeTime.V,
			what: "How much of the production traffic moves with each step, in percent.", pause: "How long ECS waits between two steps.",
		}
	case canary:
		return &stepping{
			block: "canary_configuration", percent: "canary_percent", bake: "canary_bake_time_in_minutes",
			share: in.Canary.Percent.V, wait: in.Canary.BakeTime.V,
			what: "How much of the production traffic moves first, in percent.", pause: "How long ECS waits until the rest follows.",
		}
	default:
		return nil
	}
}

// Samples of the module's own test: a percentage that is no whole number, and no default of AWS's.
const (
	sampleShare = 12.5
	sampleWait  = 7
)

// variables are the module's two.
func (m *serviceModule) stepVariables(s *stepping) (percent, bake tf.Expr) {
	return m.In(s.percent, s.what, cty.NumberFloatVal(sampleShare)), m.Number(s.bake, s.pause, sampleWait)
}

func (m *serviceModule) steps() tf.Item {
	s := m.d.stepping()
	if s == nil {
		return nil
	}
	percent, bake := m.stepVariables(s)
	return tf.Nested(s.block, tf.Set(s.bake, bake), tf.Set(s.percent, percent))
}

// stepInputs are the root's.
func (d *deployment) stepInputs() []tf.Attr {
	s := d.stepping()
	if s == nil {
		return nil
	}
	return []tf.Attr{tf.Set(s.bake, tf.Int(int(s.wait/time.Minute))), tf.Set(s.percent, percentage(s.share))}
}

// percentage is a number with a decimal where it has one.
func percentage(p blueprint.Percent) tf.Expr {
	n, err := cty.ParseNumberVal(p.String())
	if err != nil {
		return tf.Int(int(p / 10)) // String writes digits and one point alone
	}
	return tf.Lit{Value: n}
}

// stepFacts are the two as they arrived: the provider may hold a percentage as a binary fraction.
func (m *serviceModule) stepFacts() []tf.Field {
	s := m.d.stepping()
	if s == nil {
		return nil
	}
	percent, bake := m.stepVariables(s)
	return []tf.Field{tf.F(s.bake, bake), tf.F(s.percent, percent)}
}

func (d *deployment) stepsWanted() []tf.Field {
	var fields []tf.Field
	for _, in := range d.stepInputs() {
		fields = append(fields, tf.F(in.Name, in.Value))
	}
	return fields
}

func (m *serviceModule) assertSteps() {
	s := m.d.stepping()
	if s == nil {
		return
	}
	percent, bake := m.stepVariables(s)
	block := tf.First(tf.First(m.service.Attr("deployment_configuration"), s.block))
	m.Assert("Production traffic must move in the steps that were given.",
		tf.Equal(tf.Dig(block, s.percent), percent),
		tf.Equal(tf.Dig(block, s.bake), tf.Fn("tostring", bake)))
}
