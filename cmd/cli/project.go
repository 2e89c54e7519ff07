package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"time"

	"bluegen/generator"
	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/rollout"
)

// project is one blueprint, read and generated: what every verb starts from.
type project struct {
	target
	root     *os.Root
	dir      *disk.Dir
	manifest disk.Manifest
	result   *generator.Result
	diags    diag.List
	// changed is the blueprint's text that is about to be written, nil where it is what the disk holds.
	changed []byte
	// step is a rollout's history with the step that is about to be taken.
	step *rollout.History
}

// load opens the blueprint's folder, reads its manifest and generates. What is wrong is in diags; close is the caller's.
func (a *app) load(ctx context.Context, t target, o options) *project {
	p := &project{target: t, result: &generator.Result{}}
	if p.diags = p.open(); p.diags.HasErrors() {
		return p
	}
	was := map[string]string{}
	if t.stdin == nil {
		manifest, err := disk.ReadManifest(p.dir)
		if err != nil {
			p.diags = disk.Diagnose(err)
			return p
		}
		p.manifest = manifest
		for key, section := range manifest.Sections {
			if key.Blueprint == t.name {
				was[key.Environment] = remembered(section)
			}
		}
	}
	p.result, p.diags = a.generator.Generate(ctx, p.files(), t.name, generator.Options{Was: was, Environments: o.environments})
	if ctx.Err() != nil && !p.diags.HasErrors() {
		p.diags = append(p.diags, diag.Diagnostic{Code: disk.CodeStopped, Summary: "Stopped before anything was changed"})
	}
	return p
}

func (p *project) open() diag.List {
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
	p.root = root
	p.dir, err = disk.Open(p.folder)
	return disk.Diagnose(err)
}

func (p *project) close() error {
	var errs []error
	if p.root != nil {
		errs = append(errs, p.root.Close())
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
		w.Trees = append(w.Trees, disk.Tree{
			Environment: s.Environment.V, Directory: c.Directory, Schemas: "aws " + c.AWS.Version().String(), ServiceHash: s.Hash(),
			Facts: p.facts(s), Origin: s.Terraform.Directory.Range, Files: c.Files,
		})
	}
	return w
}

// compare is the one comparison of wanted files, manifest and disk.
func (p *project) compare(o options) (*disk.Plan, diag.List) {
	plan, err := disk.Compare(p.dir, p.manifest, p.want(o))
	return plan, disk.Diagnose(err)
}

// files is the blueprint's folder, with standard input in it where the blueprint came from there.
func (p *project) files() fs.FS {
	switch {
	case p.changed != nil:
		return withText{FS: p.root.FS(), name: p.name, text: p.changed}
	case p.stdin != nil:
		return withText{FS: p.root.FS(), name: stdinName, text: p.stdin}
	default:
		return p.root.FS()
	}
}

// source returns the bytes of a file that a diagnostic points at, nil where there are none to show.
func (p *project) source(name string) []byte {
	if name == stdinName {
		return p.stdin
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

// withText is a folder with a file in it, or in place of one, that is in memory: standard input, or a blueprint before it is written.
type withText struct {
	fs.FS
	name string
	text []byte
}

// Open opens the text by its name, else a file of the folder.
func (w withText) Open(name string) (fs.File, error) {
	if name == w.name {
		return w.file(), nil
	}
	return w.FS.Open(name)
}

// Stat follows links, as the folder does.
func (w withText) Stat(name string) (fs.FileInfo, error) {
	if name == w.name {
		return w.file(), nil
	}
	return fs.Stat(w.FS, name)
}

func (w withText) file() *textFile { return &textFile{Reader: bytes.NewReader(w.text), name: w.name} }

// textFile is a text as a file that was read already.
type textFile struct {
	*bytes.Reader
	name string
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *textFile) Close() error               { return nil }
func (f *textFile) Name() string               { return f.name }
func (f *textFile) Mode() fs.FileMode          { return 0o444 }
func (f *textFile) ModTime() time.Time         { return time.Time{} }
func (f *textFile) IsDir() bool                { return false }
func (f *textFile) Sys() any                   { return nil }
