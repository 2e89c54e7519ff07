package ecs

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// readme is the root's: what it is, how to deploy, watch and roll back it, and what its deployer must be allowed.
func (c *configuration) readme() tf.File {
	p := c.d.Open(c.intro())
	p.Section("Before the first apply", parts.Bullets(c.beforeFirst()))
	p.Section("Deploy", c.deploy())
	p.Section("Approve", c.approve())
	p.Section("Watch", c.watch())
	p.Section("Roll back", parts.Bullets(c.rollBack()))
	p.Section("When the first apply failed", c.firstFailed())
	p.Section("What the deployer may do", c.deployer())
	p.Section("Known switches", parts.Bullets(c.switches()))
	return p.Close(c.root)
}

func (c *configuration) intro() string {
	d := c.d
	how := map[string]string{
		rolling: "rolling deployments", blueGreen: "blue/green deployments", linear: "linear deployments", canary: "canary deployments",
	}[d.In.ECS.Deployment.Strategy.V]
	return fmt.Sprintf("The service %s on Amazon ECS with %s, made from its blueprint by `bluegen generate`. "+parts.Ownership+"\n\n", d.In.Name.V, how) +
		parts.ModuleTable(c.children, c.holds)
}

// holds is one line about a module.
func (c *configuration) holds(child *parts.Child) string {
	name := path.Base(child.Path)
	switch {
	case strings.HasPrefix(name, "target_groups"):
		return c.groupWords(child)
	case strings.HasPrefix(name, "listener_rules"):
		return c.ruleWords(child)
	case strings.HasPrefix(name, "listeners"):
		return c.ruleWords(child)
	case name == "iam_roles":
		var roles []string
		for _, r := range c.d.madeRoles() {
			roles = append(roles, r.Name)
		}
		return "roles: " + parts.Names(roles)
	case strings.HasPrefix(name, "hook_"):
		return c.hookWords(child)
	case name == "service":
		return c.serviceWords()
	default:
		return c.watchHolds(child)
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
		return "blue and green of " + parts.Names(keys)
	}
	return "the target group of " + parts.Names(keys)
}

func (c *configuration) ruleWords(child *parts.Child) string {
	var out []string
	for _, p := range c.pairs {
		if p.inRules != child {
			continue
		}
		production, test := p.pair.numbers()
		words := p.pair.key + "'s " + p.pair.carrier() + " for production traffic (" + strconv.Itoa(production) + ")"
		if p.pair.test {
			words = p.pair.key + "'s " + p.pair.carrier() + "s for production (" + strconv.Itoa(production) + ") and test traffic (" + strconv.Itoa(test) + ")"
		}
		out = append(out, words)
	}
	return strings.Join(out, ", ")
}

// numbers are the priorities of the rules, or the ports of the listeners; test's is 0 where there is none.
func (p pair) numbers() (production, test int) {
	if p.nlb != nil {
		production = p.nlb.Production.Port.V
		if p.test {
			test = p.nlb.Test.Port.V
		}
		return production, test
	}
	if p.test {
		test = p.alb.Test.Priority.V
	}
	return p.alb.Production.Priority.V, test
}

func (c *configuration) hookWords(child *parts.Child) string {
	var out []string
	for i, h := range c.d.hooks {
		if c.inHooks[i] != child {
			continue
		}
		out = append(out, h.in.Name.V+": "+whatHook(h)+" at "+parts.Names(stagesOf(h)))
	}
	return strings.Join(out, "; ")
}

func (c *configuration) serviceWords() string {
	words := []string{"service"}
	if c.d.In.Service.Task != nil {
		words = append(words, "task definition", "logs")
	}
	if c.d.OwnGroup() {
		words = append(words, "security group")
	}
	return parts.Names(words)
}

func (c *configuration) beforeFirst() []string {
	d := c.d
	out := parts.NonEmpty(c.root.NeedsParameters())
	if d.OwnGroup() && len(d.albs()) > 0 && !d.BalancerEgress() {
		out = append(out, "The load balancer's security group allows egress to the tasks on port "+d.portWords()+"; theirs is the output `security_group_id`.")
	}
	out = append(out, d.taskNeeds()...)
	if d.shifts {
		out = append(out, "**Twice the capacity.** During a deployment "+d.twiceWords()+d.taskSize()+" run: that many free addresses in the subnets, and that much Fargate quota.")
	}
	for _, p := range d.albs() {
		out = append(out, "If the listener already serves what "+p.key+"'s production rule matches, the new rule takes those requests at once, with nothing behind it yet (503). "+
			"Give production a number above the serving rule's until the first deployment is done, then the final one.")
		break
	}
	out = append(out, d.watchBefore()...)
	return append(append(out, d.beforeOtherWays()...), parts.NonEmpty(d.NeedsLogKey())...)
}

// portWords are the numbers of ports, for a sentence.
func (d *deployment) portWords() string {
	var out []string
	for _, p := range d.albs() {
		out = append(out, strconv.Itoa(p.port.V))
	}
	return parts.Names(out)
}

func (d *deployment) taskSize() string {
	t := d.In.Service.Task
	if t == nil {
		return ""
	}
	return fmt.Sprintf(" of %g vCPU and %g GiB", float64(t.CPU.V)/1024, float64(t.Memory.V)/1024)
}

func (c *configuration) deploy() string {
	d := c.d
	var b strings.Builder
	b.WriteString(c.root.ApplyCommands())
	switch {
	case d.pipelined():
		b.WriteString("A pipeline registers and deploys new revisions of the task definition; this configuration makes the service and leaves its revision alone.")
	case d.In.Service.Task == nil:
		b.WriteString("Another task definition or network starts a deployment; a changed desired count alone does not.")
	default:
		b.WriteString("A changed image, task size or network starts a deployment; a changed bake time or desired count alone does not.")
	}
	if d.In.ECS.Deployment.Wait.V {
		b.WriteString(" Terraform waits for the end of the deployment, at most " + parts.Spell(max(d.wait.create, d.wait.update)) + ": credentials must live longer than that.")
	} else {
		b.WriteString(" Terraform does not wait, so an apply is green while the deployment may still be rolled back: look at how it ended (see Watch).")
	}
	if d.zips() {
		b.WriteString(" A saved plan needs the zips below `.terraform/bluegen`: apply it where it was planned, or carry the folder along.")
	}
	b.WriteString(d.shiftWords())
	b.WriteString(d.pauseWords())
	if example := d.testRequest(); d.shifts && example != "" {
		b.WriteString("\n\nTest traffic reaches green before the users do:\n\n    " + example)
	}
	b.WriteString(d.testWords())
	return b.String()
}

// testRequest is a curl that the first test rule takes, where one can be written: with hosts and headers alone, and no wildcard.
func (d *deployment) testRequest() string {
	for _, p := range d.albs() {
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
