package blueprint

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// form is what a node is: text, a list, or a mapping.
type form uint8

const (
	scalar form = iota
	list
	mapping
	// refused was reported while reading (an alias); everything else passes over it.
	refused
)

// node is one value of the blueprint and its place. A scalar is text until the type of a field says otherwise.
type node struct {
	form form
	text string
	// plain says that a scalar has no quotes: only then can it be null, a number, true or false.
	plain bool
	// value is where the value stands: a text from end to end, a list or mapping in brackets from bracket to bracket,
	// anything in block style its key.
	value hcl.Range
	// at is the key that holds the node, its value where no key does (in a list), 1:1 for the document.
	// Diagnostics about a mapping as a whole point here: a key makes a short caret.
	at    hcl.Range
	keys  []pair
	items []*node
}

// pair is a key of a mapping and what it holds.
type pair struct {
	key   string
	at    hcl.Range
	value *node
}

// null reports whether nothing is said: null, ~ or empty, without quotes.
func (n *node) null() bool {
	return n.form == scalar && n.plain && (n.text == "" || n.text == "~" || n.text == "null")
}

// get returns what a key holds, nil where the mapping lacks it.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for i := range n.keys {
		if n.keys[i].key == key {
			return n.keys[i].value
		}
	}
	return nil
}

// said is get less null, which says nothing.
func (n *node) said(key string) *node {
	if v := n.get(key); v != nil && !v.null() {
		return v
	}
	return nil
}

// size counts the nodes of a tree.
func (n *node) size() int {
	total := 1
	for _, p := range n.keys {
		total += p.value.size()
	}
	for _, i := range n.items {
		total += i.size()
	}
	return total
}

// paths are the keys of a mapping and of those below it, joined by points, down to what is no mapping or says where a value comes from.
func (n *node) paths(above string) []At[string] {
	var out []At[string]
	for _, k := range n.keys {
		path := above + k.key
		if k.value.form == mapping && !k.value.source() {
			out = append(out, k.value.paths(path+".")...)
			continue
		}
		out = append(out, At[string]{V: path, Range: k.at})
	}
	slices.SortStableFunc(out, func(a, b At[string]) int { return cmp.Compare(a.V, b.V) })
	return out
}

// source reports the form of a value that is not a literal, such as {variable: name}.
func (n *node) source() bool {
	return len(n.keys) == 1 && slices.Contains([]string{"variable", "ssm", "lookup"}, n.keys[0].key)
}
