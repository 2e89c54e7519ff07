package blueprint

import "github.com/hashicorp/hcl/v2"

// At is a leaf and the place that said it; Default when the nearest written parent did not.
type At[T any] struct {
	V       T
	Range   hcl.Range
	Default bool
}

// Source says who knows a value.
type Source uint8

// The sources of a value. Unset is what an omitted key leaves: the engine makes a root variable of the obvious name, or leaves it out.
const (
	Unset Source = iota
	Literal
	Variable
	SSM
	Lookup
)

// Value is something the service may not own: a literal, {variable: name}, {ssm: /path} or {lookup: {…}}.
// Only a literal is known while generating.
type Value[T any] struct {
	From   Source
	V      T      // of Literal
	Name   string // of Variable: the root variable; of SSM: the parameter
	Lookup Query  // of Lookup
	Range  hcl.Range
}

// Query finds an existing thing by a data source; which keys a value admits is said by its lookup tag.
type Query struct {
	Name         string
	Tags         []Pair
	LoadBalancer string
	Port         int
}

// Pair is a key and a value, both with their place, in the order of the keys.
type Pair struct{ Key, Value At[string] }

// Known returns the literal.
func (v Value[T]) Known() (T, bool) { return v.V, v.From == Literal }

// Said reports whether the blueprint has the key at all.
func (v Value[T]) Said() bool { return v.From != Unset }

// Entry is a key of a map and what is below it. Maps are decoded into entries sorted by key,
// so that nothing downstream depends on the order of the keys.
type Entry[T any] struct {
	Key At[string]
	V   T
}

// Node is embedded by every struct of the model: where its mapping was written (its key, or the nearest written parent's).
type Node struct {
	Range hcl.Range
	// Default says that the blueprint does not have the mapping and defaults filled it.
	Default bool
}
