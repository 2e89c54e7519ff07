// Package disk compares wanted files with the manifest and a directory, and is the only writer of a user's tree.
//
// The order of a write, and what each step is good for:
//
//  1. The folder of the blueprint is locked (flock on the folder itself: no lock file stays behind), the manifest is read
//     again, and whatever changed since the comparison is compared again or refused.
//  2. The manifest is replaced by one that also records the intended hashes. From here on a run that is killed is
//     recognised as interrupted, and neither its files nor its temporary files are mistaken for somebody's work.
//  3. Every new file, and the final manifest, is written beside its place under a temporary name.
//     A full disk, a missing permission or a SIGINT up to here removes them and restores the manifest: the old tree.
//  4. The temporary files are renamed over the old ones, files that are no longer wanted are removed, and the final
//     manifest is renamed last. This part is short and is not cut off by a signal that a program can handle; an error
//     in it is undone from memory.
//
// So after SIGKILL at any moment every file is old or new, and the next run converges.
//
// Fsync policy: the manifest with the intent and every temporary file are synced before the first rename, the
// directories after the last one and before the final manifest. A loss of power therefore has the same outcomes as
// SIGKILL. All files are written first and synced together, several at a time, which lets the file system put them into few commits
// (BenchmarkApply reports the cost beside that of the same run without it).
package disk

import (
	"context"
	"io/fs"
)

// Reads is what comparing needs of a folder. Names are slash-separated, relative to the folder of the blueprint, and never leave it.
// Errors are those of package os: errors.Is finds fs.ErrNotExist.
type Reads interface {
	Lstat(name string) (fs.FileInfo, error)
	// ReadDir lists a directory, sorted by name.
	ReadDir(name string) ([]fs.DirEntry, error)
	// ReadFile reads a regular file of at most 64 MiB; anything else is an error, a link to one included.
	ReadFile(name string) ([]byte, error)
}

// FS is what disk needs of a folder, so that tests can fail or stop at every call.
type FS interface {
	Reads
	// Mkdir makes one level.
	Mkdir(name string, perm fs.FileMode) error
	// Create writes a file that must not be there yet. After an error other than fs.ErrExist part of it may be there.
	Create(name string, data []byte, perm fs.FileMode) error
	// Sync brings files or directories to the disk, in any order and several at once. The error is a *fs.PathError of the name
	// that failed; what became of the others is not known then.
	Sync(names ...string) error
	// Rename replaces to; a link at to is replaced, not followed.
	Rename(from, to string) error
	// Remove takes away one file, link or empty directory.
	Remove(name string) error
	// Lock waits until no other run writes in the folder, or ctx ends.
	Lock(ctx context.Context) (unlock func(), err error)
}

// Action is what a run would do to a path.
type Action uint8

// The six answers of the one comparison.
const (
	// Unchanged has the wanted bytes already, whoever wrote them.
	Unchanged Action = iota
	// Create is wanted and not there.
	Create
	// Update is as bluegen left it, and other bytes are wanted.
	Update
	// Delete is as bluegen left it, and no longer wanted.
	Delete
	// Conflict is edited, or in the way and not bluegen's. It stops the run before anything is written.
	Conflict
	// Stray is somebody else's file beside ours: listed and left.
	Stray
)

// String is the word that text and JSON views print.
func (a Action) String() string {
	words := [...]string{"unchanged", "create", "update", "delete", "conflict", "stray"}
	if int(a) < len(words) {
		return words[a]
	}
	return "unknown"
}

// Reason says why a path got its action where the action alone does not.
type Reason uint8

// The reasons. Those from Link on cannot be forced: what is in the way is not a file that bluegen could give back.
const (
	NoReason Reason = iota
	// Missing was written by bluegen and is gone: it is created again.
	Missing
	// Adopted has the wanted bytes, but the manifest did not know it, or knew other ones.
	Adopted
	// Edited was written by bluegen and changed since.
	Edited
	// LineEndings was written by bluegen and differs only by CRLF, as after a checkout with git's autocrlf.
	LineEndings
	// Unclaimed is a file in the way that no manifest claims.
	Unclaimed
	// Link is a symbolic link in the way, or above the wanted path. It is never followed.
	Link
	// NotRegular is a directory, pipe, socket or device in the way.
	NotRegular
	// NotDirectory is a file where a directory is needed.
	NotDirectory
	// TooLarge is a file in the way that is larger than anything bluegen writes; it is not even read.
	TooLarge
)

// String completes "path: ".
func (r Reason) String() string {
	words := [...]string{
		"", "written by bluegen and gone", "has the wanted content already", "edited since bluegen wrote it",
		"differs only in its line endings (CRLF)", "in the way and not bluegen's", "a link is in the way",
		"not a regular file", "a file stands where a directory is needed", "too large to be compared",
	}
	if int(r) < len(words) {
		return words[r]
	}
	return "unknown"
}

// Change is one row of the comparison.
type Change struct {
	// Path is slash-separated, relative to the blueprint's folder.
	Path   string
	Action Action
	Reason Reason
	// At is what is in the way of a Conflict: Path itself, or the link or file above it.
	At string
	// Old is what the disk holds, New what is wanted; nil when there is nothing, or nothing that can be read.
	Old, New []byte
	// Wrote is what bluegen wrote there last, of a file that was edited since; nil where only its hash, WroteSHA256, is known.
	Wrote       []byte
	WroteSHA256 string
	// Origin is what made New, as the manifest records it.
	Origin string
	// Owner is the section of the manifest that the path belongs to.
	Owner Key
}

// Forceable reports whether --force may take the wanted bytes over what is there.
func (c Change) Forceable() bool { return c.Action == Conflict && c.Reason < Link }

// WroteIs reports whether data is what bluegen wrote last where Wrote is nil: the hash is all that the manifest keeps.
func (c Change) WroteIs(data []byte) bool { return hash(data) == c.WroteSHA256 }

// effective is the action once the user said --force.
func (c Change) effective() Action {
	switch {
	case c.Action != Conflict:
		return c.Action
	case c.New == nil:
		return Delete
	default:
		return Update
	}
}
