package ecs

import (
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// configuration is the root with its child modules, and what the tests need to know of the calls.
type configuration struct {
	d        *deployment
	root     *parts.Root
	children []*parts.Child
	tests    []*tf.Document
	pairs    []pairCalls
	hooks    []*tf.Block          // module calls, as the deployment has its hooks; nil for a pause without one
	inHooks  []*parts.Child       // the modules that are called
	roles    *tf.Block            // module call, nil when every role exists
	roleARNs map[string]tf.Expr   // by role
	service  *tf.Block            // module call
	vpcUsed  tf.Expr              // nil when nothing needs it
	provider tf.Expr              // region, nil when the provider's environment says it
	shapes   map[any]*parts.Child // one directory a shape

	watching watchCalls
}

// pairCalls are the module calls of one key of traffic.
type pairCalls struct {
	pair                   pair
	groups, rules          *tf.Block    // rules is the call of the listeners behind a Network Load Balancer
	inGroups, inRules      *parts.Child // the modules that are called
	listener, testListener tf.Expr
	balancer               tf.Expr // ARN that names the load balancer: its own, or a listener's
}

func (d *deployment) configuration() *configuration {
	c := &configuration{d: d, root: parts.NewRoot(), roleARNs: map[string]tf.Expr{}, shapes: map[any]*parts.Child{}}
	if d.In.Terraform.Provider.Region.Said() || !d.RegionAttribute { // before anything else, so that a variable of that name is the provider's
		c.provider = d.UseRegion(c.root)
	}
	vpc := c.vpc()
	c.vpcUsed = vpc
	for _, p := range d.pairs {
		c.addPair(p, vpc)
	}
	c.addRoles()
	for _, h := range d.hooks {
		c.addHook(h)
	}
	c.addAlarms()
	c.addService(vpc)
	c.addWatchers()
	c.outputs()
	return c
}

// vpc is wanted by target groups and by an own security group, and by nothing else.
func (c *configuration) vpc() tf.Expr {
	if len(c.d.pairs) == 0 && !c.d.NeedsVPC() {
		return nil
	}
	return c.d.UseVPC(c.root)
}

// shaped returns the module of a shape. The first shape of a kind has the kind's name, another one its key behind it:
// addresses are those of the calls, so a new directory moves nothing.
func (c *configuration) shaped(kind, key string, shape any, build func(name string) *parts.Child) (*parts.Child, bool) {
	if have, ok := c.shapes[shape]; ok {
		return have, false
	}
	name := kind
	for _, other := range c.children {
		if other.Path == "modules/"+kind {
			name = kind + "_" + key
		}
	}
	child := build(name)
	c.shapes[shape] = child
	c.children = append(c.children, child)
	return child, true
}

func (c *configuration) addPair(p pair, vpc tf.Expr) {
	d := c.d
	groups, fresh := c.shaped("target_groups", p.id, p.groupsShape(), func(name string) *parts.Child { return d.targetGroups(name, p.groupsShape()) })
	if fresh {
		c.test(groups, "Blue and green must be alike: a deployment swaps them.", "target_groups", planIf(p.groupsShape().guarded))
	}
	calls := pairCalls{pair: p, inGroups: groups}
	calls.groups = c.root.Call(d.callTargetGroups(groups, p, vpc))
	if p.nlb != nil {
		c.addListeners(&calls)
	} else {
		c.addRules(&calls)
	}
	c.pairs = append(c.pairs, calls)
}

// addRules are the rules of a key behind an Application Load Balancer.
func (c *configuration) addRules(calls *pairCalls) {
	p, d := calls.pair, c.d
	rules, fresh := c.shaped("listener_rules", p.id, p.rulesShape(), func(name string) *parts.Child { return d.listenerRules(name, p) })
	if fresh {
		c.test(rules, "The rules as they are born, before ECS moves the weights.", "rules", "plan")
	}
	calls.inRules = rules
	calls.listener = parts.Use(c.root, d.listener(p, false), p.alb.ListenerARN)
	calls.balancer = calls.listener
	if p.apart {
		calls.testListener = parts.Use(c.root, d.listener(p, true), p.alb.Test.ListenerARN)
	}
	calls.rules = c.root.Call(d.callListenerRules(rules, *calls))
}

// planIf: Terraform cannot tear down what prevent_destroy guards, not even a mock.
func planIf(guarded bool) string {
	if guarded {
		return "plan"
	}
	return "apply"
}

func (c *configuration) addRoles() {
	made := c.d.madeRoles()
	if len(made) > 0 {
		child := c.d.IAMRoles(made)
		c.children = append(c.children, child)
		c.test(child, "Who may assume the roles, and what they carry.", "roles", "apply")
		c.roles = c.d.callIAMRoles(c.root, child, made, c.pairs)
	}
	for _, r := range c.d.roles() {
		c.roleARNs[r.Name] = r.RoleARN(c.root, c.roles)
	}
}

func (c *configuration) addHook(h lifecycleHook) {
	var child *parts.Child
	var call *tf.Block
	switch {
	case h.kind.Name == hook.Approval:
		child, call = c.addApproval(h)
	case !h.pause:
		child, call = c.addFunction(h)
	}
	c.hooks = append(c.hooks, call)
	c.inHooks = append(c.inHooks, child)
}

func (c *configuration) addFunction(h lifecycleHook) (*parts.Child, *tf.Block) {
	shape, told := c.d.hookShape(h), c.settings(h)
	child, fresh := c.shaped("hook_"+h.kind.Name, parts.Ident(h.in.Name.V), shape, func(name string) *parts.Child {
		return c.d.hookChild(name, shape, h.kind, told)
	})
	if fresh {
		c.test(child, "The hook's function, and who may call it.", "hook", "apply")
	}
	return child, c.callHook(child, h, told)
}

func (c *configuration) addService(vpc tf.Expr) {
	child := c.d.serviceChild()
	c.children = append(c.children, child)
	c.test(child, "What ECS is told: strategy, hooks, traffic, and how long Terraform waits.", "service", "apply")
	c.service = c.root.Call(child.Call("service", c.serviceInputs(vpc)...).From(c.d.In.Service.Range))
}

func (c *configuration) test(child *parts.Child, comment, run, command string) {
	c.tests = append(c.tests, child.Test(comment, run, command))
}

// modules are the root and its children.
func (c *configuration) modules() []*tf.Module {
	tests := append([]*tf.Document{c.configurationTest()}, c.tests...)
	return c.d.Modules(c.root, c.children, c.provider, c.d.zips(), c.readme(), tests...)
}
