package appmesh

import (
	"strings"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
	"bluegen/schemas"
)

// rollout is the domain's model of one service in one environment: two colours behind one route. Nothing is optional by accident:
// what the blueprint leaves out is filled in here, and the modules ask nobody else.
type rollout struct {
	parts.Site
	mesh       blueprint.Mesh
	colours    []colour
	containers []parts.Container
	// listener is the container that takes the traffic, nil where the task has no such one; a rule refuses that.
	listener       *parts.Container
	virtualService string
	// discovery is the name of the Cloud Map service, in which the tasks of both colours register.
	discovery string
	namespace string
	strategy  bool // aws_ecs_service.deployment_configuration, 6.4.0
}

// colour is one of the two.
type colour struct {
	name     string // blue, green
	physical string // of its virtual node, its ECS service and its task definition
	in       blueprint.Colour
}

// The containers that the engine adds.
const (
	envoy = "envoy"
	xray  = "xray"
)

// resolve turns a service into a rollout; it only fills in, the rules judge.
func resolve(s *blueprint.Service, aws *schemas.View) *rollout {
	in := s.AppMesh
	r := &rollout{Site: parts.NewSite(s, aws), mesh: in.Mesh, strategy: parts.Knows(aws, schemas.BlueGreen)}
	for _, c := range []struct {
		name string
		in   blueprint.Colour
	}{{"blue", in.Colours.Blue}, {"green", in.Colours.Green}} {
		r.colours = append(r.colours, colour{name: c.name, in: c.in, physical: r.PartName(parts.ServiceName, c.name)})
	}
	r.fillContainers()
	r.namespace = in.Mesh.Namespace.Name.V
	if e := in.Mesh.Namespace.Existing; e != nil {
		r.namespace = e.Name.V
	}
	r.virtualService = in.Mesh.VirtualService.V
	if r.virtualService == "" {
		r.virtualService = s.Name.V + "." + r.namespace
	}
	r.discovery = r.PartName(discoveryName)
	if label, ok := strings.CutSuffix(r.virtualService, "."+r.namespace); ok {
		r.discovery = label
	}
	return r
}

// discoveryName is the limit of a Cloud Map service's name (domain.md 7.1: API-SD).
const discoveryName = 127

// fillContainers makes the task's containers: each waits for Envoy, and the listener's has the image of its colour.
func (r *rollout) fillContainers() {
	task := r.In.Service.Task
	if task == nil {
		return
	}
	wanted := r.mesh.Listener.Container.V
	if wanted == "" && len(task.Containers) == 1 {
		wanted = task.Containers[0].Name.V
	}
	r.containers = make([]parts.Container, len(task.Containers))
	for i, in := range task.Containers {
		r.containers[i] = parts.Container{In: in, More: []tf.Field{tf.F("dependsOn", tf.LinesOf(tf.Inline(
			tf.F("condition", tf.String("HEALTHY")), tf.F("containerName", tf.String(envoy)),
		)))}}
		if in.Name.V == wanted {
			r.containers[i].Image = ofColour("images")
			r.listener = &r.containers[i]
		}
	}
}

// ofColour is what a variable of a module, a map by colour, holds for the instance at hand.
func ofColour(variable string) tf.Expr {
	return tf.Index{Collection: tf.NewBlock("variable", []string{variable}).Attr(), Key: tf.Each("key")}
}

// sidecar is Envoy or the X-Ray daemon as a container.
func sidecar(name string, in blueprint.Sidecar) parts.Container {
	return parts.Container{In: blueprint.Container{
		Name: blueprint.At[string]{V: name}, Image: in.Image, Essential: blueprint.At[bool]{V: true},
		CPU: in.CPU, MemoryReservation: in.MemoryReservation, StopTimeout: blueprint.At[time.Duration]{V: 30 * time.Second},
	}}
}

// traced says that Envoy sends its traces to a daemon beside it.
func (r *rollout) traced() bool { return r.mesh.XRay != nil }

// retries says that the route has a retry policy.
func (r *rollout) retries() bool { return r.mesh.RetryPolicy != nil }

// asksPath says that Envoy's health check asks for a path: http and http2 do, grpc and tcp have none.
func (r *rollout) asksPath() bool { return strings.HasPrefix(r.mesh.Listener.Protocol.V, "http") }

// ownMesh and ownNamespace say what is made here.
func (r *rollout) ownMesh() bool      { return !r.mesh.Existing.Said() }
func (r *rollout) ownNamespace() bool { return r.mesh.Namespace.Existing == nil }

// meshName is the name of an own mesh.
func (r *rollout) meshName() string {
	if r.mesh.Name.V != "" {
		return r.mesh.Name.V
	}
	return r.Name
}

// active are the colours with a node, a service and a place in the route.
func (r *rollout) active() []colour {
	var out []colour
	for _, c := range r.colours {
		if c.in.Active.V {
			out = append(out, c)
		}
	}
	return out
}

// logGroups are the names of the log groups by container.
func (r *rollout) logGroups() []tf.Field {
	names := make([]string, 0, len(r.containers)+2)
	for _, c := range r.containers {
		names = append(names, c.In.Name.V)
	}
	names = append(names, envoy)
	if r.traced() {
		names = append(names, xray)
	}
	fields := make([]tf.Field, 0, len(names))
	for _, n := range names {
		fields = append(fields, tf.F(n, tf.String("/ecs/"+r.Name+"/"+n)))
	}
	return fields
}
