//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// near is a directory that is open. What is in it is reached by its last name alone, and no link is followed, so nothing leads out of it.
// It speaks to the system without package os in between, which would ask three more things of every file that it opens.
type near struct {
	folder *os.File
	fd     int
}

func openNear(root *os.Root, dir string) (*near, error) {
	folder, err := root.OpenFile(dir, os.O_RDONLY|syscall.O_DIRECTORY, 0)
	if err != nil {
		return nil, err
	}
	return &near{folder, int(folder.Fd())}, nil
}

// sub opens a directory in this one that is no link.
func (n *near) sub(base string) (*near, error) {
	fd, err := n.open(base, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW, 0)
	if err != nil {
		return nil, err
	}
	return &near{os.NewFile(uintptr(fd), base), fd}, nil
}

func (n *near) close() error { return n.folder.Close() }

func (n *near) lstat(base string) (fs.FileInfo, error) {
	var stat unix.Stat_t
	if err := again(func() error { return unix.Fstatat(n.fd, base, &stat, unix.AT_SYMLINK_NOFOLLOW) }); err != nil {
		return nil, failed("lstat", base, err)
	}
	return kind{base, stat.Size, modeOf(uint32(stat.Mode))}, nil
}

// read reads a regular file into a buffer, or a larger one; anything else is an error, a pipe without a writer included.
func (n *near) read(base string, buffer []byte) (data []byte, err error) {
	fd, err := n.open(base, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOFOLLOW, 0)
	if err != nil {
		return nil, failed("open", base, err)
	}
	defer func() { err = errors.Join(err, unix.Close(fd)) }()
	var stat unix.Stat_t
	if err := again(func() error { return unix.Fstat(fd, &stat) }); err != nil {
		return nil, failed("stat", base, err)
	}
	if why := unfit(modeOf(uint32(stat.Mode)), stat.Size); why != nil {
		return nil, failed("read", base, why)
	}
	data = slices.Grow(buffer[:0], int(stat.Size)+1)[:stat.Size] // nil would be no file
	for at := 0; at < len(data); {
		got := 0
		err := again(func() (err error) { got, err = unix.Read(fd, data[at:]); return err })
		if err != nil {
			return data[:at], failed("read", base, err)
		}
		if got == 0 {
			return data[:at], nil // it has become shorter
		}
		at += got
	}
	return data, nil
}

// list lists the directory, sorted by name.
func (n *near) list() ([]fs.DirEntry, error) {
	fd, err := n.open(".", unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		return nil, failed("open", n.folder.Name(), err)
	}
	folder := os.NewFile(uintptr(fd), n.folder.Name())
	entries, err := folder.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, errors.Join(err, folder.Close())
}

// mkdir makes a directory, under the umask.
func (n *near) mkdir(base string, perm fs.FileMode) error {
	if err := again(func() error { return unix.Mkdirat(n.fd, base, uint32(perm.Perm())) }); err != nil {
		return failed("mkdir", base, err)
	}
	return nil
}

// create writes a new file, under the umask.
func (n *near) create(base string, data []byte, perm fs.FileMode) (err error) {
	fd, err := n.open(base, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_NOFOLLOW, uint32(perm.Perm()))
	if err != nil {
		return failed("open", base, err)
	}
	defer func() { err = errors.Join(err, unix.Close(fd)) }()
	for len(data) > 0 {
		put := 0
		err := again(func() (err error) { put, err = unix.Write(fd, data); return err })
		if err != nil {
			return failed("write", base, err)
		}
		data = data[put:]
	}
	return nil
}

func (n *near) rename(from, to string) error {
	if err := again(func() error { return unix.Renameat(n.fd, from, n.fd, to) }); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}

// sync brings a file or a directory to the disk.
func (n *near) sync(base string) error {
	fd, err := n.open(base, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOFOLLOW, 0)
	if err != nil {
		return failed("open", base, err)
	}
	err = again(func() error { return unix.Fsync(fd) })
	return errors.Join(err, unix.Close(fd))
}

func (n *near) open(base string, flags int, perm uint32) (fd int, err error) {
	err = again(func() (err error) { fd, err = unix.Openat(n.fd, base, flags|unix.O_CLOEXEC, perm); return err })
	return fd, err
}

// again repeats what a signal has interrupted.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}

// kind is as much of a file's description as anybody here asks for.
type kind struct {
	name string
	size int64
	mode fs.FileMode
}

func (k kind) Name() string       { return k.name }
func (k kind) Size() int64        { return k.size }
func (k kind) Mode() fs.FileMode  { return k.mode }
func (k kind) ModTime() time.Time { return time.Time{} }
func (k kind) IsDir() bool        { return k.mode.IsDir() }
func (k kind) Sys() any           { return nil }

// modeOf turns the system's mode into Go's.
func modeOf(mode uint32) fs.FileMode {
	out := fs.FileMode(mode & 0o777)
	switch mode & unix.S_IFMT {
	case unix.S_IFREG:
		return out
	case unix.S_IFDIR:
		return out | fs.ModeDir
	case unix.S_IFLNK:
		return out | fs.ModeSymlink
	default:
		return out | fs.ModeIrregular
	}
}
