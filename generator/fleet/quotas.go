package fleet

import (
	"fmt"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
)

// The quotas of one Application Load Balancer (domain.md 7.1: ELB-QUOTA): rules without the listeners' default ones, target groups,
// registered targets. AWS raises the first and the last on request.
const (
	maxRules   = 100
	maxGroups  = 100
	maxTargets = 1000
)

// balancer is what members ask of one load balancer.
type balancer struct {
	name                           string
	rules, groups, targets, widest int32
	blueprints                     int
	last                           int32 // the group that was counted last
	// The first rule beyond each quota.
	beyondRules, beyondGroups, beyondTargets *rule
}

// quotas counts what the fleet asks of each load balancer that is known to be one. Others may ask for more: it counts what is seen.
func (f *Fleet) quotas() diag.List {
	var order []string
	all := map[string]*balancer{}
	for i := range f.rules {
		r := &f.rules[i]
		key, name := f.balancer(r)
		if key == "" {
			continue
		}
		b := all[key]
		if b == nil {
			b = &balancer{name: name}
			all[key], order = b, append(order, key)
		}
		b.count(r, f.members[r.member].group)
	}
	var out diag.List
	for _, key := range order {
		out = append(out, f.full(all[key])...)
	}
	return out
}

func (b *balancer) count(r *rule, group int32) {
	if b.last != group {
		b.last = group
		b.blueprints++
	}
	b.rules++
	b.groups += r.groups
	b.targets += r.targets
	b.widest = max(b.widest, r.targets)
	if b.rules > maxRules && b.beyondRules == nil {
		b.beyondRules = r
	}
	if b.groups > maxGroups && b.beyondGroups == nil {
		b.beyondGroups = r
	}
	if b.targets+b.widest > maxTargets && b.beyondTargets == nil {
		b.beyondTargets = r
	}
}

// full says which quotas a load balancer is beyond. One blueprint alone is not a matter of the fleet.
func (f *Fleet) full(b *balancer) diag.List {
	var out diag.List
	if b.blueprints < 2 {
		return nil
	}
	for _, q := range []struct {
		beyond          *rule
		code            diag.Code
		summary, detail string
	}{
		{b.beyondRules, CodeManyRules, fmt.Sprintf("%s has %d rules, and its quota is %d", b.name, b.rules, maxRules),
			"AWS counts the rules of all its listeners, without the default ones, and refuses the next one at apply. Ask AWS for a higher quota, or move services to a second load balancer."},
		{b.beyondGroups, CodeManyGroups, fmt.Sprintf("%s has %d target groups, and takes %d", b.name, b.groups, maxGroups),
			"Blue and green are two for each key of traffic, and AWS does not raise this quota. Move services to a second load balancer."},
		{b.beyondTargets, CodeManyTargets, fmt.Sprintf("%s has up to %d targets, and its quota is %d", b.name, b.targets+b.widest, maxTargets),
			"A task is a target of each key of traffic, and the largest service has twice as many while it is deployed. Ask AWS for a higher quota, or move services to a second load balancer."},
	} {
		r := q.beyond
		if r == nil || f.silent(q.code, r.member) {
			continue
		}
		d := f.found(r.member, r.at, q.summary, q.detail)
		d.Code, d.Severity, d.Environment = q.code, diag.Warning, ""
		out = append(out, d)
	}
	return out
}

// balancer is the load balancer of a rule, "" where it is not known: that of an ARN, one that is looked up by its name, or, as the least
// that is certain, the one that a parameter's listener belongs to.
func (f *Fleet) balancer(r *rule) (key, name string) {
	word := f.text(r.listener.word)
	m := &f.members[r.member]
	account, region := f.text(m.account), f.text(m.region)
	known := account != "" && region != ""
	switch {
	case r.listener.from == blueprint.Literal: // arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID
		fields := strings.SplitN(word, ":", 6)
		path := strings.Split(fields[len(fields)-1], "/")
		if len(fields) < 6 || len(path) < 3 {
			return "", ""
		}
		return strings.Join([]string{fields[4], fields[3], path[2]}, "/"), "The load balancer " + path[2]
	case r.listener.from == blueprint.Lookup && known:
		lb, _, _ := strings.Cut(word, ":")
		return strings.Join([]string{account, region, lb}, "/"), "The load balancer " + lb
	case r.listener.from == blueprint.SSM && known:
		return strings.Join([]string{account, region, "ssm", word}, "/"), "The load balancer of the listener in the SSM parameter " + word
	default:
		return "", ""
	}
}
