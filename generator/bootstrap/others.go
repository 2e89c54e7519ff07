package bootstrap

import (
	"regexp"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// codeOthers warns of what a copy has of the service that it was copied from.
const codeOthers diag.Code = "BG3052"

// others warns of values that only one service may have, and of every line that still has the other one's name.
func others(data []byte, old string, services []*blueprint.Service) diag.List {
	var at []hcl.Range
	for _, s := range services {
		if b := s.Terraform.Backend; b != nil && b.S3 != nil && b.S3.Key.V != "" {
			at = append(at, b.S3.Key.Range)
		}
		if s.ECS == nil {
			continue
		}
		for _, t := range s.ECS.Traffic {
			at = append(at, rules(t.V.ALB)...)
		}
	}
	named := regexp.MustCompile(`(^|[^a-zA-Z0-9])` + regexp.QuoteMeta(old) + `($|[^a-zA-Z0-9])`)
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		said := strings.TrimSpace(line)
		if !strings.HasPrefix(said, "#") && named.MatchString(said) && number != services[0].Name.Range.Start.Line {
			column := strings.Index(line, old) + 1
			at = append(at, hcl.Range{Filename: Name, Start: hcl.Pos{Line: number, Column: column}, End: hcl.Pos{Line: number, Column: column + len(old)}})
		}
	}
	// What a base says is every service's.
	at = slices.DeleteFunc(at, func(r hcl.Range) bool { return r.Filename != Name })
	slices.SortFunc(at, func(a, b hcl.Range) int { return a.Start.Line - b.Start.Line })
	at = slices.CompactFunc(at, func(a, b hcl.Range) bool { return a.Start.Line == b.Start.Line })
	if len(at) == 0 {
		return nil
	}
	return diag.List{{
		Code: codeOthers, Severity: diag.Warning, Subject: at[0], Related: at[1:],
		Summary: "The copy still holds what belongs to " + old,
		Detail:  "Two services must share neither a rule's priority in one listener, nor its conditions, nor a state. Look at these lines before you apply.",
	}}
}

func rules(alb *blueprint.ALB) []hcl.Range {
	if alb == nil {
		return nil
	}
	var out []hcl.Range
	if alb.Production != nil {
		out = append(out, alb.Production.Priority.Range)
	}
	if alb.Test != nil {
		out = append(out, alb.Test.Priority.Range)
	}
	return out
}
