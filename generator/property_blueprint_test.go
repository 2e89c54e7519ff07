package generator

import "slices"

// blueprint is the shape with drawn values.
func (s shape) blueprint(v values) *node {
	return object(
		"version", "1", "name", s.service, "engine", "ecs",
		"terraform", object(
			"directory", "terraform",
			"aws_provider", s.pin(),
			"provider", when(s.region, object("region", v.pick("region", "eu-central-1", "{variable: region}"), "allowed_account_ids", `["012345670123"]`)),
			"backend", when(s.backend, object("s3", object("bucket", v.pick("bucket", "state-one", "state-two"), "region", "eu-west-1"))),
		),
		"tags", when(s.tags, object("team", v.text("tag"), "cost", v.text("tag"))),
		"network", s.network(v),
		"logs", object("retention_days", v.pick("retention", "0", "30", "365"), "kms_key_arn", when(s.kms, "{variable: log_key_arn}")),
		"service", s.ecsService(v),
		"traffic", s.trafficKeys(v),
		"roles", s.roles(v),
		"deployment", s.deployment(v),
		"ownership", object("task_definition", when(s.pipeline, "pipeline"), "desired_count", when(s.autoscaling, "autoscaling"), "load_balancer", when(s.balanced, "ecs")),
		"observability", s.observability(v),
		"environments", s.layers(v),
	)
}

// observability: events and an existing topic or key are part of the shape.
func (s shape) observability(v values) *node {
	return object(
		"dashboard", when(s.dashboard, "true"),
		"notifications", when(s.notified, object(
			"topic_arn", when(s.topic, v.pick("topic", "{variable: topic}", "arn:aws:sns:eu-west-1:012345670123:told")),
			"kms_key_arn", when(s.topicKey && !s.topic, v.pick("topic key", "{variable: topic_key}", "{lookup: {name: alias/topics}}")),
			"events", when(s.events, v.pick("events", "[SERVICE_DEPLOYMENT_FAILED]", "[SERVICE_DEPLOYMENT_COMPLETED, SERVICE_DEPLOYMENT_FAILED]")),
		)),
	)
}

// alarms watch all or some.
func (s shape) alarms(v values) any {
	own := object("error_rate", when(s.watch != "[latency]", v.number("errors", 1, 100)), "latency_p95_ms", when(s.watch != "[error_rate]", v.number("latency", 1, 9999)),
		"datapoints", v.number("datapoints", 1, 3), "periods", v.number("periods", 3, 9), "watch", s.watch)
	return when(s.ownAlarms || s.namedAlarms, object(
		"rollback", when(s.namedAlarms, "false"),
		"traffic", when(s.ownAlarms, own),
		"names", when(s.namedAlarms, v.somewhere("alarm_names", "[PART, other]", "")),
	))
}

// scaling is by what the shape says; external has no numbers.
func (s shape) scaling(v values) any {
	if !s.autoscaling {
		return ""
	}
	if s.external {
		return "{external: true}"
	}
	return object("min", v.number("min", 0, 0), "max", v.number("max", 50, 99), "cpu", v.number("cpu", 1, 100), "memory", when(s.kms, v.number("memory", 1, 100)),
		"requests_per_target", when(s.scaledByRequests, v.number("requests", 1, 9999)), "scale_in_cooldown", v.seconds("rest", 0, 600))
}

func (s shape) network(v values) *node {
	return object(
		"vpc_id", v.orNothing(v.somewhere("vpc_id", "vpc-PART", "{lookup: {name: PART}}")),
		"subnet_ids", v.orNothing(v.somewhere("subnet_ids", "[subnet-PART, subnet-b]", "{lookup: {tags: {tier: PART}}}")),
		"assign_public_ip", "false",
		"security_group_ids", when(!s.ownGroup, v.somewhere("group_ids", "[sg-PART]", "{lookup: {name: PART}}")),
		"security_group", when(s.ownGroup, object(
			"ingress_from", when(len(s.traffic) > 0, "[{variable: alb_security_group_id}]"),
			"egress_to", when(s.egress, listed(object("name", "https", "cidr_ipv4", v.pick("cidr", "10.0.0.0/8", "{variable: egress}"), "port", v.number("port", 1, 65535)))),
			"load_balancer_egress", when(s.balancerEgress, "true"),
		)),
	)
}

func (s shape) ecsService(v values) *node {
	return object(
		"cluster", v.orNothing(v.somewhere("cluster_arn", "arn:aws:ecs:eu-west-1:012345670123:cluster/PART", "{lookup: {name: PART}}")),
		"desired_count", v.number("count", 0, 50), "autoscaling", s.scaling(v), "health_check_grace_period", v.seconds("grace", 1, 900),
		"capacity_providers", s.task.capacity(v), "execute_command", when(s.task.shells, "true"), "discovery", s.task.discovery(v),
		"task", s.task.task(v), "task_definition", when(s.task.existing, v.pick("definition", "{variable: definition}", "'orders:12'", "{ssm: /definition}")),
	)
}

func (s shape) trafficKeys(v values) *node {
	out := &node{}
	for i, k := range s.traffic {
		name, way := s.way(v, k, i)
		port := when(s.task.existing, "9000")
		if s.onSecond(k) {
			port = "9500"
		}
		out.keys = append(out.keys, keyed{k.key, *object("container", when(s.task.existing || len(s.task.containers) > 1, "app-0"), "port", port, name, way)})
	}
	return out
}

// onSecond says that a key leads to the first container's other port.
func (s shape) onSecond(k trafficShape) bool { return k.second && s.task.containers[0].second }

func (s shape) alb(v values, k trafficShape, i int) *node {
	host := v.hosts("host", i)
	conditions := []*node{object("host_header", host)}
	if k.query {
		conditions = append(conditions, object("query_string", listed(object("key", s.query(v, "key"), "value", s.query(v, "value")))))
	}
	return object(
		"listener_arn", v.orNothing(v.somewhere("listener_arn", "arn:aws:elasticloadbalancing:eu-west-1:012345670123:listener/app/PART/1/2", "{lookup: {load_balancer: PART, port: 443}}")),
		"allow_replacement", when(k.replaceable, "true"),
		"stickiness", when(k.sticky && !s.rolling(), object("duration", v.seconds("held", 1, 604800))),
		"target_group", object(
			"protocol_version", v.pick("protocol", "HTTP1", "HTTP2"), "deregistration_delay", v.seconds("delay", 0, 3600),
			"health_check", object("path", v.pick("path", "/", "/healthcheck"), "interval", v.seconds("interval", 20, 300), "timeout", v.seconds("timeout", 2, 19),
				"matcher", v.pick("matcher", `"200"`, `"200-299"`), "healthy_threshold", v.number("healthy", 2, 10)),
		),
		"production", object("priority", v.number("priority", 1000*i+500, 1000*i+999), "when", listed(conditions...)),
		"test", when(k.test && s.paired(), k.testRule(v, i, host)),
	)
}

// query is text; words alone, where a smoke test must say it in its address.
func (s shape) query(v values, what string) node {
	if slices.ContainsFunc(s.hooks, func(h hookShape) bool { return h.kind == "smoke" }) {
		return v.pick(what, "version", "colour")
	}
	return v.text(what)
}

func (k trafficShape) testRule(v values, i int, host node) *node {
	conditions := []*node{object("host_header", v.hosts("test", i))}
	if k.header {
		conditions = []*node{object("host_header", host), object("http_header", object("name", v.pick("header", "x-test", "x-green"), "values", `["1"]`))}
	}
	return object(
		"listener_arn", when(k.apart, v.somewhere("test_listener", "arn:aws:elasticloadbalancing:eu-west-1:012345670123:listener/app/PART/1/3", "{lookup: {load_balancer: PART, port: 8443}}")),
		"priority", v.number("test priority", 1000*i+1, 1000*i+499), "when", listed(conditions...),
	)
}

func (s shape) roles(v values) *node {
	statements := listed(object("actions", "[s3:GetObject]", "resources", "["+v.text("resource").leaf+"]"))
	return object(
		"path", when(s.path, v.pick("path", "/services/", "/a/b/")),
		"permissions_boundary", when(s.boundary, v.pick("boundary", "{variable: boundary}", "arn:aws:iam::012345670123:policy/limit")),
		"source_account", when(s.sourceAccount, "true"),
		"infrastructure", object("arn", when(s.existingOther, v.role("infrastructure")), "policy", when(s.scoped && !s.existingOther && !s.rolling(), "scoped")),
		"connect", object("arn", when(s.existingOther, v.role("connect"))),
		"execution", object("arn", when(s.existingOther, v.role("execution")), "statements", when(s.statements && !s.existingOther, statements)),
		"task", object("arn", when(s.existingTask, v.pick("role", "{variable: task_role}", "arn:aws:iam::012345670123:role/app")),
			"policy_arns", when(s.policies && !s.existingTask, v.pick("policy", "[arn:aws:iam::aws:policy/ReadOnlyAccess]", "[arn:aws:iam::012345670123:policy/a, arn:aws:iam::012345670123:policy/b]"))),
	)
}

// role is one that exists.
func (v values) role(name string) node {
	return v.pick(name, "arn:aws:iam::012345670123:role/"+name, "{variable: "+name+"_role}", "{lookup: {name: "+name+"}}", "{ssm: /roles/"+name+"}")
}

func (s shape) deployment(v values) *node {
	out := object("strategy", s.strategy, "wait", when(!s.wait, "false"), "alarms", s.alarms(v), "circuit_breaker", s.breaker, "sigint_rollback", when(s.sigint && s.wait && !s.old, "true"),
		"scale_up", v.minutes("scale-up", 1, 30), "maximum_percent", s.most(v), "minimum_healthy_percent", s.least(v))
	if s.rolling() {
		return out.with("keep_pair", when(s.kept, "true"))
	}
	hooks := make([]*node, 0, len(s.hooks))
	for i, h := range s.hooks {
		hooks = append(hooks, s.hook(h, v, i))
	}
	long := object("create", v.minutes("create", 9000, 40000), "update", v.minutes("update", 9000, 40000)) // who asks people says how long
	name, steps := s.steps(v)
	return out.with(name, steps, "bake_time", v.minutes("bake", 1, 60), "timeouts", when(s.wait && s.asks(), long), "hooks", when(len(hooks) > 0, listed(hooks...)),
		"ci_limit", when(s.wait, v.minutes("limit", 5, 600)))
}

// pin is the provider's constraint.
func (s shape) pin() string {
	switch {
	case s.free:
		return ""
	case s.old:
		return `">= 6.4, < 7.0"`
	default:
		return `">= 6.66, < 7.0"`
	}
}

// layers change values only.
func (s shape) layers(v values) any {
	if s.environments == nil {
		return ""
	}
	out := &node{}
	for i, e := range s.environments {
		layer := object("service", object("desired_count", v.number("count", 0, 9)))
		if own := s.ownListeners(e); i > 0 && !own.empty() {
			layer.keys = append(layer.keys, keyed{"traffic", *own})
		}
		out.keys = append(out.keys, keyed{e, *layer})
	}
	return out
}

// ownListeners: two environments in one listener would want each other's priorities, and at one load balancer each other's ports.
func (s shape) ownListeners(environment string) *node {
	out := &node{}
	for _, k := range s.traffic {
		if k.way == "nlb" {
			out.keys = append(out.keys, keyed{k.key, *object("nlb", object("load_balancer_arn", "{ssm: /"+environment+"/nlb}"))})
		}
		if k.way != "" && k.way != "alb" {
			continue
		}
		alb := object("listener_arn", "{ssm: /"+environment+"/listener}", "test", when(k.test && s.paired() && k.apart, object("listener_arn", "{ssm: /"+environment+"/test}")))
		out.keys = append(out.keys, keyed{k.key, *object("alb", alb)})
	}
	return out
}
