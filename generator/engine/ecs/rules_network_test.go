package ecs

// balanced is the change that puts a Network Load Balancer in front; what is given stands in the key nlb, from line 12 on.
func balanced(lines string) []string {
	return []string{right[indexOf(right, "  web:"):], "  web:\n    nlb:\n      load_balancer_arn: {variable: nlb_arn}\n" + lines}
}

const (
	tcpProduction = "      production: {port: 443}\n"
	tcpTest       = "      test: {port: 8443}\n"
)

func balancerCases() []ruleCase {
	const tlsProduction = "      production: {port: 443, protocol: TLS, certificate_arn: {variable: certificate_arn}}\n"
	return []ruleCase{
		{name: "production and test", change: balanced(tcpProduction + tcpTest)},
		{name: "TLS", change: balanced(tlsProduction + tcpTest)},
		{name: "green unbound", change: balanced(tcpProduction), want: []string{"error BG2127 12:5 `nlb`"}},
		{name: "green bound by weight", change: balanced(tcpProduction + "      weighted: true\n")},
		{name: "linear, unbound", change: balanced(tcpProduction), add: "deployment: {strategy: linear, wait: false}\n", want: []string{"error BG2127 12:5 `nlb`"}},
		{name: "rolling", change: balanced(tcpProduction), add: rollingText},
		{name: "rolling with a test listener", change: balanced(tcpProduction + tcpTest), add: rollingText, want: []string{"error BG2122 15:7 `test` <- 16:24 `rolling`"}},
		{name: "rolling with weights", change: balanced(tcpProduction + "      weighted: true\n"), add: rollingText, want: []string{"error BG2020 15:17 `true` <- 16:24 `rolling`"}},
		{name: "rolling with the pair", change: balanced(tcpProduction + tcpTest), add: keepText},
		{name: "from rolling to the pair by weight alone", was: "rolling", change: balanced(tcpProduction + "      weighted: true\n"), add: keepText, want: []string{"error BG2022 16:44 `true`"}},
		{name: "one port", change: balanced(tcpProduction + "      test: {port: 443}\n"), want: []string{"error BG2125 15:20 `443` <- 14:26 `443`"}},
		{
			name: "one port of two keys", change: balanced(tcpProduction + tcpTest), add: "  other:\n    nlb: {load_balancer_arn: {variable: nlb_arn}, production: {port: 8443}, test: {port: 1}}\n",
			want: []string{"error BG2125 15:20 `8443` <- 17:70 `8443`"},
		},
		{
			name: "one port of two load balancers", change: balanced(tcpProduction + tcpTest),
			add: "  other:\n    nlb: {load_balancer_arn: {lookup: {name: other}}, production: {port: 8443}, test: {port: 1}}\n",
		},
		{
			name: "a certificate of TCP", change: balanced("      production: {port: 443, certificate_arn: {variable: c}, ssl_policy: ELBSecurityPolicy-TLS13-1-3-2021-06}\n" + tcpTest),
			want: []string{"error BG2126 14:48 `{variable: c}` <- 14:7 `production`", "error BG2126 14:75 `ELBSecurityPolicy-TLS13-1-3-2021-06` <- 14:7 `production`"},
		},
		{
			name: "a path of TCP", change: balanced(tcpProduction + tcpTest + "      target_group: {health_check: {path: /a, matcher: \"200\"}}\n"),
			want: []string{"error BG2128 16:43 `/a` <- 16:22 `health_check`", "error BG2128 16:56 `\"200\"` <- 16:22 `health_check`"},
		},
		{name: "a path of HTTPS", change: balanced(tcpProduction + tcpTest + "      target_group: {health_check: {protocol: HTTPS, path: /a, matcher: 200-299}}\n")},
		{name: "codes of gRPC", change: balanced(tcpProduction + tcpTest + "      target_group: {health_check: {protocol: HTTP, matcher: \"12\"}}\n"), want: []string{"error BG2041 16:62 `\"12\"`"}},
		{name: "a check that is too slow", change: balanced(tcpProduction + tcpTest + "      target_group: {health_check: {timeout: 15s}}\n"), want: []string{"error BG2040 16:46 `15s` <- 16:22 `health_check`"}},
		{name: "a test stage without a test listener", change: balanced(tcpProduction + "      weighted: true\n"), add: "deployment: {hooks: [{name: w, kind: wait, for: 3m, stages: [TEST_TRAFFIC_SHIFT]}]}\n", want: []string{"warning BG2026 16:62 `TEST_TRAFFIC_SHIFT`"}},
	}
}
