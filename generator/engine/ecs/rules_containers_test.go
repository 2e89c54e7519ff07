package ecs

// containers are changes of the right blueprint: what its container has, and what stands beside it.
func containers(app, beside string) []string {
	const one = "{name: app, image: {variable: image}, port: 9000}"
	changed := one
	if app != "" {
		changed = one[:len(one)-1] + ", " + app + "}"
	}
	if beside == "" {
		return []string{one, changed}
	}
	return []string{one, changed + "\n      - " + beside, "web: {alb", "web: {container: app, alb"}
}

// withTask adds keys of the task above its containers, withService keys of the service above its task.
func withTask(keys string, change ...string) []string {
	return append([]string{"  task:\n", "  task:\n    " + keys + "\n"}, change...)
}

func withService(keys string) []string {
	return []string{"  task:\n", "  " + keys + "\n  task:\n"}
}

func containerCases() []ruleCase {
	const other = "{name: other, image: {variable: other}"
	cases := []ruleCase{
		{name: "waits for nobody", change: containers("depends_on: {first: START}", ""), want: []string{"error BG2190 9:72 `first`"}},
		{name: "waits for a stranger", change: containers("depends_on: {first: START}", other+"}"), want: []string{"error BG2190 9:72 `first`"}},
		{name: "waits for itself", change: containers("depends_on: {app: START}", other+"}"), want: []string{"error BG2190 9:72 `app`"}},
		{name: "two wait for each other", change: containers("depends_on: {other: START}", other+", depends_on: {app: START}}"), want: []string{"error BG2191 9:16 `app`"}},
		{name: "three in a circle, one beside", change: containers("depends_on: {other: START}", other+", depends_on: {third: START}}\n      - {name: third, image: {variable: third}, depends_on: {app: START}}\n      - {name: beside, image: {variable: beside}, depends_on: {app: START}}"), want: []string{"error BG2191 9:16 `app`"}},
		{name: "two circles", change: containers("depends_on: {other: START}", other+", depends_on: {app: START}}\n      - {name: c, image: {variable: c}, depends_on: {d: START}}\n      - {name: d, image: {variable: d}, depends_on: {c: START}}"), want: []string{"error BG2191 9:16 `app`", "error BG2191 11:16 `c`"}},
		{name: "a diamond is no circle", change: containers("depends_on: {other: START, third: START}", other+", depends_on: {last: START}}\n      - {name: third, image: {variable: third}, depends_on: {last: START}}\n      - {name: last, image: {variable: last}}")},
		{name: "healthy without a check", change: containers("depends_on: {other: HEALTHY}", other+"}"), want: []string{"error BG2192 9:79 `HEALTHY` <- 10:16 `other`"}},
		{name: "healthy", change: containers("depends_on: {other: HEALTHY}", other+", health_check: {command: [CMD, ready]}}")},
		{name: "success of an essential one", change: containers("depends_on: {other: SUCCESS}", other+"}"), want: []string{"error BG2193 9:79 `SUCCESS` <- 10:16 `other`"}},
		{name: "end of an essential one", change: containers("depends_on: {other: COMPLETE}", other+"}"), want: []string{"error BG2193 9:79 `COMPLETE` <- 10:16 `other`"}},
		{name: "success", change: containers("depends_on: {other: SUCCESS}", other+", essential: false}")},
		{name: "variable twice", change: containers("environment: {KEY: a}, secrets: {KEY: {arn: {variable: key}}}, parameters: {KEY: {arn: {variable: key}}}", ""), want: []string{"error BG2194 9:92 `KEY` <- 9:73 `KEY`", "error BG2194 9:135 `KEY` <- 9:73 `KEY`"}},
		{name: "one variable in two containers", change: containers("environment: {KEY: a}", other+", environment: {KEY: a}}")},
		{name: "check in Docker's short form", change: containers("health_check: {command: [curl, localhost]}", ""), want: []string{"error BG2195 9:84 `curl`"}},
		{name: "check without a command", change: containers("health_check: {command: [CMD]}", ""), want: []string{"error BG2195 9:84 `CMD`"}},
		{name: "shell with two texts", change: containers("health_check: {command: [CMD-SHELL, curl, localhost]}", ""), want: []string{"error BG2195 9:101 `localhost` <- 9:84 `CMD-SHELL`"}},
		{name: "check by the shell", change: containers("health_check: {command: [CMD-SHELL, curl localhost]}", "")},
		{name: "soft above hard", change: containers("ulimits: {nofile: {soft: 2, hard: 1}}", ""), want: []string{"error BG2196 9:84 `2` <- 9:93 `1`"}},
		{name: "soft is hard", change: containers("ulimits: {nofile: {soft: 2, hard: 2}}", "")},
		{name: "shares fit", change: containers("cpu: 128, memory: 512, memory_reservation: 384", other+", cpu: 128, memory: 128}")},
		{name: "too much of the CPU", change: containers("cpu: 128", other+", cpu: 129}"), want: []string{"error BG2060 10:54 `129` <- 7:3 `task`"}},
		{name: "too much of the memory", change: containers("memory: 400", other+", memory_reservation: 113}"), want: []string{"error BG2060 10:69 `113` <- 7:3 `task`"}},
	}
	return append(append(cases, logCases()...), append(storageCases(), optionCases()...)...)
}

func logCases() []ruleCase {
	const router = "{name: router, image: {variable: router}, firelens: {}}"
	return []ruleCase{
		{name: "no router", change: containers("log: {driver: firelens}", ""), want: []string{"error BG2197 9:73 `firelens`"}},
		{name: "router", change: containers("log: {driver: firelens, options: {awslogs-group: mine}}", router)},
		{name: "two routers", change: containers("log: {driver: firelens}", router+"\n      - {name: second, image: {variable: second}, firelens: {type: fluentd}}"), want: []string{"error BG2197 11:51 `firelens` <- 10:51 `firelens`"}},
		{name: "router through itself", change: containers("log: {driver: firelens}, firelens: {}", ""), want: []string{"error BG2197 9:73 `firelens` <- 9:84 `firelens`"}},
		{name: "own group", change: containers("log: {options: {awslogs-group: mine, awslogs-region: here, mode: blocking}}", ""), want: []string{"error BG2198 9:75 `awslogs-group`", "error BG2198 9:96 `awslogs-region`"}},
		{name: "own option", change: containers("log: {options: {mode: non-blocking}}", "")},
	}
}

func storageCases() []ruleCase {
	const arn, point = `"arn:aws:elasticfilesystem:eu-west-1:012345670123:file-system/fs-01"`, `"arn:aws:elasticfilesystem:eu-west-1:012345670123:access-point/fsap-01"`
	const group = "security_group: {ingress_from: [{variable: alb}]"
	const ids = "security_group_ids: {variable: group_ids}"
	mount := func(volumes, mounts string) []string {
		return withTask("volumes: {"+volumes+"}", containers("mounts: ["+mounts+"]", "")...)
	}
	return []ruleCase{
		{name: "no volumes", change: containers("mounts: [{volume: data, path: /data}]", ""), want: []string{"error BG2199 9:77 `data`"}},
		{name: "no such volume", change: mount("a: {}, b: {}", "{volume: data, path: /data}"), want: []string{"error BG2199 10:77 `data`"}},
		{name: "two at one path", change: mount("a: {}, b: {}", "{volume: a, path: /data}, {volume: b, path: /data}"), want: []string{"error BG2199 10:112 `/data` <- 10:86 `/data`"}},
		{name: "one at two paths", change: mount("a: {}", "{volume: a, path: /data}, {volume: a, path: /tmp}")},
		{name: "folder beside an access point", change: withTask("volumes: {a: {efs: {file_system_arn: " + arn + ", access_point_arn: " + point + ", root_directory: /orders}}}"), want: []string{"error BG2200 8:219 `/orders` <- 8:130 `\"arn:aws:elasticfilesystem:eu-west-1:012345670123:access-point/fsap-01\"`"}},
		{name: "access point", change: withTask("volumes: {a: {efs: {file_system_arn: " + arn + ", access_point_arn: " + point + "}}}")},
		{name: "file system out of reach", change: append(withTask("volumes: {a: {efs: {file_system_arn: "+arn+"}}}"), ids, group+", egress_to: [{name: https, cidr_ipv4: 10.0.0.0/8, port: 443}]}"), want: []string{"warning BG2201 8:19 `efs` <- 4:75 `security_group`"}},
		{name: "file system within reach", change: append(withTask("volumes: {a: {efs: {file_system_arn: "+arn+"}}}"), ids, group+", egress_to: [{name: nfs, cidr_ipv4: 10.0.0.0/8, port: 2049}]}")},
		{name: "no file system to reach", change: append(withTask("volumes: {a: {}}"), ids, group+"}")},
	}
}

func optionCases() []ruleCase {
	const arn = `registry_arn: "arn:aws:servicediscovery:eu-west-1:012345670123:service/srv-01"`
	shells := func(mounts string) []string {
		return append(containers("read_only_root: true, mounts: ["+mounts+"]", ""),
			"  task:\n", "  execute_command: true\n  task:\n    volumes: {agent: {}, logs: {}}\n")
	}
	registry := func(keys string, want ...string) ruleCase {
		return ruleCase{name: "registry " + keys, want: want, change: append(rollingFrom(), withService("discovery: {"+arn+keys+"}")...), add: rollingText}
	}
	cases := []ruleCase{
		{name: "launch type and capacity providers", change: withService("launch_type: FARGATE\n  capacity_providers: [{name: FARGATE}]"), want: []string{"error BG2202 7:16 `FARGATE` <- 8:24 `{name: FARGATE}`"}},
		{name: "capacity provider twice", change: withService("capacity_providers: [{name: FARGATE}, {name: FARGATE, weight: 2}]"), want: []string{"error BG2202 7:48 `FARGATE` <- 7:31 `FARGATE`"}},
		{name: "two bases", change: withService("capacity_providers: [{name: FARGATE, base: 1}, {name: FARGATE_SPOT, base: 1}]"), want: []string{"error BG2202 7:77 `1` <- 7:46 `1`"}},
		{name: "no weight", change: withService("capacity_providers: [{name: FARGATE, base: 1, weight: 0}]"), want: []string{"error BG2202 7:57 `0`"}},
		{name: "capacity providers", change: withService("capacity_providers: [{name: FARGATE, base: 1, weight: 0}, {name: FARGATE_SPOT}]")},
		{name: "shell and a read-only root", change: append(containers("read_only_root: true", ""), "  task:\n", "  execute_command: true\n  task:\n"), want: []string{"warning BG2203 10:75 `true` <- 7:20 `true`"}},
		{name: "shell that may write", change: shells("{volume: agent, path: /var/lib/amazon}, {volume: logs, path: /var/log/amazon/ssm}")},
		{name: "shell that may write its logs alone", change: shells("{volume: agent, path: /var/lib/amazon, read_only: true}, {volume: logs, path: /var/log/amazon}"), want: []string{"warning BG2203 11:75 `true` <- 7:20 `true`"}},
		{name: "read-only root without shells", change: containers("read_only_root: true", "")},
		{name: "registry under blue/green", change: withService("discovery: {" + arn + "}"), want: []string{"warning BG2205 7:3 `discovery`"}},
		registry(""),
		registry(", container: web", "error BG2204 7:106 `web`"),
		registry(", container: app"),
		registry(", container: app, port: 80", "error BG2204 7:117 `80` <- 10:53 `9000`"),
		registry(", port: 9000", "error BG2204 7:101 `9000`"),
	}
	return append(cases, ruleCase{
		name: "registry of a container without a port", add: rollingText,
		want:   []string{"error BG2204 7:106 `other` <- 11:16 `other`"},
		change: append(append(rollingFrom(), withService("discovery: {"+arn+", container: other}")...), containers("", "{name: other, image: {variable: other}}")...),
	})
}

func ownershipCases() []ruleCase {
	owned := func(by, said string, want ...string) ruleCase {
		return ruleCase{name: by + " and " + said, add: "ownership: {" + by + "}\nenvironments:\n  live: " + said + "\n", want: want}
	}
	external := func(said string, want ...string) ruleCase {
		c := owned("desired_count: autoscaling", said, want...)
		c.change = withService("autoscaling: {external: true}")
		return c
	}
	const containers = "{service: {task: {containers: [{name: app, image: {variable: image}, port: 9000}]}}}"
	return []ruleCase{
		external("{service: {desired_count: 8}}", "warning BG2206 18:20 `desired_count` <- 16:28 `autoscaling`"),
		external(containers),
		owned("desired_count: terraform", "{service: {desired_count: 8}}"),
		owned("task_definition: pipeline", containers, "warning BG2206 17:27 `containers` <- 15:30 `pipeline`"),
		owned("task_definition: pipeline", "{service: {task: {memory: 1024}}}"),
		owned("load_balancer: ecs", "{traffic: {web: {port: 9000}}, roles: {infrastructure: {arn: {variable: role}}}}",
			"warning BG2206 17:26 `port` <- 15:28 `ecs`", "warning BG2206 17:65 `arn` <- 15:28 `ecs`"),
		owned("load_balancer: ecs", "{traffic: {web: {alb: {allow_replacement: true}}}}"),
		owned("load_balancer: terraform", "{traffic: {web: {port: 9000}}}"),
	}
}
