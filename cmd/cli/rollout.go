package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"bluegen/generator"
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/rollout"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"
)

// The codes of a rollout's steps.
const (
	// codeNoRollout is a service whose traffic no weights move.
	codeNoRollout diag.Code = "BG5070"
	// codeUnsettled is a step while the generated files are not what the blueprint says.
	codeUnsettled diag.Code = "BG5071"
	// codeShared is a value that holds for more than the environment whose step it would be.
	codeShared diag.Code = "BG5072"
)

// rolloutActions are what can be asked of a rollout.
func rolloutActions() []string { return []string{"plan", "status", "next", "back"} }

type rolloutOptions struct {
	options
	to, steps   string
	environment string
}

func (a *app) rolloutCommand() *cobra.Command {
	var o rolloutOptions
	cmd := &cobra.Command{
		Use: "rollout plan | status | next | back [blueprint | folder]", Short: "Move the traffic of an App Mesh service to its other colour, step by step",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return rolloutActions(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.rollout(cmd.Context(), args, o) },
	}
	f := cmd.Flags()
	f.StringVarP(&o.environment, "environment", "e", "", "the `environment`; needed where the blueprint has several")
	f.StringVar(&o.to, "to", "", "the new `colour`, blue or green; needed where the state does not say it")
	f.StringVar(&o.steps, "steps", "", "rising `percentages` for the new colour, such as 10,50,100; else as much weight as the old one, then all")
	o.bindFormat(cmd)
	return cmd
}

// course is a rollout as one run of the command sees it.
type course struct {
	p       *project
	service *blueprint.Service
	all     []*blueprint.Service
	history rollout.History
	// lost says that the state does not tell which colour is the new one.
	lost bool
}

func (a *app) rollout(ctx context.Context, args []string, o rolloutOptions) error {
	shares, err := o.shares(args)
	if err != nil {
		return err
	}
	a.format = o.format
	targets, err := a.targets(args[1:], o.options)
	if err != nil {
		return err
	}
	if len(targets) != 1 || targets[0].stdin != nil {
		return o.wrong("a rollout is of one blueprint, in a file", "")
	}
	o.environments = nonEmpty(o.environment)
	p := a.load(ctx, targets[0], o.options)
	c, found, err := p.course(o, shares)
	if err == nil && !found.failed() {
		found, err = a.act(ctx, args[0], c, o)
	}
	if err == nil && found.failed() {
		a.code = exitError
		a.refuse(found, o)
	}
	return errors.Join(err, p.close())
}

func (o rolloutOptions) wrong(message, hint string) error {
	return &usageError{verb: "rollout", message: message, hint: hint}
}

// shares checks what was said on the command line.
func (o rolloutOptions) shares(args []string) (rollout.Shares, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if len(args) == 0 || !slices.Contains(rolloutActions(), args[0]) {
		given := "nothing"
		hint := ""
		if len(args) > 0 {
			given, hint = fmt.Sprintf("%q", args[0]), didYouMean(args[0], "", rolloutActions())
		}
		return nil, o.wrong("a rollout is asked for "+listed(rolloutActions(), "or")+", not "+given, hint)
	}
	if o.to != "" && o.to != string(rollout.Blue) && o.to != string(rollout.Green) {
		return nil, o.wrong(fmt.Sprintf("there is no colour %q", o.to), "The colours are blue and green.")
	}
	shares, err := rollout.ParseShares(o.steps)
	if err != nil {
		return nil, o.wrong("--steps: "+err.Error(), "Write rising percentages for the new colour: --steps 10,50,100")
	}
	return shares, nil
}

// course finds the one environment and where its rollout stands. Findings with an error say why there is none.
func (p *project) course(o rolloutOptions, shares rollout.Shares) (*course, outcome, error) {
	if p.checkout == nil {
		return nil, outcome{findings: p.findings(p.diags)}, nil
	}
	services, diags := blueprint.Load(p.files(), p.file())
	if diags.HasErrors() {
		return nil, outcome{findings: p.findings(diags)}, nil
	}
	service, err := o.one(services)
	if err != nil {
		return nil, outcome{}, err
	}
	if service.AppMesh == nil {
		return nil, outcome{findings: p.findings(diag.List{{
			Code: codeNoRollout, Subject: service.Engine.Range, Summary: "A service of engine: ecs has no rollout to step through",
			Detail: "ECS shifts the traffic itself, in every apply that changes the service: by `deployment` in the blueprint. Steps are for `engine: appmesh`.",
		}})}, nil
	}
	if !rollout.Of(service.AppMesh.Colours).Legal() {
		return nil, outcome{findings: p.findings(withoutOthers(p.diags, service.Environment.V))}, nil
	}
	history, err := p.history(service).Towards(rollout.Name(o.to), shares)
	return &course{p: p, service: service, all: services, history: history, lost: err != nil}, outcome{}, nil
}

// withoutOthers are the errors of one environment, and those that hold for all.
func withoutOthers(diags diag.List, environment string) diag.List {
	return slices.DeleteFunc(slices.Clone(diags), func(d diag.Diagnostic) bool {
		return d.Severity != diag.Error || d.Environment != "" && d.Environment != environment
	})
}

// one is the environment that was asked for.
func (o rolloutOptions) one(services []*blueprint.Service) (*blueprint.Service, error) {
	var names []string
	for _, s := range services {
		if s.Environment.V == o.environment {
			return s, nil
		}
		names = append(names, s.Environment.V)
	}
	switch {
	case o.environment == "" && len(services) == 1:
		return services[0], nil
	case o.environment == "":
		return nil, o.wrong("the blueprint has the environments "+listed(names, "and"), "A rollout is of one: -e "+names[0])
	case len(services) == 1 && services[0].Environment.V == "":
		return nil, o.wrong("the blueprint has no environments", "Leave -e away.")
	default:
		return nil, o.wrong(fmt.Sprintf("the blueprint has no environment %q", o.environment), didYouMean(o.environment, "", names))
	}
}

// act shows, or takes a step.
func (a *app) act(ctx context.Context, action string, c *course, o rolloutOptions) (outcome, error) {
	if c.lost && action != "status" {
		return outcome{}, o.wrong("both colours are active: which of them is the new one?", "Say --to blue or --to green.")
	}
	switch action {
	case "plan", "status":
		a.showCourse(action, c, o)
		return outcome{}, nil
	}
	next, ok := c.history.Next()
	if action == "back" {
		next, ok = c.history.Back()
	}
	if !ok {
		a.showEnd(action, c, o)
		return outcome{}, nil
	}
	found := c.take(ctx, a.generator, next)
	if !found.failed() {
		a.showStep(c, next, found, o)
	}
	return found, nil
}

// take writes a step: the values in the blueprint, then the files that follow from them. Without an error both are written; with one,
// neither is.
func (c *course) take(ctx context.Context, g *generator.Generator, next rollout.History) outcome {
	p := c.p
	if found := c.unsettled(); found.failed() {
		return found
	}
	before, err := p.dir.ReadFile(p.name)
	if err != nil {
		return outcome{findings: p.findings(disk.Diagnose(err))}
	}
	edits, diags := c.edits(next.Now())
	if diags != nil {
		return outcome{findings: p.findings(diags)}
	}
	after, err := blueprint.Rewrite(before, edits...)
	if err != nil {
		return outcome{findings: p.findings(diag.List{{Code: diag.Internal, Summary: "The blueprint could not be changed", Detail: err.Error() + "."}})}
	}
	return c.write(ctx, g, before, after, next)
}

func (c *course) write(ctx context.Context, g *generator.Generator, before, after []byte, next rollout.History) outcome {
	p := c.p
	environment := c.service.Environment.V
	p.changed, p.step = after, &next
	was := map[string]string{environment: c.history.Now().String()}
	p.result, p.diags = g.Generate(ctx, p.files(), p.file(), generator.Options{Was: was, Memory: p.known.Memory, Environments: nonEmpty(environment)})
	if p.diags.HasErrors() {
		return outcome{findings: p.findings(p.diags)}
	}
	plan, diags := p.compare(options{environments: nonEmpty(environment)})
	if diags != nil {
		return outcome{findings: p.findings(diags)}
	}
	if err := disk.Replace(ctx, p.dir, p.name, before, after, disk.Options{}); err != nil {
		return outcome{findings: p.findings(disk.Diagnose(err))}
	}
	if _, err := disk.Apply(ctx, p.dir, plan, disk.Options{}); err != nil {
		found := outcome{findings: p.refused(ctx, err)}
		if back := disk.Replace(context.WithoutCancel(ctx), p.dir, p.name, after, before, disk.Options{}); back != nil {
			found.findings = append(found.findings, p.findings(disk.Diagnose(back))...)
		}
		return found
	}
	return outcome{changes: p.shownChanges(plan.Changes), trees: p.trees(plan)}
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// unsettled refuses a step while what is on disk is not what the blueprint says: an apply after it would take more than the step.
func (c *course) unsettled() outcome {
	p := c.p
	if p.diags.HasErrors() {
		return outcome{findings: p.findings(withoutOthers(p.diags, c.service.Environment.V))}
	}
	plan, diags := p.compare(options{environments: nonEmpty(c.service.Environment.V)})
	if diags != nil {
		return outcome{findings: p.findings(diags)}
	}
	if !plan.OutOfDate() {
		return outcome{}
	}
	var names []string
	for _, row := range plan.Changes {
		if row.Action != disk.Unchanged && row.Action != disk.Stray {
			names = append(names, p.shown(row.Path))
		}
	}
	return outcome{findings: p.findings(diag.List{{
		Code: codeUnsettled, Subject: c.service.AppMesh.Colours.Range, Summary: "The generated files are not what the blueprint says" + inAll(names),
		Detail: "An apply would change more than this step. See the difference with `bluegen diff`, write the files with `bluegen generate`, apply them, and take the step then.",
	}})}
}

func inAll(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return ": " + names[0]
	default:
		return fmt.Sprintf(": %s and %s more", names[0], count(len(names)-1, "file"))
	}
}

// edits are the values of the blueprint that a step changes; each must be this environment's alone.
func (c *course) edits(to rollout.State) ([]blueprint.Edit, diag.List) {
	var edits []blueprint.Edit
	var diags diag.List
	now := c.history.Now()
	mine := c.service.AppMesh.Colours
	for _, colour := range []struct {
		name rollout.Name
		in   blueprint.Colour
	}{{rollout.Blue, mine.Blue}, {rollout.Green, mine.Green}} {
		was, will := now.Colour(colour.name), to.Colour(colour.name)
		if was.Active != will.Active {
			edits = append(edits, blueprint.Edit{Range: colour.in.Active.Range, Text: fmt.Sprint(will.Active)})
			diags = append(diags, c.shared(colour.in.Active.Range, string(colour.name)+".active", fmt.Sprint(was.Active))...)
		}
		if was.Weight != will.Weight {
			edits = append(edits, blueprint.Edit{Range: colour.in.Weight.Range, Text: fmt.Sprint(will.Weight)})
			diags = append(diags, c.shared(colour.in.Weight.Range, string(colour.name)+".weight", fmt.Sprint(was.Weight))...)
		}
	}
	return edits, diags
}

// shared refuses a value that other environments have from the same place, or that stands in another file.
func (c *course) shared(at hcl.Range, key, value string) diag.List {
	colour, leaf, _ := strings.Cut(key, ".")
	here := fmt.Sprintf("Write it in the environment: `environments: {%s: {colours: {%s: {%s: %s}}}}`.", c.service.Environment.V, colour, leaf, value)
	if at.Filename != c.p.name {
		return diag.List{{Code: codeShared, Subject: at, Summary: "colours." + key + " stands in another file", Detail: "A rollout changes this blueprint alone. " + here}}
	}
	var others []string
	for _, s := range c.all {
		for _, theirs := range []hcl.Range{s.AppMesh.Colours.Blue.Active.Range, s.AppMesh.Colours.Blue.Weight.Range, s.AppMesh.Colours.Green.Active.Range, s.AppMesh.Colours.Green.Weight.Range} {
			if s != c.service && theirs == at {
				others = append(others, s.Environment.V)
			}
		}
	}
	if others == nil {
		return nil
	}
	return diag.List{{
		Code: codeShared, Subject: at, Summary: fmt.Sprintf("colours.%s holds for %s too", key, listed(others, "and")),
		Detail: "A step of " + c.service.Environment.V + " would be one of theirs. " + here,
	}}
}
