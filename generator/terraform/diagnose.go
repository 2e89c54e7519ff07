package terraform

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
	tfjson "github.com/hashicorp/terraform-json"
)

// Origin returns the range of the blueprint that a block answers for. File is slash-separated and relative to the directory
// that was checked, address as references name the block (aws_lb.this, module.service, var.name).
type Origin func(file, address string) (hcl.Range, bool)

// Diagnose says in the user's words why a session gave no answer.
func Diagnose(err error) diag.Diagnostic {
	d := diag.Diagnostic{Code: CodeFailed, Summary: "terraform gave no answer", Detail: err.Error()}
	var (
		notFound *NotFoundError
		tooOld   *TooOldError
		unserved *UnservedProviderError
		failed   *FailedError
		copying  *CopyError
	)
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		d.Summary = "terraform was interrupted"
	case errors.As(err, &notFound):
		d.Code, d.Summary = CodeNotFound, "terraform was not found"
		d.Detail = notFound.Error() + ". Install terraform " + Oldest + " or newer, put it on PATH, or name it with --terraform PATH."
	case errors.As(err, &tooOld):
		d.Code, d.Summary = CodeTooOld, "terraform is too old"
		d.Detail = tooOld.Error() + ". Install a newer one, or name one with --terraform PATH."
	case errors.As(err, &unserved):
		d.Code, d.Summary = CodeUnservedProvider, "a provider is not served by bluegen"
		d.Detail = unserved.Error() + ". Check with the registry's providers: --provider registry."
	case errors.As(err, &failed):
		d.Summary = "terraform " + failed.Command + " gave no answer"
	case errors.As(err, &copying):
		d.Code, d.Summary = CodeNotCopied, "the configuration cannot be copied"
		d.Detail = copying.Error() + "."
	}
	return d
}

// Complaints are validate's diagnostics as bluegen's own, at the blueprint's line where a block has one, else at terraform's.
func Complaints(out *tfjson.ValidateOutput, origin Origin) diag.List {
	var list diag.List
	for _, d := range out.Diagnostics {
		code := CodeInvalid
		if unservedType(d) != "" {
			code = CodeUnservedType
		}
		list = append(list, complaint(code, d, origin))
	}
	return list
}

// FailedRuns are a test's diagnostics; each says which run of which file it came up in.
func FailedRuns(out *TestOutput, origin Origin) diag.List {
	var list diag.List
	for _, t := range out.Diagnostics {
		d := t.Diagnostic
		if t.Run != "" {
			d.Detail = strings.TrimSpace(fmt.Sprintf("%s\n\nRun %q of %s.", d.Detail, t.Run, t.File))
		}
		list = append(list, complaint(CodeTestFailed, d, origin))
	}
	return list
}

func complaint(code diag.Code, d tfjson.Diagnostic, origin Origin) diag.Diagnostic {
	out := diag.Diagnostic{Code: code, Severity: diag.Warning, Summary: d.Summary, Detail: d.Detail}
	if d.Severity == tfjson.DiagnosticSeverityError {
		out.Severity = diag.Error
	}
	if d.Range == nil {
		return out
	}
	there := hcl.Range{Filename: d.Range.Filename, Start: position(d.Range.Start), End: position(d.Range.End)}
	out.Subject = there
	if origin == nil {
		return out
	}
	if here, ok := origin(Place(d)); ok {
		out.Subject, out.Related = here, []hcl.Range{there}
	}
	return out
}

func position(p tfjson.Pos) hcl.Pos { return hcl.Pos{Line: p.Line, Column: p.Column, Byte: p.Byte} }

// Place returns the file and the address of the block that a diagnostic is about; each is empty where terraform does not say.
func Place(d tfjson.Diagnostic) (file, address string) {
	if d.Range != nil {
		file = d.Range.Filename
	}
	if d.Snippet != nil && d.Snippet.Context != nil {
		address = contextAddress(*d.Snippet.Context)
	}
	if address == "" {
		address = blockAddress(d.Address)
	}
	return file, address
}

// contextAddress turns a block's header, as a snippet has it, into its address.
func contextAddress(header string) string {
	m := regexp.MustCompile(`^([a-z_]+)((?: "[^"]*")*)`).FindStringSubmatch(header)
	if m == nil {
		return ""
	}
	parts := []string{m[1]}
	for _, label := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(m[2], -1) {
		parts = append(parts, label[1])
	}
	switch parts[0] {
	case "resource":
		parts = parts[1:]
	case "variable":
		parts[0] = "var"
	}
	return strings.Join(parts, ".")
}

// blockAddress drops the modules and the instance keys of a resource instance's address.
func blockAddress(address string) string {
	address = regexp.MustCompile(`\[[^\]]*\]`).ReplaceAllString(address, "")
	return regexp.MustCompile(`^(?:module\.[^.]+\.)+`).ReplaceAllString(address, "")
}
