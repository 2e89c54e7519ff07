package blueprint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// schema is the part of JSON Schema (draft 2020-12) that a blueprint needs.
type schema struct {
	Schema               string             `json:"$schema,omitempty"`
	Ref                  string             `json:"$ref,omitempty"`
	Title                string             `json:"title,omitempty"`
	Description          string             `json:"description,omitempty"`
	Default              any                `json:"default,omitempty"`
	Type                 any                `json:"type,omitempty"`
	Const                string             `json:"const,omitempty"`
	Enum                 []any              `json:"enum,omitempty"`
	Pattern              string             `json:"pattern,omitempty"`
	MinLength            int                `json:"minLength,omitempty"`
	MaxLength            int                `json:"maxLength,omitempty"`
	Minimum              json.Number        `json:"minimum,omitempty"`
	Maximum              json.Number        `json:"maximum,omitempty"`
	Items                *schema            `json:"items,omitempty"`
	MinItems             int                `json:"minItems,omitempty"`
	UniqueItems          bool               `json:"uniqueItems,omitempty"`
	Properties           map[string]*schema `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	AdditionalProperties any                `json:"additionalProperties,omitempty"`
	PropertyNames        *schema            `json:"propertyNames,omitempty"`
	MinProperties        int                `json:"minProperties,omitempty"`
	MaxProperties        int                `json:"maxProperties,omitempty"`
	If                   *schema            `json:"if,omitempty"`
	Then                 *schema            `json:"then,omitempty"`
	Not                  *schema            `json:"not,omitempty"`
	AllOf                []*schema          `json:"allOf,omitempty"`
	AnyOf                []*schema          `json:"anyOf,omitempty"`
	OneOf                []*schema          `json:"oneOf,omitempty"`
	Defs                 map[string]*schema `json:"$defs,omitempty"`
}

// Schema writes the JSON Schema of a blueprint from the model, for editors: completion, hover text, words, ranges.
// Docs are the doc comments of the model's fields and types, as Type.Field and Type; they are the hover texts.
// What a layer may supply is not required, so the schema admits more than Load does, never less. A file without a name is a base.
//
// Keys that all engines have alike stand among the properties; the others are said once an engine, under a condition on the key engine.
func Schema(docs map[string]string) ([]byte, error) {
	w := &schemaWriter{docs: docs, checks: patterns(), defs: map[string]*schema{}}
	var documents []*schema
	for _, engine := range Engines() {
		root, err := newPlanner(engine).of(reflect.TypeFor[Service]())
		if err != nil {
			return nil, err
		}
		w.prefix = ""
		if engine != Engines()[0] {
			w.prefix = root.typ.FieldByIndex(root.inlined).Name
		}
		one := w.object(root, false)
		one.Properties["environments"] = w.environments(one)
		documents = append(documents, one)
	}
	document := merged(documents)
	document.Schema = "https://json-schema.org/draft/2020-12/schema"
	document.Title = "bluegen blueprint"
	document.Description = "One service: what bluegen makes Terraform of."
	document.AnyOf = []*schema{{Required: fixedKeys()}, {Required: []string{"extends"}}, {Not: &schema{Required: []string{"name"}}}}
	document.Properties["extends"] = w.extends()
	document.Defs = w.defs
	if len(w.missing) > 0 {
		return nil, fmt.Errorf("the model lacks doc comments: %v", w.missing)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(document)
	return out.Bytes(), err
}

// fixedKeys hold for the whole blueprint.
func fixedKeys() []string { return []string{"version", "name", "engine"} }

// merged is one document of those of the engines.
func merged(documents []*schema) *schema {
	out := *documents[0]
	out.Properties = map[string]*schema{}
	thens := make([]*schema, len(documents))
	for i := range documents {
		thens[i] = &schema{Properties: map[string]*schema{}}
	}
	for _, one := range documents {
		for _, key := range slices.Sorted(maps.Keys(one.Properties)) {
			if out.Properties[key] != nil {
				continue
			}
			if alike(documents, key) {
				out.Properties[key] = one.Properties[key]
				continue
			}
			out.Properties[key] = &schema{Description: one.Properties[key].Description}
			for i, other := range documents {
				thens[i].Properties[key] = other.Properties[key]
				if other.Properties[key] == nil {
					thens[i].Properties[key] = &schema{Type: "null"}
				}
			}
		}
	}
	for i, engine := range Engines() {
		condition := &schema{Properties: map[string]*schema{"engine": {Const: engine}}, Required: []string{"engine"}}
		out.AllOf = append(out.AllOf, &schema{If: condition, Then: thens[i]})
	}
	return &out
}

// alike reports whether a key is the same in every document.
func alike(documents []*schema, key string) bool {
	return !slices.ContainsFunc(documents, func(d *schema) bool { return !reflect.DeepEqual(d.Properties[key], documents[0].Properties[key]) })
}

type schemaWriter struct {
	docs map[string]string
	// prefix stands before the names of what is written once an engine; "" for the first one.
	prefix  string
	checks  map[string]check
	defs    map[string]*schema
	missing []string
}

// environments are layers: everything but what holds for the whole blueprint, nothing required.
func (w *schemaWriter) environments(document *schema) *schema {
	layer := *document
	layer.Schema, layer.Title, layer.Required = "", "", nil
	layer.Description = "A layer over the blueprint: mappings merge key by key, everything else replaces, null removes."
	layer.Properties = maps.Clone(document.Properties)
	for _, key := range fixedKeys() {
		delete(layer.Properties, key)
	}
	terraform := *w.defs["Terraform"]
	terraform.Properties = maps.Clone(terraform.Properties)
	delete(terraform.Properties, "directory")
	w.defs["TerraformLayer"] = &terraform
	layer.Properties["terraform"] = orNull(&schema{Ref: "#/$defs/TerraformLayer"})
	layer.Properties["terraform"].Description = document.Properties["terraform"].Description
	w.defs[w.prefix+"Environment"] = &layer
	names := w.text("environment")
	names.Type = nil
	names.Not = &schema{Enum: []any{"modules", "tests"}}
	return &schema{
		Description:          "Environments: each is a layer over the above, with a configuration of its own.",
		Type:                 []string{"object", "null"},
		PropertyNames:        names,
		AdditionalProperties: orNull(&schema{Ref: "#/$defs/" + w.prefix + "Environment"}),
	}
}

// extends is one base or a list of them. A base says some of what a blueprint must say, and has no name of its own.
func (w *schemaWriter) extends() *schema {
	one := w.text("base")
	one.Type = "string"
	return &schema{
		Description: "Bases that this file is laid over, from the first to the last: files of the repository, from the folder of this one.",
		OneOf:       []*schema{one, {Type: "array", Items: one, MinItems: 1, UniqueItems: true}, {Type: "null"}},
	}
}

func orNull(s *schema) *schema { return &schema{AnyOf: []*schema{s, {Type: "null"}}} }

// object is the schema of a struct. Whole says that it is an item of a list, which comes from one layer: then required means it.
func (w *schemaWriter) object(p *plan, whole bool) *schema {
	s := &schema{Description: w.docs[p.typ.Name()], Type: "object", Properties: map[string]*schema{}, AdditionalProperties: false}
	kinds := map[string]*schema{}
	for _, f := range p.fields {
		required := whole && f.rules.required
		s.Properties[f.key] = w.field(f, whole, required)
		switch {
		case f.rules.kinds != nil:
			w.kind(p, f, kinds)
		case required:
			s.Required = append(s.Required, f.key)
		}
	}
	w.group(p, s, whole)
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		s.AllOf = append(s.AllOf, &schema{If: &schema{Properties: map[string]*schema{"kind": {Const: kind}}, Required: []string{"kind"}}, Then: kinds[kind]})
	}
	return s
}

// group wants exactly one of the keys of a group. Where an object has other keys too and comes from layers, one layer may
// say none of them; two are never right.
func (w *schemaWriter) group(p *plan, s *schema, whole bool) {
	var keys []string
	for _, f := range p.fields {
		if f.rules.group != "" {
			keys = append(keys, f.key)
		}
	}
	switch {
	case len(keys) == 0:
	case whole && len(keys) == len(p.fields):
		s.MinProperties, s.MaxProperties = 1, 1
	default:
		for i, key := range keys {
			then := &schema{Properties: map[string]*schema{}}
			for j, other := range keys {
				if j != i {
					then.Properties[other] = &schema{Type: "null"}
				}
			}
			said := &schema{Properties: map[string]*schema{key: {Type: "object"}}, Required: []string{key}}
			s.AllOf = append(s.AllOf, &schema{If: said, Then: then})
		}
	}
}

// kind forbids a field of some kinds under the others, and requires it under its own.
func (w *schemaWriter) kind(p *plan, f *field, kinds map[string]*schema) {
	for _, kind := range p.field("kind").rules.enum {
		if kinds[kind] == nil {
			kinds[kind] = &schema{Properties: map[string]*schema{}}
		}
		switch then := kinds[kind]; {
		case !f.rules.under(kind):
			then.Properties[f.key] = &schema{Type: "null"}
		case f.rules.required:
			then.Required = append(then.Required, f.key)
		}
	}
}

func (w *schemaWriter) field(f *field, whole, required bool) *schema {
	s := w.shape(f.plan, &f.rules, whole)
	if !required && !slices.Contains([]string{"Service.Version", "Service.Name", "Service.Engine"}, f.owner) {
		if s.OneOf != nil {
			s.OneOf = append(s.OneOf, &schema{Type: "null"})
		} else {
			s = orNull(s)
		}
	}
	s.Description = w.doc(f)
	if f.rules.hasFallback {
		s.Default = jsonScalar(f.rules.fallback, f.plan.scalar)
	}
	return s
}

// doc is a field's doc comment, which begins with its name in Go, with its key in place of that.
func (w *schemaWriter) doc(f *field) string {
	text := w.docs[f.owner]
	if text == "" {
		w.missing = append(w.missing, f.owner)
	}
	_, name, _ := strings.Cut(f.owner, ".")
	if rest, ok := strings.CutPrefix(text, name); ok {
		return f.key + rest
	}
	return text
}

// shape is the schema of a value of a field.
func (w *schemaWriter) shape(p *plan, r *rules, whole bool) *schema {
	switch p.shape {
	case shapeLeaf:
		return w.leaf(p.scalar, r)
	case shapeValue:
		return w.value(p, r)
	case shapeList:
		s := &schema{Type: "array", Items: w.shape(p.elem, r, true), UniqueItems: r.unique}
		if r.required {
			s.MinItems = 1
		}
		return s
	case shapeEntries:
		names := w.text(r.pattern)
		names.Type = nil
		return &schema{Type: "object", PropertyNames: names, AdditionalProperties: orNull(w.shape(p.elem, r, whole))}
	case shapePairs:
		types := []string{"string", "number", "boolean"}
		if !whole {
			types = append(types, "null")
		}
		return &schema{Type: "object", PropertyNames: &schema{MinLength: 1}, AdditionalProperties: &schema{Type: types}}
	default:
		name := p.typ.Name()
		if p.differs {
			name = w.prefix + name
		}
		if _, done := w.defs[name]; !done {
			w.defs[name] = nil
			w.defs[name] = w.object(p, whole)
		}
		return &schema{Ref: "#/$defs/" + name}
	}
}
