package blueprint_test

import "testing"

// TestValueMistakes: where a value may come from.
func TestValueMistakes(t *testing.T) {
	t.Parallel()
	checkMistakes(t, []mistake{
		{"unknown source", `network: {vpc_id: {varible: x}}`, []string{
			`4:20-4:27 BG1201 vpc_id cannot come from "varible"`,
		}},
		{"no source", `network: {vpc_id: {}}`, []string{
			`4:19-4:21 BG1201 vpc_id must come from exactly one source`,
		}},
		{"two sources", `network: {vpc_id: {variable: x, ssm: /y}}`, []string{
			`4:19-4:41 BG1201 vpc_id must come from exactly one source`,
		}},
		{"variable in capitals", `network: {vpc_id: {variable: VpcId}}`, []string{
			`4:30-4:35 BG1202 "VpcId" cannot be the name of a variable`,
		}},
		{"variable that Terraform reserves", `network: {vpc_id: {variable: source}}`, []string{
			`4:30-4:36 BG1202 "source" cannot be the name of a variable`,
		}},
		{"variable without a name", `network: {vpc_id: {variable: }}`, []string{
			`4:20-4:28 BG1202 vpc_id names no variable`,
		}},
		{"variable of a list", `network: {vpc_id: {variable: [x]}}`, []string{
			`4:30-4:33 BG1102 variable must be a single value, not a list`,
		}},
		{"parameter", `network: {vpc_id: {ssm: a b}}`, []string{
			`4:25-4:28 BG1203 "a b" cannot be the name of a parameter`,
		}},
		{"parameter without a slash in front", `network: {vpc_id: {ssm: network/vpc-id}}`, []string{
			`4:25-4:39 BG1203 "network/vpc-id" cannot be the name of a parameter`,
		}},
		{"lookup where there is none", `service: {task: {containers: [{name: a, image: {lookup: {name: x}}}]}}`, []string{
			`4:49-4:55 BG1201 image takes no lookup`,
		}},
		{"lookup by nothing", `network: {vpc_id: {lookup: {}}}`, []string{
			`4:20-4:26 BG1204 the lookup of vpc_id must say name or tags`,
		}},
		{"lookup by both", `network: {vpc_id: {lookup: {name: x, tags: {a: b}}}}`, []string{
			`4:20-4:26 BG1204 the lookup of vpc_id must say name or tags`,
		}},
		{"lookup by a wrong key", `network: {vpc_id: {lookup: {nme: x}}}`, []string{
			`4:29-4:32 BG1204 vpc_id is not looked up by "nme"`,
		}},
		{"lookup by a key of others", `network: {subnet_ids: {lookup: {name: x}}}`, []string{
			`4:33-4:37 BG1204 subnet_ids is not looked up by "name"`,
		}},
		{"lookup that is no mapping", `network: {vpc_id: {lookup: x}}`, []string{
			`4:28-4:29 BG1102 lookup must be a mapping, not "x"`,
		}},
		{"listener without a port", `traffic: {web: {alb: {listener_arn: {lookup: {load_balancer: x}}, production: {priority: 1, when: [{host_header: [a]}]}}}}`, []string{
			`4:38-4:44 BG1204 the lookup of listener_arn must say load_balancer and port`,
		}},
		{"listener's port beyond the range", `traffic: {web: {alb: {listener_arn: {lookup: {load_balancer: x, port: 70000}}, production: {priority: 1, when: [{host_header: [a]}]}}}}`, []string{
			`4:71-4:76 BG1107 port must be from 1 to 65535, not 70000`,
		}},
		{"text where a list is wanted", `network: {subnet_ids: x}`, []string{
			`4:23-4:24 BG1102 subnet_ids must be a list, not "x"`,
		}},
		{"list where a text is wanted", `network: {vpc_id: [a]}`, []string{
			`4:19-4:22 BG1102 vpc_id must be a single value, not a list`,
		}},
		{"list in lines where a text is wanted", `network:
  vpc_id:
    - a`, []string{
			`5:3-5:9 BG1102 vpc_id must be a single value, not a list`,
		}},
		{"empty list", `network: {subnet_ids: []}`, []string{
			`4:23-4:25 BG1111 subnet_ids is empty`,
		}},
		{"nothing in a list", `network: {subnet_ids: [subnet-1, ~, {a: b}]}`, []string{
			`4:34-4:35 BG1102 an item of subnet_ids is nothing`,
			`4:37-4:43 BG1102 an item of subnet_ids must be a single value, not a mapping`,
		}},
	})
}
