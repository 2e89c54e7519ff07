package generator

import "slices"

// rootMutations break the wiring and the values of the example's root.
func rootMutations() []mutation {
	in := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const rules = "  blue_target_group_arn  = module.target_groups_web.blue_arn\n  green_target_group_arn = module.target_groups_web.green_arn\n  listener_arn"
	const swapped = "  blue_target_group_arn  = module.target_groups_web.green_arn\n  green_target_group_arn = module.target_groups_web.blue_arn\n  listener_arn"
	const deploy = "ECS must deploy as the blueprint says"
	const conditions = "The rules of web must have the blueprint's conditions"
	const roles = "The service must get its roles"
	out := []mutation{
		in("groups of the rules swapped", rules, swapped, "The rules of web must get their target groups"),
		in("groups of the service swapped", "    blue_target_group_arn  = module.target_groups_web.blue_arn\n    container_name         = \"app\"\n    container_port         = 9000\n    green_target_group_arn = module.target_groups_web.green_arn",
			"    blue_target_group_arn  = module.target_groups_web.green_arn\n    container_name         = \"app\"\n    container_port         = 9000\n    green_target_group_arn = module.target_groups_web.blue_arn",
			"The service must get the target groups and rules of web"),
		in("rules of the service swapped", "production_rule_arn    = module.listener_rules_web.production_rule_arn\n    test_rule_arn          = module.listener_rules_web.test_rule_arn",
			"production_rule_arn    = module.listener_rules_web.test_rule_arn\n    test_rule_arn          = module.listener_rules_web.production_rule_arn", "The service must get the target groups and rules of web"),
		in("container port", "container_port         = 9000", "container_port         = 80", "The service must get the target groups and rules of web"),
		in("wrong infrastructure role", "= module.iam_roles.infrastructure_role_arn", "= module.iam_roles.task_role_arn", roles),
		in("wrong execution role", "= module.iam_roles.execution_role_arn", "= module.iam_roles.task_role_arn", roles),
		in("wrong task role", "= module.iam_roles.task_role_arn", "= module.iam_roles.execution_role_arn", roles),
		in("wrong function", "= module.hook_warm_up.function_arn", "= module.hook_warm_up.invoke_role_arn", "The service must get the hook warm-up"),
		in("wrong invoke role", "= module.hook_warm_up.invoke_role_arn", "= module.hook_warm_up.execution_role_arn", "The service must get the hook warm-up"),
		in("stages", `["POST_SCALE_UP"]`, `["PRE_SCALE_UP"]`, deploy),
		in("bake time", "bake_time_in_minutes              = 3", "bake_time_in_minutes              = 0", deploy),
		in("grace period", "health_check_grace_period_seconds = 300", "health_check_grace_period_seconds = 0", deploy),
		in("desired count", "desired_count                     = 4", "desired_count                     = 1", deploy),
		in("timeouts", `update = "24m"`, `update = "5m"`, deploy),
		in("hook's end", "timeout_in_minutes = 5", "timeout_in_minutes = 50", deploy),
		in("wait seconds", "= 180", "= 18", "The hook warm-up must be as the blueprint has it"),
		in("production's host", "    priority    = 110\n    host_header = [\"orders.example.com\"]", "    priority    = 110\n    host_header = [\"*.example.com\"]", conditions),
		in("header of the test rule", `"x-blue-green-test"`, `"x-test"`, conditions),
		in("value of the header", `["1"]`, `["*"]`, conditions),
		in("names of the groups", `"orders-production-web-green"`, `"orders-web-green"`, "must be as the blueprint has them"),
		in("name of the hook's role", `"orders-production-warm-up-invoke"`, `"orders-invoke"`, "The hook's invoke role must be called"),
		in("name of the function's role", `"orders-production-warm-up-execution"`, `"orders-execution"`, "The hook's execution role must be called"),
		in("log group of the hook", `"/aws/lambda/orders-production-warm-up"`, `"/aws/lambda/orders"`, "The hook warm-up must be as the blueprint has it"),
		in("name of the security group", `"orders-production-service"`, `"orders"`, "The service must be where"),
		in("production priority", "= 110", "= 111", "must have the blueprint's priorities"),
		in("test priority", "= 109", "= 209", "must have the blueprint's priorities"),
		in("health check's path", `"/healthcheck"`, `"/"`, "must be as the blueprint has them"),
		in("size of the task", "memory           = 2048", "memory           = 4096", "The task must be as the blueprint has it"),
		in("port of the container", "    port                 = 9000", "    port                 = 9001", "The task must be as the blueprint has it"),
		in("image", "= var.image", `= "busybox"`, "The task must be as the blueprint has it"),
		in("cluster", "= var.cluster_arn", `= "arn:aws:ecs:ap-northeast-1:012345670123:cluster/other"`, "The service must be where the blueprint says"),
		in("listener", "= var.listener_arn", `= "arn:aws:elasticloadbalancing:ap-northeast-1:012345670123:listener/app/other/1/2"`, "The rules of web must stand in their listener"),
		in("name of the service", `name                              = "orders-production"`, `name                              = "orders"`, "The service must be called orders-production"),
		in("name of a role", `"orders-production-task"`, `"orders-task"`, "The task role must be called"),
		in("name of a function", `  function_name       = "orders-production-warm-up"`, `  function_name       = "orders"`, "The hook's function must be called"),
		in("name of the log group", `"/ecs/orders-production"`, `"/ecs/orders"`, "The containers must log to"),
	}
	return slices.Concat(out, outputMutations(), variableMutations())
}

// outputMutations break what the root promises.
func outputMutations() []mutation {
	in := func(name, from, to string) mutation {
		return byRoot(name, "outputs.tf", from, to, "The outputs must name the target groups and rules of web")
	}
	return []mutation{
		in("output of the other colour", "= module.target_groups_web.blue_arn\n", "= module.target_groups_web.green_arn\n"),
		in("metrics of the other colour", "= module.target_groups_web.green_arn_suffix\n", "= module.target_groups_web.blue_arn_suffix\n"),
		in("output of the other rule", "= module.listener_rules_web.test_rule_arn", "= module.listener_rules_web.production_rule_arn"),
	}
}

func variableMutations() []mutation {
	in := func(name, from, to, says string) mutation { return byRoot(name, "variables.tf", from, to, says) }
	return []mutation{
		in("any load balancer's listener", "listener/app/\"", "listener/\"", expectedFailure),
		in("any name of a cluster", `"^arn:[^:]+:ecs:[^:]+:[0-9]{12}:cluster/"`, `"^"`, expectedFailure),
		in("any destination", "can(cidrhost(var.egress_cidr_ipv4, 0))", `var.egress_cidr_ipv4 != ""`, expectedFailure),
	}
}
