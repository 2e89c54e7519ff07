package parts

import "bluegen/generator/diag"

// The codes of the rules that every engine has; their texts are in the catalogue.
const (
	CodePinTerraform  diag.Code = "BG2014" // the state's lock file needs a newer terraform
	CodeIngressTwice  diag.Code = "BG2044" // two sources with one name
	CodeEgressTwice   diag.Code = "BG2045" // two destinations with one name
	CodeFargateSize   diag.Code = "BG2050" // a cpu and memory pair that Fargate has not
	CodeTaskTwice     diag.Code = "BG2051" // task and task_definition, or neither
	CodeGroupTwice    diag.Code = "BG2052" // security_group and security_group_ids
	CodeNoIngress     diag.Code = "BG2169" // an own security group that lets nobody in
	CodeSameContainer diag.Code = "BG2056" // two containers of one name
	CodeMovingTag     diag.Code = "BG2057" // an image whose tag moves
	CodeNotEssential  diag.Code = "BG2058" // no container keeps the task alive
	CodeSamePort      diag.Code = "BG2059" // two containers on one port
	CodeRoleTwice     diag.Code = "BG2070" // an existing role with policies of its own
	CodeReservedTag   diag.Code = "BG2100" // a tag that bluegen sets
	CodeRegionRead    diag.Code = "BG2101" // a region that only the provider itself could read
)
