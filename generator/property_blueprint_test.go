package generator

import (
	"fmt"
	"strings"
)

// blueprint is the shape with drawn values.
func (s shape) blueprint(v values) *node {
	return object(
		"version", "1", "name", s.service, "engine", "ecs",
		"terraform", object(
			"directory", "terraform",
			"aws_provider", `">= 6.66, < 7.0"`, // else the floor, which every module writes, follows from values
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
		"ownership", object("task_definition", when(s.pipeline, "pipeline"), "desired_count", when(s.autoscaling, "autoscaling")),
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
			"ingress_from", "[{variable: alb_security_group_id}]",
			"egress_to", when(s.egress, listed(object("name", "https", "cidr_ipv4", v.pick("cidr", "10.0.0.0/8", "{variable: egress}"), "port", v.number("port", 1, 65535)))),
			"load_balancer_egress", when(s.balancerEgress, "true"),
		)),
	)
}

func (s shape) ecsService(v values) *node {
	var containers []*node
	for i := range s.containers {
		containers = append(containers, object(
			"name", fmt.Sprintf("app-%d", i), "port", v.number("port", 8000+100*i, 8099+100*i),
			"image", v.orNothing(v.somewhere(fmt.Sprintf("image_%d", i), "registry.example.com/PART:1.2.3", "")),
			"stop_timeout", v.seconds("stop", 2, 120),
			"environment", when(s.tags, object("KEY", v.text("env"))), "command", when(s.kms, "[serve, --now]"),
		))
	}
	size := strings.Split(v.pick("size", "256 512", "512 2048", "1024 4096").leaf, " ")
	return object(
		"cluster", v.orNothing(v.somewhere("cluster_arn", "arn:aws:ecs:eu-west-1:012345670123:cluster/PART", "{lookup: {name: PART}}")),
		"desired_count", v.number("count", 0, 50), "autoscaling", s.scaling(v), "health_check_grace_period", v.seconds("grace", 1, 900),
		"task", object("cpu", size[0], "memory", size[1], "cpu_architecture", v.pick("architecture", "X86_64", "ARM64"), "containers", listed(containers...)),
	)
}

func (s shape) trafficKeys(v values) *node {
	out := &node{}
	for i, k := range s.traffic {
		name, way := s.way(v, k, i)
		out.keys = append(out.keys, keyed{k.key, *object("container", when(s.containers > 1, "app-0"), name, way)})
	}
	return out
}

func (s shape) alb(v values, k trafficShape, i int) *node {
	host := v.hosts("host", i)
	conditions := []*node{object("host_header", host)}
	if k.query {
		conditions = append(conditions, object("query_string", listed(object("key", v.text("key"), "value", v.text("value")))))
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
		"test", when(k.test && !s.rolling(), k.testRule(v, i, host)),
	)
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
		"infrastructure", object("policy", when(s.scoped && !s.rolling(), "scoped")),
		"execution", object("statements", when(s.statements, statements)),
		"task", object("arn", when(s.existingTask, v.pick("role", "{variable: task_role}", "arn:aws:iam::012345670123:role/app")),
			"policy_arns", when(s.policies && !s.existingTask, v.pick("policy", "[arn:aws:iam::aws:policy/ReadOnlyAccess]", "[arn:aws:iam::012345670123:policy/a, arn:aws:iam::012345670123:policy/b]"))),
	)
}

func (s shape) deployment(v values) *node {
	if s.rolling() {
		return object("strategy", "rolling", "wait", when(!s.wait, "false"), "scale_up", v.minutes("scale-up", 1, 30), "alarms", s.alarms(v), "maximum_percent", s.most(v), "minimum_healthy_percent", s.least(v))
	}
	var hooks []*node
	for _, h := range s.hooks {
		if !h.code {
			hooks = append(hooks, s.held(h, v))
			continue
		}
		hooks = append(hooks, object("name", h.name, "kind", "code", "path", "hooks/check.py", "handler", "check.lambda_handler",
			"timeout", v.seconds("timeout", 1, 900), "memory", v.number("memory", 128, 2048), "tracing", when(!h.tracing, "false"),
			"environment", when(h.env, object("URL", v.text("url"))), "stages", v.stages(),
			"policy_statements", when(h.statement, listed(object("actions", "[cloudwatch:GetMetricData]", "resources", `["*"]`)))))
	}
	name, steps := s.steps(v)
	return object("strategy", s.strategy, name, steps, "bake_time", v.minutes("bake", 1, 60), "wait", when(!s.wait, "false"), "hooks", when(len(hooks) > 0, listed(hooks...)),
		"alarms", s.alarms(v), "ci_limit", when(s.wait, v.minutes("limit", 5, 600)), "maximum_percent", s.most(v), "minimum_healthy_percent", s.least(v))
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

// ownListeners: two environments in one listener would want each other's priorities.
func (s shape) ownListeners(environment string) *node {
	out := &node{}
	for _, k := range s.traffic {
		if k.way != "" && k.way != "alb" {
			continue
		}
		alb := object("listener_arn", "{ssm: /"+environment+"/listener}", "test", when(k.test && !s.rolling() && k.apart, object("listener_arn", "{ssm: /"+environment+"/test}")))
		out.keys = append(out.keys, keyed{k.key, *object("alb", alb)})
	}
	return out
}

// held is a hook that takes its time.
func (s shape) held(h hookShape, v values) *node {
	metric := object("metric_name", v.text("metric"), "target_group", when(h.compares, v.pick("group", "green", "blue")), "stat", v.pick("stat", "Sum", "p95"))
	isMetric := h.kind == "metric"
	return object("name", h.name, "kind", h.kind, "for", v.minutes("for", 1, 60), "stages", v.stages(), "tracing", when(!h.tracing, "false"),
		"alarms", when(h.kind == "alarms", v.pick("alarms", "[errors]", "[errors, latency]")),
		"settle", when(h.kind == "alarms", v.seconds("settle", 0, 600)),
		"traffic", when(isMetric && h.compares, s.firstCounted()),
		"metrics", when(isMetric, object("a", metric)), "expression", when(isMetric, v.pick("expression", "a", `"FILL(a, 0)"`)), "threshold", when(isMetric, v.number("threshold", 0, 100)),
	)
}
