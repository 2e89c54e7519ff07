package generator

// alarmMutations break what fails a deployment.
func alarmMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/alarms/main.tf", from: from, to: to, by: "alarms", says: says}
	}
	all := func(name, from, to, says string, times int) mutation {
		m := in(name, from, to, says)
		m.times = times
		return m
	}
	service := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const every, breach, watches, blueprint = "must watch every target group", "must breach at its threshold", "The service must watch its alarms", "The alarms of web must be as the blueprint has them"
	web := "  source = \"./modules/alarms\"\n\n  blue_target_group_arn_suffix  = module.target_groups_web."
	return []mutation{
		in("green's errors", "FILL(errors_blue, 0), FILL(errors_green, 0)", "FILL(errors_blue, 0)", every),
		in("missing data of the idle group", "SUM([FILL(requests_blue, 0), FILL(requests_green, 0)])", "requests_blue + requests_green", every),
		in("a rate of a few", "IF(requests >= ${var.error_rate.min_requests}, 100 * errors / requests, 0)", "100 * errors / requests", every),
		in("green's latency", "MAX([FILL(slowest_blue, 0), FILL(slowest_green, 0)])", "slowest_blue", every),
		in("seconds for milliseconds", "1000 * slowest", "1 * slowest", every),
		in("starting tasks of green", "IF(FILL(requests_green, 0) > 0, FILL(unhealthy_green, 0), 0)", "FILL(unhealthy_green, 0)", every),
		all("the other colour's dimension", "= var.green_target_group_arn_suffix", "= var.blue_target_group_arn_suffix", every, 5),
		all("the load balancer's dimension", "= var.load_balancer_arn_suffix", `= "app/other/1"`, every, 10),
		all("statistic of the latency", `"p95"`, `"Average"`, every, 2),
		all("errors of the client", `"HTTPCode_Target_5XX_Count"`, `"HTTPCode_Target_4XX_Count"`, every, 2),
		all("period", "= 60", "= 300", every, 10),
		all("which query counts", "\n    return_data = true", "", every, 3),
		all("missing data", `"notBreaching"`, `"breaching"`, breach, 3),
		all("comparison", `"GreaterThanOrEqualToThreshold"`, `"LessThanThreshold"`, breach, 3),
		all("datapoints", "= var.evaluation.datapoints", "= 1", breach, 3),
		all("periods", "= var.evaluation.periods", "= 60", breach, 3),
		in("threshold of errors", "= var.error_rate.percent", "= 100", breach),
		in("threshold of latency", "= var.latency.milliseconds", "= 60000", breach),
		in("threshold of hosts", "= var.unhealthy_hosts.count", "= 100", breach),
		in("name of the alarm", "= var.latency.alarm_name", "= var.error_rate.alarm_name", breach),
		service("alarms of the service", "= var.alarm_names", `= ["other"]`, watches),
		service("alarms switched off", "    enable      = true", "    enable      = false", watches),
		service("alarms' rollback", "    rollback    = true", "    rollback    = false", watches),
		root("an alarm forgotten", "setunion(module.alarms_admin_api.alarm_names, module.alarms_web.alarm_names, ", "setunion(module.alarms_web.alarm_names, ", "The service must watch its alarms"),
		root("the existing alarms forgotten", ".alarm_names, var.business_alarm_names)", ".alarm_names)", "The service must watch its alarms"),
		root("groups of the other key", web+"blue_arn_suffix\n  green_target_group_arn_suffix = module.target_groups_web.", web+"blue_arn_suffix\n  green_target_group_arn_suffix = module.target_groups_admin_api.", "The alarms of web must watch its target groups"),
		{name: "part of the load balancer's name", file: "main.tf", from: "1, 4)", to: "1, 3)", times: 2, by: "configuration", says: "must watch its target groups"},
		{name: "percent", file: "main.tf", from: "percent      = 2", to: "percent      = 20", times: 2, by: "configuration", says: blueprint},
		{name: "fewest requests", file: "main.tf", from: "min_requests = 50", to: "min_requests = 5000", times: 2, by: "configuration", says: blueprint},
		{name: "milliseconds", file: "main.tf", from: "milliseconds = 800", to: "milliseconds = 8000", times: 2, by: "configuration", says: blueprint},
		{name: "hosts", file: "main.tf", from: "count      = 2", to: "count      = 9", times: 2, by: "configuration", says: blueprint},
		{name: "evaluation", file: "main.tf", from: "periods    = 5", to: "periods    = 9", times: 2, by: "configuration", says: blueprint},
		root("name of an own alarm", `"orders-web-latency"`, `"orders-latency"`, blueprint),
	}
}

// observabilityMutations break what people look at, and who is told.
func observabilityMutations() []mutation {
	in := func(module string) func(name, from, to, says string) mutation {
		return func(name, from, to, says string) mutation {
			return mutation{name: name, file: "modules/" + module + "/main.tf", from: from, to: to, by: module, says: says}
		}
	}
	board, told := in("dashboard"), in("notifications")
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const hears, publish, shows = "The rule must hear the deployments of this service", "EventBridge must be able to publish to the topic", "must show its metrics"
	return []mutation{
		board("first picture", `["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.traffic_web.load_balancer_arn_suffix, "TargetGroup", var.traffic_web.green_target_group_arn_suffix`,
			`["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.traffic_web.load_balancer_arn_suffix, "TargetGroup", var.traffic_web.blue_target_group_arn_suffix`, "Widget web: requests a minute must show its metrics"),
		board("errors of the load balancer", `"HTTPCode_ELB_5XX_Count", "LoadBalancer", var.traffic_web.`, `"HTTPCode_ELB_5XX_Count", "LoadBalancer", var.traffic_admin.`, shows),
		board("CPU", `"CPUUtilization", "ClusterName", var.cluster_name`, `"CPUUtilization", "ClusterName", var.service_name`, shows),
		board("hook", `"Duration", "FunctionName", var.hook_settle_function_name`, `"Duration", "FunctionName", var.hook_warm_up_function_name`, shows),
		board("hook's errors", `"Errors", "FunctionName", var.hook_warm_up_function_name`, `"Invocations", "FunctionName", var.hook_warm_up_function_name`, shows),
		told("source of the events", `["aws.ecs"]`, `["aws.ec2"]`, hears),
		told("kind of the events", `"ECS Deployment State Change"`, `"ECS Task State Change"`, hears),
		told("every service's events", `    resources   = ["${replace(var.cluster_arn, ":cluster/", ":service/")}/${var.service_name}"]`+"\n", "", hears),
		told("whose events", "/${var.service_name}", "/other", hears),
		told("encryption", "= aws_kms_key.topic.arn", `= "alias/aws/sns"`, "The topic must be encrypted with its key"),
		told("rotation", "= true", "= false", "The key must be rotated"),
		told("use of the key", `["kms:Decrypt", "kms:GenerateDataKey*"]`, `["kms:Decrypt"]`, "The key must be rotated"),
		told("policy of the key", "= data.aws_iam_policy_document.key.json", `= "{}"`, "The key must be rotated"),
		told("every topic", "resources = [aws_sns_topic.this.arn]", `resources = ["*"]`, publish),
		told("what may be done", `["sns:Publish"]`, `["sns:*"]`, publish),
		told("policy of the topic", "policy = data.aws_iam_policy_document.topic.json", "policy = data.aws_iam_policy_document.key.json", publish),
		told("target", "  arn       = aws_sns_topic.this.arn", "  arn       = aws_cloudwatch_event_rule.deployments.arn", "What the rule matches must go to the topic"),
		root("colours of the dashboard", "    green_target_group_arn_suffix = module.target_groups_web.green_arn_suffix", "    green_target_group_arn_suffix = module.target_groups_web.blue_arn_suffix", "The dashboard must show the target groups of web"),
		root("hooks of the dashboard", "= module.hook_settle.function_name", "= module.hook_warm_up.function_name", "The dashboard must show the hook settle"),
		root("cluster of the dashboard", `cluster_name               = "commerce"`, `cluster_name               = "other"`, "The dashboard must look at this service"),
		root("name of the dashboard", `dashboard_name             = "orders"`, `dashboard_name             = "other"`, "The dashboard must be called"),
		root("name of the rule", `rule_name    = "orders-deployments"`, `rule_name    = "deployments"`, "The rule must hear this service"),
		root("name of the topic", `topic_name   = "orders-deployments"`, `topic_name   = "deployments"`, "The topic must have the service's name"),
	}
}

// scalingMutations break who counts the tasks.
func scalingMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/autoscaling/main.tf", from: from, to: to, by: "autoscaling", says: says}
	}
	all := func(name, from, to, says string, times int) mutation {
		m := in(name, from, to, says)
		m.times = times
		return m
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const bounds, keeps, adds, blueprint = "scaled between its bounds", "must keep its number", "must add the requests of every target group", "The service must be scaled as the blueprint says"
	return []mutation{
		in("most tasks", "= var.bounds.max", "= 1000", bounds),
		in("fewest tasks", "= var.bounds.min", "= 0", bounds),
		in("whose count", "service/${var.cluster_name}/${var.service_name}", "service/${var.service_name}/${var.cluster_name}", bounds),
		in("which count", `"ecs:service:DesiredCount"`, `"ec2:spot-fleet-request:TargetCapacity"`, bounds),
		all("rest after fewer", "= var.cooldowns.in", "= var.cooldowns.out", keeps, 3),
		all("rest after more", "= var.cooldowns.out", "= var.cooldowns.in", keeps, 3),
		in("number of CPU", "= var.cpu", "= 100", keeps),
		in("number of requests", "= var.requests_per_target", "= var.cpu", keeps),
		in("metric of memory", `"ECSServiceAverageMemoryUtilization"`, `"ECSServiceAverageCPUUtilization"`, "must look at the service's memory"),
		in("one colour's requests", "SUM([FILL(web_blue, 0), FILL(web_green, 0)])", "FILL(web_blue, 0)", adds),
		in("requests of the other colour", "= var.traffic_web.green_target_group_arn_suffix", "= var.traffic_web.blue_target_group_arn_suffix", adds),
		all("requests of all targets", `"RequestCountPerTarget"`, `"RequestCount"`, adds, 2),
		all("statistic of the requests", `stat = "Sum"`, `stat = "Average"`, adds, 2),
		all("requests that count alone", "return_data = false", "return_data = true", adds, 2),
		root("most tasks in the root", "max = 20", "max = 2000", blueprint),
		root("requests in the root", "requests_per_target = 900", "requests_per_target = 90", blueprint),
		root("memory in the root", "memory              = 75", "memory              = 7", blueprint),
		root("cooldowns in the root", "in  = 600", "in  = 60", blueprint),
		root("cluster", `split("/", var.cluster_arn)[1]`, `split("/", var.cluster_arn)[0]`, blueprint),
		root("service", "= module.service.name", "= var.image", blueprint),
		root("colours", "green_target_group_arn_suffix = module.target_groups_web.green_arn_suffix", "green_target_group_arn_suffix = module.target_groups_web.blue_arn_suffix", "Autoscaling must count the requests of both target groups"),
	}
}

// keyMutations break a topic whose key is given, and the choice of events.
func keyMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/notifications/main.tf", from: from, to: to, by: "notifications", says: says}
	}
	return []mutation{
		in("the given key", "= var.kms_key_arn", "= var.topic_name", "The topic must be encrypted with its key"),
		in("which events", "= var.events", `= ["SERVICE_DEPLOYMENT_COMPLETED"]`, "The rule must hear the deployments of this service"),
		byRoot("events in the root", "main.tf", `, "SERVICE_DEPLOYMENT_FAILED"]`, `]`, "The rule must hear this service"),
	}
}
