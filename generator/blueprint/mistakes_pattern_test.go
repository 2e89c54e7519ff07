package blueprint_test

import "testing"

// TestPatternMistakes: texts that have a form.
func TestPatternMistakes(t *testing.T) {
	t.Parallel()
	checkMistakes(t, []mistake{
		{"key of traffic", `traffic: {Web: {alb: {production: {priority: 1, when: [{host_header: [a]}]}}}}`, []string{
			`4:11-4:14 BG1109 "Web" cannot be a key of traffic`,
		}},
		{"container", `service: {task: {containers: [{name: 1a}]}}`, []string{
			`4:38-4:40 BG1109 name cannot be "1a"`,
		}},
		{"directory outside", `terraform: {directory: ../x}`, []string{
			`4:24-4:28 BG1109 directory cannot be "../x"`,
		}},
		{"directory absolute", `terraform: {directory: /x}`, []string{
			`4:24-4:26 BG1109 directory cannot be "/x"`,
		}},
		{"directory with a slash", `terraform: {directory: x/}`, []string{
			`4:24-4:26 BG1109 directory cannot be "x/"`,
		}},
		{"directory hidden", `terraform: {directory: .git}`, []string{
			`4:24-4:28 BG1109 directory cannot be ".git"`,
		}},
		{"directory of its own", `terraform: {directory: .}`, []string{
			`4:24-4:25 BG1109 directory cannot be "."`,
		}},
		{"constraint", `terraform: {required_version: abc, aws_provider: ">= 6.66, <"}`, []string{
			`4:31-4:34 BG1109 required_version cannot be "abc"`,
			`4:50-4:62 BG1109 aws_provider cannot be ">= 6.66, <"`,
		}},
		{"region", `terraform: {provider: {region: Tokyo}}`, []string{
			`4:32-4:37 BG1109 region cannot be "Tokyo"`,
		}},
		{"account", `terraform: {provider: {allowed_account_ids: [1, 012345670123]}}`, []string{
			`4:46-4:47 BG1109 allowed_account_ids cannot be "1"`,
		}},
		{"bucket", `terraform: {backend: {s3: {bucket: A_b, region: eu-west-1}}}`, []string{
			`4:36-4:39 BG1109 bucket cannot be "A_b"`,
		}},
		{"short bucket", `terraform: {backend: {s3: {bucket: ab, region: eu-west-1}}}`, []string{
			`4:36-4:38 BG1109 bucket cannot be "ab"`,
		}},
		{"code", `ignore: [BG2]`, []string{
			`4:10-4:13 BG1109 ignore cannot be "BG2"`,
		}},
		{"empty text", `terraform: {backend: {s3: {bucket: abc, region: eu-west-1, key: ""}}}`, []string{
			`4:65-4:67 BG1109 key cannot be ""`,
		}},
		{"role", `roles: {execution: {arn: "arn:aws:iam::012345670123:user/x"}}`, []string{
			`4:26-4:60 BG1109 arn cannot be "arn:aws:iam::012345670123:user/x"`,
		}},
		{"policy", `roles: {execution: {policy_arns: [AdministratorAccess]}}`, []string{
			`4:35-4:54 BG1109 policy_arns cannot be "AdministratorAccess"`,
		}},
		{"cluster", `service: {cluster: main}`, []string{
			`4:20-4:24 BG1109 cluster cannot be "main"`,
		}},
		{"listener's rule", `traffic: {web: {alb: {listener_arn: "arn:aws:elasticloadbalancing:eu-west-1:012345670123:listener-rule/app/a/1/2/3", production: {priority: 1, when: [{host_header: [a]}]}}}}`, []string{
			`4:37-4:116 BG1109 listener_arn cannot be "arn:aws:elasticloadbalancing:eu-west-1:012345670123:listener…"`,
		}},
		{"image", `service: {task: {containers: [{name: a, image: "x y"}]}}`, []string{
			`4:48-4:53 BG1109 image cannot be "x y"`,
		}},
		{"image of only a blank", `service: {task: {containers: [{name: a, image: " "}]}}`, []string{
			`4:48-4:51 BG1109 image cannot be " "`,
		}},
		{"health check", `traffic: {web: {alb: {target_group: {health_check: {path: x, matcher: 500}}, production: {priority: 1, when: [{host_header: [a]}]}}}}`, []string{
			`4:59-4:60 BG1109 path cannot be "x"`,
			`4:71-4:74 BG1109 matcher cannot be "500"`,
		}},
		{"matcher of gRPC", `traffic: {web: {alb: {target_group: {health_check: {matcher: 0-99}}, production: {priority: 1, when: [{host_header: [a]}]}}}}`, []string{}},
		{"host as a header", `traffic: {web: {alb: {production: {priority: 1, when: [{http_header: {name: Host, values: [a]}}]}}}}`, []string{
			`4:77-4:81 BG1109 name cannot be "Host"`,
		}},
		{"method", `traffic: {web: {alb: {production: {priority: 1, when: [{http_request_method: [get]}]}}}}`, []string{
			`4:79-4:82 BG1109 http_request_method cannot be "get"`,
		}},
		{"addresses with bits beyond", `traffic: {web: {alb: {production: {priority: 1, when: [{source_ip: [10.0.0.1/8, "2001:db8::/32"]}]}}}}`, []string{
			`4:69-4:79 BG1109 source_ip cannot be "10.0.0.1/8"`,
		}},
		{"IPv6 where IPv4 is wanted", `network: {security_group: {ingress_from: [a], egress_to: [{name: a, cidr_ipv4: "::/0", port: 443}]}}`, []string{
			`4:80-4:86 BG1109 cidr_ipv4 cannot be "::/0"`,
		}},
		{"path of roles", `roles: {path: services}`, []string{
			`4:15-4:23 BG1109 path cannot be "services"`,
		}},
		{"statement", `roles: {task: {statements: [{sid: a-b, actions: [foo], resources: [""]}]}}`, []string{
			`4:35-4:38 BG1109 sid cannot be "a-b"`,
			`4:50-4:53 BG1109 actions cannot be "foo"`,
			`4:68-4:70 BG1109 resources cannot be ""`,
		}},
		{"condition too long", `traffic: {web: {alb: {production: {priority: 1, when: [{host_header: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]}]}}}}`, []string{
			`4:71-4:200 BG1109 host_header cannot be "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"`,
		}},
		{"handler missing", `deployment: {hooks: [{name: a, kind: code, path: hooks/nope.py, handler: a.b, stages: [PRE_SCALE_UP]}]}`, []string{
			`4:50-4:63 BG1116 there is no handler "hooks/nope.py"`,
		}},
		{"handler outside", `deployment: {hooks: [{name: a, kind: code, path: ../x.py, handler: a.b, stages: [PRE_SCALE_UP]}]}`, []string{
			`4:50-4:57 BG1109 path cannot be "../x.py"`,
		}},
		{"handler absolute", `deployment: {hooks: [{name: a, kind: code, path: /etc/passwd, handler: a.b, stages: [PRE_SCALE_UP]}]}`, []string{
			`4:50-4:61 BG1109 path cannot be "/etc/passwd"`,
		}},
		{"handler that winds out", `deployment: {hooks: [{name: a, kind: code, path: hooks/../../x.py, handler: a.b, stages: [PRE_SCALE_UP]}]}`, []string{
			`4:50-4:66 BG1109 path cannot be "hooks/../../x.py"`,
		}},
		{"handler in the generated directory", `deployment: {hooks: [{name: a, kind: code, path: terraform/modules/x.py, handler: a.b, stages: [PRE_SCALE_UP]}]}`, []string{
			`4:50-4:72 BG1117 the handler "terraform/modules/x.py" and the generated "terraform" overlap`,
		}},
		{"handler that holds the generated directory", `terraform: {directory: hooks/out}
deployment: {hooks: [{name: a, kind: code, path: hooks, handler: a.b, stages: [PRE_SCALE_UP]}]}`, []string{
			`5:50-5:55 BG1117 the handler "hooks" and the generated "hooks/out" overlap`,
		}},
		{"runtime", `deployment: {hooks: [{name: a, kind: code, path: hooks/check.py, runtime: python, handler: a.b, stages: [PRE_SCALE_UP]}]}`, []string{
			`4:75-4:81 BG1109 runtime cannot be "python"`,
		}},
		{"code in a text is text", `tags: {a: "${var.x}", b: "%{ if true }", c: '"'}`, []string{}},
	})
}
