package ecs

import (
	"reflect"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// The roles of iam_roles, as the module's resources and variables are named.
const (
	infrastructure = "infrastructure"
	execution      = "execution"
	task           = "task"
)

// roleFacts is one role with what the blueprint says of it.
type roleFacts struct {
	name        string // infrastructure, execution, task
	what        string // "with which ECS shifts the traffic"
	description string // of the IAM role
	trusted     string
	existing    blueprint.Value[string]
	managed     string // name of AWS's policy, with its path; empty for none
	managedPath string
	scoped      bool // a policy for exactly these groups, rules and listeners
	policyARNs  []blueprint.At[string]
	statements  []blueprint.Statement
	waits       string // why the output with the ARN waits
}

func (r roleFacts) made() bool { return !r.existing.Said() }

// roles are those that the deployment needs, made or existing, in the order of the module.
func (d *deployment) roles() []roleFacts {
	in := d.in.Roles
	var out []roleFacts
	if d.twoGroups() && len(d.pairs) > 0 {
		r := roleFacts{
			name: infrastructure, what: "with which ECS shifts the traffic", trusted: "ecs.amazonaws.com",
			description: "ECS registers targets and shifts traffic between the target groups.",
			existing:    in.Infrastructure.ARN, scoped: in.Infrastructure.Policy.V == "scoped",
			waits: "Without these permissions ECS cannot drain the service on destroy either.",
		}
		if !r.scoped {
			r.managed = "AmazonECSInfrastructureRolePolicyForLoadBalancers"
		}
		out = append(out, r)
	}
	if d.in.Service.Task == nil {
		return out
	}
	return append(out,
		roleFacts{
			name: execution, what: "with which ECS pulls the images and writes the logs", trusted: "ecs-tasks.amazonaws.com",
			description: "ECS pulls the images and writes the containers' logs.",
			existing:    in.Execution.ARN, managed: "AmazonECSTaskExecutionRolePolicy", managedPath: "service-role/",
			policyARNs: in.Execution.PolicyARNs, statements: in.Execution.Statements,
			waits: "Whoever uses the role waits for its permissions, and gives them up last.",
		},
		roleFacts{
			name: task, what: "that the containers act as", trusted: "ecs-tasks.amazonaws.com",
			description: "What the containers may do in AWS.",
			existing:    in.Task.ARN, policyARNs: in.Task.PolicyARNs, statements: in.Task.Statements,
			waits: "The containers have their permissions from their first second on.",
		},
	)
}

func (d *deployment) madeRoles() []roleFacts {
	var out []roleFacts
	for _, r := range d.roles() {
		if r.made() {
			out = append(out, r)
		}
	}
	return out
}

// roleModule is modules/iam_roles in the making.
type roleModule struct {
	*parts.Child
	d         *deployment
	partition *tf.Block
	account   tf.Expr
	trusts    map[string]*tf.Block
	policies  []tf.Field // by role, what the root's test compares
}

// iamRoles is modules/iam_roles: the roles that the blueprint does not have already.
func (d *deployment) iamRoles(made []roleFacts) *parts.Child {
	c := parts.NewChild("iam_roles", "IAM roles", rolesAbout(made, d.in.Roles.SourceAccount.V), d.versions)
	m := &roleModule{Child: c, d: d, trusts: map[string]*tf.Block{}}
	if d.in.Roles.SourceAccount.V {
		m.account = c.Add(tf.Data("aws_caller_identity", "current")).Attr("account_id")
	}
	for _, r := range made {
		if r.managed != "" && m.partition == nil {
			m.partition = c.Add(tf.Data("aws_partition", "current"))
		}
	}
	for _, r := range made {
		m.role(r)
	}
	if len(m.policies) > 0 {
		m.Output("policies", "The policies that the roles were given.", tf.Fields(m.policies...))
	}
	return c
}

func rolesAbout(made []roleFacts, account bool) string {
	rows := make([][]string, 0, len(made))
	for _, r := range made {
		rows = append(rows, []string{r.name, parts.Code(r.trusted), r.carries()})
	}
	about := parts.Table([]string{"role", "trusted", "carries"}, rows) +
		"\nThe outputs with an ARN wait for the attachments: whoever uses a role has its permissions on create and keeps them until it is destroyed."
	if account {
		about += "\n\nA role can only be assumed on behalf of this account (`aws:SourceAccount`). If a first deployment ends with \"unable to assume role\", take `roles.source_account` out of the blueprint."
	}
	return about
}

func (r roleFacts) carries() string {
	switch {
	case r.scoped:
		return "a policy for exactly these target groups, rules and listeners"
	case r.name == infrastructure:
		return r.managed + ": register targets, change the rules' weights"
	case r.name == execution:
		return r.managed + ": pull images, write logs" + r.more()
	case r.more() == "":
		return "nothing yet: what the application may do"
	default:
		return "what the application may do" + r.more()
	}
}

func (r roleFacts) more() string {
	if len(r.policyARNs)+len(r.statements) == 0 {
		return ""
	}
	return ", with the blueprint's policies"
}

func (m *roleModule) role(r roleFacts) {
	trust, ok := m.trusts[r.trusted]
	if !ok {
		name := "task_trust"
		if r.name == infrastructure {
			name = "infrastructure_trust"
		}
		trust = m.Add(parts.Trust(name, r.trusted, m.account))
		m.trusts[r.trusted] = trust
	}
	role := m.Add(parts.Role{
		Resource: r.name, Description: r.description, Trust: trust,
		Name: m.Text(r.name+"_role_name", "Name of the role "+r.what+".", "orders-"+r.name),
		Path: m.path(), Boundary: m.boundary(),
	}.Block())
	waits := m.permissions(r, role)
	if len(waits) > 0 {
		m.OutputAfter(r.name+"_role_arn", "ARN of the role "+r.what+".", role.Attr("arn"), r.waits, waits...)
	} else {
		m.Output(r.name+"_role_arn", "ARN of the role "+r.what+".", role.Attr("arn"))
	}
	m.Output(r.name+"_role_name", "Name of the role "+r.what+".", role.Attr("name"))
	m.Assert("Only "+r.trusted+" may assume the "+r.name+" role.", trusts(role, trust, r.trusted)...)
	m.Assert("The "+r.name+" role must have the name that was given, and its own outputs.",
		tf.Equal(role.Attr("name"), tf.String("orders-"+r.name)),
		tf.Equal(outputNamed(r.name+"_role_arn"), role.Attr("arn")))
}

// trusts is: the role has this document, which lets this service assume it, and no other.
func trusts(role, document *tf.Block, service string) []tf.Expr {
	principals := tf.Fn("one", tf.Dig(tf.First(document.Attr("statement")), "principals"))
	return []tf.Expr{
		tf.Equal(tf.Dig(tf.First(document.Attr("statement")), "actions"), tf.Fn("toset", tf.Strings("sts:AssumeRole"))),
		tf.Equal(tf.Dig(principals, "type"), tf.String("Service")),
		tf.Equal(tf.Dig(principals, "identifiers"), tf.Fn("toset", tf.Strings(service))),
		tf.Equal(role.Attr("assume_role_policy"), document.Attr("json")),
	}
}

// carried is: the inline policy is this text, on this role.
func carried(policy, role *tf.Block, json tf.Expr) []tf.Expr {
	return []tf.Expr{tf.Equal(policy.Attr("policy"), json), tf.Equal(policy.Attr("role"), role.Attr("id"))}
}

func (m *roleModule) path() tf.Expr {
	if m.d.in.Roles.Path.V == "/" {
		return nil
	}
	return m.Text("path", "Path of the roles.", "/service/")
}

func (m *roleModule) boundary() tf.Expr {
	if !m.d.in.Roles.PermissionsBoundary.Said() {
		return nil
	}
	return m.Text("permissions_boundary", "ARN of the policy that bounds what the roles may ever do.", parts.GlobalARN("iam", "policy/boundary"))
}

// permissions gives the role what it carries and returns what its users wait for.
func (m *roleModule) permissions(r roleFacts, role *tf.Block) []tf.Expr {
	var waits []tf.Expr
	add := func(b *tf.Block) *tf.Block {
		waits = append(waits, b.Attr())
		return m.Add(b)
	}
	if r.managed != "" {
		attachment := add(parts.Attach(r.name, role, parts.ManagedPolicy(m.partition, r.managedPath, r.managed)))
		m.Assert("The "+r.name+" role must carry "+r.managed+".",
			tf.Equal(attachment.Attr("policy_arn"), tf.String("arn:aws:iam::aws:policy/"+r.managedPath+r.managed)),
			tf.Equal(attachment.Attr("role"), tf.String("orders-"+r.name)))
	}
	if len(r.policyARNs) > 0 {
		sample := parts.GlobalARN("iam", "policy/more")
		arns := m.Var(r.name+"_policy_arns", "Policies attached to the "+r.name+" role.", parts.Samples(sample))
		b := parts.Attach(r.name+"_more", role, tf.Each("value"))
		b.Items = append([]tf.Item{tf.Set("for_each", arns.Attr())}, b.Items...)
		attached := tf.Index{Collection: add(b).Attr(), Key: tf.String(sample)}
		m.Assert("The "+r.name+" role must have the policies that were given.",
			tf.Equal(tf.Dig(attached, "policy_arn"), tf.String(sample)),
			tf.Equal(tf.Dig(attached, "role"), tf.String("orders-"+r.name)))
	}
	if len(r.statements) > 0 {
		json := m.Text(r.name+"_policy_json", "Policy document of the "+r.name+" role.", parts.SamplePolicy(r.name+"-given"))
		policy := add(parts.Inline(r.name, r.name, role, json))
		m.policies = append(m.policies, tf.F(r.name, json))
		m.Assert("The "+r.name+" role must have its policy.", carried(policy, role, json)...)
	}
	if r.scoped {
		document := m.scopedPolicy()
		policy := add(parts.Inline(r.name, "shift-traffic", role, document.Attr("json")))
		m.Assert("The infrastructure role must have the policy for exactly these groups, rules and listeners.", carried(policy, role, document.Attr("json"))...)
	}
	return waits
}

// scopedPolicy is what AWS's managed policy allows, on exactly these target groups, rules and listeners. Describe
// actions know no resources (domain.md 4).
func (m *roleModule) scopedPolicy() *tf.Block {
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
	listeners := arns("listener_arns", "Listeners of the rules.", sampleListener())
	rules := arns("rule_arns", "Listener rules whose weights ECS moves.", parts.ARN("elasticloadbalancing", "listener-rule/app/shared/1/2/3"))
	groups := arns("target_group_arns", "Target groups into which ECS registers tasks.", sampleGroup("blue"))
	policy := m.Add(tf.Data("aws_iam_policy_document", infrastructure,
		allow("Look", tf.Strings("*"), elb+"DescribeListeners", elb+"DescribeRules", elb+"DescribeTargetGroups", elb+"DescribeTargetHealth"),
		allow("Register", groups, elb+"DeregisterTargets", elb+"RegisterTargets"),
		allow("Shift", rules, elb+"ModifyRule"),
		allow("ShiftOnListener", listeners, elb+"ModifyListener"),
	))
	for i := range facts {
		statement := tf.Index{Collection: policy.Attr("statement"), Key: tf.Int(i / 2)}
		facts[i] = tf.Equal(tf.Dig(statement, []string{"actions", "resources"}[i%2]), facts[i])
	}
	m.Assert("The infrastructure role must look at everything, and change these groups, rules and listeners only.", facts...)
	m.Output("scope", "What the infrastructure role may change.", tf.Fields(
		tf.F("listener_arns", listeners), tf.F("rule_arns", rules), tf.F("target_group_arns", groups)))
	return policy
}

// callIAMRoles is the root's call; policies of the blueprint's statements are documents of the root.
func (d *deployment) callIAMRoles(r *parts.Root, c *parts.Child, made []roleFacts, pairs []pairCalls) *tf.Block {
	var inputs []tf.Attr
	for _, role := range made {
		inputs = append(inputs, tf.Set(role.name+"_role_name", tf.String(d.partName(parts.RoleName, role.name))))
		if len(role.policyARNs) > 0 {
			inputs = append(inputs, tf.Set(role.name+"_policy_arns", tf.Strings(parts.Texts(role.policyARNs)...)))
		}
		if len(role.statements) > 0 {
			document := r.Data(parts.Policy(role.name, role.statements))
			inputs = append(inputs, tf.Set(role.name+"_policy_json", document.Attr("json")))
		}
		if role.scoped {
			inputs = append(inputs, scopes(pairs)...)
		}
	}
	if path := d.in.Roles.Path.V; path != "/" {
		inputs = append(inputs, tf.Set("path", tf.String(path)))
	}
	inputs = append(inputs, tf.Set("permissions_boundary", d.useBoundary(r)))
	return r.Call(c.Call("iam_roles", inputs...).From(d.in.Roles.Range))
}

func (d *deployment) useBoundary(r *parts.Root) tf.Expr {
	boundary := d.in.Roles.PermissionsBoundary
	if !boundary.Said() {
		return nil
	}
	return parts.Use(r, parts.Wanted{
		Name: "permissions_boundary", Key: "roles.permissions_boundary", Type: cty.String,
		Description: "ARN of the policy that bounds what the roles may ever do.",
		Sample:      cty.StringVal(parts.GlobalARN("iam", "policy/boundary")),
	}, boundary)
}

// scopes are the ARNs of the scoped policy.
func scopes(pairs []pairCalls) []tf.Attr {
	var groups, rules, listeners []tf.Expr
	for _, p := range pairs {
		groups = append(groups, p.groups.Attr("blue_arn"), p.groups.Attr("green_arn"))
		rules = append(rules, p.rules.Attr("production_rule_arn"))
		listeners = once(listeners, p.listener)
		if p.pair.test {
			rules = append(rules, p.rules.Attr("test_rule_arn"))
		}
		if p.pair.apart {
			listeners = once(listeners, p.testListener)
		}
	}
	return []tf.Attr{
		tf.Set("listener_arns", tf.ListOf(listeners...)),
		tf.Set("rule_arns", tf.LinesOf(rules...)),
		tf.Set("target_group_arns", tf.LinesOf(groups...)),
	}
}

// once appends what is not there yet: several keys of traffic often stand in one listener.
func once(list []tf.Expr, e tf.Expr) []tf.Expr {
	if slices.ContainsFunc(list, func(have tf.Expr) bool { return reflect.DeepEqual(have, e) }) {
		return list
	}
	return append(list, e)
}
