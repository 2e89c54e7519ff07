package cli

import (
	"strings"
	"testing"

	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdownOnATerminal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"a paragraph is one, however it was broken": {"one two\nthree four five\nsix", "one two three four\nfive six\n"},
		"paragraphs stand apart":                    {"one\n\ntwo", "one\n\ntwo\n"},
		"items hang":                                {"- one two three four\n- five", "- one two three four\n- five\n"},
		"items wrap below their text":               {"- one two three four five\n  six", "- one two three four\n  five six\n"},
		"numbers":                                   {"1. one two three four\n2. x", "1. one two three\n   four\n2. x\n"},
		"short code is not broken":                  {"take a look at `go test ./...` x", "take a look at\n`go test ./...` x\n"},
		"fenced code stays":                         {"see\n```yaml\na:   {b: one, c: two, d: three}\n\n  - x\n```\nend", "see\n    a:   {b: one, c: two, d: three}\n\n      - x\nend\n"},
		"an open fence ends with the text":          {"```\na", "    a\n"},
		"an empty fence":                            {"```\n```", ""},
		"indented code stays":                       {"see\n\n    a   b\n    c", "see\n\n    a   b\n    c\n"},
		"a table":                                   {"| a | long |\n|---|---|\n| 注文 | 1 |", "    a     long\n    注文  1\n"},
		"nothing":                                   {"", "\n"},
	} {
		if diff := cmp.Diff(test.want, style{columns: 20}.markdown(test.text)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestMarkdownInColour(t *testing.T) {
	t.Parallel()
	got := style{columns: 40, colour: true}.markdown("run `bluegen check` now")
	if got != "run \x1b[36mbluegen check\x1b[0m now\n" {
		t.Errorf("%q", got)
	}
}

// Whatever stands in the catalogue is printed whole, fits the terminal and leaves no Markdown behind.
func TestTheCatalogueFitsATerminal(t *testing.T) {
	t.Parallel()
	letters := func(text string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \n|-", r) {
				return -1
			}
			return r
		}, text)
	}
	for _, code := range diag.Codes() {
		e, _ := diag.Read(code)
		for _, s := range append(e.Sections, diag.Section{Heading: "why", Text: e.Why}) {
			got := style{columns: 72}.markdown(s.Text)
			for line := range strings.Lines(got) {
				words := strings.Fields(line)
				wrapped := !strings.HasPrefix(line, "    ") && len(words) > 1 && !strings.Contains(line, "://")
				if wrapped && textWidth(strings.TrimSuffix(line, "\n")) > 72 || strings.HasPrefix(strings.TrimSpace(line), "```") {
					t.Errorf("%s, %s: %q", code, s.Heading, line)
				}
			}
			plain := strings.NewReplacer("```yaml", "", "```sh", "", "```hcl", "", "```text", "", "```json", "", "```", "").Replace(s.Text)
			if diff := cmp.Diff(letters(plain), letters(got)); diff != "" {
				t.Errorf("%s, %s: not printed whole (-page +printed):\n%s", code, s.Heading, diff)
			}
		}
	}
}
