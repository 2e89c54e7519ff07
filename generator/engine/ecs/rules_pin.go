package ecs

import (
	"fmt"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/schemas"

	"github.com/hashicorp/hcl/v2"
)

// pinRules: what some admitted version of provider or terraform does not have must not be written.
func pinRules(d *deployment) diag.List {
	var out diag.List
	in := d.In.ECS.Deployment
	switch {
	case d.shifts:
		at := in.Strategy.Range
		if in.Strategy.Default {
			at = d.In.Terraform.AWSProvider.Range // nobody wrote the strategy: the pin is at fault
		}
		out = append(out, d.Lacking(CodePinStrategy, first(in.Strategy.V), at, "Strategy "+in.Strategy.V)...)
	case d.twoGroups():
		out = append(out, d.Lacking(CodePinStrategy, schemas.BlueGreen, in.KeepPair.Range, "keep_pair")...)
	}
	for _, h := range d.hooks {
		for _, s := range h.in.Stages {
			if s.V == hook.PreProductionTrafficShift {
				out = append(out, d.Lacking(CodePinStage, schemas.PreProductionStage, s.Range, "Stage "+s.V)...)
			}
		}
	}
	if in.SigintRollback.V {
		out = append(out, d.sigintPin(in.SigintRollback.Range)...)
	}
	return out
}

// sigintPin: a provider that does not know the argument, or in which it does harm.
func (d *deployment) sigintPin(at hcl.Range) diag.List {
	if lacking := d.Lacking(CodePinSigint, schemas.SigintRollback, at, "sigint_rollback"); lacking != nil {
		return lacking
	}
	bad := d.AWS.Bad(schemas.SigintRollback)
	if len(bad) == 0 {
		return nil
	}
	pin := d.In.Terraform.AWSProvider
	constraint, releases := pin.V, make([]string, 0, len(bad))
	for _, b := range bad {
		constraint += ", != " + b.Version.String()
		releases = append(releases, b.Version.String())
	}
	return diag.List{parts.Warn(CodePinBad, at, "aws_provider admits "+parts.Names(releases)+", in which sigint_rollback is broken",
		fmt.Sprintf("There %s. Write a constraint without: `aws_provider: %q`.", strings.TrimRight(bad[0].Reason, "."), constraint), pin.Range)}
}

// nameRules: names that had to be shortened.
func nameRules(d *deployment) diag.List {
	var out diag.List
	for _, p := range d.pairs {
		colour := "blue"
		if p.paired() {
			colour = "green" // the longer one
		}
		if whole := strings.Join(parts.NonEmpty(d.In.Name.V, d.In.Environment.V, p.key, colour), "-"); len(whole) > parts.TargetGroupName {
			out = append(out, diag.Diagnostic{Code: CodeShortened, Severity: diag.Notice, Subject: p.origin,
				Summary: "The target groups of " + p.key + " are called " + strings.Join(parts.NonEmpty(p.blue, p.green), " and "),
				Detail:  fmt.Sprintf("AWS takes %d characters, and %s has %d: the end is a hash of the whole name.", parts.TargetGroupName, whole, len(whole))})
		}
	}
	return out
}
