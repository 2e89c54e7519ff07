package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"bluegen/generator"
	"bluegen/generator/diag"
	"bluegen/generator/disk"

	"github.com/spf13/cobra"
)

type upgradeOptions struct {
	proof
	dryRun, verbose, validate bool
	// old is the folder of --prove, varFiles are absolute.
	old      string
	varFiles []string
}

func (a *app) upgradeCommand() *cobra.Command {
	var o upgradeOptions
	cmd := &cobra.Command{
		Use: "upgrade [blueprint | folder]...", Short: "Move a blueprint to the newest format and provider pin",
		RunE: func(cmd *cobra.Command, args []string) error { return a.upgrade(cmd.Context(), args, o) },
	}
	o.bind(cmd)
	f := cmd.Flags()
	f.BoolVar(&o.dryRun, "dry-run", false, "show what would change and write nothing")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "print what changes in the generated files, as a patch")
	f.BoolVar(&o.validate, "validate", false, "have terraform validate the files that generate would write then")
	f.StringVar(&o.old, "prove", "", "`folder` of an older tree: plan the new files on the state that it leaves, and write nothing")
	f.StringArrayVar(&o.varFiles, "var-file", nil, "`file` with values of variables, for --prove; may be repeated")
	_ = cmd.MarkFlagDirname("prove") // it fails only for a flag that is not there
	return cmd
}

func (o upgradeOptions) check(args []string) error {
	wrong := func(message, hint string) error { return &usageError{verb: o.verb, message: message, hint: hint} }
	switch {
	case slices.Contains(args, "-"):
		return wrong("a blueprint from standard input cannot be edited in place", "Name its file.")
	case o.old != "" && o.provider == "registry":
		return wrong("--prove applies nothing anywhere, so bluegen itself answers for the providers", "Leave --provider registry away.")
	case o.old == "" && len(o.varFiles) > 0:
		return wrong("--var-file goes with --prove", "")
	case o.provider == "registry" && !o.validate:
		return wrong("--provider goes with --validate", "")
	}
	return o.proof.check()
}

func (a *app) upgrade(ctx context.Context, args []string, o upgradeOptions) (err error) {
	if err := o.check(args); err != nil {
		return err
	}
	for i, file := range o.varFiles {
		o.varFiles[i] = a.absolute(file)
	}
	b, done := a.bench(ctx, o.proof, validateTree)
	b.directory = (*project).together
	found, err := a.stream(ctx, args, o.options, func(ctx context.Context, p *project) outcome { return a.upgraded(ctx, p, b, o) },
		func(found outcome) { a.view(o.format).upgraded(found, o) })
	err = done(err)
	a.code = found.exit()
	return err
}

// upgraded plans the edits of one blueprint, generates from the edited bytes, has them judged, and writes them last.
func (a *app) upgraded(ctx context.Context, p *project, b bench, o upgradeOptions) outcome {
	up, diags := generator.PlanUpgrade(p.files(), p.file(), o.environments)
	if diags.HasErrors() {
		return outcome{findings: p.findings(diags)}
	}
	after := p.edited(up.New)
	after.result, after.diags = a.generator.Generate(ctx, after.files(), p.file(), p.known)
	after.diags = slices.DeleteFunc(after.diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Notice })
	found := outcome{findings: after.findings(after.diags), upgrades: []upgrade{{Upgrade: up, blueprint: p.shown(p.name), argument: p.argument()}}}
	if after.diags.HasErrors() {
		return found
	}
	found.upgrades[0].version, found.upgrades[0].pins = formats(after.result)
	plan, diags := after.compare(o.options)
	if diags != nil {
		found.findings = append(found.findings, p.findings(diags)...)
		return found
	}
	found.changes, found.trees = after.shownChanges(plan.Changes), after.trees(plan)
	if o.validate {
		judged := after.judged(ctx, b)
		found.valid, judged.trees = judged.trees, nil
		found.add(judged)
	}
	if o.old != "" {
		found.add(a.rehearsed(ctx, after, b, o))
	}
	if found.failed() || o.dryRun || o.old != "" || len(up.Steps) == 0 {
		return found
	}
	if err := disk.Replace(ctx, p.dir, p.name, up.Old, up.New, disk.Options{}); err != nil {
		found.findings = append(found.findings, p.findings(disk.Diagnose(err))...)
		return found
	}
	found.upgrades[0].written = true
	return found
}

// edited is the project with other bytes of its blueprint.
func (p *project) edited(text []byte) *project {
	after := *p
	after.changed = text
	return &after
}

// formats are the version of the blueprint that a result was made from, and the constraints that it is for, each once.
func formats(r *generator.Result) (version int, pins []string) {
	for _, c := range r.Configurations {
		version = c.Service.Version.V
		pins = append(pins, c.Service.Terraform.AWSProvider.V)
	}
	slices.Sort(pins)
	return version, slices.Compact(pins)
}

// upgrade is what becomes of one blueprint.
type upgrade struct {
	*generator.Upgrade
	// blueprint is its name as it is shown, argument how the next command names it, "" where it is the default.
	blueprint, argument string
	// version and pins are those that hold afterwards.
	version int
	pins    []string
	written bool
}

// at is the place of a step.
func (u upgrade) at(s generator.Step) string { return place(u.blueprint, s.Range) }

// what is a step in words.
func what(s generator.Step) string {
	text := fmt.Sprintf("%s: %q becomes %q", s.Key, s.From, s.To)
	if s.Environment != "" {
		text += " (environment " + s.Environment + ")"
	}
	return text
}

// folders are where an older tree of a configuration may be below the folder of --prove, the surest first.
func (p *project) folders(old string, c generator.Configuration) []string {
	out := []string{
		filepath.Join(old, filepath.FromSlash(p.shown(c.Directory))),
		filepath.Join(old, filepath.FromSlash(c.Directory)),
		filepath.Join(old, c.Service.Environment.V),
	}
	if len(p.result.Configurations) == 1 {
		out = append(out, old)
	}
	return out
}
