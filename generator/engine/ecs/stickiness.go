package ecs

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// sampleStickiness is the module's own test's.
const sampleStickiness = 1800

// sticky says that clients are held to one of two groups; rolling, which has one, refuses it.
func (p pair) sticky() bool { return p.alb != nil && p.alb.Stickiness != nil }

// sticky are the keys of traffic whose clients are held.
func (d *deployment) sticky() []pair { return d.keysThat(pair.sticky) }

func (m *ruleModule) stickySeconds() tf.Expr {
	return m.Number("stickiness_seconds", "How long a client stays with the target group that served it first.", sampleStickiness)
}

// stickiness is the block of a forward that holds clients, nil where none is. Without the pair there is nothing to be held to.
func (m *ruleModule) stickiness() tf.Item {
	if !m.shape.sticky {
		return nil
	}
	m.given = append(m.given, tf.F("stickiness_seconds", m.stickySeconds()))
	b := tf.Nested("stickiness", tf.Set("duration", m.stickySeconds()), tf.Set("enabled", tf.Bool(true)))
	b.Comment = "From the rule's birth alone: it is a part of the action, which is ECS's afterwards."
	return b
}

func (m *ruleModule) assertSticky(rule *tf.Block) {
	if !m.shape.sticky {
		return
	}
	held := tf.First(tf.First(rule.Attr("action"), "forward"), "stickiness")
	m.Assert("Clients must stay with their target group for as long as was given.",
		tf.Equal(tf.First(held, "duration"), m.stickySeconds()), tf.First(held, "enabled"))
}

// stickyInput is the root's, nil where nobody is held.
func (p pair) stickyInput() []tf.Attr {
	if !p.sticky() {
		return nil
	}
	return []tf.Attr{tf.Set("stickiness_seconds", parts.Seconds(p.alb.Stickiness.Duration.V))}
}
