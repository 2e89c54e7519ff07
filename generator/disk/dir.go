package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// Dir is the FS of a real folder. It stands on os.Root: "..", absolute names and links that lead out fail.
type Dir struct{ root *os.Root }

// Open opens the folder that the blueprint lies in.
func Open(folder string) (*Dir, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, reading(".", err)
	}
	return &Dir{root: root}, nil
}

// Close releases the folder.
func (d *Dir) Close() error { return d.root.Close() }

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
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
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
func (d *Dir) Rename(from, to string) error { return d.root.Rename(from, to) }

// Remove takes away a file, a link or an empty directory.
func (d *Dir) Remove(name string) error { return d.root.Remove(name) }
