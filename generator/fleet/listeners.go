package fleet

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"
)

// word is a value as the blueprint says it, equal for values of one source and name.
func word(v blueprint.Value[string]) string {
	switch v.From {
	case blueprint.Literal:
		return v.V
	case blueprint.Lookup:
		if v.Lookup.LoadBalancer == "" {
			return v.Lookup.Name
		}
		return v.Lookup.LoadBalancer + ":" + strconv.Itoa(v.Lookup.Port)
	default:
		return v.Name
	}
}

// meant names a value in a sentence.
func (f *Fleet) meant(s said) string {
	word := f.text(s.word)
	switch s.from {
	case blueprint.Literal:
		return word
	case blueprint.Lookup:
		if name, port, ok := strings.Cut(word, ":"); ok {
			return "port " + port + " of the load balancer " + name
		}
		return "the one with the name " + word
	case blueprint.SSM:
		return "the one in the SSM parameter " + word
	default:
		return "the one in the variable " + word
	}
}

// sameValue: a literal is the same everywhere, a parameter and a lookup are in one account and region. A variable gets its value at
// apply: in one account, region and environment it is likely to be the same.
func (f *Fleet) sameValue(a, b said, first, second int32) bond {
	if a != b {
		return none
	}
	if a.from == blueprint.Literal {
		return certain
	}
	bond := f.bond(first, second, false)
	if a.from != blueprint.Variable {
		return bond
	}
	if bond == certain && f.members[first].environment == f.members[second].environment {
		return likely
	}
	return none
}

// priorities are unique in a listener.
func (f *Fleet) priorities() diag.List {
	claims := make([]claim, len(f.rules))
	for i, r := range f.rules {
		claims[i] = claim{key: uint64(r.listener.word)<<16 | uint64(r.priority), member: r.member, item: int32(i)}
	}
	found := f.collisions(claims, func(a, b claim) bond {
		return f.sameValue(f.rules[a.item].listener, f.rules[b.item].listener, a.member, b.member)
	})
	at := func(c claim) place { return f.rules[c.item].at }
	return f.tell(found, CodePriority, CodePriorityLikely, at, func(c collision) diag.Diagnostic {
		first, second := &f.rules[c.first.item], &f.rules[c.second.item]
		where := f.meant(second.listener)
		detail := fmt.Sprintf("A priority is unique in its listener, %s: AWS refuses the second rule at apply. Take another number.", where)
		if c.bond == likely {
			detail = fmt.Sprintf("A priority is unique in its listener. If %s is the same listener for both, AWS refuses the second rule at apply. Take another number, or silence this with ignore: [%s].", where, CodePriorityLikely)
		}
		return f.found(second.member, second.at, fmt.Sprintf("Priority %d is taken by %s of %s", second.priority, f.text(first.what), f.called(first.member)), detail, first.at)
	})
}

// mostCompared bounds the rules of one listener that are compared with each other; AWS admits a hundred unless it is asked.
const mostCompared = 1000

// requests: every rule gets some, in listeners that are known to be the same.
func (f *Fleet) requests() diag.List {
	var out diag.List
	for _, list := range f.byListener() {
		if len(list) > mostCompared {
			continue // the quota is told
		}
		when := make([][]blueprint.Condition, len(list))
		for i, r := range list {
			when[i] = unpack(r.when)
		}
		for i, behind := range list {
			for j, front := range list[:i] {
				if f.members[front.member].group == f.members[behind.member].group || front.priority == behind.priority || !parts.Covers(when[j], when[i]) {
					continue
				}
				if d, ok := f.takes(front, behind); ok {
					out = append(out, d)
				}
				break
			}
		}
	}
	return out
}

func (f *Fleet) takes(front, behind *rule) (diag.Diagnostic, bool) {
	if f.silent(CodeRequests, front.member) || f.silent(CodeRequests, behind.member) {
		return diag.Diagnostic{}, false
	}
	d := f.found(behind.member, behind.at,
		fmt.Sprintf("%s (%d) stands behind %s of %s (%d) and never matches", parts.Sentence(f.text(behind.what)), behind.priority, f.text(front.what), f.called(front.member), front.priority),
		fmt.Sprintf("Both are in one listener, %s. The lower number is evaluated first, and it takes every request that this rule could. Give this one a number below %d or the other one a condition more; while a service moves, ignore: [%s] says that it is meant.", f.meant(behind.listener), front.priority, CodeRequests), front.at)
	d.Code, d.Severity = CodeRequests, diag.Warning
	return d, true
}

// byListener are the rules of each listener that is known to be one, by priority; the listeners in the order of their first rules.
func (f *Fleet) byListener() [][]*rule {
	type key struct {
		listener        said
		account, region int32
	}
	index := map[key]int{}
	var out [][]*rule
	for i := range f.rules {
		r := &f.rules[i]
		k := key{listener: r.listener}
		if m := &f.members[r.member]; r.listener.from != blueprint.Literal {
			k.account, k.region = m.account, m.region
			if r.listener.from == blueprint.Variable || m.account == 0 || m.region == 0 {
				continue
			}
		}
		at, ok := index[k]
		if !ok {
			at = len(out)
			index[k] = at
			out = append(out, nil)
		}
		out[at] = append(out[at], r)
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b *rule) int { return cmp.Compare(a.priority, b.priority) })
	}
	return out
}
