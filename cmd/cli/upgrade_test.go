package cli

import (
	"strings"
	"testing"

	"bluegen/generator"
	"bluegen/generator/blueprint"
	"bluegen/generator/terraform"

	"github.com/hashicorp/hcl/v2"
)

// A pin that another file says is named with that file: this one is not the newest, and there is nothing to edit in it.
func TestAPinOfAnotherFile(t *testing.T) {
	t.Parallel()
	a := &app{}
	pin := blueprint.At[string]{V: ">= 6.4", Range: hcl.Range{Filename: "../platform.yaml"}}
	textView{a}.upgraded(outcome{upgrades: []upgrade{{Upgrade: &generator.Upgrade{Elsewhere: []blueprint.At[string]{pin}}, blueprint: "blueprint.yaml"}}}, upgradeOptions{})
	if out := a.out.String(); out != "" {
		t.Errorf("stdout: %s", out)
	}
	if err := a.err.String(); err != "blueprint.yaml: terraform.aws_provider is said in ../platform.yaml: upgrade that file.\n" {
		t.Errorf("stderr: %s", err)
	}
}

func TestNewer(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"0.2.0", "0.1.0", true}, {"0.1.0", "0.1.0", false}, {"0.0.9", "0.1.0", false}, {"0.10.0", "0.9.0", true}, {"", "0.1.0", false}, {"1.0.0", "dev", false},
	} {
		if got := newer(tc.a, tc.b); got != tc.want {
			t.Errorf("%q newer than %q: %t", tc.a, tc.b, got)
		}
	}
}

// Forgotten resources are no loss, and every row says its fate in one column.
func TestRehearsalTable(t *testing.T) {
	t.Parallel()
	a := &app{}
	textView{a}.rehearsal(&a.out, rehearsal{directory: "terraform", old: "old", steps: []terraform.Step{
		{Address: "a.b", Fate: terraform.Forgotten},
		{Address: "a.c", Was: "a.d", Fate: terraform.Moved},
		{Address: "a.e", Fate: terraform.Replaced, Because: []string{"name", "port"}},
		{Address: "a.f", Fate: terraform.Created},
	}})
	want := `terraform, on the state of old:
  forget   a.b
  move     a.c, from a.d
  replace  a.e, because of name, port
  create   a.f
  1 resource of 4: destroyed or replaced
`
	if got := a.out.String(); got != want {
		t.Error(strings.TrimSpace(got))
	}
}
