package ecs

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/diag"
	"bluegen/generator/engine/ruletest"
	"bluegen/generator/parts"
)

// TestCatalogue: what the catalogue calls wrong gets its code and no other, and what it calls right gets none.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	was := map[string]string{"BG2022": rolling, "BG2023": rolling, "BG2024": blueGreen}
	for _, code := range append(declared(t), string(parts.CodeVariable), string(parts.CodeOmitted)) {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			for _, part := range []string{"Wrong", "Right"} {
				snippet := strings.Replace(ruletest.Snippet(code, part), "…four thousand characters…", strings.Repeat("x", 4_000), 1)
				if snippet == "" {
					t.Fatalf("there is no yaml under %s", part)
				}
				whole, diags := ruleCase{change: []string{right, completed(snippet)}, was: was[code]}.build(t)
				has := slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return string(d.Code) == code })
				other := slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return string(d.Code) != code })
				if has != (part == "Wrong") || other {
					t.Errorf("%s:\n%s\n%v", part, numbered(whole), diags)
				}
			}
		})
	}
}

// completed lays the keys of a snippet over a blueprint without a test rule.
func completed(snippet string) string {
	c := ruleCase{change: rollingFrom()}
	var out strings.Builder
	said, all := ruletest.Sections(snippet), ruletest.Sections(strings.Replace(right, c.change[0], c.change[1], 1))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if _, ok := said[key]; !ok {
			out.WriteString(all[key])
		}
	}
	return out.String() + snippet
}
