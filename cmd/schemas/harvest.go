package main

import (
	"encoding/json"
	"slices"
	"strings"

	"bluegen/schemas"
)

// harvest is what was learnt: rules by type and path, and what could not be read.
type harvest struct {
	rules  map[string]map[string]schemas.Rule
	unread []string
}

// collect keeps a message only for the argument that its probe is about: what it says of a filler it
// says again where that argument is probed.
func collect(answers []answer) harvest {
	h := harvest{rules: map[string]map[string]schemas.Rule{}}
	ms := messages()
	for _, a := range answers {
		path, r, ok := read(ms, a.text)
		switch {
		case !ok:
			h.unread = append(h.unread, a.probe.typ+" "+a.probe.path+": "+first(a.text))
		case a.probe.path == all && r.ConflictsWith != nil:
			h.add(a.probe.typ, path, r)
		case a.probe.path != all && r.ConflictsWith == nil && names(a.probe.path, path):
			h.add(a.probe.typ, a.probe.path, r)
		}
	}
	slices.Sort(h.unread)
	h.unread = slices.Compact(h.unread)
	return h
}

// names reports whether a message that says said is about the argument at path: providers print the
// whole path or its last name.
func names(path, said string) bool { return path == said || strings.HasSuffix(path, "."+said) }

func first(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line[:min(len(line), 200)]
}

func (h *harvest) add(typ, path string, r schemas.Rule) {
	if h.rules[typ] == nil {
		h.rules[typ] = map[string]schemas.Rule{}
	}
	old := h.rules[typ][path]
	if r.Enum != nil {
		old.Enum = r.Enum
	}
	if r.Kind != "" {
		old.Kind = r.Kind
	}
	old.Min, old.Max = or(old.Min, r.Min), or(old.Max, r.Max)
	old.MinLength, old.MaxLength = or(old.MinLength, r.MinLength), or(old.MaxLength, r.MaxLength)
	for _, other := range r.ConflictsWith {
		if !slices.Contains(old.ConflictsWith, other) {
			old.ConflictsWith = append(old.ConflictsWith, other)
		}
	}
	slices.Sort(old.ConflictsWith)
	h.rules[typ][path] = old
}

func or[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

func (h *harvest) count() int {
	n := 0
	for _, rules := range h.rules {
		n += len(rules)
	}
	return n
}

// files are the embedded bytes, <type>.json each.
func (h *harvest) files() map[string][]byte {
	out := map[string][]byte{}
	for typ, rules := range h.rules {
		raw, err := json.Marshal(rules)
		if err != nil {
			continue // unreachable: strings and numbers
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			continue
		}
		out[typ+".json"] = layout(v)
	}
	return out
}
