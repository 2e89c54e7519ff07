package parts

import "bluegen/generator/diag"

// Judge is what all rules say of an engine's model. Each rule is a judgement over the whole model, with a text in the catalogue and a
// golden for each of its codes; it reads the model alone, so their order does not matter.
func Judge[T any](model T, rules ...func(T) diag.List) diag.List {
	var out diag.List
	for _, rule := range rules {
		out = append(out, rule(model)...)
	}
	return out
}
