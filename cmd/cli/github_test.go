package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAnnotations(t *testing.T) {
	t.Parallel()
	got := string(shownAs(t, "github", outcome{findings: awkward()}))
	want := strings.Join([]string{
		"::error file=services/orders/a b/ü%2C%25%3A#.yaml,line=3,endLine=3,col=5,endColumn=8,title=BG2030%3A A rule stands behind another that takes its requests" +
			"::a b/ü,%25:#.yaml:3:5: a [link](1), 100%25 ␛[31m{0}%0AOne.%0ATwo.%0Asee ../shared/base.yaml:2:1%0Asee x",
		// GitHub takes columns within one line alone.
		"::warning file=services/orders/blueprint.yaml,line=3,endLine=6,title=BG1108%3A Not one of the admitted words::blueprint.yaml:3:5: over lines (environment staging)",
		"::notice file=services/orders/blueprint.yaml,line=3,endLine=3,col=5,endColumn=5,title=BG2002%3A A value is not said and becomes a variable::blueprint.yaml:3:5: nothing wide",
		"::warning file=services/orders/blueprint.yaml,title=BG9001%3A A mistake of bluegen's own::no place",
		"::warning file=services/orders/.bluegen.lock.json,title=BG3005%3A The manifest is damaged::.bluegen.lock.json: a whole file",
		"::warning title=BG1006%3A This is not YAML::<stdin>:1:1: standard input",
		"::warning file=/elsewhere/a b.yaml,line=1,endLine=1,col=1,endColumn=1,title=BG1001%3A There is no such blueprint::/elsewhere/a b.yaml:1:1: elsewhere",
		"",
	}, "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// unescaped reads a value as GitHub's runner does: the per cent sign last.
func unescaped(text string) string {
	for _, pair := range [][2]string{{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}, {"%25", "%"}} {
		text = strings.ReplaceAll(text, pair[0], pair[1])
	}
	return text
}

func TestEscapingComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("%0123ADCa:,=\r\n ü"))).Draw(t, "text")
		if got := data(text); unescaped(got) != text || strings.ContainsAny(got, "\r\n") {
			t.Errorf("data(%q) = %q", text, got)
		}
		if got := property(text); unescaped(got) != text || strings.ContainsAny(got, "\r\n:,") {
			t.Errorf("property(%q) = %q", text, got)
		}
	})
}
