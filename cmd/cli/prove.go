package cli

import (
	"context"
	"errors"
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
	// slots bounds the terraforms that run at once, over all blueprints.
	slots  chan struct{}
	status *status
}

// prove is validate and test: the schema's proof of the blueprint, then terraform's of the trees.
func (a *app) prove(ctx context.Context, args []string, o proof, ask judge) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	b := bench{proof: o, ask: ask, slots: make(chan struct{}, o.workers), status: a.status}
	var session *terraform.Session
	b.open = sync.OnceValues(func() (*terraform.Session, error) {
		opened, err := terraform.Open(ctx, o.terraform)
		session = opened
		return opened, err
	})
	found, err := a.stream(ctx, args, o.options, func(ctx context.Context, p *project) outcome { return p.prove(ctx, b) },
		func(found outcome) { a.view(o.format).proven(found, o.verb) })
	if session != nil {
		err = errors.Join(err, session.Close())
	}
	a.code = found.exit()
	return err
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
	parts := make([]outcome, len(p.result.Configurations))
	var group errgroup.Group
	for i, c := range p.result.Configurations {
		group.Go(func() error {
			b.slots <- struct{}{}
			defer func() { <-b.slots }()
			parts[i] = p.tree(ctx, b, c)
			return nil
		})
	}
	_ = group.Wait() // no part returns an error: it is a finding
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
	dir, remove, err := p.directory(c)
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
	dir, err = os.MkdirTemp("", "bluegen-wanted-")
	if err != nil {
		return "", nil, err
	}
	remove = func() error { return os.RemoveAll(dir) }
	for _, f := range c.Files {
		name := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(f.Path, c.Directory+"/")))
		err = errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, f.Data, 0o644))
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
