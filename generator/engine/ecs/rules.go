package ecs

import (
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// rule is one judgement over a whole deployment; its code has a text in the catalogue and a golden.
// Each reads the deployment alone, so their order does not matter.
type rule struct {
	name  string
	check func(*deployment) diag.List
}

// rules are all judgements across keys, by what they judge.
func rules() []rule {
	return []rule{
		{"pin", pinRules}, {"strategy", strategyRules}, {"steps", stepRules},
		{"traffic", trafficRules}, {"conditions", conditionRules}, {"listeners", listenerRules}, {"health", healthRules},
		{"task", taskRules}, {"service", serviceRules}, {"network", networkRules}, {"roles", roleRules},
		{"hooks", hookRules}, {"waits", waitRules}, {"handlers", handlerRules}, {"timeouts", timeoutRules}, {"root", rootRules},
	}
}

// found builds a diagnostic; the severity is an error until said otherwise.
func found(code diag.Code, at hcl.Range, summary, detail string, related ...hcl.Range) diag.Diagnostic {
	return diag.Diagnostic{Code: code, Subject: at, Summary: summary, Detail: detail, Related: related}
}

// warn is found as a warning: the output is written.
func warn(code diag.Code, at hcl.Range, summary, detail string, related ...hcl.Range) diag.Diagnostic {
	d := found(code, at, summary, detail, related...)
	d.Severity = diag.Warning
	return d
}
