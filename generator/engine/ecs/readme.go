package ecs

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// readme is the root's: what it is, how to deploy, watch and roll back it, and what its deployer must be allowed.
func (c *configuration) readme() tf.File {
	var b strings.Builder
	section := func(title, text string) {
		if text != "" {
			b.WriteString("## " + title + "\n\n" + strings.Trim(text, "\n") + "\n\n")
		}
	}
	b.WriteString("# " + strings.Join(nonEmpty(c.d.in.Name.V, c.d.in.Environment.V), ", ") + "\n\n" + c.intro() + "\n")
	section("Before the first apply", bullets(c.beforeFirst()))
	section("Deploy", c.deploy())
	section("Watch", c.watch())
	section("Roll back", bullets(c.rollBack()))
	section("When the first apply failed", c.firstFailed())
	section("What the deployer may do", c.deployer())
	section("Known switches", bullets(c.switches()))
	section("Tests", "`terraform init -backend=false && terraform test` checks the configuration with mocks: no credentials, nothing created. `bluegen test` does the same without a download.")
	b.WriteString(c.root.Interface())
	return parts.Markdown("README.md", b.String())
}

func bullets(items []string) string {
	var b strings.Builder
	for _, it := range items {
		b.WriteString("- " + it + "\n")
	}
	return b.String()
}

func (c *configuration) intro() string {
	d := c.d
	how := "rolling deployments"
	if d.shifts {
		how = "blue/green deployments"
	}
	var rows [][]string
	for _, child := range c.children {
		rows = append(rows, []string{"[" + path.Base(child.Path) + "](" + child.Path + ")", c.holds(child)})
	}
	return fmt.Sprintf("The service %s on Amazon ECS with %s, made from its blueprint by `bluegen generate`. Change the blueprint, not these files; files of your own may stand beside them.\n\n",
		d.in.Name.V, how) + parts.Table([]string{"module", "what it holds"}, rows)
}

// holds is one line about a module.
func (c *configuration) holds(child *parts.Child) string {
	name := path.Base(child.Path)
	switch {
	case strings.HasPrefix(name, "target_groups"):
		return c.groupWords(child)
	case strings.HasPrefix(name, "listener_rules"):
		return c.ruleWords(child)
	case name == "iam_roles":
		var roles []string
		for _, r := range c.d.madeRoles() {
			roles = append(roles, r.name)
		}
		return "roles: " + names(roles)
	case strings.HasPrefix(name, "hook_"):
		return c.hookWords(child)
	default:
		return c.serviceWords()
	}
}

func (c *configuration) groupWords(child *parts.Child) string {
	var keys []string
	for _, p := range c.pairs {
		if p.inGroups == child {
			keys = append(keys, p.pair.key)
		}
	}
	if c.d.twoGroups() {
		return "blue and green of " + names(keys)
	}
	return "the target group of " + names(keys)
}

func (c *configuration) ruleWords(child *parts.Child) string {
	var out []string
	for _, p := range c.pairs {
		if p.inRules != child {
			continue
		}
		words := p.pair.key + "'s rule for production traffic (" + strconv.Itoa(p.pair.alb.Production.Priority.V) + ")"
		if p.pair.test {
			words = p.pair.key + "'s rules for production (" + strconv.Itoa(p.pair.alb.Production.Priority.V) + ") and test traffic (" + strconv.Itoa(p.pair.alb.Test.Priority.V) + ")"
		}
		out = append(out, words)
	}
	return strings.Join(out, ", ")
}

func (c *configuration) hookWords(child *parts.Child) string {
	var out []string
	for i, h := range c.d.hooks {
		if c.inHooks[i] != child {
			continue
		}
		what := "runs " + parts.Code(h.in.Path.V)
		if h.kind.Name == hook.Wait {
			what = "waits " + short(h.in.For.V)
		}
		out = append(out, h.in.Name.V+": "+what+" at "+names(stagesOf(h)))
	}
	return strings.Join(out, "; ")
}

func (c *configuration) serviceWords() string {
	words := []string{"service"}
	if c.d.in.Service.Task != nil {
		words = append(words, "task definition", "logs")
	}
	if c.d.ownGroup() {
		words = append(words, "security group")
	}
	return names(words)
}

func (c *configuration) beforeFirst() []string {
	d := c.d
	var out []string
	if parameters := c.parameters(); len(parameters) > 0 {
		out = append(out, "These SSM parameters exist, as String or StringList and not as SecureString (their values are written to the state): "+names(parameters)+".")
	}
	if d.ownGroup() && len(d.pairs) > 0 && !d.balancerEgress() {
		out = append(out, "The load balancer's security group allows egress to the tasks on port "+d.ports()+"; theirs is the output `security_group_id`.")
	}
	if d.shifts {
		out = append(out, "**Twice the capacity.** During a deployment "+strconv.Itoa(2*d.in.Service.DesiredCount.V)+" tasks"+d.taskSize()+" run: that many free addresses in the subnets, and that much Fargate quota.")
	}
	for _, p := range d.pairs {
		out = append(out, "If the listener already serves what "+p.key+"'s production rule matches, the new rule takes those requests at once, with nothing behind it yet (503). "+
			"Give production a number above the serving rule's until the first deployment is done, then the final one.")
		break
	}
	if d.in.Logs.KMSKeyARN.Said() {
		out = append(out, "The KMS key's policy admits `logs.<region>.amazonaws.com`, or no log group can be made.")
	}
	return out
}

func (c *configuration) parameters() []string {
	var out []string
	for _, read := range c.root.Reads() {
		if read.Parameter != "" {
			out = append(out, parts.Code(read.Parameter))
		}
	}
	return out
}

func (d *deployment) ports() string {
	var out []string
	for _, p := range d.pairs {
		out = append(out, strconv.Itoa(p.port.V))
	}
	return names(out)
}

func (d *deployment) taskSize() string {
	t := d.in.Service.Task
	if t == nil {
		return ""
	}
	return fmt.Sprintf(" of %g vCPU and %g GiB", float64(t.CPU.V)/1024, float64(t.Memory.V)/1024)
}

func (c *configuration) deploy() string {
	d := c.d
	var b strings.Builder
	b.WriteString("    terraform init\n    terraform apply" + c.variableHint() + "\n\n")
	switch {
	case d.in.Ownership.TaskDefinition.V == "pipeline":
		b.WriteString("A pipeline registers and deploys new revisions of the task definition; this configuration makes the service and leaves its revision alone.")
	case d.in.Service.Task == nil:
		b.WriteString("Another task definition or network starts a deployment; a changed desired count alone does not.")
	default:
		b.WriteString("A changed image, task size or network starts a deployment; a changed bake time or desired count alone does not.")
	}
	if d.in.ECS.Deployment.Wait.V {
		b.WriteString(" Terraform waits for the end of the deployment, at most " + short(max(d.wait.create, d.wait.update)) + ": credentials must live longer than that.")
	} else {
		b.WriteString(" Terraform does not wait: look at how the deployment ended (see Watch).")
	}
	if len(d.hooks) > 0 {
		b.WriteString(" A saved plan needs the zips below `.terraform/bluegen`: apply it where it was planned, or carry the folder along.")
	}
	if example := d.testRequest(); example != "" {
		b.WriteString("\n\nTest traffic reaches green before the users do:\n\n    " + example)
	}
	return b.String()
}

func (c *configuration) variableHint() string {
	if in := c.root.Inputs(); len(in) > 0 {
		return " -var " + in[0].Name + "=...        # or a .tfvars file for all inputs"
	}
	return ""
}

// testRequest is a curl that the first test rule takes, where one can be written: with hosts and headers alone, and no wildcard.
func (d *deployment) testRequest() string {
	for _, p := range d.pairs {
		if !p.test || p.apart {
			continue
		}
		if host, header, ok := request(p); ok {
			return "curl" + header + " https://" + host + p.alb.TargetGroup.HealthCheck.Path.V
		}
	}
	return ""
}

// request is what a request must have for the test rule of a key of traffic to take it.
func request(p pair) (host, header string, ok bool) {
	host = hostOf(p.alb.Production.When)
	for _, c := range p.alb.Test.When {
		switch h := c.HTTPHeader; {
		case len(c.HostHeader) > 0:
			host = hostOf(p.alb.Test.When)
		case h != nil && plain(h.Name.V+h.Values[0].V):
			header += " -H '" + h.Name.V + ": " + h.Values[0].V + "'"
		default:
			return "", "", false
		}
	}
	return host, header, host != "" && bare(host+p.alb.TargetGroup.HealthCheck.Path.V)
}

func hostOf(when []blueprint.Condition) string {
	for _, c := range when {
		for _, h := range c.HostHeader {
			if plain(h.V) {
				return h.V
			}
		}
	}
	return ""
}

// bare text means nothing to a shell, also outside of quotes.
func bare(s string) bool {
	return plain(s) && !strings.ContainsAny(s, "!#&();<>[]^{|}")
}

// plain text can stand in a shell's quotes and is no wildcard.
func plain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune("'\"`$\\*? ", r) })
}
