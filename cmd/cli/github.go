package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"bluegen/generator/diag"
)

// githubView prints workflow commands, which GitHub shows beside the lines of a pull request. They are data; the verdict goes
// to the job's log beside them, as in the text view.
//
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
type githubView struct{ a *app }

func (v githubView) generated(o outcome, with generateOptions) {
	v.found(o)
	textView(v).wrote(o, with)
}

func (v githubView) checked(o outcome) {
	v.found(o)
	if !o.failed() {
		v.annotate(o.rows())
		textView(v).because(o)
		textView(v).outOfDate(o)
	}
}

func (v githubView) differs(o outcome, folder string) {
	v.found(o)
	if o.failed() {
		return
	}
	var rows []finding
	for _, c := range o.changes {
		if pending(c) {
			f := o.row(c)
			f.edit = shortened(patch(c, folder))
			rows = append(rows, f)
		}
	}
	v.annotate(rows)
	textView(v).because(o)
	textView(v).outOfDate(o)
}

func (v githubView) proven(o outcome, verb string) {
	v.found(o)
	textView(v).verdicts(&v.a.err, o, verb)
}

func (v githubView) upgraded(o outcome, with upgradeOptions) {
	v.found(o)
	textView(v).report(&v.a.err, o, with)
}

// found annotates what was found, and counts it in the log.
func (v githubView) found(o outcome) {
	v.annotate(o.findings)
	if !v.a.many {
		fmt.Fprint(&v.a.err, counted(o.findings))
	}
}

func (v githubView) annotate(findings []finding) {
	top := v.a.repository()
	for _, f := range findings {
		fmt.Fprintln(&v.a.out, f.annotation(top))
	}
}

// annotation is a finding as one line.
func (f finding) annotation(top repository) string {
	commands := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Notice: "notice"}
	var properties []string
	add := func(name string, value any) { properties = append(properties, name+"="+property(fmt.Sprint(value))) }
	if name := f.where(); name != "" && name != stdinName {
		name, _ = top.path(name)
		add("file", clean(name))
		f.position(add)
	}
	title := string(f.Code)
	if e, ok := diag.Read(f.Code); ok {
		title += ": " + e.Title
	}
	add("title", title)
	return fmt.Sprintf("::%s %s::%s", commands[f.Severity], strings.Join(properties, ","), data(f.message()))
}

// position adds lines, and columns where GitHub takes them: within one line. Both ends are included.
func (f finding) position(add func(name string, value any)) {
	s := spanOf(f.source, f.Subject)
	if s.line == 0 {
		return
	}
	add("line", s.line)
	add("endLine", s.endLine)
	if s.column > 0 && s.line == s.endLine {
		add("col", s.column)
		add("endColumn", max(s.column, s.endColumn-1))
	}
}

// message is what stands in the annotation and in the log, which shows neither file nor title.
func (f finding) message() string {
	head := place(f.file, f.Subject)
	if head != "" {
		head += ": "
	}
	lines := []string{head + f.Summary + f.environment()}
	if f.Detail != "" {
		lines = append(lines, f.Detail)
	}
	for i, r := range f.Related {
		lines = append(lines, "see "+place(f.related[i], r))
	}
	if f.edit != "" {
		lines = append(lines, strings.TrimSuffix(f.edit, "\n"))
	}
	return clean(strings.Join(lines, "\n"))
}

// where is the file to show a finding at: the blueprint where nothing nearer is known.
func (f finding) where() string {
	if f.file != "" {
		return f.file
	}
	return filepath.ToSlash(f.blueprint)
}

// data escapes a command's message, property what stands before it.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(text))
}
