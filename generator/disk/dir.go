package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// Dir is the FS of a real folder. It stands on os.Root: "..", absolute names and links that lead out fail.
// One write at a time uses it.
type Dir struct {
	root *os.Root
	// near is the directory that a file was created or renamed in last: the files of a run come directory by directory, and
	// from the top each of them would be a walk over five names.
	near     *os.Root
	nearName string
}

// Open opens the folder that the blueprint lies in.
func Open(folder string) (*Dir, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, reading(".", err)
	}
	return &Dir{root: root}, nil
}

// Close releases the folder.
func (d *Dir) Close() error { return errors.Join(d.leave(), d.root.Close()) }

// enter returns the directory of a name, open, and what is left of the name.
func (d *Dir) enter(name string) (*os.Root, string, error) {
	dir, base := path.Split(name)
	if dir = strings.TrimSuffix(dir, "/"); dir == "" {
		return d.root, name, nil
	}
	if d.near != nil && d.nearName == dir {
		return d.near, base, nil
	}
	if err := d.leave(); err != nil {
		return nil, "", err
	}
	near, err := d.root.OpenRoot(dir)
	if err != nil {
		return nil, "", err
	}
	d.near, d.nearName = near, dir
	return near, base, nil
}

// leave closes the directory that is near: it may be about to go.
func (d *Dir) leave() error {
	if d.near == nil {
		return nil
	}
	near := d.near
	d.near, d.nearName = nil, ""
	return near.Close()
}

// Lstat describes a name and follows no link at its end.
func (d *Dir) Lstat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }

// ReadDir lists a directory, sorted by name.
func (d *Dir) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.root.FS(), name) }

// ReadFile reads a regular file; anything else is an error, a pipe without a writer included.
func (d *Dir) ReadFile(name string) (data []byte, err error) {
	f, err := d.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a regular file")}
	}
	data = make([]byte, info.Size())
	n, err := io.ReadFull(f, data)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil
	}
	return data[:n], err
}

// Mkdir makes one directory, under the umask.
func (d *Dir) Mkdir(name string, perm fs.FileMode) error { return d.root.Mkdir(name, perm) }

// Create writes a new file, under the umask.
func (d *Dir) Create(name string, data []byte, perm fs.FileMode) error {
	dir, base, err := d.enter(name)
	if err != nil {
		return err
	}
	f, err := dir.OpenFile(base, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// syncing is how many files are synced at a time: each waits for the disk, and the file system answers those that wait together.
const syncing = 32

// Sync brings files or directories to the disk. File systems that cannot sync a directory are let through.
func (d *Dir) Sync(names ...string) error {
	if len(names) == 1 {
		return d.sync(names[0])
	}
	var group errgroup.Group
	group.SetLimit(syncing)
	for _, name := range names {
		group.Go(func() error { return d.sync(name) })
	}
	return group.Wait()
}

func (d *Dir) sync(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return &fs.PathError{Op: "sync", Path: name, Err: err}
	}
	return nil
}

// Rename replaces to.
func (d *Dir) Rename(from, to string) error {
	if path.Dir(from) != path.Dir(to) {
		return d.root.Rename(from, to)
	}
	dir, base, err := d.enter(to)
	if err != nil {
		return err
	}
	return dir.Rename(path.Base(from), base)
}

// Remove takes away a file, a link or an empty directory.
func (d *Dir) Remove(name string) error { return errors.Join(d.leave(), d.root.Remove(name)) }
