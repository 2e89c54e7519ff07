package disk

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
)

// maxRead bounds what is read of a file in the way, in bytes: nothing that bluegen writes comes near it.
const maxRead = 64 << 20

// looker asks the disk what stands at a path, and every parent only once. It follows no link.
type looker struct {
	fsys    Reads
	parents map[string]found
}

func newLooker(fsys Reads) *looker { return &looker{fsys: fsys, parents: map[string]found{}} }

// found is what stands at a path.
type found struct {
	// there is false where nothing is; blocked says why what is there is no file that could be read.
	there   bool
	blocked Reason
	// at is the path itself, or the parent that is in the way.
	at   string
	info fs.FileInfo
}

// file looks at a path that should be a regular file.
func (l *looker) file(name string) (found, error) {
	if parent, err := l.dir(path.Dir(name)); err != nil || !parent.there || parent.blocked != NoReason {
		return parent, err
	}
	f, err := l.lstat(name)
	switch {
	case err != nil || !f.there || f.blocked != NoReason:
	case !f.info.Mode().IsRegular():
		f.blocked = NotRegular
	case f.info.Size() > maxRead:
		f.blocked = TooLarge
	}
	return f, err
}

// dir looks at a directory and all above it, and remembers them.
func (l *looker) dir(name string) (found, error) {
	if name == "." {
		return found{there: true, at: name}, nil
	}
	if f, ok := l.parents[name]; ok {
		return f, nil
	}
	f, err := l.dir(path.Dir(name))
	if err == nil && f.there && f.blocked == NoReason {
		f, err = l.lstat(name)
		if err == nil && f.there && f.blocked == NoReason && !f.info.IsDir() {
			f.blocked = NotDirectory
		}
	}
	if err == nil {
		l.parents[name] = f
	}
	return f, err
}

func (l *looker) lstat(name string) (found, error) {
	f := found{at: name}
	info, err := l.fsys.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f, nil
	case err != nil:
		return f, reading(name, err)
	}
	f.there, f.info = true, info
	if info.Mode()&fs.ModeSymlink != 0 {
		f.blocked = Link
	}
	return f, nil
}

// read returns the bytes of a file that was found; never nil for a file that is there. Another run may have removed it since it was
// found: there is false then, and it is as if it had not been found.
func (l *looker) read(name string) (data []byte, there bool, err error) {
	data, err = l.fsys.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case err != nil:
		return nil, false, reading(name, err)
	case data == nil:
		data = []byte{}
	}
	return data, true, nil
}

// list returns what is in a directory that was found; nothing where another run has removed it since.
func (l *looker) list(dir string) ([]fs.DirEntry, error) {
	entries, err := l.fsys.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, reading(dir, err)
	}
	return entries, nil
}

// still reports whether a path is as the comparison saw it: the check under the lock, right before writing.
func (l *looker) still(c Change) (bool, error) {
	f, err := l.file(c.Path)
	if err != nil || f.blocked != NoReason || f.there != (c.Old != nil) {
		return false, err
	}
	if !f.there {
		return true, nil
	}
	data, there, err := l.read(c.Path)
	return there && bytes.Equal(data, c.Old), err
}
