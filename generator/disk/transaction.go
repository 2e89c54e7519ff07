package disk

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
)

const (
	filePerm = fs.FileMode(0o644)
	dirPerm  = fs.FileMode(0o755)
)

// transaction is one write; it remembers what it did, so that an error undoes it.
type transaction struct {
	fsys     FS
	before   []byte // the manifest's bytes, nil when there was none
	declared bool   // the manifest on disk carries the intent
	staged   []string
	made     []string
	known    map[string]bool // directories that are there
	done     []Change
}

// run follows the order of the package's comment. ctx is asked until the first rename, and no longer.
func (t *transaction) run(ctx context.Context, p *Plan, work []Change, after []byte) error {
	if len(work) > 0 {
		if err := t.declare(ctx, p.intent(work)); err != nil {
			return err
		}
	}
	if err := t.stage(ctx, work, after); err != nil {
		return err
	}
	for _, c := range work {
		if err := t.swap(c); err != nil {
			return err
		}
	}
	if err := t.syncDirs(); err != nil {
		return err
	}
	prune(t.fsys, p.emptied())
	return t.rename(ManifestName)
}

// declare puts the manifest with the intent in place.
func (t *transaction) declare(ctx context.Context, intent Manifest) error {
	if err := ctx.Err(); err != nil {
		return stopped(err)
	}
	if err := t.create(ManifestName, intent.Encode()); err != nil {
		return err
	}
	if err := t.sync(temporary(ManifestName)); err != nil {
		return err
	}
	if err := t.rename(ManifestName); err != nil {
		return err
	}
	t.declared = true
	return t.sync(".")
}

// stage writes all new files and the final manifest beside their places, and syncs them together.
func (t *transaction) stage(ctx context.Context, work []Change, after []byte) error {
	for _, c := range work {
		if err := ctx.Err(); err != nil {
			return stopped(err)
		}
		if c.effective() == Delete {
			continue
		}
		if err := t.mkdirs(path.Dir(c.Path)); err != nil {
			return err
		}
		if err := t.create(c.Path, c.New); err != nil {
			return err
		}
	}
	if err := t.create(ManifestName, after); err != nil {
		return err
	}
	if err := t.sync(t.staged...); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return stopped(err)
	}
	return nil
}

// swap is the moment a file turns from old to new.
func (t *transaction) swap(c Change) error {
	if c.effective() == Delete {
		if err := t.fsys.Remove(c.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return writing(c.Path, err)
		}
	} else if err := t.rename(c.Path); err != nil {
		return err
	}
	t.done = append(t.done, c)
	return nil
}

// create writes the temporary file of name; after an error it is still in staged where a part of it may be there.
func (t *transaction) create(name string, data []byte) error {
	temp := temporary(name)
	err := t.fsys.Create(temp, data, filePerm)
	if !errors.Is(err, fs.ErrExist) {
		t.staged = append(t.staged, temp)
	}
	if err != nil {
		return writing(name, err)
	}
	return nil
}

// rename moves the temporary file of name to its place.
func (t *transaction) rename(name string) error {
	temp := temporary(name)
	if err := t.fsys.Rename(temp, name); err != nil {
		return writing(name, err)
	}
	// Files are renamed in the order in which they were staged: thousands of them are not searched for.
	if len(t.staged) > 0 && t.staged[0] == temp {
		t.staged = t.staged[1:]
		return nil
	}
	t.staged = slices.DeleteFunc(t.staged, func(s string) bool { return s == temp })
	return nil
}

func (t *transaction) sync(names ...string) error {
	if len(names) == 0 {
		return nil
	}
	err := t.fsys.Sync(names...)
	if err == nil {
		return nil
	}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return writing(at.Path, err)
	}
	return writing(names[0], err)
}

// syncDirs makes renames and removals durable before the final manifest says that they are.
func (t *transaction) syncDirs() error {
	dirs := map[string]bool{}
	for _, c := range t.done {
		dirs[path.Dir(c.Path)] = true
	}
	for _, dir := range t.made {
		dirs[path.Dir(dir)] = true
	}
	return t.sync(sortedNames(dirs)...)
}

// mkdirs makes a directory and all above it, and remembers those that were not there.
func (t *transaction) mkdirs(dir string) error {
	if dir == "." || t.known[dir] {
		return nil
	}
	if err := t.mkdirs(path.Dir(dir)); err != nil {
		return err
	}
	err := t.fsys.Mkdir(dir, dirPerm)
	switch {
	case err == nil:
		t.made = append(t.made, dir)
	case !errors.Is(err, fs.ErrExist):
		return writing(dir, err)
	}
	if t.known == nil {
		t.known = map[string]bool{}
	}
	t.known[dir] = true
	return nil
}

// undo brings back the old tree from memory and returns the cause. Where that fails too, the intent stays in the manifest,
// so that the next run knows what happened, and the error names the files that are new already.
func (t *transaction) undo(cause error) error {
	t.known = nil // pruning may have taken some away
	var failed []string
	for _, c := range slices.Backward(slices.Clone(t.done)) {
		if err := t.restore(c); err != nil {
			failed = append(failed, c.Path)
		}
	}
	for _, name := range t.staged {
		// Before the intent there is only the manifest's own temporary file, which every run clears away.
		if !t.discard(name) && t.declared {
			failed = append(failed, name)
		}
	}
	t.staged = nil
	for _, dir := range slices.Backward(t.made) {
		// A directory that stays is empty, which nobody minds.
		_ = t.fsys.Remove(dir)
	}
	if t.declared && len(failed) == 0 {
		if err := t.restoreManifest(); err != nil {
			failed = append(failed, ManifestName)
		}
	}
	if len(failed) > 0 {
		return halfway(failed, cause)
	}
	return cause
}

// discard removes a temporary file and reports whether it is gone.
func (t *transaction) discard(name string) bool {
	if t.fsys.Remove(name) == nil {
		return true
	}
	_, err := t.fsys.Lstat(name)
	return errors.Is(err, fs.ErrNotExist)
}

// restore turns one file from new to old again.
func (t *transaction) restore(c Change) error {
	if c.Old == nil {
		return t.fsys.Remove(c.Path)
	}
	if err := t.mkdirs(path.Dir(c.Path)); err != nil {
		return err
	}
	if err := t.create(c.Path, c.Old); err != nil {
		return err
	}
	return t.rename(c.Path)
}

func (t *transaction) restoreManifest() error {
	if t.before == nil {
		return t.fsys.Remove(ManifestName)
	}
	if err := t.create(ManifestName, t.before); err != nil {
		t.discard(temporary(ManifestName))
		return err
	}
	return t.rename(ManifestName)
}
