package disk

import (
	"bytes"
	"context"
)

// Replace puts new bytes in the place of a file of the user's, a blueprint, that must still hold the old ones: they are written beside
// it, synced and renamed over it under the folder's lock, with the permissions that it has. A killed run leaves the file old or new, and
// at most the temporary file beside it, which the next Replace takes away. Errors are *Error; after one the file is as it was.
func Replace(ctx context.Context, fsys FS, name string, old, now []byte, o Options) error {
	unlock, err := lock(ctx, fsys, o.Wait)
	if err != nil {
		return err
	}
	defer unlock()
	there, err := newLooker(fsys).file(name)
	if err != nil {
		return err
	}
	if there.blocked != NoReason {
		return obstacle(there.at, there.blocked)
	}
	if err := still(fsys, name, old); err != nil {
		return err
	}
	beside := temporary(name)
	if err := clean(fsys, []string{beside}); err != nil {
		return err
	}
	if err := fsys.Create(beside, now, there.info.Mode().Perm()); err != nil {
		return without(fsys, beside, writing(name, err))
	}
	if err := fsys.Sync(beside); err != nil {
		return without(fsys, beside, writing(name, err))
	}
	if err := fsys.Rename(beside, name); err != nil {
		return without(fsys, beside, writing(name, err))
	}
	if err := fsys.Sync("."); err != nil {
		return writing(name, err)
	}
	return nil
}

// still is an error unless the file holds the bytes that the change was made of.
func still(fsys FS, name string, old []byte) error {
	data, err := fsys.ReadFile(name)
	if err != nil {
		return reading(name, err)
	}
	if !bytes.Equal(data, old) {
		return changed(name)
	}
	return nil
}

// without takes the temporary file away after an error.
func without(fsys FS, beside string, err error) error {
	_ = fsys.Remove(beside) // it may not be there
	return err
}
