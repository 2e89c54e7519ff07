package cli

import (
	"context"
	"slices"
	"strings"

	"bluegen/generator/disk"
	"bluegen/generator/tf"

	"github.com/spf13/cobra"
)

type generateOptions struct {
	options
	force, stdout, verbose, exitCode bool
}

func (a *app) generateCommand() *cobra.Command {
	var o generateOptions
	cmd := &cobra.Command{
		Use: "generate [blueprint | folder | -]...", Short: "Write the Terraform that a blueprint describes",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
				return err
			}
			found, err := a.stream(cmd.Context(), args, o.options,
				func(ctx context.Context, p *project) outcome { return p.generate(ctx, o) },
				func(found outcome) { a.view(o.format).generated(found, o) })
			a.code = found.exit()
			if o.exitCode && a.code == exitOK && found.due {
				a.code = exitStale
			}
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
	plan.Changes = p.recall(ctx, plan.Changes)
	found.changes, found.due = p.shownChanges(plan.Changes), plan.OutOfDate()
	if o.dryRun {
		found.add(p.rehearse(ctx, plan, o))
		return found
	}
	report, err := disk.Apply(ctx, p.dir, plan, disk.Options{Force: o.force})
	if err != nil {
		found.findings = append(found.findings, p.refused(ctx, err)...)
		return found
	}
	found.findings = append(found.findings, p.findings(p.told(plan))...)
	found.lost = p.shownChanges(report.Lost)
	found.trees = p.trees(plan)
	return found
}

// rehearse is a dry run: what would be refused, and what would be lost.
func (p *project) rehearse(ctx context.Context, plan *disk.Plan, o generateOptions) outcome {
	stopped := slices.ContainsFunc(plan.Conflicts(), func(c disk.Change) bool { return !o.force || !c.Forceable() })
	if stopped {
		return outcome{findings: p.conflicts(ctx, plan)}
	}
	return outcome{findings: p.findings(p.warnings(plan)), lost: p.shownChanges(plan.Conflicts()), trees: p.trees(plan)}
}

// trees says for each environment what a plan does there. A directory that bluegen leaves is among them.
func (p *project) trees(plan *disk.Plan) []tree {
	var out []tree
	var directories []string
	for _, c := range p.result.Configurations {
		directories = append(directories, c.Directory)
		out = append(out, tree{
			directory: p.shown(c.Directory), environment: c.Service.Environment.V, counts: map[disk.Action]int{}, variables: c.Required,
			blueprint: p.argument(),
		})
	}
	for _, m := range plan.Moves {
		if !slices.Contains(directories, m.FromDirectory) {
			directories = append(directories, m.FromDirectory)
			out = append(out, tree{directory: p.shown(m.FromDirectory), environment: m.From.Environment, counts: map[disk.Action]int{}, left: true})
		}
	}
	for _, c := range plan.Changes {
		if i := innermost(directories, c.Path); i >= 0 {
			out[i].counts[effective(c)]++
		}
	}
	return slices.DeleteFunc(out, func(t tree) bool { return t.left && t.counts[disk.Delete] == 0 })
}

// innermost is the index of the longest directory that a path lies in, -1 for none.
func innermost(directories []string, name string) int {
	found := -1
	for i, dir := range directories {
		if (dir == "." || strings.HasPrefix(name, dir+"/")) && (found < 0 || len(dir) > len(directories[found])) {
			found = i
		}
	}
	return found
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
