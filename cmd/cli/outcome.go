package cli

import (
	"context"
	"errors"
	"slices"

	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/fleet"
	"bluegen/generator/tf"

	"github.com/hashicorp/hcl/v2"
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
	// left says that bluegen only removed files here, and does not write here any more.
	left bool
	// needs are the lowest versions that the tree needs, with what asks for them; validate prints them.
	needs []string
	// because says who has changed since the tree was generated, where it is out of date; check and diff print it.
	because string
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
	// upgrades are the blueprints that upgrade looked at, valid the trees that it had validated, rehearsals those of --prove.
	upgrades   []upgrade
	valid      []tree
	rehearsals []rehearsal
	// stale says that what is on disk is not what the blueprint says; manifest that the manifest itself is what differs.
	stale bool
	// blueprint is the one that it is about, as the user knows it; "" for several.
	blueprint string
	// services are those of the blueprint, for the rules over all of them; bases are what it extends, as absolute names.
	services []fleet.Facts
	shown    func(string) string
	bases    []string
	// verdicts are one a blueprint, where there are several.
	verdicts []blueprintVerdict
	// unnamed says that the blueprint names no service: it may be a base of others.
	unnamed bool
	// errors are those of findings that were shown and dropped.
	errors int
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
	o.upgrades = append(o.upgrades, more.upgrades...)
	o.valid = append(o.valid, more.valid...)
	o.rehearsals = append(o.rehearsals, more.rehearsals...)
	o.stale = o.stale || more.stale
	o.due = o.due || more.due
	o.broken = o.broken || more.broken
	o.errors += more.errors
}

// light is what is left of an outcome once it was shown: what the exit code is made of.
func (o outcome) light() outcome {
	for _, f := range o.findings {
		if f.Severity == diag.Error {
			o.errors++
		}
	}
	o.findings, o.changes, o.trees, o.runs, o.files, o.lost, o.services = nil, nil, nil, nil, nil, nil, nil
	o.upgrades, o.valid, o.rehearsals = nil, nil, nil
	return o
}

func (o *outcome) failed() bool {
	return o.errors > 0 || slices.ContainsFunc(o.findings, func(f finding) bool { return f.Severity == diag.Error })
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

// mends: what a pin does not admit is an error that an upgrade may be asked to mend.
func (p *project) mends(o options) bool { return o.verb == "upgrade" && p.dir != nil && p.read }

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
func (p *project) conflicts(ctx context.Context, plan *disk.Plan) []finding {
	rows := map[string]disk.Change{}
	for _, c := range p.recall(ctx, plan.Conflicts()) {
		rows[c.At] = c
	}
	found := p.findings(plan.Diagnostics())
	for i, f := range found {
		if c, ok := rows[f.Subject.Filename]; ok && f.Severity == diag.Error && c.Forceable() {
			found[i].edit = edits(p.shown(c.Path), c, false)
		}
	}
	return found
}

// warnings are what a plan has to say beside its rows, less what the blueprint ignores.
func (p *project) warnings(plan *disk.Plan) diag.List {
	warnings := slices.DeleteFunc(plan.Diagnostics(), func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
	var ignored []diag.Code
	for _, c := range p.result.Configurations {
		for _, code := range c.Service.Ignore {
			ignored = append(ignored, diag.Code(code.V))
		}
	}
	return warnings.Without(ignored...)
}

// told are the warnings that hold after a write too, and that it has finished what an interrupted run had begun.
func (p *project) told(plan *disk.Plan) diag.List {
	var out diag.List
	for _, key := range plan.Interrupted {
		out = append(out, diag.Diagnostic{
			Code: disk.CodeInterrupted, Severity: diag.Notice, Environment: key.Environment, Subject: hcl.Range{Filename: disk.ManifestName},
			Summary: "The last run was interrupted, and this one has finished its work",
		})
	}
	return append(out, p.warnings(plan).Without(disk.CodeInterrupted)...)
}

// refused is a verb's outcome when a write was refused or failed.
func (p *project) refused(ctx context.Context, err error) []finding {
	var conflict *disk.ConflictError
	if errors.As(err, &conflict) {
		return p.conflicts(ctx, conflict.Plan)
	}
	return p.findings(disk.Diagnose(err))
}
