package appmesh

import (
	"fmt"
	"path"
	"strconv"

	"bluegen/generator/parts"
	state "bluegen/generator/rollout"
	"bluegen/generator/tf"
)

// readme is the root's: what it is, how to move the traffic and take it back, and how to leave.
func (c *configuration) readme() tf.File {
	p := c.r.Open(c.intro())
	p.Section("Before the first apply", parts.Bullets(c.beforeFirst()))
	p.Section("Deploy", c.root.ApplyCommands()+"An apply ends when the tasks of every active colour run.")
	p.Section("Roll out", c.rollOut())
	p.Section("Roll back", parts.Bullets(rollBack()))
	p.Section("Watch", c.watch())
	p.Section("Leave", leave())
	p.Section("What the deployer may do", c.deployer())
	return p.Close(c.root)
}

func (c *configuration) intro() string {
	return fmt.Sprintf("Two colours of the service %s on Amazon ECS behind one virtual router of AWS App Mesh: traffic moves by the weights of one route. Made from its blueprint by `bluegen generate`. "+
		parts.Ownership+"\n\nAWS ended App Mesh on 30 September 2026. This is to read, drain and leave what runs; a new service takes `engine: ecs`.\n\n", c.r.In.Name.V) +
		parts.ModuleTable(c.children, c.holds)
}

// holds is one line about a module.
func (c *configuration) holds(child *parts.Child) string {
	r := c.r
	port := strconv.Itoa(r.listener.In.Port.V)
	switch path.Base(child.Path) {
	case "mesh":
		return "the mesh " + parts.Code(r.meshName())
	case "service_discovery":
		if r.ownNamespace() {
			return "the namespace " + parts.Code(r.namespace) + " and the Cloud Map service " + parts.Code(r.discovery) + " of both colours"
		}
		return "the Cloud Map service " + parts.Code(r.discovery) + " of both colours"
	case "virtual_nodes":
		return "a virtual node for each active colour"
	case "iam_roles":
		var roles []string
		for _, role := range parts.Made(r.roles()) {
			roles = append(roles, role.Name)
		}
		return "roles: " + parts.Names(roles)
	case "task_definitions":
		if r.traced() {
			return "application, Envoy and X-Ray daemon for each active colour; log groups"
		}
		return "application and Envoy for each active colour; log groups"
	case "security_group":
		return "port " + port + " of the tasks"
	case "services":
		return "an ECS service for each active colour"
	default:
		return parts.Code(r.virtualService) + ": router, route and weights"
	}
}

func (c *configuration) beforeFirst() []string {
	r := c.r
	out := parts.NonEmpty(c.root.NeedsParameters())
	reach := "ECR, CloudWatch Logs, X-Ray and the Envoy management endpoint of App Mesh"
	if !r.traced() {
		reach = "ECR, CloudWatch Logs and the Envoy management endpoint of App Mesh"
	}
	out = append(out,
		"The subnets have a way to "+reach+", and to the registry of every image.",
		"Clients are in the mesh, with a backend "+parts.Code(r.virtualService)+". Others get the addresses of both colours from DNS, whatever the weights, as soon as a colour is active.")
	if r.OwnGroup() {
		out = append(out, "The clients' security group is among `ingress_from`, and allows egress to port "+strconv.Itoa(r.listener.In.Port.V)+" itself.")
	}
	if !r.streams() {
		out = append(out, "The existing task role may `appmesh:StreamAggregatedResources` on the virtual nodes of both colours: this configuration leaves it alone.")
	}
	return append(out, parts.NonEmpty(r.NeedsLogKey())...)
}

// rollOut is the way from the colour that has the traffic to the other one, step by step.
func (c *configuration) rollOut() string {
	old, incoming := c.direction()
	steps := parts.Table([]string{"step", "change, or what to look at", old, incoming}, [][]string{
		{"1", "`" + incoming + ".active: true`, apply (`" + incoming + ".image` is the new one)", "100 %", "starts"},
		{"2", incoming + " runs and is healthy, without traffic", "100 %", "0 %"},
		{"3", "`" + incoming + ".weight` gets the weight of " + old + ", apply", "50 %", "50 %"},
		{"4", incoming + " answers well: its logs, traces, errors and latency", "50 %", "50 %"},
		{"5", "`" + old + ".weight: 0`, apply", "0 %", "100 %"},
		{"6", old + " is silent: no more requests in Envoy's access log", "0 %", "100 %"},
		{"7", "`" + old + ".active: false`, apply", "stops", "100 %"},
		{"8", "service, task definition and virtual node of " + old + " are gone", "-", "100 %"},
	})
	return "`bluegen rollout next` takes the next step in the blueprint and generates; `bluegen rollout plan` shows all of them. Apply and look after each.\n\n" + steps + "\n" + parts.Bullets([]string{
		"Steps 3 and 5 change the route in place and nothing else.",
		"Step 1 adds a virtual node, a task definition and a service, a target of weight 0 and a line of Envoy's policy. Step 7 takes them away again: the route lets go first, then the tasks stop, and the node goes last.",
		"A canary in place of step 3: `bluegen rollout next --steps 10,50,100` moves 10 %, then 50 %, then all.",
		"The next rollout is the same with the colours exchanged: the new image stands where the colour is off.",
	})
}

// direction is the way of the next rollout: from the colour that has more traffic now.
func (c *configuration) direction() (old, incoming string) {
	now := state.Of(c.r.In.AppMesh.Colours)
	if now.Green.Weight > now.Blue.Weight {
		return string(state.Green), string(state.Blue)
	}
	return string(state.Blue), string(state.Green)
}

func rollBack() []string {
	return []string{
		"`bluegen rollout back` takes the last step back, to the letter; apply after it.",
		"Before step 7: the route changes at once, nothing starts or stops.",
		"After step 7: the old colour starts again from its image in `colours`, so leave that as it is until the rollout is over. Traffic goes back when its tasks run.",
		"Never activate a colour and give it all the weight in one apply, and never deactivate one that has weight.",
	}
}

func (c *configuration) watch() string {
	return "    aws ecs describe-services --cluster CLUSTER --services " + c.r.colours[0].physical + " " + c.r.colours[1].physical + "\n" +
		"    aws logs tail /ecs/" + c.r.Name + "/" + envoy + " --follow     # Envoy's access log; the streams begin with the colour's service\n" +
		"    aws appmesh describe-route --mesh-name MESH --virtual-router-name " + c.r.Name + " --route-name " + c.r.Name
}

func leave() string {
	return "A service cannot be in a mesh and in a Service Connect namespace at once. Generate a second blueprint with `engine: ecs` beside this one, under another name, and move clients to it, by DNS weights for example. " +
		"When this one is silent, `terraform destroy` takes it away: the virtual service and the route first, the virtual nodes after."
}

func (c *configuration) deployer() string {
	r := c.r
	rows := [][]string{
		{"services, task definitions", parts.ServiceActions},
		{"mesh, nodes, router, route, virtual service", "`appmesh:` create, update, delete, describe, tags"},
		{"namespace, Cloud Map service", "`servicediscovery:` create, delete, get, tags; `route53:` for the namespace's hosted zone"},
	}
	if made := parts.Made(r.roles()); len(made) > 0 {
		rows = append(rows, []string{"roles", parts.RoleActions(parts.Trusted(r.roles()))})
	}
	rows = append(rows, []string{"log groups", parts.LogActions})
	if r.OwnGroup() {
		rows = append(rows, []string{"security group", parts.GroupActions})
	}
	return r.Deployer(c.root, rows)
}
