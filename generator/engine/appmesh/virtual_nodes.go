package appmesh

import (
	"time"

	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Samples of the modules' own tests: both colours are active.
func sampleNames() cty.Value { return byColour("orders-blue", "orders-green") }

func byColour(blue, green string) cty.Value {
	return cty.MapVal(map[string]cty.Value{"blue": cty.StringVal(blue), "green": cty.StringVal(green)})
}

func names(c *parts.Child, what string) *tf.Block {
	return c.Var("names", "Name of the "+what+", by active colour.", sampleNames())
}

// of is the colour's instance of a resource with for_each.
func of(b *tf.Block, colour string) tf.Expr {
	return tf.Index{Collection: b.Attr(), Key: tf.String(colour)}
}

// nodesModule is modules/virtual_nodes: one node for each active colour.
func (r *rollout) nodesModule() *parts.Child {
	c := parts.NewChild("virtual_nodes", "Virtual nodes", "One virtual node for each active colour. It finds its tasks in Cloud Map by the name of their ECS service, and Envoy\n"+
		"takes its name to ask App Mesh what to do.\n\nThe last apply of a rollout deletes the old colour's node: not before the route has let go of it.", r.Versions)
	n := names(c, "virtual node and of the ECS service behind it")
	mesh := c.Text("mesh_name", "Name of the mesh.", "orders")
	check, checkItems := r.checkOf(c)
	protocol := c.Text("protocol", "Protocol of the listener and of its health check.", "http")
	port := c.Number("port", "Port of the listener and of the application.", 8080)
	namespace := c.Text("namespace_name", "Name of the private DNS namespace.", "mesh.local")
	service := c.Text("service_discovery_service_name", "Name of the Cloud Map service in which the tasks of both colours register.", "orders")
	node := c.Add(tf.Resource("aws_appmesh_virtual_node", "this",
		tf.Set("for_each", n.Attr()),
		tf.Set("mesh_name", mesh),
		tf.Set("name", tf.Each("value")),
		tf.Nested("spec",
			r.backends(c),
			tf.Nested("listener",
				tf.Nested("health_check", checkItems, tf.Set("protocol", protocol)),
				tf.Nested("port_mapping", tf.Set("port", port), tf.Set("protocol", protocol)),
			),
			tf.Nested("logging", tf.Nested("access_log", tf.Nested("file", tf.Set("path", tf.String("/dev/stdout"))))),
			tf.Nested("service_discovery", tf.Nested("aws_cloud_map",
				tf.Set("attributes", tf.Inline(tf.F("ECS_SERVICE_NAME", tf.Each("value")))),
				tf.Set("namespace_name", namespace),
				tf.Set("service_name", service),
			)),
		),
		tf.Nested("lifecycle", tf.Set("create_before_destroy", tf.Bool(true)).
			Why("App Mesh does not delete a node that the route still names. Terraform's usual order deletes the node of a deactivated colour\n"+
				"and updates the route after; created before destroyed, the node goes last: the route lets go first.")),
	))
	c.Output("arns", "ARNs of the virtual nodes, by active colour.", each("node", node.Attr(), "arn"))
	c.Output("names", "Names of the virtual nodes, by active colour.", each("node", node.Attr(), "name"))
	c.Output("resource_names", "What Envoy calls the virtual nodes, by active colour. It is known at plan; an ARN would not be.", resourceNames(node))
	c.Output("settings", "How the virtual nodes were made.", tf.Fields(r.nodeFacts(c, check)...))
	r.assertNodes(c, node, check)
	return c
}

func resourceNames(node *tf.Block) tf.Expr {
	return tf.ForPairs("colour", "node", node.Attr(), func(at, it tf.Expr) (tf.Expr, tf.Expr) {
		return at, tf.Join(tf.String("mesh/"), tf.Dig(it, "mesh_name"), tf.String("/virtualNode/"), tf.Dig(it, "name"))
	})
}

// checkOf is the variable of Envoy's health check and the arguments that come from it.
func (r *rollout) checkOf(c *parts.Child) (*tf.Block, tf.Items) {
	fields := map[string]cty.Value{
		"healthy_threshold": cty.NumberIntVal(2), "interval_millis": cty.NumberIntVal(5000),
		"timeout_millis": cty.NumberIntVal(2000), "unhealthy_threshold": cty.NumberIntVal(3),
	}
	if r.asksPath() {
		fields["path"] = cty.StringVal("/health")
	}
	v := c.Var("health_check", "How Envoy checks the application.", cty.ObjectVal(fields))
	var path tf.Expr
	if r.asksPath() {
		path = v.Attr("path")
	}
	return v, tf.Items{
		tf.Set("healthy_threshold", v.Attr("healthy_threshold")),
		tf.Set("interval_millis", v.Attr("interval_millis")),
		tf.Set("path", path),
		tf.Set("timeout_millis", v.Attr("timeout_millis")),
		tf.Set("unhealthy_threshold", v.Attr("unhealthy_threshold")),
	}
}

func (r *rollout) backends(c *parts.Child) tf.Item {
	if len(r.mesh.Backends) == 0 {
		return nil
	}
	v := c.Var("backends", "Names of the virtual services that the application calls.", parts.Samples("stock.mesh.local"))
	return tf.Dynamic("backend", v.Attr(), tf.Nested("virtual_service", tf.Set("virtual_service_name", tf.It("backend", "value"))))
}

// nodeFacts are what the root's test compares with the blueprint.
func (r *rollout) nodeFacts(c *parts.Child, check *tf.Block) []tf.Field {
	var fields []tf.Field
	if len(r.mesh.Backends) > 0 {
		fields = append(fields, tf.F("backends", c.Var("backends", "", parts.Samples("stock.mesh.local")).Attr()))
	}
	return append(fields,
		tf.F("health_check", check.Attr()),
		tf.F("mesh_name", c.Text("mesh_name", "", "orders")),
		tf.F("namespace_name", c.Text("namespace_name", "", "mesh.local")),
		tf.F("port", c.Number("port", "", 8080)),
		tf.F("protocol", c.Text("protocol", "", "http")),
		tf.F("service_discovery_service_name", c.Text("service_discovery_service_name", "", "orders")),
	)
}

// nodesWanted are nodeFacts as the blueprint wants them.
func (c *configuration) nodesWanted() tf.Expr {
	var fields []tf.Field
	if b := c.r.mesh.Backends; len(b) > 0 {
		fields = append(fields, tf.F("backends", tf.Fn("toset", tf.Strings(parts.Texts(b)...))))
	}
	mesh := c.meshName
	if c.r.ownMesh() {
		mesh = tf.String(c.r.meshName())
	}
	return tf.Fields(append(fields,
		tf.F("health_check", c.r.healthCheck()),
		tf.F("mesh_name", mesh),
		tf.F("namespace_name", tf.String(c.r.namespace)),
		tf.F("port", tf.Int(c.r.listener.In.Port.V)),
		tf.F("protocol", tf.String(c.r.mesh.Listener.Protocol.V)),
		tf.F("service_discovery_service_name", tf.String(c.r.discovery)),
	)...)
}

// healthCheck is the object as the root hands it over.
func (r *rollout) healthCheck() tf.Expr {
	h := r.mesh.Listener.HealthCheck
	var path tf.Expr
	if r.asksPath() {
		path = tf.String(r.checkPath())
	}
	return tf.Fields(
		tf.F("healthy_threshold", tf.Int(h.HealthyThreshold.V)),
		tf.F("interval_millis", tf.Int(int(h.Interval.V/time.Millisecond))),
		tf.F("path", path),
		tf.F("timeout_millis", tf.Int(int(h.Timeout.V/time.Millisecond))),
		tf.F("unhealthy_threshold", tf.Int(h.UnhealthyThreshold.V)),
	)
}

func (r *rollout) checkPath() string {
	if p := r.mesh.Listener.HealthCheck.Path.V; p != "" {
		return p
	}
	return "/"
}

func (r *rollout) assertNodes(c *parts.Child, node, check *tf.Block) {
	spec := func(colour string) tf.Expr { return tf.First(tf.Dig(of(node, colour), "spec")) }
	for _, colour := range r.colours {
		cloudMap := tf.First(tf.Dig(tf.First(tf.Dig(spec(colour.name), "service_discovery")), "aws_cloud_map"))
		c.Assert("The "+colour.name+" node must take the tasks of the "+colour.name+" ECS service, and no others.",
			tf.Equal(tf.Dig(cloudMap, "attributes", "ECS_SERVICE_NAME"), tf.String("orders-"+colour.name)),
			tf.Equal(tf.Dig(cloudMap, "namespace_name"), tf.String("mesh.local")),
			tf.Equal(tf.Dig(cloudMap, "service_name"), tf.String("orders")),
			tf.Equal(tf.Dig(of(node, colour.name), "name"), tf.String("orders-"+colour.name)),
			tf.Equal(tf.Dig(of(node, colour.name), "mesh_name"), tf.String("orders")))
		c.Assert("Envoy must ask for the "+colour.name+" node by its name.",
			tf.Equal(tf.Index{Collection: parts.OutputNamed("resource_names"), Key: tf.String(colour.name)}, tf.String("mesh/orders/virtualNode/orders-"+colour.name)))
	}
	listener := tf.First(tf.Dig(spec("blue"), "listener"))
	mapping := tf.First(tf.Dig(listener, "port_mapping"))
	c.Assert("Envoy must listen where the application does.",
		tf.Equal(tf.Dig(mapping, "port"), tf.Int(8080)),
		tf.Equal(tf.Dig(mapping, "protocol"), tf.String("http")))
	facts := []tf.Expr{tf.Equal(tf.Dig(tf.First(tf.Dig(listener, "health_check")), "protocol"), tf.String("http"))}
	for _, name := range checkNames(r.asksPath()) {
		facts = append(facts, tf.Equal(tf.Dig(tf.First(tf.Dig(listener, "health_check")), name), check.Attr(name)))
	}
	c.Assert("Envoy must check the application as it was told.", facts...)
	if len(r.mesh.Backends) > 0 {
		backend := tf.First(tf.Dig(tf.Fn("one", tf.Dig(spec("blue"), "backend")), "virtual_service"))
		c.Assert("The application must reach the virtual services that were given.", tf.Equal(tf.Dig(backend, "virtual_service_name"), tf.String("stock.mesh.local")))
	}
}

func checkNames(path bool) []string {
	all := []string{"healthy_threshold", "interval_millis", "timeout_millis", "unhealthy_threshold"}
	if path {
		all = append(all, "path")
	}
	return all
}
