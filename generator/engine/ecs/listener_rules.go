package ecs

import (
	"fmt"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// rulesShape is what the module's text depends on.
type rulesShape struct {
	paired, test, apart, guarded, sticky bool
	production, tests                    string // fingerprints
}

func (p pair) rulesShape() rulesShape {
	s := rulesShape{
		paired: p.paired(), test: p.test, apart: p.apart, guarded: p.guarded, sticky: p.sticky(),
		production: fingerprint(slots(p.alb.Production.When)),
	}
	if p.test {
		s.tests = fingerprint(slots(p.alb.Test.When))
	}
	return s
}

// Priorities and ARNs of the module's own test.
const (
	sampleProduction = 110
	sampleTest       = 109
)

func sampleListener() string     { return parts.ARN("elasticloadbalancing", "listener/app/shared/1/2") }
func sampleTestListener() string { return parts.ARN("elasticloadbalancing", "listener/app/shared/1/3") }
func sampleGroup(colour string) string {
	return parts.ARN("elasticloadbalancing", "targetgroup/"+colour+"/1")
}

// ruleModule is modules/listener_rules in the making.
type ruleModule struct {
	*parts.Child
	shape       rulesShape
	blue, green tf.Expr
	listener    tf.Expr
	given       []tf.Field // the rules' variables, by rule
}

// listenerRules is modules/listener_rules: the production rule and, where there is one, the test rule.
func (d *deployment) listenerRules(name string, p pair) *parts.Child {
	s := p.rulesShape()
	c := parts.NewChild(name, "Listener rules", rulesAbout(s), d.Versions)
	m := &ruleModule{Child: c, shape: s}
	m.blue = c.Text("blue_target_group_arn", "ARN of the blue target group, live before the first deployment.", sampleGroup("blue"))
	groups := []tf.Field{tf.F("blue", m.blue)}
	if s.paired {
		m.green = c.Text("green_target_group_arn", "ARN of the green target group, into which the first deployment goes.", sampleGroup("green"))
		groups = append(groups, tf.F("green", m.green))
	}
	m.listener = c.Text("listener_arn", "ARN of the listener that gets the production rule.", sampleListener())
	production := m.production(slots(p.alb.Production.When))
	priorities := []tf.Field{tf.F("production", production.Attr("priority"))}
	listeners := []tf.Field{tf.F("production", production.Attr("listener_arn"))}
	if s.test {
		test := m.test(slots(p.alb.Test.When))
		priorities = append(priorities, tf.F("test", test.Attr("priority")))
		listeners = append(listeners, tf.F("test", test.Attr("listener_arn")))
	}
	c.Output("given", "Priorities and conditions of the rules, as they arrived.", tf.Fields(m.given...))
	c.Output("listener_arns", "The listeners in which the rules stand.", tf.Fields(listeners...))
	c.Output("priorities", "Priorities of the rules; in one listener the lower number is evaluated first.", tf.Fields(priorities...))
	c.Output("target_group_arns", "The target groups that the rules were given.", tf.Fields(groups...))
	return c
}

func rulesAbout(s rulesShape) string {
	guard := "\n\nA new listener replaces the rules, and a new production rule would start on blue, live or not"
	if s.guarded {
		guard += ": `prevent_destroy` stops that."
	} else {
		guard += ". The blueprint allows it (`allow_replacement`)."
	}
	switch {
	case !s.paired:
		return "The rule in an existing listener that sends the production traffic to the target group." + guard
	case !s.test:
		return "The production rule in an existing listener. It carries both target groups from the first apply on, 100 blue and 0 green.\n" +
			"From then on ECS moves the weights, and Terraform ignores `action`." + guard
	case s.apart:
		return "The production rule and, in another listener, the test rule. Both carry both target groups from the first apply on: production 100 blue and 0 green, test the other way round.\n" +
			"From then on ECS moves the weights, and Terraform ignores `action`." + guard
	default:
		return "The production and the test rule in an existing listener. Both carry both target groups from the first apply on: production 100 blue and 0 green, test the other way round.\n" +
			"From then on ECS moves the weights, and Terraform ignores `action`. The test rule's priority must be the lower number, or the production rule takes its requests." + guard
	}
}

func (m *ruleModule) production(when []slot) *tf.Block {
	v := m.Var("production", "Priority and conditions of the production traffic.", sampleRule(sampleProduction, when))
	m.given = append(m.given, tf.F("production", v.Attr()))
	rule := m.Add(m.rule("production", m.listener, v, when, m.action(100, 0, m.stickiness()), lifecycleOf("action",
		m.shape.paired, "ECS moves the weights with every deployment and reads from them which target group is live.\nPutting them back would send users to the idle group.",
		m.shape.guarded,
	)))
	m.Output("production_rule_arn", "ARN of the rule that carries the production traffic.", rule.Attr("arn"))
	m.Assert("The production rule must have its own priority.", tf.Equal(rule.Attr("priority"), tf.Int(sampleProduction)))
	m.Assert("The production rule must have each of its conditions.", conditions(rule, v, when)...)
	m.Assert("The production rule must stand in its listener.", tf.Equal(rule.Attr("listener_arn"), m.listener))
	if m.shape.paired {
		m.Assert("Production traffic must start on blue, with green bound to the rule.", weights(rule, "action", m.blue, m.green, 100, 0))
		m.assertSticky(rule)
	} else {
		m.Assert("Production traffic must go to the target group.", tf.Equal(tf.First(rule.Attr("action"), "target_group_arn"), m.blue))
	}
	return rule
}

func (m *ruleModule) test(when []slot) *tf.Block {
	v := m.Var("test", "Priority and conditions of the test traffic.", sampleRule(sampleTest, when))
	m.given = append(m.given, tf.F("test", v.Attr()))
	listener := m.listener
	if m.shape.apart {
		listener = m.Text("test_listener_arn", "ARN of the listener that gets the test rule.", sampleTestListener())
	}
	rule := m.Add(m.rule("test", listener, v, when, m.action(0, 100), lifecycleOf("action",
		true, "ECS points test traffic at the incoming target group with every deployment.", false,
	)))
	m.Output("test_rule_arn", "ARN of the rule that carries the test traffic.", rule.Attr("arn"))
	m.Assert("The test rule must have its own priority.", tf.Equal(rule.Attr("priority"), tf.Int(sampleTest)))
	m.Assert("The test rule must have each of its conditions.", conditions(rule, v, when)...)
	m.Assert("The test rule must stand in its listener.", tf.Equal(rule.Attr("listener_arn"), listener))
	m.Assert("Test traffic must start on green, with blue bound to the rule.", weights(rule, "action", m.blue, m.green, 0, 100))
	return rule
}

func (m *ruleModule) rule(name string, listener tf.Expr, v *tf.Block, when []slot, action *tf.Block, lifecycle tf.Item) *tf.Block {
	items := []tf.Item{
		tf.Set("listener_arn", listener),
		tf.Set("priority", v.Attr("priority")),
		action,
	}
	for _, s := range when {
		items = append(items, s.block(v))
	}
	return tf.Resource("aws_lb_listener_rule", name, append(items, lifecycle)...)
}

// action is a weighted forward to both groups from birth, or a plain one to the only group.
func (m *ruleModule) action(blue, green int, more ...tf.Item) *tf.Block {
	if !m.shape.paired {
		return tf.Nested("action", tf.Set("target_group_arn", m.blue), tf.Set("type", tf.String("forward")))
	}
	return weightedForward("action", m.blue, m.green, blue, green, more...)
}

// weightedForward is an action to both groups with their weights, and what else a forward has.
func weightedForward(action string, blueARN, greenARN tf.Expr, blue, green int, more ...tf.Item) *tf.Block {
	group := func(arn tf.Expr, weight int) *tf.Block {
		return tf.Nested("target_group", tf.Set("arn", arn), tf.Set("weight", tf.Int(weight)))
	}
	return tf.Nested(action,
		tf.Set("type", tf.String("forward")),
		tf.Nested("forward", append([]tf.Item{group(blueARN, blue), group(greenARN, green)}, more...)...),
	)
}

// lifecycleOf leaves an action to ECS, and guards what must not be replaced.
func lifecycleOf(action string, ignore bool, why string, guarded bool) tf.Item {
	if !ignore && !guarded {
		return nil
	}
	return tf.Nested("lifecycle",
		tf.When(ignore, tf.Set("ignore_changes", tf.ListOf(tf.Own(action))).Why(why)),
		tf.When(guarded, tf.Set("prevent_destroy", tf.Bool(true))),
	)
}

// weights compares the forward of a rule's or listener's action with what it must be born with.
func weights(b *tf.Block, action string, blueARN, greenARN tf.Expr, blue, green int) tf.Expr {
	groups := tf.Dig(tf.First(tf.First(b.Attr(action), "forward")), "target_group")
	have := tf.ForMap("group", groups, func(it tf.Expr) (key, value tf.Expr) { return tf.Dig(it, "arn"), tf.Dig(it, "weight") })
	return tf.Equal(have, tf.Inline(
		tf.Field{KeyExpr: blueARN, Value: tf.Int(blue)},
		tf.Field{KeyExpr: greenARN, Value: tf.Int(green)},
	))
}

// callListenerRules is the root's call for one key of traffic.
func (d *deployment) callListenerRules(c *parts.Child, calls pairCalls) *tf.Block {
	p, groups := calls.pair, calls.groups
	inputs := []tf.Attr{
		tf.Set("blue_target_group_arn", groups.Attr("blue_arn")),
		tf.Set("listener_arn", calls.listener),
		tf.Set("production", argument(p.alb.Production.Priority.V, p.alb.Production.When)),
	}
	inputs = append(inputs, p.stickyInput()...)
	if p.paired() {
		inputs = append(inputs, tf.Set("green_target_group_arn", groups.Attr("green_arn")))
	}
	if t := p.alb.Test; p.test {
		test := tf.Set("test", argument(t.Priority.V, t.When))
		if !p.apart {
			test = test.Why("The lower number is evaluated first: behind production, test traffic would never match.")
		} else {
			inputs = append(inputs, tf.Set("test_listener_arn", calls.testListener))
		}
		inputs = append(inputs, test)
	}
	return c.Call("listener_rules_"+p.id, inputs...).From(p.origin)
}

// listener is what a listener's ARN must be: that of an Application Load Balancer's listener, not of a rule.
func (d *deployment) listener(p pair, test bool) parts.Wanted {
	w := parts.Wanted{
		Name: "listener_arn", Key: "traffic." + p.key + ".alb.listener_arn",
		Description: "ARN of the load balancer's HTTPS listener that gets the production and the test rule.",
		Type:        cty.String, Sample: cty.StringVal(sampleListener()),
	}
	if !p.test || p.apart {
		w.Description = "ARN of the load balancer's HTTPS listener that gets the production rule."
	}
	if test {
		w.Name, w.Key = "test_listener_arn", "traffic."+p.key+".alb.test.listener_arn"
		w.Description = "ARN of the load balancer's listener that gets the test rule."
		w.Sample = cty.StringVal(sampleTestListener())
	}
	w.Query = parts.ListenerOf(w.Sample.AsString())
	w.Validation = &parts.Validation{
		Condition: parts.Matches("^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:listener/app/"),
		Message:   "must be the ARN of an Application Load Balancer's listener, not of a rule or of the load balancer.",
		Wrong:     cty.StringVal(parts.ARN("elasticloadbalancing", "listener/net/shared/1/2")),
	}
	return w
}

// listens is the key's listener as rules compare it: the literal, the variable's name or what is looked up.
func listens(v blueprint.Value[string]) string {
	return fmt.Sprint(v.From, v.V, v.Name, v.Lookup.Name, v.Lookup.LoadBalancer, v.Lookup.Port)
}
