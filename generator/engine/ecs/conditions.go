package ecs

import (
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// slot is one condition of a rule: the field of the variable that carries its values, and its kind.
type slot struct {
	field string // host_header, http_header_2
	kind  string // host_header
	pairs int    // of query_string
	keyed string // of query_string: a 1 for each pair that has a key, else 0
}

// slots names a rule's conditions. The second of a kind gets a number, because the variable's fields must differ.
func slots(when []blueprint.Condition) []slot {
	seen := map[string]int{}
	out := make([]slot, 0, len(when))
	for _, c := range when {
		s := slot{kind: parts.ConditionKind(c), pairs: len(c.QueryString)}
		seen[s.kind]++
		s.field = s.kind
		if n := seen[s.kind]; n > 1 {
			s.field += "_" + strconv.Itoa(n)
		}
		for _, q := range c.QueryString {
			s.keyed += strconv.Itoa(min(len(q.Key.V), 1))
		}
		out = append(out, s)
	}
	return out
}

// fingerprint is what the module's text depends on.
func fingerprint(slots []slot) string {
	var b strings.Builder
	for _, s := range slots {
		b.WriteString(s.field + "/" + s.keyed + " ")
	}
	return b.String()
}

// sampleRule is a rule's variable in the module's own test. No two conditions are alike: they are a set.
func sampleRule(priority int, slots []slot) cty.Value {
	fields := map[string]cty.Value{"priority": cty.NumberIntVal(int64(priority))}
	for _, s := range slots {
		fields[s.field] = s.sample()
	}
	return cty.ObjectVal(fields)
}

func (s slot) sample() cty.Value {
	switch s.kind {
	case "host_header":
		return parts.Samples("orders.example.com")
	case "path_pattern":
		return parts.Samples("/orders/*")
	case "http_header":
		return cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("x-" + strings.ReplaceAll(s.field, "_", "-")), "values": parts.Samples("1")})
	case "http_request_method":
		return parts.Samples("GET")
	case "source_ip":
		return parts.Samples("10.0.0.0/16")
	default:
		items := make([]cty.Value, 0, s.pairs)
		for i := range s.pairs {
			items = append(items, cty.ObjectVal(map[string]cty.Value{
				"key": cty.StringVal("key-" + strconv.Itoa(i)), "value": cty.StringVal(s.field),
			}))
		}
		return cty.ListVal(items)
	}
}

// block is the condition of the rule that variable v describes.
func (s slot) block(v *tf.Block) *tf.Block {
	set := func(items ...tf.Item) *tf.Block { return tf.Nested("condition", tf.Nested(s.kind, items...)) }
	switch s.kind {
	case "http_header":
		return set(
			tf.Set("http_header_name", v.Attr(s.field, "name")),
			tf.Set("values", v.Attr(s.field, "values")),
		)
	case "query_string":
		return s.queries(v)
	default:
		return set(tf.Set("values", v.Attr(s.field)))
	}
}

func (s slot) queries(v *tf.Block) *tf.Block {
	items := make([]tf.Item, 0, s.pairs)
	for i := range s.pairs {
		at := tf.Index{Collection: v.Attr(s.field), Key: tf.Int(i)}
		items = append(items, tf.Nested("query_string",
			tf.When(s.keyed[i] == '1', tf.Set("key", tf.Dig(at, "key"))),
			tf.Set("value", tf.Dig(at, "value")),
		))
	}
	return tf.Nested("condition", items...)
}

// argument is the rule as the root hands it to the module.
func argument(priority int, when []blueprint.Condition) tf.Expr {
	fields := []tf.Field{tf.F("priority", tf.Int(priority))}
	for i, s := range slots(when) {
		fields = append(fields, tf.F(s.field, conditionValue(when[i], s)))
	}
	return tf.Fields(fields...)
}

func conditionValue(c blueprint.Condition, s slot) tf.Expr {
	switch s.kind {
	case "http_header":
		return tf.Fields(
			tf.F("name", tf.String(c.HTTPHeader.Name.V)),
			tf.F("values", tf.Strings(parts.Texts(c.HTTPHeader.Values)...)),
		)
	case "query_string":
		items := make([]tf.Expr, 0, len(c.QueryString))
		for _, q := range c.QueryString {
			items = append(items, tf.Inline(tf.F("key", orNull(q.Key.V)), tf.F("value", tf.String(q.Value.V))))
		}
		return tf.LinesOf(items...)
	default:
		return tf.Strings(parts.Texts(parts.ConditionValues(c))...)
	}
}

// conditions are facts of a rule: as many as there are, and the values of each kind. They are a set, and so are looked for.
func conditions(rule, v *tf.Block, when []slot) []tf.Expr {
	all := rule.Attr("condition")
	facts := []tf.Expr{tf.Equal(tf.Fn("length", all), tf.Int(len(when)))}
	has := func(s slot, name string, want tf.Expr) {
		blocks := tf.Fn("flatten", tf.Splat{Collection: all, Path: []string{s.kind}})
		facts = append(facts, tf.Fn("contains", tf.Splat{Collection: blocks, Path: []string{name}}, want))
	}
	for _, s := range when {
		switch s.kind {
		case "query_string": // pairs in a set in a set: their number must do
		case "http_header":
			has(s, "http_header_name", v.Attr(s.field, "name"))
			has(s, "values", v.Attr(s.field, "values"))
		default:
			has(s, "values", v.Attr(s.field))
		}
	}
	return facts
}

// typedArgument is argument with the sets of the module's variable, so that a test can compare them as JSON.
func typedArgument(priority int, when []blueprint.Condition) tf.Expr {
	fields := []tf.Field{tf.F("priority", tf.Int(priority))}
	for i, s := range slots(when) {
		value := conditionValue(when[i], s)
		switch s.kind {
		case "http_header":
			h := when[i].HTTPHeader
			value = tf.Inline(tf.F("name", tf.String(h.Name.V)), tf.F("values", tf.Fn("toset", tf.Strings(parts.Texts(h.Values)...))))
		case "query_string": // a list, which is alike in both
		default:
			value = tf.Fn("toset", value)
		}
		fields = append(fields, tf.F(s.field, value))
	}
	return tf.Fields(fields...)
}

func orNull(s string) tf.Expr {
	if s == "" {
		return tf.Lit{Value: cty.NullVal(cty.String)}
	}
	return tf.String(s)
}
