package cli

import (
	"errors"

	"bluegen/generator"
)

// resolved prints what blueprints and their bases say together, with the place of every value.
func (a *app) resolved(args []string, o options) error {
	targets, err := a.targets(args, o)
	if err != nil {
		return err
	}
	var all outcome
	for _, t := range targets {
		p := &project{target: t, result: &generator.Result{}}
		diags := p.open(a.io.Dir)
		var text []byte
		if !diags.HasErrors() {
			text, diags = generator.Resolved(p.files(), p.file(), o.environments, p.shown)
		}
		all.findings = append(all.findings, p.findings(diags)...)
		if a.out.Len() > 0 && len(text) > 0 {
			a.out.WriteString("---\n")
		}
		a.out.Write(text)
		err = errors.Join(err, p.close())
	}
	a.style().diagnostics(&a.err, all.findings)
	a.code = all.exit()
	return err
}
