package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode"
)

// temporary is the name under which a file waits beside its place. It is the same in every run, so that the next one
// finds what a killed one left.
func temporary(name string) string {
	dir, base := path.Split(name)
	return dir + "." + base + temporarySuffix
}

const temporarySuffix = ".bluegen.tmp"

// unsafePath says what is wrong with a path that bluegen was about to write, "" when nothing is.
func unsafePath(name string) string {
	switch {
	case name == "" || name == ".":
		return "is empty"
	case !fs.ValidPath(name):
		return "leaves the folder, or is not written in its shortest form"
	case strings.ContainsRune(name, '\\') || strings.ContainsFunc(name, unicode.IsControl):
		return "has a backslash or a control character"
	case name == ManifestName:
		return "is the manifest's own"
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.EqualFold(part, ".git") || part == ".terraform" {
			return "lies in a folder of git's or Terraform's own"
		}
	}
	return ""
}

// within reports whether name lies in dir, or is dir.
func within(dir, name string) bool {
	return dir == "." || name == dir || strings.HasPrefix(name, dir+"/")
}

func overlap(a, b string) bool { return within(a, b) || within(b, a) }

// checkWant refuses what could never be written, before the disk is looked at.
func checkWant(w Want) error {
	if w.Blueprint == "" || strings.Contains(w.Blueprint, "/") {
		return internal(fmt.Sprintf("%q is not the name of a file in the folder", w.Blueprint))
	}
	seen := map[string]bool{}
	for i, tree := range w.Trees {
		if tree.Directory != "." && unsafePath(tree.Directory) != "" {
			return escape(tree.Directory, unsafePath(tree.Directory), tree.Origin)
		}
		for _, other := range w.Trees[:i] {
			if overlap(tree.Directory, other.Directory) {
				return overlapping(tree, w.key(tree), other.Directory, w.key(other))
			}
		}
		for _, f := range tree.Files {
			if bad := unsafePath(f.Path); bad != "" {
				return escape(f.Path, bad, tree.Origin)
			}
			if !within(tree.Directory, f.Path) {
				return internal(fmt.Sprintf("%s is wanted outside of %s", f.Path, tree.Directory))
			}
			if seen[f.Path] {
				return internal(f.Path + " is wanted twice")
			}
			seen[f.Path] = true
		}
	}
	for name := range seen {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if seen[dir] {
				return internal(dir + " is wanted as a file and as a directory")
			}
		}
	}
	return nil
}

// involved returns the sections that a run may change: those it wants, and where the whole blueprint is wanted those of the
// same blueprint that are no longer wanted and those of a blueprint that is gone, which no other run would ever look at. A part
// of a blueprint takes over only directories of one that is gone. Any other section whose directory overlaps is an error.
func involved(fsys Reads, m Manifest, w Want) (map[Key]bool, error) {
	keys := map[Key]bool{}
	for _, tree := range w.Trees {
		keys[w.key(tree)] = true
	}
	gone, err := orphaned(fsys, m, w)
	if err != nil {
		return nil, err
	}
	for key := range m.Sections {
		if !w.Partial && (key.Blueprint == w.Blueprint || gone[key.Blueprint]) {
			keys[key] = true
		}
	}
	for _, tree := range w.Trees {
		for _, key := range sortedKeys(m.Sections) {
			if keys[key] || !overlap(tree.Directory, m.Sections[key].Directory) {
				continue
			}
			if !gone[key.Blueprint] {
				return nil, overlapping(tree, w.key(tree), m.Sections[key].Directory, key)
			}
			keys[key] = true
		}
	}
	return keys, nil
}

// orphaned returns the other blueprints of the manifest whose file is gone.
func orphaned(fsys Reads, m Manifest, w Want) (map[string]bool, error) {
	gone := map[string]bool{}
	for _, key := range sortedKeys(m.Sections) {
		if _, asked := gone[key.Blueprint]; asked || key.Blueprint == w.Blueprint {
			continue
		}
		missing, err := missing(fsys, key.Blueprint)
		if err != nil {
			return nil, err
		}
		gone[key.Blueprint] = missing
	}
	return gone, nil
}

func missing(fsys Reads, name string) (bool, error) {
	_, err := fsys.Lstat(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, reading(name, err)
	}
	return err != nil, nil
}
