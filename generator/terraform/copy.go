package terraform

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// copyTree copies the regular files below dir into the empty folder to. Links are made anew where they stay inside dir and are
// an error where they leave it; terraform's own data, states, version control and what is no file at all stay behind.
func copyTree(ctx context.Context, dir, to string) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return &CopyError{Name: dir, Err: err}
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		switch {
		case err != nil:
		case name == ".":
			return nil
		case left(d):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		default:
			err = copyEntry(root, name, d, filepath.Join(to, filepath.FromSlash(name)))
		}
		if err != nil {
			return &CopyError{Name: name, Err: err}
		}
		return nil
	})
}

// left is what terraform neither reads nor may see changed: a copied state would be planned against.
func left(d fs.DirEntry) bool {
	name := d.Name()
	if d.IsDir() {
		return name == ".terraform" || name == ".git"
	}
	return strings.HasSuffix(name, ".tfstate") || strings.Contains(name, ".tfstate.")
}

func copyEntry(root *os.Root, name string, d fs.DirEntry, to string) error {
	switch {
	case d.IsDir():
		return os.Mkdir(to, 0o755)
	case d.Type()&fs.ModeSymlink != 0:
		return copyLink(root, name, to)
	case !d.Type().IsRegular():
		return nil // a pipe or a socket is no configuration, and reading it could wait for ever
	}
	data, err := root.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

var errLeaves = errors.New("the link leads out of the directory; terraform runs on a copy, which would lose it")

// copyLink keeps a link that stays inside, even when what it names is missing: editors lock files that way.
func copyLink(root *os.Root, name, to string) error {
	target, err := root.Readlink(name)
	if err != nil {
		return err
	}
	if path.IsAbs(filepath.ToSlash(target)) || !filepath.IsLocal(filepath.Join(filepath.Dir(filepath.FromSlash(name)), target)) {
		return errLeaves
	}
	if _, err := root.Stat(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(errLeaves, err)
	}
	return os.Symlink(target, to)
}
