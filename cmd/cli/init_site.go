package cli

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"bluegen/generator"
	"bluegen/generator/bootstrap"
	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/tf"

	"github.com/hashicorp/hcl/v2"
)

// site is where a service begins: its folder and the repository around it, of which nothing need be there yet.
type site struct {
	target
	app *app
	// dir is the nearest folder that is there; opened is its path.
	dir    *disk.Dir
	opened string
	// top is the top of the repository from opened, or the service's folder where there is no repository yet.
	top string
	// below is the service's folder from top, "" where it is that.
	below string
	// alone says that git knows no repository here.
	alone bool
}

func (a *app) site(args []string) (*site, outcome) {
	arg := "."
	if len(args) == 1 {
		arg = args[0]
	}
	s := &site{app: a, target: target{folder: a.absolute(arg), name: bootstrap.Name, prefix: prefix(arg)}}
	top, ok := above(s.folder, ".git")
	if s.alone = !ok; s.alone {
		top = s.folder
	}
	dir, name, err := disk.OpenAbove(top)
	if err != nil {
		return s, outcome{findings: []finding{{Diagnostic: disk.Diagnose(err)[0], file: s.shown(".")}}}
	}
	s.dir, s.top = dir, name
	s.opened = filepath.Clean(strings.TrimSuffix(top, filepath.FromSlash(name)))
	if name == "." {
		s.opened = top
	}
	if below, err := filepath.Rel(top, s.folder); err == nil && below != "." {
		s.below = filepath.ToSlash(below)
	}
	return s, outcome{}
}

func (s *site) close() error {
	if s.dir == nil {
		return nil
	}
	return s.dir.Close()
}

// at is a path from the service's folder as dir calls it.
func (s *site) at(name string) string { return path.Join(s.top, s.below, name) }

// called is a path of dir's as the user sees it.
func (s *site) called(name string) string {
	full := filepath.Join(s.opened, filepath.FromSlash(name))
	if rel, err := filepath.Rel(s.app.io.Dir, full); err == nil && !strings.HasPrefix(s.prefix, "/") {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(full)
}

// start learns what the service is and writes it, or says what stands against it.
func (s *site) start(ctx context.Context, o initOptions, answers bootstrap.Answers) (outcome, error) {
	name := s.at(bootstrap.Name)
	_, err := s.dir.Lstat(name)
	there := err == nil
	if there && (len(answers) > 0 || o.from != "") {
		return outcome{findings: []finding{s.taken(name)}}, nil
	}
	var found outcome
	var draft bootstrap.Draft
	if !there {
		if draft, found, err = s.draft(ctx, o, answers); err != nil || found.failed() {
			return found, err
		}
	}
	directory, more := s.proven(ctx, draft, there)
	found.add(more)
	if found.failed() {
		return found, nil
	}
	more, err = s.write(ctx, o, draft, directory)
	found.add(more)
	return found, err
}

func (s *site) taken(name string) finding {
	return finding{file: s.called(name), Diagnostic: diag.Diagnostic{
		Code: codeThere, Summary: "There is a blueprint already", Subject: hcl.Range{Filename: name},
		Detail: "It is never overwritten, so the answers of this command line have nowhere to go. Name another folder, or change the blueprint by hand; bluegen init alone writes what the repository lacks beside it.",
	}}
}

// draft is the blueprint that is to be written.
func (s *site) draft(ctx context.Context, o initOptions, answers bootstrap.Answers) (bootstrap.Draft, outcome, error) {
	answers, err := s.app.answered(ctx, o, answers, filepath.Base(s.folder))
	if err != nil {
		return bootstrap.Draft{}, outcome{}, err
	}
	if o.from != "" {
		draft, found := s.copied(o.from, answers["name"])
		return draft, found, nil
	}
	draft, err := bootstrap.Blueprint(answers)
	return draft, outcome{}, err
}

// copied is another service's blueprint under a new name.
func (s *site) copied(from, name string) (bootstrap.Draft, outcome) {
	targets, err := s.app.meant(from, options{verb: "init"})
	if err != nil || targets[0].stdin != nil {
		return bootstrap.Draft{}, outcome{findings: []finding{{Diagnostic: diag.Diagnostic{
			Code: codeMissing, Summary: "no blueprint found: --from needs the path of one", Detail: "Name a blueprint, or the folder that has a blueprint.yaml.",
		}}}}
	}
	p := &project{target: targets[0], result: &generator.Result{}}
	defer func() { _ = p.close() }() // nothing was written
	if p.diags = p.open(s.app.io.Dir); p.diags.HasErrors() {
		return bootstrap.Draft{}, outcome{findings: p.findings(p.diags)}
	}
	draft, diags := bootstrap.From(bootstrap.Copy{FS: p.files(), File: p.file(), Name: name, Folder: s.below, Elsewhere: !s.within(p.checkout)})
	if draft.Blueprint == nil {
		return draft, outcome{findings: p.findings(diags)}
	}
	return draft, outcome{findings: s.findings(diags, draft.Blueprint)}
}

// within says that the service's repository is the one of a checkout.
func (s *site) within(r *checkout) bool {
	here, err := os.Stat(filepath.Join(s.opened, filepath.FromSlash(s.top)))
	if err != nil {
		return false
	}
	there, err := r.top.Stat(".")
	return err == nil && os.SameFile(here, there)
}

// seen is a path from the service's folder as the user sees it; a base lies in another one.
func (s *site) seen(name string) string {
	if strings.HasPrefix(name, "../") {
		return path.Join(s.prefix, name)
	}
	return s.shown(name)
}

// findings are about the blueprint of this place, whether it is written yet or not.
func (s *site) findings(list diag.List, text []byte) []finding {
	var out []finding
	for _, d := range list {
		f := finding{Diagnostic: d, file: s.seen(d.Subject.Filename)}
		if d.Subject.Filename == bootstrap.Name {
			f.source = text
		}
		for _, r := range d.Related {
			f.related = append(f.related, s.seen(r.Filename))
		}
		out = append(out, f)
	}
	return out
}

// proven generates from the blueprint, in memory, and returns the directory that it wants.
func (s *site) proven(ctx context.Context, draft bootstrap.Draft, there bool) (string, outcome) {
	if there {
		p := s.app.load(ctx, s.target, options{verb: "init"})
		found := outcome{findings: p.findings(withoutNotices(p.diags))}
		directory := ""
		if !found.failed() {
			directory = p.result.Configurations[0].Service.Terraform.Directory.V
		}
		_ = p.close() // nothing was written
		return directory, found
	}
	result, diags := s.app.generator.Generate(ctx, draft.FS(), draft.File(), generator.Options{})
	found := outcome{findings: s.findings(withoutNotices(diags), draft.Blueprint)}
	if ctx.Err() != nil && !found.failed() {
		found.findings = append(found.findings, finding{Diagnostic: diag.Diagnostic{Code: disk.CodeStopped, Summary: "Stopped before anything was changed"}})
	}
	if found.failed() {
		return "", found
	}
	return result.Configurations[0].Service.Terraform.Directory.V, found
}

// write creates what is not there yet.
func (s *site) write(ctx context.Context, o initOptions, draft bootstrap.Draft, directory string) (outcome, error) {
	beside, err := bootstrap.Companions(bootstrap.Repository{Folder: s.below, Directory: directory, Source: o.source, Tag: "v" + Version})
	if err != nil {
		return outcome{}, err
	}
	var files []tf.File
	need := ""
	if draft.Blueprint != nil {
		need = s.at(bootstrap.Name)
		files = append(files, tf.File{Path: need, Data: draft.Blueprint})
	}
	for _, h := range draft.Handlers {
		files = append(files, tf.File{Path: s.at(h.Path), Data: h.Data})
	}
	companions := map[string]bootstrap.Companion{}
	for _, c := range beside {
		name := path.Join(s.top, c.Path)
		companions[name] = c
		files = append(files, tf.File{Path: name, Data: c.Data})
	}
	var changes []disk.Change
	if o.dryRun {
		changes, err = disk.Survey(s.dir, need, files)
	} else {
		changes, err = disk.Seed(ctx, s.dir, need, files, disk.Options{})
	}
	found := outcome{}
	for _, d := range disk.Diagnose(err) {
		found.findings = append(found.findings, finding{Diagnostic: d, file: s.called(d.Subject.Filename)})
	}
	for _, c := range changes {
		row := change{Change: c, path: s.called(c.Path)}
		if c.Action == disk.Conflict {
			row.Action = disk.Unchanged
			if f, left := s.left(c, companions[c.Path]); left {
				row.Action = disk.Stray
				found.findings = append(found.findings, f)
			}
		}
		found.changes = append(found.changes, row)
	}
	return found, nil
}

// left warns of a file that is there and does not do what it is wanted for; left is false where it does.
func (s *site) left(c disk.Change, beside bootstrap.Companion) (f finding, left bool) {
	d := diag.Diagnostic{Code: codeLeft, Severity: diag.Warning, Subject: hcl.Range{Filename: c.Path}, Summary: fmt.Sprintf("%q was left as it is", s.called(c.Path))}
	why := ""
	if c.Reason != disk.Unclaimed {
		why = ", and " + c.Reason.String()
	}
	switch {
	case beside.Path == "":
		d.Detail = "A hook of the blueprint names this file, and one was there already. See that it is the handler that the blueprint means."
	case c.Old != nil && beside.Satisfied(c.Old):
		return finding{}, false
	default:
		d.Detail = "It was there already" + why + ". Add these lines to it by hand:\n" + quotation(beside.Add)
	}
	return finding{Diagnostic: d, file: s.called(c.Path)}, true
}

// quotation makes every line one, which wrap leaves as it is.
func quotation(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString("  " + line)
	}
	return out.String()
}

// withoutNotices: what a default has decided is said by generate.
func withoutNotices(list diag.List) diag.List {
	var out diag.List
	for _, d := range list {
		if d.Severity != diag.Notice {
			out = append(out, d)
		}
	}
	return out
}
