package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bluegen/cmd/cli"
	"bluegen/generator/diag"
)

// written stands above every page that this command writes.
const written = "<!-- Written by `make schemas`; change its source, not this page. -->\n\n"

// writeDocs writes the pages that follow from the program itself: the commands from their help, the diagnostics from
// their catalogue.
func writeDocs(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("docs", flag.ContinueOnError)
	dir := flags.String("dir", "docs", "folder of the documentation")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for name, page := range map[string][]byte{"commands.md": commandsPage(ctx), "diagnostics.md": diagnosticsPage()} {
		if err := os.WriteFile(filepath.Join(*dir, name), page, 0o644); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, "wrote", filepath.Join(*dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// verbs are the commands in the order of a working day.
func verbs() []string {
	return []string{"init", "generate", "check", "diff", "validate", "test", "upgrade", "explain", "rollout", "schema", "version", "completion"}
}

// commandsPage is what each command says of itself.
func commandsPage(ctx context.Context) []byte {
	var b bytes.Buffer
	b.WriteString(written + "# Commands\n\nExit codes: 0 all is well; 1 an error; 2 wrong usage; 3 `check` and `diff` found that something is out of date, edited, missing or orphaned.\n\n[Regenerate without fear](regenerate.md) tells what bluegen owns, what you own, and what happens when both touched it.\n")
	for _, verb := range verbs() {
		fmt.Fprintf(&b, "\n## bluegen %s\n\n```text\n%s\n```\n", verb, strings.TrimSpace(help(ctx, verb, "--help")))
	}
	return b.Bytes()
}

// help is what the command line prints for args.
func help(ctx context.Context, args ...string) string {
	var text bytes.Buffer
	cli.Run(ctx, args, cli.IO{
		Dir: ".", In: strings.NewReader(""), Out: &text, Err: io.Discard, NoColour: true,
	})
	return text.String()
}

// diagnosticsPage is the whole catalogue: a table, then every text, one heading deeper.
func diagnosticsPage() []byte {
	var table, texts bytes.Buffer
	for _, code := range diag.Codes() {
		text, _ := diag.Explain(code)
		title, body, _ := strings.Cut(text, "\n")
		title = strings.TrimPrefix(title, "# ")
		name := strings.TrimPrefix(strings.TrimPrefix(title, string(code)), ": ")
		fmt.Fprintf(&table, "| [%s](#%s) | %s |\n", code, anchor(title), name)
		fmt.Fprintf(&texts, "\n## %s\n%s", title, strings.ReplaceAll(body, "\n## ", "\n### "))
	}
	return []byte(written + "# Diagnostics\n\nA code is stable for ever. `ignore: [CODE]` in the blueprint silences a warning or a notice, never an error.\n\n" +
		"| code | what is wrong |\n|---|---|\n" + table.String() + texts.String())
}

// anchor is the heading's link as Markdown renderers make it.
func anchor(title string) string {
	keep := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		case r == ' ':
			return '-'
		default:
			return -1
		}
	}
	return strings.Map(keep, strings.ToLower(title))
}
