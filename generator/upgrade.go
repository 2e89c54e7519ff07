package generator

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// CodeNotEditable is a pin that stands where it cannot be replaced in place.
const CodeNotEditable diag.Code = "BG5047"

// Upgrade is what becomes of a blueprint's bytes.
type Upgrade struct {
	Old, New []byte
	// Steps are the edits between them, in the order of the file.
	Steps []Step
	// Elsewhere are pins that are not the newest and that another file says: it is to be upgraded.
	Elsewhere []blueprint.At[string]
}

// Step is one edit and its reasons.
type Step struct {
	// Key is what is changed, such as "terraform.aws_provider"; Environment is whose layer says it now, "" for all.
	Key, Environment string
	// Range is where in the old bytes.
	Range    hcl.Range
	From, To string
	// Why is sentences.
	Why []string
}

// PlanUpgrade returns the edits that move a blueprint to the newest format and the newest pin of the provider, every other byte as it
// was. With environments only their layers get the pin; the format holds for the whole blueprint and stays then.
// A pin that the blueprint leaves to bluegen follows from what it asks for.
func PlanUpgrade(fsys fs.FS, name string, environments []string) (*Upgrade, diag.List) {
	services, diags := blueprint.Load(fsys, name)
	diags = append(diags, unknownEnvironments(services, environments, name)...)
	if diags.HasErrors() {
		return nil, diags.Sorted()
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, diag.List{internal(err.Error())}
	}
	up := &Upgrade{Old: data}
	if len(environments) > 0 {
		services = slices.DeleteFunc(services, func(s *blueprint.Service) bool { return !slices.Contains(environments, s.Environment.V) })
	} else if up.New, up.Steps, err = migrate(data, services[0].Version, migrations()); err != nil {
		return nil, diag.List{internal(err.Error())}
	}
	pinned, err := up.pins(services, len(environments) > 0)
	if err != nil {
		return nil, diag.List{internal(err.Error())}
	}
	return up, pinned
}

// pins adds the edits of the provider's constraint.
func (up *Upgrade) pins(services []*blueprint.Service, own bool) (diag.List, error) {
	var diags diag.List
	data := up.Old
	if up.New != nil {
		data = up.New
	}
	var edits []blueprint.Edit
	done := map[string]bool{}
	for _, s := range services {
		pin := s.Terraform.AWSProvider
		if pin.Default {
			continue
		}
		to, why, err := raise(pin.V)
		if err != nil {
			return nil, err
		}
		path := place(data, s.Environment.V, own)
		if to == pin.V || done[strings.Join(path, ".")] {
			continue
		}
		if path == nil {
			up.Elsewhere = append(up.Elsewhere, pin)
			continue
		}
		done[strings.Join(path, ".")] = true
		edit, err := blueprint.Put(data, s.File, to, path...)
		if err != nil {
			diags = append(diags, notEditable(pin, err))
			continue
		}
		step := Step{Key: "terraform.aws_provider", Range: edit.Range, From: pin.V, To: to, Why: why}
		if path[0] == "environments" {
			step.Environment = path[1]
		}
		up.Steps = append(up.Steps, step)
		edits = append(edits, edit)
	}
	var err error
	up.New, err = blueprint.Rewrite(data, edits...)
	slices.SortStableFunc(up.Steps, func(a, b Step) int { return a.Range.Start.Byte - b.Range.Start.Byte })
	return diags, err
}

// place is the path of keys at which an environment's pin is to be changed: its own layer's where that says it, or is to say it;
// else the base's. It is nil where this file says none.
func place(data []byte, environment string, own bool) []string {
	base := []string{"terraform", "aws_provider"}
	layer := []string{"environments", environment, "terraform", "aws_provider"}
	switch {
	case environment != "" && (own || blueprint.Said(data, layer...)):
		return layer
	case blueprint.Said(data, base...):
		return base
	default:
		return nil
	}
}

func notEditable(pin blueprint.At[string], err error) diag.Diagnostic {
	return diag.Diagnostic{
		Code: CodeNotEditable, Subject: pin.Range, Summary: "The pin of the provider cannot be replaced in place",
		Detail: fmt.Sprintf("%s. Write it as one text in quotes, such as `aws_provider: %q`, and run again.", upper(err.Error()), pin.V),
	}
}

func upper(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
