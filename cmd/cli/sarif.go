package cli

import (
	"fmt"
	"slices"
	"strings"

	"bluegen/generator/diag"
)

// mostDescribed is how many characters GitHub takes for a rule's description.
const mostDescribed = 1000

// sarifView prints one SARIF log: a result for each finding and for each file that is not as the blueprint says, and a rule
// with the catalogue's text for each code that a result has.
type sarifView struct{ a *app }

func (v sarifView) generated(o outcome, _ generateOptions) { v.print(o, o.findings) }
func (v sarifView) proven(o outcome, _ string)             { v.print(o, o.findings) }
func (v sarifView) upgraded(o outcome, _ upgradeOptions)   { v.print(o, o.findings) }
func (v sarifView) differs(o outcome, _ string)            { v.checked(o) }

func (v sarifView) checked(o outcome) {
	found := o.findings
	if !o.failed() {
		found = slices.Concat(found, o.rows())
	}
	v.print(o, found)
}

func (v sarifView) print(o outcome, found []finding) {
	var codes []diag.Code
	for _, f := range found {
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "bluegen", SemanticVersion: Version, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{Successful: !o.broken}},
		Bases:       map[string]sarifBase{sarifRoot: {sarifText{Text: "The top of the repository, or the working directory where there is none."}}},
		Results:     []sarifResult{},
		ColumnKind:  "unicodeCodePoints",
	}
	for _, code := range codes {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule(code))
	}
	top := v.a.repository()
	for _, f := range found {
		run.Results = append(run.Results, f.result(top, slices.Index(codes, f.Code)))
	}
	v.a.printJSON(sarifLog{Schema: sarifSchema, Version: sarifVersion, Runs: []sarifRun{run}})
}

// rule is what the catalogue says of a code.
func rule(code diag.Code) sarifRule {
	e, ok := diag.Read(code)
	page, _ := diag.Explain(code)
	if !ok { // a test holds every code to its page
		e, page = diag.Entry{Title: string(code), Why: string(code)}, string(code)
	}
	why, _, _ := strings.Cut(e.Why, "\n\n")
	if short := []rune(why); len(short) > mostDescribed {
		why = string(short[:mostDescribed-3]) + "..."
	}
	return sarifRule{
		ID: string(code), ShortDescription: sarifText{Text: e.Title}, FullDescription: sarifText{Text: why},
		Configuration: sarifConfiguration{level(e.Severity)},
		Help:          sarifText{Text: style{columns: 100}.page(e), Markdown: page},
	}
}

// level is SARIF's word for a severity.
func level(s diag.Severity) string {
	if s == diag.Notice {
		return "note"
	}
	return s.String()
}

func (f finding) result(top repository, index int) sarifResult {
	text := literal(f.Summary+f.environment()) + "."
	if f.Detail != "" {
		text += "\n" + literal(f.Detail)
	}
	out := sarifResult{
		RuleID: string(f.Code), RuleIndex: index, Level: level(f.Severity),
		Locations: []sarifLocation{{Physical: physical(top, f.where(), spanOf(f.source, f.Subject))}},
	}
	for i, r := range f.Related {
		shown := place(f.related[i], r)
		// GitHub shows the other places only where the message has a link to them.
		text += fmt.Sprintf("\nSee [%s](%d).", literal(shown), i+1)
		at := physical(top, f.related[i], spanOf(nil, r))
		out.Related = append(out.Related, sarifLocation{ID: i + 1, Physical: at, Message: &sarifText{Text: literal(shown)}})
	}
	out.Message.Text = text
	if f.Environment != "" {
		out.Properties = map[string]string{"environment": f.Environment}
	}
	return out
}

func physical(top repository, file string, s span) sarifPhysical {
	uri, inside := top.uri(file)
	out := sarifPhysical{Artifact: sarifArtifact{URI: uri}}
	if inside {
		out.Artifact.Base = sarifRoot
	}
	if s.line > 0 {
		out.Region = &sarifRegion{StartLine: s.line, StartColumn: s.column, EndLine: s.endLine, EndColumn: s.endColumn}
	}
	return out
}

// literal keeps brackets in a message from being read as a link.
func literal(text string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(clean(text))
}
