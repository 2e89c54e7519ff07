package appmesh

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// groupModule is modules/security_group: the tasks' own.
func (r *rollout) groupModule() *parts.Child {
	c := parts.NewChild("security_group", "Security group", "Who may connect to the application's port, and where the tasks may connect to. Both colours share it: Envoy connects from task to task.", r.Versions)
	group, waits := r.SecurityGroup(c, c.Text("service_name", "Name of the service, for the description.", "orders"))
	c.OutputAfter("id", "ID of the security group, once its rules stand.", group.Attr("id"), "No task starts before it can be reached.", waits...)
	c.Output("rules", "What the group was given.", tf.Fields(r.GroupFacts(c)...))
	return c
}

// serviceModule is modules/services: an ECS service for each active colour.
func (r *rollout) serviceModule() *parts.Child {
	c := parts.NewChild("services", "Services", "One ECS service for each active colour; its tasks register in Cloud Map.\n\n"+
		"The first apply of a rollout ends when the new colour's tasks run: the next step sends traffic to them.", r.Versions)
	n := names(c, "ECS service")
	definitions := c.Var("task_definition_arns", "ARNs of the task definitions, by active colour.",
		byColour(parts.ARN("ecs", "task-definition/orders-blue:1"), parts.ARN("ecs", "task-definition/orders-green:1")))
	registry := c.Text("service_discovery_service_arn", "ARN of the Cloud Map service in which the tasks register.", parts.ARN("servicediscovery", "service/srv-1"))
	groups := parts.GroupIDs(c)
	own := []tf.Attr{
		tf.Set("name", tf.Each("value")),
		tf.Set("platform_version", r.platform(c)),
		tf.Set("task_definition", ofColour("task_definition_arns")),
		tf.Set("wait_for_steady_state", tf.Bool(true)).Why("An apply ends when the colour's tasks run: the next step sends traffic to them."),
	}
	items := append(tf.Items{tf.Set("for_each", n.Attr())}, r.ServiceArguments(c, "Number of tasks of each active colour.", own...)...)
	items = append(items, parts.Breaker(true, true))
	if r.strategy {
		items = append(items, tf.Nested("deployment_configuration", tf.Set("strategy", tf.String("ROLLING"))))
	}
	items = append(items,
		r.NetworkConfiguration(c, groups),
		tf.Nested("service_registries", tf.Set("registry_arn", registry)),
		r.lifecycle(),
	)
	service := c.Add(tf.Resource("aws_ecs_service", "this", items).From(r.In.Service.Range))
	c.Output("arns", "ARNs of the ECS services, by active colour.", each("service", service.Attr(), "id")) // 5.x has no attribute arn
	c.Output("names", "Names of the ECS services, by active colour.", each("service", service.Attr(), "name"))
	c.Output("given", "What the services were given by other modules.", tf.Fields(
		tf.F("registry", registry), tf.F("security_group_ids", groups), tf.F("task_definition_arns", definitions.Attr())))
	c.Output("settings", "How the services were made.", tf.Fields(r.serviceFacts(c)...))
	r.assertServices(c, service, definitions, registry, groups)
	return c
}

func (r *rollout) platform(c *parts.Child) tf.Expr {
	if r.In.Service.PlatformVersion.V == "" {
		return nil
	}
	return c.Text("platform_version", "Platform version of Fargate.", "1.4.0")
}

// lifecycle: the order of an apply that deactivates a colour, and who owns what after the first one.
func (r *rollout) lifecycle() *tf.Block {
	items := tf.Items{tf.Set("create_before_destroy", tf.Bool(true)).Why("The route lets go of a deactivated colour first, then its tasks stop.")}
	if ignore := r.IgnoreChanges(); ignore.Value != nil {
		items = append(items, ignore)
	}
	return tf.Nested("lifecycle", items).From(r.In.Ownership.Range)
}

func (r *rollout) serviceFacts(c *parts.Child) []tf.Field {
	fields := []tf.Field{
		tf.F("cluster_arn", c.Text("cluster_arn", "", parts.SampleCluster())),
		tf.F("desired_count", c.Number("desired_count", "", 4)),
	}
	if p := r.platform(c); p != nil {
		fields = append(fields, tf.F("platform_version", p))
	}
	return append(fields, tf.F("subnet_ids", parts.SubnetIDs(c)))
}

func (r *rollout) assertServices(c *parts.Child, service, definitions *tf.Block, registry, groups tf.Expr) {
	for _, colour := range r.colours {
		c.Assert("The "+colour.name+" service must have its own name and task definition.",
			tf.Equal(tf.Dig(of(service, colour.name), "name"), tf.String("orders-"+colour.name)),
			tf.Equal(tf.Dig(of(service, colour.name), "task_definition"), tf.Index{Collection: definitions.Attr(), Key: tf.String(colour.name)}))
	}
	blue := func(path ...string) tf.Expr { return tf.Dig(of(service, "blue"), path...) }
	r.AssertService(c, blue, tf.Index{Collection: definitions.Attr(), Key: tf.String("blue")})
	facts := []tf.Expr{
		blue("wait_for_steady_state"),
		tf.Equal(blue("desired_count"), tf.Int(4)),
		tf.Equal(tf.Dig(tf.Fn("one", blue("service_registries")), "registry_arn"), registry),
	}
	if p := r.platform(c); p != nil {
		facts = append(facts, tf.Equal(blue("platform_version"), p))
	}
	if r.strategy {
		facts = append(facts, tf.Equal(tf.First(blue("deployment_configuration"), "strategy"), tf.String("ROLLING")))
	}
	c.Assert("The tasks must register in Cloud Map, and an apply must wait for them.", facts...)
	parts.AssertBreaker(c, blue("deployment_circuit_breaker"), true, true)
	r.AssertNetwork(c, blue("network_configuration"), groups)
}

// addTasks calls the task definitions.
func (c *configuration) addTasks() {
	r := c.r
	images := each("state", c.activeColours, "image")
	inputs := []tf.Attr{
		tf.Set("execution_role_arn", c.roleARNs[parts.Execution]),
		tf.Set("images", images),
		tf.Set("log_group_names", tf.Fields(r.logGroups()...)),
		tf.Set("log_kms_key_arn", r.UseKMS(c.root)),
		tf.Set("log_retention_days", tf.Int(r.In.Logs.RetentionDays.V)),
		tf.Set("names", c.names),
		tf.Set("region", c.region),
		tf.Set("task", r.TaskSizeArgument()),
		tf.Set("task_role_arn", c.roleARNs[parts.Task]),
		tf.Set("virtual_node_resource_names", c.nodes.Attr("resource_names")),
	}
	c.tasks = c.add(r.taskModule(), "Each colour's task, with Envoy beside the application.", "task_definitions", "apply",
		append(inputs, c.containerInputs()...)...).From(r.In.Service.Task.Range)
}

// containerInputs are the containers as the root hands them over.
func (c *configuration) containerInputs() []tf.Attr {
	var inputs []tf.Attr
	for _, one := range c.r.containers {
		inputs = append(inputs, one.Argument(c.root, one.WantedImage(false)))
	}
	inputs = append(inputs, sidecar(envoy, c.r.mesh.Envoy).Argument(c.root, sidecarImage(envoy, "Envoy")))
	if c.r.traced() {
		inputs = append(inputs, sidecar(xray, *c.r.mesh.XRay).Argument(c.root, sidecarImage(xray, "the X-Ray daemon")))
	}
	return inputs
}

func sidecarImage(name, what string) parts.Wanted {
	return parts.Wanted{
		Name: name + "_image", Key: "mesh." + name + ".image", Type: cty.String,
		Description: "Image of " + what + ", with a tag or digest that never moves.",
		Sample:      cty.StringVal(parts.Account + ".dkr.ecr." + parts.Region + ".amazonaws.com/" + name + ":1"),
	}
}

// addServices calls the ECS services.
func (c *configuration) addServices() {
	inputs := append(c.r.ClusterInputs(c.root),
		tf.Set("names", c.names),
		tf.Set("service_discovery_service_arn", c.discovery.Attr("service_arn")),
		tf.Set("subnet_ids", c.r.UseSubnets(c.root, c.vpc)),
		tf.Set("security_group_ids", c.groupIDs()),
		tf.Set("task_definition_arns", c.tasks.Attr("arns")),
	)
	if p := c.r.In.Service.PlatformVersion.V; p != "" {
		inputs = append(inputs, tf.Set("platform_version", tf.String(p)))
	}
	c.services = c.add(c.r.serviceModule(), "Each colour's service, with its tasks in Cloud Map.", "services", "apply", inputs...).From(c.r.In.Service.Range)
}

// groupIDs are the tasks' security groups: the own one, or existing ones.
func (c *configuration) groupIDs() tf.Expr {
	if c.group != nil {
		return tf.ListOf(c.group.Attr("id"))
	}
	return c.r.UseGroupIDs(c.root, "the clients in the mesh")
}
