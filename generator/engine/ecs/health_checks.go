package ecs

import (
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// checkNames are the settings of a shape's health check, by name: what opens a connection has neither path nor codes.
func (s groupsShape) checkNames() []string {
	names := []string{"healthy_threshold", "interval"}
	if s.asks {
		names = append(names, "matcher", "path")
	}
	if s.network {
		names = append(names, "protocol")
	}
	return append(names, "timeout", "unhealthy_threshold")
}

// sampleCheck is the health check in the module's own test.
func (s groupsShape) sampleCheck() cty.Value {
	all := map[string]cty.Value{
		"healthy_threshold": cty.NumberIntVal(3), "interval": cty.NumberIntVal(15), "matcher": cty.StringVal("200"),
		"path": cty.StringVal("/healthcheck"), "protocol": cty.StringVal("TCP"),
		"timeout": cty.NumberIntVal(5), "unhealthy_threshold": cty.NumberIntVal(3),
	}
	if s.asks {
		all["protocol"] = cty.StringVal("HTTP")
	}
	for name := range all {
		if !slices.Contains(s.checkNames(), name) {
			delete(all, name)
		}
	}
	return cty.ObjectVal(all)
}

// check is the blueprint's health check as an object.
func (p pair) check() tf.Expr {
	values := p.checkValues()
	fields := make([]tf.Field, 0, len(values))
	for _, name := range p.groupsShape().checkNames() {
		fields = append(fields, tf.F(name, values[name]))
	}
	return tf.Fields(fields...)
}

func (p pair) checkValues() map[string]tf.Expr {
	if p.alb != nil {
		hc := p.alb.TargetGroup.HealthCheck
		return checkOf(hc.HealthyThreshold, hc.UnhealthyThreshold, parts.Seconds(hc.Interval.V), parts.Seconds(hc.Timeout.V), hc.Matcher, hc.Path, "")
	}
	hc := p.nlb.TargetGroup.HealthCheck
	return checkOf(hc.HealthyThreshold, hc.UnhealthyThreshold, parts.Seconds(hc.Interval.V), parts.Seconds(hc.Timeout.V), hc.Matcher, hc.Path, hc.Protocol.V)
}

func checkOf(healthy, unhealthy blueprint.At[int], interval, timeout tf.Expr, matcher, path blueprint.At[string], protocol string) map[string]tf.Expr {
	return map[string]tf.Expr{
		"healthy_threshold": tf.Int(healthy.V), "unhealthy_threshold": tf.Int(unhealthy.V),
		"interval": interval, "timeout": timeout,
		"matcher": tf.String(matcher.V), "path": tf.String(path.V), "protocol": tf.String(protocol),
	}
}
