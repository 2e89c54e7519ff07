package parts

import (
	"bluegen/generator/diag"
	"bluegen/generator/tf"
)

// Judge is what all rules say of an engine's model. Each rule is a judgement over the whole model, with a text in the catalogue and a
// golden for each of its codes; it reads the model alone, so their order does not matter.
func Judge[T any](model T, rules ...func(T) diag.List) diag.List {
	var out diag.List
	for _, rule := range rules {
		out = append(out, rule(model)...)
	}
	return out
}

// Build configures a service that the rules let through: configure makes its root and says how its modules are made.
// What cannot be written is found while configuring. With an error among the diagnostics the configuration is nil.
func (s *Site) Build(judged diag.List, configure func() (root *Root, modules func() []*tf.Module)) (*tf.Config, diag.List) {
	diags := s.Ignored(judged)
	if diags.HasErrors() {
		return nil, diags
	}
	root, modules := configure()
	diags = append(diags, s.Ignored(root.Diagnostics())...)
	if diags.HasErrors() {
		return nil, diags
	}
	return &tf.Config{Modules: modules()}, diags
}
