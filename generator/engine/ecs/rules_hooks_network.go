package ecs

import (
	"fmt"
	"strconv"
	"strings"

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
		"It cannot be taken from a wildcard, or from a listener whose port is not known. Say it in the hook: `host`, `url`, or `headers` of a request.")
}

// smokePort: a Network Load Balancer tells listeners apart by their ports alone, so that another port is another listener.
func (d *deployment) smokePort(h lifecycleHook, target smokeTarget) diag.List {
	text, known := h.in.URL.Known()
	if h.pair < 0 || d.pairs[h.pair].nlb == nil || target.listens == 0 || !h.in.URL.Said() || !known {
		return nil
	}
	port := portOf(text)
	if port == strconv.Itoa(target.listens) {
		return nil
	}
	return diag.List{parts.Warn(CodeSmokePort, h.in.URL.Range, fmt.Sprintf("The requests go to port %s, and the %s listener of %s has port %d", port, h.in.Through.V, d.pairs[h.pair].key, target.listens),
		"A Network Load Balancer tells its listeners apart by their ports alone: through another one the requests reach another listener, or none. Write the listener's port in `url`.", d.listenerOf(h).Port.Range)}
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

// groupMetricRules: what a Network Load Balancer has of a target group. A metric that does not exist never has a value, and a hook that
// looks at it lets every deployment through.
func (d *deployment) groupMetricRules(h lifecycleHook) diag.List {
	if h.pair < 0 || d.pairs[h.pair].nlb == nil {
		return nil
	}
	var out diag.List
	for _, m := range h.in.Metrics {
		_, known := networkStatistics()[m.V.MetricName.V]
		ours := m.V.Namespace.V == networkBalancing || m.V.Namespace.V == applicationBalancing
		if m.V.TargetGroup.V == "" || !ours || known && m.V.Namespace.V == networkBalancing {
			continue
		}
		out = append(out, parts.Found(CodeNoSuchMetric, m.V.MetricName.Range, fmt.Sprintf("No target group behind a Network Load Balancer has the metric %s of %s", m.V.MetricName.V, m.V.Namespace.V),
			"It has HealthyHostCount and UnHealthyHostCount of "+networkBalancing+"; flows, resets and bytes are those of the whole load balancer. Compare health, or watch what the application reports itself, without `target_group`.", d.pairs[h.pair].origin))
	}
	return out
}
