package ecs

import (
	"fmt"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
)

// stateLock is the first Terraform that locks the state with a file in the bucket.
const stateLock = "1.10"

// pinRules: what some admitted version of provider or terraform does not have must not be written.
func pinRules(d *deployment) diag.List {
	var out diag.List
	in := d.in.ECS.Deployment
	switch {
	case d.shifts:
		at := in.Strategy.Range
		if in.Strategy.Default {
			at = d.in.Terraform.AWSProvider.Range // nobody wrote the strategy: the pin is at fault
		}
		out = append(out, d.lacking(CodePinStrategy, schemas.BlueGreen, at, "Strategy "+in.Strategy.V)...)
	case d.twoGroups():
		out = append(out, d.lacking(CodePinStrategy, schemas.BlueGreen, in.KeepPair.Range, "keep_pair")...)
	}
	for _, h := range d.hooks {
		for _, s := range h.in.Stages {
			if s.V == hook.PreProductionTrafficShift {
				out = append(out, d.lacking(CodePinStage, schemas.PreProductionStage, s.Range, "Stage "+s.V)...)
			}
		}
	}
	if in.SigintRollback.V {
		out = append(out, d.sigintPin(in.SigintRollback.Range)...)
	}
	return append(out, d.terraformPin()...)
}

// sigintPin: a provider that does not know the argument, or in which it does harm.
func (d *deployment) sigintPin(at hcl.Range) diag.List {
	if lacking := d.lacking(CodePinSigint, schemas.SigintRollback, at, "sigint_rollback"); lacking != nil {
		return lacking
	}
	bad := d.aws.Bad(schemas.SigintRollback)
	if len(bad) == 0 {
		return nil
	}
	pin := d.in.Terraform.AWSProvider
	constraint, releases := pin.V, make([]string, 0, len(bad))
	for _, b := range bad {
		constraint += ", != " + b.Version.String()
		releases = append(releases, b.Version.String())
	}
	return diag.List{warn(CodePinBad, at, "aws_provider admits "+names(releases)+", in which sigint_rollback is broken",
		fmt.Sprintf("There %s. Write a constraint without: `aws_provider: %q`.", strings.TrimRight(bad[0].Reason, "."), constraint), pin.Range)}
}

// lacking says that some admitted version does not know a feature, and which floor would.
func (d *deployment) lacking(code diag.Code, f schemas.Feature, at hcl.Range, what string) diag.List {
	since, lacks := d.aws.Lacks(f)
	if !lacks {
		return nil
	}
	pin := d.in.Terraform.AWSProvider
	var related []hcl.Range
	if at != pin.Range {
		related = append(related, pin.Range)
	}
	return diag.List{found(code, at,
		fmt.Sprintf("%s needs hashicorp/aws %s, and aws_provider admits %s", what, parts.Short(since), parts.Short(d.aws.Floor())),
		fmt.Sprintf("Everything that the constraint %q admits must be able to read the output. Write a floor of at least %s: `aws_provider: \">= %s\"`.", pin.V, parts.Short(since), parts.Short(since)),
		related...)}
}

func (d *deployment) terraformPin() diag.List {
	pin := d.in.Terraform.RequiredVersion
	constraint, err := version.NewConstraint(pin.V)
	if err != nil || d.in.Terraform.Backend == nil || !admitsBelow(constraint, stateLock) {
		return nil
	}
	return diag.List{found(CodePinTerraform, pin.Range, "The state's lock file needs Terraform "+stateLock,
		"The S3 backend is written with `use_lockfile`, which older releases refuse. Write `required_version: \">= "+stateLock+"\"`.",
		d.in.Terraform.Backend.Range)}
}

// admitsBelow says that a constraint admits some release below a version: what it admits begins at the
// first release, at one that it names, or just behind one.
func admitsBelow(c version.Constraints, limit string) bool {
	first := version.Must(version.NewVersion("0.0.0"))
	candidates := []*version.Version{first}
	for _, one := range c {
		if named, err := version.NewVersion(strings.TrimLeft(one.String(), "=!<>~ \t")); err == nil {
			s := named.Core().Segments()
			behind := fmt.Sprintf("%d.%d.%d", s[0], s[1], s[2]+1)
			candidates = append(candidates, named.Core(), version.Must(version.NewVersion(behind)))
		}
	}
	bound := version.Must(version.NewVersion(limit))
	return slices.ContainsFunc(candidates, func(v *version.Version) bool { return v.LessThan(bound) && c.Check(v) })
}

func sentence(s string) string {
	s = strings.TrimRight(s, ".")
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// rootRules: tags that bluegen sets itself, a region in a circle, and names that had to be shortened.
func rootRules(d *deployment) diag.List {
	var out diag.List
	if region := d.in.Terraform.Provider.Region; region.From == blueprint.SSM {
		out = append(out, found(CodeRegionRead, region.Range, "The provider cannot read its own region",
			"To read a parameter the provider must know its region already: Terraform refuses the circle. Write the region, take it from a variable, or leave it out, then the provider's environment says it."))
	}
	for _, t := range d.in.Tags {
		if t.Key.V == "service" || t.Key.V == "environment" {
			out = append(out, found(CodeReservedTag, t.Key.Range, "The tag "+t.Key.V+" is bluegen's own",
				"Every resource has the tags service and environment already, from the blueprint's name and its environment. Take this one out, or call it otherwise."))
		}
	}
	for _, p := range d.pairs {
		colour := "blue"
		if p.paired() {
			colour = "green" // the longer one
		}
		if whole := strings.Join(nonEmpty(d.in.Name.V, d.in.Environment.V, p.key, colour), "-"); len(whole) > parts.TargetGroupName {
			out = append(out, diag.Diagnostic{Code: CodeShortened, Severity: diag.Notice, Subject: p.origin,
				Summary: "The target groups of " + p.key + " are called " + strings.Join(nonEmpty(p.blue, p.green), " and "),
				Detail:  fmt.Sprintf("AWS takes %d characters, and %s has %d: the end is a hash of the whole name.", parts.TargetGroupName, whole, len(whole))})
		}
	}
	return out
}

// names lists what a diagnostic offers: "app and proxy".
func names(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// said reports whether a leaf was written.
func said[T any](at blueprint.At[T]) bool { return !at.Default && at.Range.Filename != "" }
