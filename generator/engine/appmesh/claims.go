package appmesh

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/schemas"
)

// Claims are what a service that Build accepted takes of what it shares with others: a mesh has no rules with priorities.
func Claims(s *blueprint.Service, aws *schemas.View) parts.Claims {
	site := parts.NewSite(s, aws)
	return parts.Claims{Names: site.Claimed(site.TaskRoles())}
}
