package ecs

// ownershipSwitches are the edits that reach a running service another way than by apply.
func (d *deployment) ownershipSwitches() []string {
	var out []string
	if d.Pipeline() {
		out = append(out,
			"**What the pipeline must carry**: every edit of the containers (image, command, environment, secrets, health checks, mounts). After the first apply `container_definitions` are ignored here; the blueprint's containers are the bootstrap of a new service.",
			"**What the pipeline must pick up**: CPU, memory, architecture, storage, volumes and roles. Terraform registers a revision with them (and with the blueprint's containers, as any new revision of its), and deploys nothing: the pipeline starts its next revision from the latest one of the family (output `task_definition_family`) and puts its own containers in. It never deploys the latest revision as it is: that may be the bootstrap.",
			"**The bootstrap image** must pass the health checks and the hooks: the first deployment runs it.",
		)
	}
	if d.In.Ownership.LoadBalancer.V == "ecs" && len(d.pairs) > 0 {
		out = append(out, "**Another container, port, group, rule or infrastructure role for traffic**: `load_balancer` is ignored here. Set `ownership.load_balancer: terraform` for that one apply, after a look at which group is live.")
	}
	if d.In.Ownership.DesiredCount.V == "autoscaling" {
		out = append(out, "**Another number of tasks**: autoscaling's minimum and maximum say it; `desired_count` is that of a new service.")
	}
	return out
}
