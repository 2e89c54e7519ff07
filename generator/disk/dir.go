package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// Dir is the FS of a real folder. It stands on os.Root: "..", absolute names and links that lead out fail.
// One goroutine at a time uses it.
type Dir struct {
	root *os.Root
	// near are directories that were used lately: from the top each of their files would be a walk over five names.
	near map[string]*near
}

// mostNear is how many directories stay open: those of a configuration with a module or two for each of its parts.
const mostNear = 24

// Open opens the folder that the blueprint lies in.
func Open(folder string) (*Dir, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, reading(".", err)
	}
	return &Dir{root: root, near: map[string]*near{}}, nil
}

// Close releases the folder.
func (d *Dir) Close() error { return errors.Join(d.leave(), d.root.Close()) }

// enter returns the directory of a name, open, and what is left of the name.
func (d *Dir) enter(name string) (*near, string, error) {
	dir, base, err := split(name)
	if err != nil {
		return nil, "", err
	}
	in, err := d.open(dir)
	return in, base, err
}

func (d *Dir) open(dir string) (*near, error) {
	if in, open := d.near[dir]; open {
		return in, nil
	}
	if len(d.near) >= mostNear {
		if err := d.leave(); err != nil {
			return nil, err
		}
	}
	in, err := d.step(dir)
	if err != nil {
		return nil, err
	}
	d.near[dir] = in
	return in, nil
}

// step opens a directory: one step from its parent where that is open, and from the top where it is not, or where a link is on the way.
func (d *Dir) step(dir string) (*near, error) {
	if parent, open := d.near[path.Dir(dir)]; open && dir != "." {
		if in, err := parent.sub(path.Base(dir)); err == nil {
			return in, nil
		}
	}
	return openNear(d.root, dir)
}

// split is a name's directory and its last part, which is never "..".
func split(name string) (dir, base string, err error) {
	if !fs.ValidPath(name) {
		return "", "", failed("open", name, fs.ErrInvalid)
	}
	return path.Dir(name), path.Base(name), nil
}

// leave closes the directories that are open: one may be about to go.
func (d *Dir) leave() error {
	var errs []error
	for _, in := range d.near {
		errs = append(errs, in.close())
	}
	clear(d.near)
	return errors.Join(errs...)
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
func (d *Dir) ReadDir(name string) ([]fs.DirEntry, error) {
	if !fs.ValidPath(name) {
		return nil, failed("open", name, fs.ErrInvalid)
	}
	in, err := d.open(name)
	if err != nil {
		return nil, err
	}
	return in.list()
}

// ReadFile reads a regular file of at most 64 MiB; anything else is an error, a pipe without a writer and a link included.
func (d *Dir) ReadFile(name string) ([]byte, error) { return d.ReadInto(name, nil) }

// ReadInto is ReadFile into a buffer, from its start, where that is large enough.
func (d *Dir) ReadInto(name string, buffer []byte) ([]byte, error) {
	dir, base, err := d.enter(name)
	if err != nil {
		return nil, err
	}
	return dir.read(base, buffer)
}

// Mkdir makes one directory, under the umask.
func (d *Dir) Mkdir(name string, perm fs.FileMode) error {
	dir, base, err := d.enter(name)
	if err != nil {
		return err
	}
	return dir.mkdir(base, perm)
}

// Create writes a new file, under the umask.
func (d *Dir) Create(name string, data []byte, perm fs.FileMode) error {
	dir, base, err := d.enter(name)
	if err != nil {
		return err
	}
	return dir.create(base, data, perm)
}

// syncing is how many files are synced at a time: each waits for the disk, and the file system answers those that wait together.
const syncing = 32

// Sync brings files or directories to the disk. File systems that cannot sync a directory are let through.
func (d *Dir) Sync(names ...string) error {
	for len(names) > 0 {
		n := d.together(names)
		if n == 0 {
			if err := d.leave(); err != nil {
				return err
			}
			continue
		}
		if err := d.syncAll(names[:n]); err != nil {
			return err
		}
		names = names[n:]
	}
	return nil
}

// together is how many of the names can be worked on without closing a directory in between.
func (d *Dir) together(names []string) int {
	fresh := map[string]bool{}
	for i, name := range names {
		dir := path.Dir(name)
		if d.near[dir] != nil || fresh[dir] {
			continue
		}
		if len(d.near)+len(fresh) >= mostNear {
			return i
		}
		fresh[dir] = true
	}
	return len(names)
}

func (d *Dir) syncAll(names []string) error {
	var group errgroup.Group
	group.SetLimit(syncing)
	for _, name := range names {
		in, base, err := d.enter(name)
		if err != nil {
			return errors.Join(failed("sync", name, err), group.Wait())
		}
		group.Go(func() error {
			err := in.sync(base)
			if err == nil || errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
				return nil
			}
			return failed("sync", name, err)
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

// unfit says why something is not read, nil for a regular file of a decent size.
func unfit(mode fs.FileMode, size int64) error {
	switch {
	case !mode.IsRegular():
		return errors.New("not a regular file")
	case size > maxRead:
		return errors.New("larger than anything that bluegen writes")
	default:
		return nil
	}
}

func failed(op, name string, err error) error { return &fs.PathError{Op: op, Path: name, Err: err} }
