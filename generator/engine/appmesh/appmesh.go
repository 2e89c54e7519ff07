// Package appmesh builds the Terraform of weighted routes: two colours of a service behind one virtual router of AWS App Mesh, whose
// traffic is moved by the weights of one route. Sources: domain.md 6 and 7.
package appmesh

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
	"bluegen/schemas"
)

// Build is the whole contract of an engine: a service and what its provider knows become a configuration.
// With an error among the diagnostics the configuration is nil.
func Build(s *blueprint.Service, aws *schemas.View) (*tf.Config, diag.List) {
	r := resolve(s, aws)
	return r.Build(parts.Judge(r, rules()...), func() (*parts.Root, func() []*tf.Module) {
		c := r.configuration()
		return c.root, c.modules
	})
}
