package ecs

import (
	"fmt"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// containerRules: what a container definition says must be something that ECS can read.
func containerRules(d *deployment) diag.List {
	var out diag.List
	for _, c := range d.containers {
		out = append(out, variablesOnce(c.In)...)
		out = append(out, healthCommand(c.In.HealthCheck)...)
		if u := c.In.Ulimits; u != nil && u.NoFile != nil && u.NoFile.Soft.V > u.NoFile.Hard.V {
			out = append(out, parts.Found(CodeLimit, u.NoFile.Soft.Range, fmt.Sprintf("The soft limit %d is above the hard one, %d", u.NoFile.Soft.V, u.NoFile.Hard.V),
				"A process may raise its limit to the hard one and no further. Write a soft limit of at most that.", u.NoFile.Hard.Range))
		}
	}
	return out
}

// variablesOnce: ECS refuses a variable that the environment, a secret or a parameter has already.
func variablesOnce(c blueprint.Container) diag.List {
	var out diag.List
	first := map[string]hcl.Range{}
	say := func(key blueprint.At[string]) {
		if before, twice := first[key.V]; twice {
			out = append(out, parts.Found(CodeEnvironment, key.Range, fmt.Sprintf("The container %s gets %s twice", c.Name.V, key.V),
				"ECS refuses a variable that comes from two places. Keep one of environment, secrets and parameters.", before))
			return
		}
		first[key.V] = key.Range
	}
	for _, p := range c.Environment {
		say(p.Key)
	}
	for _, e := range c.Secrets {
		say(e.Key)
	}
	for _, e := range c.Parameters {
		say(e.Key)
	}
	return out
}

func healthCommand(h *blueprint.ContainerHealthCheck) diag.List {
	if h == nil {
		return nil
	}
	first := h.Command[0]
	shell := first.V == "CMD-SHELL"
	switch {
	case !shell && first.V != "CMD":
		return diag.List{parts.Found(CodeHealthCommand, first.Range, fmt.Sprintf("A health check cannot begin with %q", first.V),
			"Begin with CMD, and the rest is run as it is, or with CMD-SHELL and one text for the container's shell: `[CMD-SHELL, \"curl -sf http://localhost/ || exit 1\"]`.")}
	case len(h.Command) == 1:
		return diag.List{parts.Found(CodeHealthCommand, first.Range, "The health check has nothing to run", "Write the command behind "+first.V+".")}
	case shell && len(h.Command) > 2:
		return diag.List{parts.Found(CodeHealthCommand, h.Command[2].Range, "CMD-SHELL takes one text", "Write the command in one text, or begin with CMD.", first.Range)}
	default:
		return nil
	}
}

// dependencyRules: what a container waits for must be there, and able to come about.
func dependencyRules(d *deployment) diag.List {
	var out diag.List
	for _, c := range d.containers {
		for _, on := range c.In.DependsOn {
			out = append(out, d.dependency(c.In, on)...)
		}
	}
	return append(out, d.cycles()...)
}

func (d *deployment) dependency(c blueprint.Container, on blueprint.Entry[blueprint.At[string]]) diag.List {
	i := slices.IndexFunc(d.containers, func(other parts.Container) bool { return other.In.Name.V == on.Key.V })
	if i < 0 || on.Key.V == c.Name.V {
		return diag.List{parts.Found(CodeDependsOn, on.Key.Range, fmt.Sprintf("%s cannot wait for %s", c.Name.V, on.Key.V),
			"A container waits for another one of its task: "+d.others(c.Name.V)+".")}
	}
	other := d.containers[i].In
	switch ends := on.V.V == "SUCCESS" || on.V.V == "COMPLETE"; {
	case on.V.V == "HEALTHY" && other.HealthCheck == nil:
		return diag.List{parts.Found(CodeDependsHealthy, on.V.Range, fmt.Sprintf("%s never becomes healthy: it has no health check", other.Name.V),
			"ECS refuses the condition HEALTHY on a container without a health check. Give it `health_check`, or wait for START.", other.Name.Range)}
	case ends && other.Essential.V:
		return diag.List{parts.Found(CodeDependsEnd, on.V.Range, fmt.Sprintf("%s is essential: when it ends, the task does", other.Name.V),
			"A container can be waited for until its end only where the task goes on without it. Write `essential: false` for it, or wait for START or HEALTHY.", other.Name.Range)}
	default:
		return nil
	}
}

// others are the containers beside one, for a message.
func (d *deployment) others(name string) string {
	var out []string
	for _, c := range d.containers {
		if c.In.Name.V != name {
			out = append(out, c.In.Name.V)
		}
	}
	if out == nil {
		return "there is none"
	}
	return parts.Names(out)
}

// cycles: containers that wait for each other never start. Each cycle is told once, at the container that comes first.
func (d *deployment) cycles() diag.List {
	waits := map[string][]string{}
	var order []blueprint.At[string]
	for _, c := range d.containers {
		order = append(order, c.In.Name)
		for _, on := range c.In.DependsOn {
			if on.Key.V != c.In.Name.V {
				waits[c.In.Name.V] = append(waits[c.In.Name.V], on.Key.V)
			}
		}
	}
	var out diag.List
	told := map[string]bool{}
	for _, name := range order {
		circle := circleOf(name.V, waits)
		if circle == nil || slices.ContainsFunc(circle, func(c string) bool { return told[c] }) {
			continue
		}
		for _, c := range circle {
			told[c] = true
		}
		out = append(out, parts.Found(CodeDependsCycle, name.Range, "Nothing starts: "+name.V+" waits for "+strings.Join(append(circle[1:], name.V), ", which waits for "),
			"Take one of the dependencies away."))
	}
	return out
}

// circleOf is a shortest way from a container through what it waits for back to itself, nil where there is none.
func circleOf(start string, waits map[string][]string) []string {
	from := map[string]string{}
	queue := []string{start}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, next := range waits[at] {
			if next == start {
				var circle []string
				for ; at != start; at = from[at] {
					circle = append(circle, at)
				}
				circle = append(circle, start)
				slices.Reverse(circle)
				return circle
			}
			if _, seen := from[next]; !seen {
				from[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}
