package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// Dir is the FS of a real folder. It stands on os.Root: "..", absolute names and links that lead out fail.
// One goroutine at a time uses it.
type Dir struct {
	root *os.Root
	// near is the directory that was used last: files are asked for directory by directory, and from the top each of them would be a
	// walk over five names.
	near     *near
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
func (d *Dir) enter(name string) (*near, string, error) {
	dir, base, err := split(name)
	if err != nil {
		return nil, "", err
	}
	if d.near != nil && d.nearName == dir {
		return d.near, base, nil
	}
	if err := d.leave(); err != nil {
		return nil, "", err
	}
	near, err := openNear(d.root, dir)
	if err != nil {
		return nil, "", err
	}
	d.near, d.nearName = near, dir
	return near, base, nil
}

// split is a name's directory and its last part, which is never "..".
func split(name string) (dir, base string, err error) {
	if !fs.ValidPath(name) {
		return "", "", &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return path.Dir(name), path.Base(name), nil
}

// leave closes the directory that is near: it may be about to go.
func (d *Dir) leave() error {
	if d.near == nil {
		return nil
	}
	near := d.near
	d.near, d.nearName = nil, ""
	return near.close()
}

// Lstat describes a name and follows no link at its end.
func (d *Dir) Lstat(name string) (fs.FileInfo, error) {
	dir, base, err := d.enter(name)
	if err != nil {
		return nil, err
	}
	return dir.lstat(base)
}

// ReadDir lists a directory, sorted by name.
func (d *Dir) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.root.FS(), name) }

// ReadFile reads a regular file; anything else is an error, a pipe without a writer and a link included.
func (d *Dir) ReadFile(name string) ([]byte, error) {
	dir, base, err := d.enter(name)
	if err != nil {
		return nil, err
	}
	return dir.read(base)
}

// Mkdir makes one directory, under the umask.
func (d *Dir) Mkdir(name string, perm fs.FileMode) error { return d.root.Mkdir(name, perm) }

// Create writes a new file, under the umask.
func (d *Dir) Create(name string, data []byte, perm fs.FileMode) error {
	dir, base, err := d.enter(name)
	if err != nil {
		return err
	}
	return dir.create(base, data, perm)
}

const (
	// syncing is how many files are synced at a time: each waits for the disk, and the file system answers those that wait together.
	syncing = 32
	// batch is how many files are synced before their directories are closed again.
	batch = 512
)

// Sync brings files or directories to the disk. File systems that cannot sync a directory are let through.
func (d *Dir) Sync(names ...string) error {
	for some := range slices.Chunk(names, batch) {
		if err := d.syncAll(some); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dir) syncAll(names []string) (err error) {
	dirs := map[string]*near{}
	defer func() {
		for _, dir := range dirs {
			err = errors.Join(err, dir.close())
		}
	}()
	var group errgroup.Group
	group.SetLimit(syncing)
	for _, name := range names {
		dir, base, err := split(name)
		if err != nil {
			return errors.Join(err, group.Wait())
		}
		in, open := dirs[dir]
		if !open {
			if in, err = openNear(d.root, dir); err != nil {
				return errors.Join(&fs.PathError{Op: "sync", Path: name, Err: err}, group.Wait())
			}
			dirs[dir] = in
		}
		group.Go(func() error {
			err := in.sync(base)
			if err == nil || errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
				return nil
			}
			return &fs.PathError{Op: "sync", Path: name, Err: err}
		})
	}
	return group.Wait()
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
	return dir.rename(path.Base(from), base)
}

// Remove takes away a file, a link or an empty directory.
func (d *Dir) Remove(name string) error { return errors.Join(d.leave(), d.root.Remove(name)) }
