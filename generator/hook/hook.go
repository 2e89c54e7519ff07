// Package hook is the library of lifecycle hooks: what a kind runs, at which stages it may stand, and how it answers ECS.
//
// It is data and arithmetic, no effects. A kind of our own has a folder beside this file with its handler, the handler's
// tests and its documentation; of those only handler.py is embedded, and beside it every function gets
// shared/lifecycle.py. Package model drives handlers through a deployment, for tests.
package hook

import (
	"embed"
	"strings"

	"bluegen/generator/tf"
)

//go:embed */handler.py shared/lifecycle.py
var sources embed.FS

// The kinds of the library, as the blueprint spells them.
const (
	// Wait holds the deployment for a while.
	Wait = "wait"
	// Smoke sends requests and compares the answers.
	Smoke = "smoke"
	// Alarms holds the deployment while CloudWatch alarms must be OK.
	Alarms = "alarms"
	// Metric holds the deployment while a CloudWatch expression must stay within a threshold.
	Metric = "metric"
	// Approval pauses the deployment until somebody says go on.
	Approval = "approval"
	// Code is a handler of the team's own.
	Code = "code"
)

// Kind is one row of the library. Its slices are the caller's to keep.
type Kind struct {
	// Name is one of the constants; the generated module is hook_<name>.
	Name string
	// Summary is the function's description: one line, no full stop needed after it.
	Summary string
	// About opens the README of the generated module.
	About string
	// Stages are those where the kind may stand, in the order of a deployment.
	Stages []string
	// Source lies below the module's folder (src/handler.py), with the constant header as its first line.
	// Empty for code, whose handler is referenced where it is, and for approval, which has no function.
	Source []tf.File
	// Handler, Runtime and MemoryMB of the function; zero where there is no source, where the blueprint says them.
	Handler, Runtime string
	MemoryMB         int
	// Permissions are what the function may do beside its logs and traces, each no wider than its service lets it be.
	Permissions []Permission
	// Columns head the behaviour table, Behaviour are its rows: what the hook does, or for code what ECS expects of it.
	Columns   [2]string
	Behaviour []Row
}

// Permission is a statement of the function's policy.
type Permission struct {
	Sid     string
	Actions []string
	// On is what the actions are allowed on.
	On Scope
	// Why the scope is as wide as it is, for a comment; empty where it is narrow.
	Why string
}

// Scope is what a permission reaches.
type Scope uint8

const (
	// Anything is every resource: the action knows no narrower one.
	Anything Scope = iota
	// AllAlarms are those of account and region.
	AllAlarms
	// ServiceRevisions are those of this one service.
	ServiceRevisions
)

// Row is one line of a behaviour table. Both cells are Markdown without line breaks or bars.
type Row struct{ What, Answer string }

// Kinds returns the library, sorted by name.
func Kinds() []Kind {
	all := shelf()
	out := make([]Kind, 0, len(all))
	for _, b := range all {
		out = append(out, b.kind())
	}
	return out
}

// Lookup finds a kind by its name.
func Lookup(name string) (Kind, bool) {
	for _, b := range shelf() {
		if b.name == name {
			return b.kind(), true
		}
	}
	return Kind{}, false
}

// book is a kind that is written out, its sources read, only for whoever asks for it.
type book struct {
	name string
	kind func() Kind
}

func shelf() []book {
	return []book{{Alarms, alarmsKind}, {Approval, approvalKind}, {Code, codeKind}, {Metric, metricKind}, {Smoke, smokeKind}, {Wait, waitKind}}
}

// folder is the kind's, or shared.
func folder(name string) string {
	kind, _, _ := strings.Cut(name, "/")
	return kind
}

// ours completes a kind whose function runs a source of the library.
func ours(k Kind) Kind {
	k.Stages = LegalStages()
	k.Source = []tf.File{source(k.Name+"/handler.py", "src/handler.py"), source("shared/lifecycle.py", "src/lifecycle.py")}
	k.Handler, k.Runtime, k.MemoryMB = "handler.lambda_handler", "python3.13", 128
	k.Columns = [2]string{"what happens", "answer"}
	return k
}

// source returns an embedded file. A test reads every one, so a missing file never leaves the build as an empty handler.
func source(name, path string) tf.File {
	data, err := sources.ReadFile(name)
	if err != nil {
		return tf.File{Path: path}
	}
	return tf.File{Path: path, Data: data, Origin: "hook/" + folder(name)}
}
