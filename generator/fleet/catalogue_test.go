package fleet_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/diag"
)

// TestCatalogue: the blueprints that the catalogue calls wrong get its code and no other, and those that it calls right get none.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, match := range regexp.MustCompile(`"(BG\d{4})"`).FindAllStringSubmatch(string(source), -1) {
		text, ok := diag.Explain(diag.Code(match[1]))
		if !ok {
			t.Errorf("%s has no text", match[1])
		}
		for _, part := range []string{"# " + match[1] + ": ", "\nSeverity: ", "\n## Wrong\n", "\n## Right\n", "\n## What to do\n", "\n## Source\n"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s: the text lacks %q", match[1], part)
			}
		}
		for _, part := range []string{"Wrong", "Right"} {
			_, below, ok := strings.Cut(text, "\n## "+part+"\n\n```yaml\n# services/")
			if !ok {
				continue // quotas take more services than a text has room for; TestQuotas has them
			}
			ran++
			below, _, _ = strings.Cut(below, "```\n")
			var texts []string
			for i, snippet := range strings.Split(below, "\n# services/") {
				texts = append(texts, whole(snippet, i))
			}
			var got []string
			for _, d := range gather(t, texts...).Judge() {
				got = append(got, string(d.Code))
				if !strings.Contains(text, "\nSeverity: "+d.Severity.String()+"\n") {
					t.Errorf("%s is a %s", d.Code, d.Severity)
				}
			}
			if got = slices.Compact(got); part == "Wrong" && !slices.Equal(got, match[1:]) || part == "Right" && len(got) > 0 {
				t.Errorf("%s, %s: %v\n%s", match[1], part, got, strings.Join(texts, "---\n"))
			}
		}
	}
	if ran < 16 {
		t.Errorf("%d snippets only", ran)
	}
}

// whole completes the snippet of the blueprint with this number.
func whole(snippet string, number int) string {
	_, text, _ := strings.Cut(snippet, "\n")
	text = "version: 1\nengine: ecs\nservice: {task: {containers: [{name: app, port: 80}]}}\n" + strings.TrimRight(text, "\n") + "\n"
	if !strings.Contains(text, "traffic:") {
		text += fmt.Sprintf("traffic: {web: {alb: {production: {priority: %d, when: [%s]}}}}\n", number+1, host(fmt.Sprint("s", number)))
	}
	return deployed(text)
}
