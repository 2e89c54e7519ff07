// Package hook is the library of lifecycle hooks: what a kind runs, at which stages it may stand, and how it answers ECS.
//
// It is data and arithmetic, no effects. A kind of our own has a folder beside this file with its handler and the
// handler's tests; of those only handler.py is embedded. Package model drives handlers through a deployment, for tests.
package hook

import (
	"embed"
	"strings"

	"bluegen/generator/tf"
)

//go:embed wait/handler.py
var sources embed.FS

// The kinds of the library, as the blueprint spells them.
const (
	// Wait holds the deployment for a while.
	Wait = "wait"
	// Code is a handler of the team's own.
	Code = "code"
)

// Kind is one row of the library. Its slices are the caller's to keep.
type Kind struct {
	// Name is Wait or Code; the generated module is hook_<name>.
	Name string
	// Summary is the function's description: one line, no full stop needed after it.
	Summary string
	// Stages are those where the kind may stand, in the order of a deployment.
	Stages []string
	// Source lies below the module's folder (src/handler.py), with the constant header as its first line.
	// Empty for code: the team's handler is referenced where it is.
	Source []tf.File
	// Handler, Runtime and MemoryMB of the function; zero for code, where the blueprint says them.
	Handler, Runtime string
	MemoryMB         int
	// Behaviour is the README's table of what the hook does, or for code of what ECS expects of it.
	Behaviour []Row
}

// Row is one line of a behaviour table. Both cells are Markdown without line breaks or bars.
type Row struct{ What, Answer string }

// Kinds returns the library, sorted by name.
func Kinds() []Kind { return []Kind{codeKind(), waitKind()} }

// Lookup finds a kind by its name.
func Lookup(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

func folder(name string) string {
	kind, _, _ := strings.Cut(name, "/")
	return kind
}

// source returns an embedded file. A test reads every one, so a missing file never leaves the build as an empty handler.
func source(name, path string) tf.File {
	data, err := sources.ReadFile(name)
	if err != nil {
		return tf.File{Path: path}
	}
	return tf.File{Path: path, Data: data, Origin: "hook/" + folder(name)}
}
