package blueprint

import (
	"io/fs"
	"path"
	"reflect"
	"sync"

	"bluegen/generator/diag"
)

// Reader reads blueprints and remembers what it knows of the model, which is the same for every service of a fleet. It is safe for
// concurrent use.
type Reader struct {
	checks map[string]check
	mu     sync.Mutex
	models map[string]model // by engine
}

// model is the plan of a service under one engine; nobody changes it once it is there.
type model struct {
	plans planner
	root  *plan
	err   error
}

// NewReader returns a Reader.
func NewReader() *Reader { return &Reader{checks: patterns(), models: map[string]model{}} }

// Read reads name from fsys, which is rooted at the repository, and the bases that it extends; lays the file over its bases and the
// environments over the result, node by node, then decodes. Every mistake of every file is in the list, sorted, each once and with
// its place. Ranges name files from the blueprint's folder, slash-separated: blueprint.yaml itself, ../platform.yaml for a base.
//
// What the blueprint may not share with others (the handlers of its hooks) is looked for in fs.Sub of the blueprint's folder.
func (r *Reader) Read(fsys fs.FS, name string) (Blueprint, diag.List) {
	l := r.loader(fsys, name)
	services := l.services()
	diags := l.diags
	if services != nil {
		folder, err := fs.Sub(fsys, path.Dir(name))
		if err != nil {
			diags = append(diags, diag.Diagnostic{Code: codeUnreadable, Subject: l.files[0].start, Summary: "the blueprint's folder cannot be read", Detail: clean(reason(err)) + "."})
		} else {
			diags = append(diags, handlers(folder, services)...)
		}
	}
	diags = diags.Sorted()
	if diags.HasErrors() {
		services = nil
	}
	return Blueprint{Services: services, Bases: l.bases(), Extends: l.extended(), Unnamed: l.unnamed()}, diags
}

func (r *Reader) loader(fsys fs.FS, name string) *loader {
	return &loader{decoder: &decoder{checks: r.checks}, model: r.model, fsys: fsys, name: name, byName: map[string]*file{}}
}

// model is an engine's, made by whoever asks first.
func (r *Reader) model(engine string) model {
	r.mu.Lock()
	defer r.mu.Unlock()
	m, ok := r.models[engine]
	if !ok {
		m.plans = newPlanner(engine)
		m.root, m.err = m.plans.of(reflect.TypeFor[Service]())
		r.models[engine] = m
	}
	return m
}
