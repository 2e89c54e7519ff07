package disk

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"bluegen/generator/tf"
)

// Survey says for each file what Seed would do: Create it, or leave what is there. That is Unchanged where it has the wanted bytes, else a
// Conflict whose Reason says what it is; Old is what it holds where it can be read. No link is followed, at the end of a name or above it.
// It is an error where need, the one file that the others are for, cannot be created; need may be empty.
func Survey(fsys FS, need string, files []tf.File) ([]Change, error) {
	look := newLooker(fsys)
	var out []Change
	for _, f := range files {
		if bad := unsafePath(f.Path); bad != "" {
			return nil, internal(f.Path + " " + bad)
		}
		c := Change{Path: f.Path, At: f.Path, New: f.Data, Action: Create}
		at, err := look.file(f.Path)
		switch {
		case err != nil:
			return nil, err
		case at.blocked != NoReason:
			c.Action, c.Reason, c.At = Conflict, at.blocked, at.at
		case at.there && at.at == f.Path:
			if c.Old, err = fsys.ReadFile(f.Path); err != nil {
				return nil, reading(f.Path, err)
			}
			c.Action, c.Reason = Conflict, Unclaimed
			if bytes.Equal(c.Old, f.Data) {
				c.Action, c.Reason = Unchanged, NoReason
			}
		}
		if c.Path == need && c.Action != Create {
			return nil, obstacle(c.At, c.Reason)
		}
		out = append(out, c)
	}
	return out, nil
}

// Seed writes files that are the user's own from then on: no manifest knows them, and what is there already is left. Each is created
// under its own name, which the system refuses where something has it, and synced. After an error, or when ctx ends, what was created is
// removed again. Otherwise it is as Survey, and returns what that saw.
func Seed(ctx context.Context, fsys FS, need string, files []tf.File, o Options) ([]Change, error) {
	unlock, err := lock(ctx, fsys, o.Wait)
	if err != nil {
		return nil, err
	}
	defer unlock()
	changes, err := Survey(fsys, need, files)
	if err != nil {
		return nil, err
	}
	t := transaction{fsys: fsys}
	if err := t.seed(ctx, changes); err != nil {
		return nil, t.undo(err)
	}
	return changes, nil
}

func (t *transaction) seed(ctx context.Context, changes []Change) error {
	var names []string
	for _, c := range changes {
		if c.Action != Create {
			continue
		}
		if err := ctx.Err(); err != nil {
			return stopped(err)
		}
		if err := t.mkdirs(path.Dir(c.Path)); err != nil {
			return err
		}
		err := t.fsys.Create(c.Path, c.New, filePerm)
		if errors.Is(err, fs.ErrExist) {
			return changed(c.Path)
		}
		if err != nil {
			t.staged = append(t.staged, c.Path) // a part of it may be there
			return writing(c.Path, err)
		}
		t.done = append(t.done, c)
		names = append(names, c.Path)
	}
	if err := t.sync(names...); err != nil {
		return err
	}
	return t.syncDirs()
}

// OpenAbove opens a folder, or the nearest one above it that is there, and returns how the folder is called from what was opened: "."
// where it is that itself.
func OpenAbove(folder string) (d *Dir, name string, err error) {
	name = "."
	for {
		d, err = Open(folder)
		parent := filepath.Dir(folder)
		if !errors.Is(err, fs.ErrNotExist) || parent == folder {
			return d, name, err
		}
		name = path.Join(filepath.Base(folder), name)
		folder = parent
	}
}
