package generator

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
)

func TestLifted(t *testing.T) {
	t.Parallel()
	newest := version.Must(version.NewVersion("6.66.0"))
	bad := []schemas.BadRelease{{Version: version.Must(version.NewVersion("6.53.0"))}, {Version: version.Must(version.NewVersion("6.70.0"))}}
	for from, want := range map[string]string{
		"6.40.0":                     "6.66.0",
		"= 6.40.0":                   "= 6.66.0",
		"=6.40":                      "=6.66.0",
		"~> 6.40":                    "~> 6.66, != 6.70.0",
		"~> 6.40.1":                  "~> 6.66.0",
		"~> 5.100":                   "~> 6.66, != 6.70.0",
		">= 6.40, < 7.0":             ">= 6.66, < 7.0, != 6.70.0",
		">= 5.100":                   ">= 6.66, < 7.0, != 6.70.0",
		">= 6.40, != 6.41.0, < 7":    ">= 6.66, < 7.0, != 6.70.0",
		">= 6.40, != 6.67.0, < 7":    ">= 6.66, < 7.0, != 6.67.0, != 6.70.0",
		">= 6.66, < 7.0":             ">= 6.66, < 7.0, != 6.70.0",
		">= 6.66, < 7.0, != 6.70.0":  ">= 6.66, < 7.0, != 6.70.0",
		"6.66.0":                     "6.66.0",
		">= 6.66.0, < 6.67":          ">= 6.66.0, < 6.67",
		">= 6.65, != 6.65.0, < 6.66": ">= 6.66, < 7.0, != 6.70.0",
	} {
		got, err := lifted(from, newest, bad)
		if err != nil || got != want {
			t.Errorf("%s becomes %s, want %s (%v)", from, got, want, err)
		}
		if again, err := lifted(got, newest, bad); err != nil || again != got {
			t.Errorf("%s is not the end of it: %s (%v)", got, again, err)
		}
	}
	if got, err := lifted("~> 6.40", version.Must(version.NewVersion("6.66.2")), nil); err != nil || got != "~> 6.66" {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := lifted(">= 6.40", version.Must(version.NewVersion("6.66.2")), nil); err != nil || got != ">= 6.66.2, < 7.0" {
		t.Errorf("%s, %v", got, err)
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	to, why, err := raise(">= 6.40, < 7.0")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(why, "\n")
	for _, want := range []string{"hashicorp/aws 6.66.0 is the newest", "New since 6.40.0: pause_hook (6.66.0)", "No longer admitted: 6.53.0 and 6.54.0, where sigint_rollback"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s: it does not say %q:\n%s", to, want, text)
		}
	}
	if _, why, err := raise(">= 6.66, < 7.0"); err != nil || why != nil {
		t.Errorf("%v, %v", why, err)
	}
}

const pinned = `version: 1  # of the format
name: orders
engine: ecs
PINtraffic:
  web:
    alb:
      production: {priority: 110, when: [{host_header: [orders.example.com]}]}
deployment: {strategy: rolling}
environments:
  staging:
    service: {desired_count: 1}
  production: {}
`

func TestPlanUpgrade(t *testing.T) {
	t.Parallel()
	const base = "terraform: {aws_provider: \">= 6.40, < 7.0\"}  # why\n"
	for name, tc := range map[string]struct {
		pin          string
		environments []string
		want         string // the lines that are new
		steps        []string
	}{
		"no pin":      {},
		"newest":      {pin: "terraform: {aws_provider: \">= 6.66\"}\n"},
		"for all":     {pin: base, want: "terraform: {aws_provider: \">= 6.66, < 7.0\"}  # why", steps: []string{"terraform.aws_provider"}},
		"in a layer":  {pin: base, environments: []string{"staging"}, want: "    terraform: {aws_provider: \">= 6.66, < 7.0\"}", steps: []string{"terraform.aws_provider staging"}},
		"no pin here": {environments: []string{"staging"}},
		"in each layer": {pin: base, environments: []string{"staging", "production"},
			want:  "    terraform: {aws_provider: \">= 6.66, < 7.0\"}\n  production: {terraform: {aws_provider: \">= 6.66, < 7.0\"}}",
			steps: []string{"terraform.aws_provider staging", "terraform.aws_provider production"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(pinned, "PIN", tc.pin, 1)
			up, diags := PlanUpgrade(fromText(text), "blueprint.yaml", tc.environments)
			if diags.HasErrors() {
				t.Fatal(said(diags))
			}
			var steps, added []string
			for _, s := range up.Steps {
				steps = append(steps, strings.TrimSpace(s.Key+" "+s.Environment))
				if s.From != ">= 6.40, < 7.0" || s.To != ">= 6.66, < 7.0" || len(s.Why) < 2 {
					t.Errorf("%+v", s)
				}
			}
			for line := range strings.Lines(string(up.New)) {
				if !strings.Contains(text, line) {
					added = append(added, strings.TrimSuffix(line, "\n"))
				}
			}
			if diff := cmp.Diff(tc.steps, steps) + cmp.Diff(tc.want, strings.Join(added, "\n")); diff != "" {
				t.Error(diff)
			}
			if after, diags := PlanUpgrade(fromText(string(up.New)), "blueprint.yaml", tc.environments); diags.HasErrors() || len(after.Steps) > 0 {
				t.Errorf("a second upgrade has steps: %v %s", after.Steps, said(diags))
			}
			if tc.steps == nil && string(up.New) != text {
				t.Error("bytes changed")
			}
		})
	}
}

func TestPlanUpgradeOfALayersPin(t *testing.T) {
	t.Parallel()
	text := strings.Replace(strings.Replace(pinned, "PIN", "terraform: {aws_provider: \">= 6.66\"}\n", 1), "service: {desired_count: 1}", "terraform:\n      aws_provider: '= 6.54.0'", 1)
	up, diags := PlanUpgrade(fromText(text), "blueprint.yaml", nil)
	if diags.HasErrors() || len(up.Steps) != 1 || up.Steps[0].Environment != "staging" || !strings.Contains(string(up.New), "aws_provider: '= 6.66.0'\n") {
		t.Errorf("%+v %s\n%s", up, said(diags), up.New)
	}
}

func TestPlanUpgradeRefuses(t *testing.T) {
	t.Parallel()
	if _, diags := PlanUpgrade(fromText(strings.Replace(pinned, "PIN", "", 1)), "blueprint.yaml", []string{"prod"}); !strings.Contains(said(diags), "BG2003") {
		t.Error(said(diags))
	}
	if _, diags := PlanUpgrade(fstest.MapFS{}, "blueprint.yaml", nil); !diags.HasErrors() {
		t.Error("there is no blueprint")
	}
	up, diags := PlanUpgrade(fromText(strings.Replace(pinned, "PIN", "terraform:\n  aws_provider: >-\n    >= 6.4\n", 1)), "blueprint.yaml", nil)
	if !strings.Contains(said(diags), string(CodeNotEditable)) || string(up.New) != string(up.Old) {
		t.Error(said(diags))
	}
}

// TestMigrate: two steps of a format that does not exist, one after the other.
func TestMigrate(t *testing.T) {
	t.Parallel()
	rename := func(from, to string) func([]byte) ([]blueprint.Edit, error) {
		return func(data []byte) ([]blueprint.Edit, error) {
			at := strings.Index(string(data), from)
			if at < 0 {
				return nil, errors.New("there is no " + from)
			}
			e := blueprint.Edit{Text: to}
			e.Range.Start.Byte, e.Range.End.Byte = at, at+len(from)
			return []blueprint.Edit{e}, nil
		}
	}
	table := []migration{{to: 2, why: []string{"two"}, edits: rename("engine", "motor")}, {to: 3, why: []string{"three"}, edits: rename("motor", "machine")}}
	data := []byte(strings.Replace(pinned, "PIN", "", 1))
	now, steps, err := migrate(data, blueprint.At[int]{V: 1}, table)
	if err != nil || len(steps) != 2 || steps[1].From != "2" || steps[1].To != "3" {
		t.Fatal(steps, err)
	}
	want := strings.NewReplacer("version: 1", "version: 3", "engine", "machine").Replace(string(data))
	if diff := cmp.Diff(want, string(now)); diff != "" {
		t.Error(diff)
	}
	if now, steps, err := migrate(data, blueprint.At[int]{V: 3}, table); err != nil || steps != nil || string(now) != string(data) {
		t.Error("version 3 is the newest", steps, err)
	}
	if _, _, err := migrate(data, blueprint.At[int]{V: 2}, table); err == nil || !strings.Contains(err.Error(), "version 3 of the blueprint: there is no motor") {
		t.Error(err)
	}
}
