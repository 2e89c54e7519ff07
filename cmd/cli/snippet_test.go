package cli

import (
	"bytes"
	"strings"
	"testing"

	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
)

// at marks a range in a source: the text between the two bars, which are taken out.
func at(t *testing.T, marked string) (source []byte, r hcl.Range) {
	t.Helper()
	before, rest, ok := strings.Cut(marked, "¦")
	inside, after, ok2 := strings.Cut(rest, "¦")
	if !ok || !ok2 {
		t.Fatalf("%q has no range", marked)
	}
	position := func(text string) hcl.Pos {
		return hcl.Pos{Line: strings.Count(text, "\n") + 1, Column: 1, Byte: len(text)}
	}
	return []byte(before + inside + after), hcl.Range{Start: position(before), End: position(before + inside)}
}

func TestCaretStandsUnderTheRange(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ marked, want string }{
		"plain":             {"a: 1\nbake_time: ¦2000m¦ # long\n", "bake_time: 2000m # long|           ^^^^^"},
		"first column":      {"¦a¦: 1", "a: 1|^"},
		"end of the line":   {"a: 1¦¦\nb: 2", "a: 1|    ^"},
		"tabs stay tabs":    {"\tkey:\t¦value¦", "\tkey:\tvalue|\t    \t^^^^^"},
		"wide characters":   {"名前: ¦注文¦ x", "名前: 注文 x|      ^^^^"},
		"combining accents": {"cafe\u0301: ¦x¦", "cafe\u0301: x|      ^"},
		"emoji":             {"a: 🚀 ¦b¦", "a: 🚀 b|      ^"},
		"over several lines": {
			"hooks: ¦[a,   \n  b]¦\n", "hooks: [a,   |       ^^^",
		},
		"CRLF":             {"a: ¦1¦\r\nb: 2\r\n", "a: 1|   ^"},
		"byte order mark":  {"\uFEFFa: ¦1¦", "a: 1|   ^"},
		"second of three":  {"a\n\n¦c¦\n", "c|^"},
		"past the content": {"a\n¦¦", "|^"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source, r := at(t, test.marked)
			q, ok := quoted(source, r)
			if !ok {
				t.Fatal("there is no such line")
			}
			if diff := cmp.Diff(test.want, q.text+"|"+q.caret()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLongLinesAreCut(t *testing.T) {
	t.Parallel()
	for name, marked := range map[string]string{
		"in the middle": strings.Repeat("é", 5000) + "¦wrong¦" + strings.Repeat("x", 5000),
		"at the start":  "¦wrong¦" + strings.Repeat("x", 5000),
		"at the end":    strings.Repeat("字", 5000) + "¦wrong¦",
	} {
		source, r := at(t, marked)
		q, ok := quoted(source, r)
		if !ok || len(q.text) > mostQuoted+6 || q.text[q.from:q.to] != "wrong" || strings.ContainsRune(q.text, '\uFFFD') {
			t.Errorf("%s: %q, %d to %d", name, q.text, q.from, q.to)
		}
	}
}

func TestNoLineNoQuotation(t *testing.T) {
	t.Parallel()
	for _, line := range []int{-1, 0, 3, 1 << 40} {
		if q, ok := quoted([]byte("a\nb"), hcl.Range{Start: hcl.Pos{Line: line}}); ok {
			t.Errorf("line %d: %q", line, q.text)
		}
	}
	if _, ok := quoted(nil, hcl.Range{Start: hcl.Pos{Line: 2, Byte: 99}, End: hcl.Pos{Line: 2, Byte: 7}}); ok {
		t.Error("an empty source has one line")
	}
}

func TestDiagnosticsAreWhole(t *testing.T) {
	t.Parallel()
	source, r := at(t, "a: \x1b[31m¦b¦\n")
	findings := []finding{
		{
			Diagnostic: diag.Diagnostic{
				Code: "BG1108", Summary: "no \x07 bell", Detail: "One.\n    quoted   text\nTwo.", Subject: r,
				Related: []hcl.Range{{Start: hcl.Pos{Line: 9, Column: 1}}}, Environment: "staging",
			},
			file: "blueprint.yaml", related: []string{"blueprint.yaml"}, source: source, edit: "--- a\n+++ b\n",
		},
		{Diagnostic: diag.Diagnostic{Code: "BG9001", Severity: diag.Warning, Summary: "no place"}},
		{Diagnostic: diag.Diagnostic{Code: "BG2002", Severity: diag.Notice, Summary: "a file alone"}, file: ".bluegen.lock.json"},
	}
	var out bytes.Buffer
	style{columns: 40}.diagnostics(&out, findings)
	want := `blueprint.yaml:1:9: error BG1108: no ␇ bell (environment staging)
  1 | a: ␛[31mb
    |         ^
  One.
      quoted   text
  Two.
  see blueprint.yaml:9:1
  --- a
  +++ b

warning BG9001: no place

.bluegen.lock.json: notice BG2002: a file alone

1 error, 1 warning
bluegen explain BG1108 BG9001 says more
`
	r.Start.Column = 9
	findings[0].Subject = r
	out.Reset()
	style{columns: 40}.diagnostics(&out, findings)
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}
