package terraform

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	tfjson "github.com/hashicorp/terraform-json"
)

func TestDiagnose(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err           error
		code          diag.Code
		summary, says string
	}{
		"not found":     {&NotFoundError{Err: errors.New("no such host")}, CodeNotFound, "terraform was not found", "was not found on PATH"},
		"not at a path": {&NotFoundError{Path: "/x", Err: errors.New("is a directory")}, CodeNotFound, "terraform was not found", "cannot be run at /x: is a directory"},
		"too old":       {&TooOldError{Path: "/x", Version: "1.5.7"}, CodeTooOld, "terraform is too old", "terraform 1.5.7 at /x"},
		"unserved":      {&UnservedProviderError{Providers: []string{"a/b/c", "hashicorp/random"}}, CodeUnservedProvider, "a provider is not served by bluegen", "a/b/c, hashicorp/random. Check with the registry's providers: --provider registry."},
		"failed":        {&FailedError{Command: "init", Output: "boom", Err: errors.New("exit status 2")}, CodeFailed, "terraform init gave no answer", "boom"},
		"interrupted":   {&FailedError{Command: "init", Err: context.Canceled}, CodeFailed, "terraform was interrupted", ""},
		"not copied":    {&CopyError{Name: "a/link", Err: errLeaves}, CodeNotCopied, "the configuration cannot be copied", "a/link"},
		"anything else": {errors.New("disk full"), CodeFailed, "terraform gave no answer", "disk full"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := Diagnose(fmt.Errorf("wrapped: %w", tt.err))
			if d.Code != tt.code || d.Severity != diag.Error || d.Summary != tt.summary || !strings.Contains(d.Detail, tt.says) {
				t.Errorf("%+v", d)
			}
		})
	}
}

func TestEveryCodeIsExplained(t *testing.T) {
	t.Parallel()
	for _, code := range []diag.Code{CodeNotFound, CodeTooOld, CodeUnservedProvider, CodeUnservedType, CodeFailed, CodeInvalid, CodeTestFailed, CodeNotCopied} {
		if text, ok := diag.Explain(code); !ok || !strings.HasPrefix(text, "# "+string(code)+": ") || !strings.Contains(text, "## What to do") {
			t.Errorf("%s has no text", code)
		}
	}
}

func at(file string, line int, context string) tfjson.Diagnostic {
	return tfjson.Diagnostic{
		Severity: tfjson.DiagnosticSeverityError, Summary: "Bad", Detail: "Worse.",
		Range:   &tfjson.Range{Filename: file, Start: tfjson.Pos{Line: line, Column: 3, Byte: 10}, End: tfjson.Pos{Line: line, Column: 5, Byte: 12}},
		Snippet: &tfjson.DiagnosticSnippet{Context: &context},
	}
}

func TestComplaints(t *testing.T) {
	t.Parallel()
	here := hcl.Range{Filename: "blueprint.yaml", Start: hcl.Pos{Line: 7, Column: 3}, End: hcl.Pos{Line: 7, Column: 9}}
	there := func(file string) hcl.Range {
		return hcl.Range{Filename: file, Start: hcl.Pos{Line: 4, Column: 3, Byte: 10}, End: hcl.Pos{Line: 4, Column: 5, Byte: 12}}
	}
	origin := func(file, address string) (hcl.Range, bool) {
		return here, file == "modules/x/main.tf" && address == "aws_lb.this"
	}
	unserved := at("mine.tf", 4, `resource "aws_foo" "x"`)
	unserved.Detail = `The provider hashicorp/aws does not support resource type "aws_foo".`
	bare := tfjson.Diagnostic{Severity: tfjson.DiagnosticSeverityWarning, Summary: "Old", Detail: "Very."}
	got := Complaints(&tfjson.ValidateOutput{Diagnostics: []tfjson.Diagnostic{
		at("modules/x/main.tf", 4, `resource "aws_lb" "this"`), at("mine.tf", 4, `resource "aws_lb" "this"`), unserved, bare,
	}}, origin)
	want := diag.List{
		{Code: CodeInvalid, Summary: "Bad", Detail: "Worse.", Subject: here, Related: []hcl.Range{there("modules/x/main.tf")}},
		{Code: CodeInvalid, Summary: "Bad", Detail: "Worse.", Subject: there("mine.tf")},
		{Code: CodeUnservedType, Summary: "Bad", Detail: unserved.Detail, Subject: there("mine.tf")},
		{Code: CodeInvalid, Severity: diag.Warning, Summary: "Old", Detail: "Very."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	tested := FailedRuns(&TestOutput{Diagnostics: []TestDiagnostic{{File: "tests/a.tftest.hcl", Run: "x", Diagnostic: at("tests/a.tftest.hcl", 4, `run "x"`)}}}, origin)
	if diff := cmp.Diff(diag.List{{Code: CodeTestFailed, Summary: "Bad", Detail: "Worse.\n\nRun \"x\" of tests/a.tftest.hcl.", Subject: there("tests/a.tftest.hcl")}}, tested); diff != "" {
		t.Error(diff)
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	for context, want := range map[string]string{
		`resource "aws_lb" "this"`: "aws_lb.this", `data "aws_partition" "current"`: "data.aws_partition.current", `variable "name"`: "var.name",
		`module "service"`: "module.service", `output "arn"`: "output.arn", `provider "aws"`: "provider.aws", `run "x"`: "run.x", `terraform`: "terraform", ``: "",
	} {
		if file, address := Place(at("main.tf", 1, context)); file != "main.tf" || address != want {
			t.Errorf("%s: got %s %s, want %s", context, file, address, want)
		}
	}
	for address, want := range map[string]string{
		"aws_lb.this": "aws_lb.this", "module.a.module.b[\"k.l\"].aws_lb.this[0]": "aws_lb.this", "module.a.data.aws_partition.current": "data.aws_partition.current",
	} {
		if file, got := Place(tfjson.Diagnostic{Address: address}); file != "" || got != want {
			t.Errorf("%s: got %s %s, want %s", address, file, got, want)
		}
	}
}

func TestDecodeTest(t *testing.T) {
	t.Parallel()
	// As terraform 1.11 prints it, and one line as 1.6 to 1.9 do, without progress.
	out := decodeTest(lines([]byte(`There are some problems with the CLI configuration:
{"type":"version","terraform":"1.11.4"}
{"type":"test_run","test_run":{"path":"tests/a.tftest.hcl","run":"ok","progress":"starting","elapsed":0}}
{"type":"test_run","test_run":{"path":"tests/a.tftest.hcl","run":"ok","progress":"running","elapsed":2000}}
{"type":"test_run","test_run":{"path":"tests/a.tftest.hcl","run":"ok","progress":"complete","status":"pass"}}
{"type":"test_run","test_run":{"path":"tests/a.tftest.hcl","run":"bad","status":"fail"}}
{"type":"diagnostic","@testfile":"tests/a.tftest.hcl","@testrun":"bad","diagnostic":{"severity":"error","summary":"Test assertion failed","detail":"x should be 2"}}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"Old"}}
{"type":"test_summary","test_summary":{"status":"error","passed":1,"failed":1,"errored":3,"skipped":4}}
`)))
	want := &TestOutput{
		Passed: 1, Failed: 1, Errored: 3, Skipped: 4,
		Runs: []Run{{"tests/a.tftest.hcl", "ok", Pass}, {"tests/a.tftest.hcl", "bad", Fail}},
		Diagnostics: []TestDiagnostic{
			{File: "tests/a.tftest.hcl", Run: "bad", Diagnostic: tfjson.Diagnostic{Severity: "error", Summary: "Test assertion failed", Detail: "x should be 2"}},
			{Diagnostic: tfjson.Diagnostic{Severity: "warning", Summary: "Old"}},
		},
	}
	if diff := cmp.Diff(want, out); diff != "" {
		t.Error(diff)
	}
	for name, tt := range map[string]struct {
		out  TestOutput
		want bool
	}{
		"none":    {TestOutput{}, true},
		"passed":  {TestOutput{Passed: 1}, true},
		"failed":  {TestOutput{Passed: 1, Failed: 1}, false},
		"errored": {TestOutput{Errored: 1}, false},
		"skipped": {TestOutput{Skipped: 1}, false},
		"warning": {TestOutput{Diagnostics: []TestDiagnostic{{Diagnostic: tfjson.Diagnostic{Severity: "warning"}}}}, true},
		"error":   {TestOutput{Diagnostics: []TestDiagnostic{{Diagnostic: tfjson.Diagnostic{Severity: "error"}}}}, false},
	} {
		if got := tt.out.OK(); got != tt.want {
			t.Errorf("%s: OK is %v", name, got)
		}
	}
}
