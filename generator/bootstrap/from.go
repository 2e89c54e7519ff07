package bootstrap

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/tf"

	"github.com/hashicorp/hcl/v2"
)

const (
	// codeOutside refuses a base that lies outside of the repository.
	codeOutside diag.Code = "BG1119"
	// mostHandlers bounds the files that a copied hook brings with it.
	mostHandlers = 1000
)

// Copy says what From starts from, and where the copy goes.
type Copy struct {
	// FS is rooted at the repository of the blueprint that is copied; File is that blueprint in it.
	FS   fs.FS
	File string
	// Name is the new service's.
	Name string
	// Folder is the new blueprint's, from the root of FS, unless it lies Elsewhere: in another repository, or in none.
	Folder    string
	Elsewhere bool
}

// From copies another service's blueprint under a new name: its comments and order stay, it extends the same bases, and the handlers
// that it names come with it. What is still the other service's is a warning that points into the copy.
func From(c Copy) (Draft, diag.List) {
	read, diags := blueprint.NewReader().Read(c.FS, c.File)
	if diags.HasErrors() {
		return Draft{}, diags
	}
	if diags := c.strays(read.Extends); diags != nil {
		return Draft{}, diags
	}
	draft := Draft{}
	if !c.Elsewhere {
		draft.Folder = c.Folder
	}
	if err := c.fill(&draft, read); err != nil {
		return Draft{}, unreadable(path.Base(c.File), err)
	}
	copied, diags := blueprint.Load(draft.FS(), draft.File())
	if diags.HasErrors() {
		return draft, diags
	}
	return draft, others(draft.Blueprint, read.Services[0].Name.V, copied)
}

// strays refuses bases that the copy could not extend: a blueprint reads its own repository alone.
func (c Copy) strays(bases []blueprint.At[string]) diag.List {
	if !c.Elsewhere {
		return nil
	}
	var out diag.List
	for _, base := range bases {
		out = append(out, diag.Diagnostic{
			Code: codeOutside, Subject: base.Range, Summary: fmt.Sprintf("the base %q lies outside of the new blueprint's repository", base.V),
			Detail: "A copy extends the same bases, and it reads the nearest folder above it that has .git, or its own folder where there is none. Start it in the repository of this blueprint, or copy a blueprint that extends nothing.",
		})
	}
	return out
}

// fill reads what the copy is made of.
func (c Copy) fill(d *Draft, read blueprint.Blueprint) (err error) {
	if d.Blueprint, err = c.text(read); err != nil {
		return err
	}
	for _, name := range read.Bases {
		data, err := fs.ReadFile(c.FS, name)
		if err != nil {
			return err
		}
		d.bases = append(d.bases, tf.File{Path: name, Data: data})
	}
	folder, err := fs.Sub(c.FS, path.Dir(c.File))
	if err != nil {
		return err
	}
	d.Handlers, err = handlers(folder, read.Services)
	return err
}

// text is the blueprint's own with the new name, and with the ways to its bases from the new folder. A name that a base says is said
// in the copy.
func (c Copy) text(read blueprint.Blueprint) ([]byte, error) {
	data, err := fs.ReadFile(c.FS, c.File)
	if err != nil {
		return nil, err
	}
	edits := read.Moved(path.Dir(c.File), path.Clean(c.Folder))
	name := blueprint.Edit{Range: read.Services[0].Name.Range, Text: scalar(c.Name)}
	if !blueprint.Said(data, "name") {
		if name, err = blueprint.Named(data, c.File, c.Name); err != nil {
			return nil, err
		}
	}
	return blueprint.Rewrite(data, append(edits, name)...)
}

func unreadable(file string, err error) diag.List {
	return diag.List{{
		Code: "BG1002", Summary: fmt.Sprintf("the blueprint %s cannot be copied", file), Detail: err.Error() + ". Make it readable, and run again.",
		Subject: hcl.Range{Filename: file},
	}}
}

// handlers are the files that hooks name, links left out: what they lead to is not the blueprint's.
func handlers(fsys fs.FS, services []*blueprint.Service) ([]tf.File, error) {
	var out []tf.File
	for _, top := range handlerPaths(services) {
		err := fs.WalkDir(fsys, top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			if len(out) == mostHandlers {
				return fmt.Errorf("%s has more than %d files", top, mostHandlers)
			}
			data, err := fs.ReadFile(fsys, name)
			out = append(out, tf.File{Path: name, Data: data})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func handlerPaths(services []*blueprint.Service) []string {
	var out []string
	for _, s := range services {
		if s.ECS == nil {
			continue
		}
		for _, h := range s.ECS.Deployment.Hooks {
			if h.Path.V != "" {
				out = append(out, path.Clean(h.Path.V))
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	// A file in a folder that is another hook's comes with the folder.
	return slices.DeleteFunc(slices.Clone(out), func(p string) bool {
		return slices.ContainsFunc(out, func(other string) bool { return strings.HasPrefix(p, other+"/") })
	})
}
