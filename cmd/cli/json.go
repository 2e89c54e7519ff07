package cli

import (
	"encoding/json"

	"bluegen/generator/diag"
	"bluegen/generator/disk"

	"github.com/hashicorp/hcl/v2"
)

// jsonFormat is the version of the document, in terraform's own numbering: a new key raises the minor number.
const jsonFormat = "1.0"

// jsonView prints one document in the shape of `terraform validate -json`, and what bluegen has beside it.
type jsonView struct{ a *app }

type jsonDocument struct {
	FormatVersion string           `json:"format_version"`
	Valid         bool             `json:"valid"`
	ErrorCount    int              `json:"error_count"`
	WarningCount  int              `json:"warning_count"`
	Diagnostics   []jsonDiagnostic `json:"diagnostics"`
	Changes       []jsonChange     `json:"changes"`
	Lost          []jsonChange     `json:"lost,omitempty"`
	Blueprints    []jsonBlueprint  `json:"blueprints,omitempty"`
	Environments  []jsonTree       `json:"environments,omitempty"`
	Runs          []jsonRun        `json:"runs,omitempty"`
	Upgrades      []jsonUpgrade    `json:"upgrades,omitempty"`
	Resources     []jsonFate       `json:"resources,omitempty"`
}

type jsonDiagnostic struct {
	Severity    string       `json:"severity"`
	Code        string       `json:"code"`
	Summary     string       `json:"summary"`
	Detail      string       `json:"detail"`
	Environment string       `json:"environment,omitempty"`
	Range       *jsonRange   `json:"range,omitempty"`
	Related     []jsonRange  `json:"related,omitempty"`
	Snippet     *jsonSnippet `json:"snippet,omitempty"`
	Edit        string       `json:"edit,omitempty"`
}

type jsonRange struct {
	Filename string  `json:"filename"`
	Start    jsonPos `json:"start"`
	End      jsonPos `json:"end"`
}

type jsonPos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Byte   int `json:"byte"`
}

type jsonSnippet struct {
	Context              *string    `json:"context"`
	Code                 string     `json:"code"`
	StartLine            int        `json:"start_line"`
	HighlightStartOffset int        `json:"highlight_start_offset"`
	HighlightEndOffset   int        `json:"highlight_end_offset"`
	Values               []struct{} `json:"values"`
}

type jsonChange struct {
	Path        string `json:"path"`
	Action      string `json:"action"`
	Reason      string `json:"reason,omitempty"`
	Environment string `json:"environment,omitempty"`
	Edit        string `json:"edit,omitempty"`
}

// jsonBlueprint is one of several: ok, changed (written, or out of date) or error.
type jsonBlueprint struct {
	Path   string `json:"path"`
	Status string `json:"status"`
}

// jsonTree is what check and validate know of an environment: why it is out of date, and the lowest versions that it needs.
type jsonTree struct {
	Environment string   `json:"environment,omitempty"`
	Directory   string   `json:"directory"`
	Because     string   `json:"because,omitempty"`
	Needs       []string `json:"needs,omitempty"`
}

type jsonRun struct {
	Environment string `json:"environment,omitempty"`
	File        string `json:"file"`
	Name        string `json:"name"`
	Status      string `json:"status"`
}

func (v jsonView) generated(o outcome, _ generateOptions) { v.print(o) }
func (v jsonView) checked(o outcome)                      { v.print(o) }
func (v jsonView) differs(o outcome, _ string)            { v.print(o) }
func (v jsonView) proven(o outcome, _ string)             { v.print(o) }

func (v jsonView) print(o outcome) {
	doc := jsonDocument{FormatVersion: jsonFormat, Valid: !o.failed(), Diagnostics: []jsonDiagnostic{}, Changes: []jsonChange{}}
	doc.Upgrades, doc.Resources = o.jsonUpgrades(), o.jsonFates()
	for _, f := range o.findings {
		switch f.Severity {
		case diag.Error:
			doc.ErrorCount++
		case diag.Warning:
			doc.WarningCount++
		case diag.Notice:
		}
		doc.Diagnostics = append(doc.Diagnostics, f.json())
	}
	for _, c := range o.changes {
		if c.Action != disk.Unchanged {
			doc.Changes = append(doc.Changes, c.json(""))
		}
	}
	for _, c := range o.lost {
		doc.Lost = append(doc.Lost, c.json(c.lost()))
	}
	for _, v := range o.verdicts {
		doc.Blueprints = append(doc.Blueprints, jsonBlueprint(v))
	}
	for _, t := range o.trees {
		if t.because != "" || t.needs != nil {
			doc.Environments = append(doc.Environments, jsonTree{t.environment, t.directory, t.because, t.needs})
		}
	}
	for _, r := range o.runs {
		doc.Runs = append(doc.Runs, jsonRun{r.environment, r.File, r.Name, string(r.Status)})
	}
	v.a.printJSON(doc)
}

// printJSON prints a document for a machine that a person can read as well.
func (a *app) printJSON(doc any) {
	encoder := json.NewEncoder(&a.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	// Strings and numbers always encode.
	_ = encoder.Encode(doc)
}

func (c change) json(edit string) jsonChange {
	return jsonChange{c.path, c.Action.String(), c.Reason.String(), c.environment, edit}
}

func (f finding) json() jsonDiagnostic {
	d := jsonDiagnostic{
		Severity: f.Severity.String(), Code: string(f.Code), Summary: f.Summary, Detail: f.Detail, Environment: f.Environment, Edit: f.edit,
	}
	if f.file != "" {
		at := rangeOf(f.file, f.Subject)
		d.Range = &at
	}
	for i, r := range f.Related {
		d.Related = append(d.Related, rangeOf(f.related[i], r))
	}
	if q, ok := quoted(f.source, f.Subject); ok {
		d.Snippet = &jsonSnippet{
			Code: q.text, StartLine: f.Subject.Start.Line, HighlightStartOffset: q.from, HighlightEndOffset: q.to, Values: []struct{}{},
		}
	}
	return d
}

func rangeOf(file string, r hcl.Range) jsonRange {
	return jsonRange{file, jsonPos(r.Start), jsonPos(r.End)}
}
