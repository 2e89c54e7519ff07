package generator

// networkWatchMutations break what watches the keys behind Network Load Balancers.
func networkWatchMutations() []mutation {
	in := func(module, name, from, to, says string, times int) mutation {
		return mutation{name: name, file: "modules/" + module + "/main.tf", from: from, to: to, by: module, says: says, times: times}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const every, picture, blueprint = "must watch every target group", "Widget wire: tasks behind the load balancer must show its metrics", "must be as the blueprint has"
	balancer := `join("/", slice(split("/", var.network_load_balancer_arn), 1, 4))`
	return []mutation{
		in("alarms", "green's tasks", "SUM([FILL(unhealthy_blue, 0), FILL(unhealthy_green, 0)])", "FILL(unhealthy_blue, 0)", every, 1),
		in("alarms", "missing data of the idle group", "SUM([FILL(unhealthy_blue, 0), FILL(unhealthy_green, 0)])", "SUM([unhealthy_blue, unhealthy_green])", every, 1),
		in("alarms", "whose metrics", `"AWS/NetworkELB"`, `"AWS/ApplicationELB"`, every, 2),
		in("alarms", "healthy tasks", `"UnHealthyHostCount"`, `"HealthyHostCount"`, every, 2),
		in("alarms", "one node's opinion", `"Minimum"`, `"Maximum"`, every, 2),
		in("alarms", "the other colour's dimension", "= var.green_target_group_arn_suffix", "= var.blue_target_group_arn_suffix", every, 1),
		in("alarms", "threshold", "= var.unhealthy_hosts.count", "= 100", "must breach at its threshold", 1),
		in("alarms", "missing data", `"notBreaching"`, `"breaching"`, "must breach at its threshold", 1),
		in("dashboard", "picture of one colour", `["AWS/NetworkELB", "HealthyHostCount", "LoadBalancer", var.traffic_wire.load_balancer_arn_suffix, "TargetGroup", var.traffic_wire.green_target_group_arn_suffix`,
			`["AWS/NetworkELB", "HealthyHostCount", "LoadBalancer", var.traffic_wire.load_balancer_arn_suffix, "TargetGroup", var.traffic_wire.blue_target_group_arn_suffix`, picture, 1),
		in("dashboard", "picture of the other key", `"UnHealthyHostCount", "LoadBalancer", var.traffic_wire.load_balancer_arn_suffix`, `"UnHealthyHostCount", "LoadBalancer", var.traffic_feed.load_balancer_arn_suffix`, picture, 2),
		in("dashboard", "connections", `"NewFlowCount", "LoadBalancer", var.traffic_wire.`, `"NewFlowCount", "LoadBalancer", var.traffic_feed.`, "Widget wire: connections, all services of the load balancer must show its metrics", 1),
		in("dashboard", "resets", `"TCP_Target_Reset_Count", "LoadBalancer", var.traffic_wire.`, `"TCP_Client_Reset_Count", "LoadBalancer", var.traffic_wire.`, "Widget wire: resets a minute, all services of the load balancer must show its metrics", 1),
		root("an alarm forgotten", "setunion(module.alarms_feed.alarm_names, module.alarms_wire.alarm_names)", "module.alarms_wire.alarm_names", "The service must watch its alarms"),
		{name: "tasks of the blueprint", file: "main.tf", from: "count      = 2", to: "count      = 9", times: 2, by: "configuration", says: "must be as the blueprint has them"},
		root("groups of the other key", "blue_target_group_arn_suffix  = module.target_groups_wire.blue_arn_suffix\n  green_target_group_arn_suffix = module.target_groups_wire.green_arn_suffix\n  load_balancer_arn_suffix      = "+balancer+"\n\n  evaluation",
			"blue_target_group_arn_suffix  = module.target_groups_feed.blue_arn_suffix\n  green_target_group_arn_suffix = module.target_groups_wire.green_arn_suffix\n  load_balancer_arn_suffix      = "+balancer+"\n\n  evaluation", "The alarms of wire must watch its target groups"),
		root("load balancer of the other key", "load_balancer_arn_suffix      = "+balancer+"\n\n  evaluation", `load_balancer_arn_suffix      = join("/", slice(split("/", data.aws_lb.network_load_balancer.arn), 1, 4))`+"\n\n  evaluation", "The alarms of wire must watch its target groups"),
		root("colours of the dashboard", "    green_target_group_arn_suffix = module.target_groups_wire.green_arn_suffix", "    green_target_group_arn_suffix = module.target_groups_wire.blue_arn_suffix", "The dashboard must show the target groups of wire"),
		root("port of the test listener", "https://ledger.example.com:8443", "https://ledger.example.com", "The hook smoke "+blueprint),
		root("what is spoken", "http://feed.example.com:7101", "https://feed.example.com:7101", "The hook smoke-feed "+blueprint),
		root("metric of the hook", `metric_name  = "UnHealthyHostCount"`+"\n      namespace    = \"AWS/NetworkELB\"", `metric_name  = "UnHealthyHostCount"`+"\n      namespace    = \"AWS/ApplicationELB\"", "The hook healthy "+blueprint),
		root("statistic of the hook", `stat         = "Average"`, `stat         = "Sum"`, "The hook healthy "+blueprint),
		root("load balancer of the hook", `load_balancer_arn_suffix = join("/", slice(split("/", data.aws_lb.network_load_balancer.arn), 1, 4))`, "load_balancer_arn_suffix = "+balancer, "The hook healthy "+blueprint),
		root("groups of the hook", "[module.target_groups_feed.blue_arn_suffix, module.target_groups_feed.green_arn_suffix]", "[module.target_groups_wire.blue_arn_suffix, module.target_groups_feed.green_arn_suffix]", "The hook healthy must get the target groups of feed"),
	}
}
