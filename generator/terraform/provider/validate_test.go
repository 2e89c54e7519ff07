package provider

import (
	"strings"
	"testing"

	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
)

func number(f float64) *float64 { return &f }

func count(n int) *int { return &n }

func TestReadOnlyAttributesAreRefused(t *testing.T) {
	t.Parallel()
	null, port := cty.NullVal(cty.String), cty.NullVal(cty.Number)
	written := leafValue(port, cty.StringVal("x"))
	tests := map[string]struct {
		given map[string]cty.Value
		want  []string
	}{
		"nothing set":           {map[string]cty.Value{"name": cty.StringVal("a")}, nil},
		"optional and computed": {map[string]cty.Value{"alias": cty.StringVal("a")}, nil},
		"at the top":            {map[string]cty.Value{"arn": cty.StringVal("x")}, []string{`AttributeName("arn")`}},
		"unknown is set, too":   {map[string]cty.Value{"arn": cty.UnknownVal(cty.String)}, []string{`AttributeName("arn")`}},
		"in a single block":     {map[string]cty.Value{"timeouts": written}, []string{`AttributeName("timeouts").AttributeName("id")`}},
		"in a list block": {map[string]cty.Value{"items": cty.ListVal([]cty.Value{leafValue(port, null), written})},
			[]string{`AttributeName("items").ElementKeyInt(1).AttributeName("id")`}},
		"in a set block": {map[string]cty.Value{"hooks": cty.SetVal([]cty.Value{written})}, []string{`AttributeName("hooks")`}},
		"in a map block": {map[string]cty.Value{"named": cty.MapVal(map[string]cty.Value{"k": written})},
			[]string{`AttributeName("named").ElementKeyString("k").AttributeName("id")`}},
		"in a nested attribute": {map[string]cty.Value{"nested": cty.ListVal([]cty.Value{written})},
			[]string{`AttributeName("nested").ElementKeyInt(0).AttributeName("id")`}},
		"unknown blocks": {map[string]cty.Value{"hooks": cty.UnknownVal(cty.Set(written.Type()))}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(&fake{name: "aws", block: thing()})
			config := encoded(t, value(t, thing(), tt.given))
			resource, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: "thing", Config: config})
			if err != nil {
				t.Fatal(err)
			}
			data, err := s.ValidateDataResourceConfig(t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "thing", Config: config})
			if err != nil {
				t.Fatal(err)
			}
			provider, err := s.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: config})
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range []diagnostics{resource.Diagnostics, data.Diagnostics, provider.Diagnostics} {
				var paths []string
				for _, d := range found {
					paths = append(paths, d.Attribute.String())
				}
				if diff := cmp.Diff(tt.want, paths); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestValueRules(t *testing.T) {
	t.Parallel()
	enum := schemas.Rule{Enum: []string{"PRE", "POST"}}
	stages := func(words ...cty.Value) map[string]cty.Value {
		return map[string]cty.Value{"stages": cty.ListVal(words)}
	}
	name := func(s string) map[string]cty.Value { return map[string]cty.Value{"name": cty.StringVal(s)} }
	items := func(port cty.Value) map[string]cty.Value {
		return map[string]cty.Value{"items": cty.ListVal([]cty.Value{leafValue(port, cty.NullVal(cty.String))})}
	}
	ports := schemas.Rule{Min: number(1), Max: number(50000)}
	tests := map[string]struct {
		path  string
		rule  schemas.Rule
		given map[string]cty.Value
		want  string // a part of path and detail, empty when the value is fine
	}{
		"enum fine":            {"name", enum, name("PRE"), ""},
		"enum":                 {"name", enum, name("PREE"), `AttributeName("name"): name: "PREE" is not one of "PRE", "POST"`},
		"enum unknown":         {"name", enum, map[string]cty.Value{"name": cty.UnknownVal(cty.String)}, ""},
		"enum null":            {"name", enum, nil, ""},
		"enum in a list":       {"stages", enum, stages(cty.StringVal("PRE"), cty.StringVal("PROST")), `AttributeName("stages").ElementKeyInt(1): stages: "PROST"`},
		"enum unknown element": {"stages", enum, stages(cty.UnknownVal(cty.String)), ""},
		"enum in a map":        {"labels", enum, map[string]cty.Value{"labels": cty.MapVal(map[string]cty.Value{"k": cty.StringVal("x")})}, `ElementKeyString("k")`},
		"range fine":           {"items.port", ports, items(cty.NumberIntVal(50000)), ""},
		"range above":          {"items.port", ports, items(cty.NumberIntVal(60000)), `AttributeName("items").ElementKeyInt(0).AttributeName("port"): items.port: 60000 is above the largest value, 50000`},
		"range below":          {"items.port", ports, items(cty.Zero), "0 is below the smallest value, 1"},
		"range of text fine":   {"name", ports, name("5"), ""},
		"range of text":        {"name", ports, name("0"), "0 is below"},
		"range of no number":   {"name", ports, name("five"), "five is not a number"},
		"range in an object": {"rules.port", ports, map[string]cty.Value{"rules": cty.SetVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"port": cty.Zero})})},
			`AttributeName("rules"): rules.port: 0 is below`},
		"nested attribute": {"nested.port", ports, map[string]cty.Value{"nested": cty.ListVal([]cty.Value{leafValue(cty.Zero, cty.NullVal(cty.String))})},
			`AttributeName("nested").ElementKeyInt(0).AttributeName("port"): nested.port: 0`},
		"arn fine":        {"name", schemas.Rule{Kind: "arn"}, name("arn:aws:iam::123456789012:role/x"), ""},
		"arn aws managed": {"name", schemas.Rule{Kind: "arn"}, name("arn:aws-cn:iam::aws:policy/x"), ""},
		"arn empty":       {"name", schemas.Rule{Kind: "arn"}, name(""), ""},
		"arn bare name":   {"name", schemas.Rule{Kind: "arn"}, name("AmazonECS"), `"AmazonECS" is not an ARN`},
		"arn bad account": {"name", schemas.Rule{Kind: "arn"}, name("arn:aws:iam::1234:role/x"), "is not an ARN"},
		"arn no resource": {"name", schemas.Rule{Kind: "arn"}, name("arn:aws:iam::123456789012:"), "is not an ARN"},
		"arn bad region":  {"name", schemas.Rule{Kind: "arn"}, name("arn:aws:ecs:tokyo:123456789012:x"), "is not an ARN"},
		"json fine":       {"name", schemas.Rule{Kind: "json"}, name(`{"a": 1}`), ""},
		"json":            {"name", schemas.Rule{Kind: "json"}, name("not json"), `"not json" is not JSON`},
		"json empty":      {"name", schemas.Rule{Kind: "json"}, name(""), "is not JSON"},
		"length fine":     {"name", schemas.Rule{MaxLength: count(3)}, name("äöü"), ""},
		"too long":        {"name", schemas.Rule{MaxLength: count(2)}, name("abc"), "has 3 characters, at most 2"},
		"too short":       {"name", schemas.Rule{MinLength: count(2)}, name("a"), "at least 2"},
		"pattern fine":    {"name", schemas.Rule{Pattern: "^[a-z]+$"}, name("abc"), ""},
		"pattern":         {"name", schemas.Rule{Pattern: "^[a-z]+$"}, name("ABC"), "does not match ^[a-z]+$"},
		"pattern broken":  {"name", schemas.Rule{Pattern: "("}, name("ABC"), "bluegen's own rule"},
		"conflict":        {"name", schemas.Rule{ConflictsWith: []string{"alias"}}, map[string]cty.Value{"name": cty.StringVal("a"), "alias": cty.StringVal("b")}, "name and alias exclude each other"},
		"conflict alone":  {"name", schemas.Rule{ConflictsWith: []string{"alias"}}, name("a"), ""},
		"conflict unknown": {"name", schemas.Rule{ConflictsWith: []string{"alias"}},
			map[string]cty.Value{"name": cty.StringVal("a"), "alias": cty.UnknownVal(cty.String)}, ""},
		"conflict with an empty block": {"name", schemas.Rule{ConflictsWith: []string{"items"}}, name("a"), ""},
		"conflict below a block": {"name", schemas.Rule{ConflictsWith: []string{"items.0.port"}},
			map[string]cty.Value{"name": cty.StringVal("a"), "items": items(cty.Zero)["items"]}, "name and items.0.port exclude"},
		"conflict of a block": {"items", schemas.Rule{ConflictsWith: []string{"name"}},
			map[string]cty.Value{"name": cty.StringVal("a"), "items": items(cty.Zero)["items"]}, "items and name exclude"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &fake{name: "aws", block: thing(), rules: map[string][]schemas.Rule{"thing/" + tt.path: {tt.rule}}}
			s, config := newServer(f), encoded(t, value(t, thing(), tt.given))
			got := strings.Join(said(s.validate("thing", f.block, nil, config)), "\n")
			if (tt.want == "") != (got == "") || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			// A data source of the same name has rules of its own.
			if other := said(s.validate("data.thing", f.block, nil, config)); other != nil {
				t.Errorf("data source: %q", other)
			}
		})
	}
}

func TestValidateUnknownType(t *testing.T) {
	t.Parallel()
	s := newServer(&fake{name: "aws", block: thing()})
	r, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: "other"})
	if err != nil || len(r.Diagnostics) != 1 || r.Diagnostics[0].Detail != "no other" {
		t.Errorf("got %v, %v", said(r.Diagnostics), err)
	}
	r, err = s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: "thing", Config: &tfprotov6.DynamicValue{MsgPack: []byte{0xc1}}})
	if err != nil || len(r.Diagnostics) != 1 {
		t.Errorf("broken bytes: got %v, %v", said(r.Diagnostics), err)
	}
}
