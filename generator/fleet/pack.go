package fleet

import (
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
)

// record stands between the conditions of a packed rule.
const record = "\x1e"

// pack keeps the conditions of a rule as one text, for a blueprint's own are many times as large and hold on to more.
func pack(when []blueprint.Condition) string {
	all := make([]string, 0, len(when))
	for _, c := range when {
		fields := []string{parts.ConditionKind(c)}
		if c.HTTPHeader != nil {
			fields = append(fields, c.HTTPHeader.Name.V)
		}
		for _, q := range c.QueryString {
			fields = append(fields, q.Key.V)
		}
		for _, v := range parts.ConditionValues(c) {
			fields = append(fields, v.V)
		}
		all = append(all, strings.Join(fields, unit))
	}
	return strings.Join(all, record)
}

// unpack is what pack was given, without places.
func unpack(text string) []blueprint.Condition {
	var out []blueprint.Condition
	for packed := range strings.SplitSeq(text, record) {
		fields := strings.Split(packed, unit)
		kind, values := fields[0], fields[1:]
		var c blueprint.Condition
		switch kind {
		case "host_header":
			c.HostHeader = ats(values)
		case "path_pattern":
			c.PathPattern = ats(values)
		case "http_request_method":
			c.HTTPRequestMethod = ats(values)
		case "source_ip":
			c.SourceIP = ats(values)
		case "http_header":
			c.HTTPHeader = &blueprint.HTTPHeader{Name: blueprint.At[string]{V: values[0]}, Values: ats(values[1:])}
		case "query_string":
			half := len(values) / 2
			for i, key := range values[:half] {
				c.QueryString = append(c.QueryString, blueprint.QueryPair{Key: blueprint.At[string]{V: key}, Value: blueprint.At[string]{V: values[half+i]}})
			}
		}
		out = append(out, c)
	}
	return out
}

func ats(texts []string) []blueprint.At[string] {
	out := make([]blueprint.At[string], 0, len(texts))
	for _, t := range texts {
		out = append(out, blueprint.At[string]{V: t})
	}
	return out
}
