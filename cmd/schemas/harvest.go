package main

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"bluegen/schemas"
)

// harvest is what was learnt: rules by type and path, and what could not be read.
type harvest struct {
	rules  map[string]map[string]schemas.Rule
	unsure []probe
	unread []string
}

// collect keeps a message only for the argument that its probe is about: what it says of a filler it
// says again where that argument is probed.
func collect(answers []answer) harvest {
	h := harvest{rules: map[string]map[string]schemas.Rule{}}
	ms := messages()
	by := map[probe][]schemas.Rule{}
	doubts := map[probe]bool{}
	fillers := repeated(answers)
	for _, a := range answers {
		path, r, ok := read(ms, a.text)
		switch {
		case ok && a.probe.path == all:
			h.conflicts(a.probe.typ, path, r)
		case ok && r.ConflictsWith == nil && (path == a.probe.path || !fillers.of(a) && ends(a.probe.path, path)):
			by[a.probe] = append(by[a.probe], r)
		case !ok && (!fillers.of(a) || mentions(a)):
			doubts[a.probe] = true
			h.leave(a)
		}
	}
	for p, rules := range by {
		for _, r := range rules {
			if alternative(r, rules) || doubts[p] && chooses(r) {
				h.leave(answer{p, "there are several ways to be right"})
				h.never(p)
			}
		}
	}
	for p, rules := range by {
		for _, r := range rules {
			h.add(p.typ, p.path, r)
		}
	}
	h.tidy()
	return h
}

// repeats are the messages that come with probes of arguments of several names: they are about a filler.
type repeats map[[2]string]bool

func key(a answer) [2]string { return [2]string{a.probe.typ, a.text} }

func (r repeats) of(a answer) bool { return r[key(a)] }

func repeated(answers []answer) repeats {
	names, out := map[[2]string]string{}, repeats{}
	for _, a := range answers {
		k, name := key(a), last(a.probe.path)
		if other, ok := names[k]; ok && other != name {
			out[k] = true
		}
		names[k] = name
	}
	return out
}

// chooses reports whether a rule says which values are right; a length only narrows.
func chooses(r schemas.Rule) bool {
	return r.Enum != nil || r.Kind != "" || r.Min != nil || r.Max != nil || r.Pattern != ""
}

// alternative reports whether one value broke two rules that choose. The provider joins those with
// "or" (0, or 30 to 900; a word, or an ARN), which the rules of an argument cannot say.
func alternative(r schemas.Rule, rules []schemas.Rule) bool {
	return chooses(r) && slices.ContainsFunc(rules, func(other schemas.Rule) bool {
		return chooses(other) && !reflect.DeepEqual(r, other)
	})
}

// ends reports whether said is the last name of path, all that some messages print.
func ends(path, said string) bool { return strings.HasSuffix(path, "."+said) }

func last(path string) string { return path[strings.LastIndex(path, ".")+1:] }

// mentions reports whether a message has the last name of the probe's argument in it. A message that
// something else is missing does not count: it says nothing of the value.
func mentions(a answer) bool {
	words := strings.FieldsFunc(a.text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.Contains(words, last(a.probe.path)) && !strings.Contains(a.text, "must be specified")
}

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
	if r.Pattern != "" {
		old.Pattern = r.Pattern
	}
	old.Min, old.Max = or(old.Min, r.Min), or(old.Max, r.Max)
	old.MinLength, old.MaxLength = or(old.MinLength, r.MinLength), or(old.MaxLength, r.MaxLength)
	for _, other := range r.ConflictsWith {
		if other != path && !slices.Contains(old.ConflictsWith, other) {
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

// conflicts takes what the probe that sets everything said: of one argument, or of several alike.
func (h *harvest) conflicts(typ, path string, r schemas.Rule) {
	if path != "" {
		h.add(typ, path, schemas.Rule{ConflictsWith: r.ConflictsWith})
		return
	}
	for _, one := range r.ConflictsWith {
		others := slices.DeleteFunc(slices.Clone(r.ConflictsWith), func(s string) bool { return s == one })
		h.add(typ, one, schemas.Rule{ConflictsWith: others})
	}
}

// never marks an argument about which no value can be called wrong.
func (h *harvest) never(p probe) { h.unsure = append(h.unsure, p) }

func (h *harvest) leave(a answer) {
	h.unread = append(h.unread, a.probe.typ+" "+a.probe.path+": "+first(a.text))
}

func (h *harvest) tidy() {
	for _, p := range h.unsure {
		r := h.rules[p.typ][p.path]
		r.Enum, r.Kind, r.Min, r.Max, r.Pattern = nil, "", nil, nil, ""
		h.rules[p.typ][p.path] = r
	}
	for typ, rules := range h.rules {
		maps.DeleteFunc(rules, func(_ string, r schemas.Rule) bool { return reflect.DeepEqual(r, schemas.Rule{}) })
		if len(rules) == 0 {
			delete(h.rules, typ)
		}
	}
	slices.Sort(h.unread)
	h.unread = slices.Compact(h.unread)
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
