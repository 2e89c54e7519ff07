package appmesh

import (
	"fmt"

	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// rules are all judgements across keys, by what they judge.
func rules() []func(*rollout) diag.List {
	return []func(*rollout) diag.List{
		endedRules, func(r *rollout) diag.List { return r.Rules() },
		colourRules, stepRules, imageRules,
		listenerRules, takenRules, shareRules, healthRules, retryRules,
		envoyRules, meshRules, nameRules, terraformRules, roleRules,
	}
}

// endedRules: the service is gone; what runs can be read, drained and left.
func endedRules(r *rollout) diag.List {
	return diag.List{parts.Warn(CodeEnded, r.In.Engine.Range, "AWS ended App Mesh on 30 September 2026",
		"This configuration can be generated, validated and planned, to read, drain and leave what runs. For a new service write `engine: ecs`: ECS itself shifts the traffic, by test rule, canary or all at once.")}
}

// healthRules: a check ends before the next begins, and asks for a path where the protocol has one.
func healthRules(r *rollout) diag.List {
	var out diag.List
	l := r.mesh.Listener
	if h := l.HealthCheck; h.Timeout.V >= h.Interval.V {
		out = append(out, parts.Found(CodeInterval, h.Timeout.Range, fmt.Sprintf("A health check may take %s, and the next begins after %s", parts.Spell(h.Timeout.V), parts.Spell(h.Interval.V)),
			"The timeout must be shorter than the interval.", h.Interval.Range))
	}
	if p := l.HealthCheck.Path; parts.Said(p) && !r.asksPath() {
		out = append(out, parts.Found(CodePath, p.Range, "A health check of "+l.Protocol.V+" asks for no path",
			"Only http and http2 have paths. Take it out, or change the protocol.", l.Protocol.Range))
	}
	return out
}

// retryRules: a policy is followed only where the protocol has requests, and after events that it names.
func retryRules(r *rollout) diag.List {
	p, protocol := r.mesh.RetryPolicy, r.mesh.Listener.Protocol
	if p == nil {
		return nil
	}
	var out diag.List
	switch {
	case protocol.V == "tcp":
		return diag.List{parts.Found(CodeRetry, p.Range, "A tcp route repeats nothing", "There are no requests that could be repeated. Take retry_policy out.", protocol.Range)}
	case len(p.TCPRetryEvents)+len(p.HTTPRetryEvents)+len(p.GRPCRetryEvents) == 0:
		out = append(out, parts.Found(CodeRetry, p.Range, "The retry policy names no event", "Envoy repeats a request after the events that it is told. Write `tcp_retry_events: [connection-error]`, or others."))
	}
	if len(p.GRPCRetryEvents) > 0 && protocol.V != "grpc" {
		wrong := parts.Found(CodeRetry, p.GRPCRetryEvents[0].Range, "A route of "+protocol.V+" knows no grpc_retry_events", "They are codes of gRPC. Take them out, or write `protocol: grpc`.")
		if parts.Said(protocol) {
			wrong.Related = []hcl.Range{protocol.Range}
		}
		out = append(out, wrong)
	}
	return out
}

// minTerraform is the first Terraform whose validations read other variables.
const minTerraform = "1.9"

func terraformRules(r *rollout) diag.List {
	if !r.TerraformBelow(minTerraform) {
		return nil
	}
	return diag.List{parts.Found(CodeOldTerraform, r.In.Terraform.RequiredVersion.Range, "The invariants of a rollout need Terraform "+minTerraform,
		"That weight stands on active colours only is a condition over two variables, which older releases refuse. Write `required_version: \">= "+minTerraform+"\"`, or newer.")}
}

// roleRules: an existing role is left as it is, so somebody else must give Envoy its permission.
func roleRules(r *rollout) diag.List {
	arn := r.In.Roles.Task.ARN
	if !arn.Said() {
		return nil
	}
	needs := "`appmesh:StreamAggregatedResources` on the active virtual nodes"
	if r.traced() {
		needs += ", and AWSXRayDaemonWriteAccess"
	}
	return diag.List{parts.Warn(CodeTaskRole, arn.Range, "Envoy needs permissions of the existing task role",
		"The role is left as it is. Without "+needs+" no task of the service becomes healthy: see that it has them.")}
}
