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
			return a.compared(cmd.Context(), args, o, func(found outcome) { a.view(o.format).checked(found) })
		},
	}
	o.bind(cmd)
	return cmd
}

func (a *app) diffCommand() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use: "diff [blueprint | folder]...", Short: "Print what generate --force would change, as a patch",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.compared(cmd.Context(), args, o, func(found outcome) { a.view(o.format).differs(found, a.io.Dir) })
		},
	}
	o.bind(cmd)
	return cmd
}

// compared is what check and diff have in common: one comparison, nothing written.
func (a *app) compared(ctx context.Context, args []string, o options, show func(outcome)) error {
	if slices.Contains(args, "-") {
		return &usageError{verb: o.verb, message: "a blueprint from standard input has no files on disk to compare with"}
	}
	if err := o.check(); err != nil {
		return err
	}
	found, err := a.stream(ctx, args, o, func(ctx context.Context, p *project) outcome { return p.check(ctx, o) }, show)
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
	found.trees = p.trees(plan)
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
