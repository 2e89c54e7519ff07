package ecs

import (
	"fmt"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// size is the memory that Fargate pairs with a number of CPU units, in MiB.
type size struct {
	cpu            int
	from, to, step int
}

// sizes are Fargate's table for Linux. 256 units also have 512 MiB; the steps from 1 GiB are whole GiB.
func sizes() []size {
	return []size{
		{256, 512, 2048, 512}, {512, 1024, 4096, 1024}, {1024, 2048, 8192, 1024}, {2048, 4096, 16384, 1024},
		{4096, 8192, 30720, 1024}, {8192, 16384, 61440, 4096}, {16384, 32768, 122880, 8192},
	}
}

func (s size) has(memory int) bool {
	if s.cpu == 256 && memory == 1536 {
		return false
	}
	return memory >= s.from && memory <= s.to && (memory-s.from)%s.step == 0
}

func (s size) words() string {
	if s.cpu == 256 {
		return "512, 1024 or 2048"
	}
	return fmt.Sprintf("%d to %d in steps of %d", s.from, s.to, s.step)
}

// taskRules: one source of the task, a size that Fargate has, containers that can be told apart.
func taskRules(d *deployment) diag.List {
	in := d.in.Service
	if in.Task == nil {
		return noTask(in)
	}
	var out diag.List
	if in.TaskDefinition.Said() {
		out = append(out, found(CodeTaskTwice, in.TaskDefinition.Range, "Both task and task_definition are said",
			"`task` is made by this configuration, `task_definition` exists already. Keep one of them.", in.Task.Range))
	}
	for _, s := range sizes() {
		if s.cpu == in.Task.CPU.V && !s.has(in.Task.Memory.V) {
			out = append(out, found(CodeFargateSize, in.Task.Memory.Range, fmt.Sprintf("Fargate has no task of %d CPU units and %d MiB", s.cpu, in.Task.Memory.V),
				fmt.Sprintf("With %d units memory is %s.", s.cpu, s.words()), in.Task.CPU.Range))
		}
	}
	return append(out, containerRules(d.containers, in.Task.Range)...)
}

func noTask(in blueprint.ECSService) diag.List {
	if in.TaskDefinition.Said() {
		return nil
	}
	return diag.List{found(CodeTaskTwice, in.Range, "The service has nothing to run",
		"Write `task` with its containers, or `task_definition` with one that exists.")}
}

func containerRules(containers []blueprint.Container, at hcl.Range) diag.List {
	var out diag.List
	byName, byPort := map[string]hcl.Range{}, map[int]hcl.Range{}
	essential := false
	for _, c := range containers {
		essential = essential || c.Essential.V
		if first, twice := byName[c.Name.V]; twice {
			out = append(out, found(CodeSameContainer, c.Name.Range, fmt.Sprintf("Two containers are called %s", c.Name.V), "Names tell them apart. Rename one of them.", first))
		}
		byName[c.Name.V] = c.Name.Range
		if first, twice := byPort[c.Port.V]; twice && c.Port.V > 0 {
			out = append(out, found(CodeSamePort, c.Port.Range, fmt.Sprintf("Two containers listen on port %d", c.Port.V), "The containers of a task share one address. Give one of them another port.", first))
		}
		byPort[c.Port.V] = c.Port.Range
		if image, ok := c.Image.Known(); ok && moves(image) {
			out = append(out, warn(CodeMovingTag, c.Image.Range, "The image's tag moves",
				"A deployment starts when the image changes, and a rollback goes back to the one before: with a tag that moves both run whatever it points to. Write a tag that never moves, or a digest."))
		}
	}
	if len(containers) > 0 && !essential {
		out = append(out, found(CodeNotEssential, at, "No container is essential", "A task ends with its essential containers. Leave `essential` out for one of them."))
	}
	return out
}

// moves: no tag, or latest; a digest never does.
func moves(image string) bool {
	if strings.Contains(image, "@") {
		return false
	}
	name := image[strings.LastIndex(image, "/")+1:]
	_, tag, tagged := strings.Cut(name, ":")
	return !tagged || tag == "latest"
}

// serviceRules: a task behind a load balancer has time to start.
func serviceRules(d *deployment) diag.List {
	grace := d.in.Service.HealthCheckGracePeriod
	if grace.V > 0 || len(d.pairs) == 0 {
		return nil
	}
	return diag.List{warn(CodeNoGrace, grace.Range, "A new task has no time to start",
		"The load balancer's first failed checks stop it, and a slow start ends in a rollback. Write how long the application takes to come up.")}
}

// networkRules: one source of security groups, and rules that can be told apart.
func networkRules(d *deployment) diag.List {
	n := d.in.Network
	if n.SecurityGroup == nil {
		return nil
	}
	var out diag.List
	if n.SecurityGroupIDs.Said() {
		out = append(out, found(CodeGroupTwice, n.SecurityGroupIDs.Range, "Both security_group and security_group_ids are said",
			"`security_group` is made by this configuration, `security_group_ids` exist already. Keep one of them.", n.SecurityGroup.Range))
	}
	sources := map[string]hcl.Range{}
	for _, s := range n.SecurityGroup.IngressFrom {
		name := sourceName(s)
		if first, twice := sources[name]; twice {
			out = append(out, found(CodeIngressTwice, s.Range, "Two sources of ingress_from are called "+name, "The rules are named by what their source is called. Take one of them out, or rename a variable.", first))
		}
		sources[name] = s.Range
	}
	destinations := map[string]hcl.Range{}
	for _, e := range n.SecurityGroup.EgressTo {
		if first, twice := destinations[e.Name.V]; twice {
			out = append(out, found(CodeEgressTwice, e.Name.Range, "Two rules of egress_to are called "+e.Name.V, "Names tell them apart. Rename one of them.", first))
		}
		destinations[e.Name.V] = e.Name.Range
	}
	return out
}

// roleRules: an existing role is left as it is.
func roleRules(d *deployment) diag.List {
	in := d.in.Roles
	var out diag.List
	existing := func(arn blueprint.Value[string], name string, more ...hcl.Range) {
		for _, at := range more {
			out = append(out, found(CodeRoleTwice, at, "The "+name+" role exists already, and is left as it is",
				"With `arn` nothing is created, so policies said here would reach nobody. Put them where the role is made, or take `arn` out.", arn.Range))
		}
	}
	if in.Infrastructure.ARN.Said() && said(in.Infrastructure.Policy) {
		existing(in.Infrastructure.ARN, infrastructure, in.Infrastructure.Policy.Range)
	}
	if in.Execution.ARN.Said() {
		existing(in.Execution.ARN, execution, policyRanges(in.Execution.PolicyARNs, in.Execution.Statements)...)
	}
	if in.Task.ARN.Said() {
		existing(in.Task.ARN, task, policyRanges(in.Task.PolicyARNs, in.Task.Statements)...)
	}
	if in.SourceAccount.V && (d.twoGroups() || len(d.hooks) > 0) {
		out = append(out, warn(CodeSourceAccount, in.SourceAccount.Range, "ECS may not be able to assume its roles",
			"It is not documented that ECS sends aws:SourceAccount when it shifts traffic or calls a hook. If it does not, the first deployment fails with \"unable to assume role\". Try it on a service that may fail."))
	}
	return out
}

func policyRanges(arns []blueprint.At[string], statements []blueprint.Statement) []hcl.Range {
	var out []hcl.Range
	if len(arns) > 0 {
		out = append(out, arns[0].Range)
	}
	if len(statements) > 0 {
		out = append(out, statements[0].Range)
	}
	return out
}
