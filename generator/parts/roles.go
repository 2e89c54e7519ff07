package parts

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// RoleFacts is one role of iam_roles with what the blueprint and the engine say of it.
type RoleFacts struct {
	// Name of the role in the module: execution, task.
	Name string
	// What it is for, behind "the role": "that the containers act as".
	What string
	// Description of the IAM role.
	Description string
	// Trusted is the service that may assume it; Trust the name of the document that says so.
	Trusted, Trust string
	// Existing is the ARN of a role that is there already; then nothing is made.
	Existing blueprint.Value[string]
	// Managed are policies of AWS that it carries.
	Managed []Managed
	// Own are policies that the engine writes for it.
	Own []OwnPolicy
	// PolicyARNs and Statements are the blueprint's.
	PolicyARNs []blueprint.At[string]
	Statements []blueprint.Statement
	// Waits is why the output with the ARN waits for the policies.
	Waits string
	// Carries completes the row of the module's README.
	Carries string
}

// Managed is one of AWS's policies: the attachment's name in the module, path ("" or "service-role/") and name.
type Managed struct{ Resource, Path, Name string }

// OwnPolicy is an inline policy whose document the engine adds to the module.
type OwnPolicy struct {
	// Resource is the policy's name in the module, Name in IAM.
	Resource, Name string
	// Message is what the module's test says when the role does not have it.
	Message  string
	Document func(m *RoleModule) *tf.Block
	// Given, if it is not nil, are the inputs of iam_roles that the document takes.
	Given func(r *Root) []Given
}

// Made says that the role is made by this configuration.
func (r RoleFacts) Made() bool { return !r.Existing.Said() }

// Made are the roles of a list that are made.
func Made(roles []RoleFacts) []RoleFacts {
	var out []RoleFacts
	for _, r := range roles {
		if r.Made() {
			out = append(out, r)
		}
	}
	return out
}

// The roles that every engine has, as the module's resources and variables are named.
const (
	Execution = "execution"
	Task      = "task"
)

// TaskRoles are the two of every task: ECS starts it with the one, the containers act as the other.
func (s *Site) TaskRoles() []RoleFacts {
	in := s.In.Roles
	return []RoleFacts{
		{
			Name: Execution, What: "with which ECS pulls the images and writes the logs", Trusted: "ecs-tasks.amazonaws.com", Trust: "task_trust",
			Description: "ECS pulls the images and writes the containers' logs.",
			Existing:    in.Execution.ARN, Managed: []Managed{{Execution, "service-role/", "AmazonECSTaskExecutionRolePolicy"}},
			Own:        s.readSecrets(),
			PolicyARNs: in.Execution.PolicyARNs, Statements: in.Execution.Statements,
			Waits:   "Whoever uses the role waits for its permissions, and gives them up last.",
			Carries: s.executionCarries(),
		},
		{
			Name: Task, What: "that the containers act as", Trusted: "ecs-tasks.amazonaws.com", Trust: "task_trust",
			Description: "What the containers may do in AWS.",
			Existing:    in.Task.ARN, PolicyARNs: in.Task.PolicyARNs, Statements: in.Task.Statements,
			Own:     s.taskPolicies(),
			Waits:   "The containers have their permissions from their first second on.",
			Carries: s.taskCarries(),
		},
	}
}

// RoleModule is modules/iam_roles in the making.
type RoleModule struct {
	*Child
	site      *Site
	partition *tf.Block
	account   tf.Expr
	trusts    map[string]*tf.Block
	policies  []tf.Field // by role, what the root's test compares
}

// IAMRoles is modules/iam_roles: the roles that the blueprint does not have already.
func (s *Site) IAMRoles(made []RoleFacts) *Child {
	account := s.In.Roles.SourceAccount.V
	c := NewChild("iam_roles", "IAM roles", rolesAbout(made, account), s.Versions)
	m := &RoleModule{Child: c, site: s, trusts: map[string]*tf.Block{}}
	if account {
		m.account = c.Add(tf.Data("aws_caller_identity", "current")).Attr("account_id")
	}
	for _, r := range made {
		if len(r.Managed) > 0 && m.partition == nil {
			m.partition = c.Add(tf.Data("aws_partition", "current"))
		}
	}
	for _, r := range made {
		m.role(r)
	}
	if len(m.policies) > 0 {
		m.Output("policies", "The policies that the roles were given.", tf.Fields(m.policies...))
	}
	m.givenOutput(made)
	return c
}

func rolesAbout(made []RoleFacts, account bool) string {
	rows := make([][]string, 0, len(made))
	for _, r := range made {
		rows = append(rows, []string{r.Name, Code(r.Trusted), r.carries()})
	}
	about := Table([]string{"role", "trusted", "carries"}, rows) +
		"\nThe outputs with an ARN wait for the attachments: whoever uses a role has its permissions on create and keeps them until it is destroyed."
	if account {
		about += "\n\nA role can only be assumed on behalf of this account (`aws:SourceAccount`). If a first deployment ends with \"unable to assume role\", take `roles.source_account` out of the blueprint."
	}
	return about
}

func (r RoleFacts) carries() string {
	switch {
	case len(r.PolicyARNs)+len(r.Statements) > 0:
		return r.Carries + ", with the blueprint's policies"
	case len(r.Managed)+len(r.Own) == 0:
		return "nothing yet: " + r.Carries
	default:
		return r.Carries
	}
}

func (m *RoleModule) role(r RoleFacts) {
	trust, ok := m.trusts[r.Trust]
	if !ok {
		trust = m.Add(Trust(r.Trust, r.Trusted, m.account))
		m.trusts[r.Trust] = trust
	}
	role := m.Add(Role{
		Resource: r.Name, Description: r.Description, Trust: trust,
		Name: m.Text(r.Name+"_role_name", "Name of the role "+r.What+".", "orders-"+r.Name),
		Path: m.site.RolePath(m.Child), Boundary: m.site.RoleBoundary(m.Child),
	}.Block())
	waits := m.permissions(r, role)
	if len(waits) > 0 {
		m.OutputAfter(r.Name+"_role_arn", "ARN of the role "+r.What+".", role.Attr("arn"), r.Waits, waits...)
	} else {
		m.Output(r.Name+"_role_arn", "ARN of the role "+r.What+".", role.Attr("arn"))
	}
	m.Output(r.Name+"_role_name", "Name of the role "+r.What+".", role.Attr("name"))
	m.Assert("Only "+r.Trusted+" may assume the "+r.Name+" role.", Trusts(role, trust, r.Trusted)...)
	m.Assert("The "+r.Name+" role must have the name that was given, and its own outputs.",
		tf.Equal(role.Attr("name"), tf.String("orders-"+r.Name)),
		tf.Equal(OutputNamed(r.Name+"_role_arn"), role.Attr("arn")))
}

// RolePath is the path of a module's roles, nil where the blueprint has none.
func (s *Site) RolePath(c *Child) tf.Expr {
	if s.In.Roles.Path.V == "/" {
		return nil
	}
	return c.Text("path", "Path of the roles.", "/service/")
}

// RoleBoundary is the permissions boundary of a module's roles, nil where the blueprint has none.
func (s *Site) RoleBoundary(c *Child) tf.Expr {
	if !s.In.Roles.PermissionsBoundary.Said() {
		return nil
	}
	return c.Text("permissions_boundary", "ARN of the policy that bounds what the roles may ever do.", GlobalARN("iam", "policy/boundary"))
}

// permissions gives the role what it carries and returns what its users wait for.
func (m *RoleModule) permissions(r RoleFacts, role *tf.Block) []tf.Expr {
	var waits []tf.Expr
	add := func(b *tf.Block) *tf.Block {
		waits = append(waits, b.Attr())
		return m.Add(b)
	}
	for _, p := range r.Managed {
		attachment := add(Attach(p.Resource, role, ManagedPolicy(m.partition, p.Path, p.Name)))
		m.Assert("The "+r.Name+" role must carry "+p.Name+".",
			tf.Equal(attachment.Attr("policy_arn"), tf.String("arn:aws:iam::aws:policy/"+p.Path+p.Name)),
			tf.Equal(attachment.Attr("role"), tf.String("orders-"+r.Name)))
	}
	if len(r.PolicyARNs) > 0 {
		sample := GlobalARN("iam", "policy/more")
		arns := m.Var(r.Name+"_policy_arns", "Policies attached to the "+r.Name+" role.", Samples(sample))
		b := Attach(r.Name+"_more", role, tf.Each("value"))
		b.Items = append([]tf.Item{tf.Set("for_each", arns.Attr())}, b.Items...)
		attached := tf.Index{Collection: add(b).Attr(), Key: tf.String(sample)}
		m.Assert("The "+r.Name+" role must have the policies that were given.",
			tf.Equal(tf.Dig(attached, "policy_arn"), tf.String(sample)),
			tf.Equal(tf.Dig(attached, "role"), tf.String("orders-"+r.Name)))
	}
	if len(r.Statements) > 0 {
		json := m.Text(r.Name+"_policy_json", "Policy document of the "+r.Name+" role.", SamplePolicy(r.Name+"-given"))
		policy := add(Inline(r.Name, r.Name, role, json))
		m.policies = append(m.policies, tf.F(r.Name, json))
		m.Assert("The "+r.Name+" role must have its policy.", Carried(policy, role, json)...)
	}
	for _, own := range r.Own {
		document := own.Document(m)
		policy := add(Inline(own.Resource, own.Name, role, document.Attr("json")))
		m.Assert(own.Message, Carried(policy, role, document.Attr("json"))...)
	}
	return waits
}

// RoleInputs are the root's inputs of iam_roles; policies of the blueprint's statements are documents of the root.
func (s *Site) RoleInputs(r *Root, made []RoleFacts) []tf.Attr {
	var inputs []tf.Attr
	for _, role := range made {
		inputs = append(inputs, tf.Set(role.Name+"_role_name", tf.String(s.PartName(RoleName, role.Name))))
		if len(role.PolicyARNs) > 0 {
			inputs = append(inputs, tf.Set(role.Name+"_policy_arns", tf.Strings(Texts(role.PolicyARNs)...)))
		}
		if len(role.Statements) > 0 {
			document := r.Data(Policy(role.Name, role.Statements))
			inputs = append(inputs, tf.Set(role.Name+"_policy_json", document.Attr("json")))
		}
		for _, g := range role.given(r) {
			inputs = append(inputs, g.Attr)
		}
	}
	return append(inputs, s.RoleBounds(r)...)
}

// RoleBounds are the root's inputs path and permissions_boundary of a module with roles.
func (s *Site) RoleBounds(r *Root) []tf.Attr {
	var inputs []tf.Attr
	if path := s.In.Roles.Path.V; path != "/" {
		inputs = append(inputs, tf.Set("path", tf.String(path)))
	}
	if boundary := s.In.Roles.PermissionsBoundary; boundary.Said() {
		inputs = append(inputs, tf.Set("permissions_boundary", Use(r, Wanted{
			Name: "permissions_boundary", Key: "roles.permissions_boundary", Type: cty.String,
			Description: "ARN of the policy that bounds what the roles may ever do.",
			Sample:      cty.StringVal(GlobalARN("iam", "policy/boundary")),
		}, boundary)))
	}
	return inputs
}

// RoleARN is a role's ARN in the root: the module's output, or the existing role's.
func (r RoleFacts) RoleARN(root *Root, module *tf.Block) tf.Expr {
	if r.Made() {
		return module.Attr(r.Name + "_role_arn")
	}
	sample := GlobalARN("iam", "role/existing-"+r.Name)
	return Use(root, Wanted{
		Name: r.Name + "_role_arn", Key: "roles." + r.Name + ".arn", Type: cty.String,
		Description: "ARN of the existing role " + r.What + ".",
		Sample:      cty.StringVal(sample),
		Query:       ByName("aws_iam_role", "name", "arn", sample),
	}, r.Existing)
}

// RoleOutputs promises a role's ARN, and its name where it is made here.
func (r RoleFacts) RoleOutputs(root *Root, module *tf.Block, arn tf.Expr) {
	root.Output(r.Name+"_role_arn", "ARN of the role "+r.What+".", arn)
	if r.Made() {
		root.Output(r.Name+"_role_name", "Name of the role "+r.What+".", module.Attr(r.Name+"_role_name"))
	}
}

// PoliciesWanted are the documents of the blueprint's statements, by role, as the root's test compares them.
func PoliciesWanted(root *Root, made []RoleFacts) []tf.Field {
	var fields []tf.Field
	for _, role := range made {
		for _, document := range root.Policies() {
			if len(role.Statements) > 0 && document.Labels[1] == role.Name {
				fields = append(fields, tf.F(role.Name, document.Attr("json")))
			}
		}
	}
	return fields
}

// Trusts is: the role has this document, which lets this service assume it, and no other.
func Trusts(role, document *tf.Block, service string) []tf.Expr {
	principals := tf.Fn("one", tf.Dig(tf.First(document.Attr("statement")), "principals"))
	return []tf.Expr{
		tf.Equal(tf.Dig(tf.First(document.Attr("statement")), "actions"), tf.Fn("toset", tf.Strings("sts:AssumeRole"))),
		tf.Equal(tf.Dig(principals, "type"), tf.String("Service")),
		tf.Equal(tf.Dig(principals, "identifiers"), tf.Fn("toset", tf.Strings(service))),
		tf.Equal(role.Attr("assume_role_policy"), document.Attr("json")),
	}
}

// Carried is: the inline policy is this text, on this role.
func Carried(policy, role *tf.Block, json tf.Expr) []tf.Expr {
	return []tf.Expr{tf.Equal(policy.Attr("policy"), json), tf.Equal(policy.Attr("role"), role.Attr("id"))}
}
