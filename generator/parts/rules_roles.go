package parts

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// RoleRules leave an existing role as it is.
func (s *Site) RoleRules() diag.List {
	in := s.In.Roles
	var out diag.List
	if in.Execution.ARN.Said() {
		out = append(out, ExistingRole(in.Execution.ARN, Execution, policyRanges(in.Execution.PolicyARNs, in.Execution.Statements)...)...)
	}
	if in.Task.ARN.Said() {
		out = append(out, ExistingRole(in.Task.ARN, Task, policyRanges(in.Task.PolicyARNs, in.Task.Statements)...)...)
	}
	return out
}

// ExistingRole refuses what is said of a role that exists already; more are the places that say it.
func ExistingRole(arn blueprint.Value[string], name string, more ...hcl.Range) diag.List {
	var out diag.List
	for _, at := range more {
		out = append(out, Found(CodeRoleTwice, at, "The "+name+" role exists already, and is left as it is",
			"With `arn` nothing is created, so policies said here would reach nobody. Put them where the role is made, or take `arn` out.", arn.Range))
	}
	return out
}

func policyRanges(arns []blueprint.At[string], statements []blueprint.Statement) []hcl.Range {
	var out []hcl.Range
	if len(arns) > 0 {
		out = append(out, arns[0].Range)
	}
	if len(statements) > 0 {
		out = append(out, statements[0].Range)
	}
	return out
}
