package parts

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// Found builds a diagnostic; the severity is an error until said otherwise.
func Found(code diag.Code, at hcl.Range, summary, detail string, related ...hcl.Range) diag.Diagnostic {
	return diag.Diagnostic{Code: code, Subject: at, Summary: summary, Detail: detail, Related: related}
}

// Warn is Found as a warning: the output is written.
func Warn(code diag.Code, at hcl.Range, summary, detail string, related ...hcl.Range) diag.Diagnostic {
	d := Found(code, at, summary, detail, related...)
	d.Severity = diag.Warning
	return d
}

// Said reports whether a leaf was written.
func Said[T any](at blueprint.At[T]) bool { return !at.Default && at.Range.Filename != "" }
