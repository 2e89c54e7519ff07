//go:build !unix

package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// near is a directory that is open.
type near struct{ *os.Root }

func openNear(root *os.Root, dir string) (*near, error) {
	folder, err := root.OpenRoot(dir)
	return &near{folder}, err
}

func (n *near) sub(base string) (*near, error) { return openNear(n.Root, base) }

func (n *near) close() error { return n.Close() }

func (n *near) lstat(base string) (fs.FileInfo, error) { return n.Lstat(base) }

// read reads a regular file; anything else is an error, a link included. It has no use for the buffer.
func (n *near) read(base string, _ []byte) (data []byte, err error) {
	info, err := n.Lstat(base) // Open would follow a link
	if err != nil {
		return nil, err
	}
	if why := unfit(info.Mode(), info.Size()); why != nil {
		return nil, failed("read", base, why)
	}
	f, err := n.Open(base)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(f)
}

func (n *near) list() ([]fs.DirEntry, error) { return fs.ReadDir(n.FS(), ".") }

func (n *near) mkdir(base string, perm fs.FileMode) error { return n.Mkdir(base, perm) }

// create writes a new file.
func (n *near) create(base string, data []byte, perm fs.FileMode) error {
	f, err := n.OpenFile(base, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

func (n *near) rename(from, to string) error { return n.Rename(from, to) }

// sync brings a file or a directory to the disk.
func (n *near) sync(base string) error {
	f, err := n.Open(base)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
