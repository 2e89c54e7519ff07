package generator

import "slices"

// exampleMutations break the service of blueprint.example.yaml.
func exampleMutations() []mutation {
	return slices.Concat(serviceMutations(), taskMutations(), ruleMutations(), groupMutations(), roleMutations(), hookMutations(), rootMutations())
}

// byRoot are those that the root's own test must notice.
func byRoot(name, file, from, to, says string) mutation {
	return mutation{name: name, file: file, from: from, to: to, by: "configuration", says: says}
}

func serviceMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	return []mutation{
		in("strategy", `"BLUE_GREEN"`, `"ROLLING"`, "The strategy must be BLUE_GREEN"),
		in("bake time", "= var.bake_time_in_minutes", "= 1", "Blue must stay for the bake time"),
		in("stages", "= var.hook_warm_up.lifecycle_stages", `= ["PRE_SCALE_UP"]`, "must stand at its stages"),
		in("hook's function", "= var.hook_warm_up.function_arn", "= var.hook_warm_up.invoke_role_arn", "must stand at its stages"),
		in("hook's role", "= var.hook_warm_up.invoke_role_arn", "= var.infrastructure_role_arn", "must stand at its stages"),
		in("hook's end", `"CONTINUE"`, `"ROLLBACK"`, "must end in a deployment"),
		in("hook's minutes", "= var.hook_warm_up.timeout_in_minutes", "= 1440", "must end in a deployment"),
		in("grace period", "= var.health_check_grace_period_seconds", "= 0", "Tasks must have their grace period"),
		in("circuit breaker", "enable   = true", "enable   = false", "The circuit breaker must be"),
		in("breaker's rollback", "rollback = true", "rollback = false", "The circuit breaker must be"),
		in("wait for steady state", "wait_for_steady_state = true", "wait_for_steady_state = false", "Terraform must wait"),
		in("timeout of create", "= var.timeouts.create", `= "5m"`, "Terraform must wait"),
		in("timeout of update", "= var.timeouts.update", "= var.timeouts.create", "Terraform must wait"),
		in("timeout of delete", "= var.timeouts.delete", `= "5m"`, "Terraform must wait"),
		in("revision after a rollback", "self.task_definition == aws_ecs_task_definition.this.arn", "self.task_definition == var.name", "ECS rolled the deployment back"),
		in("live group", "= var.traffic_web.blue_target_group_arn", "= var.traffic_web.green_target_group_arn", "must be in the blue target group"),
		in("other group", "= var.traffic_web.green_target_group_arn", "= var.traffic_web.blue_target_group_arn", "ECS must shift the traffic web"),
		in("production rule", "= var.traffic_web.production_rule_arn", "= var.traffic_web.test_rule_arn", "ECS must shift the traffic web"),
		in("test rule", "= var.traffic_web.test_rule_arn", "= var.traffic_web.production_rule_arn", "ECS must shift the traffic web"),
		in("role that shifts", "= var.infrastructure_role_arn", "= var.task_role_arn", "ECS must shift the traffic web"),
		in("container port", "= var.traffic_web.container_port", "= 80", "must be in the blue target group"),
		in("public address", "assign_public_ip = false", "assign_public_ip = true", "public addresses"),
		in("subnets", "= var.subnet_ids", `= ["subnet-00000000000000009"]`, "The tasks must be in their subnets"),
		in("security group", "[aws_security_group.this.id]", `["sg-00000000000000009"]`, "The tasks must be in their subnets"),
		in("cluster", "= var.cluster_arn", `= "default"`, "The service must run its task definition in its cluster"),
		in("launch type", `launch_type                        = "FARGATE"`, `launch_type                        = "EC2"`, "The service must run its task definition in its cluster"),
		in("task definition", "  = aws_ecs_task_definition.this.arn", "  = var.name", "ECS rolled the deployment back"),
		in("fewest healthy tasks", "= 100", "= 0", "never have fewer healthy tasks"),
		in("most tasks", "= 200", "= 100", "never have fewer healthy tasks"),
		in("tags of tasks", `"SERVICE"`, `"NONE"`, "Tasks must carry the service's tags"),
		in("who may connect", "= each.value.security_group_id", `= "sg-00000000000000009"`, "Only the security groups that were given"),
		in("port that is open", "from_port                    = each.value.port", "from_port                    = 0", "Only the security groups that were given"),
		in("protocol", "  from_port                    = each.value.port\n  ip_protocol                  = \"tcp\"", "  from_port                    = each.value.port\n  ip_protocol                  = \"udp\"", "Only the security groups that were given"),
		in("destination", "= each.value.cidr_ipv4", `= "0.0.0.0/0"`, "The tasks must connect to the destinations that were given"),
		byRoot("desired count", "modules/service/main.tf", "= var.desired_count", "= 1", "ECS must deploy as the blueprint says"),
	}
}

func taskMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	return []mutation{
		in("skip_destroy", "  # A rollback needs the old revision.\n  skip_destroy = true\n", "", "either true or false, not null"),
		in("image", "= var.container_app.image", `= "busybox"`, "must run its image"),
		in("port of the container", "= var.container_app.port", "= 80", "must run its image"),
		in("name of the container", "= var.container_app.name", `= "main"`, "must run its image"),
		in("stop timeout", "= var.container_app.stop_timeout_seconds", "= 2", "must run its image"),
		in("essential", "essential   = true", "essential   = false", "must run its image"),
		in("role of the task", "= var.task_role_arn", "= var.execution_role_arn", "The task must have its two roles, each in its place"),
		in("role of the execution", "execution_role_arn       = var.execution_role_arn", "execution_role_arn       = var.task_role_arn", "The task must have its two roles, each in its place"),
		in("memory", "= var.task.memory", "= 512", "The task must have its size"),
		in("architecture", "= var.task.cpu_architecture", `= "ARM64"`, "The task must have its size"),
		in("retention of the containers' logs", "= var.log_retention_days", "= 0", "Logs must be kept"),
		in("log group of the containers", "= aws_cloudwatch_log_group.this.name", `= "/ecs"`, "must log to the service's log group"),
	}
}

func ruleMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/listener_rules/main.tf", from: from, to: to, by: "listener_rules", says: says}
	}
	const production, test = "Production traffic must start on blue", "Test traffic must start on green"
	group := func(colour, weight string) string {
		return "        arn    = var." + colour + "_target_group_arn\n        weight = " + weight + "\n"
	}
	return []mutation{
		in("production weight of blue", group("blue", "100"), group("blue", "99"), production),
		in("production weight of green", group("green", "0"), group("green", "100"), production),
		in("test weight of green", group("green", "100"), group("green", "0"), test),
		in("test weight of blue", group("blue", "0"), group("blue", "100"), test),
		in("production's group", group("blue", "100"), group("green", "100"), "Duplicate object key"),
		in("production priority", "= var.production.priority", "= 1", "The production rule must have its own priority"),
		in("test priority", "= var.test.priority", "= 49000", "The test rule must have its own priority"),
		in("condition dropped", "  condition {\n    http_header {\n      http_header_name = var.test.http_header.name\n      values           = var.test.http_header.values\n    }\n  }\n\n", "",
			"The test rule must have each of its conditions"),
		in("production's condition", "= var.production.host_header", `= ["*.example.com"]`, "The production rule must have each of its conditions"),
		in("condition of the test rule", "= var.test.host_header", `= ["*.example.com"]`, "The test rule must have each of its conditions"),
		in("header of the test rule", "= var.test.http_header.name", `= "x-other"`, "The test rule must have each of its conditions"),
		in("production's listener", "\"production\" {\n  listener_arn = var.listener_arn", "\"production\" {\n  listener_arn = var.blue_target_group_arn", "The production rule must stand in its listener"),
		in("listener of the test rule", "\"test\" {\n  listener_arn = var.listener_arn", "\"test\" {\n  listener_arn = var.blue_target_group_arn", "The test rule must stand in its listener"),
		byRoot("the priorities that are told", "modules/listener_rules/outputs.tf", "= aws_lb_listener_rule.test.priority", "= 1", "must have the blueprint's priorities"),
	}
}

func groupMutations() []mutation {
	in := func(name, from, to, says string, times int) mutation {
		return mutation{name: name, file: "modules/target_groups/main.tf", from: from, to: to, by: "target_groups", says: says, times: times}
	}
	const alike = "Blue and green must differ in their name only"
	return []mutation{
		in("blue's name", "= var.blue_name", "= var.green_name", "The blue target group must have its own name", 1),
		in("green's name", "= var.green_name", "= var.blue_name", "The green target group must have its own name", 1),
		in("delay of blue alone", "\"blue\" {\n  deregistration_delay = var.deregistration_delay_seconds", "\"blue\" {\n  deregistration_delay = 300", alike, 1),
		in("target type", `"ip"`, `"instance"`, "registered by their address", 2),
		in("VPC", "= var.vpc_id", `= "vpc-00000000000000009"`, "The target groups must be in the tasks' VPC", 2),
		in("health check's path", "= var.health_check.path", `= "/"`, "The health check must ask for the path", 2),
		{name: "health check's interval", file: "modules/target_groups/main.tf", from: "= var.health_check.interval", to: "= 300", times: 2,
			by: "configuration", says: "must be as the blueprint has them"},
		{name: "protocol version", file: "modules/target_groups/main.tf", from: "= var.protocol_version", to: `= "GRPC"`, times: 2,
			by: "configuration", says: "must be as the blueprint has them"},
	}
}
