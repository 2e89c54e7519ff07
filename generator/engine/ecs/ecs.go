// Package ecs builds the Terraform of ECS's own deployments: built-in blue/green, and rolling.
package ecs

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
	"bluegen/schemas"
)

// Build is the whole contract of an engine: a service and what its provider knows become a configuration.
// With an error among the diagnostics the configuration is nil. Sources: domain.md.
func Build(s *blueprint.Service, aws *schemas.View) (*tf.Config, diag.List) {
	d := resolve(s, aws)
	return d.Build(parts.Judge(d, rules()...), func() (*parts.Root, func() []*tf.Module) {
		c := d.configuration()
		return c.root, c.modules
	})
}
