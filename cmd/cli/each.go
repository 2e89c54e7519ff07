package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"bluegen/generator/diag"
	"bluegen/generator/fleet"
	"bluegen/generator/trace"
)

// stream runs a verb over every target, at most workers at once, and shows what each found in the order of the targets: nothing
// depends on which was ready first. What was shown is dropped, so that a fleet of thousands costs no more than a few services; what
// the exit code is made of is returned.
func (a *app) stream(ctx context.Context, args []string, o options, verb func(context.Context, *project) outcome, show func(outcome)) (outcome, error) {
	a.format = o.format
	targets, err := a.targets(args, o)
	if err != nil {
		found := outcome{broken: true}
		show(found)
		return found, err
	}
	r := newReport(a, o, len(targets), show)
	a.status.begin(len(targets))
	ordered(targets, o.workers, func(t target) worked {
		if len(targets) > 1 {
			a.status.show("%s %s", o.verb, t.shown(t.name))
		}
		defer a.status.done()
		return a.work(ctx, t, o, verb)
	}, func(w worked) {
		err = errors.Join(err, w.err)
		w.found.broken = w.found.broken || w.err != nil
		r.take(w.found)
	})
	a.status.clear()
	return r.finish(), err
}

// worked is what came of one target.
type worked struct {
	found outcome
	err   error
}

// work reads one blueprint, and runs the verb over it where it is right; or says what an earlier run has found, where nothing has changed.
func (a *app) work(ctx context.Context, t target, o options, verb func(context.Context, *project) outcome) worked {
	p := a.open(t)
	found, ok := a.recalled(p, o)
	if !ok {
		found = a.workedOut(ctx, p, o, verb)
	}
	found = found.judged(o.strict)
	found.blueprint, found.unnamed, found.shown = p.shown(p.name), p.result.Unnamed, p.shown
	for _, base := range p.result.Bases {
		found.bases = append(found.bases, filepath.Join(p.checkout.top.Name(), filepath.FromSlash(base)))
	}
	return worked{found, p.close()}
}

// workedOut is what a verb finds when it reads and generates all anew.
func (a *app) workedOut(ctx context.Context, p *project, o options, verb func(context.Context, *project) outcome) (found outcome) {
	if o.recalls() {
		p.recorder = trace.NewRecorder()
	}
	a.read(ctx, p, o)
	if o.verb != "generate" {
		p.diags = slices.DeleteFunc(p.diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Notice })
	}
	if p.diags.HasErrors() && !p.mends(o) {
		found = outcome{findings: p.findings(p.diags)}
	} else {
		found = verb(ctx, p)
	}
	for _, c := range p.result.Configurations {
		found.services = append(found.services, fleet.Of(c.Service, c.Claims))
	}
	a.remember(p, o, found)
	return found
}

// ordered works on items, at most n at once, and takes the results in the order of the items. No more than a few results wait for
// their turn, however many items there are.
func ordered[T, R any](items []T, n int, work func(T) R, take func(R)) {
	queue := make(chan chan R, n)
	slots := make(chan struct{}, n)
	go func() {
		defer close(queue)
		for _, item := range items {
			result := make(chan R, 1)
			queue <- result
			slots <- struct{}{}
			go func() {
				defer func() { <-slots }()
				result <- work(item)
			}()
		}
	}()
	for result := range queue {
		take(<-result)
	}
}
