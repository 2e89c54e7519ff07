package bootstrap

import (
	"bytes"
	"io/fs"
	"path"
	"strings"
	"time"
)

// FS is the draft in its repository, as far as it needs that, so that it can be read and generated before anything is written.
func (d Draft) FS() fs.FS {
	files := memory{d.File(): d.Blueprint}
	for _, h := range d.Handlers {
		files[path.Join(d.Folder, h.Path)] = h.Data
	}
	for _, b := range d.bases {
		files[b.Path] = b.Data
	}
	return files
}

// memory is a folder of files that can be opened and asked for, but not listed: a blueprint is read by names.
type memory map[string][]byte

// Open opens a file, or a folder above one.
func (m memory) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if data, ok := m[name]; ok {
		return &memoryFile{Reader: bytes.NewReader(data), name: path.Base(name), mode: 0o644}, nil
	}
	for file := range m {
		if name == "." || strings.HasPrefix(file, name+"/") {
			return &memoryFile{Reader: bytes.NewReader(nil), name: path.Base(name), mode: fs.ModeDir | 0o755}, nil
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

type memoryFile struct {
	*bytes.Reader
	name string
	mode fs.FileMode
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memoryFile) Close() error               { return nil }
func (f *memoryFile) Name() string               { return f.name }
func (f *memoryFile) Mode() fs.FileMode          { return f.mode }
func (f *memoryFile) ModTime() time.Time         { return time.Time{} }
func (f *memoryFile) IsDir() bool                { return f.mode.IsDir() }
func (f *memoryFile) Sys() any                   { return nil }
