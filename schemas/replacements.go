package schemas

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/go-version"
)

// group is a row of replacements.json: what one source says of the changes that a provider cannot make in place.
type group struct {
	Provider string
	// Since is the first release that it holds for, Before the first that it no longer holds for; nil is no bound.
	Since, Before *version.Version
	// Paths are dotted and without indices, by type; the type "*" is every type that has the argument. Below a path
	// everything counts.
	Paths map[string][]string
	// Revisions are types that are replaced by nature, with the reason why that takes nothing away.
	Revisions map[string]string
	Source    string
}

func readReplacements() ([]group, error) {
	raw, err := data.ReadFile("replacements.json")
	if err != nil {
		return nil, err
	}
	var groups []group
	if err := json.Unmarshal(raw, &groups); err != nil {
		return nil, fmt.Errorf("replacements.json: %w", err)
	}
	return groups, nil
}

// holds reports whether a row is about some version that the view stands for.
func (g group) holds(v *View) bool {
	newest := v.release
	if len(v.later) > 0 {
		newest = v.later[len(v.later)-1]
	}
	return g.Provider == v.provider && (g.Since == nil || !newest.LessThan(g.Since)) && (g.Before == nil || v.floor.LessThan(g.Before))
}

// Replaces lists the paths of a resource type whose change replaces the resource in some version that the view stands for:
// dotted, without indices, sorted ("target_type", "deployment_controller.type"). Everything below a path counts as well.
func (v *View) Replaces(typ string) []string {
	var out []string
	for _, g := range v.replacing() {
		if g.holds(v) {
			out = append(append(out, g.Paths[typ]...), g.Paths["*"]...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Revision says why a replacement of a resource of this type takes nothing away: what is called a replacement there is a
// new revision beside the old one. It answers false for every other type.
func (v *View) Revision(typ string) (why string, ok bool) {
	for _, g := range v.replacing() {
		if why, ok := g.Revisions[typ]; ok && g.holds(v) {
			return why, true
		}
	}
	return "", false
}

// replaced lists the types of a provider that any row is about.
func replaced(groups []group, provider string) []string {
	types := map[string]bool{}
	for _, g := range groups {
		for typ := range g.Paths {
			types[typ] = types[typ] || g.Provider == provider && typ != "*"
		}
	}
	maps.DeleteFunc(types, func(_ string, is bool) bool { return !is })
	return slices.Sorted(maps.Keys(types))
}
