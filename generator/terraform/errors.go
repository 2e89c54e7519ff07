package terraform

import (
	"fmt"
	"strings"

	"bluegen/generator/diag"
)

// The codes of this package; each has a text in the catalogue.
const (
	// CodeNotFound: no terraform binary was found, nor could one be downloaded.
	CodeNotFound diag.Code = "BG4001"
	// CodeTooOld: the binary is older than Oldest.
	CodeTooOld diag.Code = "BG4002"
	// CodeUnservedProvider: the tree needs a provider that bluegen does not serve.
	CodeUnservedProvider diag.Code = "BG4003"
	// CodeUnservedType: the tree has a type that is not among those that bluegen serves.
	CodeUnservedType diag.Code = "BG4004"
	// CodeFailed: terraform could not be run, or ended without an answer.
	CodeFailed diag.Code = "BG4005"
	// CodeInvalid: terraform validate refuses the tree.
	CodeInvalid diag.Code = "BG4006"
	// CodeTestFailed: a run of terraform test failed.
	CodeTestFailed diag.Code = "BG4007"
	// CodeNotCopied: the tree cannot be copied whole, so it cannot be checked.
	CodeNotCopied diag.Code = "BG4008"
)

// Oldest is the first terraform release that knows all that is asked of it here, and all that bluegen writes.
const Oldest = "1.10.0"

// NotFoundError says that there is no terraform to run.
type NotFoundError struct {
	// Path is the one that was asked for, empty when all places were tried.
	Path string
	Err  error
}

// Error names the path, or the places that were tried.
func (e *NotFoundError) Error() string {
	if e.Path != "" {
		return fmt.Sprintf("terraform cannot be run at %s: %v", e.Path, e.Err)
	}
	return fmt.Sprintf("terraform was not found on PATH or in bluegen's cache, and could not be downloaded: %v", e.Err)
}

// Unwrap returns the cause.
func (e *NotFoundError) Unwrap() error { return e.Err }

// TooOldError says that the binary is older than Oldest.
type TooOldError struct{ Path, Version string }

// Error names the version found and the one needed.
func (e *TooOldError) Error() string {
	return fmt.Sprintf("terraform %s at %s is too old: %s or newer is needed", e.Version, e.Path, Oldest)
}

// UnservedProviderError lists providers that the tree needs and bluegen does not serve, as source addresses.
type UnservedProviderError struct{ Providers []string }

// Error names the providers.
func (e *UnservedProviderError) Error() string {
	return "bluegen serves hashicorp/aws and hashicorp/archive alone, the configuration also needs " + strings.Join(e.Providers, ", ")
}

// FailedError says that terraform ended without the answer that was asked for.
type FailedError struct {
	// Command is the verb: init, validate, test.
	Command string
	// Output is what terraform said, shortened.
	Output string
	Err    error
}

// Error names the verb and repeats what terraform said.
func (e *FailedError) Error() string {
	text := fmt.Sprintf("terraform %s failed: %v", e.Command, e.Err)
	if e.Output != "" {
		text += "\n" + e.Output
	}
	return text
}

// Unwrap returns the cause.
func (e *FailedError) Unwrap() error { return e.Err }

// CopyError says that a file of the tree cannot be copied.
type CopyError struct {
	// Name is slash-separated and relative to the tree.
	Name string
	Err  error
}

// Error names the file.
func (e *CopyError) Error() string { return fmt.Sprintf("%s cannot be copied: %v", e.Name, e.Err) }

// Unwrap returns the cause.
func (e *CopyError) Unwrap() error { return e.Err }
