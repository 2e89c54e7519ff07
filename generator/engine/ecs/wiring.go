package ecs

import (
	"slices"
	"strconv"
	"strings"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// wiringRuns give the modules outputs of their own and look where they arrive: equal mocks would hide a swap. There are
// two, because a module that is given outputs is not looked into.
func (c *configuration) wiringRuns() []*tf.Block {
	var groups, rules []tf.Item
	for _, p := range c.pairs {
		groups = append(groups, parts.OverrideModule(p.groups, p.groupOutputs()...))
		rules = append(rules, parts.OverrideModule(p.rules, p.ruleOutputs()...))
	}
	roles := c.roleOverrides()
	first := append(append([]tf.Item{tf.Set("command", tf.Keyword("plan"))}, groups...), roles...)
	second := append(append([]tf.Item{tf.Set("command", tf.Keyword("plan"))}, groups...), rules...)
	assert := func(message string, conditions ...tf.Expr) tf.Item {
		return parts.Assert{Conditions: conditions, Message: tf.String(message)}.Block()
	}
	for _, p := range c.pairs {
		first = append(first, assert("The rules of "+p.pair.key+" must get their target groups, each in its place.",
			tf.Equal(p.rules.Attr("target_group_arns"), p.groupsWanted())))
		second = append(second, assert("The service must get the target groups and rules of "+p.pair.key+", each in its place.",
			tf.Equal(c.service.Attr("traffic_"+p.pair.id), p.serviceInput().Value)))
		second = append(second, assert("The outputs must name the target groups and rules of "+p.pair.key+", each its own.", p.promises()...))
	}
	if names := c.d.roles(); len(names) > 0 {
		first = append(first, assert("The service must get its roles, each in its place.", tf.Equal(c.service.Attr("roles"), c.rolesWanted())))
	}
	for i, h := range c.d.hooks {
		if a := c.hookArrives(i, h); a != nil {
			second = append(second, a)
		}
		if h.kind.Name == hook.Approval {
			first = append(first, assert("The service must wait for the rule that tells people of "+h.in.Name.V+".",
				tf.Equal(c.service.Attr(h.id, "rule_arn"), c.hooks[i].Attr("rule_arn"))))
		}
		if h.pause {
			continue
		}
		first = append(first, assert("The service must get the hook "+h.in.Name.V+" with its function and its role.",
			tf.Equal(c.service.Attr(h.id, "function_arn"), c.hooks[i].Attr("function_arn")),
			tf.Equal(c.service.Attr(h.id, "invoke_role_arn"), c.hooks[i].Attr("invoke_role_arn"))))
	}
	for _, a := range c.watchWiring() {
		first = append(first, a.Block())
	}
	if c.d.scoped() {
		second = append(second, assert("The infrastructure role must get every target group, rule and listener, and nothing else.",
			tf.Equal(c.roles.Attr("scope"), c.scopeWanted())))
	}
	var runs []*tf.Block
	if len(roles)+len(groups) > 0 {
		runs = append(runs, tf.NewBlock("run", []string{"groups_roles_and_hooks_arrive"}, first...))
	}
	if len(rules) > 0 {
		runs = append(runs, tf.NewBlock("run", []string{"rules_arrive"}, second...))
	}
	return runs
}

// hookArrives: a hook that compares target groups must get its own; nil for one that does not.
func (c *configuration) hookArrives(i int, h lifecycleHook) tf.Item {
	if !h.compares() {
		return nil
	}
	for _, s := range c.settings(h) {
		if s.wired {
			return parts.Assert{
				Conditions: []tf.Expr{tf.Equal(c.hooks[i].Attr(s.name), tf.Fn("tolist", s.value))},
				Message:    tf.String("The hook " + h.in.Name.V + " must get the target groups of " + c.pairs[h.pair].pair.key + "."),
			}.Block()
		}
	}
	return nil
}

// roleOverrides give each role and function an ARN of its own.
func (c *configuration) roleOverrides() []tf.Item {
	var items []tf.Item
	if c.roles != nil {
		var outputs []tf.Field
		for _, r := range c.d.madeRoles() {
			outputs = append(outputs, tf.F(r.Name+"_role_arn", tf.String(parts.GlobalARN("iam", "role/"+r.Name))), tf.F(r.Name+"_role_name", tf.String(r.Name)))
		}
		items = append(items, parts.OverrideModule(c.roles, outputs...))
	}
	for i, h := range c.d.hooks {
		name := h.in.Name.V
		if h.kind.Name == hook.Approval {
			items = append(items, parts.OverrideModule(c.hooks[i],
				tf.F("rule_arn", tf.String(parts.ARN("events", "rule/"+name))),
				tf.F("rule_name", tf.String(name)),
				tf.F("topic_arn", tf.String(parts.ARN("sns", name))),
			))
		}
		if h.pause {
			continue
		}
		items = append(items, parts.OverrideModule(c.hooks[i],
			tf.F("execution_role_arn", tf.String(parts.GlobalARN("iam", "role/"+name+"-execution"))),
			tf.F("execution_role_name", tf.String(name+"-execution")),
			tf.F("function_arn", tf.String(parts.ARN("lambda", "function:"+name))),
			tf.F("function_name", tf.String(name)),
			tf.F("invoke_role_arn", tf.String(parts.GlobalARN("iam", "role/"+name+"-invoke"))),
			tf.F("invoke_role_name", tf.String(name+"-invoke")),
		))
	}
	return items
}

func (c *configuration) rolesWanted() tf.Expr {
	var fields []tf.Field
	for _, r := range c.d.roles() {
		fields = append(fields, tf.F(r.Name, c.roleARNs[r.Name]))
	}
	return tf.Fields(fields...)
}

// promises compare the root's outputs of a key of traffic with the modules'.
func (p pairCalls) promises() []tf.Expr {
	var facts []tf.Expr
	same := func(promise string, value tf.Expr) {
		facts = append(facts, tf.Equal(parts.OutputNamed(p.pair.id+"_"+promise), value))
	}
	for _, colour := range p.colours() {
		same(colour+"_target_group_arn", p.groups.Attr(colour+"_arn"))
		same(colour+"_target_group_arn_suffix", p.groups.Attr(colour+"_arn_suffix"))
	}
	for _, name := range p.pair.carriers() {
		same(name, p.rules.Attr(name))
	}
	return facts
}

func (p pairCalls) listenersWanted() tf.Expr {
	fields := []tf.Field{tf.F("production", p.listener)}
	if p.pair.test {
		test := p.listener
		if p.pair.apart {
			test = p.testListener
		}
		fields = append(fields, tf.F("test", test))
	}
	return tf.Fields(fields...)
}

func (c *configuration) scopeWanted() tf.Expr {
	var fields []tf.Field
	for _, in := range scopes(c.pairs) {
		fields = append(fields, tf.F(in.Name, tf.Fn("toset", in.Value)))
	}
	return tf.Fields(fields...)
}

// taskWanted is what the containers and their size must be, in the types of the module's variables.
func (c *configuration) taskWanted() tf.Expr {
	if c.d.In.Service.Task == nil {
		return tf.Fields(tf.F("definition", c.d.useTaskDefinition(c.root)))
	}
	var fields []tf.Field
	for _, container := range c.d.containers {
		fields = append(fields, container.Wanted(c.d.containerArgument(c.root, container)))
	}
	fields = append(fields, tf.F("size", c.d.TaskSizeArgument()))
	return tf.Fields(append(fields, c.d.StorageWanted(c.root)...)...)
}

// placeWanted is where the service must run, in the types of the module's variables.
func (c *configuration) placeWanted() tf.Expr {
	fields := []tf.Field{tf.F("cluster_arn", c.d.UseCluster(c.root))}
	inputs := c.d.networkInputs(c.root, c.vpcUsed)
	fields = append(fields, parts.GroupWanted(inputs)...)
	for _, in := range inputs {
		if in.Name == "security_group_ids" || in.Name == "subnet_ids" {
			fields = append(fields, tf.F(in.Name, tf.Fn("toset", in.Value)))
		}
	}
	for _, in := range c.d.OptionInputs(c.root) {
		fields = append(fields, tf.F(in.Name, in.Value))
	}
	slices.SortFunc(fields, func(a, b tf.Field) int { return strings.Compare(a.Key, b.Key) })
	return tf.Fields(fields...)
}

func (p pairCalls) groupOutputs() []tf.Field {
	var out []tf.Field
	for _, colour := range p.colours() {
		suffix := "targetgroup/" + p.pair.key + "-" + colour + "/1"
		out = append(out,
			tf.F(colour+"_arn", tf.String(parts.ARN("elasticloadbalancing", suffix))),
			tf.F(colour+"_arn_suffix", tf.String(suffix)),
		)
	}
	return out
}

func (p pairCalls) groupsWanted() tf.Expr {
	var out []tf.Field
	for _, colour := range p.colours() {
		out = append(out, tf.F(colour, p.groups.Attr(colour+"_arn")))
	}
	return tf.Fields(out...)
}

func (p pairCalls) ruleOutputs() []tf.Field {
	at := "listener-rule/app/" + p.pair.key + "/1/2/"
	if p.pair.nlb != nil {
		at = "listener/net/" + p.pair.key + "/1/"
	}
	var out []tf.Field
	for i, name := range p.pair.carriers() {
		out = append(out, tf.F(name, tf.String(parts.ARN("elasticloadbalancing", at+strconv.Itoa(3+i)))))
	}
	return out
}
