package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text    string
		columns int
		want    string
	}{
		"short":              {"one two", 40, "  one two\n"},
		"breaks at spaces":   {"one two three", 10, "  one two\n  three\n"},
		"a long word stays":  {"https://example.com/a/long/name b", 10, "  https://example.com/a/long/name\n  b\n"},
		"paragraphs":         {"one\n\ntwo", 40, "  one\n\n  two\n"},
		"quotations":         {"as in\n    a   b   c", 8, "  as in\n      a   b   c\n"},
		"wide characters":    {"注文 注文", 8, "  注文\n  注文\n"},
		"last newline":       {"one\n", 40, "  one\n"},
		"nothing":            {"", 40, "\n"},
		"exactly the column": {"one two", 9, "  one two\n"},
	} {
		if diff := cmp.Diff(test.want, wrap(test.text, "  ", test.columns)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestCleanSendsNothingToATerminal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain\ttext\n":        "plain\ttext\n",
		"\x1b]0;title\x07":     "␛]0;title␇",
		"\x00\x7f":             "␀␡",
		"a\u202eb\u2066c":      "a\uFFFDb\uFFFDc",
		"\u0085":               "\uFFFD",
		"注文 cafe\u0301 \u200d": "注文 cafe\u0301 \u200d",
	} {
		if got := clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	t.Parallel()
	names := []string{"generate", "check", "diff", "test"}
	for given, want := range map[string]string{
		"generat": "Did you mean generate?", "chekc": "Did you mean check?", "dif": "Did you mean diff?", "deploy": "", "x": "", "": "",
	} {
		if got := didYouMean(given, "", names); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

// A verb without a text would print an empty help.
func TestEveryVerbHasAText(t *testing.T) {
	t.Parallel()
	root := (&app{}).root()
	overview := helpText("bluegen")
	for _, verb := range root.Commands() {
		text := helpText(verb.Name())
		if !strings.Contains(text, "$ bluegen") {
			t.Errorf("%s has no text with an example", verb.Name())
		}
		if !strings.Contains(overview, "\n  "+verb.Name()+" ") {
			t.Errorf("%s is not in the overview", verb.Name())
		}
		for line := range strings.Lines(text) {
			if len(line) > 86 {
				t.Errorf("%s: a line of its text is too long: %s", verb.Name(), line)
			}
		}
	}
}
