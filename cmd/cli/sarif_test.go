package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bluegen/generator/diag"
	"bluegen/generator/disk"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifOfficial is the schema that OASIS publishes; its hash shows that nobody made it easier.
func sarifOfficial(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e" {
		t.Fatalf("the schema is not the official one: %x", sum)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(sarifSchema, document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func refused(t *testing.T, schema *jsonschema.Schema, text []byte) error {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
	return schema.Validate(document)
}

// shownAs prints an outcome of check in the given format, as from a folder of a repository.
func shownAs(t *testing.T, format string, o outcome) []byte {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "services", "orders")
	for _, d := range []string{folder, filepath.Join(dir, ".git")} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	a := &app{io: IO{Dir: folder}}
	a.view(format).checked(o)
	return a.out.Bytes()
}

// awkward are findings of every shape that a view may meet.
func awkward() []finding {
	at := func(line, column, endLine, endColumn int) hcl.Range {
		return hcl.Range{Start: hcl.Pos{Line: line, Column: column}, End: hcl.Pos{Line: endLine, Column: endColumn}}
	}
	return []finding{
		{Diagnostic: diag.Diagnostic{Code: "BG2030", Summary: "a [link](1), 100% \x1b[31m{0}", Detail: "One.\nTwo.", Subject: at(3, 5, 3, 9), Related: []hcl.Range{at(2, 1, 2, 4), {}}}, file: "a b/ü,%:#.yaml", related: []string{"../shared/base.yaml", "x"}},
		{Diagnostic: diag.Diagnostic{Code: "BG1108", Severity: diag.Warning, Summary: "over lines", Subject: at(3, 5, 6, 2), Environment: "staging"}, file: "blueprint.yaml"},
		{Diagnostic: diag.Diagnostic{Code: "BG2002", Severity: diag.Notice, Summary: "nothing wide", Subject: at(3, 5, 3, 5)}, file: "blueprint.yaml"},
		{Diagnostic: diag.Diagnostic{Code: "BG9001", Severity: diag.Warning, Summary: "no place"}, blueprint: "blueprint.yaml"},
		{Diagnostic: diag.Diagnostic{Code: "BG3005", Severity: diag.Warning, Summary: "a whole file"}, file: ".bluegen.lock.json"},
		{Diagnostic: diag.Diagnostic{Code: "BG1006", Severity: diag.Warning, Summary: "standard input", Subject: at(1, 1, 1, 2)}, file: stdinName},
		{Diagnostic: diag.Diagnostic{Code: "BG1001", Severity: diag.Warning, Summary: "elsewhere", Subject: at(1, 1, 0, 0)}, file: "/elsewhere/a b.yaml"},
	}
}

func TestSarifIsWhatOASISPublished(t *testing.T) {
	t.Parallel()
	schema := sarifOfficial(t)
	every := outcome{findings: awkward()}
	for _, code := range diag.Codes() {
		every.findings = append(every.findings, finding{Diagnostic: diag.Diagnostic{Code: code, Summary: "x"}, file: "x.yaml"})
	}
	stale := outcome{changes: []change{{Change: disk.Change{Path: "main.tf", Action: disk.Create}, path: "terraform/main.tf"}}}
	for name, o := range map[string]outcome{"nothing": {}, "everything": every, "a file": stale} {
		if err := refused(t, schema, shownAs(t, "sarif", o)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The schema can say no.
	for _, change := range [][2]string{{`"level": "error"`, `"level": "high"`}, {`"message": {`, `"massage": {`}, {`"startLine": 3`, `"startLine": 0`}} {
		text := strings.Replace(string(shownAs(t, "sarif", every)), change[0], change[1], 1)
		if refused(t, schema, []byte(text)) == nil {
			t.Errorf("the schema takes %s", change[1])
		}
	}
}

// Every golden blueprint, right or wrong, gives a valid log with as many results as the JSON document has of diagnostics and changes.
func TestSarifOfEveryGolden(t *testing.T) {
	t.Parallel()
	schema := sarifOfficial(t)
	dir, err := filepath.Abs("../../golden/cases")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := os.ReadDir(dir)
	if err != nil || len(cases) < 50 {
		t.Fatal(len(cases), err)
	}
	results := 0
	for _, c := range cases {
		sarif, document := checkAs(t, dir, c.Name(), "sarif"), checkAs(t, dir, c.Name(), "json")
		if err := refused(t, schema, sarif); err != nil {
			t.Errorf("%s: %v", c.Name(), err)
		}
		var log sarifLog
		var doc jsonDocument
		if err := json.Unmarshal(sarif, &log); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(document, &doc); err != nil {
			t.Fatal(err)
		}
		results += len(doc.Diagnostics)
		if want := len(doc.Diagnostics) + len(doc.Changes); len(log.Runs[0].Results) != want {
			t.Errorf("%s: %d results, want %d", c.Name(), len(log.Runs[0].Results), want)
		}
	}
	if results < 80 {
		t.Errorf("the goldens have %d diagnostics", results)
	}
}

func checkAs(t *testing.T, dir, name, format string) []byte {
	t.Helper()
	var out, talk bytes.Buffer
	Run(context.Background(), []string{"check", "--format", format, name}, IO{Dir: dir, Out: &out, Err: &talk})
	if talk.Len() > 0 {
		t.Errorf("%s: %s", name, talk.String())
	}
	return out.Bytes()
}

func TestSarifPlaces(t *testing.T) {
	t.Parallel()
	var log sarifLog
	if err := json.Unmarshal(shownAs(t, "sarif", outcome{findings: awkward()}), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	at := func(uri, base string, r *sarifRegion) sarifPhysical {
		return sarifPhysical{sarifArtifact{uri, base}, r}
	}
	want := []sarifPhysical{
		at("services/orders/a%20b/%C3%BC,%25:%23.yaml", "SRCROOT", &sarifRegion{3, 5, 3, 9}),
		at("services/orders/blueprint.yaml", "SRCROOT", &sarifRegion{3, 5, 6, 2}),
		at("services/orders/blueprint.yaml", "SRCROOT", &sarifRegion{3, 5, 3, 5}),
		at("services/orders/blueprint.yaml", "SRCROOT", nil),
		at("services/orders/.bluegen.lock.json", "SRCROOT", nil),
		at("%3Cstdin%3E", "SRCROOT", &sarifRegion{1, 1, 1, 2}),
		at("file:///elsewhere/a%20b.yaml", "", &sarifRegion{1, 1, 1, 1}),
	}
	var got []sarifPhysical
	for _, r := range run.Results {
		got = append(got, r.Locations[0].Physical)
		if rule := run.Tool.Driver.Rules[r.RuleIndex].ID; rule != r.RuleID {
			t.Errorf("%s has the rule %s", r.RuleID, rule)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	first := run.Results[0]
	message := "a \\[link\\](1), 100% ␛\\[31m{0}.\nOne.\nTwo.\nSee [../shared/base.yaml:2:1](1).\nSee [x](2)."
	if diff := cmp.Diff(message, first.Message.Text); diff != "" {
		t.Error(diff)
	}
	if uri := first.Related[0].Physical.Artifact.URI; uri != "services/shared/base.yaml" || first.Related[0].ID != 1 {
		t.Errorf("related: %+v", first.Related)
	}
	if run.Results[1].Properties["environment"] != "staging" || run.Results[1].Level != "warning" || run.Results[2].Level != "note" {
		t.Errorf("%+v", run.Results[1:3])
	}
}

func TestSarifSaysThatARunWasBroken(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]bool{"": false, "-r": true} {
		var out, talk bytes.Buffer
		args := []string{"check", "--format", "sarif"}
		if name != "" {
			args = append(args, name)
		}
		Run(context.Background(), args, IO{Dir: t.TempDir(), Out: &out, Err: &talk})
		if got := strings.Contains(out.String(), `"executionSuccessful": false`); got != broken {
			t.Errorf("check %s:\n%s%s", name, out.String(), talk.String())
		}
	}
}
