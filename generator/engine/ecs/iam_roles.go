package ecs

import (
	"reflect"
	"slices"

	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// infrastructure is the role that this engine alone has.
const infrastructure = "infrastructure"

// roles are those that the deployment needs, made or existing, in the order of the module.
func (d *deployment) roles() []parts.RoleFacts {
	var out []parts.RoleFacts
	if d.twoGroups() && len(d.pairs) > 0 {
		out = append(out, d.infrastructureRole())
	}
	if d.anyTLS() {
		out = append(out, d.connectRole())
	}
	if d.In.Service.Task == nil {
		return out
	}
	return append(out, d.TaskRoles()...)
}

func (d *deployment) infrastructureRole() parts.RoleFacts {
	r := parts.RoleFacts{
		Name: infrastructure, What: "with which ECS shifts the traffic", Trusted: "ecs.amazonaws.com", Trust: "infrastructure_trust",
		Description: "ECS registers targets and shifts traffic between the target groups.",
		Existing:    d.In.Roles.Infrastructure.ARN,
		Waits:       "Without these permissions ECS cannot drain the service on destroy either.",
	}
	if d.scoped() {
		r.Carries = "a policy for exactly these target groups, rules and listeners"
		r.Own = []parts.OwnPolicy{{
			Resource: infrastructure, Name: "shift-traffic", Document: d.scopedPolicy,
			Message: "The infrastructure role must have the policy for exactly these groups, rules and listeners.",
		}}
		return r
	}
	const managed = "AmazonECSInfrastructureRolePolicyForLoadBalancers"
	r.Carries = managed + ": register targets, change the rules' weights"
	if len(d.albs()) == 0 {
		r.Carries = managed + ": register targets, change the listeners' actions"
	}
	r.Managed = []parts.Managed{{Resource: infrastructure, Name: managed}}
	return r
}

// scoped says that the infrastructure role is made with a policy of its own.
func (d *deployment) scoped() bool {
	in := d.In.Roles.Infrastructure
	return !in.ARN.Said() && in.Policy.V == "scoped" && d.twoGroups() && len(d.pairs) > 0
}

func (d *deployment) madeRoles() []parts.RoleFacts { return parts.Made(d.roles()) }

// scopedPolicy is what AWS's managed policy allows, on exactly these target groups, rules and listeners. Describe
// actions know no resources (domain.md 4). Rules are an Application Load Balancer's alone.
func (d *deployment) scopedPolicy(m *parts.RoleModule) *tf.Block {
	arns := func(name, what string, sample string) tf.Expr {
		return m.In(name, what, parts.Samples(sample))
	}
	var facts []tf.Expr
	allow := func(sid string, resources tf.Expr, actions ...string) *tf.Block {
		facts = append(facts, tf.Fn("toset", tf.Strings(actions...)), tf.Fn("toset", resources))
		list := tf.Strings(actions...).(tf.List)
		list.Lines = len(actions) > 2
		return tf.Nested("statement", tf.Set("sid", tf.String(sid)), tf.Set("actions", list), tf.Set("resources", resources))
	}
	const elb = "elasticloadbalancing:"
	about := "Listeners of the rules."
	if d.anyNLB() {
		about = "Listeners whose traffic ECS moves."
	}
	listeners := arns("listener_arns", about, sampleListener())
	groups := arns("target_group_arns", "Target groups into which ECS registers tasks.", sampleGroup("blue"))
	scope := []tf.Field{tf.F("listener_arns", listeners)}
	items := tf.Items{
		allow("Look", tf.Strings("*"), elb+"DescribeListeners", elb+"DescribeRules", elb+"DescribeTargetGroups", elb+"DescribeTargetHealth"),
		allow("Register", groups, elb+"DeregisterTargets", elb+"RegisterTargets"),
	}
	if len(d.albs()) > 0 {
		rules := arns("rule_arns", "Listener rules whose weights ECS moves.", parts.ARN("elasticloadbalancing", "listener-rule/app/shared/1/2/3"))
		items = append(items, allow("Shift", rules, elb+"ModifyRule"))
		scope = append(scope, tf.F("rule_arns", rules))
	}
	items = append(items, allow("ShiftOnListener", listeners, elb+"ModifyListener"))
	policy := m.Add(tf.Data("aws_iam_policy_document", infrastructure, items))
	for i := range facts {
		statement := tf.Index{Collection: policy.Attr("statement"), Key: tf.Int(i / 2)}
		facts[i] = tf.Equal(tf.Dig(statement, []string{"actions", "resources"}[i%2]), facts[i])
	}
	m.Assert("The infrastructure role must look at everything, and change these groups, rules and listeners only.", facts...)
	m.Output("scope", "What the infrastructure role may change.", tf.Fields(append(scope, tf.F("target_group_arns", groups))...))
	return policy
}

// callIAMRoles is the root's call.
func (d *deployment) callIAMRoles(r *parts.Root, c *parts.Child, made []parts.RoleFacts, pairs []pairCalls) *tf.Block {
	inputs := d.RoleInputs(r, made)
	if d.scoped() {
		inputs = append(inputs, scopes(pairs)...)
	}
	return r.Call(c.Call("iam_roles", inputs...).From(d.In.Roles.Range))
}

// scopes are the ARNs of the scoped policy.
func scopes(pairs []pairCalls) []tf.Attr {
	var groups, rules, listeners []tf.Expr
	for _, p := range pairs {
		groups = append(groups, p.groups.Attr("blue_arn"), p.groups.Attr("green_arn"))
		listeners = once(listeners, p.listener)
		if p.pair.apart || p.pair.nlb != nil && p.pair.test {
			listeners = once(listeners, p.testListener)
		}
		if p.pair.alb == nil {
			continue
		}
		for _, name := range p.pair.carriers() {
			rules = append(rules, p.rules.Attr(name))
		}
	}
	inputs := []tf.Attr{tf.Set("listener_arns", tf.ListOf(listeners...)), tf.Set("target_group_arns", tf.LinesOf(groups...))}
	if len(rules) > 0 {
		inputs = append(inputs, tf.Set("rule_arns", tf.LinesOf(rules...)))
	}
	slices.SortFunc(inputs, func(a, b tf.Attr) int { return compareNames(a.Name, b.Name) })
	return inputs
}

// once appends what is not there yet: several keys of traffic often stand in one listener.
func once(list []tf.Expr, e tf.Expr) []tf.Expr {
	if slices.ContainsFunc(list, func(have tf.Expr) bool { return reflect.DeepEqual(have, e) }) {
		return list
	}
	return append(list, e)
}
