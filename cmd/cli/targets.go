package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bluegen/generator/disk"
)

const (
	blueprintName = "blueprint.yaml"
	stdinName     = "<stdin>"
	// mostInput is a byte more than a blueprint may have: reading it all would be the sender's choice.
	mostInput = 1<<20 + 1
)

// target is one blueprint as the user named it.
type target struct {
	// folder is absolute and holds the blueprint, name is its file.
	folder, name string
	// prefix goes before paths from the folder, so that they are shown as the user wrote them; "" or ending in a slash.
	prefix string
	// stdin is the blueprint's text where it did not come from a file.
	stdin []byte
}

// shown is a path from the blueprint's folder as the user sees it.
func (t target) shown(name string) string {
	switch {
	case name == stdinName:
		return name
	case name == "." && t.prefix == "":
		return name
	case name == ".":
		return strings.TrimSuffix(t.prefix, "/")
	default:
		return t.prefix + name
	}
}

// targets finds the blueprints that the arguments mean, each once.
func (a *app) targets(args []string, o options) ([]target, error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	var out []target
	type file struct{ folder, name string }
	seen := map[file]bool{}
	for _, arg := range args {
		found, err := a.meant(arg, o)
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			if f := (file{t.folder, t.name}); !seen[f] {
				seen[f] = true
				out = append(out, t)
			}
		}
	}
	return out, nil
}

func (a *app) meant(arg string, o options) ([]target, error) {
	switch {
	case arg == "":
		return nil, &usageError{verb: o.verb, message: "an argument is empty", hint: "Name a blueprint, or the folder that has a blueprint.yaml."}
	case arg == "-":
		data, err := io.ReadAll(io.LimitReader(a.io.In, mostInput))
		if err != nil {
			return nil, fmt.Errorf("standard input cannot be read: %w", err)
		}
		return []target{{folder: a.io.Dir, name: stdinName, stdin: data}}, nil
	case o.recursive:
		return a.walk(arg)
	}
	path := a.absolute(arg)
	info, err := os.Stat(path)
	if err == nil && info.IsDir() || strings.HasSuffix(arg, "/") {
		return []target{{folder: filepath.Clean(path), name: blueprintName, prefix: prefix(arg)}}, nil
	}
	return []target{{folder: filepath.Dir(path), name: filepath.Base(path), prefix: prefix(filepath.Dir(arg))}}, nil
}

func (a *app) absolute(arg string) string {
	if filepath.IsAbs(arg) {
		return filepath.Clean(arg)
	}
	return filepath.Join(a.io.Dir, arg)
}

func prefix(dir string) string {
	dir = filepath.ToSlash(filepath.Clean(dir))
	if dir == "." {
		return ""
	}
	return strings.TrimSuffix(dir, "/") + "/"
}

// claimed are the folders of generated files that a folder's manifest names.
func claimed(folder string) []string {
	dir, err := disk.Open(folder)
	if err != nil {
		return nil
	}
	out := disk.Directories(dir)
	if dir.Close() != nil {
		return nil
	}
	for i, name := range out {
		out[i] = filepath.Join(folder, filepath.FromSlash(name))
	}
	return out
}

// foreign are folders that hold no sources of the user's: caches and checkouts of tools, such as .git, .terraform and pre-commit's.
func foreign(name string) bool { return strings.HasPrefix(name, ".") || name == "node_modules" }

// walk finds every blueprint.yaml below a folder, but for foreign ones.
func (a *app) walk(arg string) ([]target, error) {
	var out []target
	top := a.absolute(arg)
	written := map[string]bool{} // folders that a manifest on the way claims
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != top && foreign(d.Name()):
			return fs.SkipDir
		case d.IsDir() && written[path]:
			delete(written, path)
			return fs.SkipDir
		case d.Name() == disk.ManifestName: // it sorts before the folders that it names
			for _, dir := range claimed(filepath.Dir(path)) {
				written[dir] = true
			}
			return nil
		case d.IsDir() || d.Name() != blueprintName:
			return nil
		}
		rel, err := filepath.Rel(top, filepath.Dir(path))
		if err != nil {
			return err
		}
		out = append(out, target{folder: filepath.Dir(path), name: blueprintName, prefix: prefix(filepath.Join(arg, rel))})
		return nil
	})
	var p *fs.PathError
	if errors.As(err, &p) {
		return nil, fmt.Errorf("%s cannot be searched for blueprints: %w", arg, p.Err)
	}
	if err == nil && len(out) == 0 {
		return nil, fmt.Errorf("no blueprint found: there is no %s below %s", blueprintName, arg)
	}
	return out, err
}
