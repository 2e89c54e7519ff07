package ecs

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/diag"
	"bluegen/generator/parts"
)

// TestCatalogue: what the catalogue calls wrong gets its code and no other, and what it calls right gets none.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	was := map[string]string{"BG2022": rolling, "BG2023": rolling, "BG2024": blueGreen}
	for _, code := range append(declared(t), string(parts.CodeVariable), string(parts.CodeOmitted)) {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			text, _ := diag.Explain(diag.Code(code))
			for _, part := range []string{"Wrong", "Right"} {
				snippet := fenced(text, part)
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

// fenced is the yaml below a heading.
func fenced(text, heading string) string {
	_, below, _ := strings.Cut(text, "\n## "+heading+"\n\n```yaml\n")
	snippet, _, closed := strings.Cut(below, "```\n")
	if !closed {
		return ""
	}
	return snippet
}

// completed lays the keys of a snippet over a blueprint without a test rule.
func completed(snippet string) string {
	c := ruleCase{change: rollingFrom()}
	var out strings.Builder
	said, all := sections(snippet), sections(strings.Replace(right, c.change[0], c.change[1], 1))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if _, ok := said[key]; !ok {
			out.WriteString(all[key])
		}
	}
	return out.String() + snippet
}

// sections are the top-level keys of a blueprint with their text.
func sections(text string) map[string]string {
	out := map[string]string{}
	key := ""
	for line := range strings.Lines(text) {
		if word, _, ok := strings.Cut(line, ":"); ok && !strings.ContainsAny(line[:1], " #") {
			key = word
		}
		if key != "" {
			out[key] += line
		}
	}
	return out
}
