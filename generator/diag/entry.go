package diag

import "strings"

// Entry is the catalogue's text of a code, taken apart. Every text in it is Markdown.
type Entry struct {
	Code Code
	// Title is one line: what is wrong, whoever's blueprint it is.
	Title string
	// Severity is the usual one.
	Severity Severity
	// Why is what stands above the first heading.
	Why string
	// Sections are the rest, in the order of the page.
	Sections []Section
}

// Section is a heading and what stands below it.
type Section struct{ Heading, Text string }

// Section returns the text below a heading ("Wrong", "Right", "What to do", "Source"), empty where the entry has none.
func (e Entry) Section(heading string) string {
	for _, s := range e.Sections {
		if s.Heading == heading {
			return s.Text
		}
	}
	return ""
}

// Read returns the entry of a code; ok is false when the catalogue has none.
func Read(c Code) (e Entry, ok bool) {
	page, ok := Explain(c)
	if !ok {
		return Entry{}, false
	}
	title, rest, _ := strings.Cut(page, "\n")
	e = Entry{Code: c, Title: strings.TrimPrefix(title, "# "+string(c)+": ")}
	e.Sections = sections(rest)
	severity, why, _ := strings.Cut(strings.TrimPrefix(e.Sections[0].Text, "Severity: "), "\n")
	for _, s := range []Severity{Error, Warning, Notice} {
		if s.String() == severity {
			e.Severity = s
		}
	}
	e.Why, e.Sections = strings.TrimSpace(why), e.Sections[1:]
	return e, true
}

// sections cuts Markdown at its second-level headings, those in fenced code apart. The first has no heading.
func sections(text string) []Section {
	out := []Section{{}}
	fenced := false
	for line := range strings.Lines(text) {
		heading, ok := strings.CutPrefix(line, "## ")
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if ok && !fenced {
			out = append(out, Section{Heading: strings.TrimSpace(heading)})
			continue
		}
		out[len(out)-1].Text += line
	}
	for i := range out {
		out[i].Text = strings.Trim(out[i].Text, "\n")
	}
	return out
}
