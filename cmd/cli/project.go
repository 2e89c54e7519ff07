package cli

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"strings"

	"bluegen/generator"
	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/rollout"
	"bluegen/generator/trace"
)

// project is one blueprint, read and generated: what every verb starts from.
type project struct {
	target
	checkout *checkout
	dir      *disk.Dir
	manifest disk.Manifest
	result   *generator.Result
	diags    diag.List
	// read says that the manifest was; known is what it tells of each environment.
	read  bool
	known generator.Options
	// changed is the blueprint's text that is about to be written, nil where it is what the disk holds.
	changed []byte
	// recorder notes what is read, nil where nobody wants to know.
	recorder *trace.Recorder
	// step is a rollout's history with the step that is about to be taken.
	step *rollout.History
}

// load opens the blueprint's folder, reads its manifest and generates. What is wrong is in diags; close is the caller's.
func (a *app) load(ctx context.Context, t target, o options) *project {
	p := a.open(t)
	a.read(ctx, p, o)
	return p
}

// open opens the blueprint's folder, and the repository around it.
func (a *app) open(t target) *project {
	p := &project{target: t, result: &generator.Result{}}
	p.diags = p.open(a.io.Dir)
	return p
}

// read reads the manifest and generates, where the folder could be opened.
func (a *app) read(ctx context.Context, p *project, o options) {
	if p.diags.HasErrors() {
		return
	}
	p.known = generator.Options{Was: map[string]string{}, Memory: map[string]map[string]string{}, Environments: o.environments}
	if p.stdin == nil {
		manifest, err := disk.ReadManifest(p.reads())
		if err != nil {
			p.diags = disk.Diagnose(err)
			return
		}
		p.manifest = manifest
		for key, section := range manifest.Sections {
			if key.Blueprint == p.name {
				p.known.Was[key.Environment] = remembered(section)
				p.known.Memory[key.Environment] = section.Facts
			}
		}
	}
	p.read = true
	p.result, p.diags = a.generator.Generate(ctx, p.files(), p.file(), p.known)
	if ctx.Err() != nil && !p.diags.HasErrors() {
		p.diags = append(p.diags, diag.Diagnostic{Code: disk.CodeStopped, Summary: "Stopped before anything was changed"})
	}
}

func (p *project) open(working string) diag.List {
	root, err := os.OpenRoot(p.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return diag.List{{
			Code: codeMissing, Summary: "no blueprint found: there is no folder " + p.shown("."),
			Detail: "Name a blueprint, or the folder that has a blueprint.yaml.",
		}}
	}
	if err != nil {
		return diag.List{{
			Code: disk.CodeUnreadable, Summary: "the folder " + p.shown(".") + " cannot be opened",
			Detail: rootCause(err) + ". Make it readable, and run again.",
		}}
	}
	p.checkout = openCheckout(root, p.target, working)
	p.dir, err = disk.Open(p.folder)
	return disk.Diagnose(err)
}

func (p *project) close() error {
	var errs []error
	if p.checkout != nil {
		errs = append(errs, p.checkout.close())
	}
	if p.dir != nil {
		errs = append(errs, p.dir.Close())
	}
	return errors.Join(errs...)
}

// want is what the blueprint wants of the disk.
func (p *project) want(o options) disk.Want {
	w := disk.Want{Blueprint: p.name, Generator: Version, MergedFrom: p.mergedFrom, Partial: len(o.environments) > 0}
	for _, c := range p.result.Configurations {
		s := c.Service
		facts := maps.Clone(c.Memory)
		maps.Copy(facts, p.facts(s))
		w.Trees = append(w.Trees, disk.Tree{
			Environment: s.Environment.V, Directory: c.Directory, Schemas: "aws " + c.AWS.Version().String(), ServiceHash: s.Hash(),
			Facts: facts, Origin: s.Terraform.Directory.Range, Files: c.Files,
		})
	}
	return w
}

// compare is the one comparison of wanted files, manifest and disk.
func (p *project) compare(o options) (*disk.Plan, diag.List) {
	plan, err := disk.Compare(p.reads(), p.manifest, p.want(o))
	return plan, disk.Diagnose(err)
}

// files is the repository, with standard input in it or the blueprint's new text, where there is one.
func (p *project) files() fs.FS {
	switch {
	case p.changed != nil:
		return p.checkout.with(p.name, p.changed)
	case p.stdin != nil:
		return p.checkout.with(stdinName, p.stdin)
	case p.recorder != nil:
		return p.recorder.Repository(p.checkout)
	default:
		return p.checkout
	}
}

// reads is the blueprint's folder, to be read.
func (p *project) reads() disk.Reads {
	if p.recorder != nil {
		return p.recorder.Folder(p.dir)
	}
	return p.dir
}

// file is the blueprint's name in files.
func (p *project) file() string { return p.checkout.inside(p.name) }

// shown is a name from the blueprint's folder as the user sees it; a base lies in another one.
func (p *project) shown(name string) string {
	if p.checkout != nil && strings.HasPrefix(name, "../") {
		return path.Join(p.checkout.prefix, name)
	}
	return p.target.shown(name)
}

// source returns the bytes of a file that a diagnostic points at, nil where there are none to show.
func (p *project) source(name string) []byte {
	switch {
	case name == stdinName:
		return p.stdin
	case name == p.name && p.changed != nil:
		return p.changed
	}
	if strings.HasPrefix(name, "../") && p.checkout != nil {
		if data, err := fs.ReadFile(p.checkout, p.checkout.inside(name)); err == nil {
			return data
		}
		return nil
	}
	if p.dir != nil && name != "" && name != "." {
		if data, err := p.dir.ReadFile(name); err == nil {
			return data
		}
	}
	for _, c := range p.result.Configurations {
		for _, f := range c.Files {
			if f.Path == path.Clean(name) {
				return f.Data
			}
		}
	}
	return nil
}
