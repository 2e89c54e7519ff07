package terraform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
)

// Validate runs init and validate on a copy and writes nothing under dir. A nil view means the registry's providers, found as
// the user's own terraform configuration says. Paths in diagnostics are relative to dir.
// The error is about terraform, never about the configuration: a *FailedError, *TooOldError, *UnservedProviderError or *CopyError.
func (s *Session) Validate(ctx context.Context, dir string, aws *schemas.View) (out *tfjson.ValidateOutput, err error) {
	w, err := s.open(ctx, dir, aws)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	return w.validate(ctx)
}

func (w *workspace) validate(ctx context.Context) (*tfjson.ValidateOutput, error) {
	ds, err := w.prepare(ctx, "-backend=false")
	if err != nil {
		return nil, err
	}
	if ds != nil {
		return summarise(ds), nil
	}
	r := w.run(ctx, "validate", "-json", "-no-color")
	out := &tfjson.ValidateOutput{}
	if err := json.Unmarshal(r.stdout, out); err != nil || out.FormatVersion == "" || ctx.Err() != nil {
		return nil, r.failed("validate")
	}
	if w.served {
		explain(out.Diagnostics)
	}
	return out, nil
}

func summarise(ds []tfjson.Diagnostic) *tfjson.ValidateOutput {
	out := &tfjson.ValidateOutput{FormatVersion: "1.0", Diagnostics: ds}
	for _, d := range ds {
		switch d.Severity {
		case tfjson.DiagnosticSeverityError:
			out.ErrorCount++
		case tfjson.DiagnosticSeverityWarning:
			out.WarningCount++
		case tfjson.DiagnosticSeverityUnknown: // terraform says neither: it does not count
		}
	}
	out.Valid = out.ErrorCount == 0
	return out
}

// explain tells what terraform cannot know: that the provider it asked has only some of the types.
func explain(ds []tfjson.Diagnostic) {
	for i := range ds {
		if typ := unservedType(ds[i]); typ != "" {
			ds[i].Detail += fmt.Sprintf("\n\nbluegen serves only the types that it writes. If %s is a real one, check with the registry's provider: --provider registry.", typ)
		}
	}
}

// unservedType returns the type that a diagnostic says the provider does not have.
func unservedType(d tfjson.Diagnostic) string {
	m := regexp.MustCompile(`does not support (?:resource type|data source|ephemeral resource type) "([a-z0-9_]+)"`).FindStringSubmatch(d.Detail)
	if m == nil {
		return ""
	}
	return m[1]
}
