package provider

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bluegen/schemas"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// breaks says in a sentence how a known primitive breaks a rule, empty when it does not.
// Numbers may come as text: the provider's schema has ports and percentages that are strings.
func breaks(r schemas.Rule, v cty.Value) string {
	if wrong := outOfRange(r, v); wrong != "" {
		return wrong
	}
	text, err := convert.Convert(v, cty.String)
	if err != nil {
		return ""
	}
	s := text.AsString()
	switch length := utf8.RuneCountInString(s); {
	case len(r.Enum) > 0 && !slices.Contains(r.Enum, s):
		return fmt.Sprintf("%q is not one of %s", s, quoted(r.Enum))
	case r.MinLength != nil && length < *r.MinLength:
		return fmt.Sprintf("%q has %d characters, at least %d are needed", s, length, *r.MinLength)
	case r.MaxLength != nil && length > *r.MaxLength:
		return fmt.Sprintf("%q has %d characters, at most %d are allowed", s, length, *r.MaxLength)
	}
	if wrong := mismatch(r.Pattern, s); wrong != "" {
		return wrong
	}
	switch {
	case r.Kind == "arn" && !isARN(s):
		return fmt.Sprintf("%q is not an ARN (arn:partition:service:region:account:resource)", s)
	case r.Kind == "json" && !json.Valid([]byte(s)):
		return fmt.Sprintf("%q is not JSON", s)
	default:
		return ""
	}
}

func outOfRange(r schemas.Rule, v cty.Value) string {
	if r.Min == nil && r.Max == nil {
		return ""
	}
	number, err := convert.Convert(v, cty.Number)
	if err != nil {
		return fmt.Sprintf("%s is not a number", v.AsString())
	}
	n, _ := number.AsBigFloat().Float64()
	switch {
	case r.Min != nil && n < *r.Min:
		return fmt.Sprintf("%s is below the smallest value, %s", float(n), float(*r.Min))
	case r.Max != nil && n > *r.Max:
		return fmt.Sprintf("%s is above the largest value, %s", float(n), float(*r.Max))
	default:
		return ""
	}
}

func mismatch(pattern, s string) string {
	if pattern == "" {
		return ""
	}
	re, err := regexp.Compile(pattern)
	switch {
	case err != nil:
		return "bluegen's own rule cannot be read: " + err.Error()
	case !re.MatchString(s):
		return fmt.Sprintf("%q does not match %s", s, pattern)
	default:
		return ""
	}
}

// isARN is as strict as the provider: known shapes of partition, region and account, and a resource. It lets the empty string pass, too.
func isARN(s string) bool {
	if s == "" {
		return true
	}
	parts := strings.SplitN(s, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] == "" || parts[5] == "" {
		return false
	}
	return matches(`^aws(-[a-z]+)*$`, parts[1]) &&
		matches(`^([a-z]{2}(-[a-z]+)+-\d{1,2})?$`, parts[3]) &&
		matches(`^(aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10})?$`, parts[4])
}

func matches(pattern, s string) bool { return mismatch(pattern, s) == "" }

func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strconv.Quote(w)
	}
	return strings.Join(out, ", ")
}

func float(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
