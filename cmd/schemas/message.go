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
		{regexp.MustCompile(`^` + subject + `: conflicts with (?P<others>.+)$`), readConflicts},
		{regexp.MustCompile(`^` + subject + ": only one of `(?P<others>[^`]+)` can be specified"), readConflicts},
	}
}

// read says which argument a message is about (without the indices of list elements), and the rule.
func read(ms []message, text string) (path string, r schemas.Rule, ok bool) {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	for _, m := range ms {
		match := m.re.FindStringSubmatch(text)
		if match == nil {
			continue
		}
		r, ok := m.read(func(name string) string {
			if i := m.re.SubexpIndex(name); i >= 0 {
				return match[i]
			}
			return ""
		})
		return withoutIndices(match[m.re.SubexpIndex("path")]), r, ok
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
	return r, r.MinLength != nil || r.MaxLength != nil
}

func integer(text string) *int {
	i, err := strconv.Atoi(text)
	if err != nil {
		return nil
	}
	return &i
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
