package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"time"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// The codes of the disk.
const (
	// CodeEdited is a generated file that was edited.
	CodeEdited diag.Code = "BG3001"
	// CodeInTheWay is a file in the way that no manifest claims.
	CodeInTheWay diag.Code = "BG3002"
	// CodeLink is a symbolic link in the way.
	CodeLink diag.Code = "BG3003"
	// CodeNotRegular is a directory, pipe or device where a file is wanted, or a file where a directory is.
	CodeNotRegular diag.Code = "BG3004"
	// CodeTruncated is a manifest that ends too early or is not JSON.
	CodeTruncated diag.Code = "BG3005"
	// CodeForeign is a manifest that bluegen did not write.
	CodeForeign diag.Code = "BG3006"
	// CodeNewer is a manifest of a newer bluegen.
	CodeNewer diag.Code = "BG3007"
	// CodeMergeConflict is a manifest with both sides of a merge in it, of which one or both cannot be read.
	CodeMergeConflict diag.Code = "BG3008"
	// CodeOverlap is a directory that two sections write in.
	CodeOverlap diag.Code = "BG3009"
	// CodeEscape is a directory that leaves the blueprint's folder.
	CodeEscape diag.Code = "BG3010"
	// CodeUnwritable is a full or read-only disk, or a missing permission.
	CodeUnwritable diag.Code = "BG3011"
	// CodeLocked is another run that does not end.
	CodeLocked diag.Code = "BG3012"
	// CodeInterrupted is a run that was killed; a warning.
	CodeInterrupted diag.Code = "BG3013"
	// CodeChanged is a file that changed between the comparison and the write.
	CodeChanged diag.Code = "BG3014"
	// CodeUnreadable is a file or folder that cannot be read.
	CodeUnreadable diag.Code = "BG3015"
	// CodeHalfway is a failed write that could not be undone.
	CodeHalfway diag.Code = "BG3016"
	// CodeStopped is a run that was asked to end, and changed nothing.
	CodeStopped diag.Code = "BG3017"
	// CodeMoved is a configuration that moves to another directory; a warning, as all that follow.
	CodeMoved diag.Code = "BG3018"
	// CodeRenamed is an environment with another name.
	CodeRenamed diag.Code = "BG3019"
	// CodeRemoved is an environment or a blueprint that is gone.
	CodeRemoved diag.Code = "BG3020"
	// CodeOtherEngine is a configuration that another engine wrote before.
	CodeOtherEngine diag.Code = "BG3021"
	// CodeTakenOver is a blueprint whose file has another name.
	CodeTakenOver diag.Code = "BG3022"
	// CodeMerged is a manifest with both sides of a merge in it, and both were read.
	CodeMerged diag.Code = "BG3023"
)

// Error is what went wrong on the disk, in the user's words.
type Error struct {
	Code diag.Code
	// Path is slash-separated, from the blueprint's folder.
	Path            string
	Summary, Detail string
	// Subject has a file's name, and a line where there is one to point at.
	Subject hcl.Range
	// Err is the cause, nil where bluegen refused by itself.
	Err error
}

// Error is one line, for logs; users see Diagnose.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Summary + ": " + e.Err.Error()
	}
	return e.Summary
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ConflictError is a plan with conflicts that may not be passed over: nothing was written.
type ConflictError struct{ Plan *Plan }

// Error is one line, for logs; users see Diagnose.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("%d conflicts, nothing was written", len(e.Plan.Conflicts()))
}

// Diagnose turns an error of this package into what the user sees; nil for nil. An error of another package is an internal one.
func Diagnose(err error) diag.List {
	var known *Error
	var conflict *ConflictError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &conflict):
		return conflict.Plan.Diagnostics()
	case errors.As(err, &known):
		return diag.List{{Code: known.Code, Summary: known.Summary, Detail: known.Detail, Subject: known.Subject}}
	default:
		return diag.List{{Code: diag.Internal, Summary: "An unexpected error of the disk", Detail: err.Error()}}
	}
}

// whole is the subject of a diagnostic about a file as such: it has a name and no line.
func whole(name string) hcl.Range { return hcl.Range{Filename: name} }

func writing(name string, err error) error {
	return &Error{
		Code: CodeUnwritable, Path: name, Summary: quoted(name) + " cannot be written", Subject: whole(name), Err: err,
		Detail: cause(err) + " The tree is as it was before. " + remedy(err),
	}
}

func reading(name string, err error) error {
	return &Error{
		Code: CodeUnreadable, Path: name, Summary: quoted(name) + " cannot be read", Subject: whole(name), Err: err,
		Detail: cause(err) + " Nothing was written. Make it readable, or move it away, and run again.",
	}
}

func quoted(name string) string {
	if name == "." {
		return "The blueprint's folder"
	}
	return fmt.Sprintf("%q", name)
}

// cause leaves out the path and the system call, which the summary and the user do not need.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	text := err.Error()
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func remedy(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "The disk or the quota is full: make room and run again."
	case errors.Is(err, syscall.EROFS):
		return "The file system is read-only: mount it for writing, or run bluegen check, which writes nothing."
	case errors.Is(err, fs.ErrPermission):
		return "The user that runs bluegen has no permission: check who owns the folder."
	default:
		return "Mend it and run again."
	}
}

func locked(wait time.Duration) error {
	return &Error{
		Code: CodeLocked, Path: ".", Summary: "Another run of bluegen is writing in this folder", Subject: whole("."),
		Detail: fmt.Sprintf("It did not end within %s. Wait for it and run again; the lock ends with that process, there is no file to remove.", wait),
	}
}

func changed(name string) error {
	return &Error{
		Code: CodeChanged, Path: name, Summary: quoted(name) + " changed while bluegen was running", Subject: whole(name),
		Detail: "It is not what it was when it was compared, so nothing was written. Run again.",
	}
}

func stopped(err error) error {
	return &Error{
		Code: CodeStopped, Path: ".", Summary: "Stopped before anything was changed", Subject: whole("."), Err: err,
		Detail: "The run was asked to end while it was still preparing. The tree is as it was before.",
	}
}

func halfway(names []string, err error) error {
	return &Error{
		Code: CodeHalfway, Path: names[0], Summary: "The write stopped half way", Subject: whole(names[0]), Err: err,
		Detail: cause(err) + " It could not be undone for " + strings.Join(names, ", ") +
			". Every file is either the old or the new one, and the manifest knows which were meant. Mend the cause and run bluegen generate again: it goes on from here.",
	}
}

func internal(text string) error {
	return &Error{Code: diag.Internal, Summary: "The generator wants files that cannot be written together", Detail: text + "."}
}
