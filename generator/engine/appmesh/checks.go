package appmesh

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// outputs are the root's promise: the same names in every state of the rollout.
func (c *configuration) outputs() {
	o := c.root.Output
	o("active_colours", "Colours that have a virtual node and an ECS service.", tf.Fn("keys", c.activeColours))
	o("cluster_arn", "ARN of the cluster that runs the services.", c.r.UseCluster(c.root))
	for _, role := range c.r.roles() {
		role.RoleOutputs(c.root, c.roles, c.roleARNs[role.Name])
	}
	o("log_group_names", "Names of the log groups, by container.", c.tasks.Attr("log_group_names"))
	o("mesh_name", "Name of the mesh.", c.meshName)
	if c.group != nil {
		o("security_group_id", "Security group of the tasks.", c.group.Attr("id"))
	}
	o("service_arns", "ARNs of the ECS services, by active colour.", c.services.Attr("arns"))
	o("service_names", "Names of the ECS services, by active colour.", c.services.Attr("names"))
	o("task_definition_families", "Families of the task definitions' revisions, by active colour.", c.tasks.Attr("families"))
	o("virtual_node_names", "Names of the virtual nodes, by active colour.", c.nodes.Attr("names"))
	o("virtual_service_name", "Name that clients in the mesh call.", c.service.Attr("name"))
	o("weights", "Weights in the route, by active colour.", c.service.Attr("weights"))
}

// configurationTest is the root's own test.
func (c *configuration) configurationTest() *tf.Document {
	return c.r.ConfigurationTest(c.root, "The whole configuration: is the state of the rollout the blueprint's, and are its values where they belong?",
		false, c.facts(), c.wiringRuns()...)
}

// activeFields are fields of the active colours.
func (r *rollout) activeFields(value func(colour) tf.Expr) []tf.Field {
	var fields []tf.Field
	for _, one := range r.active() {
		fields = append(fields, tf.F(one.name, value(one)))
	}
	return fields
}

func inline(fields []tf.Field) tf.Expr { return tf.Inline(fields...) }

// byActive is a map of the active colours.
func (r *rollout) byActive(value func(colour) tf.Expr) tf.Expr {
	return tf.Fn("tomap", inline(r.activeFields(value)))
}

func (c *configuration) facts() parts.Facts {
	r := c.r
	var f parts.Facts
	active := make([]string, 0, len(r.colours))
	for _, one := range r.active() {
		active = append(active, one.name)
	}
	// What a root gives out has lost its type in a test: objects and tuples, not maps and lists.
	f.Is("Only "+parts.Names(active)+" must be active.", parts.OutputNamed("active_colours"), tf.Strings(active...))
	f.Is("The route must have the blueprint's weights.", parts.OutputNamed("weights"), inline(r.activeFields(func(one colour) tf.Expr { return tf.Int(one.in.Weight.V) })))
	physical := inline(r.activeFields(func(one colour) tf.Expr { return tf.String(one.physical) }))
	f.Is("Each active colour must have its ECS service, and no other.", parts.OutputNamed("service_names"), physical)
	f.Is("A virtual node must be called as its ECS service.", parts.OutputNamed("virtual_node_names"), physical)
	f.Is("A task definition must be called as its ECS service.", parts.OutputNamed("task_definition_families"), physical)
	f.Promised("virtual_service_name", r.virtualService, "Clients must reach the service as "+r.virtualService+".")
	f.Is("Each container must have its log group.", parts.OutputNamed("log_group_names"), tf.Fields(r.logGroups()...))
	if c.mesh != nil {
		f.Promised("mesh_name", r.meshName(), "The mesh must be called "+r.meshName()+".")
		f.Is("The mesh must have its egress filter.", c.mesh.Attr("egress_filter"), tf.String(r.mesh.EgressFilter.V))
	}
	for _, role := range parts.Made(r.roles()) {
		name := r.PartName(parts.RoleName, role.Name)
		f.Promised(role.Name+"_role_name", name, "The "+role.Name+" role must be called "+name+".")
	}
	if policies := parts.PoliciesWanted(c.root, parts.Made(r.roles())); len(policies) > 0 {
		f.Is("The roles must get their policies, each its own.", c.roles.Attr("policies"), tf.Fields(policies...))
	}
	f.Shows("The virtual nodes must be as the blueprint has them", c.nodes.Attr("settings"), c.nodesWanted())
	f.Shows("The tasks must be as the blueprint has them", c.tasks.Attr("task"), c.tasksWanted())
	f.Shows("The services must be as the blueprint has them", c.services.Attr("settings"), c.servicesWanted())
	f.Shows("The route must be as the blueprint has it", c.service.Attr("settings"), c.routeWanted())
	if c.group != nil {
		rules := parts.GroupWanted(c.r.GroupInputs(c.root, c.vpc, "client", parts.Port{Name: r.listener.In.Name.V, Number: tf.Int(r.listener.In.Port.V)}))
		f.Shows("The security group must have the blueprint's rules", c.group.Attr("rules"), tf.Fields(rules...))
	}
	return f
}

// tasksWanted is what the tasks must be, in the types of the module's variables.
func (c *configuration) tasksWanted() tf.Expr {
	r := c.r
	all := append([]parts.Container{}, r.containers...)
	for i := range all {
		all[i].Port = nil // the number itself: that the root's port is this one is what is asked
	}
	all = append(all, sidecar(envoy, r.mesh.Envoy))
	if r.traced() {
		all = append(all, sidecar(xray, *r.mesh.XRay))
	}
	inputs := c.containerInputs()
	fields := make([]tf.Field, 0, len(all)+4)
	for i, one := range all {
		argument := inputs[i]
		if one.Image != nil {
			argument = one.Argument(c.root, parts.Wanted{})
		}
		fields = append(fields, one.Wanted(argument))
	}
	return tf.Fields(append(fields,
		tf.F("images", r.byActive(func(one colour) tf.Expr { return parts.Use(c.root, r.image(one), one.in.Image) })),
		tf.F("region", c.knownRegion()),
		tf.F("size", r.TaskSizeArgument()),
		tf.F("virtual_nodes", r.byActive(func(one colour) tf.Expr {
			return tf.Join(tf.String("mesh/"), c.knownMesh(), tf.String("/virtualNode/"+one.physical))
		})),
	)...)
}

// knownMesh is the mesh's name without its module.
func (c *configuration) knownMesh() tf.Expr {
	if c.mesh != nil {
		return tf.String(c.r.meshName())
	}
	return c.meshName
}

// knownRegion is the region without its name in the root.
func (c *configuration) knownRegion() tf.Expr {
	if region, known := c.r.In.Terraform.Provider.Region.Known(); known {
		return tf.String(region)
	}
	return c.region
}

func (c *configuration) servicesWanted() tf.Expr {
	fields := c.r.ClusterInputs(c.root)
	out := make([]tf.Field, 0, len(fields)+3)
	for _, in := range fields {
		out = append(out, tf.F(in.Name, in.Value))
	}
	if p := c.r.In.Service.PlatformVersion.V; p != "" {
		out = append(out, tf.F("platform_version", tf.String(p)))
	}
	return tf.Fields(append(out, tf.F("subnet_ids", tf.Fn("toset", c.r.UseSubnets(c.root, c.vpc))))...)
}

func (c *configuration) routeWanted() tf.Expr {
	fields := []tf.Field{
		tf.F("mesh_name", c.knownMesh()),
		tf.F("name", tf.String(c.r.virtualService)),
		tf.F("port", tf.Int(c.r.listener.In.Port.V)),
		tf.F("protocol", tf.String(c.r.mesh.Listener.Protocol.V)),
	}
	if c.r.retries() {
		policy := c.r.retryArgument().(tf.Object)
		for i, f := range policy.Fields {
			if _, list := f.Value.(tf.List); list {
				policy.Fields[i].Value = tf.Fn("toset", f.Value)
			}
		}
		fields = append(fields, tf.F("retry_policy", policy))
	}
	return tf.Fields(append(fields, tf.F("router_name", tf.String(c.r.Name)))...)
}

// wiringRuns give the modules outputs of their own and look where they arrive: equal mocks would hide a swap. There are two, because a
// module that is given outputs is not looked into.
func (c *configuration) wiringRuns() []*tf.Block {
	run := func(name string, items ...tf.Item) *tf.Block {
		return tf.NewBlock("run", []string{name}, append([]tf.Item{tf.Set("command", tf.Keyword("plan"))}, items...)...)
	}
	assert := func(message string, value, want tf.Expr) tf.Item {
		return parts.Assert{Conditions: []tf.Expr{tf.Equal(value, want)}, Message: tf.String(message)}.Block()
	}
	before := c.overridesBefore()
	first := append(before, assert("The tasks must get their roles, each in its place.", c.tasks.Attr("roles"), tf.Fields(
		tf.F(parts.Execution, c.roleARNs[parts.Execution]), tf.F(parts.Task, c.roleARNs[parts.Task]))))
	if c.roles != nil {
		first = append([]tf.Item{c.overrideRoles()}, first...)
	}
	second := append(before,
		parts.OverrideModule(c.tasks,
			tf.F("arns", c.active(func(one colour) tf.Expr { return tf.String(parts.ARN("ecs", "task-definition/"+one.name+":1")) })),
			tf.F("families", c.active(func(one colour) tf.Expr { return tf.String(one.physical) })),
			tf.F("log_group_names", tf.Fields(c.r.logGroups()...))),
		assert("The services must get what they run, where it registers and who may connect to it.", c.services.Attr("given"), c.givenWanted()))
	if c.roles != nil && c.r.streams() {
		second = append(second, assert("Envoy must be allowed the active virtual nodes, and no others.",
			c.roles.Attr("virtual_node_arns"), tf.Fn("tomap", c.nodes.Attr("arns"))))
	}
	return []*tf.Block{run("nodes_and_roles_arrive", first...), run("definitions_arrive", second...)}
}

// active is an object of the active colours, as an override has it.
func (c *configuration) active(value func(colour) tf.Expr) tf.Expr {
	return tf.Fields(c.r.activeFields(value)...)
}

// overridesBefore are those of the modules that stand before roles and tasks.
func (c *configuration) overridesBefore() []tf.Item {
	discovery := []tf.Field{
		tf.F("service_arn", tf.String(parts.ARN("servicediscovery", "service/srv-mine"))),
		tf.F("service_name", tf.String(c.r.discovery)),
	}
	if c.r.ownNamespace() {
		discovery = append([]tf.Field{tf.F("namespace_name", tf.String(c.r.namespace))}, discovery...)
	}
	items := []tf.Item{
		parts.OverrideModule(c.discovery, discovery...),
		parts.OverrideModule(c.nodes,
			tf.F("arns", c.active(func(one colour) tf.Expr { return tf.String(parts.ARN("appmesh", "mesh/mine/virtualNode/"+one.name)) })),
			tf.F("names", c.active(func(one colour) tf.Expr { return tf.String(one.physical) })),
			tf.F("resource_names", c.active(func(one colour) tf.Expr { return tf.String("mesh/mine/virtualNode/" + one.name) }))),
	}
	if c.group != nil {
		items = append(items, parts.OverrideModule(c.group, tf.F("id", tf.String("sg-00000000000000009"))))
	}
	return items
}

func (c *configuration) overrideRoles() tf.Item {
	var outputs []tf.Field
	for _, role := range parts.Made(c.r.roles()) {
		outputs = append(outputs, tf.F(role.Name+"_role_arn", tf.String(parts.GlobalARN("iam", "role/"+role.Name))), tf.F(role.Name+"_role_name", tf.String(role.Name)))
	}
	return parts.OverrideModule(c.roles, outputs...)
}

func (c *configuration) givenWanted() tf.Expr {
	return tf.Fields(
		tf.F("registry", c.discovery.Attr("service_arn")),
		tf.F("security_group_ids", tf.Fn("toset", c.groupIDs())),
		tf.F("task_definition_arns", tf.Fn("tomap", c.tasks.Attr("arns"))),
	)
}
