// Package appmesh builds the Terraform of weighted routes: two colours of a service behind one virtual router of AWS App Mesh.
package appmesh

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/tf"
	"bluegen/schemas"
)

// Build is the whole contract of an engine.
func Build(s *blueprint.Service, _ *schemas.View) (*tf.Config, diag.List) {
	return nil, diag.List{{Code: "BG1115", Subject: s.Engine.Range, Summary: "engine: appmesh is not built yet", Detail: "This bluegen has engine: ecs."}}
}
