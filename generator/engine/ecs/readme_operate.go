package ecs

import (
	"slices"
	"strings"

	"bluegen/generator/parts"
)

func (c *configuration) watch() string {
	d := c.d
	lines := []string{
		"aws ecs list-service-deployments --cluster CLUSTER --service " + d.Name,
		"aws ecs describe-service-deployments --service-deployment-arns ARN     # status, lifecycleStage, statusReason",
	}
	for _, h := range d.functions() {
		lines = append(lines, "aws logs tail /aws/lambda/"+d.PartName(parts.FunctionName, h.in.Name.V)+" --follow")
	}
	lines = append(lines, d.watchCommands()...)
	text := "    " + strings.Join(lines, "\n    ") + d.watchWithout()
	if d.shifts && len(d.albs()) > 0 {
		text += "\n\nIn CloudWatch, `RequestCount` by the two `arn_suffix` outputs shows the shift: one line falls to zero, the other rises. Which of them is live changes with every deployment."
	}
	if d.shifts && len(d.albs()) == 0 && d.anyNLB() {
		text += "\n\nIn CloudWatch, `HealthyHostCount` by the two `arn_suffix` outputs shows one colour appear beside the other, and the older one leave. The shift itself is in no metric: a Network Load Balancer counts its connections as a whole, not by target group. Which group is live changes with every deployment."
	}
	return text + c.watchWords() + d.shells()
}

func (c *configuration) rollBack() []string {
	d := c.d
	stop := "`aws ecs stop-service-deployment --service-deployment-arn ARN --stop-type ROLLBACK`."
	out := []string{"During the deployment: " + stop}
	if d.shifts {
		out[0] = "During the deployment, bake time included: " + stop
		if len(d.targets()) > 0 {
			out[0] += " Traffic returns to blue at once."
		}
	}
	var causes []string
	if d.In.ECS.Deployment.CircuitBreaker.Enable.V && d.rollsBack() {
		causes = append(causes, "tasks do not start")
	}
	if len(d.hooks) > 0 {
		causes = append(causes, "a hook fails")
	}
	if d.alarmed() && d.In.ECS.Deployment.Alarms.Rollback.V {
		causes = append(causes, "an alarm goes off")
	}
	if len(causes) > 0 {
		out = append(out, "ECS rolls back by itself when "+parts.Either(causes)+". "+d.afterRollback())
	}
	return append(out, "After the deployment: "+d.goBack()+".")
}

// pipelined says that revisions are not Terraform's.
func (d *deployment) pipelined() bool { return d.In.Ownership.TaskDefinition.V == "pipeline" }

// goBack is how one returns to what ran before.
func (d *deployment) goBack() string {
	switch {
	case d.pipelined():
		return "deploy the old revision with the pipeline"
	case d.In.Service.Task == nil:
		return "apply the old task definition"
	default:
		return "apply the old image"
	}
}

func (c *configuration) firstFailed() string {
	where := "The cause is in `statusReason` (see Watch) or in the service's events"
	if c.d.zips() {
		where = "The cause is in `statusReason` (see Watch), in the service's events, or in a hook's log group: the first deployment runs the hooks too"
	}
	return "The service exists but its deployment did not end well. Terraform marks it tainted and would replace it with the next apply. Keep it, fix the cause, apply again:\n\n" +
		"    terraform untaint module.service.aws_ecs_service.this\n    terraform apply\n\n" + where + "."
}

func (c *configuration) deployer() string {
	d := c.d
	rows := [][]string{{"service, task definition", parts.ServiceActions}}
	if carriers := d.carrierWords(); carriers != "" {
		rows = append(rows, []string{"target groups, " + carriers, "`elasticloadbalancing:` create, modify, delete, describe, tags of target groups and " + carriers})
	}
	if len(d.connects) > 0 {
		rows = append(rows, []string{"Service Connect", "`servicediscovery:` create, get, delete, list of the namespace's services"})
	}
	if passed := c.passed(); passed != "" {
		rows = append(rows, []string{"roles", parts.RoleActions(passed)})
	}
	if d.zips() {
		rows = append(rows, []string{"functions", "`lambda:*Function*`, `lambda:*Resource`, `lambda:ListTags`"})
	}
	if d.In.Service.Task != nil || d.zips() {
		rows = append(rows, []string{"log groups", parts.LogActions})
	}
	if len(d.approvals()) > 0 {
		rows = append(rows, []string{"approvals", "`events:*Rule`, `events:*Targets`, `events:ListTagsForResource`, `sns:` create, attributes, tags of topics, and of their keys `kms:CreateKey`, `kms:Describe*`, `kms:Get*`, `kms:*KeyRotation`, `kms:PutKeyPolicy`, `kms:ScheduleKeyDeletion`"})
	}
	if d.OwnGroup() {
		rows = append(rows, []string{"security group", parts.GroupActions})
	}
	rows = append(rows, d.watchRows()...)
	return d.Deployer(c.root, rows)
}

// passed are the services that get a role from the deployer.
func (c *configuration) passed() string {
	if c.d.zips() {
		return parts.Trusted(c.d.roles(), "lambda.amazonaws.com", "ecs.amazonaws.com")
	}
	return parts.Trusted(c.d.roles())
}

func (c *configuration) switches() []string {
	d := c.d
	var out []string
	if d.guarded() {
		out = append(out, "**Destroy, or a new name, VPC or listener**: `prevent_destroy` refuses it. Set `allow_replacement: true` in the blueprint and generate first.")
	}
	switch {
	case len(d.pairs) == 0: // no groups to keep, and nothing that would be destroyed too early
	case d.shifts:
		out = append(out, "**Back to rolling**: first `strategy: rolling` with `keep_pair: true`; deploy until the production "+d.carrierWord()+" has all its weight on blue; only then take `keep_pair` away.")
	case d.twoGroups():
		out = append(out, "**On to blue/green**: when this deployment is done, `strategy: blue_green`, without `keep_pair`. **Back to rolling**: only while the production "+d.carrierWord()+" has all its weight on blue.")
	default:
		out = append(out, "**On to blue/green**: first `keep_pair: true` and a test "+d.carrierWord()+"; when that deployment is done, `strategy: blue_green`.")
	}
	out = append(out, d.watchSwitches()...)
	if o := d.In.Ownership; o.TaskDefinition.V == "terraform" && o.DesiredCount.V == "terraform" {
		out = append(out, "**A pipeline deploys, or autoscaling counts**: `ownership` in the blueprint makes Terraform ignore the revision or the count.")
	}
	out = append(out, d.ownershipSwitches()...)
	out = append(out, d.openSwitches()...)
	out = append(out, d.optionSwitches()...)
	if len(d.hooks) > 0 {
		out = append(out, "**Taking the last hook away** may leave it at AWS: look at the service afterwards. Of any hook: `terraform apply -target=module.service` first, so that the service lets go before its function is destroyed, then the rest.")
	}
	return out
}

func (d *deployment) guarded() bool {
	return slices.ContainsFunc(d.pairs, func(p pair) bool { return p.guarded })
}
