package ecs

import (
	"fmt"
	"strings"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/schemas"
)

// The words of the blueprint.
const (
	rolling   = "rolling"
	blueGreen = "blue_green"
	linear    = "linear"
	canary    = "canary"
)

// GRPC has a health check of its own: its codes are 0 to 99, and AWS's default path answers 12, unimplemented.
const (
	grpcMatcher = "12"
	grpcPath    = "/AWS.ALB/healthcheck"
)

// resolve turns a service into a deployment; it only fills in, the rules judge.
func resolve(s *blueprint.Service, aws *schemas.View) *deployment {
	d := &deployment{
		Site:     parts.NewSite(s, aws),
		strategy: strings.ToUpper(s.ECS.Deployment.Strategy.V),
		shifts:   s.ECS.Deployment.Strategy.V != rolling,
		gates:    gates{configuration: parts.Knows(aws, schemas.BlueGreen), hookTimeout: parts.Knows(aws, schemas.HookTimeout)},
	}
	if t := s.Service.Task; t != nil {
		for _, c := range t.Containers {
			d.containers = append(d.containers, parts.Container{In: c, Shells: s.Service.ExecuteCommand.V})
		}
	}
	for _, e := range s.ECS.Traffic {
		d.take(e)
	}
	d.nameContainerPorts()
	for _, h := range s.ECS.Deployment.Hooks {
		d.hooks = append(d.hooks, d.hook(h))
	}
	d.wait = d.waits()
	return d
}

// take sorts a key of traffic by its way.
func (d *deployment) take(e blueprint.Entry[blueprint.Traffic]) {
	t := target{key: e.Key.V, id: parts.Ident(e.Key.V), origin: e.Key.Range, container: e.V.Container, port: e.V.Port}
	d.fillContainer(&t)
	if e.V.ServiceConnect != nil {
		d.connects = append(d.connects, newConnect(t, e.V.ServiceConnect))
		return
	}
	p := pair{target: t, blue: d.groupName(e.Key.V, "blue")}
	if d.twoGroups() {
		p.green = d.groupName(e.Key.V, "green")
	}
	if e.V.NLB != nil {
		d.pairs = append(d.pairs, d.behindNLB(p, e.V.NLB))
		return
	}
	d.pairs = append(d.pairs, d.behindALB(p, e.V.ALB))
}

func (d *deployment) behindALB(p pair, in *blueprint.ALB) pair {
	alb := *in // a copy: defaults that depend on others are filled here
	p.alb, p.guarded, p.draining = &alb, !in.AllowReplacement.V, in.TargetGroup.DeregistrationDelay.V
	if t := in.Test; t != nil && d.twoGroups() {
		p.test = true
		p.apart = t.ListenerARN.Said()
	}
	if hc := &p.alb.TargetGroup.HealthCheck; p.alb.TargetGroup.ProtocolVersion.V == "GRPC" {
		setDefault(&hc.Matcher, grpcMatcher)
		setDefault(&hc.Path, grpcPath)
	}
	return p
}

func (d *deployment) behindNLB(p pair, in *blueprint.NLB) pair {
	p.nlb, p.guarded, p.draining = in, !in.AllowReplacement.V, in.TargetGroup.DeregistrationDelay.V
	p.test = in.Test != nil && d.twoGroups()
	return p
}

// targets are the container's ports that traffic leads to, those behind a load balancer first.
func (d *deployment) targets() []target {
	out := make([]target, 0, len(d.pairs)+len(d.connects))
	for _, p := range d.pairs {
		out = append(out, p.target)
	}
	for _, c := range d.connects {
		out = append(out, c.target)
	}
	return out
}

// twoGroups: also under rolling, on the way from or to blue_green.
func (d *deployment) twoGroups() bool { return d.shifts || d.In.ECS.Deployment.KeepPair.V }

// fillContainer takes the only container and its port where traffic does not say them.
func (d *deployment) fillContainer(p *target) {
	if p.container.V == "" && len(d.containers) == 1 {
		p.container.V = d.containers[0].In.Name.V
	}
	for _, c := range d.containers {
		if c.In.Name.V == p.container.V && p.port.V == 0 {
			p.port.V = c.In.Port.V
		}
	}
}

func setDefault(at *blueprint.At[string], v string) {
	if at.Default {
		at.V = v
	}
}

func (d *deployment) groupName(key, colour string) string {
	name := parts.Name(parts.TargetGroupName, d.In.Name.V, d.In.Environment.V, key, colour)
	return strings.ReplaceAll(name, "_", "-")
}

// providerTimeout is how long the provider waits where nothing is said (domain.md 1.1: PROV-DOC).
const providerTimeout = 20 * time.Minute

// waits computes the timeouts: scale-up, the longest hook of each stage, what a Network Load Balancer takes, the steps of
// the shift, bake, and what stopping blue takes, with a quarter to spare (domain.md 7, pitfall 9).
func (d *deployment) waits() waiting {
	in := d.In.ECS.Deployment
	w := waiting{create: in.Timeouts.Create.V, update: in.Timeouts.Update.V, remove: in.Timeouts.Delete.V}
	if w.remove == 0 && len(d.pairs) > 0 {
		// A service is gone when its last task has drained, whether an apply waits or not. Written even where it is the provider's own, so that
		// another delay changes no module.
		w.remove = max(providerTimeout, parts.MinutesUp((d.slowestDeregistration()+d.slowestStop())*5/4))
	}
	if !in.Wait.V {
		return w
	}
	w.terms = append(w.terms, term{"scale-up", in.ScaleUp.V})
	if d.shifts {
		w.terms = append(w.terms, d.hookTerms()...)
		w.terms = append(w.terms, d.shiftTerms()...)
		w.terms = append(w.terms, term{"bake", in.BakeTime.V})
	}
	w.terms = append(w.terms, term{"deregistration", d.slowestDeregistration()}, term{"stop", d.slowestStop()})
	computed := parts.MinutesUp(w.sum() * 5 / 4)
	if w.create == 0 {
		w.create = computed
	}
	if w.update == 0 {
		w.update = computed
	}
	return w
}

func (w waiting) sum() time.Duration {
	var sum time.Duration
	for _, t := range w.terms {
		sum += t.long
	}
	return sum
}

// hookTerms: the hooks of a stage run side by side, the stages one after the other.
func (d *deployment) hookTerms() []term {
	var terms []term
	for _, stage := range hook.LegalStages() {
		slowest := term{}
		for _, h := range d.hooks {
			if contains(h.in.Stages, stage) && h.longest > slowest.long {
				slowest = term{"hook " + h.in.Name.V, h.longest}
			}
		}
		if n := d.shiftsOfTraffic(); n > 1 && everyShift(stage) {
			slowest = term{fmt.Sprintf("%s at %d shifts", slowest.what, n), time.Duration(n) * slowest.long}
		}
		if slowest.long > 0 {
			terms = append(terms, slowest)
		}
	}
	return terms
}

func (d *deployment) slowestDeregistration() time.Duration {
	var slowest time.Duration
	for _, p := range d.pairs {
		slowest = max(slowest, p.draining)
	}
	return slowest
}

func (d *deployment) slowestStop() time.Duration {
	slowest := time.Duration(0)
	for _, c := range d.containers {
		slowest = max(slowest, c.In.StopTimeout.V)
	}
	return slowest
}
