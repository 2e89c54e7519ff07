package cli

import (
	"fmt"
	"os"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/fleet"
)

// report shows the outcomes of one run. Text goes out blueprint by blueprint; a document is one, and is shown when all is known.
type report struct {
	a    *app
	o    options
	show func(outcome)
	many bool
	// whole is what a document is made of.
	whole outcome
	sum   outcome
	fleet *fleet.Fleet
	// told are the findings in bases: each is said once, whoever extends the base.
	told  map[string]bool
	bases map[string]bool
	// waiting are blueprints without a name that nobody asked for by theirs: perhaps bases of others.
	waiting []outcome
	tally   tally
}

// tally is what the last lines of a run over several blueprints say.
type tally struct {
	census
	blueprints, failed, changed, printed int
	rows                                 int // files that are not as they should be
	// names are those of blueprints with errors, the first ones.
	names []string
}

// mostFailed is how many blueprints with errors the last lines name.
const mostFailed = 10

func newReport(a *app, o options, targets int, show func(outcome)) *report {
	a.many = targets > 1
	return &report{a: a, o: o, show: show, many: a.many, fleet: fleet.New(), told: map[string]bool{}, bases: map[string]bool{}}
}

// document says that the format is one text about everything.
func (r *report) document() bool { return r.o.format == "json" || r.o.format == "sarif" }

// take is given the outcomes in the order of the targets.
func (r *report) take(found outcome) {
	for _, base := range found.bases {
		r.bases[base] = true
	}
	if r.o.recursive && found.unnamed && found.failed() {
		r.waiting = append(r.waiting, found)
		return
	}
	r.tell(found)
}

func (r *report) tell(found outcome) {
	r.tally.blueprint(found)
	if r.many && r.document() {
		r.whole.verdicts = append(r.whole.verdicts, verdictOf(found))
	}
	if r.many && !found.failed() {
		r.fleet.Add(found.shown, found.services...)
	}
	r.say(found)
}

// say shows an outcome and keeps what the exit code needs.
func (r *report) say(found outcome) {
	r.sum.add(found.light())
	r.once(&found)
	r.tally.add(found.findings)
	if r.document() {
		found.services = nil
		r.whole.add(found)
		return
	}
	r.show(found)
	r.a.drain()
}

// once leaves out what was said of a base already. The outcome stays one with errors.
func (r *report) once(found *outcome) {
	var left []finding
	for _, f := range found.findings {
		if strings.HasPrefix(f.Subject.Filename, "../") {
			key := fmt.Sprint(f.Code, " ", place(f.file, f.Subject), " ", f.Summary)
			if r.told[key] {
				if f.Severity == diag.Error {
					found.errors++
				}
				continue
			}
			r.told[key] = true
		}
		left = append(left, f)
	}
	found.findings = left
}

// finish judges the fleet, shows a document, and says what all came to.
func (r *report) finish() outcome {
	for _, found := range r.waiting {
		if !r.bases[r.a.absolute(found.blueprint)] {
			r.tell(found)
		}
	}
	if between := r.between(); len(between) > 0 {
		r.say(outcome{findings: between})
	}
	if r.document() {
		r.whole.broken = r.sum.broken
		r.show(r.whole)
		return r.sum
	}
	if r.many {
		r.last()
	}
	return r.sum
}

// between are the rules over all blueprints; what they find names files as the user knows them.
func (r *report) between() []finding {
	if !r.many {
		return nil
	}
	sources := map[string][]byte{}
	var out []finding
	for _, d := range r.fleet.Judge() {
		name := d.Subject.Filename
		if _, ok := sources[name]; !ok {
			sources[name], _ = os.ReadFile(r.a.absolute(name)) // without it, nothing is quoted
		}
		f := finding{Diagnostic: d, file: name, blueprint: name, source: sources[name]}
		for _, other := range d.Related {
			f.related = append(f.related, other.Filename)
		}
		out = append(out, f)
	}
	return out
}

// blueprintVerdict is what became of one blueprint of several.
type blueprintVerdict struct{ Path, Status string }

// The words of a verdict, as JSON has them.
const (
	statusOK      = "ok"
	statusChanged = "changed"
	statusError   = "error"
)

func verdictOf(found outcome) blueprintVerdict {
	v := blueprintVerdict{Path: found.blueprint, Status: statusOK}
	switch {
	case found.failed():
		v.Status = statusError
	case found.stale || found.rowsDue() > 0:
		v.Status = statusChanged
	}
	return v
}

// rowsDue counts the files that are not as they should be, or were not.
func (o *outcome) rowsDue() int {
	n := 0
	for _, c := range o.changes {
		if pending(c) {
			n++
		}
	}
	return n
}

func (t *tally) blueprint(found outcome) {
	t.blueprints++
	switch verdictOf(found).Status {
	case statusError:
		t.failed++
		if len(t.names) < mostFailed {
			t.names = append(t.names, found.blueprint)
		}
		return
	case statusChanged:
		t.changed++
	case statusOK:
		if len(found.files) > 0 {
			t.printed++
		}
	}
	t.rows += found.rowsDue()
}

// last are the lines below everything, when there are several blueprints.
func (r *report) last() {
	t, w := &r.tally, &r.a.err
	if r.a.last != nothing {
		fmt.Fprintln(w)
	}
	if footer := t.String(); footer != "" {
		fmt.Fprintf(w, "%s\n", footer)
	}
	fmt.Fprintf(w, "%s: %s\n", count(t.blueprints, "blueprint"), strings.Join(t.words(r.o), ", "))
	if t.failed > 0 {
		names := clean(strings.Join(t.names, ", "))
		if more := t.failed - len(t.names); more > 0 {
			names += fmt.Sprintf(" and %d more", more)
		}
		fmt.Fprint(w, wrap("With errors: "+names, "", r.a.style().columns))
	}
	switch {
	case r.o.verb == "generate" && t.failed > 0:
		fmt.Fprintln(w, "Nothing was written for blueprints with errors.")
	case r.o.verb == "check" && t.changed > 0:
		outOfDate(w, t.rows)
	}
}

// words count the blueprints by what became of them.
func (t *tally) words(o options) []string {
	fine, changed := "up to date", "written"
	switch {
	case o.verb == "check" || o.verb == "diff":
		changed = "out of date"
	case o.verb != "generate":
		fine = "passed"
	case o.dryRun:
		changed = "to write"
	}
	var out []string
	for _, part := range []struct {
		n    int
		word string
	}{{t.printed, "printed"}, {t.blueprints - t.failed - t.changed - t.printed, fine}, {t.changed, changed}, {t.failed, "with errors"}} {
		if part.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	return out
}
