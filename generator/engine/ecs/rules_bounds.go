package ecs

import (
	"fmt"

	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// stickyRules: held clients do not go where the weights say (domain.md 3.1).
func stickyRules(d *deployment) diag.List {
	if !d.shifts {
		return nil
	}
	var out diag.List
	for _, p := range d.sticky() {
		in := p.alb.Stickiness
		out = append(out, parts.Warn(CodeStickyClients, in.Range, "Clients of "+p.key+" stay where they are while the weights move", d.heldWords(p)+
			" Leave `stickiness` out and keep sessions outside of the tasks, or accept it: `ignore: ["+string(CodeStickyClients)+"]`.", d.In.ECS.Deployment.Strategy.Range))
	}
	return out
}

// heldWords are stronger where a part of the traffic is to be watched: the part is not the one that was asked for.
func (d *deployment) heldWords(p pair) string {
	in := d.In.ECS.Deployment
	held := parts.Spell(p.alb.Stickiness.Duration.V)
	words := "A client's cookie names its target group for " + held + ", whatever the weights say, and blue stops " + parts.Spell(in.BakeTime.V) + " after the shift."
	switch in.Strategy.V {
	case linear:
		return "The steps are not what they seem: of the clients that were there before, none moves with a step, and who has come to green once stays there, also when the next requests should go to blue. " + words
	case canary:
		return "The canary is not the share that it seems: of the clients that were there before, none is in it, and who is in it stays in it. What is watched on it are new clients alone. " + words
	default:
		return words
	}
}

// boundRules: bounds are rolling's, and leave it room to replace a task.
func boundRules(d *deployment) diag.List {
	in := d.In.ECS.Deployment
	if d.shifts {
		return d.lowBounds()
	}
	n := d.fewestTasks()
	most, least := n*in.MaximumPercent.V/100, (n*in.MinimumHealthyPercent.V+99)/100
	if n == 0 || most > least {
		return nil
	}
	stuck := parts.Found(CodeStuckBounds, in.MaximumPercent.Range, fmt.Sprintf("A deployment of %s can replace none", tasks(n)),
		fmt.Sprintf("%s may run at most and %d must stay healthy: ECS rounds the maximum down and the minimum up, and then it may neither start a task nor stop one. Write a larger maximum_percent, or a smaller minimum_healthy_percent.", tasks(most), least))
	if parts.Said(in.MinimumHealthyPercent) {
		stuck.Related = []hcl.Range{in.MinimumHealthyPercent.Range}
	}
	return diag.List{stuck}
}

func tasks(n int) string {
	if n == 1 {
		return "1 task"
	}
	return fmt.Sprintf("%d tasks", n)
}

// fewestTasks are those that a deployment may find: rounding bites most there.
func (d *deployment) fewestTasks() int {
	if in := d.scaled(); in != nil {
		return max(in.Min.V, 1)
	}
	return d.In.Service.DesiredCount.V
}

// lowBounds: ECS's documentation has them for rolling, and says nothing of green.
func (d *deployment) lowBounds() diag.List {
	in := d.In.ECS.Deployment
	var out diag.List
	say := func(key string, usual int, at hcl.Range) {
		out = append(out, parts.Warn(CodeLowBounds, at, fmt.Sprintf("It is not documented what %s below %d does to green", key, usual),
			fmt.Sprintf("AWS has it for rolling alone, and sends %d in its own blue/green samples. A deployment may hang while green scales up. Leave it out, or try it and accept it: `ignore: [%s]`.", usual, CodeLowBounds),
			in.Strategy.Range))
	}
	if in.MaximumPercent.V < parts.UsualMaximum {
		say("maximum_percent", parts.UsualMaximum, in.MaximumPercent.Range)
	}
	if in.MinimumHealthyPercent.V < parts.UsualMinimum {
		say("minimum_healthy_percent", parts.UsualMinimum, in.MinimumHealthyPercent.Range)
	}
	return out
}
