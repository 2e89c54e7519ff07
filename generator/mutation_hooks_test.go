package generator

// watchMutations break the hooks that ask CloudWatch.
func watchMutations() []mutation {
	in := func(kind, name, from, to, says string) mutation {
		return mutation{name: kind + ": " + name, file: "modules/hook_" + kind + "/main.tf", from: from, to: to, by: "hook_" + kind, says: says}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const told, quiet, errors = "The hook must do what it was told", "The hook quiet must be as the blueprint has it", "The hook errors must be as the blueprint has it"
	return []mutation{
		in("alarms", "names", "= jsonencode(var.alarms)", `= jsonencode([])`, told),
		in("alarms", "settle", "= tostring(var.settle_seconds)", `= "86400"`, told),
		in("alarms", "no data", "= var.insufficient_data", `= "alarm"`, told),
		in("alarms", "permission", `"cloudwatch:DescribeAlarms"`, `"cloudwatch:*"`, "The function must have the permission Alarms, and no wider one"),
		in("alarms", "everything", ":alarm:*", ":*", "The function must have the permission Alarms, and no wider one"),
		in("alarms", "compiled modules", `excludes = ["**/__pycache__", "__pycache__"]`, `excludes = ["**/__pycache__"]`, "What Python leaves beside the source must stay out of the function"),
		in("metric", "expression", "= var.expression", `= "1"`, told),
		in("metric", "threshold", "= var.threshold", `= "1000000"`, told),
		in("metric", "comparison", "= var.comparison_operator", `= "LessThanThreshold"`, told),
		in("metric", "minutes", "= tostring(var.datapoints_to_alarm)", `= "60"`, told),
		in("metric", "missing data", "= var.treat_missing_data", `= "breaching"`, told),
		in("metric", "metrics", "= jsonencode(var.metrics)", "= jsonencode({})", told),
		in("metric", "groups", "= jsonencode(var.target_groups)", "= jsonencode(reverse(var.target_groups))", told),
		in("metric", "load balancer", "= var.load_balancer_arn_suffix", "= var.cluster_arn", told),
		in("metric", "permission", `"cloudwatch:GetMetricData"`, `"cloudwatch:PutMetricData"`, "The function must have the permission Metrics, and no wider one"),
		in("metric", "every revision", "/${var.service_name}/*", "/*", "The function must have the permission Revisions, and no wider one"),
		in("metric", "one more permission", "  statement {\n    sid     = \"Metrics\"", "  statement {\n    actions   = [\"s3:GetObject\"]\n    resources = [\"*\"]\n  }\n\n  statement {\n    sid     = \"Metrics\"", ""),
		root("names of the alarms", `["orders-errors", "orders latency"]`, `["orders-errors"]`, quiet),
		root("settle", "settle_seconds      = 90", "settle_seconds      = 0", quiet),
		root("time of the alarms", "wait_seconds        = 300", "wait_seconds        = 3", quiet),
		root("mode", "wait_mode           = \"poll\"\n  wait_seconds        = 300", "wait_mode           = \"sleep\"\n  wait_seconds        = 300", quiet),
		root("expression", "100 * FILL(green_errors, 0) / green_requests", "FILL(green_errors, 0) / green_requests", errors),
		root("threshold", `= "0.5"`, `= "50"`, errors),
		root("blue for green", "metric_name  = \"RequestCount\"\n      namespace    = \"AWS/ApplicationELB\"\n      stat         = \"Sum\"\n      target_group = \"green\"",
			"metric_name  = \"RequestCount\"\n      namespace    = \"AWS/ApplicationELB\"\n      stat         = \"Sum\"\n      target_group = \"blue\"", errors),
		root("group of the metric", "[module.target_groups_web.blue_arn_suffix, module.target_groups_web.green_arn_suffix]", "[module.target_groups_web.blue_arn_suffix, module.target_groups_web.blue_arn_suffix]", "The hook errors must get the target groups of web"),
		root("whose revisions", `service_name             = "orders"`, `service_name             = "other"`, errors),
		root("when it ends", "timeout_in_minutes = 12", "timeout_in_minutes = 1440", "ECS must deploy as the blueprint says"),
		{name: "a watch that goes on", file: "modules/service/main.tf", times: 4, from: `"ROLLBACK"`, to: `"CONTINUE"`, by: "service", says: "must end as the blueprint says"},
	}
}

// smokeMutations break the requests and the place that they come from.
func smokeMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/hook_smoke_inside/main.tf", from: from, to: to, by: "hook_smoke_inside", says: says}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const told, smoke, inside = "The hook must do what it was told", "The hook smoke must be as the blueprint has it", "The hook inside must be as the blueprint has it"
	return []mutation{
		in("requests", "= jsonencode(var.requests)", "= jsonencode([])", told),
		in("host", "= var.host", "= var.url", told),
		in("url", "= var.url", `= "http://localhost"`, told),
		in("groups of the function", "security_group_ids = var.security_group_ids", `security_group_ids = ["sg-00000000000000009"]`, "The function must be in its subnets and security groups"),
		in("subnets of the function", "= var.subnet_ids", `= ["subnet-00000000000000009"]`, "The function must be in its subnets and security groups"),
		in("network", "AWSLambdaENIManagementAccess", "AWSLambda_FullAccess", "The function must be able to live in a VPC"),
		in("whose network", "role       = aws_iam_role.execution.name", "role       = aws_iam_role.invoke.name", "The function must be able to live in a VPC"),
		in("permission", `"ec2:DescribeSubnets"`, `"ec2:*"`, "The function must have the permission Subnets, and no wider one"),
		root("path", "/healthcheck?colour=green", "/healthcheck", smoke),
		root("header", `headers    = { x-blue-green-test = "1" }`, "headers    = {}", smoke),
		root("status", "[201, 202]", "[201, 202, 500]", smoke),
		root("text", `"accepted"`, `""`, smoke),
		root("latency", "latency_ms = 800", "latency_ms = 60000", smoke),
		root("repeats", "repeat     = 20", "repeat     = 1", smoke),
		root("url in the root", `"https://orders.example.com"`, `"http://orders.example.com"`, smoke),
		root("host in the root", `= "orders.example.com"`, `= "other.example.com"`, smoke),
		root("time of a call", "timeout_seconds     = 120", "timeout_seconds     = 3", inside),
		root("groups in the root", "= var.smoke_security_group_ids", "= var.security_group_ids", inside),
	}
}

// pauseMutations break the pauses, and what tells people of one.
func pauseMutations() []mutation {
	service := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/hook_approval/main.tf", from: from, to: to, by: "hook_approval", says: says}
	}
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	const events, publish, key = "Only pauses of this service", "EventBridge must be able to publish to the topic", "The key must be rotated"
	return []mutation{
		service("stages of a pause", "= var.hook_soak.lifecycle_stages", "= var.hook_approve.lifecycle_stages", ""),
		service("end of a pause", "action             = \"CONTINUE\"\n        timeout_in_minutes = var.hook_warm_up", "action             = \"ROLLBACK\"\n        timeout_in_minutes = var.hook_warm_up", "The pause warm-up must end by itself"),
		service("time of a pause", "= var.hook_warm_up.timeout_in_minutes", "= 1440", "The pause warm-up must end by itself"),
		service("nobody answers", `"ROLLBACK"`, `"CONTINUE"`, "The hook approve must end as the blueprint says"),
		in("event", `["HOOK_AWAITING_ACTION", "HOOK_TIMED_OUT"]`, `["HOOK_TIMED_OUT"]`, events),
		in("source", `["aws.ecs"]`, `["aws.ec2"]`, events),
		in("kind of event", `"ECS Hook State Change"`, `"ECS Deployment State Change"`, events),
		in("stages of the rule", "= var.lifecycle_stages", `= ["POST_SCALE_UP"]`, events),
		in("every service", "/${var.service_name}", "", events),
		in("every hook", `["PAUSE"]`, `["AWS_LAMBDA"]`, events),
		in("who publishes", "\"Service\"\n      identifiers = [\"events.amazonaws.com\"]\n    }\n  }\n}\n\nresource \"aws_sns_topic_policy\"", "\"Service\"\n      identifiers = [\"s3.amazonaws.com\"]\n    }\n  }\n}\n\nresource \"aws_sns_topic_policy\"", publish),
		in("more than publish", `["sns:Publish"]`, `["sns:*"]`, publish),
		in("every topic", "[aws_sns_topic.this.arn]", `["*"]`, publish),
		in("encryption", "= aws_kms_key.topic.arn", `= "alias/aws/sns"`, "The topic must be encrypted with its key"),
		in("use of the key", `["kms:Decrypt", "kms:GenerateDataKey*"]`, `["kms:Decrypt"]`, key),
		in("rotation", "= true", "= false", key),
		in("target", "arn       = aws_sns_topic.this.arn", "arn       = aws_kms_key.topic.arn", "What the rule matches must go to the topic"),
		root("stages in the root", "lifecycle_stages = [\"PRE_PRODUCTION_TRAFFIC_SHIFT\"]\n  rule_name", "lifecycle_stages = [\"PRE_SCALE_UP\"]\n  rule_name", "The hook approve must be as the blueprint has it"),
		root("service in the root", `service_name     = "orders"`, `service_name     = "other"`, "The hook approve must be as the blueprint has it"),
		root("rule of the approval", "= module.hook_approve.rule_arn", "= module.hook_approve.topic_arn", "The service must wait for the rule"),
		root("minutes", "timeout_in_minutes = 1440", "timeout_in_minutes = 1", "ECS must deploy as the blueprint says"),
	}
}

// approvalMutations break what an existing topic, and an existing key, are given for.
func approvalMutations() []mutation {
	root := func(name, from, to, says string) mutation { return byRoot(name, "main.tf", from, to, says) }
	return []mutation{
		{name: "topic", file: "modules/hook_approval/main.tf", from: "= var.topic_arn", to: `= "arn:aws:sns:eu-west-1:012345670123:other"`, by: "hook_approval", says: "What the rule matches must go to the topic"},
		{name: "key", file: "modules/hook_approval_confirm/main.tf", from: "= var.topic_kms_key_arn", to: `= "alias/aws/sns"`, by: "hook_approval_confirm", says: "The topic must be encrypted with its key"},
		root("topic in the root", "= data.aws_sns_topic.topic.arn", `= "arn:aws:sns:ap-northeast-1:012345670123:other"`, "The hook approve must be as the blueprint has it"),
		root("key in the root", "000000000001", "000000000002", "The hook confirm must be as the blueprint has it"),
		{name: "who goes on", file: "modules/service/main.tf", from: `"CONTINUE"`, to: `"ROLLBACK"`, by: "service", says: "The hook confirm must end as the blueprint says"},
	}
}

// endMutations break what the service says of a handler of the team's own.
func endMutations() []mutation {
	service := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/service/main.tf", from: from, to: to, by: "service", says: says}
	}
	return []mutation{
		service("details", "= jsonencode(var.hook_check.hook_details)", "= jsonencode({})", "The hook check must get its details"),
		service("end", `"CONTINUE"`, `"ROLLBACK"`, "The hook check must end as the blueprint says"),
		byRoot("details in the root", "main.tf", `suite = "smoke"`, `suite = "load"`, "ECS must deploy as the blueprint says"),
		byRoot("subnets of the handler", "main.tf", "subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "The hook check must be as the blueprint has it"),
	}
}
