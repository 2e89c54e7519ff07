package generator

import "slices"

// meshMutations break the article's mesh: nodes, tasks, route, and what the root hands on.
func meshMutations() []mutation {
	return slices.Concat(nodeMutations(), meshTaskMutations(), routeMutations(), meshServiceMutations(), meshRootMutations())
}

func inModule(module string) func(name, from, to, says string) mutation {
	return func(name, from, to, says string) mutation {
		return mutation{name: module + ", " + name, file: "modules/" + module + "/main.tf", from: from, to: to, by: module, says: says}
	}
}

func nodeMutations() []mutation {
	in := inModule("virtual_nodes")
	const tasks, listens, checks = "must take the tasks of the", "Envoy must listen where the application does", "Envoy must check the application"
	return []mutation{
		in("attribute", "ECS_SERVICE_NAME = each.value", "ECS_SERVICE_NAME = each.key", tasks),
		in("namespace", "= var.namespace_name", "= var.mesh_name", tasks),
		in("Cloud Map service", "= var.service_discovery_service_name", "= var.namespace_name", tasks),
		in("name", "  name      = each.value", "  name      = each.key", tasks),
		in("mesh", "= var.mesh_name", "= var.namespace_name", tasks),
		in("port", "port     = var.port", "port     = 80", listens),
		in("path", "= var.health_check.path", `= "/"`, checks),
		in("interval", "= var.health_check.interval_millis", "= 30000", checks),
		in("threshold", "unhealthy_threshold = var.health_check.unhealthy_threshold", "unhealthy_threshold = var.health_check.healthy_threshold", checks),
		{name: "virtual_nodes, what Envoy asks for", file: "modules/virtual_nodes/outputs.tf", from: "/virtualNode/", to: "/virtualnode/", by: "virtual_nodes", says: "Envoy must ask for the"},
	}
}

func meshTaskMutations() []mutation {
	in := inModule("task_definitions")
	const proxy = "All traffic of the application, and nothing else, must pass Envoy"
	const stands = "Envoy must stand for the"
	return []mutation{
		in("proxy's container", `container_name = "envoy"`, `container_name = "app"`, proxy),
		in("application's port", "AppPorts = var.container_app.port", "AppPorts = 80", proxy),
		in("credentials through the proxy", "169.254.170.2,169.254.169.254", ",", proxy),
		in("user that passes by", `IgnoredUID       = "1337"`, `IgnoredUID       = "0"`, proxy),
		in("ports of the proxy", "= 15001", "= 15000", proxy),
		in("Envoy's user", "      user = \"1337\"\n      logConfiguration = {\n        logDriver = \"awslogs\"\n        options = {\n          awslogs-group         = aws_cloudwatch_log_group.this[\"envoy\"]",
			"      user = \"0\"\n      logConfiguration = {\n        logDriver = \"awslogs\"\n        options = {\n          awslogs-group         = aws_cloudwatch_log_group.this[\"envoy\"]", stands),
		in("Envoy's node", "var.virtual_node_resource_names[each.key]", `var.virtual_node_resource_names["blue"]`, "Envoy must stand for the green"),
		in("Envoy's health", "9901/server_info", "9901/ready", stands),
		in("image of a colour", "var.images[each.key]", `var.images["blue"]`, "The container app must run its image"),
		in("waits for Envoy", `condition = "HEALTHY"`, `condition = "START"`, "The container app must wait for Envoy"),
		in("traces", `"ENABLE_ENVOY_XRAY_TRACING", value`, `"ENABLE_TRACING", value`, "Envoy must send its traces"),
		in("daemon's port", "containerPort = 2000", "containerPort = 2001", "Envoy must send its traces"),
		in("memory", "memory      = var.container_app.memory", "memory      = 64", "The container app must run its image"),
		in("family", "= each.value\n  memory", "= each.key\n  memory", "task must be of its own family"),
		in("roles", "task_role_arn            = var.task_role_arn", "task_role_arn            = var.execution_role_arn", "The task must have its two roles"),
		in("old revisions", "skip_destroy = true", "skip_destroy = false", "Old revisions must stay registered"),
		in("retention", "= var.log_retention_days", "= 1", "Logs must be kept"),
	}
}

func routeMutations() []mutation {
	in := inModule("virtual_service")
	out := func(name, from, to string) mutation {
		return mutation{name: "virtual_service, " + name, file: "modules/virtual_service/variables.tf", from: from, to: to, by: "virtual_service", says: expectedFailure}
	}
	return []mutation{
		in("weights", "= var.weights[weighted_target.key]", "= 1", "Each node must carry its own colour's weight"),
		in("targets", "= weighted_target.value", "= weighted_target.key", "Each node must carry its own colour's weight"),
		in("prefix", `prefix = "/"`, `prefix = "/v2"`, "The route must take every request"),
		in("retries", "= var.retry_policy.max_retries", "= 9", "Envoy must repeat requests"),
		in("unit", `unit  = "s"`, `unit  = "ms"`, "Envoy must repeat requests"),
		in("provider", "virtual_router_name = aws_appmesh_virtual_router.this.name\n      }", "virtual_router_name = var.name\n      }", "Clients must reach the router"),
		in("router's port", "port     = var.port", "port     = 80", "The router must listen where the nodes do"),
		out("no colour", "length(var.virtual_node_names) > 0", "length(var.virtual_node_names) >= 0"),
		out("no weight", "sum(values(var.weights)) >= 1", "sum(values(var.weights)) >= 0"),
		out("more than 100", "sum(values(var.weights)) <= 100", "sum(values(var.weights)) <= 200"),
		out("less than 0", "weight >= 0 &&", "weight >= -9 &&"),
		out("weight on an inactive colour", "weight == 0 || contains", "weight >= 0 || contains"),
	}
}

func meshServiceMutations() []mutation {
	in, roles, discovery := inModule("services"), inModule("iam_roles"), inModule("service_discovery")
	return []mutation{
		in("name", "= each.value", "= each.key", "service must have its own name and task definition"),
		in("definition", "var.task_definition_arns[each.key]", `var.task_definition_arns["blue"]`, "The green service must have its own name"),
		in("registry", "= var.service_discovery_service_arn", "= var.cluster_arn", "The tasks must register in Cloud Map"),
		in("waiting", "wait_for_steady_state = true", "wait_for_steady_state = false", "The tasks must register in Cloud Map, and an apply must wait"),
		in("breaker", "rollback = true", "rollback = false", "The circuit breaker"),
		roles("action", `"appmesh:StreamAggregatedResources"`, `"appmesh:*"`, "Envoy may stream the configuration of the active virtual nodes"),
		roles("every node", "= values(var.virtual_node_arns)", `= ["*"]`, "Envoy may stream the configuration of the active virtual nodes"),
		roles("traces", "AWSXRayDaemonWriteAccess", "CloudWatchFullAccess", "must carry AWSXRayDaemonWriteAccess"),
		roles("whose policy", "role   = aws_iam_role.task.id", "role   = aws_iam_role.execution.id", "The task role must have the policy for exactly these virtual nodes"),
		discovery("records", `type = "A"`, `type = "AAAA"`, "The tasks must register by their addresses"),
		discovery("VPC", "= var.vpc_id", "= var.name", "The namespace must have its name, and resolve"),
	}
}

func meshRootMutations() []mutation {
	in := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const nodes, tasks, route = "The virtual nodes must be as the blueprint has them", "The tasks must be as the blueprint has them", "The route must be as the blueprint has it"
	return []mutation{
		in("a second active colour", "      active = false", "      active = true", "Only blue must be active"),
		in("weight", "      weight = 1", "      weight = 2", "The route must have the blueprint's weights"),
		in("inactive colours too", " if state.active }", " }", "Only blue must be active"),
		in("name of a colour", `name   = "sample-blue"`, `name   = "sample-b"`, "Each active colour must have its ECS service"),
		in("port", "port = 8080", "port = 8081", nodes),
		in("image of a colour", "/sample:0.0.1", "/sample:0.0.9", tasks),
		in("image of Envoy", "v1.20.0.1-prod", "v1.19.0.0-prod", tasks),
		in("egress", `"DROP_ALL"`, `"ALLOW_ALL"`, "The mesh must have its egress filter"),
		in("health check", `"/health"`, `"/"`, nodes),
		in("retries", "max_retries               = 1", "max_retries               = 2", route),
		in("name of the virtual service", `"sample.mesh.local"`, `"other.mesh.local"`, "Clients must reach the service as sample.mesh.local"),
		in("desired count", "desired_count                 = 1", "desired_count                 = 2", "The services must be as the blueprint has them"),
		in("roles swapped", "execution_role_arn          = module.iam_roles.execution_role_arn", "execution_role_arn          = module.iam_roles.task_role_arn", "The tasks must get their roles"),
		in("another registry", "= module.service_discovery.service_arn", "= var.cluster_arn", "The services must get what they run"),
		in("more nodes for Envoy", "virtual_node_arns   = module.virtual_nodes.arns", "virtual_node_arns   = { every = \"arn:aws:appmesh:ap-northeast-1:012345670123:mesh/sample/virtualNode/x\" }", "Envoy must be allowed the active virtual nodes"),
		in("who may call", "security_group_id = var.client_security_group_id", `security_group_id = "sg-00000000000000007"`, "The security group must have the blueprint's rules"),
		in("log group", `"/ecs/sample/xray"`, `"/ecs/sample/x"`, "Each container must have its log group"),
	}
}
