package ecs

import (
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// ownershipRules: an environment that changes what Terraform ignores changes nothing, except for a service that is new.
func ownershipRules(d *deployment) diag.List {
	var out diag.List
	for _, said := range d.In.Layer {
		owner, at := d.ownerOf(said.V)
		if owner == "" {
			continue
		}
		out = append(out, parts.Warn(CodeIgnoredLayer, said.Range, d.In.Environment.V+" changes "+said.V+", which Terraform ignores",
			owner+" after the first apply: a service that is there already keeps what it has. Take the key out of the environment, or give the ownership back to terraform there.", at))
	}
	return out
}

// ownerOf says who changes a key after the first apply, and where the blueprint says so; nobody where Terraform does.
func (d *deployment) ownerOf(path string) (string, hcl.Range) {
	o := d.In.Ownership
	below := func(names ...string) bool {
		for _, n := range names {
			if path == n || strings.HasPrefix(path, n+".") {
				return true
			}
		}
		return false
	}
	owned := func(by blueprint.At[string], who string, yes bool) bool { return by.V == who && yes }
	switch {
	case owned(o.DesiredCount, "autoscaling", below("service.desired_count")):
		return "Autoscaling counts the tasks", o.DesiredCount.Range
	case owned(o.TaskDefinition, "pipeline", below("service.task.containers", "service.task_definition")):
		return "A pipeline owns the containers", o.TaskDefinition.Range
	case owned(o.LoadBalancer, "ecs", below("roles.infrastructure") || balances(path)):
		return "Deployments own the service's load balancers", o.LoadBalancer.Range
	default:
		return "", hcl.Range{}
	}
}

// balances says that a path is the container or port of a key of traffic.
func balances(path string) bool {
	words := strings.Split(path, ".")
	return len(words) == 3 && words[0] == "traffic" && (words[2] == "container" || words[2] == "port")
}
