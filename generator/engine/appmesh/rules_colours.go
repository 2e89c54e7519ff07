package appmesh

import (
	"fmt"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
	state "bluegen/generator/rollout"

	"github.com/hashicorp/hcl/v2"
)

// colourRules: the invariants of a rollout, at the values that break them.
func colourRules(r *rollout) diag.List {
	in := r.In.AppMesh.Colours
	now := state.Of(in)
	var out diag.List
	for _, broken := range now.Broken() {
		switch broken {
		case state.SomeActive:
			out = append(out, parts.Found(CodeNoActive, in.Green.Active.Range, "No colour is active",
				"Nothing would answer. "+mend(now), in.Blue.Active.Range))
		case state.NoWeightOff:
			out = append(out, weightOff(r, now)...)
		case state.SomeWeight:
			out = append(out, parts.Found(CodeWeights, in.Green.Weight.Range, "The weights of the active colours add up to nothing",
				"App Mesh does not say where requests would go. "+mend(now), in.Blue.Weight.Range))
		case state.AtMost100:
			out = append(out, parts.Found(CodeWeights, in.Green.Weight.Range, fmt.Sprintf("The weights add up to %d", now.Sum()),
				"App Mesh takes 100 at most. "+mend(now), in.Blue.Weight.Range))
		}
	}
	return out
}

func weightOff(r *rollout, now state.State) diag.List {
	var out diag.List
	for _, c := range r.colours {
		if !c.in.Active.V && c.in.Weight.V > 0 {
			out = append(out, parts.Found(CodeWeightOff, c.in.Weight.Range, "The colour "+c.name+" has weight and is not active",
				"It has no virtual node that traffic could go to. "+mend(now), c.in.Active.Range))
		}
	}
	return out
}

// mend is the nearest legal state as what to write.
func mend(now state.State) string {
	return "The nearest state that is legal: " + now.Words(now.Nearest()) + "."
}

// stepRules: what was generated last is known, and an apply should take one step.
func stepRules(r *rollout) diag.List {
	was, err := state.Parse(r.In.Was)
	now := state.Of(r.In.AppMesh.Colours)
	if err != nil || was == now || !now.Legal() || !was.Legal() || state.Step(was, now) {
		return nil
	}
	return diag.List{parts.Warn(CodeTwoSteps, changed(was, now, r.In.AppMesh.Colours), "That is more than one step of a rollout",
		"It was generated as blue "+was.Blue.Words()+", green "+was.Green.Words()+". One apply should change one colour's active, at weight 0, or the weights: then each step can be looked at, and taken back. `bluegen rollout plan` shows the steps.")}
}

// changed is the first value that differs.
func changed(was, now state.State, in blueprint.Colours) hcl.Range {
	switch {
	case was.Blue.Active != now.Blue.Active:
		return in.Blue.Active.Range
	case was.Green.Active != now.Green.Active:
		return in.Green.Active.Range
	case was.Blue.Weight != now.Blue.Weight:
		return in.Blue.Weight.Range
	default:
		return in.Green.Weight.Range
	}
}

// imageRules: images that never move, and two colours that differ.
func imageRules(r *rollout) diag.List {
	var out diag.List
	images := []blueprint.Value[string]{r.mesh.Envoy.Image}
	if r.traced() {
		images = append(images, r.mesh.XRay.Image)
	}
	for _, c := range r.colours {
		images = append(images, c.in.Image)
	}
	for _, image := range images {
		out = append(out, parts.MovingTag(image)...)
	}
	blue, green := r.colours[0].in.Image, r.colours[1].in.Image
	if len(r.active()) == 2 && blue.Said() && same(blue, green) {
		out = append(out, parts.Warn(CodeSameImage, green.Range, "Both active colours have the same image",
			"A rollout moves the traffic to another version. Write the new one where the colour without traffic is.", blue.Range))
	}
	return out
}

// same reports that two values are known to be equal.
func same(a, b blueprint.Value[string]) bool {
	return a.From == b.From && a.V == b.V && a.Name == b.Name
}

// listenerRules: one container takes the traffic, on a port that Envoy can take over, with the image of its colour.
func listenerRules(r *rollout) diag.List {
	task := r.In.Service.Task
	if task == nil {
		return nil // a rule of every engine
	}
	var have []string
	for _, c := range task.Containers {
		have = append(have, c.Name.V)
	}
	wanted := r.mesh.Listener.Container
	switch {
	case r.listener == nil && wanted.V == "":
		return diag.List{parts.Found(CodeListener, r.mesh.Listener.Range, "The mesh's listener does not say its container",
			"The task has "+parts.Names(have)+". Write `mesh: {listener: {container: …}}`.")}
	case r.listener == nil:
		return diag.List{parts.Found(CodeListener, wanted.Range, fmt.Sprintf("The task has no container %q", wanted.V), "It has "+parts.Names(have)+".", task.Range)}
	}
	var out diag.List
	c := r.listener.In
	switch {
	case c.Port.V == 0:
		out = append(out, parts.Found(CodeListener, c.Name.Range, "The container "+c.Name.V+" has no port, and the mesh's listener needs one", "Write the `port` that it listens on.", r.mesh.Listener.Range))
	case c.Port.V <= lowPorts:
		out = append(out, parts.Found(CodeLowPort, c.Port.Range, fmt.Sprintf("Behind Envoy, an application on Fargate cannot listen on %d", c.Port.V),
			"Ports up to 1024 are not taken over by the proxy. Let the application listen on a higher one, such as 8080."))
	}
	if c.Image.Said() {
		out = append(out, parts.Found(CodeListenerImage, c.Image.Range, "The image of "+c.Name.V+" is the colour's",
			"Blue and green differ in it: write it in `colours`, and take it out here.", r.colours[0].in.Image.Range))
	}
	return out
}

// lowPorts are those that Envoy does not take over on Fargate (domain.md 6.1: ENVOY-DOC).
const lowPorts = 1024

// takenRules: names and ports that the added containers have.
func takenRules(r *rollout) diag.List {
	ports := []int{proxyIngress, proxyEgress, envoyAdmin}
	names := []string{envoy}
	if r.traced() {
		ports, names = append(ports, xrayPort), append(names, xray)
	}
	var out diag.List
	for _, c := range r.containers {
		if slices.Contains(names, c.In.Name.V) {
			out = append(out, parts.Found(CodeTaken, c.In.Name.Range, "The container "+c.In.Name.V+" is bluegen's own", "It stands beside the application in every task. Call yours otherwise."))
		}
		if slices.Contains(ports, c.In.Port.V) {
			out = append(out, parts.Found(CodeTaken, c.In.Port.Range, fmt.Sprintf("Port %d is taken by what stands beside the application", c.In.Port.V),
				"Envoy has 9901, 15000 and 15001, the X-Ray daemon 2000, and the containers of a task share one address. Take another one."))
		}
	}
	return out
}

// envoyAdmin is the port of Envoy's own interface, which its health check asks.
const envoyAdmin = 9901

func shareRules(r *rollout) diag.List {
	more := []blueprint.Container{sidecar(envoy, r.mesh.Envoy).In}
	if r.traced() {
		more = append(more, sidecar(xray, *r.mesh.XRay).In)
	}
	return r.SharesFit(more...)
}
