package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/disk"
	"bluegen/generator/terraform"
)

// mostNamed is how many changed files of an environment generate names without --verbose.
const mostNamed = 8

// textView is for people.
type textView struct{ a *app }

// apart puts a blank line between messages and lines of several blueprints, and between the messages of two.
func (v textView) apart(message bool) {
	if v.a.many && (v.a.last == aMessage || v.a.last == aLine && message) {
		fmt.Fprintln(&v.a.err)
	}
	v.a.last = aLine
	if message {
		v.a.last = aMessage
	}
}

// diagnostics prints what was found.
func (v textView) diagnostics(o outcome) {
	if len(o.findings) > 0 {
		v.apart(true)
	}
	v.a.style().diagnostics(&v.a.err, o.findings)
}

func (v textView) generated(o outcome, with generateOptions) {
	v.diagnostics(o)
	v.wrote(o, with)
}

// wrote says what became of the files, or would.
func (v textView) wrote(o outcome, with generateOptions) {
	w := &v.a.err
	if o.failed() && !v.a.many {
		fmt.Fprintln(w, "Nothing was written.")
	}
	if with.stdout {
		for _, f := range o.files {
			fmt.Fprintf(&v.a.out, "-- %s --\n%s", clean(f.Path), f.Data)
		}
		return
	}
	if with.dryRun {
		for _, c := range o.changes {
			if pending(c) && !o.failed() {
				fmt.Fprintf(&v.a.out, "%s %s\n", effective(c.Change), clean(c.path))
			}
		}
	}
	if len(o.findings) > 0 && len(o.trees) > 0 && !v.a.many {
		fmt.Fprintln(w)
	}
	v.trees(o, with)
	v.strays(o)
	v.lost(o, with.dryRun)
	if !with.dryRun && !o.failed() && !v.a.many {
		v.next(o)
	}
}

// trees says what happened in each environment; among several blueprints, only where something did.
func (v textView) trees(o outcome, with generateOptions) {
	for _, t := range o.trees {
		if v.a.many && !with.verbose && t.settled() {
			continue
		}
		v.apart(false)
		fmt.Fprintf(&v.a.err, "%s: %s\n", clean(t.directory), t.summary(with.dryRun))
		if with.dryRun {
			continue
		}
		var lines []string
		for _, c := range o.changes {
			if pending(c) && c.environment == t.environment && strings.HasPrefix(c.path, t.directory+"/") {
				lines = append(lines, fmt.Sprintf("  %s %s\n", effective(c.Change), clean(c.path)))
			}
		}
		if with.verbose || len(lines) <= mostNamed {
			fmt.Fprint(&v.a.err, strings.Join(lines, ""))
		}
	}
}

// settled says that a tree has nothing to write.
func (t tree) settled() bool {
	return t.counts[disk.Create]+t.counts[disk.Update]+t.counts[disk.Delete] == 0
}

// summary is "41 files created", or "2 files updated, 39 unchanged".
func (t tree) summary(dryRun bool) string {
	verbs := []struct {
		action    disk.Action
		done, due string
	}{{disk.Create, "created", "to create"}, {disk.Update, "updated", "to update"}, {disk.Delete, "deleted", "to delete"}}
	var out []string
	for _, verb := range verbs {
		word := verb.done
		if dryRun {
			word = verb.due
		}
		if n := t.counts[verb.action]; n > 0 {
			out = append(out, fmt.Sprintf("%s %s", count(n, "file"), word))
		}
	}
	same := t.counts[disk.Unchanged]
	if len(out) == 0 {
		return fmt.Sprintf("up to date, %s", count(same, "file"))
	}
	if same > 0 {
		out = append(out, fmt.Sprintf("%d unchanged", same))
	}
	return strings.Join(out, ", ")
}

func (v textView) strays(o outcome) {
	for _, c := range o.changes {
		if c.Action == disk.Stray {
			v.apart(false)
			fmt.Fprintf(&v.a.err, "Not bluegen's, left alone: %s\n", clean(c.path))
		}
	}
}

// lost shows the work that --force takes away, so that it can be typed again.
func (v textView) lost(o outcome, dryRun bool) {
	verb := "Lost by --force"
	if dryRun {
		verb = "Would be lost by --force"
	}
	for _, c := range o.lost {
		fmt.Fprintf(&v.a.err, "%s: %s (%s)\n", verb, clean(c.path), c.Reason)
		v.quote(c.lost())
	}
}

// quote prints an edit among the talk.
func (v textView) quote(text string) {
	for line := range strings.Lines(clean(text)) {
		fmt.Fprint(&v.a.err, "  "+line)
	}
}

// next tells a new user what to do with what was written.
func (v textView) next(o outcome) {
	written := tree{}
	for _, t := range o.trees {
		if !t.left && !t.settled() {
			written = t
			break
		}
	}
	if written.counts == nil {
		return
	}
	w, dir := &v.a.err, clean(written.directory)
	fmt.Fprintln(w, "\nNext:")
	fmt.Fprintln(w, "  bluegen "+clean(strings.TrimSpace("test "+written.blueprint))+"      terraform's own verdict, offline and without credentials")
	fmt.Fprintf(w, "  terraform -chdir=%s init\n", dir)
	fmt.Fprintf(w, "  terraform -chdir=%s plan\n", dir)
	if len(written.variables) > 0 {
		fmt.Fprint(w, wrap("Variables that plan needs: "+strings.Join(written.variables, ", "), "  ", v.a.style().columns))
	}
}

// checked prints the rows as data and the verdict as talk.
func (v textView) checked(o outcome) {
	v.diagnostics(o)
	if o.failed() {
		return
	}
	for _, c := range o.changes {
		if pending(c) {
			fmt.Fprintf(&v.a.out, "%s: %s\n", clean(c.path), state(c))
		}
	}
	v.strays(o)
	v.because(o)
	v.outOfDate(o)
}

// because goes to where the verdict is: the rows are for other programs, too.
func (v textView) because(o outcome) {
	for _, t := range o.trees {
		if t.because != "" {
			fmt.Fprint(&v.a.err, wrap(clean(t.directory+": "+t.because)+".", "", v.a.style().columns))
		}
	}
}

// outOfDate is the verdict of check.
func (v textView) outOfDate(o outcome) {
	n := 0
	for _, c := range o.changes {
		if pending(c) {
			n++
		}
	}
	if n > 0 && !v.a.many {
		outOfDate(&v.a.err, n)
	}
}

func outOfDate(w io.Writer, n int) {
	fmt.Fprintf(w, "%s not what the blueprint says. See it with bluegen diff, write it with bluegen generate.\n", isAre(n, "file"))
}

// state is a row of check in words.
func state(c change) string {
	switch {
	case c.Reason == disk.LineEndings:
		return "edited: the line endings are CRLF"
	case c.Reason == disk.Edited && c.New == nil:
		return "edited, and no longer wanted"
	case c.Reason == disk.Edited:
		return "edited"
	case c.Action == disk.Conflict:
		return c.Reason.String()
	case c.Action == disk.Create:
		return "missing"
	case c.Action == disk.Delete:
		return "orphaned"
	default:
		return "out of date"
	}
}

func isAre(n int, one string) string {
	if n == 1 {
		return count(n, one) + " is"
	}
	return count(n, one) + " are"
}

// differs prints one patch for all, and says beside it which edits the patch takes back.
func (v textView) differs(o outcome, folder string) {
	v.diagnostics(o)
	if o.failed() {
		return
	}
	for _, c := range o.changes {
		switch {
		case !pending(c):
			continue
		case c.Path == disk.ManifestName:
			fmt.Fprintf(&v.a.err, "%s: out of date; bluegen generate writes it\n", clean(c.path))
			continue
		case c.Action == disk.Conflict:
			fmt.Fprintf(&v.a.err, "%s: %s%s\n", clean(c.path), state(c), takenBack(c))
			v.quote(edits(c.path, c.Change, true))
		}
		if c.Action != disk.Conflict || c.Forceable() {
			v.patch(c, folder)
		}
	}
	v.because(o)
}

// takenBack says what the patch does to what stands in the way.
func takenBack(c change) string {
	switch {
	case !c.Forceable():
		return ""
	case c.Reason == disk.Unclaimed:
		return "; the patch replaces it:"
	case c.Reason == disk.LineEndings:
		return "; the patch takes that back"
	default:
		return "; the patch takes the edit back:"
	}
}

// patch prints a file's part of the patch, and says where it has none or git would refuse it.
func (v textView) patch(c change, folder string) {
	text := patch(c, folder)
	if text == "" {
		fmt.Fprintf(&v.a.err, "%s: %s, and empty, which a patch without git's header cannot say; bluegen generate does it\n", clean(c.path), state(c))
	}
	if strings.HasPrefix(patchName(c, folder), "../") {
		fmt.Fprintf(&v.a.err, "%s: lies outside of this folder, where git apply refuses to write; run bluegen diff in its repository\n", clean(c.path))
	}
	v.a.out.WriteString(text)
}

// proven prints terraform's verdict on every tree, and the runs that did not pass.
func (v textView) proven(o outcome, verb string) {
	v.diagnostics(o)
	for _, r := range o.runs {
		if r.Status != terraform.Pass {
			fmt.Fprintf(&v.a.out, "%s: run %q of %s: %s\n", clean(r.directory), clean(r.Name), clean(r.File), r.Status)
		}
	}
	v.verdicts(&v.a.out, o, verb)
}

// verdicts is a line for every tree.
func (v textView) verdicts(w io.Writer, o outcome, verb string) {
	for _, t := range o.trees {
		refused := slices.ContainsFunc(o.findings, func(f finding) bool {
			return f.Severity == diag.Error && f.Environment == t.environment
		})
		switch {
		case verb == "test":
			fmt.Fprintf(w, "%s: %s passed, %d failed\n", clean(t.directory), count(t.passed, "run"), t.failed)
		case refused:
			fmt.Fprintf(w, "%s: not valid\n", clean(t.directory))
		default:
			fmt.Fprintf(w, "%s: valid\n", clean(t.directory))
			for _, n := range t.needs {
				fmt.Fprintf(w, "  needs %s\n", clean(n))
			}
		}
	}
}
