package ecs

const (
	pin64 = "terraform: {aws_provider: \">= 6.4\"}\n"
	pin54 = "terraform: {aws_provider: \">= 5.100\"}\n"
)

// rollingFrom is the right blueprint without a test rule, rolling.
func rollingFrom(extra ...string) []string {
	return append([]string{"]},\n    test: {priority: 109, when: [{host_header: [a.example]}, {http_header: {name: x-test, values: [\"1\"]}}]}}}", "]}}}"}, extra...)
}

// locked is a state in a bucket under a terraform constraint.
func locked(constraint string) string {
	return "terraform:\n  required_version: \"" + constraint + "\"\n  backend: {s3: {bucket: states, region: eu-west-1}}\n"
}

func pinCases() []ruleCase {
	return append([]ruleCase{
		{name: "right"},
		{name: "strategy", add: pin54 + "deployment: {strategy: blue_green}\n", want: []string{"error BG2010 16:24 `blue_green` <- 15:27 `\">= 5.100\"`"}},
		{name: "strategy by default", add: pin54, want: []string{"error BG2010 15:27 `\">= 5.100\"`"}},
		{name: "keep_pair", add: pin54 + "deployment: {strategy: rolling, keep_pair: true}\n", want: []string{"error BG2010 16:44 `true` <- 15:27 `\">= 5.100\"`"}},
		{name: "strategy at its floor", add: pin64},
		{name: "rolling under an old pin", change: rollingFrom(), add: "terraform: {aws_provider: \">= 5.100\", provider: {region: eu-west-1}}\n" + rollingText},
		{name: "bad release", add: "terraform: {aws_provider: \">= 6.54, < 7.0\"}\ndeployment: {sigint_rollback: true}\n", want: []string{"warning BG2011 16:31 `true` <- 15:27 `\">= 6.54, < 7.0\"`"}},
		{name: "bad releases left out", add: "terraform: {aws_provider: \">= 6.54, != 6.54.0\"}\ndeployment: {sigint_rollback: true}\n"},
		{name: "bad release unused", add: "terraform: {aws_provider: \">= 6.54, < 7.0\"}\n"},
		{
			name: "stage", add: "terraform: {aws_provider: \">= 6.64\"}\ndeployment: {hooks: [{name: c, kind: code, path: hooks/check.py, handler: check.run, stages: [PRE_SCALE_UP, PRE_PRODUCTION_TRAFFIC_SHIFT]}]}\n",
			want: []string{"error BG2012 16:109 `PRE_PRODUCTION_TRAFFIC_SHIFT` <- 15:27 `\">= 6.64\"`"},
		},
		{name: "stage at its floor", add: "deployment: {hooks: [{name: c, kind: code, path: hooks/check.py, handler: check.run, stages: [PRE_PRODUCTION_TRAFFIC_SHIFT]}]}\n"},
		{name: "sigint_rollback", add: pin64 + "deployment: {sigint_rollback: true}\n", want: []string{"error BG2013 16:31 `true` <- 15:27 `\">= 6.4\"`"}},
		{name: "sigint_rollback off", add: pin64 + "deployment: {sigint_rollback: false}\n"},
		{name: "shortened", change: []string{"name: orders", "name: orders-of-the-whole-company"}, want: []string{"notice BG2110 11:3 `web`"}},
		{name: "one too many with green", change: []string{"name: orders", "name: orders-of-the-company24"}, want: []string{"notice BG2110 11:3 `web`"}},
		{name: "just short enough", change: []string{"name: orders", "name: orders-of-the-company2"}},
		{name: "just short enough without green", change: rollingFrom("name: orders", "name: orders-of-the-company23"), add: "deployment: {strategy: rolling}\n"},
		{name: "region in a circle", add: "terraform: {provider: {region: {ssm: /network/region}}}\n", want: []string{"error BG2101 15:32 `{ssm: /network/region}`"}},
		{name: "region from a variable", add: "terraform: {provider: {region: {variable: region}}}\n"},
		{name: "reserved tag", add: "tags: {team: commerce, service: shop}\n", want: []string{"error BG2100 15:24 `service`"}},
		{name: "other reserved tag", add: "tags:\n  environment: live\n", want: []string{"error BG2100 16:3 `environment`"}},
		{name: "tags of one's own", add: "tags: {Service: shop, environments: a}\n"},
	}, terraformCases()...)
}

func terraformCases() []ruleCase {
	var out []ruleCase
	for _, constraint := range []string{">= 1.9", "~> 1.9.3", "= 1.9.3", "< 2.0", "> 1.9.7", ">= 1.5, < 1.11", "!= 1.12.0"} {
		out = append(out, ruleCase{name: "terraform " + constraint, add: locked(constraint), want: []string{"error BG2014 16:21 `\"" + constraint + "\"` <- 17:3 `backend`"}})
	}
	for _, constraint := range []string{">= 1.10", "~> 1.10", "= 1.11.4", "> 1.10.0, < 2.0", ">= 1.9, >= 1.11"} {
		out = append(out, ruleCase{name: "terraform " + constraint, add: locked(constraint)})
	}
	return append(out, ruleCase{name: "terraform without a backend", add: "terraform: {required_version: \">= 1.5\"}\n"})
}
