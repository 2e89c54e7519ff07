// Package diag holds what every stage returns beside its value: diagnostics with a stable code, the place that said it, what is wrong and what to do.
package diag

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// Code is stable for ever ("BG1203"); its text lives in catalogue/BG1203.md.
//
// The first digit names the stage: 1 reading the blueprint, 2 the ECS engine's rules, 3 the disk, 4 terraform, 9 a mistake of bluegen's own.
type Code string

// Internal marks a mistake of bluegen's that reached the user: nothing is written, the exit code is 1.
const Internal Code = "BG9001"

// Severity of a diagnostic.
type Severity uint8

// Error refuses the output, Warning does not, Notice tells what a default has decided.
const (
	Error Severity = iota
	Warning
	Notice
)

// String is the word that the text and the JSON view print.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Notice:
		return "notice"
	default:
		return "unknown"
	}
}

// Diagnostic says what is wrong, where it was written, and what to do.
type Diagnostic struct {
	Code     Code
	Severity Severity
	// Summary is one line without a full stop: what is wrong, in the domain's words.
	Summary string
	// Detail is whole sentences: why, and what to do.
	Detail string
	// Subject is the place in the blueprint; zero only for "no blueprint found" and internal errors.
	Subject hcl.Range
	// Related are the other rule, the pin, the layer that said it first.
	Related []hcl.Range
	// Environment is the one that the diagnostic was found in, empty when it holds for all.
	Environment string
}

// List is nil when all is well.
type List []Diagnostic

// HasErrors reports whether any diagnostic is an Error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sorted orders by file, position, code and text, and drops equals: a base is decoded once an environment,
// and what every environment says is said once, without a name.
func (l List) Sorted() List {
	if len(l) == 0 {
		return nil
	}
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, compare)
	out := sorted[:1]
	for _, d := range sorted[1:] {
		last := &out[len(out)-1]
		if !same(*last, d) {
			out = append(out, d)
			continue
		}
		if last.Environment != d.Environment {
			last.Environment = ""
		}
	}
	return slices.Clip(out)
}

// Without drops the warnings and notices whose code is listed; an error cannot be silenced.
func (l List) Without(codes ...Code) List {
	var out List
	for _, d := range l {
		if d.Severity == Error || !slices.Contains(codes, d.Code) {
			out = append(out, d)
		}
	}
	return out
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Subject.Filename, b.Subject.Filename),
		cmp.Compare(a.Subject.Start.Line, b.Subject.Start.Line),
		cmp.Compare(a.Subject.Start.Column, b.Subject.Start.Column),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Summary, b.Summary),
		cmp.Compare(a.Detail, b.Detail),
	)
}

func same(a, b Diagnostic) bool {
	return a.Code == b.Code && a.Severity == b.Severity && a.Summary == b.Summary && a.Detail == b.Detail && a.Subject == b.Subject
}
