package ecs

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
)

// right is a blueprint of which no rule says anything; every case changes a little of it. What a case appends is line 15.
const right = `version: 1
name: orders
engine: ecs
network: {vpc_id: {variable: vpc_id}, subnet_ids: {variable: subnet_ids}, security_group_ids: {variable: group_ids}}
service:
  cluster: {variable: cluster_arn}
  task:
    containers:
      - {name: app, image: {variable: image}, port: 9000}
traffic:
  web: {alb: {
    listener_arn: {variable: listener_arn},
    production: {priority: 110, when: [{host_header: [a.example]}]},
    test: {priority: 109, when: [{host_header: [a.example]}, {http_header: {name: x-test, values: ["1"]}}]}}}
`

// ruleCase is a change of the right blueprint and what is said of it.
type ruleCase struct {
	name string
	// change holds pairs: what is replaced, and by what.
	change []string
	add    string
	was    string
	// want is "error BG2020 14:44 `3m` <- 14:24 `rolling`": severity, code, place and the text there, related places.
	want []string
}

// tables are the cases of every file of rules.
func tables() map[string][]ruleCase {
	return map[string][]ruleCase{
		"pin": pinCases(), "strategy": strategyCases(), "traffic": trafficCases(), "shadow": shadowCases(),
		"service": serviceCases(), "hooks": hookCases(), "timeouts": timeoutCases(),
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	for table, cases := range tables() {
		for _, c := range cases {
			t.Run(table+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				text, diags := c.build(t)
				got := []string{}
				for _, d := range diags.Sorted() {
					got = append(got, told(text, d))
					checkManners(t, d)
				}
				if diff := cmp.Diff(append([]string{}, c.want...), got); diff != "" {
					t.Errorf("%s\n%s\n%v", numbered(text), diff, diags)
				}
			})
		}
	}
}

// build loads the changed blueprint and builds it.
func (c ruleCase) build(t *testing.T) (string, diag.List) {
	t.Helper()
	text := right
	for i := 0; i < len(c.change); i += 2 {
		if strings.Count(text, c.change[i]) != 1 {
			t.Fatalf("%q is not once in\n%s", c.change[i], text)
		}
		text = strings.Replace(text, c.change[i], c.change[i+1], 1)
	}
	text += c.add
	services, diags := blueprint.Load(fstest.MapFS{
		"blueprint.yaml": {Data: []byte(text)}, "hooks/check.py": {}, "hooks/node/index.mjs": {}, "hooks/run.jar": {},
	}, "blueprint.yaml")
	if diags != nil {
		t.Fatalf("%s\n%v", numbered(text), diags)
	}
	pins, err := version.NewConstraint(services[0].Terraform.AWSProvider.V)
	if err != nil {
		t.Fatal(err)
	}
	aws, err := schemas.Open("aws", pins)
	if err != nil {
		t.Fatal(err)
	}
	services[0].Was = c.was
	config, diags := Build(services[0], aws)
	if diags.HasErrors() == (config != nil) {
		t.Errorf("errors: %t, configuration: %t", diags.HasErrors(), config != nil)
	}
	return text, diags
}

// told is a diagnostic as the tables write it.
func told(text string, d diag.Diagnostic) string {
	out := fmt.Sprintf("%s %s %s", d.Severity, d.Code, place(text, d.Subject))
	for _, r := range d.Related {
		out += " <- " + place(text, r)
	}
	return out
}

func place(text string, r hcl.Range) string {
	there, more, _ := strings.Cut(text[r.Start.Byte:r.End.Byte], "\n")
	if more != "" {
		there += " ..."
	}
	return fmt.Sprintf("%d:%d `%s`", r.Start.Line, r.Start.Column, there)
}

func numbered(text string) string {
	var out strings.Builder
	for i, line := range strings.Split(text, "\n") {
		fmt.Fprintf(&out, "%2d %s\n", i+1, line)
	}
	return out.String()
}

// checkManners: one line without a full stop, then whole sentences, and a text in the catalogue.
func checkManners(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	if d.Summary == "" || strings.HasSuffix(d.Summary, ".") || strings.Contains(d.Summary, "\n") {
		t.Errorf("summary %q", d.Summary)
	}
	if !strings.HasSuffix(d.Detail, ".") || strings.Contains(d.Detail, "%!") || strings.Contains(d.Summary, "%!") {
		t.Errorf("detail %q", d.Detail)
	}
	text, ok := diag.Explain(d.Code)
	if !ok || !strings.Contains(text, "\nSeverity: "+d.Severity.String()+"\n") {
		t.Errorf("the catalogue does not have %s as %s", d.Code, d.Severity)
	}
}

// TestEveryCode: a rule without a case is a rule that nobody has seen work.
func TestEveryCode(t *testing.T) {
	t.Parallel()
	var said []string
	for _, cases := range tables() {
		for _, c := range cases {
			said = append(said, c.want...)
		}
	}
	for _, code := range declared(t) {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, code) }) {
			t.Errorf("%s has no case", code)
		}
	}
}

// declared are the codes of the engine's rules and of those that every engine has.
func declared(t *testing.T) []string {
	t.Helper()
	codes := append(codesOf(t, "codes.go"), codesOf(t, "../../parts/codes.go")...)
	if len(codes) < 40 {
		t.Fatalf("only %v", codes)
	}
	return codes
}

func codesOf(t *testing.T, source string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, `"BG`) {
			code, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, code)
		}
		return true
	})
	return codes
}

// TestIgnore: a warning can be accepted, an error cannot.
func TestIgnore(t *testing.T) {
	t.Parallel()
	headless := ruleCase{change: []string{right[strings.Index(right, "traffic:"):], ""}, add: "ignore: [BG2025, BG2051]\n"}
	if _, diags := headless.build(t); diags != nil {
		t.Errorf("ignored all the same: %v", diags)
	}
	nothing := ruleCase{change: []string{right[strings.Index(right, "  task:"):], ""}, add: "ignore: [BG2025, BG2051]\n"}
	if _, diags := nothing.build(t); !diags.HasErrors() {
		t.Error("an error was silenced")
	}
}
