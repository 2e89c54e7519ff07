package blueprint

import (
	"encoding/json"
	"slices"
	"strings"
)

// leaf is the schema of one scalar.
func (w *schemaWriter) leaf(kind scalarKind, r *rules) *schema {
	switch kind {
	case kindBool:
		return &schema{Type: "boolean"}
	case kindDuration:
		return &schema{Type: "string", Pattern: `^([0-9]+h)?([0-9]+m)?([0-9]+s)?$`, MinLength: 2}
	case kindNumber:
		s := &schema{Type: "integer", Enum: jsonScalars(r.enum, kind)}
		s.Minimum, s.Maximum = bound(r.min), bound(r.max)
		return s
	case kindPercent:
		return &schema{Type: "number", Minimum: bound(r.min), Maximum: bound(r.max)}
	default:
		s := w.text(r.pattern)
		if len(r.enum) > 0 {
			s = &schema{Type: "string", Enum: jsonScalars(r.enum, kind)}
		}
		return s
	}
}

// text is the schema of a text. Editors take 012345670123 for a number: where digits are admitted, so is a number.
func (w *schemaWriter) text(pattern string) *schema {
	d := &decoder{checks: w.checks}
	types := []string{"string"}
	if d.check(pattern, "1") == "" || d.check(pattern, "200") == "" || d.check(pattern, "012345670123") == "" {
		types = append(types, "number")
	}
	if d.check(pattern, "true") == "" {
		types = append(types, "boolean")
	}
	c := w.checks[pattern]
	return &schema{Type: types, Pattern: c.expr, MaxLength: c.most}
}

// value is the schema of a Value: a literal or one of its sources.
func (w *schemaWriter) value(p *plan, r *rules) *schema {
	literal := w.leaf(p.scalar, r)
	if p.many {
		literal = &schema{Type: "array", Items: literal, MinItems: 1}
	}
	s := &schema{OneOf: []*schema{literal, w.from("Variable", "variable", "Name of a root variable, said at apply."), w.from("Parameter", "ssm", "Name of an SSM parameter, read at plan.")}}
	if len(r.lookup) == 0 {
		return s
	}
	query := &schema{Description: "Found by a data source, at plan.", Type: "object", Properties: map[string]*schema{}, AdditionalProperties: false, MinProperties: 1, MaxProperties: 1}
	if slices.Contains(r.lookup, "port") {
		query.MinProperties, query.MaxProperties = 2, 2
	}
	for _, key := range r.lookup {
		switch key {
		case "tags":
			query.Properties[key] = &schema{Type: "object", MinProperties: 1, AdditionalProperties: &schema{Type: []string{"string", "number", "boolean"}}}
		case "port":
			query.Properties[key] = &schema{Type: "integer", Minimum: bound("1"), Maximum: bound("65535")}
		default:
			query.Properties[key] = w.text("text")
		}
	}
	s.OneOf = append(s.OneOf, only("lookup", query))
	return s
}

// from is a source that a text names; each is written once.
func (w *schemaWriter) from(name, key, description string) *schema {
	text := w.text(strings.ToLower(name))
	text.Description = description
	w.defs[name] = only(key, text)
	return &schema{Ref: "#/$defs/" + name}
}

// only is a mapping of exactly one key.
func only(key string, s *schema) *schema {
	return &schema{Type: "object", Properties: map[string]*schema{key: s}, Required: []string{key}, AdditionalProperties: false}
}

// bound is a number as it is written, nothing where there is none.
func bound(text string) json.Number { return json.Number(text) }

func jsonScalars(texts []string, kind scalarKind) []any {
	var all []any
	for _, t := range texts {
		all = append(all, jsonScalar(t, kind))
	}
	return all
}

func jsonScalar(text string, kind scalarKind) any {
	switch kind {
	case kindBool:
		return text == "true"
	case kindNumber, kindPercent:
		return bound(text)
	default:
		return text
	}
}
