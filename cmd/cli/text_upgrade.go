package cli

import (
	"fmt"
	"io"
	"strings"

	"bluegen/generator/disk"
	"bluegen/generator/terraform"
)

// upgraded prints what changes in the blueprint and why, what that changes in the files, and what terraform says of it.
func (v textView) upgraded(o outcome, with upgradeOptions) {
	v.a.style().diagnostics(&v.a.err, o.findings)
	v.report(&v.a.out, o, with)
}

// report is upgraded without the findings.
func (v textView) report(w io.Writer, o outcome, with upgradeOptions) {
	edits, written := 0, 0
	for _, u := range o.upgrades {
		v.steps(w, u, o.failed())
		edits += len(u.Steps)
		if u.written {
			written++
		}
	}
	due := false
	for _, t := range o.trees {
		changes := t.counts[disk.Create]+t.counts[disk.Update]+t.counts[disk.Delete] > 0
		due = due || changes
		if edits > 0 || changes {
			fmt.Fprintf(w, "%s: %s\n", clean(t.directory), t.summary(true))
		}
	}
	for _, c := range o.changes {
		if with.verbose && pending(c) && c.Path != disk.ManifestName && (c.Action != disk.Conflict || c.Forceable()) {
			_, _ = io.WriteString(w, patch(c, v.a.io.Dir))
		}
	}
	v.verdicts(w, outcome{trees: o.valid, findings: o.findings}, "validate")
	for _, r := range o.rehearsals {
		v.rehearsal(w, r)
	}
	switch {
	case written > 0, edits == 0 && due && !o.failed() && !with.dryRun && with.old == "":
		fmt.Fprintf(&v.a.err, "\nWrite the files with bluegen generate%s.\n", clean(arguments(o, with)))
	case edits > 0 || o.failed():
		fmt.Fprintln(&v.a.err, "Nothing was written.")
	}
}

// steps prints the edits of one blueprint.
func (v textView) steps(w io.Writer, u upgrade, failed bool) {
	for _, s := range u.Steps {
		fmt.Fprintf(w, "%s: %s\n", clean(u.at(s)), clean(what(s)))
		for _, why := range s.Why {
			fmt.Fprint(w, wrap(clean(why), "    ", v.a.style().columns))
		}
	}
	for _, pin := range u.Elsewhere {
		fmt.Fprintf(&v.a.err, "%s: terraform.aws_provider is said in %s: upgrade that file.\n", clean(u.blueprint), clean(pin.Range.Filename))
	}
	if len(u.Steps)+len(u.Elsewhere) == 0 && !failed {
		fmt.Fprintf(w, "%s: nothing to upgrade: version %d, aws_provider %s\n", clean(u.blueprint), u.version, clean(quotedList(u.pins)))
	}
}

func quotedList(texts []string) string {
	var out []string
	for _, t := range texts {
		out = append(out, fmt.Sprintf("%q", t))
	}
	return strings.Join(out, " and ")
}

// arguments are those of the command that goes on from here.
func arguments(o outcome, with upgradeOptions) string {
	text := ""
	for _, e := range with.environments {
		text += " -e " + e
	}
	for _, u := range o.upgrades {
		if u.argument != "" {
			text += " " + u.argument
		}
	}
	return text
}

// rehearsal is a table of what becomes of each resource.
func (textView) rehearsal(w io.Writer, r rehearsal) {
	fmt.Fprintf(w, "%s, on the state of %s:\n", clean(r.directory), clean(r.old))
	width := 0
	for _, s := range r.steps {
		width = max(width, len(s.Fate))
	}
	for _, s := range r.steps {
		line := fmt.Sprintf("  %-*s  %s", width, s.Fate, s.Address)
		if s.Was != "" {
			line += ", from " + s.Was
		}
		switch s.Fate {
		case terraform.Replaced, terraform.Destroyed, terraform.Revised:
			line += ", " + because(s)
		default:
		}
		fmt.Fprintln(w, clean(line))
	}
	if n := r.lost(); n > 0 {
		fmt.Fprintf(w, "  %s of %d: destroyed or replaced\n", count(n, "resource"), len(r.steps))
	} else {
		fmt.Fprintf(w, "  %s: nothing is destroyed, nothing is replaced\n", count(len(r.steps), "resource"))
	}
}
