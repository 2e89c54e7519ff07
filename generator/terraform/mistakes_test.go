package terraform

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
		"self reference": "terraform finds it while planning only, and a mocked plan does not; the real provider's validate lets it pass, too",
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
func TestMistakesAreRefused(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	t.Run("all", func(t *testing.T) {
		for _, m := range readMistakes(t) {
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				refusedBy := judge(t, s, m, func(dir string) (string, error) {
					out, err := s.Validate(t.Context(), dir, view)
					if err != nil {
						return "", err
					}
					return errorsOf(out.Diagnostics), nil
				})
				reason, pass := accepted()[m.Name]
				switch {
				case refusedBy == "" && !pass:
					t.Error("the mistake passes")
				case refusedBy != "" && pass:
					t.Errorf("the mistake is refused now, yet listed as accepted because %s:\n%s", reason, refusedBy)
				default:
					t.Log(refusedBy)
				}
			})
		}
	})
}

func judge(t *testing.T, _ *Session, m mistake, validate func(dir string) (string, error)) string {
	t.Helper()
	said, err := validate(m.make(t))
	if err != nil {
		t.Fatal(err)
	}
	return said
}
