package terraform

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
)

// Fate is what a plan does with a resource that a state has, or that it gets.
type Fate string

// The fates of a resource.
const (
	// Kept as it is, or moved to another address.
	Kept Fate = "no change"
	// Moved is kept at another address.
	Moved Fate = "move"
	// Updated in place.
	Updated Fate = "update in place"
	// Created newly.
	Created Fate = "create"
	// Revised is what Terraform calls a replacement, and is a new revision beside the old one.
	Revised Fate = "new revision"
	// Replaced is destroyed and created anew.
	Replaced Fate = "replace"
	// Destroyed for good.
	Destroyed Fate = "destroy"
	// Forgotten by the state, and left alone.
	Forgotten Fate = "forget"
)

// Loses reports whether something that was there is gone afterwards.
func (f Fate) Loses() bool { return f == Replaced || f == Destroyed }

// Step is one row of a plan.
type Step struct {
	// Address is the resource's in the new tree, Was the one in the old tree where it moved.
	Address, Was string
	Fate         Fate
	// Because names the arguments that replace it ("deployment_controller[0].type"), or says why Terraform destroys it.
	Because []string
}

// Plan is what becomes of a state that one tree left under another tree.
type Plan struct {
	// Steps are sorted by address; data sources are not among them.
	Steps []Step
	// Diagnostics say why there is no plan, or what terraform warns of; OfOld that they are about the old tree.
	Diagnostics []tfjson.Diagnostic
	OfOld       bool
}

// Rehearse has the real terraform apply one tree and plan another on the state that the first one left. Both are copies without
// backend, guards and conditions; their providers are served, and make nothing. The old tree is read with the provider versions
// that it asks for, the new one with those of the view. varFiles are absolute.
// Errors are those of Validate.
func (s *Session) Rehearse(ctx context.Context, old, now string, aws *schemas.View, varFiles ...string) (out *Plan, err error) {
	args := []string{"-input=false", "-no-color"}
	for _, file := range varFiles {
		args = append(args, "-var-file="+file)
	}
	before, err := s.stage(ctx, old, s.viewOf(old, aws))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, before.close()) }()
	if ds, err := before.apply(ctx, before.state(), args); err != nil || refused(ds) {
		return &Plan{Diagnostics: ds, OfOld: true}, err
	}
	after, err := s.stage(ctx, now, aws)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, after.close()) }()
	return after.plan(ctx, before.state(), args, aws)
}

// state is where a rehearsal's is, outside of the tree.
func (w *workspace) state() string { return filepath.Join(w.base, "rehearsal.tfstate") }

// stage copies a tree and makes it bare.
func (s *Session) stage(ctx context.Context, dir string, aws *schemas.View) (*workspace, error) {
	reattach, err := s.rehearsal(aws)
	if err != nil {
		return nil, err
	}
	w, err := s.copy(ctx, dir, reattach, true)
	if err != nil {
		return nil, err
	}
	if err := bare(w.tree()); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

// ready puts the state where the rehearsal has it, whatever backend the tree says, and runs init.
func (w *workspace) ready(ctx context.Context, state string) ([]tfjson.Diagnostic, error) {
	said, err := values(w.tree())
	if err != nil {
		return nil, err
	}
	w.env = append(w.env, said...)
	text := fmt.Sprintf("terraform {\n  backend \"local\" {\n    path = %q\n  }\n}\n", filepath.ToSlash(state))
	if err := os.WriteFile(filepath.Join(w.tree(), "zz_rehearsal_override.tf"), []byte(text), 0o644); err != nil {
		return nil, err
	}
	return w.prepare(ctx, "-backend=true")
}

// apply leaves a state; the diagnostics have an error where it does not.
func (w *workspace) apply(ctx context.Context, state string, args []string) ([]tfjson.Diagnostic, error) {
	if ds, err := w.ready(ctx, state); err != nil || ds != nil {
		return ds, err
	}
	applied := w.run(ctx, append([]string{"apply", "-json", "-auto-approve"}, args...)...)
	ds := complaints(lines(applied.stdout))
	if applied.err != nil && (ctx.Err() != nil || !refused(ds)) {
		return nil, applied.failed("apply")
	}
	return ds, nil
}

// plan returns the rows of the plan on a state.
func (w *workspace) plan(ctx context.Context, state string, args []string, aws *schemas.View) (*Plan, error) {
	if ds, err := w.ready(ctx, state); err != nil || ds != nil {
		return &Plan{Diagnostics: ds}, err
	}
	file := filepath.Join(w.base, "rehearsal.tfplan")
	planned := w.run(ctx, append([]string{"plan", "-json", "-refresh=false", "-out=" + file}, args...)...)
	ds := complaints(lines(planned.stdout))
	if refused(ds) && ctx.Err() == nil {
		return &Plan{Diagnostics: ds}, nil
	}
	if planned.err != nil {
		return nil, planned.failed("plan")
	}
	shown := w.run(ctx, "show", "-json", file)
	var document tfjson.Plan
	if err := json.Unmarshal(shown.stdout, &document); err != nil || shown.err != nil {
		return nil, shown.failed("show")
	}
	out := &Plan{Diagnostics: ds}
	for _, c := range document.ResourceChanges {
		if c.Mode == tfjson.ManagedResourceMode && c.Change != nil {
			out.Steps = append(out.Steps, stepOf(c, aws))
		}
	}
	slices.SortFunc(out.Steps, func(a, b Step) int { return cmp.Compare(a.Address, b.Address) })
	return out, nil
}

func stepOf(c *tfjson.ResourceChange, aws *schemas.View) Step {
	s := Step{Address: c.Address, Was: c.PreviousAddress}
	switch a := c.Change.Actions; {
	case a.Replace():
		s.Fate = Replaced
		if why, ok := aws.Revision(c.Type); ok {
			s.Fate, s.Because = Revised, []string{why}
			break
		}
		for _, path := range c.Change.ReplacePaths {
			s.Because = append(s.Because, written(path))
		}
		if len(s.Because) == 0 {
			s.Because = []string{strings.ReplaceAll(string(c.ActionReason), "_", " ")}
		}
		slices.Sort(s.Because)
	case a.Delete():
		s.Fate, s.Because = Destroyed, []string{"the new tree does not have it"}
	case a.Create():
		s.Fate = Created
	case a.Update():
		s.Fate = Updated
	case a.Forget():
		s.Fate = Forgotten
	case s.Was != "":
		s.Fate = Moved
	default:
		s.Fate = Kept
	}
	return s
}

// written is a path of a plan's document as Terraform writes it.
func written(path any) string {
	steps, ok := path.([]any)
	if !ok {
		return fmt.Sprint(path)
	}
	text := ""
	for _, step := range steps {
		if name, is := step.(string); is {
			text += "." + name
		} else {
			text += fmt.Sprintf("[%v]", step)
		}
	}
	return strings.TrimPrefix(text, ".")
}

// complaints are the diagnostics of a run that was asked for JSON.
func complaints(all []line) []tfjson.Diagnostic {
	var out []tfjson.Diagnostic
	for _, l := range all {
		if l.Diagnostic != nil {
			out = append(out, *l.Diagnostic)
		}
	}
	return out
}
