package generator

// handlerMutations break a handler of the team's own.
func handlerMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/hook_code/main.tf", from: from, to: to, by: "hook_code", says: says}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const smoke = "The hook smoke must be as the blueprint has it"
	return []mutation{
		in("source", "= var.source_path", `= "${path.module}/main.tf"`, "The function must run the handler that was given"),
		in("handler", "= var.handler", `= "index.handler"`, "The function must run the handler that was given"),
		in("runtime", "= var.runtime", `= "python3.9"`, "The function must run the handler that was given"),
		in("memory", "= var.memory_mb", "= 512", "The function must run the handler that was given"),
		in("environment", "= var.environment", "= {}", ""),
		in("handler's policy", "= var.policy_json", "= data.aws_iam_policy_document.execution.json", "The handler must have its own policy"),
		in("whose policy", "policy = var.policy_json\n  role   = aws_iam_role.execution.id", "policy = var.policy_json\n  role   = aws_iam_role.invoke.id", "The handler must have its own policy"),
		in("what may be called", "= [aws_lambda_function.this.arn]", `= ["*"]`, "The invoke role must be able to call this function, and nothing else"),
		in("log groups created", `["logs:CreateLogStream",`, `["logs:CreateLogGroup", "logs:CreateLogStream",`, "The function must not create log groups"),
		root("handler's name", `"smoke.lambda_handler"`, `"smoke.handler"`, smoke),
		root("timeout", "timeout_seconds     = 120", "timeout_seconds     = 3", smoke),
		root("memory", "memory_mb           = 256", "memory_mb           = 128", smoke),
		root("stages", `["POST_TEST_TRAFFIC_SHIFT"]`, `["POST_SCALE_UP"]`, "ECS must deploy as the blueprint says"),
		root("function of the other hook", "= module.hook_smoke.function_arn", "= module.hook_migrate.function_arn", "The service must get the hook smoke"),
		root("role of the other hook", "= module.hook_migrate.invoke_role_arn", "= module.hook_smoke.invoke_role_arn", "The service must get the hook migrate"),
		{name: "the other hook's stages", file: "modules/service/main.tf", from: "= var.hook_migrate.lifecycle_stages", to: `= ["POST_PRODUCTION_TRAFFIC_SHIFT"]`, by: "service", says: "The hook migrate must stand at its stages"},
	}
}

// scopedMutations widen what least privilege has narrowed.
func scopedMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/iam_roles/main.tf", from: from, to: to, by: "iam_roles", says: says}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const only = "change these groups, rules and listeners only"
	const scope = "The infrastructure role must get"
	return []mutation{
		in("every target group", "= var.target_group_arns", `= ["*"]`, only),
		in("every rule", "= var.rule_arns", `= ["*"]`, only),
		in("every listener", "= var.listener_arns", `= ["*"]`, only),
		in("every action", `["elasticloadbalancing:ModifyRule"]`, `["elasticloadbalancing:*"]`, only),
		in("more to look at", `"elasticloadbalancing:DescribeListeners",`, `"elasticloadbalancing:*",`, only),
		in("policy of the infrastructure role", "= data.aws_iam_policy_document.infrastructure.json", "= var.task_policy_json", "must have the policy for exactly these groups"),
		in("policy of the task", "= var.task_policy_json", "= data.aws_iam_policy_document.infrastructure.json", "The task role must have its policy"),
		in("policy of the execution", "= var.execution_policy_json", "= data.aws_iam_policy_document.infrastructure.json", "The execution role must have its policy"),
		in("policies attached", "policy_arn = each.value", `policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"`, "The task role must have the policies that were given"),
		{name: "listener of the test rule", file: "modules/listener_rules_web/main.tf", from: "= var.test_listener_arn", to: "= var.listener_arn", by: "listener_rules_web", says: "The test rule must stand in its listener"},
		root("listener of the test rule in the root", "test_listener_arn      = var.test_listener_arn", "test_listener_arn      = var.listener_arn", "The rules of web must stand in their listener"),
		root("a group forgotten", "    module.target_groups_web.green_arn,\n", "", scope),
		root("a rule forgotten", "    module.listener_rules_web.test_rule_arn,\n", "", scope),
		root("a listener forgotten", "[var.listener_arn, var.test_listener_arn]", "[var.listener_arn]", scope),
		root("the task's policy for ECS", "= data.aws_iam_policy_document.execution.json", "= data.aws_iam_policy_document.task.json", "The roles must get their policies, each its own"),
	}
}

// rollingMutations break the only group and rule of a rolling service.
func rollingMutations() []mutation {
	return []mutation{
		{name: "group of the rule", file: "modules/listener_rules/main.tf", from: "= var.blue_target_group_arn", to: "= var.listener_arn", by: "listener_rules", says: "Production traffic must go to the target group"},
		{name: "priority", file: "modules/listener_rules/main.tf", from: "= var.production.priority", to: "= 1", by: "listener_rules", says: "must have its own priority"},
		{name: "group of the service", file: "modules/service/main.tf", from: "= var.traffic_web.blue_target_group_arn", to: "= var.traffic_web.production_rule_arn", by: "service", says: "must be in the blue target group"},
		{name: "grace period", file: "modules/service/main.tf", from: "= var.health_check_grace_period_seconds", to: "= 0", by: "service", says: "Tasks must have their grace period"},
		{name: "region of the logs", file: "modules/service/main.tf", from: "= var.region", to: `= "eu-west-1"`, by: "service", says: "must log to the service's log group"},
		{name: "zones", file: "modules/service/main.tf", from: `= "ENABLED"`, to: `= "DISABLED"`, by: "service", says: "Tasks must be spread over the zones"},
		{name: "trust", file: "modules/iam_roles/main.tf", from: `["ecs-tasks.amazonaws.com"]`, to: `["ecs.amazonaws.com"]`, by: "iam_roles", says: "Only ecs-tasks.amazonaws.com may assume"},
		byRoot("timeouts", "main.tf", `create = "14m"`, `create = "4m"`, "ECS must deploy as the blueprint says"),
		byRoot("port of the container", "main.tf", "container_port        = 8080", "container_port        = 80", "The service must get the target groups and rules of web"),
		byRoot("image", "main.tf", "orders:1.4.2", "orders:latest", "The task must be as the blueprint has it"),
	}
}

// fullTaskMutations break what a task may have beside a plain container.
func fullTaskMutations() []mutation {
	service := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	roles := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/iam_roles/main.tf", from: from, to: to, by: "iam_roles", says: says}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const task, given = "The task must be as the blueprint has it", "The roles' policies must be for the blueprint's"
	return []mutation{
		service("where secrets come from", "var.container_app.secrets : { name = variable, valueFrom = arn }", "var.container_app.secrets : { name = variable, valueFrom = variable }", "The container app must get its secrets"),
		service("condition", "containerName = container, condition = condition", `containerName = container, condition = "HEALTHY"`, "The container app must wait for"),
		service("health command", "= var.container_cache.health_check.command", `= ["CMD", "true"]`, "The container cache must be checked"),
		service("health interval", "= var.container_app.health_check.interval_seconds", "= 300", "The container app must be checked"),
		service("start period", "= var.container_app.health_check.start_period_seconds", "= 0", "The container app must be checked"),
		service("open files", "hardLimit = var.container_app.open_files.hard", "hardLimit = 1", "The container app must have its limits"),
		service("init process", "= var.container_app.init_process", "= false", "must have an init process"),
		service("mount that may be written to", "var.container_app.mounts : { containerPath = mount.path, readOnly = mount.read_only", "var.container_app.mounts : { containerPath = mount.path, readOnly = false", "The container app must mount its volumes"),
		service("driver of the logs", `"awsfirelens"`, `"awslogs"`, "The container app must log through the router"),
		service("output of the logs", "= var.container_app.log_options", "= {}", "The container app must log through the router"),
		service("router's type", "= var.container_log_router.router.type", `= "fluentd"`, "The container log-router must be the log router"),
		service("router's file", "= var.container_log_router.router.config_file", `= "/other.conf"`, "The container log-router must be the log router"),
		service("ephemeral storage", "= var.ephemeral_storage_gib", "= 21", "The task must have its ephemeral storage"),
		service("folder", "= var.volume_reports.root_directory", `= "/"`, "The volume reports must be its file system"),
		service("access point", `element(split("/", var.volume_documents.access_point_arn), 1)`, `"fsap-0000000000000009"`, "The volume documents must be its file system"),
		service("file system", `element(split("/", var.volume_documents.file_system_arn), 1)`, `"fs-0000000000000009"`, "The volume documents must be its file system"),
		service("shells", "enable_execute_command             = true", "enable_execute_command             = false", "Shells in the containers must be open"),
		service("replacement by a share", "= true\n  health_check_grace", "= false\n  health_check_grace", "must not replace the service"),
		service("base", "= var.capacity_providers.fargate.base", "= 0", "The provider FARGATE must have its share"),
		service("weight", "= var.capacity_providers.fargate_spot.weight", "= 0", "The provider FARGATE_SPOT must have its share"),
		service("registry", "= var.registry.registry_arn", "= var.cluster_arn", "The tasks must register in Cloud Map"),
		service("registered port", "= var.registry.container_port", "= 80", "The tasks must register in Cloud Map"),
		roles("every secret", "= var.secret_arns", `= ["*"]`, "The execution role must read these secrets"),
		roles("every parameter", "= var.parameter_arns", `= ["*"]`, "The execution role must read these secrets"),
		roles("every key", "= var.secret_kms_key_arns", `= ["*"]`, "The execution role must read these secrets"),
		roles("more of a secret", `"secretsmanager:GetSecretValue"`, `"secretsmanager:*"`, "The execution role must read these secrets"),
		roles("secrets for the application", "policy = data.aws_iam_policy_document.secrets.json\n  role   = aws_iam_role.execution.id", "policy = data.aws_iam_policy_document.secrets.json\n  role   = aws_iam_role.task.id", "exactly the containers' secrets"),
		roles("root of a file system", `["elasticfilesystem:ClientMount"]`, `["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess"]`, "The task role must mount these file systems"),
		roles("around the access point", "values   = [var.volume_documents.access_point_arn]", `values   = ["*"]`, "The task role must mount these file systems"),
		roles("more than channels", `"ssmmessages:CreateDataChannel",`, `"ssmmessages:*",`, "The task role must open the channels of a shell"),
		root("a secret's key", ":password::\"\n      FEATURE", "\"\n      FEATURE", task),
		root("what app waits for", `migrate    = "SUCCESS"`, `migrate    = "START"`, task),
		root("a secret forgotten", "    data.aws_secretsmanager_secret.api_key_secret.arn,\n", "", given),
		root("a key forgotten", "    data.aws_kms_alias.database_password_kms_key.target_key_arn,\n", "", given),
		root("storage", "ephemeral_storage_gib             = 50", "ephemeral_storage_gib             = 21", task),
		root("shares", "weight = 3", "weight = 1", "The service must be where the blueprint says"),
	}
}
