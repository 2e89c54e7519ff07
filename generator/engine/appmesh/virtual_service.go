package appmesh

import (
	"slices"
	"strings"
	"time"

	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// routeModule is modules/virtual_service in the making.
type routeModule struct {
	*parts.Child
	r              *rollout
	nodes, weights *tf.Block
	retry          *tf.Block // nil without a retry policy
	route          *tf.Block
}

// routeModule is modules/virtual_service: router, the one route, and the name that clients call.
func (r *rollout) routeModule() *parts.Child {
	c := parts.NewChild("virtual_service", "Virtual service", "The name that clients call, and behind it a virtual router with one route. Its weights are the rollout.\n\n"+
		"A state that would lose requests is refused at plan: no active colour, weight on a colour without a node, no weight at all.", r.Versions)
	m := &routeModule{Child: c, r: r}
	m.variables()
	m.add()
	m.outputs()
	m.asserts()
	return c
}

func weightsOf(blue, green int64) cty.Value {
	return cty.MapVal(map[string]cty.Value{"blue": cty.NumberIntVal(blue), "green": cty.NumberIntVal(green)})
}

// variables with the invariants of a rollout (domain.md 6.2): what the blueprint's rules refuse is refused here once more, for who
// changes the root by hand.
func (m *routeModule) variables() {
	m.nodes = m.Var("virtual_node_names", "Names of the virtual nodes, by active colour.", byColour("orders-blue", "orders-green"))
	parts.Valid(m.nodes, tf.Binary{Op: ">", Left: tf.Fn("length", m.nodes.Attr()), Right: tf.Int(0)}, "At least one colour must be active.")
	m.weights = m.Var("weights", "Share of the traffic, by colour; 0 for one that is not active.", weightsOf(90, 10))
	values := tf.Fn("values", m.weights.Attr())
	parts.Valid(m.weights, tf.Fn("alltrue", tf.ForEach("weight", values, func(w tf.Expr) tf.Expr {
		return tf.All(tf.Binary{Op: ">=", Left: w, Right: tf.Int(0)}, tf.Equal(w, tf.Fn("floor", w)))
	})), "Weights must be whole numbers from 0.")
	total := tf.Fn("sum", values)
	parts.Valid(m.weights, tf.All(tf.Binary{Op: ">=", Left: total, Right: tf.Int(1)}, tf.Binary{Op: "<=", Left: total, Right: tf.Int(100)}),
		"The weights must add up to 1 at least and 100 at most.")
	parts.Valid(m.weights, tf.Fn("alltrue", tf.For{
		At: "colour", Name: "weight", Collection: m.weights.Attr(),
		Value: tf.Binary{Op: "||", Left: tf.Equal(tf.It("weight"), tf.Int(0)), Right: tf.Fn("contains", tf.Fn("keys", m.nodes.Attr()), tf.It("colour"))},
	}), "Only an active colour can have weight.")
	m.Refuse("no_active_colour", m.nodes, map[string]cty.Value{"virtual_node_names": cty.MapValEmpty(cty.String), "weights": weightsOf(0, 0)})
	m.Refuse("weight_on_an_inactive_colour", m.weights, map[string]cty.Value{
		"virtual_node_names": cty.MapVal(map[string]cty.Value{"blue": cty.StringVal("orders-blue")}), "weights": weightsOf(1, 1),
	})
	m.Refuse("no_weight", m.weights, map[string]cty.Value{"weights": weightsOf(0, 0)})
	m.Refuse("more_than_100", m.weights, map[string]cty.Value{"weights": weightsOf(100, 1)})
	m.Refuse("less_than_0", m.weights, map[string]cty.Value{"weights": weightsOf(2, -1)})
}

func (m *routeModule) add() {
	mesh := m.Text("mesh_name", "Name of the mesh.", "orders")
	name := m.Text("router_name", "Name of the virtual router and of its route.", "orders")
	router := m.Add(tf.Resource("aws_appmesh_virtual_router", "this",
		tf.Set("mesh_name", mesh),
		tf.Set("name", name),
		tf.Nested("spec", tf.Nested("listener", tf.Nested("port_mapping",
			tf.Set("port", m.Number("port", "Port of the router's listener.", 8080)),
			tf.Set("protocol", m.Text("protocol", "Protocol of the router's listener.", m.r.mesh.Listener.Protocol.V)),
		))),
	))
	services := m.Var("service_arns", "ARNs of the ECS services, by active colour: the route waits for them.",
		byColour(parts.ARN("ecs", "service/commerce/orders-blue"), parts.ARN("ecs", "service/commerce/orders-green")))
	m.route = m.Add(tf.Resource("aws_appmesh_route", "this",
		tf.Set("mesh_name", mesh),
		tf.Set("name", name),
		tf.Set("virtual_router_name", router.Attr("name")),
		tf.Nested("spec", m.matched()),
		parts.Waits{services.Attr()}.DependsOn("A colour gets traffic once its tasks run, and loses it before they stop."),
	)).Why("One route in every state of the rollout: targets and weights change in place, so no request finds the router without a route.")
	service := m.Add(tf.Resource("aws_appmesh_virtual_service", "this",
		tf.Set("mesh_name", mesh),
		tf.Set("name", m.Text("name", "Name of the virtual service: what clients call.", "orders.mesh.local")),
		tf.Nested("spec", tf.Nested("provider", tf.Nested("virtual_router", tf.Set("virtual_router_name", router.Attr("name"))))),
	))
	m.OutputAfter("name", "Name of the virtual service.", service.Attr("name"), "Behind the name stands a route.", m.route.Attr())
	m.Assert("Clients must reach the router by the virtual service's name.",
		tf.Equal(service.Attr("name"), tf.String("orders.mesh.local")),
		tf.Equal(tf.First(tf.Dig(tf.First(tf.Dig(tf.First(service.Attr("spec")), "provider")), "virtual_router"), "virtual_router_name"), tf.String("orders")),
		tf.Equal(m.route.Attr("virtual_router_name"), tf.String("orders")))
	mapping := tf.First(tf.Dig(tf.First(tf.Dig(tf.First(router.Attr("spec")), "listener")), "port_mapping"))
	m.Assert("The router must listen where the nodes do.",
		tf.Equal(tf.Dig(mapping, "port"), tf.Int(8080)),
		tf.Equal(tf.Dig(mapping, "protocol"), tf.String(m.r.mesh.Listener.Protocol.V)))
}

// matched is the route of the listener's protocol: everything that arrives, by the weights.
func (m *routeModule) matched() *tf.Block {
	action := tf.Nested("action", tf.Dynamic("weighted_target", m.nodes.Attr(),
		tf.Set("virtual_node", tf.It("weighted_target", "value")),
		tf.Set("weight", tf.Index{Collection: m.weights.Attr(), Key: tf.It("weighted_target", "key")}),
	))
	switch m.r.mesh.Listener.Protocol.V {
	case "tcp":
		return tf.Nested("tcp_route", action)
	case "grpc":
		return tf.Nested("grpc_route", action, tf.Nested("match"), m.retryPolicy())
	default:
		return tf.Nested(m.r.mesh.Listener.Protocol.V+"_route", action, tf.Nested("match", tf.Set("prefix", tf.String("/"))), m.retryPolicy())
	}
}

// retryEvents are the events of a retry policy that were said, by the argument that takes them.
func (r *rollout) retryEvents() []tf.Field {
	p := r.mesh.RetryPolicy
	var fields []tf.Field
	if len(p.GRPCRetryEvents) > 0 {
		fields = append(fields, tf.F("grpc_retry_events", tf.Strings(parts.Texts(p.GRPCRetryEvents)...)))
	}
	if len(p.HTTPRetryEvents) > 0 {
		fields = append(fields, tf.F("http_retry_events", tf.Strings(parts.Texts(p.HTTPRetryEvents)...)))
	}
	if len(p.TCPRetryEvents) > 0 {
		fields = append(fields, tf.F("tcp_retry_events", tf.Strings(parts.Texts(p.TCPRetryEvents)...)))
	}
	return fields
}

func (m *routeModule) retryPolicy() tf.Item {
	if !m.r.retries() {
		return nil
	}
	fields := map[string]cty.Value{"max_retries": cty.NumberIntVal(2), "per_retry_timeout_seconds": cty.NumberIntVal(3)}
	for _, f := range m.r.retryEvents() {
		fields[f.Key] = parts.Samples(f.Value.(tf.List).Items[0].(tf.Lit).Value.AsString())
	}
	m.retry = m.Var("retry_policy", "When and how often Envoy repeats a request.", cty.ObjectVal(fields))
	items := tf.Items{}
	for _, f := range m.r.retryEvents() {
		items = append(items, tf.Set(f.Key, m.retry.Attr(f.Key)))
	}
	return tf.Nested("retry_policy", items, tf.Set("max_retries", m.retry.Attr("max_retries")),
		tf.Nested("per_retry_timeout", tf.Set("unit", tf.String("s")), tf.Set("value", m.retry.Attr("per_retry_timeout_seconds"))))
}

// outputs: the weights as they are in the route, and what the root's test compares with the blueprint.
func (m *routeModule) outputs() {
	m.Output("weights", "Weights in the route, by active colour.", tf.ForPairs("colour", "node", m.nodes.Attr(), func(at, _ tf.Expr) (tf.Expr, tf.Expr) {
		return at, tf.Index{Collection: m.weights.Attr(), Key: at}
	}))
	fields := []tf.Field{
		tf.F("mesh_name", m.Text("mesh_name", "", "orders")),
		tf.F("name", m.Text("name", "", "orders.mesh.local")),
		tf.F("port", m.Number("port", "", 8080)),
		tf.F("protocol", m.Text("protocol", "", m.r.mesh.Listener.Protocol.V)),
	}
	if m.retry != nil {
		fields = append(fields, tf.F("retry_policy", m.retry.Attr()))
	}
	fields = append(fields, tf.F("router_name", m.Text("router_name", "", "orders")))
	m.Output("settings", "How the route was made.", tf.Fields(fields...))
}

func (m *routeModule) asserts() {
	route := tf.First(tf.Dig(tf.First(m.route.Attr("spec")), m.r.mesh.Listener.Protocol.V+"_route"))
	targets := tf.Dig(tf.First(tf.Dig(route, "action")), "weighted_target")
	m.Assert("Each node must carry its own colour's weight.", tf.Equal(
		tf.ForMap("target", targets, func(it tf.Expr) (tf.Expr, tf.Expr) { return tf.Dig(it, "virtual_node"), tf.Dig(it, "weight") }),
		tf.Inline(tf.F("orders-blue", tf.Int(90)), tf.F("orders-green", tf.Int(10)))))
	if m.r.asksPath() {
		m.Assert("The route must take every request.", tf.Equal(tf.First(tf.Dig(route, "match"), "prefix"), tf.String("/")))
	}
	if m.retry == nil {
		return
	}
	policy := func(path ...string) tf.Expr { return tf.Dig(tf.First(tf.Dig(route, "retry_policy")), path...) }
	facts := []tf.Expr{
		tf.Equal(policy("max_retries"), m.retry.Attr("max_retries")),
		tf.Equal(tf.First(policy("per_retry_timeout"), "unit"), tf.String("s")),
		tf.Equal(tf.First(policy("per_retry_timeout"), "value"), m.retry.Attr("per_retry_timeout_seconds")),
	}
	for _, f := range m.r.retryEvents() {
		facts = append(facts, tf.Equal(policy(f.Key), m.retry.Attr(f.Key)))
	}
	m.Assert("Envoy must repeat requests as it was told.", facts...)
}

// addVirtualService calls the virtual service, last of all: the route waits for the services.
func (c *configuration) addVirtualService() {
	c.service = c.add(c.r.routeModule(), "One route, whose weights are the rollout.", "route", "apply",
		tf.Set("mesh_name", c.meshName),
		tf.Set("name", tf.String(c.r.virtualService)),
		tf.Set("port", c.port),
		tf.Set("protocol", tf.String(c.r.mesh.Listener.Protocol.V)),
		tf.Set("retry_policy", c.r.retryArgument()),
		tf.Set("router_name", tf.String(c.r.Name)),
		tf.Set("service_arns", c.services.Attr("arns")),
		tf.Set("virtual_node_names", c.nodes.Attr("names")),
		tf.Set("weights", each("state", c.colours, "weight")),
	).From(c.r.mesh.Range)
}

// retryArgument is the policy as the root hands it over, nil without one.
func (r *rollout) retryArgument() tf.Expr {
	if !r.retries() {
		return nil
	}
	p := r.mesh.RetryPolicy
	fields := append(r.retryEvents(), tf.F("max_retries", tf.Int(p.MaxRetries.V)), tf.F("per_retry_timeout_seconds", tf.Int(int(p.PerRetryTimeout.V/time.Second))))
	slices.SortFunc(fields, func(a, b tf.Field) int { return strings.Compare(a.Key, b.Key) })
	return tf.Fields(fields...)
}
