package terraform

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/go-version"
	tfjson "github.com/hashicorp/terraform-json"
)

// line is one line of terraform's machine-readable output; each type of line fills its own part.
type line struct {
	Type       string             `json:"type"`
	Terraform  string             `json:"terraform"`
	TestFile   string             `json:"@testfile"`
	TestRun    string             `json:"@testrun"`
	Diagnostic *tfjson.Diagnostic `json:"diagnostic"`
	Run        *runLine           `json:"test_run"`
	Summary    *summaryLine       `json:"test_summary"`
}

// lines decodes one JSON document a line and leaves out what is none: a warning of the command line comes as text.
func lines(out []byte) []line {
	var all []line
	for text := range bytes.Lines(out) {
		var l line
		if json.Unmarshal(text, &l) == nil {
			all = append(all, l)
		}
	}
	return all
}

// prepare runs init; backend is its flag about one. Mistakes that init finds (syntax, modules) are returned as diagnostics, for validate would bury
// them under modules that are not installed.
func (w *workspace) prepare(ctx context.Context, backend string) ([]tfjson.Diagnostic, error) {
	r := w.run(ctx, "init", "-json", backend, "-input=false", "-no-color")
	all := lines(r.stdout)
	if err := w.oldEnough(ctx, all); err != nil {
		return nil, err
	}
	if r.err == nil {
		return nil, nil
	}
	ds := complaints(all)
	if missing := unserved(ds); w.served && len(missing) > 0 {
		return nil, &UnservedProviderError{Providers: missing}
	}
	if ctx.Err() != nil || !refused(ds) {
		return nil, r.failed("init")
	}
	return ds, nil
}

// oldEnough reads the version that init says first. A binary that says none does not know -json: it is asked directly.
func (w *workspace) oldEnough(ctx context.Context, all []line) error {
	text := ""
	if i := slices.IndexFunc(all, func(l line) bool { return l.Type == "version" }); i >= 0 {
		text = all[i].Terraform
	} else if ctx.Err() == nil {
		var out struct {
			Version string `json:"terraform_version"`
		}
		if json.Unmarshal(w.run(ctx, "version", "-json").stdout, &out) == nil {
			text = out.Version
		}
	}
	found, err := version.NewVersion(text)
	if err != nil {
		return nil // not a version: the run itself says what is wrong
	}
	oldest, err := version.NewVersion(Oldest)
	if err != nil {
		return err
	}
	if found.Core().LessThan(oldest) {
		return &TooOldError{Path: w.session.path, Version: text}
	}
	return nil
}

// unserved reads from init's complaints which providers the empty mirror could not give.
func unserved(ds []tfjson.Diagnostic) []string {
	missing := regexp.MustCompile(`provider (\S+/\S+/\S+) was not\s+found in any of the search`)
	var out []string
	for _, d := range ds {
		for _, m := range missing.FindAllStringSubmatch(strings.Join(strings.Fields(d.Detail), " "), -1) {
			out = append(out, strings.TrimPrefix(m[1], "registry.terraform.io/"))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func refused(ds []tfjson.Diagnostic) bool {
	return slices.ContainsFunc(ds, func(d tfjson.Diagnostic) bool { return d.Severity == tfjson.DiagnosticSeverityError })
}
