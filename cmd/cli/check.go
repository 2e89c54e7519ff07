package cli

import (
	"context"
	"slices"

	"bluegen/generator/disk"

	"github.com/spf13/cobra"
)

func (a *app) checkCommand() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use: "check [blueprint | folder]...", Short: "Say whether the files on disk are what the blueprint says",
		RunE: func(cmd *cobra.Command, args []string) error {
			verb := func(ctx context.Context, p *project) outcome { return p.check(ctx, o).with(p.findings(p.others())) }
			return a.compared(cmd.Context(), args, o, verb, func(found outcome) { a.view(o.format).checked(found) })
		},
	}
	o.bind(cmd)
	cmd.Flags().BoolVar(&o.fresh, "fresh", false, "work everything out anew, and recall nothing of an earlier check")
	cmd.Flags().BoolVar(&o.strict, "strict", false, "exit with 3 also where another version of bluegen generated an environment")
	return cmd
}

func (a *app) diffCommand() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use: "diff [blueprint | folder]...", Short: "Print what generate --force would change, as a patch",
		RunE: func(cmd *cobra.Command, args []string) error {
			verb := func(ctx context.Context, p *project) outcome { return p.check(ctx, o) }
			return a.compared(cmd.Context(), args, o, verb, func(found outcome) { a.view(o.format).differs(found, a.io.Dir) })
		},
	}
	o.bind(cmd)
	return cmd
}

// compared is what check and diff have in common: one comparison, nothing written.
func (a *app) compared(ctx context.Context, args []string, o options, verb func(context.Context, *project) outcome, show func(outcome)) error {
	if slices.Contains(args, "-") {
		return &usageError{verb: o.verb, message: "a blueprint from standard input has no files on disk to compare with"}
	}
	if err := o.check(); err != nil {
		return err
	}
	found, err := a.stream(ctx, args, o, verb, show)
	a.code = found.exit()
	return err
}

func (p *project) check(ctx context.Context, o options) outcome {
	found := outcome{findings: p.findings(p.diags)}
	plan, diags := p.compare(o)
	if diags != nil {
		found.findings = append(found.findings, p.findings(diags)...)
		return found
	}
	if o.verb == "diff" { // check is a hook of milliseconds, and prints no edit
		plan.Changes = p.recall(ctx, plan.Changes)
	}
	found.changes = p.shownChanges(plan.Changes)
	found.trees = p.because(p.trees(plan))
	found.stale = plan.OutOfDate()
	// Conflicts are rows here, not errors.
	found.findings = append(found.findings, p.findings(p.warnings(plan))...)
	if found.stale && !slices.ContainsFunc(found.changes, pending) {
		row := disk.Change{Path: disk.ManifestName, Action: disk.Update, Reason: disk.NoReason}
		found.changes = append(found.changes, p.shownChanges([]disk.Change{row})...)
	}
	return found
}

// pending rows are what makes a tree out of date.
func pending(c change) bool { return c.Action != disk.Unchanged && c.Action != disk.Stray }

// with adds warnings. A comparison that failed stays as it is.
func (o outcome) with(warnings []finding) outcome {
	if !o.failed() {
		o.findings = append(o.findings, warnings...)
	}
	return o
}

// judged takes an environment of another version for a difference, where that is wanted.
func (o outcome) judged(strict bool) outcome {
	other := func(f finding) bool { return f.Code == codeOtherVersion }
	o.stale = o.stale || strict && slices.ContainsFunc(o.findings, other)
	return o
}
