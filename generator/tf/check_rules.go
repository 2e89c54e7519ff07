package tf

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bluegen/schemas"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// values holds an argument to the rules that its schema does not tell, as far as its value is known.
func (b body) values(name string, v cty.Value) {
	p := b.at(name)
	for _, rule := range b.view.Rules(b.rules, p.path) {
		p.rule(rule, v)
	}
}

// rule looks into collections: it holds for each of their elements.
func (p place) rule(r schemas.Rule, v cty.Value) {
	if !v.IsKnown() || v.IsNull() {
		return
	}
	if v.CanIterateElements() {
		for it := v.ElementIterator(); it.Next(); {
			_, element := it.Element()
			p.rule(r, element)
		}
		return
	}
	text, err := convert.Convert(v, cty.String)
	if err != nil {
		return
	}
	p.textRule(r, text.AsString())
	if number, err := convert.Convert(v, cty.Number); err == nil {
		p.rangeRule(r, number)
	}
}

func (p place) textRule(r schemas.Rule, text string) {
	if len(r.Enum) > 0 && !slices.Contains(r.Enum, text) {
		p.problem("%q is none of %s", text, strings.Join(r.Enum, ", "))
	}
	length := utf8.RuneCountInString(text)
	if r.MinLength != nil && length < *r.MinLength {
		p.problem("%q has less than %d characters", text, *r.MinLength)
	}
	if r.MaxLength != nil && length > *r.MaxLength {
		p.problem("%q has more than %d characters", text, *r.MaxLength)
	}
	if r.Pattern != "" {
		if pattern, err := regexp.Compile(r.Pattern); err == nil && !pattern.MatchString(text) {
			p.problem("%q does not match %s", text, r.Pattern)
		}
	}
	switch r.Kind {
	case "arn":
		if text != "" && (!strings.HasPrefix(text, "arn:") || strings.Count(text, ":") < 5) {
			p.problem("%q is no ARN", text)
		}
	case "json":
		if text != "" && !json.Valid([]byte(text)) {
			p.problem("is no JSON: %q", text)
		}
	}
}

func (p place) rangeRule(r schemas.Rule, number cty.Value) {
	if r.Min != nil && number.LessThan(cty.NumberFloatVal(*r.Min)).True() {
		p.problem("%s is less than %v", number.AsBigFloat().Text('f', -1), *r.Min)
	}
	if r.Max != nil && number.GreaterThan(cty.NumberFloatVal(*r.Max)).True() {
		p.problem("%s is more than %v", number.AsBigFloat().Text('f', -1), *r.Max)
	}
}

// conflicts tells of two arguments of one body that exclude each other, once a pair.
func (b body) conflicts(set map[string]bool, count map[string]int) {
	if b.rules == "" {
		return
	}
	present := slices.Sorted(maps.Keys(set))
	for name := range count {
		present = append(present, name)
	}
	slices.Sort(present)
	for i, name := range present {
		for _, other := range present[i+1:] {
			if b.excludes(name, other) || b.excludes(other, name) {
				b.at(name).problem("cannot stand beside %s", other)
			}
		}
	}
}

func (b body) excludes(name, other string) bool {
	for _, rule := range b.view.Rules(b.rules, b.at(name).path) {
		if slices.Contains(rule.ConflictsWith, b.at(other).path) {
			return true
		}
	}
	return false
}
