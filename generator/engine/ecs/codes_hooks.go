package ecs

import "bluegen/generator/diag"

// The codes of the kinds of hooks; their texts are in the catalogue.
const (
	CodePausePin      diag.Code = "BG2150" // the pin admits a provider without pauses
	CodePauseStage    diag.Code = "BG2151" // a pause at a stage that ECS refuses
	CodePauseMinutes  diag.Code = "BG2152" // a pause that is not whole minutes
	CodeApprovalWait  diag.Code = "BG2153" // Terraform waits for people, without saying how long
	CodeSmokeOpen     diag.Code = "BG2154" // a smoke test that does not know where to
	CodeSmokeEarly    diag.Code = "BG2155" // a smoke test before green has requests
	CodeSmokeMisses   diag.Code = "BG2156" // a request that its rule does not take
	CodeExpression    diag.Code = "BG2157" // an expression and metrics that do not agree
	CodeHookTraffic   diag.Code = "BG2158" // a hook that does not say whose traffic
	CodeDetailsPin    diag.Code = "BG2159" // the pin admits a provider without hook_details
	CodeTimeoutPin    diag.Code = "BG2160" // the pin admits a provider without a hook's timeout
	CodeLambdaTimeout diag.Code = "BG2161" // a timeout longer than ECS takes for a function
	CodeTooMuchTold   diag.Code = "BG2162" // more settings than a function's environment holds
	CodePausesAlike   diag.Code = "BG2163" // two pauses that are one
	CodePauseTraced   diag.Code = "BG2164" // a key of functions on a pause
	CodeTimeoutShort  diag.Code = "BG2165" // a timeout shorter than one call
	CodeNoSuchMetric  diag.Code = "BG2211" // a metric that a Network Load Balancer does not have
	CodeSmokePort     diag.Code = "BG2212" // a smoke test that goes to another listener's port
)
