package appmesh

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/schemas"
)

// Claims are what a service that Build accepted takes of what it shares with others. A mesh has no rules with priorities, and what it
// names beside the roles begins with the service's own name.
func Claims(s *blueprint.Service, aws *schemas.View) parts.Claims {
	site := parts.NewSite(s, aws)
	return parts.Claims{Names: parts.Claimed(site.TaskRoles())}
}
