package terraform

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
)

// mistake is one row of testdata/mistakes/mistakes.json: in File replace Old by New.
type mistake struct {
	Name  string `json:"name"`
	File  string `json:"file"`
	Old   string `json:"old"`
	New   string `json:"new"`
	New6x bool   `json:"needs_6x"`
	Kind  string `json:"kind"`
}

// accepted are the mistakes that the served provider lets pass, each with the reason.
func accepted() map[string]string {
	return map[string]string{
		"new: missing role_arn in hook": "6.66 made it optional for the sake of pause hooks; TestFloorCounts has it refused below",
	}
}

func readMistakes(tb testing.TB) []mistake {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "mistakes", "mistakes.json"))
	if err != nil {
		tb.Fatal(err)
	}
	var all []mistake
	if err := json.Unmarshal(data, &all); err != nil {
		tb.Fatal(err)
	}
	if len(all) != 53 {
		tb.Fatalf("%d mistakes, want 53", len(all))
	}
	return all
}

// make applies the mistake to a fresh copy of the module set.
func (m mistake) make(tb testing.TB) string {
	tb.Helper()
	dir := module(tb)
	path := filepath.Join(dir, filepath.FromSlash(m.File))
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	edited := strings.Replace(string(data), m.Old, m.New, 1)
	if edited == string(data) {
		tb.Fatalf("%s has no %q", m.File, m.Old)
	}
	write(tb, dir, m.File, edited)
	return dir
}

// The judge is judged: what the served provider lets pass, no golden would catch.
// A mistake that validate lets pass must not survive the module set's own tests.
func TestMistakesAreRefused(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	for _, m := range readMistakes(t) {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			dir := m.make(t)
			out, err := s.Validate(t.Context(), dir, view)
			if err != nil {
				t.Fatal(err)
			}
			said := errorsOf(out.Diagnostics)
			if said == "" {
				said = failuresOf(t, s, dir, view)
			}
			reason, pass := accepted()[m.Name]
			switch {
			case said == "" && !pass:
				t.Error("the mistake passes")
			case said != "" && pass:
				t.Errorf("the mistake is refused, yet listed as accepted because %s:\n%s", reason, said)
			default:
				t.Log(said)
			}
		})
	}
}

func failuresOf(t *testing.T, s *Session, dir string, view *schemas.View) string {
	t.Helper()
	out, err := s.Test(t.Context(), dir, view)
	if err != nil {
		t.Fatal(err)
	}
	var ds []tfjson.Diagnostic
	for _, d := range out.Diagnostics {
		ds = append(ds, d.Diagnostic)
	}
	return errorsOf(ds)
}

// What the newest schema made optional is still required by a view whose floor is below that.
func TestFloorCounts(t *testing.T) {
	t.Parallel()
	s := openSession(t)
	for _, m := range readMistakes(t) {
		if m.Name != "new: missing role_arn in hook" {
			continue
		}
		out, err := s.Validate(t.Context(), m.make(t), openView(t, ">= 6.40, < 7.0"))
		if err != nil || out.Valid {
			t.Errorf("it passes below 6.66, %v", err)
		}
	}
}

// A value that is refused is refused at its own line: the path that the server tells is the one that terraform finds.
func TestValuesAreRefusedWhereTheyAreWritten(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	for _, m := range readMistakes(t) {
		if m.Kind != "value" && m.Name != "set computed-only attr" {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			dir := m.make(t)
			text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(m.File)))
			if err != nil {
				t.Fatal(err)
			}
			before, _, _ := strings.Cut(string(text), m.New)
			first := 1 + strings.Count(before, "\n")
			last := first + strings.Count(m.New, "\n")
			if m.New6x {
				// Inside a set the protocol has no step for the element: the block is named instead.
				first -= strings.Count(before[strings.LastIndex(before, "lifecycle_hook"):], "\n")
			}
			out, err := s.Validate(t.Context(), dir, view)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range out.Diagnostics {
				if d.Range == nil || d.Range.Filename != m.File || d.Range.Start.Line < first || d.Range.Start.Line > last {
					t.Errorf("want %s:%d-%d, got %+v: %s", m.File, first, last, d.Range, d.Detail)
				}
			}
			if len(out.Diagnostics) == 0 {
				t.Error("the value passes")
			}
		})
	}
}
