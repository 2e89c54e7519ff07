package parts

import (
	"net/netip"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
)

// ConditionKind is the key that a condition says.
func ConditionKind(c blueprint.Condition) string {
	switch {
	case len(c.HostHeader) > 0:
		return "host_header"
	case len(c.PathPattern) > 0:
		return "path_pattern"
	case c.HTTPHeader != nil:
		return "http_header"
	case len(c.HTTPRequestMethod) > 0:
		return "http_request_method"
	case len(c.QueryString) > 0:
		return "query_string"
	default:
		return "source_ip"
	}
}

// ConditionValues are the strings of a condition that ALB counts, in order.
func ConditionValues(c blueprint.Condition) []blueprint.At[string] {
	switch ConditionKind(c) {
	case "host_header":
		return c.HostHeader
	case "path_pattern":
		return c.PathPattern
	case "http_header":
		return c.HTTPHeader.Values
	case "http_request_method":
		return c.HTTPRequestMethod
	case "source_ip":
		return c.SourceIP
	default:
		out := make([]blueprint.At[string], 0, len(c.QueryString))
		for _, q := range c.QueryString {
			out = append(out, q.Value)
		}
		return out
	}
}

// Covers reports that whatever the narrow conditions match, the wide ones match too. It may miss some, and never says it wrongly.
func Covers(wide, narrow []blueprint.Condition) bool {
	return !slices.ContainsFunc(wide, func(w blueprint.Condition) bool {
		return !matchesAll(w) && !slices.ContainsFunc(narrow, func(n blueprint.Condition) bool { return implies(n, w) })
	})
}

// matchesAll: every request has a path that begins with a slash, and a host.
func matchesAll(c blueprint.Condition) bool {
	return slices.ContainsFunc(c.PathPattern, func(v blueprint.At[string]) bool { return v.V == "/*" || v.V == "*" }) ||
		slices.ContainsFunc(c.HostHeader, func(v blueprint.At[string]) bool { return v.V == "*" })
}

// implies: each alternative of the narrow condition is within one of the wide condition's.
func implies(narrow, wide blueprint.Condition) bool {
	kind := ConditionKind(narrow)
	if kind != ConditionKind(wide) || kind == "http_header" && !strings.EqualFold(narrow.HTTPHeader.Name.V, wide.HTTPHeader.Name.V) {
		return false
	}
	if kind == "query_string" {
		return !slices.ContainsFunc(narrow.QueryString, func(n blueprint.QueryPair) bool {
			return !slices.ContainsFunc(wide.QueryString, func(w blueprint.QueryPair) bool { return QueryWithin(n, w) })
		})
	}
	return !slices.ContainsFunc(ConditionValues(narrow), func(n blueprint.At[string]) bool {
		return !slices.ContainsFunc(ConditionValues(wide), func(w blueprint.At[string]) bool { return within(kind, n.V, w.V) })
	})
}

// QueryWithin reports that every query that the narrow pair takes, the wide one takes too; without a key it takes every key.
func QueryWithin(narrow, wide blueprint.QueryPair) bool {
	key := wide.Key.V == "" || narrow.Key.V != "" && Glob(strings.ToLower(wide.Key.V), strings.ToLower(narrow.Key.V))
	return key && Glob(strings.ToLower(wide.Value.V), strings.ToLower(narrow.Value.V))
}

// within compares one alternative with another as the load balancer does: paths and methods by case, hosts and headers without.
func within(kind, narrow, wide string) bool {
	switch kind {
	case "source_ip":
		n, err := netip.ParsePrefix(narrow)
		w, worse := netip.ParsePrefix(wide)
		return err == nil && worse == nil && w.Bits() <= n.Bits() && w.Contains(n.Addr())
	case "http_request_method":
		return narrow == wide
	case "path_pattern":
		return Glob(wide, narrow)
	default:
		return Glob(strings.ToLower(wide), strings.ToLower(narrow))
	}
}

// Glob reports whether a pattern takes every text that another pattern takes: * is any text, ? any one character.
// A backslash takes a wildcard's meaning away, so patterns with one are only within themselves.
func Glob(wide, narrow string) bool {
	if strings.ContainsRune(wide+narrow, '\\') {
		return wide == narrow
	}
	w, n, star, mark := 0, 0, -1, 0
	for n < len(narrow) {
		switch {
		case w < len(wide) && wide[w] == '*':
			star, mark = w, n
			w++
		case w < len(wide) && narrow[n] != '*' && (wide[w] == narrow[n] || wide[w] == '?'):
			w++
			n++
		case star >= 0:
			mark++
			w, n = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(wide[w:], "*") == ""
}
