package blueprint_test

import (
	"fmt"
	"strings"
	"testing"

	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
)

// head is what every snippet of the tables stands behind: its first line is line 4.
const head = "version: 1\nname: orders\nengine: ecs\n"

// line is a diagnostic as the tables write it: place, code, environment, summary, related places.
func line(d diag.Diagnostic) string {
	text := fmt.Sprintf("%s %s ", place(d.Subject), d.Code)
	if d.Environment != "" {
		text += "[" + d.Environment + "] "
	}
	text += d.Summary
	for _, r := range d.Related {
		text += " <- " + place(r)
	}
	return text
}

func place(r hcl.Range) string {
	return fmt.Sprintf("%d:%d-%d:%d", r.Start.Line, r.Start.Column, r.End.Line, r.End.Column)
}

func lines(diags diag.List) []string {
	all := []string{}
	for _, d := range diags {
		all = append(all, line(d))
	}
	return all
}

type mistake struct {
	name, text string
	want       []string
}

func checkMistakes(t *testing.T, cases []mistake) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			services, diags := load(t, head+c.text)
			if diff := cmp.Diff(c.want, lines(diags)); diff != "" {
				t.Errorf("%s\n%s", c.text, diff)
			}
			if diags.HasErrors() == (services != nil) {
				t.Errorf("errors: %t, services: %d", diags.HasErrors(), len(services))
			}
			for _, d := range diags {
				checkDiagnostic(t, d)
			}
		})
	}
}

// checkDiagnostic holds a diagnostic against the manners of all of them.
func checkDiagnostic(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	if _, ok := diag.Explain(d.Code); !ok {
		t.Errorf("%s has no text in the catalogue", d.Code)
	}
	if strings.HasSuffix(d.Summary, ".") || strings.Contains(d.Summary, "\n") || d.Summary == "" {
		t.Errorf("summary %q is not one line without a full stop", d.Summary)
	}
	if !strings.HasSuffix(d.Detail, ".") && !strings.HasSuffix(d.Detail, ".)") && !strings.HasSuffix(d.Detail, "…") {
		t.Errorf("detail %q is not whole sentences", d.Detail)
	}
}
