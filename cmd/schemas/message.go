package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bluegen/schemas"
)

// message is one shape in which a provider refuses a value. The regular expression's groups are read
// by their names: path, values, min, max, and others (the paths it conflicts with).
type message struct {
	re   *regexp.Regexp
	read func(group func(string) string) (schemas.Rule, bool)
}

const subject = "[`\"]?(?P<path>[a-z0-9_.\\[\\]]+)[`\"]?"

// messages are tried in order; the first that matches decides.
func messages() []message {
	return []message{
		{regexp.MustCompile(`^expected ` + subject + ` to be one of \[(?P<values>.*)\], got`), readEnum},
		{regexp.MustCompile(`^Attribute ` + subject + ` value must be one of: \[(?P<values>.*)\], got`), readEnum},
		{regexp.MustCompile(`^expected length of ` + subject + ` to be in the range \((?P<min>\d+) - (?P<max>\d+)\)`), readLength},
		{regexp.MustCompile(`^Attribute ` + subject + ` string length must be between (?P<min>\d+) and (?P<max>\d+), got`), readLength},
		{regexp.MustCompile(`^` + subject + ` cannot be (?:longer|greater) than (?P<max>\d+) characters`), readLength},
		{regexp.MustCompile(`^Attribute ` + subject + ` string length must be at most (?P<max>\d+), got`), readLength},
		{regexp.MustCompile(`^` + subject + ` cannot be (?:shorter|less) than (?P<min>\d+) characters`), readLength},
		{regexp.MustCompile(`^expected ` + subject + ` to be in the range \((?P<min>-?[\d.]+) - (?P<max>-?[\d.]+)\), got`), readRange},
		{regexp.MustCompile(`^Attribute ` + subject + ` value must be between (?P<min>-?[\d.]+) and (?P<max>-?[\d.]+), got`), readRange},
		{regexp.MustCompile(`^expected ` + subject + ` to be at least \((?P<min>-?[\d.]+)\), got`), readRange},
		{regexp.MustCompile(`^expected ` + subject + ` to be at most \((?P<max>-?[\d.]+)\), got`), readRange},
		{regexp.MustCompile(`^` + subject + ` must be in the range (?P<min>\d+)-(?P<max>\d+)\b`), readRange},
		{regexp.MustCompile(`^` + subject + ` \(.*\) is an invalid ARN: `), readKind("arn")},
		{regexp.MustCompile(`^Attribute ` + subject + ` value must be a valid ARN`), readKind("arn")},
		{regexp.MustCompile(`^` + subject + ` contains an invalid JSON`), readKind("json")},
		{regexp.MustCompile(`^ECS Task Definition (?P<path>container_definitions) is invalid: `), readKind("json")},
		{regexp.MustCompile(`^expected ` + subject + ` to be a valid port number, got`), readPort(1)},
		{regexp.MustCompile(`^expected ` + subject + ` to be a valid port number or 0, got`), readPort(0)},
		{regexp.MustCompile(`^expected value of ` + subject + ` to match regular expression (?P<values>".*"), got`), readPattern},
		{regexp.MustCompile(`^` + subject + `: conflicts with (?P<others>.+)$`), readConflicts},
		{regexp.MustCompile(`^` + subject + ": only one of `(?P<others>[^`]+)` can be specified"), readConflicts},
		{regexp.MustCompile(`^Exactly one of these attributes must be configured: \[(?P<others>[^]]+)\]$`), readConflicts},
	}
}

// read says which argument a message is about (without the indices of list elements), and the rule.
// The path is empty where a message names several arguments alike.
func read(ms []message, text string) (path string, r schemas.Rule, ok bool) {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	for _, m := range ms {
		match := m.re.FindStringSubmatch(text)
		if match == nil {
			continue
		}
		group := func(name string) string {
			if i := m.re.SubexpIndex(name); i >= 0 {
				return match[i]
			}
			return ""
		}
		r, ok := m.read(group)
		return withoutIndices(group("path")), r, ok
	}
	return "", schemas.Rule{}, false
}

func withoutIndices(path string) string {
	path = regexp.MustCompile(`\[[^]]*\]`).ReplaceAllString(path, "")
	return strings.Join(slices.DeleteFunc(strings.Split(path, "."), func(s string) bool {
		_, err := strconv.Atoi(s)
		return err == nil
	}), ".")
}

// readEnum takes `"A" "B"` (strings) and `1 3 5` (numbers).
func readEnum(group func(string) string) (schemas.Rule, bool) {
	text := group("values")
	var values []string
	if strings.HasPrefix(text, `"`) {
		for _, quoted := range regexp.MustCompile(`"(?:[^"\\]|\\.)*"`).FindAllString(text, -1) {
			v, err := strconv.Unquote(quoted)
			if err != nil {
				return schemas.Rule{}, false
			}
			values = append(values, v)
		}
	} else {
		values = strings.Fields(text)
	}
	return schemas.Rule{Enum: values}, len(values) > 0
}

func readRange(group func(string) string) (schemas.Rule, bool) {
	r := schemas.Rule{Min: number(group("min")), Max: number(group("max"))}
	return r, r.Min != nil || r.Max != nil
}

func number(text string) *float64 {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil
	}
	return &f
}

func readLength(group func(string) string) (schemas.Rule, bool) {
	r := schemas.Rule{MinLength: integer(group("min")), MaxLength: integer(group("max"))}
	if r.MinLength != nil && *r.MinLength == 0 {
		r.MinLength = nil
	}
	return r, r.MinLength != nil || r.MaxLength != nil
}

func integer(text string) *int {
	i, err := strconv.Atoi(text)
	if err != nil {
		return nil
	}
	return &i
}

func readPort(first float64) func(func(string) string) (schemas.Rule, bool) {
	return func(func(string) string) (schemas.Rule, bool) {
		last := 65535.0
		return schemas.Rule{Min: &first, Max: &last}, true
	}
}

// readPattern takes the pattern only if this program can read it, as the provider's own language could.
func readPattern(group func(string) string) (schemas.Rule, bool) {
	pattern, err := strconv.Unquote(group("values"))
	if err == nil {
		_, err = regexp.Compile(pattern)
	}
	return schemas.Rule{Pattern: pattern}, err == nil && pattern != ""
}

func readKind(kind string) func(func(string) string) (schemas.Rule, bool) {
	return func(func(string) string) (schemas.Rule, bool) { return schemas.Rule{Kind: kind}, true }
}

func readConflicts(group func(string) string) (schemas.Rule, bool) {
	self := withoutIndices(group("path"))
	var others []string
	for _, other := range strings.Split(group("others"), ",") {
		other = withoutIndices(strings.Trim(other, " `\""))
		if other != self && other != "" {
			others = append(others, other)
		}
	}
	return schemas.Rule{ConflictsWith: others}, len(others) > 0
}
