package ecs

import (
	"net/url"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
)

// smokeTarget is where a smoke test's requests go, as the rule says it that they must reach.
type smokeTarget struct {
	host     string // empty where neither the rule nor the hook says one
	listens  int    // port of the listener, 0 where it is not known
	requests []smokeRequest
	// open is what cannot be taken from the rule and is not said by the hook either: url, host or a header.
	open []string
}

// smokeRequest is one request with what the rule adds to it.
type smokeRequest struct {
	in      blueprint.Request
	headers []header
	path    string
	status  []int
	// misses is the condition of the rule that the request does not meet.
	misses string
}

type header struct{ name, value string }

// smoked takes from the rule what the hook does not say.
func (d *deployment) smoked(h lifecycleHook) smokeTarget {
	var t smokeTarget
	var when []blueprint.Condition
	switch {
	case h.pair < 0:
	case d.pairs[h.pair].nlb != nil:
		d.smokedListener(h, &t)
	default:
		when = d.smokedRule(h, &t)
	}
	if !h.in.Host.Said() && t.host == "" {
		t.open = append(t.open, "host")
	}
	for _, r := range h.in.Requests {
		t.requests = append(t.requests, smokedRequest(r, when, &t))
	}
	return t
}

// smokedRule reads host and port, and returns the rule's conditions.
func (d *deployment) smokedRule(h lifecycleHook, t *smokeTarget) []blueprint.Condition {
	p := d.pairs[h.pair]
	when, listener, apart := p.alb.Production.When, p.alb.ListenerARN, false
	if h.in.Through.V == "test" {
		if !p.test {
			return nil
		}
		when = p.alb.Test.When
		if p.apart {
			listener, apart = p.alb.Test.ListenerARN, true
		}
	}
	t.listens = listener.Lookup.Port
	if apart && t.listens == 0 && !h.in.URL.Said() {
		t.open = append(t.open, "url")
	}
	if t.host = hostOf(when); t.host == "" && !slices.ContainsFunc(when, hosted) {
		t.host = hostOf(p.alb.Production.When)
	}
	return when
}

func hosted(c blueprint.Condition) bool { return len(c.HostHeader) > 0 }

// smokedRequest adds the rule's headers and query, and says which condition the request cannot meet.
func smokedRequest(in blueprint.Request, when []blueprint.Condition, t *smokeTarget) smokeRequest {
	r := smokeRequest{in: in, path: in.Path.V}
	for _, p := range in.Headers {
		r.headers = append(r.headers, header{p.Key.V, p.Value.V})
	}
	for _, s := range in.Status {
		r.status = append(r.status, s.V)
	}
	if len(r.status) == 0 {
		r.status = []int{200}
	}
	for _, c := range when {
		r.meet(c, t)
	}
	return r
}

// meet makes the request meet a condition, or says that it does not.
func (r *smokeRequest) meet(c blueprint.Condition, t *smokeTarget) {
	path, _, _ := strings.Cut(r.path, "?")
	switch parts.ConditionKind(c) {
	case "path_pattern":
		if !slices.ContainsFunc(c.PathPattern, func(p blueprint.At[string]) bool { return parts.Glob(p.V, path) }) {
			r.misses = "path_pattern"
		}
	case "http_request_method":
		if !slices.ContainsFunc(c.HTTPRequestMethod, func(m blueprint.At[string]) bool { return m.V == r.in.Method.V }) {
			r.misses = "http_request_method"
		}
	case "http_header":
		r.meetHeader(*c.HTTPHeader, t)
	case "query_string":
		r.meetQuery(c.QueryString, t)
	}
}

func (r *smokeRequest) meetHeader(c blueprint.HTTPHeader, t *smokeTarget) {
	for _, h := range r.headers {
		if strings.EqualFold(h.name, c.Name.V) {
			if !slices.ContainsFunc(c.Values, func(v blueprint.At[string]) bool { return parts.Glob(strings.ToLower(v.V), strings.ToLower(h.value)) }) {
				r.misses = "http_header " + c.Name.V
			}
			return
		}
	}
	for _, v := range c.Values {
		if plain(v.V) {
			r.headers = append(r.headers, header{c.Name.V, v.V})
			return
		}
	}
	if open := "the header " + c.Name.V; !slices.Contains(t.open, open) {
		t.open = append(t.open, open)
	}
}

func (r *smokeRequest) meetQuery(pairs []blueprint.QueryPair, t *smokeTarget) {
	_, query, _ := strings.Cut(r.path, "?")
	said, _ := url.ParseQuery(query)
	for _, p := range pairs {
		for key, values := range said {
			for _, v := range values {
				if parts.QueryWithin(blueprint.QueryPair{Key: blueprint.At[string]{V: key}, Value: blueprint.At[string]{V: v}}, p) {
					return
				}
			}
		}
	}
	for _, p := range pairs {
		if p.Key.V != "" && plain(p.Key.V+p.Value.V) {
			mark := "?"
			if query != "" {
				mark = "&"
			}
			r.path += mark + url.QueryEscape(p.Key.V) + "=" + url.QueryEscape(p.Value.V)
			return
		}
	}
	if !slices.Contains(t.open, "the query") {
		t.open = append(t.open, "the query")
	}
}
