package tf

import (
	"strings"
	"testing"

	"bluegen/schemas"

	"github.com/zclconf/go-cty/cty"
)

func TestRules(t *testing.T) {
	t.Parallel()
	number := func(f float64) *float64 { return &f }
	count := func(n int) *int { return &n }
	for name, tc := range map[string]struct {
		rule  schemas.Rule
		value cty.Value
		want  string
	}{
		"enum":                    {schemas.Rule{Enum: []string{"a", "b"}}, cty.StringVal("a"), ""},
		"not in the enum":         {schemas.Rule{Enum: []string{"a", "b"}}, cty.StringVal("c"), `"c" is none of a, b`},
		"enum of elements":        {schemas.Rule{Enum: []string{"a"}}, cty.TupleVal([]cty.Value{cty.StringVal("a"), cty.UnknownVal(cty.String)}), ""},
		"element not in the enum": {schemas.Rule{Enum: []string{"a"}}, cty.SetVal([]cty.Value{cty.StringVal("x")}), `"x" is none of a`},
		"lowest":                  {schemas.Rule{Min: number(1)}, cty.NumberIntVal(1), ""},
		"too low":                 {schemas.Rule{Min: number(1)}, cty.NumberIntVal(0), "0 is less than 1"},
		"highest":                 {schemas.Rule{Max: number(9.5)}, cty.NumberFloatVal(9.5), ""},
		"too high":                {schemas.Rule{Max: number(9.5)}, cty.NumberIntVal(10), "10 is more than 9.5"},
		"too high as a text":      {schemas.Rule{Max: number(1440)}, cty.StringVal("2000"), "2000 is more than 1440"},
		"no number":               {schemas.Rule{Max: number(1440)}, cty.StringVal("x"), ""},
		"long enough":             {schemas.Rule{MinLength: count(2)}, cty.StringVal("éé"), ""},
		"too short":               {schemas.Rule{MinLength: count(2)}, cty.StringVal("é"), "less than 2 characters"},
		"too long":                {schemas.Rule{MaxLength: count(2)}, cty.StringVal("abc"), "more than 2 characters"},
		"pattern":                 {schemas.Rule{Pattern: "^a+$"}, cty.StringVal("aa"), ""},
		"not the pattern":         {schemas.Rule{Pattern: "^a+$"}, cty.StringVal("ab"), "does not match"},
		"ARN":                     {schemas.Rule{Kind: "arn"}, cty.StringVal("arn:aws:ecs:eu-west-1:012345670123:cluster/a"), ""},
		"no ARN":                  {schemas.Rule{Kind: "arn"}, cty.StringVal("arn:aws"), "is no ARN"},
		"JSON":                    {schemas.Rule{Kind: "json"}, cty.StringVal("{}"), ""},
		"no JSON":                 {schemas.Rule{Kind: "json"}, cty.StringVal("{"), "is no JSON"},
		"unknown":                 {schemas.Rule{Kind: "arn"}, cty.UnknownVal(cty.String), ""},
		"null":                    {schemas.Rule{Kind: "arn"}, cty.NullVal(cty.String), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &checker{}
			place{check: c, scope: &scope{module: &Module{}}, block: Resource("aws_lb", "this")}.at("x").rule(tc.rule, tc.value)
			switch {
			case tc.want == "" && len(c.problems) > 0:
				t.Errorf("got %+v", c.problems)
			case tc.want != "" && (len(c.problems) != 1 || !strings.HasPrefix(c.problems[0].Message, "x: ") || !strings.Contains(c.problems[0].Message, tc.want)):
				t.Errorf("got %+v, want %q", c.problems, tc.want)
			}
		})
	}
}
