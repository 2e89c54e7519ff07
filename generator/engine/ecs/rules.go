package ecs

import (
	"bluegen/generator/diag"
)

// rules are all judgements across keys, by what they judge.
func rules() []func(*deployment) diag.List {
	return []func(*deployment) diag.List{
		pinRules, strategyRules, stepRules,
		trafficRules, conditionRules, listenerRules, healthRules, networkRules, connectRules,
		func(d *deployment) diag.List { return d.Rules() }, serviceRules, roleRules,
		func(d *deployment) diag.List { return d.SharesFit() }, containerRules, dependencyRules,
		logRules, storageRules, capacityRules, shellRules, registryRules, ownershipRules,
		hookRules, waitRules, handlerRules, pauseRules, approvalRules, endRules, smokeRules, metricRules,
		timeoutRules, nameRules, stickyRules, boundRules,
		ciRules, alarmRules, scalingRules, notificationRules,
	}
}
