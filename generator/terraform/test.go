package terraform

import (
	"context"
	"errors"

	"bluegen/schemas"

	tfjson "github.com/hashicorp/terraform-json"
)

// Status is how a run of a test ended, in terraform's words.
type Status string

// The four ends of a run.
const (
	Pass  Status = "pass"
	Fail  Status = "fail"
	Error Status = "error"
	Skip  Status = "skip"
)

// Run is one run block of one test file.
type Run struct {
	// File is slash-separated and relative to the directory, Name the run's label.
	File, Name string
	Status     Status
}

// TestDiagnostic is a diagnostic and the run that it came up in; both are empty when it belongs to none.
type TestDiagnostic struct {
	File, Run string
	tfjson.Diagnostic
}

// TestOutput is what terraform test said of a tree.
type TestOutput struct {
	Passed, Failed, Errored, Skipped int
	// Runs are in terraform's order.
	Runs        []Run
	Diagnostics []TestDiagnostic
}

// OK reports whether every run passed and nothing else went wrong. A tree without tests is fine.
func (o *TestOutput) OK() bool {
	for _, d := range o.Diagnostics {
		if d.Severity == tfjson.DiagnosticSeverityError {
			return false
		}
	}
	return o.Failed == 0 && o.Errored == 0 && o.Skipped == 0
}

// runLine is a line of type test_run; progress tells its end from its beginning.
type runLine struct {
	Path     string `json:"path"`
	Run      string `json:"run"`
	Progress string `json:"progress"`
	Status   Status `json:"status"`
}

// summaryLine is the last line of a whole run.
type summaryLine struct {
	Status                           Status `json:"status"`
	Passed, Failed, Errored, Skipped int
}

// Test runs init and terraform test on a copy of dir, under the same terms as Validate.
func (s *Session) Test(ctx context.Context, dir string, aws *schemas.View) (out *TestOutput, err error) {
	w, err := s.open(ctx, dir, aws)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	ds, err := w.prepare(ctx, "-backend=false")
	if err != nil {
		return nil, err
	}
	if ds != nil {
		return aborted(ds), nil
	}
	r := w.run(ctx, "test", "-json", "-no-color")
	out = decodeTest(lines(r.stdout))
	if ctx.Err() != nil || (r.err != nil && out.OK()) {
		return nil, r.failed("test")
	}
	return out, nil
}

// aborted is the output of a tree that init refuses: nothing ran.
func aborted(ds []tfjson.Diagnostic) *TestOutput {
	out := &TestOutput{}
	for _, d := range ds {
		out.Diagnostics = append(out.Diagnostics, TestDiagnostic{Diagnostic: d})
	}
	return out
}

func decodeTest(all []line) *TestOutput {
	out := &TestOutput{}
	for _, l := range all {
		switch {
		case l.Diagnostic != nil:
			out.Diagnostics = append(out.Diagnostics, TestDiagnostic{File: l.TestFile, Run: l.TestRun, Diagnostic: *l.Diagnostic})
		case l.Run != nil && (l.Run.Progress == "complete" || l.Run.Progress == ""):
			out.Runs = append(out.Runs, Run{File: l.Run.Path, Name: l.Run.Run, Status: l.Run.Status})
		case l.Summary != nil:
			out.Passed, out.Failed, out.Errored, out.Skipped = l.Summary.Passed, l.Summary.Failed, l.Summary.Errored, l.Summary.Skipped
		}
	}
	return out
}
