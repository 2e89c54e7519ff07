package parts

import (
	"fmt"
	"slices"
	"strings"

	"bluegen/generator/diag"
	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
)

// stateLock is the first Terraform that locks the state with a file in the bucket.
const stateLock = "1.10"

// Lacking says that some admitted version does not know a feature, and which floor would.
func (s *Site) Lacking(code diag.Code, f schemas.Feature, at hcl.Range, what string) diag.List {
	since, lacks := s.AWS.Lacks(f)
	if !lacks {
		return nil
	}
	pin := s.In.Terraform.AWSProvider
	var related []hcl.Range
	if at != pin.Range {
		related = append(related, pin.Range)
	}
	return diag.List{Found(code, at,
		fmt.Sprintf("%s needs hashicorp/aws %s, and aws_provider admits %s", what, Short(since), Short(s.AWS.Floor())),
		fmt.Sprintf("Everything that the constraint %q admits must be able to read the output. Write a floor of at least %s: `aws_provider: \">= %s\"`.", pin.V, Short(since), Short(since)),
		related...)}
}

// TerraformPin is what the backend needs of Terraform.
func (s *Site) TerraformPin() diag.List {
	pin := s.In.Terraform.RequiredVersion
	if s.In.Terraform.Backend == nil || !s.TerraformBelow(stateLock) {
		return nil
	}
	return diag.List{Found(CodePinTerraform, pin.Range, "The state's lock file needs Terraform "+stateLock,
		"The S3 backend is written with `use_lockfile`, which older releases refuse. Write `required_version: \">= "+stateLock+"\"`.",
		s.In.Terraform.Backend.Range)}
}

// TerraformBelow says that the constraint on Terraform admits a release below a version.
func (s *Site) TerraformBelow(limit string) bool {
	constraint, err := version.NewConstraint(s.In.Terraform.RequiredVersion.V)
	return err == nil && admitsBelow(constraint, limit)
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
