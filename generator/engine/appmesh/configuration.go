package appmesh

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// configuration is the root with its child modules.
type configuration struct {
	r        *rollout
	root     *parts.Root
	children []*parts.Child
	tests    []*tf.Document
	// What the root's locals are called.
	colours, activeColours, names, port, region tf.Expr
	vpc                                         tf.Expr // nil when nothing needs it
	meshName                                    tf.Expr
	roleARNs                                    map[string]tf.Expr
	// Module calls; nil where there is none.
	mesh, discovery, nodes, roles, tasks, group, services, service *tf.Block
}

func (r *rollout) configuration() *configuration {
	c := &configuration{r: r, root: parts.NewRoot(), roleARNs: map[string]tf.Expr{}}
	c.addLocals()
	if r.ownNamespace() || r.NeedsVPC() {
		c.vpc = r.UseVPC(c.root)
	}
	c.addMesh()
	c.addDiscovery()
	c.addNodes()
	c.addRoles()
	c.addTasks()
	c.addGroup()
	c.addServices()
	c.addVirtualService()
	c.outputs()
	return c
}

// addLocals writes the state of the rollout once, where a person would look for it.
func (c *configuration) addLocals() {
	region := c.r.UseRegion(c.root) // first, so that a variable of that name is the provider's
	var states []tf.Field
	for _, one := range c.r.colours {
		states = append(states, tf.F(one.name, tf.Fields(
			tf.F("active", tf.Bool(one.in.Active.V)),
			tf.F("image", parts.Use(c.root, c.r.image(one), one.in.Image)),
			tf.F("name", tf.String(one.physical)),
			tf.F("weight", tf.Int(one.in.Weight.V)),
		)))
	}
	c.colours = c.root.Local("colours", "The state of the rollout. One step an apply: bluegen rollout next takes it, in the blueprint.", tf.Fields(states...))
	active := tf.ForPairs("colour", "state", c.colours, func(at, it tf.Expr) (tf.Expr, tf.Expr) { return at, it })
	active.If = tf.It("state", "active")
	c.activeColours = c.root.Local("active_colours", "An active colour has a virtual node, an ECS service and a target in the route.", active)
	c.names = c.root.Local("names", "A colour's virtual node finds its tasks by the name of the ECS service: both take it from here.", each("state", c.activeColours, "name"))
	c.port = c.root.Local("port", "Listener, container, proxy and security group must agree on it.", tf.Int(c.r.listener.In.Port.V))
	c.r.listener.Port = c.port
	c.region = region
	if c.r.In.Terraform.Provider.Region.Said() {
		if _, known := c.r.In.Terraform.Provider.Region.Known(); known {
			c.region = c.root.Local("region", "The provider's and the log drivers'.", region)
		}
	}
}

// each is {for colour, it in collection : colour => it.path}.
func each(it string, collection tf.Expr, path ...string) tf.Expr {
	return tf.ForPairs("colour", it, collection, func(at, _ tf.Expr) (tf.Expr, tf.Expr) { return at, tf.It(it, path...) })
}

// image is how a colour's image enters the root.
func (r *rollout) image(c colour) parts.Wanted {
	return parts.Wanted{
		Name: c.name + "_image", Key: "colours." + c.name + ".image", Type: cty.String,
		Description: "Image of the " + c.name + " colour, with a tag or digest that never moves.",
		Sample:      cty.StringVal(parts.Account + ".dkr.ecr." + parts.Region + ".amazonaws.com/orders:" + c.name),
	}
}

// add takes a module into the configuration with its own test, and calls it.
func (c *configuration) add(child *parts.Child, comment, run, command string, inputs ...tf.Attr) *tf.Block {
	c.children = append(c.children, child)
	c.tests = append(c.tests, child.Test(comment, run, command))
	return c.root.Call(child.Call(child.Path[len("modules/"):], inputs...))
}

func (c *configuration) addMesh() {
	if !c.r.ownMesh() {
		c.meshName = parts.Use(c.root, parts.Wanted{
			Name: "mesh_name", Key: "mesh.existing", Type: cty.String,
			Description: "Name of the existing mesh.", Sample: cty.StringVal("shared"),
		}, c.r.mesh.Existing)
		return
	}
	c.mesh = c.add(c.r.meshModule(), "Where Envoy lets traffic go.", "mesh", "plan",
		tf.Set("egress_filter", tf.String(c.r.mesh.EgressFilter.V)),
		tf.Set("name", tf.String(c.r.meshName())),
	).From(c.r.mesh.Range)
	c.meshName = c.mesh.Attr("name")
}

func (c *configuration) addDiscovery() {
	inputs := []tf.Attr{tf.Set("name", tf.String(c.r.discovery))}
	if c.r.ownNamespace() {
		inputs = append(inputs, tf.Set("namespace_name", tf.String(c.r.namespace)), tf.Set("vpc_id", c.vpc))
	} else {
		inputs = append(inputs, tf.Set("namespace_id", parts.Use(c.root, namespaceID(), c.r.mesh.Namespace.Existing.ID)))
	}
	c.discovery = c.add(c.r.discoveryModule(), "One Cloud Map service, in which the tasks of both colours register.", "service_discovery", "apply", inputs...).
		From(c.r.mesh.Namespace.Range)
}

func (c *configuration) addNodes() {
	l := c.r.mesh.Listener
	namespace := tf.String(c.r.namespace)
	if c.r.ownNamespace() {
		namespace = c.discovery.Attr("namespace_name")
	}
	inputs := []tf.Attr{
		tf.Set("health_check", c.r.healthCheck()),
		tf.Set("mesh_name", c.meshName),
		tf.Set("names", c.names),
		tf.Set("namespace_name", namespace),
		tf.Set("port", c.port),
		tf.Set("protocol", tf.String(l.Protocol.V)),
		tf.Set("service_discovery_service_name", c.discovery.Attr("service_name")),
	}
	if len(c.r.mesh.Backends) > 0 {
		inputs = append(inputs, tf.Set("backends", tf.Strings(parts.Texts(c.r.mesh.Backends)...)))
	}
	c.nodes = c.add(c.r.nodesModule(), "A virtual node stands for its colour's tasks, and for no others.", "nodes", "plan", inputs...).From(l.Range)
}

func (c *configuration) addRoles() {
	roles := c.r.roles()
	if made := parts.Made(roles); len(made) > 0 {
		inputs := c.r.RoleInputs(c.root, made)
		if c.r.streams() {
			inputs = append(inputs, tf.Set("virtual_node_arns", c.nodes.Attr("arns")))
		}
		c.roles = c.add(c.r.IAMRoles(made), "Who may assume the roles, and what they carry.", "roles", "apply", inputs...).From(c.r.In.Roles.Range)
	}
	for _, role := range roles {
		c.roleARNs[role.Name] = role.RoleARN(c.root, c.roles)
	}
}

func (c *configuration) addGroup() {
	if !c.r.OwnGroup() {
		return
	}
	inputs := append(c.r.GroupInputs(c.root, c.vpc, "client", parts.Port{Name: c.r.listener.In.Name.V, Number: c.port}),
		tf.Set("service_name", tf.String(c.r.Name)))
	c.group = c.add(c.r.groupModule(), "Who may connect to the tasks, and where to they may.", "security_group", "apply", inputs...).
		From(c.r.In.Network.SecurityGroup.Range)
}

// modules are the root and its children.
func (c *configuration) modules() []*tf.Module {
	tests := append([]*tf.Document{c.configurationTest()}, c.tests...)
	return c.r.Modules(c.root, c.children, c.region, false, c.readme(), tests...)
}
