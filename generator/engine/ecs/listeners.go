package ecs

import (
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// balancerVariable is the obvious name of the load balancer's variable.
const balancerVariable = "network_load_balancer_arn"

// listenersShape is what the module's text depends on.
type listenersShape struct {
	paired, test, weighted, guarded bool
	productionTLS, testTLS          bool
}

func (p pair) listenersShape() listenersShape {
	return listenersShape{
		paired: p.paired(), test: p.test, weighted: p.paired() && p.nlb.Weighted.V, guarded: p.guarded,
		productionTLS: p.nlb.Production.Protocol.V == "TLS",
		testTLS:       p.test && p.nlb.Test.Protocol.V == "TLS",
	}
}

// Ports of the module's own test.
const (
	samplePort     = 443
	sampleTestPort = 8443
)

func sampleBalancer() string { return sampleBalancerOf(blueprint.Value[string]{}) }

// sampleBalancerOf is another one for each place that a load balancer comes from, so that the root's test sees one key get another's.
func sampleBalancerOf(v blueprint.Value[string]) string {
	name := "shared"
	switch {
	case v.From == blueprint.Lookup:
		name = v.Lookup.Name
	case v.From == blueprint.Variable && v.Name != balancerVariable:
		name = strings.ReplaceAll(v.Name, "_", "-")
	}
	return parts.ARN("elasticloadbalancing", "loadbalancer/net/"+name+"/1")
}

func sampleCertificate(name string) string { return parts.ARN("acm", "certificate/"+name) }

// listenerModule is modules/listeners in the making.
type listenerModule struct {
	*parts.Child
	shape       listenersShape
	blue, green tf.Expr
	balancer    tf.Expr
	given       []tf.Field // the listeners' variables, by listener
}

// listeners is modules/listeners: the production listener and, where there is one, the test listener. They are the service's
// own, because ECS rewrites a Network Load Balancer's listener as a whole (domain.md 3.3).
func (d *deployment) listeners(name string, s listenersShape) *parts.Child {
	c := parts.NewChild(name, "Listeners", listenersAbout(s), d.Versions)
	m := &listenerModule{Child: c, shape: s}
	m.blue = c.Text("blue_target_group_arn", "ARN of the blue target group, live before the first deployment.", sampleGroup("blue"))
	groups := []tf.Field{tf.F("blue", m.blue)}
	if s.paired {
		m.green = c.Text("green_target_group_arn", "ARN of the green target group, into which the first deployment goes.", sampleGroup("green"))
		groups = append(groups, tf.F("green", m.green))
	}
	m.balancer = c.Text("load_balancer_arn", "ARN of the Network Load Balancer that gets the listeners.", sampleBalancer())
	m.production()
	if s.test {
		m.test()
	}
	c.Output("given", "Load balancer, ports and certificates of the listeners, as they arrived.", tf.Fields(append([]tf.Field{tf.F("load_balancer_arn", m.balancer)}, m.given...)...))
	c.Output("target_group_arns", "The target groups that the listeners were given.", tf.Fields(groups...))
	return c
}

func listenersAbout(s listenersShape) string {
	guard := "\n\nAnother load balancer or port may replace the listeners, and a new production listener would start on blue, live or not"
	if s.guarded {
		guard += ": `prevent_destroy` stops that."
	} else {
		guard += ". The blueprint allows it (`allow_replacement`)."
	}
	const owned = "\nFrom then on ECS moves the listeners' default action, and Terraform ignores it."
	switch {
	case !s.paired:
		return "The listener of a Network Load Balancer that sends the production traffic to the target group." + guard
	case s.weighted && s.test:
		return "The production and the test listener of a Network Load Balancer. Both carry both target groups from the first apply on: production 100 blue and 0 green, test the other way round." + owned + guard
	case s.weighted:
		return "The production listener of a Network Load Balancer. It carries both target groups from the first apply on, 100 blue and 0 green." + owned + guard
	default:
		return "The production and the test listener of a Network Load Balancer. Production starts on blue and test on green, so that both groups hang on the load balancer from the first apply on." + owned + guard
	}
}

func (m *listenerModule) production() {
	why := "ECS points the listener at the live target group with every deployment.\nPutting it back would send users to the idle group."
	listener := m.listener("production", samplePort, m.shape.productionTLS, 100, 0,
		lifecycleOf("default_action", m.shape.paired, why, m.shape.guarded))
	m.Output("production_listener_arn", "ARN of the listener that carries the production traffic.", listener.Attr("arn"))
	switch {
	case m.shape.weighted:
		m.Assert("Production traffic must start on blue, with green bound to the listener.", weights(listener, "default_action", m.blue, m.green, 100, 0))
	case m.shape.paired:
		m.Assert("Production traffic must start on blue.", tf.Equal(tf.First(listener.Attr("default_action"), "target_group_arn"), m.blue))
	default:
		m.Assert("Production traffic must go to the target group.", tf.Equal(tf.First(listener.Attr("default_action"), "target_group_arn"), m.blue))
	}
}

func (m *listenerModule) test() {
	listener := m.listener("test", sampleTestPort, m.shape.testTLS, 0, 100,
		lifecycleOf("default_action", true, "ECS points test traffic at the incoming target group with every deployment.", false))
	m.Output("test_listener_arn", "ARN of the listener that carries the test traffic.", listener.Attr("arn"))
	if m.shape.weighted {
		m.Assert("Test traffic must start on green, with blue bound to the listener.", weights(listener, "default_action", m.blue, m.green, 0, 100))
		return
	}
	m.Assert("Test traffic must start on green, which hangs on this listener.", tf.Equal(tf.First(listener.Attr("default_action"), "target_group_arn"), m.green))
}

// listener adds one, and asserts what it shares with the other.
func (m *listenerModule) listener(name string, port int, tls bool, blue, green int, lifecycle tf.Item) *tf.Block {
	fields := map[string]cty.Value{"port": cty.NumberIntVal(int64(port))}
	about := "Port of the listener for " + name + " traffic."
	if tls {
		fields["certificate_arn"] = cty.StringVal(sampleCertificate(name))
		fields["ssl_policy"] = cty.StringVal("ELBSecurityPolicy-TLS13-1-2-2021-06")
		about = "Port, certificate and policy of the listener for " + name + " traffic."
	}
	v := m.Var(name, about, cty.ObjectVal(fields))
	m.given = append(m.given, tf.F(name, v.Attr()))
	protocol := "TCP"
	var certificate, policy tf.Expr
	if tls {
		protocol, certificate, policy = "TLS", v.Attr("certificate_arn"), v.Attr("ssl_policy")
	}
	listener := m.Add(tf.Resource("aws_lb_listener", name,
		tf.Set("certificate_arn", certificate),
		tf.Set("load_balancer_arn", m.balancer),
		tf.Set("port", v.Attr("port")),
		tf.Set("protocol", tf.String(protocol)),
		tf.Set("ssl_policy", policy),
		m.action(blue, green),
		lifecycle,
	))
	facts := []tf.Expr{
		tf.Equal(listener.Attr("load_balancer_arn"), m.balancer),
		tf.Equal(listener.Attr("port"), v.Attr("port")),
		tf.Equal(listener.Attr("protocol"), tf.String(protocol)),
	}
	if tls {
		facts = append(facts, tf.Equal(listener.Attr("certificate_arn"), certificate), tf.Equal(listener.Attr("ssl_policy"), policy))
	}
	m.Assert("The "+name+" listener must stand on its port of the load balancer, as the blueprint has it.", facts...)
	return listener
}

// action forwards to the group with the weight, or to both with their weights.
func (m *listenerModule) action(blue, green int) *tf.Block {
	if m.shape.weighted {
		return weightedForward("default_action", m.blue, m.green, blue, green)
	}
	group := m.blue
	if green > 0 {
		group = m.green
	}
	return tf.Nested("default_action", tf.Set("target_group_arn", group), tf.Set("type", tf.String("forward")))
}

// callListeners is the root's call for one key of traffic.
func (d *deployment) callListeners(r *parts.Root, c *parts.Child, calls pairCalls) *tf.Block {
	p := calls.pair
	inputs := []tf.Attr{
		tf.Set("blue_target_group_arn", calls.groups.Attr("blue_arn")),
		tf.Set("load_balancer_arn", d.useBalancer(r, p)),
	}
	if p.paired() {
		inputs = append(inputs, tf.Set("green_target_group_arn", calls.groups.Attr("green_arn")))
	}
	for _, l := range p.listeners() {
		inputs = append(inputs, tf.Set(l.name, d.listenerArgument(r, p, l)))
	}
	return c.Call("listeners_"+p.id, inputs...).From(p.origin)
}

// listenerArgument is a listener as the root hands it over.
func (d *deployment) listenerArgument(r *parts.Root, p pair, l madeListener) tf.Expr {
	if l.in.Protocol.V != "TLS" {
		return tf.Fields(tf.F("port", tf.Int(l.in.Port.V)))
	}
	return tf.Fields(
		tf.F("certificate_arn", d.useCertificate(r, p, l.name, l.in.CertificateARN)),
		tf.F("port", tf.Int(l.in.Port.V)),
		tf.F("ssl_policy", tf.String(l.in.SSLPolicy.V)),
	)
}

func (d *deployment) useBalancer(r *parts.Root, p pair) tf.Expr {
	sample := sampleBalancerOf(p.nlb.LoadBalancerARN)
	return parts.Use(r, parts.Wanted{
		Name: balancerVariable, Key: "traffic." + p.key + ".nlb.load_balancer_arn", Type: cty.String,
		Description: "ARN of the Network Load Balancer that gets the listeners.",
		Sample:      cty.StringVal(sample),
		Query:       parts.ByName("aws_lb", "name", "arn", sample),
		Validation: &parts.Validation{
			Condition: parts.Matches("^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer/net/"),
			Message:   "must be the ARN of a Network Load Balancer, not of a listener.",
			Wrong:     cty.StringVal(parts.ARN("elasticloadbalancing", "listener/net/shared/1/2")),
		},
	}, p.nlb.LoadBalancerARN)
}

func (d *deployment) useCertificate(r *parts.Root, p pair, listener string, v blueprint.Value[string]) tf.Expr {
	return parts.Use(r, parts.Wanted{
		Name: "certificate_arn", Key: "traffic." + p.key + ".nlb." + listener + ".certificate_arn", Type: cty.String,
		Description: "ARN of the certificate with which the load balancer ends TLS.",
		Sample:      cty.StringVal(sampleCertificate(listener + "-given")),
	}, v)
}

// addListeners is addRules of a key behind a Network Load Balancer.
func (c *configuration) addListeners(calls *pairCalls) {
	p, d := calls.pair, c.d
	module, fresh := c.shaped("listeners", p.id, p.listenersShape(), func(name string) *parts.Child { return d.listeners(name, p.listenersShape()) })
	if fresh {
		c.test(module, "The listeners as they are born, before ECS moves them.", "listeners", planIf(p.guarded))
	}
	calls.inRules = module
	calls.rules = c.root.Call(d.callListeners(c.root, module, *calls))
	calls.listener = calls.rules.Attr("production_listener_arn")
	calls.balancer = d.useBalancer(c.root, p)
	if p.test {
		calls.testListener = calls.rules.Attr("test_listener_arn")
	}
}

// listenersGiven are the listeners as the blueprint wants them.
func (c *configuration) listenersGiven(p pairCalls) tf.Expr {
	fields := []tf.Field{tf.F("load_balancer_arn", c.d.useBalancer(c.root, p.pair))}
	for _, l := range p.pair.listeners() {
		fields = append(fields, tf.F(l.name, c.d.listenerArgument(c.root, p.pair, l)))
	}
	return tf.Fields(fields...)
}
