package parts

import "bluegen/generator/diag"

// Rule is one judgement over an engine's whole model; its code has a text in the catalogue and a golden. Each reads the model alone, so
// their order does not matter.
type Rule[T any] struct {
	// Name is what is judged.
	Name  string
	Check func(T) diag.List
}

// Judge is what all rules say.
func Judge[T any](model T, rules []Rule[T]) diag.List {
	var out diag.List
	for _, r := range rules {
		out = append(out, r.Check(model)...)
	}
	return out
}
