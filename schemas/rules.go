package schemas

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"sync"

	"github.com/hashicorp/go-version"
)

// Rule is one value rule, a fact that a schema document does not carry. A zero field says nothing.
// For an attribute that is a list or a set the rule is about each element. Numbers may be written in
// an argument of type string (bake_time_in_minutes): Min and Max are about its value then.
type Rule struct {
	Enum          []string `json:"enum,omitempty"` // exact spelling; numbers in decimal
	Min           *float64 `json:"min,omitempty"`
	Max           *float64 `json:"max,omitempty"`
	MinLength     *int     `json:"min_length,omitempty"`     // characters
	MaxLength     *int     `json:"max_length,omitempty"`     // characters
	Pattern       string   `json:"pattern,omitempty"`        // RE2
	Kind          string   `json:"kind,omitempty"`           // "arn", "json" or empty
	ConflictsWith []string `json:"conflicts_with,omitempty"` // paths from the type's root
}

// Rules are the value rules of one attribute path ("health_check.matcher"), as the server and the
// blueprint's leaf checks use them; a value has to satisfy all of them. For a data source typ is
// "data." and its type. A view of two major releases has the rules of both.
//
// What one release was asked (rules/<provider>/<release>/) holds for later ones too, until a file of a
// later release says otherwise of the same path. Lists of words and upper bounds are carried over only
// where the later release has a file for the type at all, which says that somebody has looked: they
// grow, and refusing what a provider takes is worse than missing a mistake.
func (v *View) Rules(typ, path string) []Rule {
	load, ok := v.rules.Load(typ)
	if !ok {
		load, _ = v.rules.LoadOrStore(typ, sync.OnceValue(func() map[string][]Rule { return v.readRules(typ) }))
	}
	return load.(func() map[string][]Rule)()[path]
}

// RulePaths lists the attribute paths of a type that have a rule, sorted.
func (v *View) RulePaths(typ string) []string {
	v.Rules(typ, "")
	load, _ := v.rules.Load(typ)
	return slices.Sorted(maps.Keys(load.(func() map[string][]Rule)()))
}

func (v *View) readRules(typ string) map[string][]Rule {
	out := map[string][]Rule{}
	for _, release := range append([]*version.Version{v.release}, v.later...) {
		rules, err := rulesOf(v.provider, release, typ)
		if err != nil {
			continue // a test reads every file
		}
		for path, r := range rules {
			if !slices.ContainsFunc(out[path], func(other Rule) bool { return reflect.DeepEqual(other, r) }) {
				out[path] = append(out[path], r)
			}
		}
	}
	v.refuseNewer(typ, out)
	return out
}

// rulesOf lays the files of all releases up to one over each other.
func rulesOf(provider string, release *version.Version, typ string) (map[string]Rule, error) {
	releases, err := embedded(provider)
	if err != nil {
		return nil, err
	}
	out := map[string]Rule{}
	for _, r := range releases {
		if r.GreaterThan(release) {
			break
		}
		rules, looked, err := readRuleFile(provider, r, typ)
		if err != nil {
			return nil, err
		}
		if !looked {
			carryOver(out)
		}
		maps.Copy(out, rules)
	}
	maps.DeleteFunc(out, func(_ string, r Rule) bool { return reflect.DeepEqual(r, Rule{}) })
	return out, nil
}

func readRuleFile(provider string, release *version.Version, typ string) (rules map[string]Rule, exists bool, err error) {
	file := "rules/" + provider + "/" + release.String() + "/" + typ + ".json"
	raw, err := data.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if err := json.Unmarshal(raw, &rules); err != nil {
		return nil, false, fmt.Errorf("%s: %w", file, err)
	}
	return rules, true, nil
}

// carryOver drops what a later release may well have widened.
func carryOver(rules map[string]Rule) {
	for path, r := range rules {
		r.Enum, r.Max, r.MaxLength = nil, nil, nil
		rules[path] = r
	}
}

// refuseNewer takes the values out that the lowest admitted version does not know.
func (v *View) refuseNewer(typ string, rules map[string][]Rule) {
	for _, row := range v.features.newer(v.provider, v.floor) {
		for path, values := range row.resource().Values[typ] {
			for i, r := range rules[path] {
				rules[path][i].Enum = slices.DeleteFunc(slices.Clone(r.Enum), func(s string) bool { return slices.Contains(values, s) })
			}
		}
	}
}
