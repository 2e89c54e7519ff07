package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// checkout is all that a blueprint may be read from: the nearest folder above that has .git, and the blueprint's own folder where
// there is none. It stands on os.Root: "..", absolute names and links that lead out fail. It is a fs.FS, a fs.StatFS and a fs.SubFS.
type checkout struct {
	// top is the repository's root, folder the blueprint's, from which a handler must not lead out.
	top, folder *os.Root
	// within is the blueprint's folder, from the root and slash-separated; "." where they are one.
	within string
	// prefix goes before paths that lead up from the blueprint's folder, so that they are shown as the user would write them.
	prefix string
	// text is a file of the blueprint's folder, or in place of one, that is in memory; instead is its name from the root.
	text    []byte
	instead string
}

// openCheckout finds the repository around a folder that is open. working is the user's working directory. It cannot fail: a
// repository that cannot be opened is none.
func openCheckout(folder *os.Root, t target, working string) *checkout {
	r := &checkout{top: folder, folder: folder, within: ".", prefix: t.prefix}
	resolved, err := filepath.EvalSymlinks(t.folder)
	if err != nil {
		return r
	}
	if resolved != t.folder {
		// Up from behind a link is another way than the one that was written.
		r.prefix = resolved
		if from, err := filepath.EvalSymlinks(working); err == nil && !filepath.IsAbs(t.prefix) {
			if rel, err := filepath.Rel(from, resolved); err == nil {
				r.prefix = rel
			}
		}
		r.prefix = filepath.ToSlash(r.prefix) + "/"
	}
	top, ok := above(resolved, ".git")
	if !ok || top == resolved {
		return r
	}
	within, err := filepath.Rel(top, resolved)
	if err != nil {
		return r
	}
	root, err := os.OpenRoot(top)
	if err != nil {
		return r
	}
	r.top, r.within = root, filepath.ToSlash(within)
	return r
}

// above is the nearest folder, from one upwards, that holds a name.
func above(folder, name string) (string, bool) {
	for {
		if _, err := os.Lstat(filepath.Join(folder, name)); err == nil {
			return folder, true
		}
		up := filepath.Dir(folder)
		if up == folder {
			return "", false
		}
		folder = up
	}
}

func (r *checkout) close() error {
	if r.top == r.folder {
		return r.folder.Close()
	}
	return errors.Join(r.top.Close(), r.folder.Close())
}

// inside is a name from the blueprint's folder, as seen from the root.
func (r *checkout) inside(name string) string { return path.Join(r.within, name) }

// with is the checkout with a text in the blueprint's folder: standard input, or a blueprint before it is written.
func (r *checkout) with(name string, text []byte) *checkout {
	out := *r
	out.text, out.instead = text, r.inside(name)
	return &out
}

// Open opens a file of the repository, or the text in its place.
func (r *checkout) Open(name string) (fs.File, error) {
	if name == r.instead {
		return r.file(), nil
	}
	return r.top.FS().Open(name)
}

// Stat follows links inside of the repository.
func (r *checkout) Stat(name string) (fs.FileInfo, error) {
	if name == r.instead {
		return r.file(), nil
	}
	return fs.Stat(r.top.FS(), name)
}

// Sub is the blueprint's folder, which no link leads out of.
func (r *checkout) Sub(dir string) (fs.FS, error) {
	if path.Clean(dir) != r.within {
		return nil, &fs.PathError{Op: "sub", Path: dir, Err: errors.New("not the blueprint's folder")}
	}
	return r.folder.FS(), nil
}

func (r *checkout) file() *textFile {
	return &textFile{Reader: bytes.NewReader(r.text), name: path.Base(r.instead)}
}

// textFile is a text as a file that was read already.
type textFile struct {
	*bytes.Reader
	name string
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *textFile) Close() error               { return nil }
func (f *textFile) Name() string               { return f.name }
func (f *textFile) Mode() fs.FileMode          { return 0o444 }
func (f *textFile) ModTime() time.Time         { return time.Time{} }
func (f *textFile) IsDir() bool                { return false }
func (f *textFile) Sys() any                   { return nil }
