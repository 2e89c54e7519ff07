package ecs

import (
	"strconv"
	"strings"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
)

// whatHook is what a hook does, behind its name.
func whatHook(h lifecycleHook) string {
	switch h.kind.Name {
	case hook.Wait:
		return "waits " + parts.Spell(h.in.For.V)
	case hook.Smoke:
		if sent(h) == 1 {
			return "sends one request and compares the answer"
		}
		return "sends " + strconv.Itoa(sent(h)) + " requests and compares the answers"
	case hook.Alarms:
		return "wants the alarms in OK for " + parts.Spell(h.in.For.V)
	case hook.Metric:
		return "watches " + parts.Code(h.in.Expression.V) + " for " + parts.Spell(h.in.For.V)
	case hook.Approval:
		return "waits up to " + parts.Spell(h.longest) + " for somebody to approve"
	default:
		return "runs " + parts.Code(h.in.Path.V)
	}
}

func sent(h lifecycleHook) int {
	total := 0
	for _, r := range h.in.Requests {
		total += r.Repeat.V
	}
	return total
}

// pauseWords are the hooks that have no module, for the section on deploying.
func (d *deployment) pauseWords() string {
	var out strings.Builder
	for _, h := range d.hooks {
		if h.pause && h.kind.Name == hook.Wait {
			out.WriteString(" ECS itself pauses " + parts.Spell(h.in.For.V) + " at " + parts.Names(stagesOf(h)) + " (" + h.in.Name.V + ").")
		}
	}
	return out.String()
}

// approve says how somebody answers; empty where nobody is asked.
func (c *configuration) approve() string {
	approvals := c.d.approvals()
	if len(approvals) == 0 {
		return ""
	}
	var b strings.Builder
	for _, h := range approvals {
		then := "rolls back"
		if h.plan.HookTimeoutAction == hook.Continue {
			then = "goes on"
		}
		b.WriteString("The deployment pauses at " + parts.Names(stagesOf(h)) + " until somebody answers (" + h.in.Name.V + "); after " + parts.Spell(h.longest) + " ECS " + then + ". ")
	}
	b.WriteString("The first deployment pauses too. The topic's message has both ids; subscribe to it before the first apply (output `" + approvals[0].id + "_topic_arn`).\n\n")
	b.WriteString("    aws ecs describe-service-deployments --service-deployment-arns ARN --query 'serviceDeployments[].lifecycleHookDetails[]'\n")
	b.WriteString("    aws ecs continue-service-deployment --service-deployment-arn ARN --hook-id ID --action CONTINUE     # or ROLLBACK\n\n")
	b.WriteString("Who answers needs `ecs:ContinueServiceDeployment` and `ecs:DescribeServiceDeployments`, and nothing else.")
	return b.String()
}
