package generator

import "fmt"

// aligned is an input of the service as the root writes it, up to its value.
func aligned(name string) string { return fmt.Sprintf("%-33s = ", name) }

// linearMutations break the steps of a deployment, a container with two ports, and a second container. A canary's block is made
// by the same lines, so it is not broken once more.
func linearMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	const steps, deploys = "Production traffic must move in the steps that were given", "ECS must deploy as the blueprint says"
	const service = "The service must get the target groups and rules of metrics"
	return []mutation{
		in("strategy", `"LINEAR"`, `"BLUE_GREEN"`, "The strategy must be LINEAR"),
		in("share of a step", "= var.step_percent", "= 50", steps),
		in("pause between steps", "= var.step_bake_time_in_minutes", "= 0", steps),
		byRoot("share in the root", "main.tf", "= 12.5\n", "= 99.9\n", deploys),
		byRoot("pause in the root", "main.tf", aligned("step_bake_time_in_minutes")+"2", aligned("step_bake_time_in_minutes")+"1", deploys),
		in("second port", "= var.container_app.port_2", "= var.container_app.port", "The container app must run its image"),
		in("groups of another key", "= var.traffic_metrics.blue_target_group_arn", "= var.traffic_web.blue_target_group_arn", ""), // it is found by its group
		in("rule of another key", "= var.traffic_metrics.production_rule_arn", "= var.traffic_web.production_rule_arn", "ECS must shift the traffic metrics"),
		byRoot("port of another key", "main.tf", "container_port         = 9001", "container_port         = 9000", service),
		byRoot("groups of another key in the root", "main.tf", "  traffic_metrics = {\n    blue_target_group_arn  = module.target_groups_metrics", "  traffic_metrics = {\n    blue_target_group_arn  = module.target_groups_web", service),
		byRoot("second port of the container", "main.tf", "port_2               = 9001", "port_2               = 9003", "The task must be as the blueprint has it"),
		byRoot("hook at every step counts", "main.tf", `create = "68m"`, `create = "40m"`, deploys),
	}
}

// networkMutations break a service behind a Network Load Balancer.
func networkMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/listeners/main.tf", from: from, to: to, by: "listeners", says: says}
	}
	group := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/target_groups/main.tf", from: from, to: to, by: "target_groups", says: says}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const production, test = "The production listener must stand on its port", "The test listener must stand on its port"
	const given, service = "The listeners of wire must be as the blueprint has them", "The service must get the target groups and rules of wire"
	both := group("protocol to the tasks", `protocol             = "TCP"`, `protocol             = "UDP"`, "A Network Load Balancer passes bytes on")
	both.times = 2
	return []mutation{
		in("where production starts", "= var.blue_target_group_arn", "= var.green_target_group_arn", "Production traffic must start on blue"),
		in("where test starts", "= var.green_target_group_arn", "= var.blue_target_group_arn", "Test traffic must start on green"),
		in("port", "= var.production.port", "= 80", production),
		in("certificate", "= var.production.certificate_arn", "= var.test.certificate_arn", production),
		in("policy", "= var.test.ssl_policy", `= "ELBSecurityPolicy-2016-08"`, test),
		in("port of test", "= var.test.port", "= var.production.port", test),
		in("certificate of test", "= var.test.certificate_arn", "= var.production.certificate_arn", test),
		both,
		root("port of production", "port            = 443", "port            = 444", given),
		root("certificates", "= var.test_certificate_arn", "= var.certificate_arn", given),
		root("protocols and ciphers", "TLS13-1-3", "TLS13-1-2", given),
		root("load balancer", "= var.network_load_balancer_arn", "= var.cluster_arn", given),
		root("path of the check", `path                = "/healthy"`, `path                = "/"`, "The target groups of wire must be as the blueprint has them"),
		root("protocol of the check", `protocol            = "HTTP"`, `protocol            = "TCP"`, "The target groups of wire must be as the blueprint has them"),
		root("deregistration", "deregistration_delay_seconds = 120", "deregistration_delay_seconds = 30", "The target groups of wire must be as the blueprint has them"),
		root("listeners of the service", "production_listener_arn = module.listeners_wire.production_listener_arn", "production_listener_arn = module.listeners_wire.test_listener_arn", service),
		root("a listener forgotten", ", module.listeners_wire.test_listener_arn]", "]", "The infrastructure role must get"),
		root("minutes of the load balancer", `create = "4`, `create = "1`, "ECS must deploy as the blueprint says"),
	}
}

// weightedMutations break a listener that carries both groups from birth.
func weightedMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/listeners_wire/main.tf", from: from, to: to, by: "listeners_wire", says: says}
	}
	const born = "Production traffic must start on blue, with green bound to the listener"
	return []mutation{
		in("weight of blue", "weight = 100", "weight = 1", born),
		in("weight of green", "weight = 0", "weight = 100", born),
		in("other than blue", "= var.blue_target_group_arn", "= var.load_balancer_arn", born),
		{name: "test's weights", file: "modules/listeners/main.tf", from: "arn    = var.green_target_group_arn\n        weight = 100", to: "arn    = var.green_target_group_arn\n        weight = 0", by: "listeners", says: "Test traffic must start on green, with blue bound to the listener"},
	}
}

// connectMutations break a service that others call through their proxies.
func connectMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	root := func(name, from, to string) mutation {
		return byRoot(name, "main.tf", from, to, "Service Connect must be as the blueprint has it")
	}
	const known, header = "The proxies must know the traffic rpc", "Requests with the test header of rpc"
	const tls, waits = "The proxies of rpc must have certificates", "The proxies of rpc must give up"
	return []mutation{
		in("off", "enabled   = true", "enabled   = false", "Service Connect must be on"),
		in("namespace", "= var.namespace_arn", "= var.cluster_arn", "Service Connect must be on"),
		in("name of the port", "= var.traffic_rpc.port_name", "= var.traffic_raw.port_name", known),
		in("name in the namespace", "= var.traffic_rpc.discovery_name", "= var.traffic_raw.discovery_name", known),
		in("port of the clients", "= var.traffic_rpc.client_port", "= 8080", known),
		in("name for the clients", "= var.traffic_rpc.client_dns_name", "= var.name", known),
		in("test header", "= var.traffic_rpc.test_header.name", `= "host"`, header),
		in("value of the test header", "= var.traffic_rpc.test_header.value", `= "0"`, header),
		in("authority", "= var.traffic_rpc.authority_arn", "= var.traffic_rpc.kms_key_arn", tls),
		in("key", "= var.traffic_rpc.kms_key_arn", "= var.traffic_rpc.authority_arn", tls),
		in("role of the certificates", "role_arn = var.connect_role_arn", "role_arn = var.task_role_arn", tls),
		in("idle connections", "= var.traffic_rpc.idle_timeout_seconds", "= 1", waits),
		in("slow requests", "= var.traffic_rpc.per_request_timeout_seconds", "= 1", waits),
		in("logs of the proxies", "\n        awslogs-group         = aws_cloudwatch_log_group.this.name", "\n        awslogs-group         = var.name", "The proxies must log"),
		in("protocol of the port", "= var.container_app.port_app_protocol", `= "http2"`, "The container app must run its image"),
		in("name in the mapping", "= var.container_app.port_name", "= var.container_app.port_2_name", "The container app must run its image"),
		root("discovery name in the root", `"prices"`+"\n    idle", `"other"`+"\n    idle"),
		root("test header in the root", `name = "x-blue-green-test"`, `name = "x-test"`),
		root("namespace in the root", "= var.namespace_arn", "= var.cluster_arn"),
		root("requests without end", "per_request_timeout_seconds = 0", "per_request_timeout_seconds = 15"),
		{name: "policy of the role", file: "modules/iam_roles/main.tf", from: ":iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForServiceConnect", to: ":iam::aws:policy/AmazonECSInfrastructureRolePolicyForServiceConnect", by: "iam_roles", says: "The connect role must carry"},
		byRoot("role of the service", "main.tf", "= module.iam_roles.connect_role_arn", "= module.iam_roles.task_role_arn", "The service must get its roles"),
	}
}
