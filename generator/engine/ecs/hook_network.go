package ecs

import (
	"slices"

	"bluegen/generator/blueprint"
)

// networkStatistics are the metrics that a Network Load Balancer has of a target group, each with the statistic that AWS recommends: the
// load balancer's nodes check every task for themselves.
func networkStatistics() map[string]string {
	return map[string]string{"HealthyHostCount": "Maximum", "UnHealthyHostCount": "Minimum"}
}

// networkMetrics are a hook's with the defaults of a Network Load Balancer's target groups; a copy, because the blueprint stays as it is.
func networkMetrics(in []blueprint.Entry[blueprint.Metric]) []blueprint.Entry[blueprint.Metric] {
	out := slices.Clone(in)
	for i := range out {
		if m := &out[i].V; m.TargetGroup.V != "" {
			setDefault(&m.Namespace, networkBalancing)
			if stat, known := networkStatistics()[m.MetricName.V]; known {
				setDefault(&m.Stat, stat)
			}
		}
	}
	return out
}

// smokedListener reads the port. What is spoken there is known only where the load balancer ends TLS: else bytes pass, and the hook must say
// the URL.
func (d *deployment) smokedListener(h lifecycleHook, t *smokeTarget) {
	l := d.listenerOf(h)
	if l == nil { // the hook says where; or a rule says that it must
		return
	}
	t.listens = l.Port.V
	if l.Protocol.V != "TLS" && !h.in.URL.Said() {
		t.open = append(t.open, "url")
	}
}

// listenerOf is the Network Load Balancer's listener that the hook goes through, nil where there is none.
func (d *deployment) listenerOf(h lifecycleHook) *blueprint.NetworkListener {
	p := d.pairs[h.pair]
	switch {
	case h.in.Through.V == "production":
		return p.nlb.Production
	case p.test:
		return p.nlb.Test
	default:
		return nil
	}
}
