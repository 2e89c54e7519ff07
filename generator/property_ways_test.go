package generator

import (
	"fmt"
	"slices"
)

// way is what a drawn key of traffic has beside its container: one of the three ways.
func (s shape) way(v values, k trafficShape, i int) (string, *node) {
	switch k.way {
	case "nlb":
		return "nlb", s.network4(v, k, i)
	case "service_connect":
		return "service_connect", s.connect(v, k, i)
	default:
		return "alb", s.alb(v, k, i)
	}
}

// network4 is a Network Load Balancer's part of a key; i keeps the ports of keys apart.
func (s shape) network4(v values, k trafficShape, i int) *node {
	asks := k.query
	listener := func(name string, port int) *node {
		return object(
			"port", v.number(name+" port", 2000*i+port, 2000*i+port+999),
			"protocol", when(k.tls, "TLS"), "certificate_arn", when(k.tls, v.somewhere(name+"_certificate_arn", "arn:aws:acm:eu-west-1:012345670123:certificate/PART", "")),
			"ssl_policy", when(k.tls, v.pick("policy", "ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-3-2021-06")),
		)
	}
	return object(
		"load_balancer_arn", v.orNothing(v.somewhere("nlb_arn", "arn:aws:elasticloadbalancing:eu-west-1:012345670123:loadbalancer/net/PART/1", "{lookup: {name: PART}}")),
		"allow_replacement", when(k.replaceable, "true"),
		"weighted", when(!k.test && s.paired(), "true"),
		"target_group", object(
			"deregistration_delay", v.seconds("delay", 0, 3600),
			"health_check", object("protocol", when(asks, v.pick("check", "HTTP", "HTTPS")), "path", when(asks, v.pick("path", "/", "/healthy")),
				"interval", v.seconds("interval", 20, 300), "timeout", v.seconds("timeout", 2, 19), "unhealthy_threshold", v.number("unhealthy", 2, 10)),
		),
		"production", listener("production", 1),
		"test", when(k.test && s.paired(), listener("test", 1001)),
	)
}

// connect is Service Connect's part of a key: a port has one name.
func (s shape) connect(v values, k trafficShape, i int) *node {
	port := "app"
	if s.onSecond(k) {
		port = "second"
	}
	return object(
		"namespace", "{variable: namespace}", "port_name", port, "discovery_name", fmt.Sprintf("app-%d", i), "app_protocol", "grpc",
		"client_alias", object("port", v.number("alias port", 1, 65535), "dns_name", when(k.header, fmt.Sprintf("app-%d.internal", i))),
		"test", when(k.test && !s.rolling(), object("header", object("name", v.pick("test header", "x-test", "x-green"), "value", v.text("test value")))),
		"tls", when(k.tls, object("authority_arn", "{variable: authority}", "kms_key_arn", when(k.apart, "{variable: proxies_key}"))),
		"idle_timeout", when(k.query, v.seconds("idle", 0, 9999)), "per_request_timeout", when(k.replaceable, v.seconds("request", 0, 9999)),
	)
}

// steps are what the strategy takes of its own.
func (s shape) steps(v values) (string, any) {
	if s.strategy == "linear" {
		return "linear", object("step_percent", v.pick("share", "3", "12.5", "33.3", "100"), "step_bake_time", v.minutes("pause", 0, 60))
	}
	return "canary", when(s.strategy == "canary", object("percent", v.pick("share", "0.1", "5", "99.9"), "bake_time", v.minutes("pause", 0, 60)))
}

// most and least are other bounds of healthy tasks than AWS's, between which one task of any number can be replaced.
func (s shape) most(v values) any  { return when(s.bounded, v.number("most", 101, 199)) }
func (s shape) least(v values) any { return when(s.bounded, v.number("least", 0, 0)) }

// rolling says that nothing shifts.
func (s shape) rolling() bool { return s.strategy == "rolling" }

// paired says that keys behind a load balancer have two target groups.
func (s shape) paired() bool { return !s.rolling() || s.kept }

// behind says that a load balancer has a key of the traffic.
func (s shape) behind() bool {
	return slices.ContainsFunc(s.traffic, func(k trafficShape) bool { return k.way != "service_connect" })
}

// counted is the first key behind an Application Load Balancer, nil where there is none.
func (s shape) counted() *trafficShape {
	i := slices.IndexFunc(s.traffic, func(k trafficShape) bool { return k.way == "alb" })
	if i < 0 {
		return nil
	}
	return &s.traffic[i]
}
