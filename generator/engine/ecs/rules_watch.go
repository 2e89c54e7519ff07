package ecs

import (
	"fmt"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// ciRules: a deployment that outlives the run of CI which waits for it.
func ciRules(d *deployment) diag.List {
	in := d.In.ECS.Deployment
	if !in.Wait.V || in.CILimit.V == 0 || in.CILimit.V >= d.wait.sum() {
		return nil
	}
	return diag.List{parts.Warn(CodeCILimit, in.CILimit.Range,
		fmt.Sprintf("A deployment may take %s, and a run of CI ends after %s", parts.Spell(d.wait.sum()), parts.Spell(in.CILimit.V)),
		"That is "+d.wait.words()+". A run that ends in mid-wait leaves the state locked while the deployment goes on. Make the deployment shorter or the limit longer, or write `wait: false` and watch the deployment: the generated README says how.")}
}

// alarmRules: alarms that are there, that can go off in time, and that see both target groups.
func alarmRules(d *deployment) diag.List {
	in := d.In.ECS.Deployment.Alarms
	if in == nil {
		return nil
	}
	var out diag.List
	if in.Traffic == nil && !in.Names.Said() {
		out = append(out, parts.Found(CodeNoAlarms, in.Range, "There are no alarms to watch",
			"Write `traffic: {}` for own ones with their defaults, `names` of existing ones, or take `alarms` out."))
	}
	if in.Names.Said() && d.twoGroups() && len(d.pairs) > 0 {
		out = append(out, diag.Diagnostic{Code: CodeNamedAlarms, Severity: diag.Notice, Subject: in.Names.Range,
			Summary: "The existing alarms must each look at both target groups",
			Detail:  "One that looks at a single group is blind after every other deployment. bluegen cannot see them; `traffic: {}` makes own ones over both."})
	}
	if in.Traffic != nil {
		out = append(out, d.ownAlarmRules(in.Traffic)...)
	}
	return out
}

func (d *deployment) ownAlarmRules(in *blueprint.TrafficAlarms) diag.List {
	var out diag.List
	if len(d.pairs) == 0 {
		out = append(out, parts.Found(CodeAlarmTraffic, in.Range, "There is no traffic to watch",
			"The own alarms are made of a load balancer's metrics. Add a key with `alb` or `nlb` to `traffic`, or name existing alarms: `names`."))
	}
	if in.Datapoints.V > in.Periods.V {
		out = append(out, parts.Found(CodeDatapoints, in.Datapoints.Range, fmt.Sprintf("%d datapoints cannot breach in %d periods", in.Datapoints.V, in.Periods.V),
			"A period is one datapoint. Write as many periods at least.", in.Periods.Range))
	}
	bake, window := d.In.ECS.Deployment.BakeTime, time.Duration(in.Periods.V)*time.Minute
	if d.shifts && bake.V > 0 && window >= bake.V {
		out = append(out, parts.Warn(CodeAlarmTooSlow, in.Periods.Range, fmt.Sprintf("The alarms look at %s, and blue is gone after %s", parts.Spell(window), parts.Spell(bake.V)),
			"What goes wrong after the shift may not have breached often enough before the bake time ends, and then nothing rolls back. Write fewer periods, or a longer bake_time.", bake.Range))
	}
	return append(append(append(out, d.startingRules(in)...), notWatched(in)...), d.bytesRules(in)...)
}

// bytesRules: alarms that no key of traffic can have, because a Network Load Balancer sees connections and nothing of what they carry.
func (d *deployment) bytesRules(in *blueprint.TrafficAlarms) diag.List {
	if len(d.albs()) > 0 || !d.anyNLB() {
		return nil
	}
	var out diag.List
	found := func(at hcl.Range, what string) {
		out = append(out, parts.Found(CodeNoSuchAlarm, at, "A Network Load Balancer knows no "+what,
			"It passes connections on and does not read what they carry, and no key of `traffic` is behind an Application Load Balancer. It counts unhealthy tasks: `watch: [unhealthy_hosts]`. For errors and response times name alarms on what the application reports itself: `names`.", d.nlbs()[0].origin))
	}
	words := map[string]string{errorRate: "error rate", latency: "response times"}
	for _, w := range in.Watch {
		if w.V != unhealthyHosts {
			found(w.Range, words[w.V])
		}
	}
	for _, t := range thresholds(in) {
		if t.kind != unhealthyHosts && parts.Said(t.at) && watches(in, t.kind) {
			found(t.at.Range, words[t.kind])
		}
	}
	return out
}

// startingRules: in a rolling deployment new tasks start in the group that takes the requests, so that the alarm sees them fail their first
// checks. Behind a Network Load Balancer it sees those of green too.
func (d *deployment) startingRules(in *blueprint.TrafficAlarms) diag.List {
	grace, patience := d.In.Service.HealthCheckGracePeriod, time.Duration(in.Datapoints.V)*time.Minute
	if d.shifts && !d.anyNLB() || len(d.pairs) == 0 || !watches(in, unhealthyHosts) || grace.V <= patience || in.UnhealthyHosts.V > d.mostTasks() {
		return nil
	}
	why := ""
	if d.shifts {
		why = "No metric says which target group a Network Load Balancer sends connections to, so that green's tasks count while they start. "
	}
	return diag.List{parts.Warn(CodeStartingTasks, in.UnhealthyHosts.Range, "Tasks that start may set off the alarm of unhealthy_hosts",
		why+fmt.Sprintf("A new task may fail its health check for %s, and the alarm goes off after %s. Write more datapoints and periods, an `unhealthy_hosts` above the desired count, or a `watch` without it.",
			parts.Spell(grace.V), parts.Spell(patience)), grace.Range)}
}

// threshold is a key of alarms with the alarm that it belongs to.
type threshold struct {
	key, kind string
	at        blueprint.At[int]
}

func thresholds(in *blueprint.TrafficAlarms) []threshold {
	return []threshold{
		{"error_rate", errorRate, in.ErrorRate}, {"min_requests", errorRate, in.MinRequests},
		{"latency_p95_ms", latency, in.LatencyP95MS}, {"unhealthy_hosts", unhealthyHosts, in.UnhealthyHosts},
	}
}

// notWatched are thresholds that nothing would come of.
func notWatched(in *blueprint.TrafficAlarms) diag.List {
	var out diag.List
	for _, t := range thresholds(in) {
		if parts.Said(t.at) && !watches(in, t.kind) {
			out = append(out, parts.Found(CodeNotWatched, t.at.Range, "The alarm of "+t.key+" is not made", "`watch` does not have "+t.kind+". Add it there, or take "+t.key+" out.", in.Watch[0].Range))
		}
	}
	return out
}

// notificationRules: a key encrypts a topic that is made.
func notificationRules(d *deployment) diag.List {
	in := d.notified()
	if in == nil || !in.TopicARN.Said() || !in.KMSKeyARN.Said() {
		return nil
	}
	return diag.List{parts.Found(CodeTopicKey, in.KMSKeyARN.Range, "The topic exists, and so does its encryption",
		"`kms_key_arn` encrypts a topic of the service's own. Take one of the two out.", in.TopicARN.Range)}
}

// scalingRules: one owner of the count, numbers that fit, and a metric that sees both colours.
func scalingRules(d *deployment) diag.List {
	in, owner := d.In.Service.Autoscaling, d.In.Ownership.DesiredCount
	switch {
	case in == nil && owner.V == "autoscaling":
		return diag.List{parts.Found(CodeNoScaling, owner.Range, "Nothing scales the service",
			"Terraform would set the first count and never look at it again. Write `service.autoscaling` with its bounds and what it keeps, or `service.autoscaling: {external: true}` where target and policies are made elsewhere.")}
	case in == nil:
		return nil
	}
	var out diag.List
	if owner.V != "autoscaling" {
		at := in.Range
		out = append(out, parts.Found(CodeScalingOwner, at, "Every apply would undo what autoscaling has done",
			"Terraform owns the count and sets it back. Write `ownership: {desired_count: autoscaling}`.", related(owner.Range, parts.Said(owner))...))
	}
	if in.External.V {
		return append(out, externalRules(in)...)
	}
	return append(append(out, d.boundRules(in)...), d.policyRules(in)...)
}

func related(at hcl.Range, written bool) []hcl.Range {
	if !written {
		return nil
	}
	return []hcl.Range{at}
}

// externalRules: numbers of which nothing would come.
func externalRules(in *blueprint.Autoscaling) diag.List {
	var out diag.List
	found := func(key string, at hcl.Range, written bool) {
		if written {
			out = append(out, parts.Found(CodeExternal, at, "External autoscaling does not take "+key, "Target and policies are made elsewhere, and so are their numbers. Take it out, or `external`.", in.External.Range))
		}
	}
	found("min", in.Min.Range, parts.Said(in.Min))
	found("max", in.Max.Range, parts.Said(in.Max))
	found("cpu", in.CPU.Range, parts.Said(in.CPU))
	found("memory", in.Memory.Range, parts.Said(in.Memory))
	found("requests_per_target", in.RequestsPerTarget.Range, parts.Said(in.RequestsPerTarget))
	found("scale_in_cooldown", in.ScaleInCooldown.Range, parts.Said(in.ScaleInCooldown))
	found("scale_out_cooldown", in.ScaleOutCooldown.Range, parts.Said(in.ScaleOutCooldown))
	return out
}

func (d *deployment) boundRules(in *blueprint.Autoscaling) diag.List {
	count := d.In.Service.DesiredCount
	switch {
	case in.Max.V == 0:
		return diag.List{parts.Found(CodeNoPolicy, in.Range, "Autoscaling has no upper bound", "Write `max`: the most tasks that one colour may have.")}
	case in.Min.V > in.Max.V:
		return diag.List{parts.Found(CodeBounds, in.Min.Range, fmt.Sprintf("There is no count between %d and %d", in.Min.V, in.Max.V), "`min` is the lower bound, `max` the upper one.", in.Max.Range)}
	case count.V < in.Min.V || count.V > in.Max.V:
		at, detail := count.Range, "The first count would be changed at once. Write a `desired_count` between the bounds."
		if !parts.Said(count) {
			at, detail = in.Range, "`desired_count` is not said, and then it is 1. Write the count to begin with, between the bounds."
		}
		return diag.List{parts.Found(CodeBounds, at, fmt.Sprintf("The service begins with a count of %d, outside of %d to %d", count.V, in.Min.V, in.Max.V), detail)}
	default:
		return nil
	}
}

func (d *deployment) policyRules(in *blueprint.Autoscaling) diag.List {
	requests := in.RequestsPerTarget
	switch {
	case requests.V > 0 && len(d.albs()) == 0:
		return diag.List{parts.Found(CodeNoRequests, requests.Range, "There are no requests to count", "The number is an Application Load Balancer's, and no key of `traffic` has one. Scale by `cpu` or `memory`.")}
	case requests.V > 0:
		return nil
	case in.CPU.V == 0 && in.Memory.V == 0:
		return diag.List{parts.Found(CodeNoPolicy, in.Range, "Autoscaling has nothing to keep", "Write at least one of `requests_per_target`, `cpu` and `memory`.")}
	case d.shifts && len(d.albs()) > 0:
		average := in.CPU
		if average.V == 0 {
			average = in.Memory
		}
		return diag.List{parts.Warn(CodeAverageFalls, average.Range, "The average falls when green appears",
			"ECS's averages are over both colours, and an idle green halves them: just when traffic is about to move, nobody adds tasks. Write `requests_per_target` too: it counts both target groups.")}
	default:
		return nil
	}
}
