package appmesh

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/schemas"
)

// Claims are what a service that Build accepted takes of what it shares with others. A mesh has no rules with priorities, and what it
// names beside the roles begins with the service's own name.
func Claims(s *blueprint.Service, aws *schemas.View) parts.Claims {
	r := resolve(s, aws)
	return parts.Claims{Names: parts.Claimed(r.TaskRoles()), Places: r.claimedDiscovery()}
}

// claimedDiscovery is the name of the Cloud Map service, which follows from the virtual service's and does not have the environment in
// it: in a namespace that is there already, another one may have it.
func (r *rollout) claimedDiscovery() []parts.ClaimedPlace {
	if r.ownNamespace() {
		return nil
	}
	at := r.In.Name.Range
	if said := r.mesh.VirtualService; parts.Said(said) {
		at = said.Range
	}
	return []parts.ClaimedPlace{{
		Kind: parts.CloudMapName, What: "the virtual service", In: parts.OrVariable(r.mesh.Namespace.Existing.ID, "namespace_id"), Name: r.discovery, At: at,
	}}
}
