package generator

// roleMutations break the roles of the example, and what they carry.
func roleMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/iam_roles/main.tf", from: from, to: to, by: "iam_roles", says: says}
	}
	out := func(name, from, to string) mutation {
		return mutation{name: name, file: "modules/iam_roles/outputs.tf", from: from, to: to, by: "iam_roles", says: "must have the name that was given, and its own outputs"}
	}
	return []mutation{
		in("trust of the infrastructure role", `["ecs.amazonaws.com"]`, `["elasticloadbalancing.amazonaws.com"]`, "Only ecs.amazonaws.com may assume the infrastructure role"),
		in("trust of task and execution", `["ecs-tasks.amazonaws.com"]`, `["ecs.amazonaws.com"]`, "Only ecs-tasks.amazonaws.com may assume the"),
		in("trust of one more", `["ecs-tasks.amazonaws.com"]`, `["ecs-tasks.amazonaws.com", "ec2.amazonaws.com"]`, "Only ecs-tasks.amazonaws.com may assume the"),
		in("another action", "\"infrastructure_trust\" {\n  statement {\n    actions = [\"sts:AssumeRole\"]", "\"infrastructure_trust\" {\n  statement {\n    actions = [\"sts:TagSession\"]",
			"Only ecs.amazonaws.com may assume the infrastructure role"),
		in("everybody trusted", "principals {\n      type        = \"Service\"\n      identifiers = [\"ecs.amazonaws.com\"]", "principals {\n      type        = \"AWS\"\n      identifiers = [\"ecs.amazonaws.com\"]",
			"Only ecs.amazonaws.com may assume the infrastructure role"),
		in("the other trust", "\"infrastructure\" {\n  assume_role_policy = data.aws_iam_policy_document.infrastructure_trust.json",
			"\"infrastructure\" {\n  assume_role_policy = data.aws_iam_policy_document.task_trust.json", "may assume the infrastructure role"),
		in("the task's trust", "\"task\" {\n  assume_role_policy = data.aws_iam_policy_document.task_trust.json",
			"\"task\" {\n  assume_role_policy = data.aws_iam_policy_document.infrastructure_trust.json", "may assume the task role"),
		in("policy of the infrastructure role", "AmazonECSInfrastructureRolePolicyForLoadBalancers", "AmazonECSInfrastructureRolePolicyForVolumes", "must carry AmazonECSInfrastructureRolePolicyForLoadBalancers"),
		in("path of a policy", "policy/service-role/", "policy/", "must carry AmazonECSTaskExecutionRolePolicy"),
		in("whose policy", "role       = aws_iam_role.execution.name", "role       = aws_iam_role.task.name", "must carry AmazonECSTaskExecutionRolePolicy"),
		in("name of a role", "= var.task_role_name", "= var.execution_role_name", "The task role must have the name"),
		out("ARN of the infrastructure role", "= aws_iam_role.infrastructure.arn", "= aws_iam_role.task.arn"),
		out("ARN of the execution role", "= aws_iam_role.execution.arn", "= aws_iam_role.task.arn"),
		out("ARN of the task role", "= aws_iam_role.task.arn", "= aws_iam_role.execution.arn"),
		byRoot("name of the task role", "modules/iam_roles/outputs.tf", "= aws_iam_role.task.name", "= aws_iam_role.execution.name", "The task role must be called"),
	}
}

// hookMutations break the example's hook.
func hookMutations() []mutation {
	in := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/hook_wait/main.tf", from: from, to: to, by: "hook_wait", says: says}
	}
	out := func(name, from, to, says string) mutation {
		return mutation{name: name, file: "modules/hook_wait/outputs.tf", from: from, to: to, by: "hook_wait", says: says}
	}
	return []mutation{
		in("trust of the invoke role", `["ecs.amazonaws.com"]`, `["lambda.amazonaws.com"]`, "ECS itself must be able to assume the invoke role"),
		in("trust of the function's role", `["lambda.amazonaws.com"]`, `["ecs.amazonaws.com"]`, "Only Lambda may assume the execution role"),
		in("invoke role's document", "= data.aws_iam_policy_document.invoke_trust.json", "= data.aws_iam_policy_document.execution_trust.json", "ECS itself must be able to assume the invoke role"),
		in("function's document", "= data.aws_iam_policy_document.execution_trust.json", "= data.aws_iam_policy_document.invoke_trust.json", "Only Lambda may assume the execution role"),
		in("what may be called", "= [aws_lambda_function.this.arn]", `= ["*"]`, "The invoke role must be able to call this function, and nothing else"),
		in("how it is called", "lambda:InvokeFunction", "lambda:*", "The invoke role must be able to call this function, and nothing else"),
		in("invoke policy", "policy = data.aws_iam_policy_document.invoke.json", "policy = data.aws_iam_policy_document.execution.json", "The invoke role must be able to call this function, and nothing else"),
		in("whose invoke policy", "role   = aws_iam_role.invoke.id", "role   = aws_iam_role.execution.id", "The invoke role must be able to call this function, and nothing else"),
		in("log groups created", `["logs:CreateLogStream",`, `["logs:CreateLogGroup", "logs:CreateLogStream",`, "The function must not create log groups"),
		in("every log group", ":log-group:${var.log_group_name}:*", ":log-group:*", "The function must write to its own log group only"),
		in("function's policy", "policy = data.aws_iam_policy_document.execution.json", "policy = data.aws_iam_policy_document.execution_trust.json", "The function must write to its own log group only"),
		in("streams only", `, "logs:PutLogEvents"`, "", "The function must write to its own log group only"),
		in("handler", `"handler.lambda_handler"`, `"index.handler"`, "The function must run the module's own source"),
		in("runtime", `"python3.13"`, `"python3.9"`, "The function must run the module's own source"),
		in("source", "${path.module}/src", "${path.module}", "The function must run the module's own source"),
		in("function's role", "= aws_iam_role.execution.arn", "= aws_iam_role.invoke.arn", "The function must run as its execution role"),
		in("function's timeout", "= var.timeout_seconds", "= 3", "The function must run as its execution role"),
		in("wait seconds", "= tostring(var.wait_seconds)", `= "1"`, "The hook must do what it was told"),
		in("wait mode", "= var.wait_mode", `= "sleep"`, "The hook must do what it was told"),
		in("retention", "= var.log_retention_days", "= 0", "The function must log to its own log group, with retention"),
		in("log group", "= aws_cloudwatch_log_group.this.name", `= "/aws/lambda/other"`, "The function must log to its own log group, with retention"),
		out("ARN of the function", "= aws_lambda_function.this.arn", "= aws_iam_role.invoke.arn", "The outputs must be"),
		out("ARN of the invoke role", "= aws_iam_role.invoke.arn", "= aws_iam_role.execution.arn", "The outputs must be"),
	}
}
