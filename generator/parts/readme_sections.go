package parts

import (
	"path"
	"strings"

	"bluegen/generator/tf"
)

// Page is the root's README in the making.
type Page struct{ text strings.Builder }

// Open begins a page: the title is the service's name and environment.
func (s *Site) Open(intro string) *Page {
	p := &Page{}
	p.text.WriteString("# " + strings.Join(NonEmpty(s.In.Name.V, s.In.Environment.V), ", ") + "\n\n" + intro + "\n")
	return p
}

// Section adds a section, unless it says nothing.
func (p *Page) Section(title, text string) {
	if text != "" {
		p.text.WriteString("## " + title + "\n\n" + strings.Trim(text, "\n") + "\n\n")
	}
}

// Close ends the page with the tests and the root's interface.
func (p *Page) Close(r *Root) tf.File {
	p.Section("Tests", "`terraform init -backend=false && terraform test` checks the configuration with mocks: no credentials, nothing created. `bluegen test` does the same without a download.")
	p.text.WriteString(r.Interface())
	return Markdown("README.md", p.text.String())
}

// Bullets is a list.
func Bullets(items []string) string {
	var b strings.Builder
	for _, it := range items {
		b.WriteString("- " + it + "\n")
	}
	return b.String()
}

// ModuleTable is a row a module, with what holds says of it.
func ModuleTable(children []*Child, holds func(*Child) string) string {
	rows := make([][]string, 0, len(children))
	for _, child := range children {
		rows = append(rows, []string{"[" + path.Base(child.Path) + "](" + child.Path + ")", holds(child)})
	}
	return Table([]string{"module", "what it holds"}, rows)
}

// Ownership of what is generated, for the introduction.
const Ownership = "Change the blueprint, not these files; files of your own may stand beside them."

// Parameters are the SSM parameters that the root reads, as code.
func (r *Root) Parameters() []string {
	var out []string
	for _, read := range r.Reads() {
		if read.Parameter != "" {
			out = append(out, Code(read.Parameter))
		}
	}
	return out
}

// NeedsParameters is the condition on the root's SSM parameters, "" without any.
func (r *Root) NeedsParameters() string {
	parameters := r.Parameters()
	if len(parameters) == 0 {
		return ""
	}
	return "These SSM parameters exist, as String or StringList and not as SecureString (their values are written to the state): " + Names(parameters) + "."
}

// ApplyCommands are the commands of an apply, with a hint at the root's variables.
func (r *Root) ApplyCommands() string {
	hint := ""
	if in := r.Inputs(); len(in) > 0 {
		hint = " -var " + in[0].Name + "=...        # or a .tfvars file for all inputs"
	}
	return "    terraform init\n    terraform apply" + hint + "\n\n"
}

// NeedsLogKey is the condition on the key of the log groups, "" without one.
func (s *Site) NeedsLogKey() string {
	if !s.In.Logs.KMSKeyARN.Said() {
		return ""
	}
	return "The KMS key's policy admits `logs.<region>.amazonaws.com`, or no log group can be made."
}

// Actions of the deployer that every engine needs, by what they are for.
const (
	ServiceActions = "`ecs:*Service`, `ecs:*TaskDefinition*`, `ecs:*ServiceDeployment*`, `ecs:DescribeServiceRevisions`, `ecs:TagResource`, `ecs:UntagResource`"
	LogActions     = "`logs:*LogGroup*`, `logs:*RetentionPolicy`, `logs:*Resource`"
	GroupActions   = "`ec2:*SecurityGroup*`, `ec2:*Tags`, `ec2:DescribeVpcs`, `ec2:DescribeNetworkInterfaces`"
)

// RoleActions are the deployer's on roles that are made and handed to services.
func RoleActions(passed string) string {
	return "`iam:` create, delete, get, tag, attach, detach, policies of the roles made here; `iam:PassRole` to " + passed
}

// Deployer is the table of what a deployer may do.
func (s *Site) Deployer(r *Root, rows [][]string) string {
	return Table([]string{"on", "actions"}, append(rows, []string{"the rest", s.restOfActions(r)}))
}

func (s *Site) restOfActions(r *Root) string {
	var out []string
	parameters := r.Parameters()
	if len(parameters) > 0 {
		out = append(out, "`ssm:GetParameter` on "+Names(parameters))
	}
	if len(r.Reads()) > len(parameters) {
		out = append(out, "describe for the data sources of `main.tf`")
	}
	if s.Backend() != nil {
		out = append(out, "read and write of the state's bucket and its lock file")
	}
	return Names(append(out, "`sts:GetCallerIdentity`"))
}

// Trusted are the services that get a role from the deployer, each once, as code.
func Trusted(roles []RoleFacts, more ...string) string {
	var out []string
	add := func(service string) {
		if service = Code(service); !strings.Contains(strings.Join(out, " "), service) {
			out = append(out, service)
		}
	}
	for _, r := range roles {
		add(r.Trusted)
	}
	for _, service := range more {
		add(service)
	}
	return Names(out)
}
