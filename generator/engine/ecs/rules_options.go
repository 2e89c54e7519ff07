package ecs

import (
	"fmt"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// capacityRules: capacity providers stand in place of a launch type, each once, one with a base, some with a weight.
func capacityRules(d *deployment) diag.List {
	in := d.In.Service
	if len(in.CapacityProviders) == 0 {
		return nil
	}
	var out diag.List
	if parts.Said(in.LaunchType) {
		out = append(out, parts.Found(CodeCapacity, in.LaunchType.Range, "Both launch_type and capacity_providers are said", "ECS takes one of them. Take launch_type away.", in.CapacityProviders[0].Range))
	}
	names := map[string]hcl.Range{}
	var base *blueprint.CapacityProvider
	weights := 0
	for i, p := range in.CapacityProviders {
		if first, twice := names[p.Name.V]; twice {
			out = append(out, parts.Found(CodeCapacity, p.Name.Range, p.Name.V+" a second time", "Each capacity provider has one share. Add the two up.", first))
		}
		names[p.Name.V] = p.Name.Range
		switch {
		case p.Base.V == 0:
		case base != nil:
			out = append(out, parts.Found(CodeCapacity, p.Base.Range, "A second base", "One capacity provider may have one. Take it away from the other.", base.Base.Range))
		default:
			base = &in.CapacityProviders[i]
		}
		weights += p.Weight.V
	}
	if weights == 0 {
		out = append(out, parts.Found(CodeCapacity, in.CapacityProviders[0].Weight.Range, "No capacity provider has a weight", "Beyond the base ECS would not know where to run a task. Give one of them a weight of at least 1."))
	}
	return out
}

// shellRules: the agent behind a shell writes to the root file system.
func shellRules(d *deployment) diag.List {
	var out diag.List
	if !d.In.Service.ExecuteCommand.V {
		return nil
	}
	for _, c := range d.containers {
		if c.In.ReadOnlyRoot.V && !(writable(c.In, "/var/lib/amazon") && writable(c.In, "/var/log/amazon")) {
			out = append(out, parts.Warn(CodeReadOnlyShell, c.In.ReadOnlyRoot.Range, "No shell opens in "+c.In.Name.V,
				"The agent behind `execute_command` writes to the container's root file system, which is read-only here. Mount volumes at /var/lib/amazon and /var/log/amazon, or give one of the two up.",
				d.In.Service.ExecuteCommand.Range))
		}
	}
	return out
}

// writable says that a container has a volume that it may write to at a path, or above the agent's folder of it.
func writable(c blueprint.Container, path string) bool {
	return slices.ContainsFunc(c.Mounts, func(m blueprint.Mount) bool {
		return !m.ReadOnly.V && (m.Path.V == path || m.Path.V == path+"/ssm")
	})
}

// registryRules: SRV records need a container and a port; a registry knows no colours.
func registryRules(d *deployment) diag.List {
	in := d.In.Service.Discovery
	if in == nil {
		return nil
	}
	var out diag.List
	if in.Container.V != "" && d.In.Service.Task != nil {
		out = append(out, d.registryContainer(*in)...)
	}
	if in.Container.V == "" && in.Port.V > 0 {
		out = append(out, parts.Found(CodeRegistry, in.Port.Range, "A port without its container", "SRV records name both. Add `container`, or take the port away."))
	}
	if in.Container.V != "" && in.Port.V == 0 && d.In.Service.Task == nil {
		out = append(out, parts.Found(CodeRegistry, in.Container.Range, "A container without its port", "The task definition is not made here, so the port must be said: add `port`."))
	}
	if d.shifts {
		out = append(out, parts.Warn(CodeRegistryGreen, in.Range, "Clients that find tasks in Cloud Map reach green before the shift",
			"ECS registers every healthy task, of both colours: hooks and test traffic do not hold these clients back. Let them come through the load balancer, or accept it: `ignore: ["+string(CodeRegistryGreen)+"]`."))
	}
	return out
}

func (d *deployment) registryContainer(in blueprint.Discovery) diag.List {
	for _, c := range d.containers {
		if c.In.Name.V != in.Container.V {
			continue
		}
		switch {
		case c.In.Port.V == 0:
			return diag.List{parts.Found(CodeRegistry, in.Container.Range, c.In.Name.V+" has no port to register", "SRV records name a port. Give the container its `port`.", c.In.Name.Range)}
		case in.Port.V > 0 && in.Port.V != c.In.Port.V:
			return diag.List{parts.Found(CodeRegistry, in.Port.Range, fmt.Sprintf("%s listens on port %d, not on %d", c.In.Name.V, c.In.Port.V, in.Port.V), "Leave `port` out: it is the container's own.", c.In.Port.Range)}
		}
		return nil
	}
	return diag.List{parts.Found(CodeRegistry, in.Container.Range, "The task has no container "+in.Container.V, "It has "+d.others("")+".")}
}
