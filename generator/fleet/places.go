package fleet

import (
	"fmt"

	"bluegen/generator/diag"
	"bluegen/generator/parts"
)

// held is a place in something that services share, taken by one of them.
type held struct {
	member, what, name int32
	in                 said
	kind               parts.PlaceKind
	at                 place
}

// wording is what is said of places of a kind.
type wording struct {
	sure, unsure diag.Code
	// taken is the place in a sentence, with its name; unique says why there is one, shared what they share, harm what a second one does.
	taken, unique, shared, harm, remedy string
}

func wordings() map[parts.PlaceKind]wording {
	name := wording{
		CodePlace, CodePlaceLikely,
		"The name %s in the namespace", "A name is unique in its namespace", "namespace", "AWS refuses the second service of that name at apply", "Take another name",
	}
	return map[parts.PlaceKind]wording{
		parts.ListenerPort: {
			CodePort, CodePortLikely,
			"Port %s of the load balancer", "A Network Load Balancer tells its listeners apart by their ports alone", "load balancer", "AWS refuses the second listener at apply", "Take another port",
		},
		parts.DiscoveryName: name, parts.CloudMapName: name,
		parts.ClientName: {
			CodeEndpoint, CodeEndpointLikely,
			"The endpoint %s in the namespace", "What clients call, a name and a port, is unique in its namespace", "namespace",
			"the proxies of its clients know one service by it", "Take another dns_name, or another port",
		},
	}
}

// occupied are places that two services want.
func (f *Fleet) occupied() diag.List {
	var out diag.List
	for _, kind := range []parts.PlaceKind{parts.ListenerPort, parts.DiscoveryName, parts.CloudMapName, parts.ClientName} {
		out = append(out, f.occupiedOf(kind, wordings()[kind])...)
	}
	return out
}

func (f *Fleet) occupiedOf(kind parts.PlaceKind, w wording) diag.List {
	var claims []claim
	for i, p := range f.places {
		if p.kind == kind {
			claims = append(claims, claim{key: uint64(p.in.word)<<32 | uint64(p.name), member: p.member, item: int32(i)})
		}
	}
	found := f.collisions(claims, func(a, b claim) bond {
		return f.sameValue(f.places[a.item].in, f.places[b.item].in, a.member, b.member)
	})
	at := func(c claim) place { return f.places[c.item].at }
	return f.tell(found, w.sure, w.unsure, at, func(c collision) diag.Diagnostic {
		first, second := &f.places[c.first.item], &f.places[c.second.item]
		summary := fmt.Sprintf(w.taken+" is taken by %s of %s", f.text(second.name), f.text(first.what), f.called(first.member))
		detail := fmt.Sprintf("%s, and both mean %s: %s. %s.", w.unique, f.meant(second.in), w.harm, w.remedy)
		if c.bond == likely {
			detail = fmt.Sprintf("%s. If %s is the same %s for both, %s. %s, or silence this with ignore: [%s].", w.unique, f.meant(second.in), w.shared, w.harm, w.remedy, w.unsure)
		}
		return f.found(second.member, second.at, summary, detail, first.at)
	})
}
