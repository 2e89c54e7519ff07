package diag

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadTakesAPageApart(t *testing.T) {
	t.Parallel()
	e, ok := Read("BG2022")
	if !ok || e.Code != "BG2022" || e.Severity != Error || strings.Contains(e.Title, "BG2022") || e.Title == "" {
		t.Fatalf("%+v", e)
	}
	var headings []string
	for _, s := range e.Sections {
		headings = append(headings, s.Heading)
	}
	if diff := cmp.Diff([]string{"Wrong", "Right", "What to do", "Source"}, headings); diff != "" {
		t.Error(diff)
	}
	if strings.HasPrefix(e.Why, "Severity") || e.Why == "" || !strings.HasPrefix(e.Section("Wrong"), "```yaml\n") {
		t.Errorf("why %q, wrong %q", e.Why, e.Section("Wrong"))
	}
	if e.Section("Elsewhere") != "" {
		t.Error("a heading that is not there has no text")
	}
	if _, ok := Read("BG0000"); ok {
		t.Error("there is no BG0000")
	}
}

func TestAHeadingInFencedCodeIsCode(t *testing.T) {
	t.Parallel()
	got := sections("why\n\n## Right\n\n```yaml\n## a comment\na: 1\n```\n\n## Source\n\nhere\n")
	want := []Section{{"", "why"}, {"Right", "```yaml\n## a comment\na: 1\n```"}, {"Source", "here"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What explain, the SARIF rules and the page of diagnostics rely on is true of every page.
func TestEveryPageHasItsForm(t *testing.T) {
	t.Parallel()
	order := []string{"Wrong", "Right", "What to do", "Source"}
	for _, code := range Codes() {
		page, _ := Explain(code)
		e, ok := Read(code)
		if !ok || e.Title == "" || len(e.Title) > 90 || strings.HasPrefix(e.Title, "#") || e.Why == "" {
			t.Errorf("%s: title %q, why %q", code, e.Title, e.Why)
		}
		if !strings.Contains(page, "\n\nSeverity: "+e.Severity.String()+"\n\n") {
			t.Errorf("%s: the page says no severity, or one that there is not", code)
		}
		if e.Section("What to do") == "" {
			t.Errorf("%s does not say what to do", code)
		}
		next := 0
		for _, s := range e.Sections {
			for next < len(order) && order[next] != s.Heading {
				next++
			}
			if next == len(order) || s.Text == "" {
				t.Errorf("%s: the section %q is unknown, empty or out of order", code, s.Heading)
			}
		}
		if strings.Count(page, "\n```")%2 != 0 {
			t.Errorf("%s: a fence is not closed", code)
		}
	}
}
