package ecs

import (
	"fmt"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
)

// logRules: who logs through a router has one, and nobody sets what the service's log group decides.
func logRules(d *deployment) diag.List {
	var out diag.List
	var router *blueprint.FireLens
	for _, c := range d.containers {
		switch {
		case c.In.FireLens == nil:
		case router != nil:
			out = append(out, parts.Found(CodeRouter, c.In.FireLens.Range, "A task has one log router, and this is the second", "Take `firelens` away from one of them.", router.Range))
		default:
			router = c.In.FireLens
		}
	}
	for _, c := range d.containers {
		out = append(out, logRule(c.In, router != nil)...)
	}
	return out
}

func logRule(c blueprint.Container, router bool) diag.List {
	var out diag.List
	routed := c.Log.Driver.V == "firelens"
	switch {
	case routed && c.FireLens != nil:
		out = append(out, parts.Found(CodeRouter, c.Log.Driver.Range, "The log router cannot log through itself", "Leave `log` of the router out: it logs to the service's log group.", c.FireLens.Range))
	case routed && !router:
		out = append(out, parts.Found(CodeRouter, c.Log.Driver.Range, fmt.Sprintf("%s logs through a router, and no container is one", c.Name.V),
			"Give the container that routes the logs `firelens: {type: fluentbit}`."))
	}
	for _, o := range c.Log.Options {
		if !routed && slices.Contains([]string{"awslogs-group", "awslogs-region", "awslogs-stream-prefix", "awslogs-create-group"}, o.Key.V) {
			out = append(out, parts.Found(CodeLogOption, o.Key.Range, o.Key.V+" is not the blueprint's to say", "The containers log to the log group that is made with the service, in its region. Take the option away."))
		}
	}
	return out
}
