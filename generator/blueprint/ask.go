package blueprint

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"bluegen/generator/diag"
)

// A key is named by its path, such as deployment.strategy. The items of a list and the user's own keys have no part in it:
// deployment.hooks.kind, traffic.alb.production.priority. Which keys there are depends on the engine.

// Has reports whether an engine has a key.
func Has(engine, key string) bool {
	return key == "environments" || modelField(newPlanner(engine), key) != nil
}

// Choices lists the words that a key admits, in the model's order; nil where it takes other texts. For a mapping with keys of the
// user's it lists what each of them may hold that is a mapping itself: alb for traffic.
func Choices(engine, key string) []string {
	f := modelField(newPlanner(engine), key)
	if f == nil {
		return nil
	}
	if f.plan.shape != shapeEntries {
		return f.rules.enum
	}
	var out []string
	for _, of := range f.plan.elem.fields {
		if of.plan.shape == shapeObject {
			out = append(out, of.key)
		}
	}
	return out
}

// Default is what a key holds where it is not said; "" where that is nothing.
func Default(engine, key string) string {
	f := modelField(newPlanner(engine), key)
	if f == nil {
		return ""
	}
	return f.rules.fallback
}

// Complaint holds a text against the rules of its key as Load does; nil where it is admitted. It has no place.
func Complaint(engine, key, text string) *diag.Diagnostic {
	d := &decoder{plans: newPlanner(engine), checks: patterns()}
	if key == "environments" {
		if complaint := d.check("environment", text); complaint != "" {
			return &diag.Diagnostic{Code: codeEnvironment, Summary: fmt.Sprintf("%s cannot be the name of an environment", quote(text)), Detail: complaint}
		}
		return nil
	}
	f := modelField(d.plans, key)
	if f == nil || leafOf(f.plan) == nil {
		return &diag.Diagnostic{Code: diag.Internal, Summary: fmt.Sprintf("no key of the blueprint holds a text at %s", quote(key))}
	}
	d.scalar(&node{form: scalar, text: text, plain: true}, leafOf(f.plan).scalar, &f.rules, f.key)
	if len(d.diags) == 0 {
		return nil
	}
	return &d.diags[0]
}

// leafOf is what a single text of the plan is, nil where it takes none.
func leafOf(p *plan) *plan {
	switch p.shape {
	case shapeLeaf, shapeValue:
		return p
	case shapeList:
		return leafOf(p.elem)
	default:
		return nil
	}
}

// modelField walks the model; nil where it has no such key.
func modelField(plans planner, key string) *field {
	p, err := plans.of(reflect.TypeFor[Service]())
	var f *field
	for part := range strings.SplitSeq(key, ".") {
		for err == nil && slices.Contains([]shape{shapeList, shapeEntries}, p.shape) {
			p = p.elem
		}
		if err != nil || p.shape != shapeObject {
			return nil
		}
		if f = p.field(part); f == nil {
			return nil
		}
		p = f.plan
	}
	return f
}
