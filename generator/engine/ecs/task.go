package ecs

import (
	"strings"

	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// taskDefinition adds the log group and the task definition to the service module.
func (m *serviceModule) taskDefinition() {
	d := m.d
	region := m.region()
	groupName := m.Text("log_group_name", "Log group of the containers.", "/ecs/orders")
	group := m.Add(parts.LogGroup(m.Child, groupName, "How long the containers' logs are kept, in days.", d.In.Logs.KMSKeyARN.Said()))
	m.size = parts.TaskSize(m.Child)
	logs := parts.LogTo{Group: group.Attr("name"), Region: region, Prefix: m.name}
	m.logs = &logs
	var containers []tf.Expr
	for _, c := range d.containers {
		containers = append(containers, c.Definition(m.Child, logs))
	}
	definition := m.Add(tf.Resource("aws_ecs_task_definition", "this", d.FargateTask(m.Child, m.name, containers)).From(d.In.Service.Task.Range))
	executionRole, taskRole := parts.TaskRoleVariables(m.Child)
	m.waits.Add(executionRole, taskRole)
	m.task = definition.Attr("arn")
	m.Output("log_group_name", "Log group of the containers.", group.Attr("name"))
	m.Output("task_definition_family", "Family of the task definition's revisions.", definition.Attr("family"))
	m.assertTask(definition, group, parts.LogTo{Group: groupName, Region: region})
}

// region is the provider's; where the pin admits 5.x, which calls the attribute otherwise, the root says it.
func (m *serviceModule) region() tf.Expr {
	if m.d.RegionAttribute {
		return m.Add(tf.Data("aws_region", "current")).Attr("region")
	}
	return m.Text("region", "Region of the containers' logs.", parts.Region)
}

func (m *serviceModule) assertTask(definition, group *tf.Block, logs parts.LogTo) {
	decoded := tf.Fn("jsondecode", definition.Attr("container_definitions"))
	for i, c := range m.d.containers {
		at := func(path ...string) tf.Expr { return tf.Dig(tf.Index{Collection: decoded, Key: tf.Int(i)}, path...) }
		c.Assert(m.Child, at, nil, logs)
	}
	m.Assert("Logs must be kept as long as the blueprint says.", tf.Equal(group.Attr("retention_in_days"), tf.Int(30)))
	parts.AssertTask(m.Child, definition.Attr)
	m.d.AssertStorage(m.Child, definition)
	if m.d.Pipeline() {
		m.Assert("The task definition must follow the revisions of the pipeline.", definition.Attr("track_latest"))
	}
}

// containerArgument is a container's object as the root hands it over. Where a pipeline deploys, its image is that of the first
// revision, which may have another name in the registry than what the pipeline pushes later.
func (d *deployment) containerArgument(r *parts.Root, c parts.Container) tf.Attr {
	image := c.WantedImage(len(d.containers) == 1)
	if d.Pipeline() {
		image.Name = strings.TrimSuffix(image.Name, "image") + "bootstrap_image"
		image.Description = "Bootstrap image of the container " + c.In.Name.V + ": the first revision runs it, until a pipeline deploys its own. It must pass the health checks."
	}
	return c.Argument(r, image)
}
