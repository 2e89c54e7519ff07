package ecs

import (
	"fmt"
	"slices"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/schemas"
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
		out = append(out, d.Lacking(CodePinSigint, schemas.SigintRollback, in.SigintRollback.Range, "sigint_rollback")...)
	}
	return append(out, brokenRules(d, out)...)
}

// brokenRules: a release that the pin admits, and in which something that the blueprint asks for does harm. What some admitted release
// lacks altogether is told already.
func brokenRules(d *deployment, told diag.List) diag.List {
	var out diag.List
	pin := d.In.Terraform.AWSProvider
	for _, n := range parts.Needs(d.In) {
		bad := d.AWS.Bad(n.Feature)
		if len(bad) == 0 || slices.ContainsFunc(told, func(t diag.Diagnostic) bool { return t.Subject == n.Range }) {
			continue
		}
		constraint, releases := pin.V, make([]string, 0, len(bad))
		for _, b := range bad {
			constraint += ", != " + b.Version.String()
			releases = append(releases, b.Version.String())
		}
		out = append(out, parts.Warn(CodePinBad, n.Range, "aws_provider admits "+parts.Names(releases)+", in which "+n.What+" is broken",
			fmt.Sprintf("There %s. Write a constraint without: `aws_provider: %q`.", strings.TrimRight(bad[0].Reason, "."), constraint), pin.Range))
	}
	return out
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
