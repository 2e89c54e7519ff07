package schemas

import (
	"encoding/json"
	"slices"
	"sync"
)

// Rule is one value rule, a fact that a schema document does not carry. A zero field says nothing.
// For an attribute that is a list, set or map the rule is about each element's value.
type Rule struct {
	Enum          []string `json:"enum,omitempty"`
	Min           *float64 `json:"min,omitempty"`
	Max           *float64 `json:"max,omitempty"`
	MinLength     *int     `json:"min_length,omitempty"` // characters
	MaxLength     *int     `json:"max_length,omitempty"` // characters
	Pattern       string   `json:"pattern,omitempty"`    // RE2, as the provider prints it
	Kind          string   `json:"kind,omitempty"`       // "arn", "json" or empty
	ConflictsWith []string `json:"conflicts_with,omitempty"`
}

// Rules are the value rules of one attribute path ("health_check.matcher"), as the server and the
// blueprint's leaf checks use them. For a data source typ is "data." and its type.
func (v *View) Rules(typ, path string) []Rule {
	load, ok := v.rules.Load(typ)
	if !ok {
		load, _ = v.rules.LoadOrStore(typ, sync.OnceValue(func() map[string][]Rule { return v.readRules(typ) }))
	}
	return load.(func() map[string][]Rule)()[path]
}

func (v *View) readRules(typ string) map[string][]Rule {
	var rules map[string][]Rule
	raw, err := data.ReadFile("rules/" + v.provider + "/" + typ + ".json")
	if err != nil {
		return nil // no rule is known for most types
	}
	if err := json.Unmarshal(raw, &rules); err != nil {
		return nil // a test reads every file
	}
	for _, row := range v.features.newer(v.provider, v.floor) {
		for path, refused := range row.resource.Values[typ] {
			for i := range rules[path] {
				rules[path][i].Enum = slices.DeleteFunc(rules[path][i].Enum, func(s string) bool { return slices.Contains(refused, s) })
			}
		}
	}
	return rules
}
