package cli

import (
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"bluegen/generator/rollout"
)

// refuse shows why nothing was done.
func (a *app) refuse(found outcome, o rolloutOptions) {
	if o.format == "json" {
		v := jsonView{a}
		v.print(found)
		return
	}
	a.style().diagnostics(&a.err, found.findings)
	fmt.Fprintln(&a.err, "Nothing was written.")
}

// called is how the next command names the blueprint and the environment, with a blank before it.
func (c *course) called(o rolloutOptions) string {
	var out strings.Builder
	if shown := c.p.argument(); shown != "" {
		out.WriteString(" " + shown)
	} else if c.p.prefix != "" {
		out.WriteString(" " + strings.TrimSuffix(c.p.prefix, "/"))
	}
	if o.environment != "" {
		out.WriteString(" -e " + o.environment)
	}
	return out.String()
}

// flags are those of the next command: what the manifest remembers is not said again.
func (c *course) flags(o rolloutOptions) string {
	out := ""
	if len(c.history.States) == 1 { // nothing is remembered yet
		if o.to != "" {
			out += " --to " + o.to
		}
		if o.steps != "" {
			out += " --steps " + o.steps
		}
	}
	return out
}

// directory is where terraform works.
func (c *course) directory() string {
	return c.p.shown(path.Join(c.service.Terraform.Directory.V, c.service.Environment.V))
}

// traffic is what a colour gets, as a table has it.
func traffic(s rollout.State, n rollout.Name) string {
	if !s.Colour(n).Active {
		return "off"
	}
	return strconv.Itoa(s.Share(n)) + " %"
}

// columns writes rows in columns; the first row is the heading.
func columns(w io.Writer, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			line += fmt.Sprintf("%-*s  ", widths[i], cell)
		}
		fmt.Fprintln(w, strings.TrimRight("  "+line, " "))
	}
}

// showCourse is plan and status.
func (a *app) showCourse(action string, c *course, o rolloutOptions) {
	if o.format == "json" {
		a.printJSON(c.document(nil))
		return
	}
	now := c.history.Now()
	fmt.Fprintf(&a.out, "%s\n\n", clean(c.heading()))
	rows := [][]string{{"step", "change", "blue", "green"}}
	if action == "plan" {
		for i, s := range c.history.States {
			rows = append(rows, c.row(i, s, i == len(c.history.States)-1))
		}
		before := now
		for i, s := range rollout.Path(now, c.history.To, c.history.Shares) {
			rows = append(rows, []string{strconv.Itoa(len(c.history.States) + i), before.Words(s), traffic(s, rollout.Blue), traffic(s, rollout.Green)})
			before = s
		}
		columns(&a.out, rows)
	} else {
		columns(&a.out, [][]string{{"colour", "active", "weight", "traffic"},
			{"blue", fmt.Sprint(now.Blue.Active), strconv.Itoa(now.Blue.Weight), traffic(now, rollout.Blue)},
			{"green", fmt.Sprint(now.Green.Active), strconv.Itoa(now.Green.Weight), traffic(now, rollout.Green)}})
	}
	fmt.Fprintln(&a.out)
	c.ways(&a.out, o)
}

// heading says which rollout it is.
func (c *course) heading() string {
	name := c.p.shown(c.p.name)
	if e := c.service.Environment.V; e != "" {
		name += ", " + e
	}
	if c.lost {
		return name + ": both colours are active"
	}
	return fmt.Sprintf("%s: from %s to %s", name, c.history.To.Other(), c.history.To)
}

// row is a state that was.
func (c *course) row(i int, s rollout.State, now bool) []string {
	what := "the beginning"
	if i > 0 {
		what = c.history.States[i-1].Words(s)
	}
	number := strconv.Itoa(i)
	if now {
		number += " now"
	}
	return []string{number, what, traffic(s, rollout.Blue), traffic(s, rollout.Green)}
}

// ways are the commands that go on and back.
func (c *course) ways(w io.Writer, o rolloutOptions) {
	if c.lost {
		fmt.Fprintln(w, "Say which colour is the new one: --to blue or --to green.")
		return
	}
	if next, ok := c.history.Next(); ok {
		fmt.Fprintf(w, "next: %s    bluegen rollout next%s%s\n", c.history.Now().Words(next.Now()), clean(c.called(o)), clean(c.flags(o)))
	} else {
		fmt.Fprintf(w, "%s\n", c.end())
	}
	if back, ok := c.history.Back(); ok {
		fmt.Fprintf(w, "back: %s    bluegen rollout back%s%s\n", c.history.Now().Words(back.Now()), clean(c.called(o)), clean(c.flags(o)))
	}
}

// end is what is to be said when the rollout is over.
func (c *course) end() string {
	return fmt.Sprintf("The rollout is over: %s has all the traffic, and %s is off. The next one begins with a new image in colours.%s.image, and --to %s.",
		c.history.To, c.history.To.Other(), c.history.To.Other(), c.history.To.Other())
}

// showEnd says that there is no such step.
func (a *app) showEnd(action string, c *course, o rolloutOptions) {
	if o.format == "json" {
		a.printJSON(c.document(nil))
		return
	}
	text := c.end()
	if action == "back" {
		text = fmt.Sprintf("This is the beginning: %s has all the traffic, and %s is off. There is no step back.", c.history.To.Other(), c.history.To)
	}
	fmt.Fprintf(&a.err, "%s: %s\nNothing was changed.\n", clean(c.p.shown(c.p.name)), text)
}

// showStep says what was written, what traffic will do, and how to apply it.
func (a *app) showStep(c *course, next rollout.History, found outcome, o rolloutOptions) {
	was := c.history.Now()
	c.history = next
	if o.format == "json" {
		a.printJSON(c.document(&found))
		return
	}
	now := next.Now()
	fmt.Fprintf(&a.out, "%s: %s\n\n", clean(c.p.shown(c.p.name)), was.Words(now))
	columns(&a.out, [][]string{{"colour", "before", "after"},
		{"blue", traffic(was, rollout.Blue), traffic(now, rollout.Blue)},
		{"green", traffic(was, rollout.Green), traffic(now, rollout.Green)}})
	fmt.Fprintf(&a.out, "\nterraform -chdir=%s apply\n", clean(c.directory()))
	for _, t := range found.trees {
		fmt.Fprintf(&a.err, "%s: %s\n", clean(t.directory), t.summary(false))
	}
	c.ways(&a.err, o)
}

// rolloutDocument is the JSON of every action.
type rolloutDocument struct {
	FormatVersion string         `json:"format_version"`
	Blueprint     string         `json:"blueprint"`
	Environment   string         `json:"environment,omitempty"`
	To            string         `json:"to,omitempty"`
	Steps         []int          `json:"steps,omitempty"`
	Changed       bool           `json:"changed"`
	Done          bool           `json:"done"`
	State         rolloutState   `json:"state"`
	Before        []rolloutState `json:"before"`
	After         []rolloutState `json:"after"`
	Directory     string         `json:"directory"`
	Changes       []jsonChange   `json:"changes"`
}

type rolloutState struct {
	Blue  rolloutColour `json:"blue"`
	Green rolloutColour `json:"green"`
}

type rolloutColour struct {
	Active  bool `json:"active"`
	Weight  int  `json:"weight"`
	Traffic int  `json:"traffic_percent"`
}

func stateJSON(s rollout.State) rolloutState {
	of := func(n rollout.Name) rolloutColour {
		return rolloutColour{s.Colour(n).Active, s.Colour(n).Weight, s.Share(n)}
	}
	return rolloutState{of(rollout.Blue), of(rollout.Green)}
}

// document is where the rollout stands; written is what a step wrote, nil where none was taken.
func (c *course) document(written *outcome) rolloutDocument {
	h := c.history
	doc := rolloutDocument{
		FormatVersion: jsonFormat, Blueprint: c.p.shown(c.p.name), Environment: c.service.Environment.V, To: string(h.To), Steps: h.Shares,
		Changed: written != nil, State: stateJSON(h.Now()), Before: []rolloutState{}, After: []rolloutState{}, Directory: c.directory(), Changes: []jsonChange{},
	}
	for _, s := range h.States[:len(h.States)-1] {
		doc.Before = append(doc.Before, stateJSON(s))
	}
	if !c.lost {
		for _, s := range rollout.Path(h.Now(), h.To, h.Shares) {
			doc.After = append(doc.After, stateJSON(s))
		}
		doc.Done = h.Now().Alone(h.To)
	}
	if written != nil {
		for _, ch := range written.changes {
			doc.Changes = append(doc.Changes, ch.json(""))
		}
	}
	return doc
}
