package ecs

import (
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// setting is one thing that a function of ours is told: a variable of its module, and one of its environment.
type hookSetting struct {
	name, env, what string
	// sample is what the module's own test gives; what is no text or number travels as JSON.
	sample cty.Value
	// value is the root's.
	value tf.Expr
	// wired says that other modules make the value: a plan of the root does not know it.
	wired bool
}

// told is the setting as the environment has it.
func (s hookSetting) told(v tf.Expr) tf.Expr {
	switch s.sample.Type() {
	case cty.String:
		return v
	case cty.Number:
		return tf.Fn("tostring", v)
	default:
		return tf.Fn("jsonencode", v)
	}
}

// shown is the setting as the module's output has it: a number again, JSON as it is.
func (s hookSetting) shown(told tf.Expr) tf.Expr {
	if s.sample.Type() == cty.Number {
		return tf.Fn("tonumber", told)
	}
	return told
}

// wanted is shown as the root's test wants it.
func (s hookSetting) wanted() tf.Expr {
	if s.sample.Type() == cty.String || s.sample.Type() == cty.Number {
		return s.value
	}
	return s.told(s.value)
}

func text(name, env, what, sample string, value tf.Expr) hookSetting {
	return hookSetting{name: name, env: env, what: what, sample: cty.StringVal(sample), value: value}
}

func count(name, env, what string, sample, value int) hookSetting {
	return hookSetting{name: name, env: env, what: what, sample: cty.NumberIntVal(int64(sample)), value: tf.Int(value)}
}

// settings are what the hook's function is told; none where the blueprint gives its environment itself.
func (c *configuration) settings(h lifecycleHook) []hookSetting {
	switch h.kind.Name {
	case hook.Wait:
		return waitSettings(h, "How long the hook holds the deployment at each of its stages.")
	case hook.Alarms:
		return c.alarmSettings(h)
	case hook.Metric:
		return c.metricSettings(h)
	case hook.Smoke:
		return c.smokeSettings(h)
	default:
		return nil
	}
}

func waitSettings(h lifecycleHook, what string) []hookSetting {
	return []hookSetting{
		text("wait_mode", "WAIT_MODE", "poll: ECS calls again until the time is over; sleep: one call lasts as long.", "poll", tf.String(string(h.plan.Mode))),
		count("wait_seconds", "WAIT_SECONDS", what, 180, h.plan.WaitSeconds),
	}
}

func (c *configuration) alarmSettings(h lifecycleHook) []hookSetting {
	sample := cty.ListVal([]cty.Value{cty.StringVal("orders-errors")})
	names := parts.Use(c.root, parts.Wanted{
		Name: "alarms", Key: "deployment.hooks." + h.in.Name.V + ".alarms", Type: sample.Type(),
		Description: "Names of the CloudWatch alarms that must be OK at the hook " + h.in.Name.V + ".",
		Sample:      sample,
	}, h.in.Alarms)
	return append([]hookSetting{
		{name: "alarms", env: "ALARMS", what: "Names of the alarms that must be OK.", sample: sample, value: names},
		text("insufficient_data", "INSUFFICIENT_DATA", "What an alarm without data counts as: ok or alarm.", "ok", tf.String(h.in.InsufficientData.V)),
		count("settle_seconds", "SETTLE_SECONDS", "How long at the beginning of a stage an alarm that is not OK is no failure.", 30, int(h.in.Settle.V.Seconds())),
	}, waitSettings(h, "How long the alarms must be OK at each of the hook's stages.")...)
}

func (c *configuration) metricSettings(h lifecycleHook) []hookSetting {
	in := h.in
	out := append([]hookSetting{
		text("comparison_operator", "COMPARISON_OPERATOR", "How expression and threshold compare in a failure.", "GreaterThanThreshold", tf.String(in.ComparisonOperator.V)),
		count("datapoints_to_alarm", "DATAPOINTS_TO_ALARM", "So many minutes beyond the threshold are a failure.", 2, in.DatapointsToAlarm.V),
		text("expression", "EXPRESSION", "Metric math over the metrics.", "green_errors - blue_errors", tf.String(in.Expression.V)),
		{name: "metrics", env: "METRICS", what: "Metrics that the expression names, by their ids.", sample: metricSample(), value: metricsValue(in)},
		text("threshold", "THRESHOLD", "What the expression is compared with.", "0.5", tf.String(in.Threshold.V)),
		text("treat_missing_data", "TREAT_MISSING_DATA", "Whether an expression without any value is a failure: breaching or notBreaching.", "notBreaching", tf.String(in.TreatMissingData.V)),
	}, waitSettings(h, "How long the expression is watched at each of the hook's stages.")...)
	if !h.compares() {
		return out
	}
	calls := c.pairs[h.pair]
	groups := hookSetting{
		name: "target_groups", env: "TARGET_GROUPS", what: "Dimension TargetGroup of the metrics of both target groups; which is live changes with every deployment.", wired: true,
		sample: cty.ListVal([]cty.Value{cty.StringVal("targetgroup/blue/1"), cty.StringVal("targetgroup/green/1")}),
		value:  tf.ListOf(calls.groups.Attr("blue_arn_suffix"), calls.groups.Attr("green_arn_suffix")),
	}
	return append(out, groups, text("load_balancer_arn_suffix", "LOAD_BALANCER", "Dimension LoadBalancer of the metrics.", sampleSuffix, parts.LoadBalancerSuffix(calls.balancer)))
}

func metricSample() cty.Value {
	metric := func(group string) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{
			"dimensions":   cty.MapVal(map[string]cty.Value{"AvailabilityZone": cty.StringVal(parts.Region + "a")}),
			"metric_name":  cty.StringVal("HTTPCode_Target_5XX_Count"),
			"namespace":    cty.StringVal("AWS/ApplicationELB"),
			"stat":         cty.StringVal("Sum"),
			"target_group": cty.StringVal(group),
		})
	}
	return cty.MapVal(map[string]cty.Value{"blue_errors": metric("blue"), "green_errors": metric("green")})
}

func metricsValue(in blueprint.Hook) tf.Expr {
	var fields []tf.Field
	for _, m := range in.Metrics {
		fields = append(fields, tf.F(m.Key.V, tf.Fields(
			tf.F("dimensions", parts.Object(m.V.Dimensions)),
			tf.F("metric_name", tf.String(m.V.MetricName.V)),
			tf.F("namespace", tf.String(m.V.Namespace.V)),
			tf.F("stat", tf.String(m.V.Stat.V)),
			tf.F("target_group", tf.String(m.V.TargetGroup.V)),
		)))
	}
	return tf.Fields(fields...)
}

// requestSample is one request of a smoke test.
func requestSample() cty.Value {
	return cty.ListVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{
		"body":       cty.StringVal(""),
		"contains":   cty.StringVal("ok"),
		"headers":    cty.MapVal(map[string]cty.Value{"x-test": cty.StringVal("1")}),
		"latency_ms": cty.NumberIntVal(1000),
		"method":     cty.StringVal("GET"),
		"path":       cty.StringVal("/healthcheck"),
		"repeat":     cty.NumberIntVal(3),
		"status":     cty.ListVal([]cty.Value{cty.NumberIntVal(200)}),
	})})
}

func (c *configuration) smokeSettings(h lifecycleHook) []hookSetting {
	target := c.d.smoked(h)
	wanted := func(name, key, what, sample string) parts.Wanted {
		return parts.Wanted{
			Name: h.id + "_" + name, Key: "deployment.hooks." + h.in.Name.V + "." + key, Type: cty.String,
			Description: what + " of the hook " + h.in.Name.V + ".", Sample: cty.StringVal(sample),
		}
	}
	host := tf.String(target.host)
	if h.in.Host.Said() {
		host = parts.Use(c.root, wanted("host", "host", "Host that the requests ask for", "orders.example.com"), h.in.Host)
	}
	var url tf.Expr
	switch known, literal := host.(tf.Lit); {
	case h.in.URL.Said():
		url = parts.Use(c.root, wanted("url", "url", "Scheme, host and port of the requests", "https://orders.example.com"), h.in.URL)
	case literal && strings.Contains(known.Value.AsString(), ":"): // with a port of its own
		url = tf.String("https://" + known.Value.AsString())
	case literal:
		url = tf.String("https://" + known.Value.AsString() + target.port())
	default:
		url = tf.Join(tf.String("https://"), host, tf.String(target.port()))
	}
	requests := make([]tf.Expr, 0, len(h.in.Requests))
	for _, r := range target.requests {
		requests = append(requests, r.expr())
	}
	return []hookSetting{
		text("host", "HOST", "Host that the requests ask for, also of the certificate.", "orders.example.com", host),
		{name: "requests", env: "REQUESTS", what: "Requests that are sent, and the answers that are expected.", sample: requestSample(), value: tf.LinesOf(requests...)},
		text("url", "URL", "Scheme, host and port that the requests go to.", "https://orders.example.com:8443", url),
	}
}

func (r smokeRequest) expr() tf.Expr {
	headers := make([]tf.Field, 0, len(r.headers))
	for _, h := range r.headers {
		headers = append(headers, tf.F(h.name, tf.String(h.value)))
	}
	status := make([]tf.Expr, 0, len(r.status))
	for _, s := range r.status {
		status = append(status, tf.Int(s))
	}
	return tf.Fields(
		tf.F("body", tf.String(r.in.Body.V)),
		tf.F("contains", tf.String(r.in.Contains.V)),
		tf.F("headers", tf.Inline(headers...)),
		tf.F("latency_ms", tf.Int(r.in.LatencyMS.V)),
		tf.F("method", tf.String(r.in.Method.V)),
		tf.F("path", tf.String(r.path)),
		tf.F("repeat", tf.Int(r.in.Repeat.V)),
		tf.F("status", tf.ListOf(status...)),
	)
}

// port is what the URL says behind the host.
func (t smokeTarget) port() string {
	if t.listens == 0 || t.listens == 443 {
		return ""
	}
	return ":" + strconv.Itoa(t.listens)
}
