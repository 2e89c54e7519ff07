package ecs

import (
	"fmt"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// albs are the keys of traffic behind an Application Load Balancer.
func (d *deployment) albs() []pair { return d.keysThat(func(p pair) bool { return p.alb != nil }) }

// nlbs are the keys of traffic behind a Network Load Balancer.
func (d *deployment) nlbs() []pair { return d.keysThat(func(p pair) bool { return p.nlb != nil }) }

// keysThat are some keys of traffic, in their order.
func (d *deployment) keysThat(are func(pair) bool) []pair {
	return slices.DeleteFunc(slices.Clone(d.pairs), func(p pair) bool { return !are(p) })
}

// keysOf names keys of traffic.
func keysOf(pairs []pair) []string {
	out := make([]string, 0, len(pairs))
	for _, p := range pairs {
		out = append(out, p.key)
	}
	return out
}

func (d *deployment) anyNLB() bool { return len(d.nlbs()) > 0 }

// networkRules: listeners that can be made, and a green group that hangs on one of them.
func networkRules(d *deployment) diag.List {
	var out diag.List
	for _, p := range d.nlbs() {
		out = append(out, networkCheck(p.nlb.TargetGroup.HealthCheck)...)
		for _, l := range p.listeners() {
			out = append(out, certificate(l.in)...)
		}
		if d.twoGroups() && p.nlb.Test == nil && !p.nlb.Weighted.V {
			out = append(out, parts.Found(CodeUnbound, p.nlb.Range, "The green target group of "+p.key+" hangs on no listener",
				"ECS refuses a target group without a load balancer, and rolls the first deployment back. Write `test` with a port of its own beside `production`; or `weighted: true`, where the production listener may have two target groups."))
		}
	}
	return append(out, portRules(d)...)
}

// madeListener is a listener of the blueprint with what it is called.
type madeListener struct {
	name string // production, test
	in   *blueprint.NetworkListener
}

// listeners are those that the key makes.
func (p pair) listeners() []madeListener {
	out := []madeListener{{"production", p.nlb.Production}}
	if p.test {
		out = append(out, madeListener{"test", p.nlb.Test})
	}
	return out
}

func certificate(l *blueprint.NetworkListener) diag.List {
	if l.Protocol.V == "TLS" {
		return nil
	}
	var out diag.List
	found := func(key string, at hcl.Range) {
		out = append(out, parts.Found(CodeCertificate, at, "A listener of protocol TCP takes no "+key,
			"It passes the bytes on as they are, encrypted or not. Write `protocol: TLS`, or take the key out.", l.Protocol.Range))
	}
	if l.CertificateARN.Said() {
		found("certificate_arn", l.CertificateARN.Range)
	}
	if parts.Said(l.SSLPolicy) {
		found("ssl_policy", l.SSLPolicy.Range)
	}
	return out
}

// networkCheck: a check ends before the next begins, and only HTTP has paths and codes.
func networkCheck(hc blueprint.NetworkHealthCheck) diag.List {
	out := ends(hc.Timeout, hc.Interval)
	if hc.Protocol.V != "TCP" {
		if n, ok := outside(hc.Matcher.V, 200, 499); ok {
			out = append(out, parts.Found(CodeMatcher, hc.Matcher.Range, fmt.Sprintf("A health check of HTTP does not know the code %d", n), "Its codes are 200 to 499."))
		}
		return out
	}
	for _, said := range []struct {
		key string
		at  blueprint.At[string]
	}{{"path", hc.Path}, {"matcher", hc.Matcher}} {
		if parts.Said(said.at) {
			out = append(out, parts.Found(CodeCheckOfPath, said.at.Range, "A health check of protocol TCP takes no "+said.key,
				"It opens a connection and asks for nothing. Write `protocol: HTTP`, or take the key out.", hc.Protocol.Range))
		}
	}
	return out
}

// portRules: a port is unique on its load balancer.
func portRules(d *deployment) diag.List {
	var out diag.List
	type place struct {
		balancer string
		port     int
	}
	seen := map[place]hcl.Range{}
	for _, p := range d.nlbs() {
		for _, l := range p.listeners() {
			at := place{balancerOf(p.nlb.LoadBalancerARN), l.in.Port.V}
			if first, taken := seen[at]; taken {
				out = append(out, parts.Found(CodeListenerPort, l.in.Port.Range, fmt.Sprintf("Port %d of the load balancer has a listener already", l.in.Port.V),
					"A Network Load Balancer tells listeners apart by their ports alone. Take another one.", first))
			}
			seen[at] = l.in.Port.Range
		}
	}
	return out
}

// balancerOf is equal for values that are the same load balancer: an omitted one is the variable of the obvious name.
func balancerOf(v blueprint.Value[string]) string {
	return listens(parts.OrVariable(v, balancerVariable))
}
