package generator

import (
	"fmt"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/tf"

	"github.com/hashicorp/hcl/v2"
)

// The codes of what only the façade can find.
const (
	// CodeUnknownEnvironment is -e with a name that the blueprint does not have.
	CodeUnknownEnvironment diag.Code = "BG2003"
	// CodeUnknownProvider is a provider constraint that no embedded schema covers.
	CodeUnknownProvider diag.Code = "BG2004"
	// CodeStateKey is one state for two environments.
	CodeStateKey diag.Code = "BG2005"
)

// stateKeys refuses a state's key that two environments share: each apply would destroy what the other made.
func stateKeys(services []*blueprint.Service) diag.List {
	var out diag.List
	first := map[string]*blueprint.Service{}
	for _, s := range services {
		b := s.Terraform.Backend
		if b == nil || b.S3 == nil || b.S3.Key.V == "" {
			continue
		}
		place := b.S3.Bucket.V + "/" + b.S3.Key.V
		if other, shared := first[place]; shared {
			out = append(out, diag.Diagnostic{
				Code: CodeStateKey, Subject: b.S3.Key.Range, Related: related(other.Terraform.Backend.S3.Key.Range, b.S3.Key.Range),
				Summary: fmt.Sprintf("The environments %s and %s share one state", other.Environment.V, s.Environment.V),
				Detail:  "Each apply would destroy what the other made. Leave `key` out, then it has the environment's name in it, or write one in each environment.",
			})
			continue
		}
		first[place] = s
	}
	return out
}

// related is the other place, unless it is the same: a base that both environments inherit.
func related(other, here hcl.Range) []hcl.Range {
	if other == here {
		return nil
	}
	return []hcl.Range{other}
}

func unknownEnvironments(services []*blueprint.Service, wanted []string, file string) diag.List {
	var have []string
	for _, s := range services {
		if s.Environment.V != "" {
			have = append(have, s.Environment.V)
		}
	}
	var out diag.List
	for _, w := range wanted {
		if len(services) == 0 || slices.Contains(have, w) {
			continue
		}
		detail := "It has no environments: leave -e away."
		if len(have) > 0 {
			detail = "It has " + strings.Join(have, ", ") + "."
		}
		out = append(out, diag.Diagnostic{
			Code: CodeUnknownEnvironment, Summary: fmt.Sprintf("The blueprint has no environment %q", w), Detail: detail,
			Subject: hcl.Range{Filename: file, Start: hcl.InitialPos, End: hcl.InitialPos},
		})
	}
	return out
}

func unknownProvider(s *blueprint.Service, err error) diag.Diagnostic {
	return diag.Diagnostic{
		Code: CodeUnknownProvider, Subject: s.Terraform.AWSProvider.Range,
		Summary: "No schema for this provider constraint",
		Detail:  "bluegen checks its output against the provider's schema: " + err.Error() + ". Write a floor within these, such as `>= 6.66, < 7.0`, or take a newer bluegen.",
	}
}

func internal(message string) diag.Diagnostic {
	return diag.Diagnostic{Code: diag.Internal, Summary: "A mistake of bluegen's own: nothing is written", Detail: message + "."}
}

func internalProblems(problems []tf.Problem) diag.List {
	var out diag.List
	for _, p := range problems {
		where := p.Address
		if p.Module != "" {
			where = p.Module + ": " + where
		}
		out = append(out, internal(where+": "+p.Message))
	}
	return out
}
