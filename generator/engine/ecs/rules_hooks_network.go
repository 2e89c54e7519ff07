package ecs

import (
	"fmt"
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
)

// openRule: what neither rule nor listener says of the requests.
func (d *deployment) openRule(h lifecycleHook, target smokeTarget) diag.Diagnostic {
	if h.pair >= 0 && d.pairs[h.pair].nlb != nil {
		return parts.Found(CodeSmokeOpen, h.in.Name.Range, "The listener does not say "+parts.Names(target.open)+" of the smoke test",
			"A Network Load Balancer passes bytes on: it knows no host, and only where it ends TLS what is spoken. Say `host` in the hook and, where the listener's protocol is TCP, `url` with scheme and port.", d.pairs[h.pair].origin)
	}
	return parts.Found(CodeSmokeOpen, h.in.Name.Range, "The rule does not say "+parts.Names(target.open)+" of the smoke test",
		"It cannot be taken from a wildcard, from a text with blanks, quotes or letters beyond ASCII, or from a listener whose port is not known. Say it in the hook: `host`, `url`, or a request's `headers` or the query of its `path`.")
}

// smokePort: a Network Load Balancer tells listeners apart by their ports alone, so that another port is another listener.
func (d *deployment) smokePort(h lifecycleHook, target smokeTarget) diag.List {
	text, known := h.in.URL.Known()
	if h.pair < 0 || d.pairs[h.pair].nlb == nil || target.listens == 0 || !h.in.URL.Said() || !known {
		return nil
	}
	listener, key, port := d.listenerOf(h), d.pairs[h.pair].key, portOf(text)
	warn := func(summary, detail string) diag.List {
		return diag.List{parts.Warn(CodeSmokePort, h.in.URL.Range, summary, detail, listener.Port.Range)}
	}
	switch {
	case port != strconv.Itoa(target.listens):
		return warn(fmt.Sprintf("The requests go to port %s, and the %s listener of %s has port %d", port, h.in.Through.V, key, target.listens),
			"A Network Load Balancer tells its listeners apart by their ports alone: through another one the requests reach another listener, or none. Write the listener's port in `url`.")
	case listener.Protocol.V == "TLS" && strings.HasPrefix(text, "http://"):
		return warn(fmt.Sprintf("The requests go unencrypted to port %s, where the %s listener of %s ends TLS", port, h.in.Through.V, key),
			"The load balancer takes them for a broken handshake and closes the connection. Write https:// in `url`.")
	default:
		return nil
	}
}

// portOf is the port of a URL, its scheme's own where it says none.
func portOf(text string) string {
	scheme, place, _ := strings.Cut(text, "://")
	_, port, said := strings.Cut(place, ":")
	switch {
	case said:
		return port
	case scheme == "http":
		return "80"
	default:
		return "443"
	}
}

// groupMetricRules: what a target group has, by the load balancer that it is behind. A metric that does not exist never has a value, and a
// hook that looks at it lets every deployment through.
func (d *deployment) groupMetricRules(h lifecycleHook) diag.List {
	if h.pair < 0 {
		return nil
	}
	var out diag.List
	for _, m := range h.in.Metrics {
		if m.V.TargetGroup.V == "" {
			continue
		}
		summary, remedy := noSuchMetric(d.pairs[h.pair], m.V)
		if summary != "" {
			out = append(out, parts.Found(CodeNoSuchMetric, m.V.MetricName.Range, summary, remedy, d.pairs[h.pair].origin))
		}
	}
	return out
}

// noSuchMetric says that a target group has no such metric; "" where it has one, or where the metric is nobody's that bluegen knows.
func noSuchMetric(p pair, m blueprint.Metric) (summary, remedy string) {
	name, namespace := m.MetricName.V, m.Namespace.V
	_, known := networkStatistics()[name]
	switch {
	case p.nlb == nil && namespace == networkBalancing:
		return "No target group behind an Application Load Balancer has metrics of " + networkBalancing,
			"Its own are those of " + applicationBalancing + ", which is the namespace when none is said."
	case p.nlb != nil && (namespace == applicationBalancing || namespace == networkBalancing && !known):
		return fmt.Sprintf("No target group behind a Network Load Balancer has the metric %s of %s", name, namespace),
			"It has HealthyHostCount and UnHealthyHostCount of " + networkBalancing + "; flows, resets and bytes are those of the whole load balancer. Compare health, or watch what the application reports itself, without `target_group`."
	default:
		return "", ""
	}
}
