package trace

import (
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

const (
	// mostRecords bounds what a build keeps: the records of the largest fleets, and an end where every run has a folder of its own.
	mostRecords = 20_000
	// mostBuilds is how many builds are remembered.
	mostBuilds = 3
)

// Store is a folder outside of every repository where records lie by their keys. To lose it costs time and nothing else: what goes wrong
// with it is not told. Several processes and goroutines may use it: a record that two have written at once does not hold.
type Store struct {
	// folder is one build's own, beside those of others; "" keeps nothing. It is asked for when it is needed.
	folder func() string
	once   sync.Once
	// buffers are what files are read into: a fleet's files are many times what one service's are.
	buffers sync.Pool
}

// ID is a name for a build, and a key for what a record depends on beside what it reads. Only what has such a name is ever forgotten.
func ID(parts ...string) string {
	s := newSum()
	for _, p := range parts {
		s.add([]byte(p))
	}
	return string(s.hex()[:idLength])
}

const idLength = 32

func isID(name string) bool {
	_, err := hex.DecodeString(name)
	return err == nil && len(name) == idLength
}

// NewStore returns the store in a folder, which need not be there; without one it keeps nothing. Where the folder's name is an ID, others
// of such a name beside it are taken for those of other builds.
func NewStore(folder func() string) *Store { return &Store{folder: sync.OnceValue(folder)} }

// Recall returns what a run found, where everything that it read still is what it was; the blueprint's folder is named from the
// repository's top.
func (s *Store) Recall(key string, repository Repository, folder Folder, within string) (found []byte, ok bool) {
	if s.folder() == "" {
		return nil, false
	}
	record, err := os.ReadFile(filepath.Join(s.folder(), key))
	if err != nil {
		return nil, false
	}
	a := asker{repository: repository, folder: folder, within: within}
	if buffer, ok := s.buffers.Get().(*[]byte); ok {
		a.buffer = *buffer
	}
	defer func() { s.buffers.Put(&a.buffer) }()
	return a.holds(record)
}

// Put keeps a record, if it can.
func (s *Store) Put(key string, record []byte) {
	if s.folder() == "" {
		return
	}
	s.once.Do(s.prepare)
	_ = os.WriteFile(filepath.Join(s.folder(), key), record, 0o600) // half a record does not hold
}

// prepare makes the folder and forgets what is too much: the builds that have learnt nothing for the longest time, and records that are
// more than any fleet has.
func (s *Store) prepare() {
	folder := s.folder()
	if os.MkdirAll(folder, 0o700) != nil {
		return // Put will see it
	}
	builds, own := filepath.Split(folder)
	for i, name := range latest(builds) {
		if i >= mostBuilds && name != own && isID(own) {
			_ = os.RemoveAll(filepath.Join(builds, name)) // it is tried again
		}
	}
	if records := ours(folder, 0); len(records) > mostRecords {
		for _, r := range records {
			_ = os.Remove(filepath.Join(folder, r.Name())) // it is tried again
		}
	}
}

// ours are the entries of a folder with an ID for a name, and of a type.
func ours(folder string, typ fs.FileMode) []fs.DirEntry {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !isID(e.Name()) || e.Type() != typ })
}

// latest are the names of builds, those that changed last first.
func latest(builds string) []string {
	entries := ours(builds, fs.ModeDir)
	infos := make([]fs.FileInfo, 0, len(entries))
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			infos = append(infos, info)
		}
	}
	slices.SortStableFunc(infos, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	names := make([]string, len(infos))
	for i, info := range infos {
		names[i] = info.Name()
	}
	return names
}
