package ecs

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// taskDefinition adds the log group and the task definition to the service module.
func (m *serviceModule) taskDefinition() {
	d := m.d
	region := m.region()
	group := m.Add(logGroup(m.Child, m.Text("log_group_name", "Log group of the containers.", "/ecs/orders"),
		"How long the containers' logs are kept, in days.", d.in.Logs.KMSKeyARN.Said()))
	v := m.Var("task", "Size of a task in CPU units and MiB, and the architecture that its images are built for.", cty.ObjectVal(map[string]cty.Value{
		"cpu": cty.NumberIntVal(1024), "cpu_architecture": cty.StringVal("X86_64"), "memory": cty.NumberIntVal(2048),
	}))
	m.size = v
	var containers []tf.Expr
	for _, c := range d.containers {
		containers = append(containers, m.container(c, group, region))
	}
	executionRole := m.Text("execution_role_arn", "ARN of the role with which ECS pulls the images and writes the logs.", parts.GlobalARN("iam", "role/execution"))
	taskRole := m.Text("task_role_arn", "ARN of the role that the containers act as.", parts.GlobalARN("iam", "role/task"))
	m.waits = append(m.waits, executionRole, taskRole)
	definition := m.Add(tf.Resource("aws_ecs_task_definition", "this",
		tf.Set("cpu", v.Attr("cpu")),
		tf.Set("execution_role_arn", executionRole),
		tf.Set("family", m.name),
		tf.Set("memory", v.Attr("memory")),
		tf.Set("network_mode", tf.String("awsvpc")),
		tf.Set("requires_compatibilities", tf.Strings("FARGATE")),
		tf.Set("task_role_arn", taskRole),
		tf.Set("skip_destroy", tf.Bool(true)).Why("A rollback needs the old revision."),
		tf.Set("container_definitions", tf.Fn("jsonencode", tf.LinesOf(containers...))),
		tf.Nested("runtime_platform",
			tf.Set("cpu_architecture", v.Attr("cpu_architecture")),
			tf.Set("operating_system_family", tf.String("LINUX")),
		),
	).From(d.in.Service.Task.Range))
	m.task = definition.Attr("arn")
	m.Output("log_group_name", "Log group of the containers.", group.Attr("name"))
	m.Output("task_definition_family", "Family of the task definition's revisions.", definition.Attr("family"))
	m.assertTask(definition, group, region)
}

// region is the provider's; where the pin admits 5.x, which calls the attribute otherwise, the root says it.
func (m *serviceModule) region() tf.Expr {
	if m.d.gates.region {
		return m.Add(tf.Data("aws_region", "current")).Attr("region")
	}
	return m.Text("region", "Region of the containers' logs.", parts.Region)
}

func containerVariable(c blueprint.Container) (string, cty.Value) {
	fields := map[string]cty.Value{
		"image":                cty.StringVal(parts.Account + ".dkr.ecr." + parts.Region + ".amazonaws.com/orders:1"),
		"name":                 cty.StringVal(c.Name.V),
		"stop_timeout_seconds": cty.NumberIntVal(30),
	}
	if c.Port.V > 0 {
		fields["port"] = cty.NumberIntVal(9000)
	}
	if len(c.Command) > 0 {
		fields["command"] = cty.ListVal([]cty.Value{cty.StringVal("serve")})
	}
	if len(c.Environment) > 0 {
		fields["environment"] = cty.ListVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("KEY"), "value": cty.StringVal("value")})})
	}
	return "container_" + parts.Ident(c.Name.V), cty.ObjectVal(fields)
}

// container is one entry of container_definitions, with ECS's own names.
func (m *serviceModule) container(c blueprint.Container, group *tf.Block, region tf.Expr) tf.Expr {
	name, sample := containerVariable(c)
	v := m.Var(name, "The container "+c.Name.V+".", sample)
	fields := []tf.Field{
		tf.F("name", v.Attr("name")),
		tf.F("image", v.Attr("image")),
		tf.F("essential", tf.Bool(c.Essential.V)),
		tf.F("stopTimeout", v.Attr("stop_timeout_seconds")),
	}
	if len(c.Command) > 0 {
		fields = append(fields, tf.F("command", v.Attr("command")))
	}
	if len(c.Environment) > 0 {
		fields = append(fields, tf.F("environment", v.Attr("environment")))
	}
	if c.Port.V > 0 {
		fields = append(fields, tf.F("portMappings", tf.LinesOf(tf.Inline(
			tf.F("containerPort", v.Attr("port")), tf.F("protocol", tf.String("tcp")),
		))))
	}
	return tf.Fields(append(fields, tf.F("logConfiguration", tf.Fields(
		tf.F("logDriver", tf.String("awslogs")),
		tf.F("options", tf.Fields(
			tf.F("awslogs-group", group.Attr("name")),
			tf.F("awslogs-region", region),
			tf.F("awslogs-stream-prefix", m.name),
		)),
	)))...)
}

// containerArgument is the object as the root hands it over.
func (d *deployment) containerArgument(r *parts.Root, c blueprint.Container) tf.Attr {
	name, _ := containerVariable(c)
	fields := []tf.Field{}
	if len(c.Command) > 0 {
		fields = append(fields, tf.F("command", tf.Strings(parts.Texts(c.Command)...)))
	}
	if len(c.Environment) > 0 {
		items := make([]tf.Expr, 0, len(c.Environment))
		for _, e := range c.Environment {
			items = append(items, tf.Inline(tf.F("name", tf.String(e.Key.V)), tf.F("value", tf.String(e.Value.V))))
		}
		fields = append(fields, tf.F("environment", tf.LinesOf(items...)))
	}
	fields = append(fields, tf.F("image", parts.Use(r, d.image(c), c.Image)), tf.F("name", tf.String(c.Name.V)))
	if c.Port.V > 0 {
		fields = append(fields, tf.F("port", tf.Int(c.Port.V)))
	}
	fields = append(fields, tf.F("stop_timeout_seconds", seconds(c.StopTimeout.V)))
	return tf.Set(name, tf.Fields(fields...))
}

func (d *deployment) image(c blueprint.Container) parts.Wanted {
	name := "image"
	if len(d.containers) > 1 {
		name = parts.Ident(c.Name.V, "image")
	}
	return parts.Wanted{
		Name: name, Key: "service.task.containers.image", Type: cty.String,
		Description: "Image of the container " + c.Name.V + ", with a tag or digest that never moves: a deployment starts when it changes.",
		Sample:      cty.StringVal(parts.Account + ".dkr.ecr." + parts.Region + ".amazonaws.com/orders:1"),
	}
}
