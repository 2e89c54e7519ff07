package ecs

import (
	"bluegen/generator/diag"
	"bluegen/generator/parts"
)

// serviceRules: a task behind a load balancer has time to start.
func serviceRules(d *deployment) diag.List {
	grace := d.In.Service.HealthCheckGracePeriod
	if grace.V > 0 || len(d.pairs) == 0 {
		return nil
	}
	return diag.List{parts.Warn(CodeNoGrace, grace.Range, "A new task has no time to start",
		"The load balancer's first failed checks stop it, and a slow start ends in a rollback. Write how long the application takes to come up.")}
}

// roleRules: what is said of the role that this engine alone has, and of a trust that ECS may not meet.
func roleRules(d *deployment) diag.List {
	in := d.In.Roles
	var out diag.List
	if in.Infrastructure.ARN.Said() && parts.Said(in.Infrastructure.Policy) {
		out = append(out, parts.ExistingRole(in.Infrastructure.ARN, infrastructure, in.Infrastructure.Policy.Range)...)
	}
	if in.SourceAccount.V && (d.twoGroups() || len(d.hooks) > 0 || d.anyTLS()) {
		out = append(out, parts.Warn(CodeSourceAccount, in.SourceAccount.Range, "ECS may not be able to assume its roles",
			"It is not documented that ECS sends aws:SourceAccount when it shifts traffic or calls a hook. If it does not, the first deployment fails with \"unable to assume role\". Try it on a service that may fail."))
	}
	return out
}
