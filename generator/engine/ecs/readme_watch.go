package ecs

import (
	"path"
	"strconv"
	"strings"

	"bluegen/generator/parts"
)

// watchHolds is one line about a module that watches the service or counts its tasks.
func (c *configuration) watchHolds(child *parts.Child) string {
	d := c.d
	switch path.Base(child.Path) {
	case "dashboard":
		return "dashboard: " + parts.Names(d.shownWords())
	case "notifications":
		if d.notified().TopicARN.Said() {
			return "rule that tells the topic of deployments"
		}
		return "rule and topic that tell of deployments"
	case "autoscaling":
		in := d.scaled()
		return "from " + strconv.Itoa(in.Min.V) + " to " + strconv.Itoa(in.Max.V) + " tasks, by " + parts.Names(d.scaledBy())
	default:
		return "alarms that fail a deployment: " + parts.Names(c.watchedWords(child))
	}
}

// watchedWords are the alarms of a module, of whichever key it is called for.
func (c *configuration) watchedWords(child *parts.Child) []string {
	for _, a := range c.watching.alarms {
		if a.in != child {
			continue
		}
		var out []string
		for _, kind := range c.d.watched(a.of.pair) {
			out = append(out, strings.ReplaceAll(kind, "_", " "))
		}
		return out
	}
	return nil
}

func (d *deployment) scaledBy() []string {
	var out []string
	in := d.scaled()
	if in.RequestsPerTarget.V > 0 {
		out = append(out, "requests a task")
	}
	if in.CPU.V > 0 {
		out = append(out, "CPU")
	}
	if in.Memory.V > 0 {
		out = append(out, "memory")
	}
	return out
}

// shownWords are what the dashboard shows.
func (d *deployment) shownWords() []string {
	var out []string
	switch {
	case len(d.albs()) == 0:
	case d.twoGroups():
		out = append(out, "requests", "health", "response times and errors of both colours")
	default:
		out = append(out, "requests", "health", "response times", "errors")
	}
	switch {
	case !d.anyNLB():
	case len(d.albs()) > 0:
		out = append(out, "connections")
	case d.twoGroups():
		out = append(out, "health of both colours", "connections")
	default:
		out = append(out, "health", "connections")
	}
	out = append(out, "CPU", "memory")
	if len(d.functions()) > 0 {
		out = append(out, "hooks")
	}
	return out
}

// twiceWords: autoscaling may have added tasks when a deployment begins.
func (d *deployment) twiceWords() string {
	up := ""
	if d.scaled() != nil {
		up = "up to "
	}
	return up + strconv.Itoa(2*d.mostTasks()) + " tasks"
}

// watchBefore is what must hold of existing alarms, topics and keys.
func (d *deployment) watchBefore() []string {
	var out []string
	if in := d.In.ECS.Deployment.Alarms; in != nil && in.Names.Said() && d.shifts && len(d.pairs) > 0 {
		out = append(out, "Each existing alarm looks at both target groups, or at the load balancer: one on a single group is blind after the next swap.")
	}
	in := d.notified()
	switch {
	case in == nil:
	case in.TopicARN.Said():
		out = append(out, "The topic's policy admits `events.amazonaws.com`, without conditions; where it is encrypted its key's policy does too, without `aws:SourceArn` or `aws:SourceAccount`, which EventBridge does not send to KMS.")
	case in.KMSKeyARN.Said():
		out = append(out, "The policy of the topic's key admits `events.amazonaws.com` (`kms:Decrypt`, `kms:GenerateDataKey*`), without `aws:SourceArn` or `aws:SourceAccount`, which EventBridge does not send to KMS.")
	}
	return out
}

// watchCommands look at what may fail a deployment before it begins.
func (d *deployment) watchCommands() []string {
	if !d.alarmed() {
		return nil
	}
	return []string{"aws cloudwatch describe-alarms --state-value ALARM --query 'MetricAlarms[].AlarmName'     # none of the service's, before you deploy"}
}

// watchWithout is the command for where an apply cannot see how the deployment ends: it ends when the deployment has ended, and fails when
// ECS rolled back.
func (d *deployment) watchWithout() string {
	if d.checksRevision() {
		return ""
	}
	return "\n\nThis waits for the last deployment, and fails unless it succeeded; run it in CI behind what deploys:\n\n" +
		"    deployment=$(aws ecs list-service-deployments --cluster CLUSTER --service " + d.Name + " --query 'serviceDeployments[0].serviceDeploymentArn' --output text)\n" +
		"    until status=$(aws ecs describe-service-deployments --service-deployment-arns \"$deployment\" --query 'serviceDeployments[0].status' --output text) &&\n" +
		"      case $status in SUCCESSFUL | STOPPED | ROLLBACK_SUCCESSFUL | ROLLBACK_FAILED) ;; *) false ;; esac; do sleep 15; done\n" +
		"    [ \"$status\" = SUCCESSFUL ]"
}

// watchWords are about what shows and tells.
func (c *configuration) watchWords() string {
	d := c.d
	var out string
	if c.watching.dashboard != nil {
		out += "\n\nThe dashboard `" + d.dashboardName() + "` shows " + parts.Names(d.shownWords()) + "."
	}
	if in := d.notified(); in != nil && !in.TopicARN.Said() {
		out += "\n\nSubscribe to the topic `notifications_topic_arn` to be told when a deployment begins, ends or fails."
	}
	if d.alarmed() {
		out += "\n\n**An alarm that is in ALARM when a deployment begins is not watched**: ECS then ignores every alarm for that whole deployment."
	}
	return out
}

// afterRollback says what an apply makes of it.
func (d *deployment) afterRollback() string {
	const again = "the next one tries again: fix the cause or put the old image back first."
	switch {
	case d.pipelined() && !d.In.ECS.Deployment.Wait.V:
		return "No apply sees it: the revision is the pipeline's, and Terraform does not compare it."
	case !d.In.ECS.Deployment.Wait.V:
		return "The apply does not see it; " + again + " The plan shows the old revision."
	case d.checksRevision():
		return "The apply then fails, and " + again
	default:
		return "An apply that waits fails where the provider follows the deployment, as it does with blue/green; the revision is the pipeline's, and Terraform does not compare it."
	}
}

// watchRows are the deployer's actions on alarms, dashboard, rule, topic, key and autoscaling.
func (d *deployment) watchRows() [][]string {
	var rows [][]string
	if d.ownAlarms() != nil {
		rows = append(rows, []string{"alarms", "`cloudwatch:*MetricAlarm*`, `cloudwatch:*Alarms`, `cloudwatch:*Resource`"})
	}
	if d.In.ECS.Observability.Dashboard.V {
		rows = append(rows, []string{"dashboard", "`cloudwatch:*Dashboard*`"})
	}
	if in := d.notified(); in != nil {
		rows = append(rows, []string{"notifications", "`events:*Rule*`, `events:*Targets*`, `events:*Resource`"})
		if !in.TopicARN.Said() {
			rows = append(rows, []string{"topic", "`sns:*Topic*`, `sns:*Resource`"})
		}
		if !in.TopicARN.Said() && !in.KMSKeyARN.Said() {
			rows = append(rows, []string{"the topic's key", "`kms:` create, describe, tag, key policy, rotation, schedule deletion"})
		}
	}
	if d.scaled() != nil {
		rows = append(rows, []string{"autoscaling", "`application-autoscaling:*`, `cloudwatch:*MetricAlarm*`, `iam:CreateServiceLinkedRole` for `ecs.application-autoscaling.amazonaws.com`"})
	}
	return rows
}

// watchSwitches are what must be known of them later.
func (d *deployment) watchSwitches() []string {
	var out []string
	if d.alarmed() {
		out = append(out, "**Other alarms or thresholds**: they count from the next deployment on; changing them starts none.")
	}
	if d.scaled() != nil {
		out = append(out, "**The first count**: `desired_count` is what the service begins with; afterwards autoscaling has it, between its bounds.")
	}
	return out
}
