package parts

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
)

// RootRules refuse tags that bluegen sets itself, and a region in a circle.
func (s *Site) RootRules() diag.List {
	var out diag.List
	if region := s.In.Terraform.Provider.Region; region.From == blueprint.SSM {
		out = append(out, Found(CodeRegionRead, region.Range, "The provider cannot read its own region",
			"To read a parameter the provider must know its region already: Terraform refuses the circle. Write the region, take it from a variable, or leave it out, then the provider's environment says it."))
	}
	for _, t := range s.In.Tags {
		if t.Key.V == "service" || t.Key.V == "environment" {
			out = append(out, Found(CodeReservedTag, t.Key.Range, "The tag "+t.Key.V+" is bluegen's own",
				"Every resource has the tags service and environment already, from the blueprint's name and its environment. Take this one out, or call it otherwise."))
		}
	}
	return out
}

// Rules are the judgements that every engine makes.
func (s *Site) Rules() diag.List {
	var out diag.List
	for _, found := range []diag.List{s.TerraformPin(), s.TaskRules(), s.NetworkRules(), s.RoleRules(), s.RootRules()} {
		out = append(out, found...)
	}
	return out
}
