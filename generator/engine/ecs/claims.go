package ecs

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/schemas"
)

// Claims are what a service that Build accepted takes of what it shares with others.
func Claims(s *blueprint.Service, aws *schemas.View) parts.Claims {
	d := resolve(s, aws)
	var c parts.Claims
	for _, r := range d.listenerRuleList() {
		claim := parts.ClaimedRule{What: r.what, Listener: r.said, Priority: r.priority, When: r.when, Groups: r.groups}
		if r.groups > 0 {
			claim.Targets = s.Service.DesiredCount.V
		}
		c.Rules = append(c.Rules, claim)
	}
	for _, p := range d.pairs {
		c.Names = append(c.Names, parts.ClaimedName{What: "target group", Limit: parts.TargetGroupName, Words: []string{p.key, "blue"}})
		if p.paired() {
			c.Names = append(c.Names, parts.ClaimedName{What: "target group", Limit: parts.TargetGroupName, Words: []string{p.key, "green"}})
		}
	}
	c.Names = append(c.Names, parts.Claimed(d.roles())...)
	if s.Service.Task != nil {
		c.Names = append(c.Names, parts.ClaimedName{What: "log group", Prefix: "/ecs/", Limit: parts.ServiceName})
	}
	for _, h := range d.functions() {
		name := h.in.Name.V
		c.Names = append(c.Names,
			parts.ClaimedName{What: "function", Limit: parts.FunctionName, Words: []string{name}},
			parts.ClaimedName{What: "log group", Prefix: "/aws/lambda/", Limit: parts.FunctionName, Words: []string{name}},
			parts.ClaimedRole(name, "execution"), parts.ClaimedRole(name, "invoke"),
		)
	}
	for _, h := range d.approvals() {
		c.Names = append(c.Names, parts.ClaimedName{What: "event rule", Limit: parts.FunctionName, Words: []string{h.in.Name.V}})
	}
	return c
}
