package blueprint

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// Load reads name from fsys (rooted at the blueprint's folder), lays environments over the base node by node, then decodes.
// It returns one service an environment, in the order of their names; none where anything is an error.
// Every mistake of the file is in the list, sorted, each once and with its place.
func Load(fsys fs.FS, name string) ([]*Service, diag.List) {
	data, diags := read(fsys, name)
	if diags != nil {
		return nil, diags
	}
	services, diags := decode(newSource(name, data))
	if services != nil {
		diags = append(diags, handlers(fsys, services)...)
	}
	diags = diags.Sorted()
	if diags.HasErrors() {
		return nil, diags
	}
	return services, diags
}

// decode turns bytes into services, complete or not.
func decode(s *source) ([]*Service, diag.List) {
	if diags := decent(s); diags != nil {
		return nil, diags
	}
	document, diags := parse(s)
	if document == nil {
		return nil, diags
	}
	if d := newer(document); d != nil {
		return nil, diag.List{*d}
	}
	d := &decoder{plans: newPlanner(engineOf(document)), checks: patterns(), diags: diags}
	root, err := d.plans.of(reflect.TypeFor[Service]())
	if err != nil {
		return nil, diag.List{{Code: diag.Internal, Summary: err.Error()}}
	}
	if !d.is(document, mapping, "the blueprint") {
		return nil, d.diags
	}
	base, layers := d.split(document)
	d.layers(base, layers)
	if len(layers) == 0 {
		return []*Service{d.service(base, s.file, At[string]{Range: s.start(), Default: true})}, d.diags
	}
	services := make([]*Service, 0, len(layers))
	for _, l := range layers {
		d.environment = l.name.V
		services = append(services, d.service(merge(base, l.over, root), s.file, l.name))
	}
	return services, d.diags
}

// layers type-checks every layer on its own: what another layer replaces must be right all the same.
func (d *decoder) layers(base *node, layers []layer) {
	if len(layers) == 0 {
		return
	}
	d.layer = true
	d.service(base, "", At[string]{})
	for _, l := range layers {
		d.environment = l.name.V
		d.service(l.over, "", At[string]{})
	}
	d.layer, d.environment = false, ""
}

// read returns the file's bytes, at most maxBytes of them.
func read(fsys fs.FS, name string) ([]byte, diag.List) {
	refuse := func(code diag.Code, at hcl.Range, summary, detail string) ([]byte, diag.List) {
		return nil, diag.List{{Code: code, Summary: summary, Detail: detail, Subject: at}}
	}
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(codeMissing, hcl.Range{}, fmt.Sprintf("there is no blueprint %s", quote(name)), "Name a blueprint, or the folder that has a blueprint.yaml.")
	case err != nil:
		return refuse(codeUnreadable, hcl.Range{}, fmt.Sprintf("the blueprint %s cannot be read", quote(name)), clean(err.Error())+".")
	case !info.Mode().IsRegular():
		return refuse(codeUnreadable, hcl.Range{}, fmt.Sprintf("%s is not a file", quote(name)), "A blueprint is a plain file: no folder, no pipe, no device.")
	}
	file, err := fsys.Open(name)
	if err != nil {
		return refuse(codeUnreadable, hcl.Range{}, fmt.Sprintf("the blueprint %s cannot be read", quote(name)), clean(err.Error())+".")
	}
	data, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return refuse(codeUnreadable, hcl.Range{}, fmt.Sprintf("the blueprint %s cannot be read", quote(name)), clean(err.Error())+".")
	}
	if len(data) > maxBytes {
		return refuse(codeTooLarge, (&source{file: name}).start(), "the blueprint is larger than 1 MiB", "No service needs that much. Is it the right file?")
	}
	return data, nil
}
