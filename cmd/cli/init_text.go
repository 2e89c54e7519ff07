package cli

import (
	"fmt"
	"slices"
	"strings"

	"bluegen/generator/bootstrap"
	"bluegen/generator/disk"
)

// started tells what was written and what comes next.
func (s *site) started(o outcome, with initOptions) {
	w := &s.app.err
	s.app.style().diagnostics(w, o.findings)
	if o.failed() {
		fmt.Fprintln(w, "Nothing was written.")
		return
	}
	if len(o.findings) > 0 {
		fmt.Fprintln(w)
	}
	created := 0
	for _, c := range o.changes {
		switch {
		case c.Action == disk.Create && with.dryRun:
			fmt.Fprintf(&s.app.out, "create %s\n", clean(c.path))
		case c.Action == disk.Create:
			created++
			fmt.Fprintf(w, "created %s\n", clean(c.path))
		case c.Action == disk.Unchanged:
			fmt.Fprintf(w, "there already: %s\n", clean(c.path))
		default:
			fmt.Fprintf(w, "left as it is: %s\n", clean(c.path))
		}
	}
	if created > 0 {
		s.next(o, with)
	}
}

// next is what a new service needs after its first files.
func (s *site) next(o outcome, with initOptions) {
	wrote := func(base string) bool {
		return slices.ContainsFunc(o.changes, func(c change) bool { return c.Action == disk.Create && strings.HasSuffix(c.path, base) })
	}
	argument := clean(strings.TrimSuffix(s.prefix, "/"))
	if argument != "" {
		argument = " " + argument
	}
	rows := [][2]string{}
	if s.alone {
		rows = append(rows, [2]string{"git init" + argument, "it lies in no repository yet"})
	}
	if wrote(bootstrap.Name) {
		rows = append(rows, [2]string{"$EDITOR " + clean(s.shown(bootstrap.Name)), "hosts, priorities and sizes are a guess"})
	}
	rows = append(rows, [2]string{"bluegen generate" + argument, "writes the Terraform"}, [2]string{"bluegen test" + argument, "terraform's own verdict on it, offline and without credentials"})
	if wrote(".pre-commit-config.yaml") {
		rows = append(rows, [2]string{"pre-commit install", "holds every commit to it"})
	}
	width := 0
	for _, row := range rows {
		width = max(width, textWidth(row[0]))
	}
	w := &s.app.err
	fmt.Fprintln(w, "\nNext:")
	for _, row := range rows {
		fmt.Fprintf(w, "  %s%s  %s\n", row[0], strings.Repeat(" ", width-textWidth(row[0])), row[1])
	}
	if wrote("bluegen.yml") && (bootstrap.Repository{Source: with.source}).GitHub() == "" {
		fmt.Fprint(w, "\n"+wrap("The workflow needs the variable BLUEGEN_REPOSITORY on GitHub, in the repository or its organisation: OWNER/NAME of bluegen's own repository.", "", s.app.style().columns))
	}
}
