package cli

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"bluegen/generator"
	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/terraform"

	"golang.org/x/sync/errgroup"
)

// bench is what the runs of terraform of one command share.
type bench struct {
	proof
	ask  judge
	open func() (*terraform.Session, error)
	// directory is the folder of an environment's tree, and how to remove it where it was made for this.
	directory func(*project, generator.Configuration) (dir string, remove func() error, err error)
	// slots bounds the terraforms that run at once, over all blueprints.
	slots  chan struct{}
	status *status
}

// prove is validate and test: the schema's proof of the blueprint, then terraform's of the trees.
func (a *app) prove(ctx context.Context, args []string, o proof, ask judge) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	b, done := a.bench(ctx, o, ask)
	found, err := a.stream(ctx, args, o.options, func(ctx context.Context, p *project) outcome { return p.prove(ctx, b) },
		func(found outcome) { a.view(o.format).proven(found, o.verb) })
	err = done(err)
	a.code = found.exit()
	return err
}

// bench returns what the runs of terraform share, and what ends it: that joins an error with its own.
func (a *app) bench(ctx context.Context, o proof, ask judge) (b bench, done func(error) error) {
	b = bench{proof: o, ask: ask, directory: (*project).directory, slots: make(chan struct{}, o.workers), status: a.status}
	var session *terraform.Session
	b.open = sync.OnceValues(func() (*terraform.Session, error) {
		opened, err := terraform.Open(ctx, o.terraform)
		session = opened
		return opened, err
	})
	return b, func(err error) error {
		if session != nil {
			err = errors.Join(err, session.Close())
		}
		return err
	}
}

func (p *project) prove(ctx context.Context, b bench) outcome {
	diags := p.diags
	if p.stdin == nil && len(p.manifest.Sections) > 0 {
		plan, more := p.compare(b.options)
		diags = append(diags, more...)
		if more == nil && plan.OutOfDate() {
			diags = append(diags, stale(plan))
		}
	}
	found := outcome{findings: p.findings(diags)}
	found.add(p.judged(ctx, b))
	return found
}

// judged asks about every environment.
func (p *project) judged(ctx context.Context, b bench) outcome {
	return b.each(p.result.Configurations, func(c generator.Configuration) outcome { return p.tree(ctx, b, c) })
}

// each asks about configurations side by side, as many as there are slots; the outcome has them in their order.
func (b bench) each(of []generator.Configuration, ask func(generator.Configuration) outcome) outcome {
	parts := make([]outcome, len(of))
	var group errgroup.Group
	for i, c := range of {
		group.Go(func() error {
			b.slots <- struct{}{}
			defer func() { <-b.slots }()
			parts[i] = ask(c)
			return nil
		})
	}
	_ = group.Wait() // no part returns an error: it is a finding
	var found outcome
	for _, part := range parts {
		found.add(part)
	}
	return found
}

// tree asks about one environment: the files on disk, or the wanted ones where bluegen never wrote any.
func (p *project) tree(ctx context.Context, b bench, c generator.Configuration) outcome {
	t := tree{directory: p.shown(c.Directory), environment: c.Service.Environment.V, needs: c.Needs()}
	fail := func(err error) outcome {
		d := terraform.Diagnose(err)
		d.Environment = t.environment
		return outcome{findings: p.findings(diag.List{d})}
	}
	session, err := b.open()
	if err != nil {
		return fail(err)
	}
	dir, remove, err := b.directory(p, c)
	if err != nil {
		return fail(err)
	}
	b.status.show("terraform %s: %s", b.verb, t.directory)
	view := c.AWS
	if b.provider == "registry" {
		view = nil
	}
	v, err := b.ask(ctx, session, dir, view, origins(c))
	if err = errors.Join(err, remove()); err != nil {
		return fail(err)
	}
	for i := range v.diags {
		v.diags[i].Environment = t.environment
		below(&v.diags[i], c.Directory)
	}
	found := outcome{findings: p.findings(v.diags)}
	for _, r := range v.runs {
		if r.Status == terraform.Pass {
			t.passed++
		} else {
			t.failed++
		}
		found.runs = append(found.runs, testRun{Run: r, directory: t.directory, environment: t.environment})
	}
	found.trees = []tree{t}
	return found
}

// below turns names from the tree into names from the blueprint's folder. A diagnostic that was mapped back to the
// blueprint has its own place in Related.
func below(d *diag.Diagnostic, directory string) {
	if len(d.Related) > 0 {
		d.Related[0].Filename = path.Join(directory, d.Related[0].Filename)
	} else if d.Subject.Filename != "" {
		d.Subject.Filename = path.Join(directory, d.Subject.Filename)
	}
}

// directory returns the tree's folder, and how to remove it where it was made for this.
func (p *project) directory(c generator.Configuration) (dir string, remove func() error, err error) {
	remove = func() error { return nil }
	key := disk.Key{Blueprint: p.name, Environment: c.Service.Environment.V}
	if _, written := p.manifest.Sections[key]; written {
		if info, err := p.dir.Lstat(c.Directory); err == nil && info.IsDir() {
			return filepath.Join(p.folder, filepath.FromSlash(c.Directory)), remove, nil
		}
	}
	return wanted(c, nil)
}

// together is a new folder with the wanted files of an environment and those of the team beside them.
func (p *project) together(c generator.Configuration) (dir string, remove func() error, err error) {
	section := p.manifest.Sections[disk.Key{Blueprint: p.name, Environment: c.Service.Environment.V}]
	own := map[string][]byte{}
	ours := func(name string) bool { _, ok := section.Files[name]; return ok }
	folder := os.DirFS(p.folder)
	err = fs.WalkDir(folder, c.Directory, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // nothing was generated yet
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".terraform":
			return fs.SkipDir
		case !d.Type().IsRegular() || ours(name) || strings.Contains(d.Name(), ".tfstate"):
			return nil
		}
		own[name], err = fs.ReadFile(folder, name)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	return wanted(c, own)
}

// wanted writes an environment's files, and others, into a new folder.
func wanted(c generator.Configuration, others map[string][]byte) (dir string, remove func() error, err error) {
	dir, err = os.MkdirTemp("", "bluegen-wanted-")
	if err != nil {
		return "", nil, err
	}
	remove = func() error { return os.RemoveAll(dir) }
	all := maps.Clone(others)
	if all == nil {
		all = map[string][]byte{}
	}
	for _, f := range c.Files {
		all[f.Path] = f.Data
	}
	for path, data := range all {
		name := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(path, c.Directory+"/")))
		err = errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, data, 0o644))
		if err != nil {
			return "", nil, errors.Join(err, remove())
		}
	}
	return dir, remove, nil
}

func stale(plan *disk.Plan) diag.Diagnostic {
	n := 0
	for _, c := range plan.Changes {
		if c.Action != disk.Unchanged && c.Action != disk.Stray {
			n++
		}
	}
	return diag.Diagnostic{
		Code: codeStale, Severity: diag.Warning, Summary: "The disk differs from the blueprint in " + count(n, "file"),
		Detail: "What is on disk is judged all the same. bluegen check lists the files, bluegen generate writes them.",
	}
}
