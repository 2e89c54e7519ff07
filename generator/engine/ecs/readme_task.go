package ecs

import (
	"strings"

	"bluegen/generator/parts"
)

// taskNeeds are what must be there for what the task has, before the first apply.
func (d *deployment) taskNeeds() []string {
	var out []string
	if providers := d.capacityNames(); len(providers) > 0 {
		out = append(out, "The cluster has the capacity providers "+parts.Names(providers)+".")
	}
	task := d.In.Service.Task
	if task == nil {
		return out
	}
	if actions := d.SecretActions(); len(actions) > 0 && d.In.Roles.Execution.ARN.Said() {
		out = append(out, "The existing execution role may "+parts.Names(actions)+" for the containers' secrets.")
	}
	if d.In.Service.ExecuteCommand.V && d.In.Roles.Task.ARN.Said() {
		out = append(out, "The existing task role may `ssmmessages:Create*Channel` and `ssmmessages:Open*Channel`, or no shell opens.")
	}
	files := d.FileSystemNames()
	if len(files) == 0 {
		return out
	}
	if d.In.Roles.Task.ARN.Said() {
		out = append(out, "The existing task role may `elasticfilesystem:ClientMount`, and `ClientWrite` where a container writes, on the file systems of "+parts.Names(files)+".")
	}
	return append(out, "The mount targets of "+parts.Names(files)+" admit the tasks' security group on port 2049.")
}

func (d *deployment) capacityNames() []string {
	var out []string
	for _, p := range d.In.Service.CapacityProviders {
		out = append(out, parts.Code(p.Name.V))
	}
	return out
}

// shells is how a shell opens in a running container.
func (d *deployment) shells() string {
	if !d.In.Service.ExecuteCommand.V {
		return ""
	}
	container := "CONTAINER"
	if len(d.containers) > 0 {
		container = d.containers[0].In.Name.V
	}
	return "\n\nA shell in a running container, which CloudTrail records:\n\n    aws ecs execute-command --cluster CLUSTER --task TASK --container " + container + " --interactive --command /bin/sh"
}

// optionSwitches are what the options of a service mean for its later changes.
func (d *deployment) optionSwitches() []string {
	var out []string
	if names := d.capacityNames(); len(names) > 0 {
		out = append(out, "**Capacity providers**: another share deploys anew (`force_new_deployment`); from or to `launch_type` replaces the service.")
		if strings.Contains(strings.Join(names, " "), "SPOT") {
			out = append(out, "**Spot** stops a task with two minutes' notice, during a deployment too: keep a base of `FARGATE` that carries the service, and a `stop_timeout` below 120s.")
		}
	}
	return out
}
