package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDocs holds the committed pages against the program: what it says of itself and what the pages say must be one story.
func TestDocs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var out bytes.Buffer
	if err := run(context.Background(), []string{"docs", "-dir", dir}, &out); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"commands.md", "diagnostics.md"} {
		want, err := os.ReadFile(filepath.Join("../../docs", name))
		if err != nil {
			t.Fatal(err)
		}
		have, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(have)); diff != "" {
			t.Errorf("docs/%s is not what the program says (-page +program); run `make schemas`:\n%s", name, diff)
		}
	}
}

// TestDocsNameEveryVerb: a verb of the command line that has no section would be forgotten.
func TestDocsNameEveryVerb(t *testing.T) {
	t.Parallel()
	overview := help(context.Background(), "--help")
	page := string(commandsPage(context.Background()))
	for _, verb := range verbs() {
		if !strings.Contains(overview, "\n  "+verb+" ") {
			t.Errorf("bluegen help does not list %s:\n%s", verb, overview)
		}
		if !strings.Contains(page, "\n## bluegen "+verb+"\n\n```text\n"+help(context.Background(), verb, "--help")[:20]) {
			t.Errorf("commands.md has no section %s", verb)
		}
	}
}

func TestAnchor(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"BG2030: The test rule stands behind production": "bg2030-the-test-rule-stands-behind-production",
		"BG1111: A key's value":                          "bg1111-a-keys-value",
	} {
		if have := anchor(title); have != want {
			t.Errorf("anchor(%q) = %q, want %q", title, have, want)
		}
	}
}
