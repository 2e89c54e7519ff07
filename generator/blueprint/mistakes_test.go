package blueprint_test

import (
	"fmt"
	"os"
	"path/filepath"
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

// mistake is a snippet and what is said of it.
type mistake struct {
	text string
	want []string
}

// mistakes reads the tables in testdata/mistakes: a line === name, a snippet that follows head,
// and a line --> for every diagnostic, in order; none where the snippet is right.
func mistakes(t testing.TB) map[string]mistake {
	t.Helper()
	files, err := filepath.Glob("testdata/mistakes/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no tables", err)
	}
	all := map[string]mistake{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for part := range strings.SplitSeq(strings.TrimPrefix(string(data), "=== "), "\n=== ") {
			name, body, _ := strings.Cut(part, "\n")
			text, want, _ := strings.Cut(body, "\n--> ")
			m := mistake{text: strings.TrimSuffix(text, "\n"), want: []string{}}
			if want != "" {
				m.want = strings.Split(strings.TrimSuffix(want, "\n"), "\n--> ")
			}
			all[strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+name] = m
		}
	}
	return all
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for name, m := range mistakes(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			services, diags := load(t, head+m.text)
			if diff := cmp.Diff(m.want, lines(diags)); diff != "" {
				t.Errorf("%s\n%s", m.text, diff)
			}
			if diags.HasErrors() == (services != nil) {
				t.Errorf("errors: %t, services: %d", diags.HasErrors(), len(services))
			}
			for _, d := range diags {
				checkDiagnostic(t, d)
			}
			_, diags = load(t, "\uFEFF"+strings.ReplaceAll(head+m.text, "\n", "\r\n"))
			if diff := cmp.Diff(m.want, lines(diags)); diff != "" {
				t.Errorf("with a byte order mark and line ends of Windows: %s\n%s", m.text, diff)
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
	if !strings.HasSuffix(d.Detail, ".") && !strings.HasSuffix(d.Detail, "?") && !strings.HasSuffix(d.Detail, ".)") && !strings.HasSuffix(d.Detail, "…") {
		t.Errorf("detail %q is not whole sentences", d.Detail)
	}
}
