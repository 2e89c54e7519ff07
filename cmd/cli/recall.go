package cli

import (
	"encoding/json"

	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/fleet"
	"bluegen/generator/trace"
)

// upToDate is what check finds of a blueprint when all is as it should be, and all that it remembers of it.
type upToDate struct {
	Trees    []upToDateTree
	Warnings diag.List `json:",omitempty"`
	// Bases are from the top of the repository.
	Bases    []string `json:",omitempty"`
	Services []fleet.Facts
}

// upToDateTree is an environment; the directory is the blueprint's word for it.
type upToDateTree struct {
	Environment, Directory string
	Files                  int
	Variables              []string `json:",omitempty"`
}

// recalls reports whether a verb may be answered from memory: it writes nothing, and finds the same wherever it reads the same.
func (o options) recalls() bool { return o.verb == "check" }

// recallKey names what is remembered of a blueprint. The build of bluegen has a folder of its own.
func (p *project) recallKey(o options) string {
	return trace.ID(append([]string{o.verb, p.folder, p.name, p.checkout.within}, o.environments...)...)
}

// recalled is what the last check found, where nothing of what it read has changed since.
func (a *app) recalled(p *project, o options) (found outcome, ok bool) {
	if !o.recalls() || o.fresh || p.diags != nil {
		return found, false
	}
	text, ok := a.records.Recall(p.recallKey(o), p.checkout, p.dir, p.checkout.within)
	var known upToDate
	if !ok || json.Unmarshal(text, &known) != nil {
		return found, false
	}
	p.result.Bases = known.Bases
	found.services, found.findings = known.Services, p.findings(known.Warnings)
	for _, t := range known.Trees {
		found.trees = append(found.trees, tree{
			directory: p.shown(t.Directory), environment: t.Environment, blueprint: p.argument(), variables: t.Variables,
			counts: map[disk.Action]int{disk.Unchanged: t.Files},
		})
	}
	return found, true
}

// remember keeps an outcome that says, warnings apart, nothing but that all is as it should be.
func (a *app) remember(p *project, o options, found outcome) {
	if p.recorder == nil || found.exit() != exitOK || len(found.changes) > 0 {
		return
	}
	known := upToDate{Bases: p.result.Bases, Services: found.services}
	for _, f := range found.findings {
		known.Warnings = append(known.Warnings, f.Diagnostic)
	}
	for i, c := range p.result.Configurations {
		known.Trees = append(known.Trees, upToDateTree{
			Environment: c.Service.Environment.V, Directory: c.Directory, Files: found.trees[i].counts[disk.Unchanged], Variables: c.Required,
		})
	}
	text, err := json.Marshal(known)
	if err != nil {
		return
	}
	if record, ok := p.recorder.Record(text); ok {
		a.records.Put(p.recallKey(o), record)
	}
}
