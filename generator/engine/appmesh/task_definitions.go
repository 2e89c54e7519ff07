package appmesh

import (
	"slices"

	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// What the proxy is told (domain.md 6.1): the addresses of task metadata, credentials and instance metadata pass it by, and so does
// what the user of Envoy and of the X-Ray daemon sends.
const (
	ignoredIPs   = "169.254.170.2,169.254.169.254"
	proxyUser    = "1337"
	proxyEgress  = 15001
	proxyIngress = 15000
	xrayPort     = 2000
)

// taskModule is modules/task_definitions in the making.
type taskModule struct {
	*parts.Child
	r          *rollout
	names      *tf.Block
	images     *tf.Block
	nodes      *tf.Block
	groups     *tf.Block
	region     tf.Expr
	containers []parts.Container // the task's, Envoy, the X-Ray daemon, with what differs between colours
	definition *tf.Block
}

// taskModule is modules/task_definitions: a task definition for each active colour, and the log groups.
func (r *rollout) taskModule() *parts.Child {
	c := parts.NewChild("task_definitions", "Task definitions", r.taskAbout(), r.Versions)
	m := &taskModule{Child: c, r: r, names: names(c, "task definition's family")}
	m.images = c.Var("images", "Image of the container "+r.listener.In.Name.V+", by active colour.", byColour("orders:1", "orders:2"))
	m.nodes = c.Var("virtual_node_resource_names", "What Envoy calls its virtual node, by active colour.",
		byColour("mesh/orders/virtualNode/orders-blue", "mesh/orders/virtualNode/orders-green"))
	m.region = c.Text("region", "Region of the containers' logs.", parts.Region)
	m.logs()
	m.fill()
	m.define()
	m.outputs()
	m.asserts()
	return c
}

func (r *rollout) taskAbout() string {
	beside := "Envoy"
	if r.traced() {
		beside = "Envoy and the X-Ray daemon"
	}
	return "A task definition for each active colour: the application with " + beside + " beside it, and a log group a container.\n\n" +
		"All traffic of the application passes Envoy, which stands for the colour's virtual node. The old revisions stay registered: a rollback needs them."
}

func (m *taskModule) logs() {
	values := map[string]cty.Value{}
	for _, f := range m.r.logGroups() {
		values[f.Key] = cty.StringVal("/ecs/orders/" + f.Key)
	}
	variable := m.Var("log_group_names", "Names of the log groups, by container.", cty.MapVal(values))
	m.groups = m.Add(parts.LogGroups(m.Child, variable, "How long the containers' logs are kept, in days.", m.r.In.Logs.KMSKeyARN.Said()))
}

// fill adds Envoy, and the X-Ray daemon where traces are wanted, to the containers.
func (m *taskModule) fill() {
	m.containers = append(m.containers, m.r.containers...)
	proxy := sidecar(envoy, m.r.mesh.Envoy)
	environment := []tf.Expr{tf.Inline(tf.F("name", tf.String("APPMESH_RESOURCE_ARN")), tf.F("value", ofColour("virtual_node_resource_names")))}
	if m.r.traced() {
		environment = append(environment, tf.Inline(tf.F("name", tf.String("ENABLE_ENVOY_XRAY_TRACING")), tf.F("value", tf.String("1"))))
	}
	proxy.More = []tf.Field{
		tf.F("environment", tf.LinesOf(environment...)),
		tf.F("healthCheck", tf.Fields(
			tf.F("command", tf.Strings("CMD-SHELL", "curl -s http://localhost:9901/server_info | grep state | grep -q LIVE")),
			tf.F("interval", tf.Int(5)),
			tf.F("retries", tf.Int(3)),
			tf.F("startPeriod", tf.Int(10)),
			tf.F("timeout", tf.Int(2)),
		)),
		{Key: "user", Value: tf.String(proxyUser), Comment: "What this user sends does not pass the proxy, or it would loop."},
	}
	m.containers = append(m.containers, proxy)
	if m.r.traced() {
		daemon := sidecar(xray, *m.r.mesh.XRay)
		daemon.More = []tf.Field{
			tf.F("portMappings", tf.LinesOf(parts.PortMapping(tf.Int(xrayPort), "udp"))),
			tf.F("user", tf.String(proxyUser)),
		}
		m.containers = append(m.containers, daemon)
	}
}

// logsOf is where a container logs: the colour's name stands before its streams.
func (m *taskModule) logsOf(c parts.Container) parts.LogTo {
	group := tf.Index{Collection: m.groups.Attr(), Key: tf.String(c.In.Name.V)}
	return parts.LogTo{Group: tf.Dig(group, "name"), Region: m.region, Prefix: tf.Each("value")}
}

func (m *taskModule) define() {
	var definitions []tf.Expr
	for _, c := range m.containers {
		definitions = append(definitions, c.Definition(m.Child, m.logsOf(c)))
	}
	executionRole, taskRole := parts.TaskRoleVariables(m.Child)
	items := append(tf.Items{tf.Set("for_each", m.names.Attr())}, m.r.FargateTask(m.Child, tf.Each("value"), definitions)...)
	items = append(items,
		tf.Nested("proxy_configuration",
			tf.Set("container_name", tf.String(envoy)),
			tf.Set("type", tf.String("APPMESH")),
			tf.Set("properties", tf.Fields(
				tf.F("AppPorts", m.r.listener.Variable(m.Child).Attr("port")),
				tf.Field{Key: "EgressIgnoredIPs", Value: tf.String(ignoredIPs), Comment: "Task metadata, task credentials and instance metadata are not the mesh's."},
				tf.F("IgnoredUID", tf.String(proxyUser)),
				tf.F("ProxyEgressPort", tf.Int(proxyEgress)),
				tf.F("ProxyIngressPort", tf.Int(proxyIngress)),
			)),
		),
		parts.Waits{executionRole, taskRole}.DependsOn("The roles' policies, not only the roles, before any task runs."),
	)
	m.definition = m.Add(tf.Resource("aws_ecs_task_definition", "this", items).From(m.r.In.Service.Task.Range))
}

func (m *taskModule) outputs() {
	m.Output("arns", "ARNs of the task definitions, by active colour.", each("definition", m.definition.Attr(), "arn"))
	m.Output("families", "Families of the task definitions' revisions, by active colour.", each("definition", m.definition.Attr(), "family"))
	m.Output("log_group_names", "Names of the log groups, by container.",
		tf.ForPairs("container", "group", m.groups.Attr(), func(at, it tf.Expr) (tf.Expr, tf.Expr) { return at, tf.Dig(it, "name") }))
	var fields []tf.Field
	for _, c := range m.containers {
		v := c.Variable(m.Child)
		fields = append(fields, tf.F(v.Labels[0], v.Attr()))
	}
	executionRole, taskRole := parts.TaskRoleVariables(m.Child)
	fields = append(fields,
		tf.F("images", m.images.Attr()),
		tf.F("region", m.region),
		tf.F("size", parts.TaskSize(m.Child).Attr()),
		tf.F("virtual_nodes", m.nodes.Attr()),
	)
	m.Output("task", "What a task is made of.", tf.Fields(fields...))
	m.Output("roles", "The roles that the tasks were given.", tf.Fields(tf.F(parts.Execution, executionRole), tf.F(parts.Task, taskRole)))
}

func (m *taskModule) asserts() {
	for _, colour := range m.r.colours {
		decoded := tf.Fn("jsondecode", tf.Dig(of(m.definition, colour.name), "container_definitions"))
		at := func(i int) func(path ...string) tf.Expr {
			return func(path ...string) tf.Expr { return tf.Dig(tf.Index{Collection: decoded, Key: tf.Int(i)}, path...) }
		}
		m.assertColour(colour.name, at)
	}
	properties := func(name string) tf.Expr {
		return tf.Index{Collection: tf.First(tf.Dig(of(m.definition, "blue"), "proxy_configuration"), "properties"), Key: tf.String(name)}
	}
	m.Assert("All traffic of the application, and nothing else, must pass Envoy.",
		tf.Equal(tf.First(tf.Dig(of(m.definition, "blue"), "proxy_configuration"), "container_name"), tf.String(envoy)),
		tf.Equal(tf.First(tf.Dig(of(m.definition, "blue"), "proxy_configuration"), "type"), tf.String("APPMESH")),
		tf.Equal(properties("AppPorts"), tf.Fn("tostring", m.r.listener.Variable(m.Child).Attr("port"))),
		tf.Equal(properties("EgressIgnoredIPs"), tf.String(ignoredIPs)),
		tf.Equal(properties("IgnoredUID"), tf.String(proxyUser)),
		tf.Equal(properties("ProxyEgressPort"), tf.String("15001")),
		tf.Equal(properties("ProxyIngressPort"), tf.String("15000")))
	m.Assert("Logs must be kept as long as the blueprint says.",
		tf.Equal(tf.Dig(of(m.groups, envoy), "retention_in_days"), tf.Int(30)),
		tf.Equal(tf.Dig(of(m.groups, envoy), "name"), tf.String("/ecs/orders/"+envoy)))
	parts.AssertTask(m.Child, func(path ...string) tf.Expr { return tf.Dig(of(m.definition, "blue"), path...) })
}

// assertColour: the containers of one colour, each with its image, and Envoy with the colour's own virtual node.
func (m *taskModule) assertColour(colour string, at func(i int) func(path ...string) tf.Expr) {
	m.Assert("The "+colour+" task must be of its own family.", tf.Equal(tf.Dig(of(m.definition, colour), "family"), tf.String("orders-"+colour)))
	for i, c := range m.containers {
		var image tf.Expr
		if c.Image != nil {
			image = tf.Index{Collection: m.images.Attr(), Key: tf.String(colour)}
		} else if colour != "blue" {
			continue // alike in both colours
		}
		logs := m.logsOf(c)
		logs.Group = tf.String("/ecs/orders/" + c.In.Name.V)
		c.Assert(m.Child, at(i), image, logs)
	}
	if colour == "blue" {
		for i := range m.r.containers {
			m.Assert("The container "+m.containers[i].In.Name.V+" must wait for Envoy.",
				tf.Equal(tf.First(at(i)("dependsOn"), "condition"), tf.String("HEALTHY")),
				tf.Equal(tf.First(at(i)("dependsOn"), "containerName"), tf.String(envoy)))
		}
	}
	proxy := at(slices.IndexFunc(m.containers, func(c parts.Container) bool { return c.In.Name.V == envoy }))
	m.Assert("Envoy must stand for the "+colour+" virtual node, and its own traffic must not pass the proxy.",
		tf.Equal(tf.First(proxy("environment"), "name"), tf.String("APPMESH_RESOURCE_ARN")),
		tf.Equal(tf.First(proxy("environment"), "value"), tf.Index{Collection: m.nodes.Attr(), Key: tf.String(colour)}),
		tf.Equal(proxy("user"), tf.String(proxyUser)),
		tf.Fn("strcontains", tf.Index{Collection: proxy("healthCheck", "command"), Key: tf.Int(1)}, tf.String("9901/server_info")))
	if m.r.traced() && colour == "blue" {
		daemon := at(len(m.containers) - 1)
		m.Assert("Envoy must send its traces to the X-Ray daemon, whose own traffic must not pass the proxy.",
			tf.Equal(tf.Dig(tf.Index{Collection: proxy("environment"), Key: tf.Int(1)}, "name"), tf.String("ENABLE_ENVOY_XRAY_TRACING")),
			tf.Equal(tf.First(daemon("portMappings"), "containerPort"), tf.Int(xrayPort)),
			tf.Equal(tf.First(daemon("portMappings"), "protocol"), tf.String("udp")),
			tf.Equal(daemon("user"), tf.String(proxyUser)))
	}
}
