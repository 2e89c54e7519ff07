package ecs

import (
	"strings"
	"testing"

	"bluegen/generator/tf"

	"github.com/google/go-cmp/cmp"
)

// TestNetworkSmoke: the URL of a smoke test is made of its host and the listener's port, where the listener ends TLS.
func TestNetworkSmoke(t *testing.T) {
	t.Parallel()
	tls := func(name string, port string) string {
		return "      " + name + ": {port: " + port + ", protocol: TLS, certificate_arn: {variable: c}}\n"
	}
	for _, c := range []struct{ name, production, test, more, want string }{
		{"test listener", tls("production", "443"), tls("test", "8443"), ", host: a.example", "https://a.example:8443"},
		{"production listener", tls("production", "9443"), tls("test", "8443"), ", host: a.example, through: production", "https://a.example:9443"},
		{"HTTPS's own port", tls("production", "9443"), tls("test", "443"), ", host: a.example", "https://a.example"},
		{"a host with its port", tls("production", "443"), tls("test", "8443"), ", host: \"a.example:8443\"", "https://a.example:8443"},
		{"a URL of its own", tcpProduction, tcpTest, ", host: a.example, url: \"http://b.example:8443\"", "http://b.example:8443"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := resolved(t, smoke(c.more), balanced(c.production+c.test)...)
			told := map[string]tf.Expr{}
			for _, s := range d.configuration().smokeSettings(d.hooks[0]) {
				told[s.env] = s.value
			}
			if got, literal := told["URL"].(tf.Lit); !literal || got.Value.AsString() != c.want {
				t.Errorf("%v, want %s", told["URL"], c.want)
			}
		})
	}
}

// TestNetworkMetrics: what is not said of a target group's metric is what a Network Load Balancer has, by the statistic that its nodes are
// read by; what is said stays, and so does the blueprint.
func TestNetworkMetrics(t *testing.T) {
	t.Parallel()
	const metrics = "a: {metric_name: HealthyHostCount, target_group: green}, b: {metric_name: UnHealthyHostCount, target_group: blue}, " +
		"c: {metric_name: UnHealthyHostCount, stat: Average, target_group: blue}, d: {metric_name: RequestCount}, e: {namespace: own, metric_name: Errors, target_group: green}"
	hook := metric("a + b + c + d + e", metrics)
	told := func(change ...string) []string {
		var out []string
		for _, m := range resolved(t, hook, change...).hooks[0].in.Metrics {
			out = append(out, m.V.Namespace.V+" "+m.V.MetricName.V+" "+m.V.Stat.V)
		}
		return out
	}
	want := []string{"AWS/NetworkELB HealthyHostCount Maximum", "AWS/NetworkELB UnHealthyHostCount Minimum", "AWS/NetworkELB UnHealthyHostCount Average", "AWS/ApplicationELB RequestCount Sum", "own Errors Sum"}
	if diff := cmp.Diff(want, told(balanced(tcpProduction+tcpTest)...)); diff != "" {
		t.Error(diff)
	}
	want = []string{"AWS/ApplicationELB HealthyHostCount Sum", "AWS/ApplicationELB UnHealthyHostCount Sum", "AWS/ApplicationELB UnHealthyHostCount Average", "AWS/ApplicationELB RequestCount Sum", "own Errors Sum"}
	if diff := cmp.Diff(want, told()); diff != "" {
		t.Error(diff)
	}
	d := resolved(t, hook, balanced(tcpProduction+tcpTest)...)
	if said := d.In.ECS.Deployment.Hooks[0].Metrics[0].V.Namespace.V; said != applicationBalancing {
		t.Errorf("the blueprint says %s now", said)
	}
}

// TestHookPair: a hook that names no key takes the only one behind an Application Load Balancer, else the only one behind another.
func TestHookPair(t *testing.T) {
	t.Parallel()
	const (
		wire = "  wire: {nlb: {load_balancer_arn: {variable: l}, production: {port: 1}, test: {port: 2}}}\n"
		more = "  more: {nlb: {load_balancer_arn: {variable: l}, production: {port: 3}, test: {port: 4}}}\n"
	)
	alb := right[strings.Index(right, "  web:"):]
	for _, c := range []struct{ name, traffic, said, want string }{
		{"the only one", alb, "", "web"},
		{"beside others", alb + wire + more, "", "web"},
		{"another by name", alb + wire + more, ", traffic: more", "more"},
		{"no Application Load Balancer", wire, "", "wire"},
		{"two of them", wire + more, "", ""},
		{"no such key", alb + wire, ", traffic: none", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := resolved(t, hooksText("name: s, kind: smoke, host: h, stages: [POST_TEST_TRAFFIC_SHIFT], requests: [{path: /}]"+c.said), alb, c.traffic)
			got := ""
			if i := d.hooks[0].pair; i >= 0 {
				got = d.pairs[i].key
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
