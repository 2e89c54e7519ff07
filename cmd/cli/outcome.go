package cli

import (
	"context"
	"errors"
	"slices"

	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/tf"

	"golang.org/x/sync/errgroup"
)

// The codes of the command line itself.
const (
	// codeMissing is the blueprint's own "no such file", for a folder that is not there.
	codeMissing diag.Code = "BG1001"
	// codeStale warns that validate and test judge files that are not what the blueprint says.
	codeStale diag.Code = "BG5001"
)

// finding is a diagnostic with what a view needs to show it.
type finding struct {
	diag.Diagnostic
	// file is the subject's file as the user named it, related those of Related.
	file    string
	related []string
	// blueprint is the one that it was found about, as the user named it.
	blueprint string
	// source is the whole file, nil where there is none to quote.
	source []byte
	// edit is a unified diff that goes with it.
	edit string
}

// change is a row of the comparison as it is shown.
type change struct {
	disk.Change
	// path is as the user named it.
	path        string
	environment string
}

// tree is what a verb did to one environment.
type tree struct {
	// directory is as the user named it.
	directory   string
	environment string
	// blueprint is the argument that names it, "" where it is the default.
	blueprint string
	counts    map[disk.Action]int
	// variables are those of the root that have no default.
	variables []string
	// passed and failed count the runs of a test; verdict is terraform's word on a tree.
	passed, failed int
}

// outcome is what a verb found out about one or more blueprints.
type outcome struct {
	findings []finding
	changes  []change
	trees    []tree
	runs     []testRun
	files    []tf.File
	// lost are edits that --force overwrote, or would overwrite.
	lost []change
	// stale says that what is on disk is not what the blueprint says; manifest that the manifest itself is what differs.
	stale bool
	// broken says that a target was not worked on to its end: the outcome is not all that there is to find.
	broken bool
	// due says that generate had files to write, or to record in the manifest.
	due bool
}

func (o *outcome) add(more outcome) {
	o.findings = append(o.findings, more.findings...)
	o.changes = append(o.changes, more.changes...)
	o.trees = append(o.trees, more.trees...)
	o.runs = append(o.runs, more.runs...)
	o.files = append(o.files, more.files...)
	o.lost = append(o.lost, more.lost...)
	o.stale = o.stale || more.stale
	o.due = o.due || more.due
}

func (o *outcome) failed() bool {
	return slices.ContainsFunc(o.findings, func(f finding) bool { return f.Severity == diag.Error })
}

// exit is the code of a verb that found this.
func (o *outcome) exit() int {
	switch {
	case o.failed():
		return exitError
	case o.stale:
		return exitStale
	default:
		return exitOK
	}
}

// each runs a verb over every target, at most workers at once, and joins what they found in the order of the targets.
func (a *app) each(ctx context.Context, args []string, o options, verb func(context.Context, *project) outcome) (outcome, error) {
	a.format = o.format
	targets, err := a.targets(args, o)
	if err != nil {
		return outcome{broken: true}, err
	}
	found := make([]outcome, len(targets))
	var group errgroup.Group
	group.SetLimit(o.workers)
	for i, t := range targets {
		group.Go(func() error {
			p := a.load(ctx, t, o)
			if o.verb != "generate" {
				p.diags = slices.DeleteFunc(p.diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Notice })
			}
			if p.diags.HasErrors() {
				found[i] = outcome{findings: p.findings(p.diags)}
			} else {
				found[i] = verb(ctx, p)
			}
			return p.close()
		})
	}
	err = group.Wait()
	var all outcome
	for _, f := range found {
		all.add(f)
	}
	all.broken = err != nil
	return all, err
}

// findings adds to diagnostics the names that the user knows and the files that they quote.
func (p *project) findings(list diag.List) []finding {
	sources := map[string][]byte{}
	out := make([]finding, 0, len(list))
	for _, d := range list {
		f := finding{Diagnostic: d, blueprint: p.shown(p.name)}
		if name := d.Subject.Filename; name != "" {
			if _, ok := sources[name]; !ok && d.Subject.Start.Line > 0 {
				sources[name] = p.source(name)
			}
			f.file, f.source = p.shown(name), sources[name]
		}
		for _, r := range d.Related {
			f.related = append(f.related, p.shown(r.Filename))
		}
		out = append(out, f)
	}
	return out
}

// shownChanges leaves out what is as it should be.
func (p *project) shownChanges(changes []disk.Change) []change {
	var out []change
	for _, c := range changes {
		if c.Action != disk.Unchanged {
			out = append(out, change{Change: c, path: p.shown(c.Path), environment: c.Owner.Environment})
		}
	}
	return out
}

// conflicts gives the diagnostics of a plan, each edited file with its edit.
func (p *project) conflicts(plan *disk.Plan) []finding {
	edits := map[string]disk.Change{}
	for _, c := range plan.Conflicts() {
		edits[c.At] = c
	}
	found := p.findings(plan.Diagnostics())
	for i, f := range found {
		if c, ok := edits[f.Subject.Filename]; ok && f.Severity == diag.Error && c.Forceable() && c.New != nil {
			found[i].edit = edit(p.shown(c.Path), c)
		}
	}
	return found
}

// refused is a verb's outcome when a write was refused or failed.
func (p *project) refused(err error) []finding {
	var conflict *disk.ConflictError
	if errors.As(err, &conflict) {
		return p.conflicts(conflict.Plan)
	}
	return p.findings(disk.Diagnose(err))
}
