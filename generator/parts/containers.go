package parts

import (
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Container is one of a task definition with what the engine knows of it.
type Container struct {
	In blueprint.Container
	// Image is the image in the module, nil where the container's own variable holds it.
	Image tf.Expr
	// Port is the port in the root, nil for the number that the blueprint has.
	Port tf.Expr
	// Names are those of its ports that Service Connect calls by one.
	Names []PortName
	// Shells says that ECS runs its agent in the container, which needs somebody to reap its children.
	Shells bool
	// More are fields that the engine adds behind the container's own.
	More []tf.Field
}

// LogTo is where a container logs: names of the group, the region and the prefix of its streams.
type LogTo struct{ Group, Region, Prefix tf.Expr }

// variable is the module's object of the container.
func (c Container) variable() (string, cty.Value) {
	fields := map[string]cty.Value{
		"name":                 cty.StringVal(c.In.Name.V),
		"stop_timeout_seconds": cty.NumberIntVal(30),
	}
	if c.Image == nil {
		fields["image"] = cty.StringVal(SampleImage())
	}
	for _, p := range c.ports() {
		p.samples(fields)
	}
	if len(c.In.Command) > 0 {
		fields["command"] = cty.ListVal([]cty.Value{cty.StringVal("serve")})
	}
	if len(c.In.Environment) > 0 {
		fields["environment"] = cty.ListVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("KEY"), "value": cty.StringVal("value")})})
	}
	for _, n := range c.sizes() {
		fields[n.name] = cty.NumberIntVal(int64(n.sample))
	}
	for _, o := range c.options() {
		fields[o.name] = o.sample
	}
	return "container_" + Ident(c.In.Name.V), cty.ObjectVal(fields)
}

// SampleImage is what tests give for an image.
func SampleImage() string { return Account + ".dkr.ecr." + Region + ".amazonaws.com/orders:1" }

// reserved is one number of a container's share of its task.
type reserved struct {
	name, field   string // in Terraform's variable, in the container definition
	value, sample int
}

// sizes are the shares that the blueprint says.
func (c Container) sizes() []reserved {
	return saidSizes(
		reserved{"cpu", "cpu", c.In.CPU.V, 32},
		reserved{"memory", "memory", c.In.Memory.V, 256},
		reserved{"memory_reservation", "memoryReservation", c.In.MemoryReservation.V, 128},
	)
}

func saidSizes(all ...reserved) []reserved {
	var out []reserved
	for _, r := range all {
		if r.value > 0 {
			out = append(out, r)
		}
	}
	return out
}

// Variable declares the container's object in a module, or returns the one that is there.
func (c Container) Variable(m *Child) *tf.Block {
	name, sample := c.variable()
	return m.Var(name, "The container "+c.In.Name.V+".", sample)
}

// Definition is one entry of container_definitions, with ECS's own names.
func (c Container) Definition(m *Child, logs LogTo) tf.Expr {
	v := c.Variable(m)
	fields := []tf.Field{tf.F("name", v.Attr("name")), tf.F("image", c.image(v)), tf.F("essential", tf.Bool(c.In.Essential.V))}
	for _, n := range c.sizes() {
		fields = append(fields, tf.F(n.field, v.Attr(n.name)))
	}
	fields = append(fields, tf.F("stopTimeout", v.Attr("stop_timeout_seconds")))
	if len(c.In.Command) > 0 {
		fields = append(fields, tf.F("command", v.Attr("command")))
	}
	if len(c.In.Environment) > 0 {
		fields = append(fields, tf.F("environment", v.Attr("environment")))
	}
	if mappings := c.mappings(v); len(mappings) > 0 {
		fields = append(fields, tf.F("portMappings", tf.LinesOf(mappings...)))
	}
	for _, o := range c.options() {
		fields = append(fields, o.fields(v)...)
	}
	fields = append(fields, c.More...)
	return tf.Fields(append(fields, c.logConfiguration(v, logs))...)
}

func (c Container) image(v *tf.Block) tf.Expr {
	if c.Image != nil {
		return c.Image
	}
	return v.Attr("image")
}

// PortMapping is an entry of portMappings.
func PortMapping(port tf.Expr, protocol string) tf.Expr {
	return tf.Inline(tf.F("containerPort", port), tf.F("protocol", tf.String(protocol)))
}

func (l LogTo) configuration() tf.Field {
	return tf.F("logConfiguration", tf.Fields(
		tf.F("logDriver", tf.String("awslogs")),
		tf.F("options", tf.Fields(
			tf.F("awslogs-group", l.Group),
			tf.F("awslogs-region", l.Region),
			tf.F("awslogs-stream-prefix", l.Prefix),
		)),
	))
}

// Argument is the object as the root hands it over; image is how its image enters the root.
func (c Container) Argument(r *Root, image Wanted) tf.Attr {
	name, _ := c.variable()
	fields := []tf.Field{tf.F("name", tf.String(c.In.Name.V)), tf.F("stop_timeout_seconds", Seconds(c.In.StopTimeout.V))}
	if len(c.In.Command) > 0 {
		fields = append(fields, tf.F("command", tf.Strings(Texts(c.In.Command)...)))
	}
	if len(c.In.Environment) > 0 {
		items := make([]tf.Expr, 0, len(c.In.Environment))
		for _, e := range c.In.Environment {
			items = append(items, tf.Inline(tf.F("name", tf.String(e.Key.V)), tf.F("value", tf.String(e.Value.V))))
		}
		fields = append(fields, tf.F("environment", tf.LinesOf(items...)))
	}
	if c.Image == nil {
		fields = append(fields, tf.F("image", Use(r, image, c.In.Image)))
	}
	for _, p := range c.ports() {
		fields = append(fields, p.values()...)
	}
	for _, n := range c.sizes() {
		fields = append(fields, tf.F(n.name, tf.Int(n.value)))
	}
	for _, o := range c.options() {
		fields = append(fields, tf.F(o.name, o.value(r)))
	}
	slices.SortFunc(fields, func(a, b tf.Field) int { return strings.Compare(a.Key, b.Key) })
	return tf.Set(name, tf.Fields(fields...))
}

// Wanted is the object in the types of the module's variable, as the root's test compares it.
func (c Container) Wanted(argument tf.Attr) tf.Field {
	_, sample := c.variable()
	return tf.F(argument.Name, Typed(sample.Type(), argument.Value))
}

// WantedImage is how the image of a container enters the root; only says that the task has no other.
func (c Container) WantedImage(only bool) Wanted {
	name := "image"
	if !only {
		name = Ident(c.In.Name.V, "image")
	}
	return Wanted{
		Name: name, Key: "service.task.containers.image", Type: cty.String,
		Description: "Image of the container " + c.In.Name.V + ", with a tag or digest that never moves: a deployment starts when it changes.",
		Sample:      cty.StringVal(SampleImage()),
	}
}

// Assert compares the container at a place of decoded container definitions with what the module was given.
func (c Container) Assert(m *Child, at func(path ...string) tf.Expr, image tf.Expr, logs LogTo) {
	v := c.Variable(m)
	if image == nil {
		image = v.Attr("image")
	}
	facts := []tf.Expr{
		tf.Equal(at("name"), v.Attr("name")),
		tf.Equal(at("image"), image),
		Is(at("essential"), c.In.Essential.V),
		tf.Equal(at("stopTimeout"), v.Attr("stop_timeout_seconds")),
	}
	for _, n := range c.sizes() {
		facts = append(facts, tf.Equal(at(n.field), v.Attr(n.name)))
	}
	for i, p := range c.ports() {
		facts = append(facts, p.facts(at("portMappings"), i, v)...)
	}
	m.Assert("The container "+c.In.Name.V+" must run its image, and be as the blueprint has it.", facts...)
	for _, o := range c.options() {
		o.assert(m, c.In.Name.V, at, v)
	}
	if c.routed() {
		c.assertRouted(m, at, v)
		return
	}
	logs.assert(m, c.In.Name.V, at)
}

func (l LogTo) assert(m *Child, container string, at func(path ...string) tf.Expr) {
	option := func(name string) tf.Expr {
		return tf.Index{Collection: at("logConfiguration", "options"), Key: tf.String(name)}
	}
	m.Assert("The container "+container+" must log to the service's log group.",
		tf.Equal(option("awslogs-group"), l.Group),
		tf.Equal(option("awslogs-region"), l.Region))
}

// Is says that a condition holds, or that it does not.
func Is(condition tf.Expr, holds bool) tf.Expr {
	if holds {
		return condition
	}
	return tf.Not{Operand: condition}
}

// TaskSize is a module's variable for the size of a task.
func TaskSize(c *Child) *tf.Block {
	return c.Var("task", "Size of a task in CPU units and MiB, and the architecture that its images are built for.", cty.ObjectVal(map[string]cty.Value{
		"cpu": cty.NumberIntVal(1024), "cpu_architecture": cty.StringVal("X86_64"), "memory": cty.NumberIntVal(2048),
	}))
}

// TaskSizeArgument is the size as the root hands it over.
func (s *Site) TaskSizeArgument() tf.Expr {
	t := s.In.Service.Task
	return tf.Fields(
		tf.F("cpu", tf.Int(t.CPU.V)),
		tf.F("cpu_architecture", tf.String(t.CPUArchitecture.V)),
		tf.F("memory", tf.Int(t.Memory.V)),
	)
}

// FargateTask are the arguments that every task definition has, in their order; containers are its definitions.
func (s *Site) FargateTask(c *Child, family tf.Expr, containers []tf.Expr) tf.Items {
	v := TaskSize(c)
	executionRole, taskRole := TaskRoleVariables(c)
	return tf.Items{
		tf.Set("cpu", v.Attr("cpu")),
		tf.Set("execution_role_arn", executionRole),
		tf.Set("family", family),
		tf.Set("memory", v.Attr("memory")),
		tf.Set("network_mode", tf.String("awsvpc")),
		tf.Set("requires_compatibilities", tf.Strings("FARGATE")),
		tf.Set("task_role_arn", taskRole),
		tf.Set("skip_destroy", tf.Bool(true)).Why("A rollback needs the old revision."),
		s.follow(),
		tf.Set("container_definitions", tf.Fn("jsonencode", tf.LinesOf(containers...))),
		s.ephemeralStorage(c),
		tf.Nested("runtime_platform",
			tf.Set("cpu_architecture", v.Attr("cpu_architecture")),
			tf.Set("operating_system_family", tf.String("LINUX")),
		),
		s.volumes(c),
		s.followed(),
	}
}

// TaskRoleVariables are a module's variables for the two roles of a task.
func TaskRoleVariables(c *Child) (executionRole, taskRole tf.Expr) {
	return c.Text("execution_role_arn", "ARN of the role with which ECS pulls the images and writes the logs.", GlobalARN("iam", "role/execution")),
		c.Text("task_role_arn", "ARN of the role that the containers act as.", GlobalARN("iam", "role/task"))
}

// AssertTask compares a task definition, or one of several, with what the module was given.
func AssertTask(c *Child, at func(path ...string) tf.Expr) {
	size := TaskSize(c)
	c.Assert("The task must have its size.",
		tf.Equal(at("cpu"), tf.Fn("tostring", size.Attr("cpu"))),
		tf.Equal(at("memory"), tf.Fn("tostring", size.Attr("memory"))),
		tf.Equal(tf.First(at("runtime_platform"), "cpu_architecture"), size.Attr("cpu_architecture")))
	executionRole, taskRole := TaskRoleVariables(c)
	c.Assert("The task must have its two roles, each in its place.",
		tf.Equal(at("execution_role_arn"), executionRole),
		tf.Equal(at("task_role_arn"), taskRole))
	c.Assert("Old revisions must stay registered.", at("skip_destroy"))
}
