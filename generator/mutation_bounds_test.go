package generator

// stickyMutations break what holds clients to a target group.
func stickyMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/listener_rules_web/main.tf", from: from, to: to, by: "listener_rules_web", says: says}
	}
	const held, given = "Clients must stay with their target group", "The rules of web must have the blueprint's conditions"
	return []mutation{
		in("how long", "= var.stickiness_seconds", "= 1", held),
		in("off", "enabled  = true", "enabled  = false", held),
		in("where production starts", "weight = 100\n      }\n\n      target_group {\n        arn    = var.green_target_group_arn\n        weight = 0\n      }\n\n      # ", "weight = 0\n      }\n\n      target_group {\n        arn    = var.green_target_group_arn\n        weight = 100\n      }\n\n      # ", "Production traffic must start on blue"),
		byRoot("how long in the root", "main.tf", "= 1800", "= 180", given),
	}
}

// boundMutations break the numbers of tasks of a rolling deployment.
func boundMutations() []mutation {
	in := func(name, from, to string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: "A deployment must keep as many tasks as it was told to"}
	}
	return []mutation{
		in("maximum", "= var.deployment_maximum_percent", "= 200"),
		in("minimum that is AWS's", "deployment_minimum_healthy_percent = 100", "deployment_minimum_healthy_percent = 50"),
		byRoot("maximum in the root", "main.tf", "= 150", "= 200", "ECS must deploy as the blueprint says"),
	}
}

// tightMutations break a deployment that stops tasks before it starts others.
func tightMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	return []mutation{
		in("minimum", "= var.deployment_minimum_healthy_percent", "= 100", "A deployment must keep as many tasks as it was told to"),
		in("zones", `= "DISABLED"`, `= "ENABLED"`, "Tasks must stay in their zones"),
		byRoot("minimum in the root", "main.tf", "deployment_minimum_healthy_percent = 0", "deployment_minimum_healthy_percent = 100", "ECS must deploy as the blueprint says"),
	}
}
