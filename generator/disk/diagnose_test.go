package disk

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"time"

	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
)

// TestEveryCodeIsExplained: a code has a catalogue text, and at least one error of this package carries it.
func TestEveryCodeIsExplained(t *testing.T) {
	t.Parallel()
	conflict := func(c Change) error { return &ConflictError{Plan: &Plan{Changes: []Change{c}}} }
	moved := func(m Move) error { return &ConflictError{Plan: &Plan{want: Want{Blueprint: "b"}, Moves: []Move{m}}} }
	denied := &fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}
	carriers := map[diag.Code]error{
		CodeEdited:        conflict(Change{Path: "x", At: "x", Action: Conflict, Reason: Edited, New: []byte{}}),
		CodeInTheWay:      conflict(Change{Path: "x", At: "x", Action: Conflict, Reason: Unclaimed, New: []byte{}}),
		CodeLink:          conflict(Change{Path: "x/y", At: "x", Action: Conflict, Reason: Link}),
		CodeNotRegular:    conflict(Change{Path: "x", At: "x", Action: Conflict, Reason: NotRegular}),
		CodeTruncated:     truncated(hcl.Range{Filename: ManifestName}, "it ends too early"),
		CodeForeign:       foreign("it has no version"),
		CodeNewer:         newer("2"),
		CodeMergeConflict: mergeConflict(hcl.Range{Filename: ManifestName}),
		CodeOverlap:       overlapping(Tree{Directory: "a"}, Key{"b", ""}, "a", Key{"c", "d"}),
		CodeEscape:        escape("../x", "leaves the folder", hcl.Range{}),
		CodeUnwritable:    writing("x", denied),
		CodeLocked:        locked(time.Second),
		CodeInterrupted:   &ConflictError{Plan: &Plan{Interrupted: []Key{{"b", "production"}}}},
		CodeChanged:       changed("x"),
		CodeUnreadable:    reading("x", denied),
		CodeHalfway:       halfway([]string{"x"}, denied),
		CodeStopped:       stopped(errors.New("interrupt")),
		CodeMoved:         moved(Move{Kind: Moved}),
		CodeRenamed:       moved(Move{Kind: Renamed}),
		CodeRemoved:       moved(Move{Kind: Removed, From: Key{Blueprint: "c"}}),
		CodeOtherEngine:   moved(Move{Kind: OtherEngine}),
		CodeTakenOver:     moved(Move{Kind: TakenOver}),
		CodeMerged:        &ConflictError{Plan: &Plan{before: Manifest{Merged: true}}},
	}
	for code, err := range carriers {
		d := Diagnose(err)
		equal(t, "code", []diag.Code{code}, codes(err))
		if d[0].Summary == "" || strings.HasSuffix(d[0].Summary, ".") || !strings.HasSuffix(d[0].Detail, ".") {
			t.Errorf("%s: a summary has no full stop and a detail is sentences: %q %q", code, d[0].Summary, d[0].Detail)
		}
		if err.Error() == "" {
			t.Errorf("%s: no text for logs", code)
		}
		text, ok := diag.Explain(code)
		if !ok || !strings.HasPrefix(text, "# "+string(code)+": ") || !strings.Contains(text, "\n## What to do\n") {
			t.Errorf("%s has no text, or one of another shape", code)
		}
	}
	var explained int
	for _, code := range diag.Codes() {
		if code >= "BG3000" && code < "BG3050" { // those from BG3050 on are the command line's
			explained++
		}
	}
	equal(t, "texts without a code", len(carriers), explained)
}

func TestDiagnose(t *testing.T) {
	t.Parallel()
	if Diagnose(nil) != nil {
		t.Error("nothing wrong is no diagnostic")
	}
	equal(t, "unknown", []diag.Code{diag.Internal}, codes(errors.New("?")))
	equal(t, "wrapped", []diag.Code{CodeForeign}, codes(errors.Join(errors.New("first"), foreign("x"))))
}

// TestPlanDiagnostics: one for each thing in the way, with the environment; interruption is a warning before them.
func TestPlanDiagnostics(t *testing.T) {
	t.Parallel()
	production := Key{"blueprint.yaml", "production"}
	p := &Plan{Interrupted: []Key{production}, Changes: []Change{
		{Path: "a", At: "a", Action: Conflict, Reason: Edited, New: []byte{}, Owner: production},
		{Path: "b", At: "b", Action: Conflict, Reason: Edited, Owner: production},
		{Path: "c", At: "c", Action: Conflict, Reason: LineEndings, New: []byte{}},
		{Path: "d/x", At: "d", Action: Conflict, Reason: Link},
		{Path: "d/y", At: "d", Action: Conflict, Reason: Link},
		{Path: "e/x", At: "e", Action: Conflict, Reason: NotDirectory},
		{Path: "f", At: "f", Action: Conflict, Reason: TooLarge},
		{Path: "g", At: "g", Action: Update}, {Path: "h", At: "h", Action: Stray},
	}}
	got := p.Diagnostics()
	expected := diag.List{
		{Code: CodeInterrupted, Severity: diag.Warning, Summary: "The last run was interrupted", Subject: whole(ManifestName), Environment: "production"},
		{Code: CodeEdited, Summary: `"a" was edited since bluegen wrote it`, Subject: whole("a"), Environment: "production"},
		{Code: CodeEdited, Summary: `"b" was edited, and the blueprint does not want it any more`, Subject: whole("b"), Environment: "production"},
		{Code: CodeEdited, Summary: `The line endings of "c" were changed to CRLF`, Subject: whole("c")},
		{Code: CodeLink, Summary: `"d" is a symbolic link`, Subject: whole("d")},
		{Code: CodeNotRegular, Summary: `"e" is a file where a directory is needed`, Subject: whole("e")},
		{Code: CodeNotRegular, Summary: `"f" is too large to be a generated file`, Subject: whole("f")},
	}
	equal(t, "diagnostics", expected, got, cmpopts.IgnoreFields(diag.Diagnostic{}, "Detail"))
}

func TestOpen(t *testing.T) {
	t.Parallel()
	_, err := Open(t.TempDir() + "/missing")
	equal(t, "code", []diag.Code{CodeUnreadable}, codes(err))
	equal(t, "summary", "The blueprint's folder cannot be read", Diagnose(err)[0].Summary)
}

func TestWords(t *testing.T) {
	t.Parallel()
	for a := Unchanged; a <= Stray; a++ {
		if a.String() == "unknown" || a.String() == "" {
			t.Errorf("action %d has no word", a)
		}
	}
	for r := Missing; r <= TooLarge; r++ {
		if r.String() == "unknown" || r.String() == "" {
			t.Errorf("reason %d has no words", r)
		}
	}
	equal(t, "beyond", []string{"unknown", "unknown"}, []string{Action(99).String(), Reason(99).String()})
}
