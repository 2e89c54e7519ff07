// Package fleet judges what services take from each other: priorities and requests in a listener, names in an account, states, and
// places in a load balancer. Each service is right by itself before it comes here.
//
// What is certain is an error: AWS or Terraform would refuse it, or destroy something. What depends on values that are not known while
// generating (which listener a parameter holds, which account an environment lies in) is a warning where it is likely, and is not said
// where it is a guess. Of a service no more than a few hundred bytes are kept, so that a fleet may have thousands.
package fleet

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// Fleet gathers facts of services. Add and Judge are not for several goroutines at once.
type Fleet struct {
	words   words
	members []member
	rules   []rule
	names   []claim
	states  []state
	places  []held
	groups  int32
}

// member is what is kept of a service in one environment; text is in the fleet's words.
type member struct {
	id                                 uint64 // a hash of what all its names begin with
	group                              int32  // its blueprint
	name, environment, account, region int32
	ignore                             int32 // the codes that it silences, each with a blank around
	at                                 place // of its name
	named                              bool  // it takes names at all
}

// state is where a member keeps its state; a key of 0 is the one that follows from its name.
type state struct {
	member, bucket, key int32
	at                  place
}

// said is a value as the blueprint says it: its source and its name.
type said struct {
	from blueprint.Source
	word int32
}

// rule is a rule in a listener.
type rule struct {
	member, what    int32
	listener        said
	priority        int32
	groups, targets int32
	at              place // of its priority
	when            string
}

// claim is something that only one member may have: whoever has the same key wants the same thing.
type claim struct {
	key    uint64
	member int32
	// item is the rule, the state, or what the name is made of.
	item int32
}

// place is a range in one line of a file.
type place struct{ file, line, column, offset, length int32 }

// New returns an empty fleet.
func New() *Fleet { return &Fleet{} }

// Add takes a blueprint's environments; shown turns a file's name from the blueprint's folder into what the user reads. The order of Add
// is the order of what is said. Members of one blueprint are not held against each other: that is judged with the blueprint.
func (f *Fleet) Add(shown func(string) string, members ...Facts) {
	f.groups++
	for _, m := range members {
		f.add(shown, m)
	}
}

func (f *Fleet) add(shown func(string) string, m Facts) {
	at := func(p Place) place { return place{f.words.of(shown(p.File)), p.Line, p.Column, p.Byte, p.Length} }
	index := int32(len(f.members))
	f.members = append(f.members, member{
		group: f.groups, name: f.words.of(m.Name), environment: f.words.of(m.Environment), id: hash(called(m.Name, m.Environment)),
		account: f.words.of(m.Account), region: f.words.of(m.Region), ignore: f.words.of(m.Ignore), at: at(m.At), named: len(m.Names) > 0,
	})
	for _, r := range m.Rules {
		f.rules = append(f.rules, rule{
			member: index, what: f.words.of(r.What), listener: f.said(r.Listener), priority: r.Priority, groups: r.Groups, targets: r.Targets,
			at: at(r.At), when: r.When,
		})
	}
	for _, packed := range m.Names {
		n := unpackName(packed)
		f.names = append(f.names, claim{key: nameKey(n, n.Text(m.Name, m.Environment)), member: index, item: f.words.of(packed)})
	}
	for _, p := range m.Places {
		f.places = append(f.places, held{
			member: index, what: f.words.of(p.What), name: f.words.of(p.Name), kind: p.Kind, in: f.said(p.In), at: at(p.At),
		})
	}
	if s := m.State; s != nil {
		f.states = append(f.states, state{index, f.words.of(s.Bucket), f.words.of(s.Key), at(s.At)})
	}
}

func (f *Fleet) said(s Said) said { return said{s.From, f.words.of(s.Word)} }

// Judge says what is wrong between the members, sorted.
func (f *Fleet) Judge() diag.List {
	var out diag.List
	out = append(out, f.priorities()...)
	out = append(out, f.requests()...)
	out = append(out, f.services()...)
	out = append(out, f.physical()...)
	out = append(out, f.shared()...)
	out = append(out, f.occupied()...)
	out = append(out, f.quotas()...)
	return out.Sorted()
}

// words keeps every text once.
type words struct {
	ids   map[string]int32
	texts []string
}

func (w *words) of(text string) int32 {
	if id, ok := w.ids[text]; ok {
		return id
	}
	if w.ids == nil {
		w.ids = map[string]int32{"": 0}
		w.texts = append(w.texts, "")
		if text == "" {
			return 0
		}
	}
	text = string([]byte(text)) // a part of a file's text would keep the whole file
	id := int32(len(w.texts))
	w.ids[text] = id
	w.texts = append(w.texts, text)
	return id
}

func (f *Fleet) text(id int32) string { return f.words.texts[id] }

// at is a place as diagnostics have it.
func (f *Fleet) at(p place) hcl.Range {
	start := hcl.Pos{Line: int(p.line), Column: int(p.column), Byte: int(p.offset)}
	end := start
	end.Column += int(p.length)
	end.Byte += int(p.length)
	return hcl.Range{Filename: f.text(p.file), Start: start, End: end}
}
