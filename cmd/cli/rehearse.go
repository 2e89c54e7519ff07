package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"bluegen/generator"
	"bluegen/generator/diag"
	"bluegen/generator/terraform"

	"github.com/hashicorp/hcl/v2"
	tfjson "github.com/hashicorp/terraform-json"
)

const (
	// codeLost is a new tree that would destroy or replace what an old one made.
	codeLost diag.Code = "BG5045"
	// codeNoOldTree is a folder of --prove without a tree for an environment.
	codeNoOldTree diag.Code = "BG5046"
)

// rehearsal is what becomes of the state of an old tree.
type rehearsal struct {
	// directory is the new tree's and old the old one's, as they are shown.
	directory, old, environment string
	steps                       []terraform.Step
}

func (r rehearsal) lost() int {
	n := 0
	for _, s := range r.steps {
		if s.Fate.Loses() {
			n++
		}
	}
	return n
}

// rehearsed plans each environment's new files on the state that its old tree leaves.
func (a *app) rehearsed(ctx context.Context, p *project, b bench, o upgradeOptions) outcome {
	return b.each(p.result.Configurations, func(c generator.Configuration) outcome { return a.rehearse(ctx, p, b, c, o) })
}

func (a *app) rehearse(ctx context.Context, p *project, b bench, c generator.Configuration, o upgradeOptions) outcome {
	r := rehearsal{directory: p.shown(c.Directory), environment: c.Service.Environment.V}
	say := func(list ...diag.Diagnostic) outcome {
		for i := range list {
			list[i].Environment = r.environment
		}
		return outcome{findings: p.findings(list)}
	}
	old := ""
	for _, folder := range p.folders(a.absolute(o.old), c) {
		if found, err := filepath.Glob(filepath.Join(folder, "*.tf")); err == nil && len(found) > 0 {
			old = folder
			break
		}
	}
	if old == "" {
		return say(noOldTree(p.name, o.old, c))
	}
	r.old = a.named(old)
	session, err := b.open()
	if err != nil {
		return say(terraform.Diagnose(err))
	}
	now, remove, err := p.together(c)
	if err != nil {
		return say(terraform.Diagnose(err))
	}
	b.status.show("terraform plan: %s on the state of %s", r.directory, r.old)
	plan, err := session.Rehearse(ctx, old, now, c.AWS, o.varFiles...)
	if err = errors.Join(err, remove()); err != nil {
		return say(unrehearsed(err))
	}
	r.steps = plan.Steps
	found := say(complaints(plan, c, r)...)
	if n := r.lost(); n > 0 {
		found.add(say(lost(p.name, r, n)))
	}
	if r.steps != nil {
		found.rehearsals = []rehearsal{r}
	}
	return found
}

// unrehearsed says why there is no plan. The registry's providers, which validate would be sent to, would make things.
func unrehearsed(err error) diag.Diagnostic {
	d := terraform.Diagnose(err)
	if unserved := new(terraform.UnservedProviderError); errors.As(err, &unserved) {
		d.Detail = unserved.Error() + ". Any other would make things: prove copies of both trees without the files that need it."
	}
	return d
}

// complaints are the errors of a plan; what terraform only warns of is about the stand-ins.
func complaints(plan *terraform.Plan, c generator.Configuration, r rehearsal) diag.List {
	out := &tfjson.ValidateOutput{}
	for _, d := range plan.Diagnostics {
		if d.Severity == tfjson.DiagnosticSeverityError {
			out.Diagnostics = append(out.Diagnostics, d)
		}
	}
	if plan.OfOld {
		list := causes(terraform.Complaints(out, nil))
		for i := range list {
			list[i].Summary = "The old tree, " + r.old + ": " + list[i].Summary
			list[i].Subject = hcl.Range{} // the file is not below the blueprint
		}
		return list
	}
	list := causes(terraform.Complaints(out, origins(c)))
	for i := range list {
		below(&list[i], c.Directory)
	}
	return list
}

func lost(blueprint string, r rehearsal, n int) diag.Diagnostic {
	var rows strings.Builder
	for _, s := range r.steps {
		if s.Fate.Loses() {
			fmt.Fprintf(&rows, " %s: %s, %s\n", s.Address, s.Fate, because(s))
		}
	}
	return diag.Diagnostic{
		Code: codeLost, Subject: hcl.Range{Filename: blueprint},
		Summary: fmt.Sprintf("%s of %d would be destroyed or replaced on the state of %s", count(n, "resource"), len(r.steps), r.old),
		Detail: rows.String() + "Keep the name or the value that replaces it, or carry a resource that only has another address over with a `moved` block in a " +
			"file of your own. What must be replaced all the same is replaced by hand, one environment at a time.",
	}
}

func because(s terraform.Step) string {
	if s.Fate == terraform.Replaced {
		return "because of " + strings.Join(s.Because, ", ")
	}
	return strings.Join(s.Because, ", ")
}

func noOldTree(blueprint, old string, c generator.Configuration) diag.Diagnostic {
	which := "the tree"
	if e := c.Service.Environment.V; e != "" {
		which = "a tree of " + e
	}
	return diag.Diagnostic{
		Code: codeNoOldTree, Subject: hcl.Range{Filename: blueprint},
		Summary: fmt.Sprintf("%s does not have %s", old, which),
		Detail: fmt.Sprintf("--prove takes the folder of one environment's files (with -e), the folder that has one folder an environment, or an older checkout, in which they are in %s. "+
			"`git worktree add ../old TAG` makes one.", c.Directory),
	}
}

// named is an absolute path as the user would write it.
func (a *app) named(path string) string {
	if rel, err := filepath.Rel(a.io.Dir, path); err == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}
