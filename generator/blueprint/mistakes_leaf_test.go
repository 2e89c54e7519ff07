package blueprint_test

import "testing"

// TestLeafMistakes: what a key may not hold, and a mapping not lack.
func TestLeafMistakes(t *testing.T) {
	t.Parallel()
	checkMistakes(t, []mistake{
		{"unknown key", `terraform: {directroy: x}`, []string{
			`4:13-4:22 BG1101 terraform has no key "directroy"`,
		}},
		{"unknown key at the top", `enviroments: {}`, []string{
			`4:1-4:12 BG1101 the blueprint has no key "enviroments"`,
		}},
		{"unknown key, nothing near", `terraform: {xyzzy: 1}`, []string{
			`4:13-4:18 BG1101 terraform has no key "xyzzy"`,
		}},
		{"unknown key of an item", `deployment: {hooks: [{name: a, kind: wait, for: 1m, stages: [PRE_SCALE_UP], stage: x}]}`, []string{
			`4:77-4:82 BG1101 an item of hooks has no key "stage"`,
		}},
		{"enum", `deployment: {strategy: blu_green}`, []string{
			`4:24-4:33 BG1108 strategy cannot be "blu_green"`,
		}},
		{"enum, other case", `service: {launch_type: fargate}`, []string{
			`4:24-4:31 BG1108 launch_type cannot be "fargate"`,
		}},
		{"enum of a list", `deployment:
  hooks:
    - {name: a, kind: wait, for: 1m, stages: [POST_SCALEUP, PRE_SCALE_UP]}`, []string{
			`6:47-6:59 BG1108 stages cannot be "POST_SCALEUP"`,
		}},
		{"enum of numbers", `logs: {retention_days: 31}`, []string{
			`4:24-4:26 BG1108 retention_days cannot be "31"`,
		}},
		{"strategy linear", `deployment: {strategy: linear}`, []string{
			`4:24-4:30 BG1115 strategy: linear is not built yet`,
		}},
		{"strategy canary", `deployment: {strategy: canary}`, []string{
			`4:24-4:30 BG1115 strategy: canary is not built yet`,
		}},
		{"bool as yes", `deployment: {wait: yes}`, []string{
			`4:20-4:23 BG1103 wait must be true or false, not yes`,
		}},
		{"bool as on", `deployment: {wait: on}`, []string{
			`4:20-4:22 BG1103 wait must be true or false, not on`,
		}},
		{"bool in capitals", `deployment: {wait: True}`, []string{
			`4:20-4:24 BG1103 wait must be true or false, not True`,
		}},
		{"bool in quotes", `deployment: {wait: "true"}`, []string{
			`4:20-4:26 BG1103 wait must be true or false, not "true"`,
		}},
		{"number in hexadecimal", `service: {desired_count: 0x10}`, []string{
			`4:26-4:30 BG1104 desired_count must be a whole number, not 0x10`,
		}},
		{"number in octal", `service: {desired_count: 0o10}`, []string{
			`4:26-4:30 BG1104 desired_count must be a whole number, not 0o10`,
		}},
		{"number with an exponent", `service: {desired_count: 1e3}`, []string{
			`4:26-4:29 BG1104 desired_count must be a whole number, not 1e3`,
		}},
		{"number with an underscore", `service: {desired_count: 1_000}`, []string{
			`4:26-4:31 BG1104 desired_count must be a whole number, not 1_000`,
		}},
		{"number with a point", `service: {desired_count: 4.0}`, []string{
			`4:26-4:29 BG1104 desired_count must be a whole number, not 4.0`,
		}},
		{"number with a plus", `service: {desired_count: +4}`, []string{
			`4:26-4:28 BG1104 desired_count must be a whole number, not +4`,
		}},
		{"number with leading zeros", `service: {desired_count: 010}`, []string{
			`4:26-4:29 BG1104 desired_count must be a whole number, not 010`,
		}},
		{"number in quotes", `service: {desired_count: "4"}`, []string{
			`4:26-4:29 BG1104 desired_count must be a whole number, not "4"`,
		}},
		{"number too large", `service: {desired_count: 99999999999999999999}`, []string{
			`4:26-4:46 BG1104 desired_count must be a whole number, not 99999999999999999999`,
		}},
		{"number below", `service: {desired_count: -1}`, []string{
			`4:26-4:28 BG1107 desired_count must be from 0 to 5000, not -1`,
		}},
		{"number above", `traffic: {web: {alb: {production: {priority: 50001, when: [{host_header: [a]}]}}}}`, []string{
			`4:46-4:51 BG1107 priority must be from 1 to 50000, not 50001`,
		}},
		{"duration above", `deployment: {bake_time: 2000m}`, []string{
			`4:25-4:30 BG1107 bake_time must be from 0m to 24h, not 2000m`,
		}},
		{"duration below", `service: {task: {containers: [{name: a, stop_timeout: 1s}]}}`, []string{
			`4:55-4:57 BG1107 stop_timeout must be from 2s to 120s, not 1s`,
		}},
		{"duration without unit, minutes", `deployment: {bake_time: 90}`, []string{
			`4:25-4:27 BG1105 bake_time must be a duration, not 90`,
		}},
		{"duration without unit, seconds", `service: {health_check_grace_period: 90}`, []string{
			`4:38-4:40 BG1105 health_check_grace_period must be a duration, not 90`,
		}},
		{"duration in quotes without unit", `deployment: {bake_time: "3"}`, []string{
			`4:25-4:28 BG1105 bake_time must be a duration, not "3"`,
		}},
		{"duration with a point", `deployment: {scale_up: 1.5h}`, []string{
			`4:24-4:28 BG1105 scale_up must be a duration, not 1.5h`,
		}},
		{"duration in another order", `deployment: {scale_up: 30s1m}`, []string{
			`4:24-4:29 BG1105 scale_up must be a duration, not 30s1m`,
		}},
		{"duration in days", `deployment: {scale_up: 1d}`, []string{
			`4:24-4:26 BG1105 scale_up must be a duration, not 1d`,
		}},
		{"duration that overflows", `deployment: {scale_up: 9999999999h}`, []string{
			`4:24-4:35 BG1105 scale_up must be a duration, not 9999999999h`,
		}},
		{"duration of seconds where minutes are wanted", `deployment: {bake_time: 90s}`, []string{
			`4:25-4:28 BG1106 bake_time takes whole minutes, not 90s`,
		}},
		{"duration, several units", `deployment: {bake_time: 0h3m0s, scale_up: 1h30m}`, []string{}},
		{"text where a mapping is wanted", `service: x`, []string{
			`4:10-4:11 BG1102 service must be a mapping, not "x"`,
		}},
		{"list where a mapping is wanted", `service: [1]`, []string{
			`4:10-4:13 BG1102 service must be a mapping, not a list`,
		}},
		{"block text where a mapping is wanted", `tags: |
  foo`, []string{
			`4:7-4:8 BG1102 tags must be a mapping, not "foo"`,
		}},
		{"mapping where a text is wanted", `service: {launch_type: {a: b}}`, []string{
			`4:24-4:30 BG1102 launch_type must be a single value, not a mapping`,
		}},
		{"mapping in lines where a text is wanted", `service:
  launch_type:
    a: b`, []string{
			`5:3-5:14 BG1102 launch_type must be a single value, not a mapping`,
		}},
		{"text where a list is wanted", `network: {security_group: {ingress_from: x}}`, []string{
			`4:42-4:43 BG1102 ingress_from must be a list, not "x"`,
		}},
		{"nothing in a list", `ignore: [BG2001, ]
network: {security_group: {ingress_from: [~]}}`, []string{
			`5:43-5:44 BG1102 an item of ingress_from is nothing`,
		}},
		{"nothing behind a dash", `ignore:
  -
  - BG2001`, []string{
			`5:3-5:4 BG1102 an item of ignore is nothing`,
		}},
		{"repeated", `ignore: [BG2001, BG2002, BG2001]`, []string{
			`4:26-4:32 BG1114 ignore has "BG2001" twice <- 4:10-4:16`,
		}},
		{"empty list", `traffic: {web: {alb: {production: {priority: 1, when: []}}}}`, []string{
			`4:55-4:57 BG1111 when is empty`,
		}},
		{"missing key", `traffic: {web: {container: app}}`, []string{
			`4:11-4:14 BG1110 web lacks alb`,
		}},
		{"missing key under nothing", `traffic:
  web:`, []string{
			`5:3-5:6 BG1110 web lacks alb`,
		}},
		{"missing key of an empty mapping", `terraform: {backend: {}}`, []string{
			`4:13-4:20 BG1110 backend lacks s3`,
		}},
		{"null is as if unsaid", `terraform: {backend: }
network: ~
logs: null
deployment: {bake_time: }`, []string{}},
		{"key of another kind", `deployment:
  hooks:
    - {name: b, kind: code, for: 3m, path: hooks/check.py, handler: a.b, stages: [PRE_SCALE_UP]}`, []string{
			`6:29-6:32 BG1112 for belongs to kind: wait, this is kind: code <- 6:23-6:27`,
		}},
		{"keys of an unknown kind", `deployment: {hooks: [{name: c, kind: cod, for: 3m, path: x, stages: [PRE_SCALE_UP]}]}`, []string{
			`4:38-4:41 BG1108 kind cannot be "cod"`,
		}},
		{"kind missing", `deployment: {hooks: [{name: c, for: 3m, stages: [PRE_SCALE_UP]}]}`, []string{
			`4:22-4:64 BG1110 an item of hooks lacks kind`,
		}},
		{"none of the conditions", `traffic: {web: {alb: {production: {priority: 1, when: [{}]}}}}`, []string{
			`4:56-4:58 BG1113 an item of when says none of its keys`,
		}},
		{"two conditions in one", `traffic: {web: {alb: {production: {priority: 1, when: [{path_pattern: [/x], host_header: [a]}]}}}}`, []string{
			`4:77-4:88 BG1113 an item of when says host_header and path_pattern <- 4:57-4:69`,
		}},
		{"pair without a value", `tags: {a: , b: ~, c: ""}`, []string{
			`4:8-4:9 BG1102 "a" of tags has no value`,
			`4:13-4:14 BG1102 "b" of tags has no value`,
		}},
		{"pair of a list", `tags: {a: [x]}`, []string{
			`4:11-4:14 BG1102 "a" of tags must be a single value, not a list`,
		}},
		{"pair with an empty key", `tags: {"": x}`, []string{
			`4:8-4:10 BG1109 "" cannot be a key of tags`,
		}},
		{"pairs are text", `tags: {a: true, b: 1.10, c: 0x10, d: 2026-11-21}`, []string{}},
		{"wide characters", `tags: {é: ü, ñ: [x], "👨‍👩‍👧": [y], é: [z], ok: [z]}`, []string{
			`4:17-4:20 BG1102 "ñ" of tags must be a single value, not a list`,
			`4:27-4:30 BG1102 "👨\u200d👩\u200d👧" of tags must be a single value, not a list`,
			`4:35-4:38 BG1102 "é" of tags must be a single value, not a list`,
			`4:44-4:47 BG1102 "ok" of tags must be a single value, not a list`,
		}},
		{"all in one run", `service: {desired_count: x, task: {cpu: 300, containers: [{port: 0}]}}
deployment: {wait: no}
bogus: 1`, []string{
			`4:26-4:27 BG1104 desired_count must be a whole number, not x`,
			`4:41-4:44 BG1108 cpu cannot be "300"`,
			`4:59-4:68 BG1110 an item of containers lacks name`,
			`4:66-4:67 BG1107 port must be from 1 to 65535, not 0`,
			`5:20-5:22 BG1103 wait must be true or false, not no`,
			`6:1-6:6 BG1101 the blueprint has no key "bogus"`,
		}},
	})
}
