package cli

import (
	"context"
	"path"
	"slices"

	"bluegen/generator/disk"
	"bluegen/generator/tf"

	"github.com/spf13/cobra"
)

type generateOptions struct {
	options
	force, dryRun, stdout, verbose, exitCode bool
}

func (a *app) generateCommand() *cobra.Command {
	var o generateOptions
	cmd := &cobra.Command{
		Use: "generate [blueprint | folder | -]...", Short: "Write the Terraform that a blueprint describes",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
				return err
			}
			found, err := a.each(cmd.Context(), args, o.options, func(ctx context.Context, p *project) outcome {
				return p.generate(ctx, o)
			})
			a.code = found.exit()
			if o.exitCode && a.code == exitOK && found.due {
				a.code = exitStale
			}
			a.view(o.format).generated(found, o)
			return err
		},
	}
	o.bind(cmd)
	f := cmd.Flags()
	f.BoolVar(&o.force, "force", false, "overwrite edited files and files in the way; says what is lost")
	f.BoolVar(&o.dryRun, "dry-run", false, "print what would change and write nothing")
	f.BoolVar(&o.stdout, "stdout", false, "print the files, each after a line with its name, and write nothing")
	f.BoolVar(&o.exitCode, "exit-code", false, "exit with 3 where a file was written, or would be with --dry-run")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "name every file that changes")
	return cmd
}

func (o generateOptions) check(args []string) error {
	switch {
	case slices.Contains(args, "-") && !o.stdout:
		return &usageError{verb: "generate", message: "a blueprint from standard input has no folder to write to", hint: "Print the files instead: bluegen generate --stdout -"}
	case o.stdout && (o.force || o.dryRun || o.exitCode):
		return &usageError{verb: "generate", message: "--stdout writes nothing: --force, --dry-run and --exit-code do not go with it"}
	case o.stdout && o.format != "text":
		return &usageError{verb: "generate", message: "--stdout prints the files themselves: --format " + o.format + " does not go with it"}
	}
	return o.options.check()
}

func (p *project) generate(ctx context.Context, o generateOptions) outcome {
	found := outcome{findings: p.findings(p.diags)}
	if o.stdout {
		for _, c := range p.result.Configurations {
			for _, f := range c.Files {
				found.files = append(found.files, tf.File{Path: p.shown(f.Path), Data: f.Data})
			}
		}
		return found
	}
	plan, diags := p.compare(o.options)
	if diags != nil {
		found.findings = append(found.findings, p.findings(diags)...)
		return found
	}
	found.changes, found.due = p.shownChanges(plan.Changes), plan.OutOfDate()
	if o.dryRun {
		found.add(p.rehearse(plan, o))
		return found
	}
	report, err := disk.Apply(ctx, p.dir, plan, disk.Options{Force: o.force})
	if err != nil {
		found.findings = append(found.findings, p.refused(err)...)
		return found
	}
	found.lost = p.shownChanges(report.Lost)
	found.trees = p.trees(plan)
	return found
}

// rehearse is a dry run: what would be refused, and what would be lost.
func (p *project) rehearse(plan *disk.Plan, o generateOptions) outcome {
	stopped := slices.ContainsFunc(plan.Conflicts(), func(c disk.Change) bool { return !o.force || !c.Forceable() })
	if stopped {
		return outcome{findings: p.conflicts(plan)}
	}
	return outcome{lost: p.shownChanges(plan.Conflicts()), trees: p.trees(plan)}
}

// trees says for each environment what a plan does there. One that the blueprint no longer has is among them.
func (p *project) trees(plan *disk.Plan) []tree {
	var out []tree
	for _, c := range p.result.Configurations {
		out = append(out, tree{
			directory: p.shown(c.Directory), environment: c.Service.Environment.V, counts: map[disk.Action]int{}, variables: required(c),
			blueprint: p.argument(),
		})
	}
	for _, c := range plan.Changes {
		i := slices.IndexFunc(out, func(t tree) bool { return t.environment == c.Owner.Environment })
		if i < 0 {
			i = len(out)
			out = append(out, tree{directory: p.shown(path.Dir(c.Path)), environment: c.Owner.Environment, counts: map[disk.Action]int{}})
		}
		out[i].counts[effective(c)]++
	}
	return out
}

// argument is how the next command names this blueprint.
func (p *project) argument() string {
	if shown := p.shown(p.name); shown != blueprintName {
		return shown
	}
	return ""
}

// effective is what a run does with a row once it may write.
func effective(c disk.Change) disk.Action {
	switch {
	case c.Action != disk.Conflict:
		return c.Action
	case c.New == nil:
		return disk.Delete
	default:
		return disk.Update
	}
}
