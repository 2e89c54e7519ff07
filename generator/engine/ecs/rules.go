package ecs

import (
	"bluegen/generator/diag"
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
		{"every engine", func(d *deployment) diag.List { return d.Rules() }}, {"service", serviceRules}, {"roles", roleRules},
		{"hooks", hookRules}, {"waits", waitRules}, {"handlers", handlerRules}, {"timeouts", timeoutRules}, {"names", nameRules},
	}
}
