package fleet

import (
	"cmp"
	"slices"
	"strings"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// bond is how sure it is that two members mean the same thing.
type bond uint8

const (
	none bond = iota
	likely
	certain
)

// bond compares where two members live. One account, and one region unless that does not matter, make it certain. Where one of them is
// not known and nothing speaks against it, it is likely in environments of one name, and a guess in others.
func (f *Fleet) bond(first, second int32, global bool) bond {
	a, b := &f.members[first], &f.members[second]
	account, region := same(a.account, b.account), same(a.region, b.region)
	if global {
		region = certain
	}
	switch {
	case account == none || region == none:
		return none
	case account == certain && region == certain:
		return certain
	case a.environment == b.environment:
		return likely
	default:
		return none
	}
}

// same compares two words of which 0 is an unknown one.
func same(a, b int32) bond {
	switch {
	case a == 0 || b == 0:
		return likely
	case a == b:
		return certain
	default:
		return none
	}
}

// collision is a claim with the first one that it meets.
type collision struct {
	first, second claim
	bond          bond
}

// collisions finds, for every claim, the first one before it of another blueprint that means the same thing: a certain one before a
// likely one. It sorts the claims. Members of one place are alike to all others, so only the first of each is looked at: a blueprint has
// no two of them in one place.
func (f *Fleet) collisions(claims []claim, judge func(a, b claim) bond) []collision {
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.member, b.member), cmp.Compare(a.item, b.item))
	})
	var out []collision
	for start := 0; start < len(claims); {
		end := start + 1
		for end < len(claims) && claims[end].key == claims[start].key {
			end++
		}
		if end-start > 1 {
			out = append(out, f.bucket(claims[start:end], judge)...)
		}
		start = end
	}
	return out
}

func (f *Fleet) bucket(claims []claim, judge func(a, b claim) bond) []collision {
	type spot struct{ account, region, environment int32 }
	var out []collision
	var spots []spot // in the order of their first claims
	firsts := map[spot]claim{}
	for _, c := range claims {
		m := &f.members[c.member]
		found := collision{second: c}
		for _, s := range spots {
			first := firsts[s]
			if f.members[first.member].group == m.group {
				continue
			}
			if b := judge(first, c); b > found.bond {
				found.first, found.bond = first, b
			}
		}
		if found.bond != none {
			out = append(out, found)
		}
		here := spot{m.account, m.region, m.environment}
		if _, have := firsts[here]; !have {
			spots, firsts[here] = append(spots, here), c
		}
	}
	return out
}

// mostNamed is how many others a warning names.
const mostNamed = 5

// tell turns collisions into diagnostics: one for each that is certain, and one for all of a key that are likely.
func (f *Fleet) tell(found []collision, sure, unsure diag.Code, at func(claim) place, say func(collision) diag.Diagnostic) diag.List {
	var out diag.List
	told := map[uint64]int{} // index in out, by key
	others := map[uint64]int{}
	for _, c := range found {
		if c.bond == certain {
			d := say(c)
			d.Code = sure
			out = append(out, d)
			continue
		}
		if f.silent(unsure, c.first.member) || f.silent(unsure, c.second.member) {
			continue
		}
		key := c.second.key
		if i, ok := told[key]; ok {
			if others[key]++; others[key] < mostNamed {
				out[i].Related = append(out[i].Related, f.at(at(c.second)))
			}
			continue
		}
		d := say(c)
		d.Code, d.Severity = unsure, diag.Warning
		told[key] = len(out)
		out = append(out, d)
	}
	for key, i := range told {
		if n := others[key]; n > 0 {
			out[i].Detail += " " + more(n)
		}
	}
	return out
}

// silent reports whether a member's blueprint ignores a code.
func (f *Fleet) silent(code diag.Code, member int32) bool {
	return strings.Contains(f.text(f.members[member].ignore), " "+string(code)+" ")
}

// found builds a diagnostic about a member.
func (f *Fleet) found(member int32, at place, summary, detail string, related ...place) diag.Diagnostic {
	d := diag.Diagnostic{Subject: f.at(at), Summary: summary, Detail: detail, Environment: f.text(f.members[member].environment)}
	for _, r := range related {
		d.Related = append(d.Related, f.at(r))
	}
	d.Related = slices.DeleteFunc(d.Related, func(r hcl.Range) bool { return r == d.Subject })
	return d
}

// called is a member in a sentence.
func (f *Fleet) called(member int32) string {
	m := &f.members[member]
	if m.environment == 0 {
		return f.text(m.name)
	}
	return f.text(m.name) + " (" + f.text(m.environment) + ")"
}
