package ecs

import (
	"strconv"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/schemas"

	"github.com/hashicorp/hcl/v2"
)

// Claims are what a service that Build accepted takes of what it shares with others.
func Claims(s *blueprint.Service, aws *schemas.View) parts.Claims {
	d := resolve(s, aws)
	return parts.Claims{Names: append(d.claimedNames(), d.claimedWatch()...), Rules: d.claimedRules(), Places: append(d.claimedPorts(), d.claimedDiscoveries()...)}
}

func (d *deployment) claimedRules() []parts.ClaimedRule {
	var out []parts.ClaimedRule
	for _, r := range d.listenerRuleList() {
		claim := parts.ClaimedRule{What: r.what, Listener: r.said, Priority: r.priority, When: r.when, Groups: r.groups}
		if r.groups > 0 {
			claim.Targets = d.In.Service.DesiredCount.V
		}
		out = append(out, claim)
	}
	return out
}

// claimedNames are those of what runs and of what may do what.
func (d *deployment) claimedNames() []parts.ClaimedName {
	var out []parts.ClaimedName
	for _, p := range d.pairs {
		out = append(out, parts.ClaimedName{What: "target group", Limit: parts.TargetGroupName, Words: []string{p.key, "blue"}})
		if p.paired() {
			out = append(out, parts.ClaimedName{What: "target group", Limit: parts.TargetGroupName, Words: []string{p.key, "green"}})
		}
	}
	out = append(out, parts.Claimed(d.roles())...)
	if d.In.Service.Task != nil {
		out = append(out, parts.ClaimedName{What: "log group", Prefix: "/ecs/", Limit: parts.ServiceName})
	}
	for _, h := range d.functions() {
		name := h.in.Name.V
		out = append(out,
			parts.ClaimedName{What: "function", Limit: parts.FunctionName, Words: []string{name}},
			parts.ClaimedName{What: "log group", Prefix: "/aws/lambda/", Limit: parts.FunctionName, Words: []string{name}},
			parts.ClaimedRole(name, "execution"), parts.ClaimedRole(name, "invoke"),
		)
	}
	return out
}

// claimedWatch are the names of what looks at the service and tells of it. CloudWatch, EventBridge and SNS refuse no second one.
func (d *deployment) claimedWatch() []parts.ClaimedName {
	var out []parts.ClaimedName
	add := func(what string, limit int, words ...string) {
		out = append(out, parts.ClaimedName{What: what, Global: what == "dashboard", Yields: true, Limit: limit, Words: words})
	}
	if d.In.ECS.Observability.Dashboard.V {
		add("dashboard", parts.DashboardName)
	}
	if d.ownAlarms() != nil {
		for _, p := range d.pairs {
			for _, kind := range d.watched(p) {
				add("alarm", parts.AlarmName, p.key, alarmWord(kind))
			}
		}
	}
	if in := d.notified(); in != nil {
		add("event rule", parts.EventRuleName, "deployments")
		if !in.TopicARN.Said() {
			add("topic", parts.TopicName, "deployments")
		}
	}
	for _, h := range d.approvals() {
		add("event rule", parts.FunctionName, h.in.Name.V)
		if approvalShaped(h).ownTopic {
			add("topic", parts.FunctionName, h.in.Name.V)
		}
	}
	return out
}

// claimedPorts are those of own listeners.
func (d *deployment) claimedPorts() []parts.ClaimedPlace {
	var out []parts.ClaimedPlace
	for _, p := range d.nlbs() {
		for _, l := range p.listeners() {
			out = append(out, parts.ClaimedPlace{
				Kind: parts.ListenerPort, What: "the " + l.name + " listener of " + p.key,
				In: parts.OrVariable(p.nlb.LoadBalancerARN, balancerVariable), Name: strconv.Itoa(l.in.Port.V), At: l.in.Port.Range,
			})
		}
	}
	return out
}

// claimedDiscoveries are the names by which the namespace knows the service's ports, and those that clients call instead.
func (d *deployment) claimedDiscoveries() []parts.ClaimedPlace {
	var out []parts.ClaimedPlace
	for _, c := range d.connects {
		add := func(kind parts.PlaceKind, name string, at hcl.Range) {
			out = append(out, parts.ClaimedPlace{
				Kind: kind, What: "the traffic " + c.key, In: parts.OrVariable(c.in.Namespace, namespaceVariable), Name: name, At: at,
			})
		}
		add(parts.DiscoveryName, c.discovery, c.discoverySaid())
		if alias := c.alias(); alias != "" {
			add(parts.ClientName, alias, c.in.ClientAlias.DNSName.Range)
		}
	}
	return out
}

// discoverySaid is where the blueprint says the name, or what it follows from.
func (c connect) discoverySaid() hcl.Range {
	switch {
	case parts.Said(c.in.DiscoveryName):
		return c.in.DiscoveryName.Range
	case parts.Said(c.in.PortName):
		return c.in.PortName.Range
	default:
		return c.origin
	}
}
