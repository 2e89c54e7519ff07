package blueprint

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// Blueprint is what one file says, with the bases that it extends.
type Blueprint struct {
	// Services are one an environment, in the order of their names; none where anything is an error.
	Services []*Service
	// Bases are the files that it extends, and those that they extend, each once: paths from the root of the file system, in the
	// order in which they were read.
	Bases []string
	// Extends are the paths of the bases that the file itself names, as it says them.
	Extends []At[string]
	// Unnamed says that neither the file nor a base of it names a service: it may be a base itself.
	Unnamed bool
}

// Load is a Reader's Read, for one blueprint and its services alone.
func Load(fsys fs.FS, name string) ([]*Service, diag.List) {
	b, diags := NewReader().Read(fsys, name)
	return b.Services, diags
}

// services lays the layers over each other and decodes the result.
func (l *loader) services() []*Service {
	top := l.compose()
	if top == nil || l.tooMany(top) {
		return nil
	}
	if len(l.files) > 1 || len(top.layers) > 0 || l.stopped {
		for _, f := range l.files {
			l.alone(f.own)
		}
	}
	if l.stopped {
		return nil
	}
	shown := l.shown(l.name)
	if len(top.layers) == 0 {
		return []*Service{l.service(top.rest, shown, At[string]{Range: l.files[0].start, Default: true})}
	}
	services := make([]*Service, 0, len(top.layers))
	for _, e := range top.layers {
		l.environment = e.name.V
		one := l.service(merge(top.rest, e.over, l.root), shown, e.name)
		one.Layer = e.over.paths("")
		services = append(services, one)
	}
	return services
}

// compose reads the files and lays them over each other; it is nil where there is nothing to go on with.
func (l *loader) compose() *document {
	top := l.load(l.name, nil)
	if top == nil {
		return nil
	}
	if err := l.plan(top); err != nil {
		l.diags = append(l.diags, diag.Diagnostic{Code: diag.Internal, Summary: err.Error()})
		return nil
	}
	for _, f := range l.files {
		f.own.rest, f.own.layers = l.split(f.tree)
	}
	return l.document(top)
}

// alone type-checks every layer of a file on its own: what another layer replaces must be right all the same.
func (d *decoder) alone(file document) {
	d.layer = true
	d.service(file.rest, "", At[string]{})
	for _, e := range file.layers {
		d.environment = e.name.V
		d.service(e.over, "", At[string]{})
	}
	d.layer, d.environment = false, ""
}

// read returns a blueprint's bytes, at most maxBytes of them.
func read(fsys fs.FS, name, shown string) ([]byte, diag.List) {
	refuse := func(code diag.Code, at hcl.Range, summary, detail string) ([]byte, diag.List) {
		return nil, diag.List{{Code: code, Summary: summary, Detail: detail, Subject: at}}
	}
	data, err := bytesOf(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(codeMissing, hcl.Range{}, fmt.Sprintf("there is no blueprint %s", quote(shown)), "Name a blueprint, or the folder that has a blueprint.yaml.")
	case errors.Is(err, errNoFile):
		return refuse(codeUnreadable, hcl.Range{}, fmt.Sprintf("%s is not a file", quote(shown)), "A blueprint is a plain file: no folder, no pipe, no device.")
	case errors.Is(err, errLarge):
		return refuse(codeTooLarge, (&source{file: shown}).start(), "the blueprint is larger than 1 MiB", "No service needs that much. Is it the right file?")
	case err != nil:
		return refuse(codeUnreadable, hcl.Range{}, fmt.Sprintf("the blueprint %s cannot be read", quote(shown)), clean(reason(err))+".")
	default:
		return data, nil
	}
}

// fault is why the bytes of a file that is there are not read.
type fault string

func (f fault) Error() string { return string(f) }

const (
	errNoFile fault = "it is not a file"
	errLarge  fault = "it is larger than 1 MiB"
)

// bytesOf reads a plain file of at most maxBytes.
func bytesOf(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if len(data) > maxBytes {
		return nil, errLarge
	}
	return data, nil
}
