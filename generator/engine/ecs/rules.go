package ecs

import (
	"bluegen/generator/diag"
	"bluegen/generator/parts"
)

// rule is one judgement over a whole deployment.
type rule = parts.Rule[*deployment]

// rules are all judgements across keys, by what they judge.
func rules() []rule {
	return []rule{
		{"pin", pinRules}, {"strategy", strategyRules}, {"steps", stepRules},
		{"traffic", trafficRules}, {"conditions", conditionRules}, {"listeners", listenerRules}, {"health", healthRules},
		{"every engine", func(d *deployment) diag.List { return d.Rules() }}, {"service", serviceRules}, {"roles", roleRules},
		{"hooks", hookRules}, {"waits", waitRules}, {"handlers", handlerRules}, {"timeouts", timeoutRules}, {"names", nameRules},
	}
}
