package provider

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
)

func ports(numbers ...int64) []cty.Value {
	var out []cty.Value
	for _, n := range numbers {
		out = append(out, leafValue(cty.NumberIntVal(n), cty.StringVal("id")))
	}
	return out
}

func TestReplacing(t *testing.T) {
	t.Parallel()
	block := thing()
	text := cty.StringVal
	for name, tc := range map[string]struct {
		path       string
		prior, now map[string]cty.Value
		want       []string
	}{
		"equal":              {"name", map[string]cty.Value{"name": text("a")}, map[string]cty.Value{"name": text("a")}, nil},
		"another value":      {"name", map[string]cty.Value{"name": text("a")}, map[string]cty.Value{"name": text("b")}, []string{`AttributeName("name")`}},
		"not said before":    {"alias", nil, map[string]cty.Value{"alias": text("b")}, []string{`AttributeName("alias")`}},
		"not known yet":      {"name", map[string]cty.Value{"name": text("a")}, map[string]cty.Value{"name": cty.UnknownVal(cty.String)}, []string{`AttributeName("name")`}},
		"something else":     {"name", map[string]cty.Value{"alias": text("a")}, map[string]cty.Value{"alias": text("b")}, nil},
		"of another release": {"unheard.of", nil, map[string]cty.Value{"alias": text("b")}, nil},
		"in a list": {"items.port", map[string]cty.Value{"items": cty.ListVal(ports(1, 2))}, map[string]cty.Value{"items": cty.ListVal(ports(1, 3))},
			[]string{`AttributeName("items").ElementKeyInt(1).AttributeName("port")`}},
		"a block more": {"items.port", map[string]cty.Value{"items": cty.ListVal(ports(1))}, map[string]cty.Value{"items": cty.ListVal(ports(1, 2))},
			[]string{`AttributeName("items").ElementKeyInt(1).AttributeName("port")`}},
		"a block less": {"items", map[string]cty.Value{"items": cty.ListVal(ports(1, 2))}, map[string]cty.Value{"items": cty.ListVal(ports(1))},
			[]string{`AttributeName("items")`}},
		"a set in another order": {"hooks.port", map[string]cty.Value{"hooks": cty.SetVal(ports(1, 2))}, map[string]cty.Value{"hooks": cty.SetVal(ports(2, 1))}, nil},
		"in a set": {"hooks.port", map[string]cty.Value{"hooks": cty.SetVal(ports(1, 2))}, map[string]cty.Value{"hooks": cty.SetVal(ports(1, 3))},
			[]string{`AttributeName("hooks")`}},
		"a set less": {"hooks.port", map[string]cty.Value{"hooks": cty.SetVal(ports(1, 2))}, map[string]cty.Value{"hooks": cty.SetVal(ports(1))},
			[]string{`AttributeName("hooks")`}},
		"beside it in a set": {"hooks.id", map[string]cty.Value{"hooks": cty.SetVal(ports(1, 2))}, map[string]cty.Value{"hooks": cty.SetVal(ports(1, 3))}, nil},
		"in a map": {"named.port", map[string]cty.Value{"named": cty.MapVal(map[string]cty.Value{"k": ports(1)[0]})},
			map[string]cty.Value{"named": cty.MapVal(map[string]cty.Value{"k": ports(2)[0]})}, []string{`AttributeName("named")`}},
		"an unknown block": {"items.port", map[string]cty.Value{"items": cty.ListVal(ports(1))},
			map[string]cty.Value{"items": cty.UnknownVal(objectType(block).AttributeType("items"))}, []string{`AttributeName("items")`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, p := range replacing([]string{tc.path}, value(t, block, tc.prior), value(t, block, tc.now)) {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNothingReplacesWhatIsNewOrGone(t *testing.T) {
	t.Parallel()
	block := thing()
	there, gone := value(t, block, map[string]cty.Value{"name": cty.StringVal("a")}), cty.NullVal(objectType(block))
	if got := append(replacing([]string{"name"}, gone, there), replacing([]string{"name"}, there, gone)...); got != nil {
		t.Errorf("%v", got)
	}
}

// TestPlanOfAnUpdate keeps what was stored, and says what replaces.
func TestPlanOfAnUpdate(t *testing.T) {
	t.Parallel()
	block := thing()
	s := newServer(&fake{name: "aws", block: block, replaces: []string{"alias", "name"}})
	stored := map[string]cty.Value{"name": cty.StringVal("a"), "arn": cty.StringVal("arn:x")}
	prior := value(t, block, stored)
	stored["name"] = cty.StringVal("b")
	proposed := value(t, block, stored)
	r, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "thing", PriorState: encoded(t, prior), ProposedNewState: encoded(t, proposed),
	})
	if err != nil || r.Diagnostics != nil {
		t.Fatal(err, said(r.Diagnostics))
	}
	planned, err := decode(r.PlannedState, objectType(block))
	if err != nil || !planned.RawEquals(proposed) {
		t.Errorf("planned %#v, %v", planned, err)
	}
	if len(r.RequiresReplace) != 1 || r.RequiresReplace[0].String() != `AttributeName("name")` {
		t.Errorf("replaced because of %v", r.RequiresReplace)
	}
	for _, bad := range []*tfprotov6.PlanResourceChangeRequest{
		{TypeName: "other", ProposedNewState: encoded(t, proposed)},
		{TypeName: "thing", PriorState: &tfprotov6.DynamicValue{MsgPack: []byte{0xc1}}, ProposedNewState: encoded(t, proposed)},
	} {
		if r, err := s.PlanResourceChange(t.Context(), bad); err != nil || len(r.Diagnostics) != 1 {
			t.Errorf("%v, %v", said(r.Diagnostics), err)
		}
	}
}

// TestRehearsedApply: what is unknown gets a value that follows from what was asked for.
func TestRehearsedApply(t *testing.T) {
	t.Parallel()
	block := thing()
	s := newServer(&fake{name: "aws", block: block})
	s.rehearse = true
	apply := func(name string) cty.Value {
		planned := plan(block, true, value(t, block, map[string]cty.Value{
			"name": cty.StringVal(name), "hooks": cty.SetVal([]cty.Value{leafValue(cty.Zero, cty.NullVal(cty.String))}),
		}))
		if planned.IsWhollyKnown() {
			t.Fatal("nothing to fill in")
		}
		r, err := s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: "thing", PlannedState: encoded(t, planned)})
		if err != nil || r.Diagnostics != nil {
			t.Fatal(err, said(r.Diagnostics))
		}
		state, err := decode(r.NewState, objectType(block))
		if err != nil || !state.IsWhollyKnown() {
			t.Fatalf("%#v, %v", state, err)
		}
		return state
	}
	a, again, b := apply("a"), apply("a"), apply("b")
	if !a.RawEquals(again) {
		t.Error("the same plan leaves two states")
	}
	if a.GetAttr("arn").RawEquals(b.GetAttr("arn")) {
		t.Errorf("two things share %#v", a.GetAttr("arn"))
	}
	if !isARN(a.GetAttr("arn").AsString()) || a.GetAttr("name").AsString() != "a" || !strings.HasPrefix(a.GetAttr("json").AsString(), "{") {
		t.Errorf("%#v", a)
	}
	r, err := s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: "thing", PlannedState: encoded(t, cty.NullVal(objectType(block)))})
	if err != nil || r.Diagnostics != nil {
		t.Fatal(err, said(r.Diagnostics))
	}
	if gone, err := decode(r.NewState, objectType(block)); err != nil || !gone.IsNull() {
		t.Errorf("a destroyed thing leaves %#v, %v", gone, err)
	}
}

// TestRehearsedRead: another question gets another answer, the same one the same.
func TestRehearsedRead(t *testing.T) {
	t.Parallel()
	block := thing()
	s := newServer(&fake{name: "aws", block: block})
	s.rehearse = true
	read := func(name string) cty.Value {
		r, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "thing", Config: encoded(t, value(t, block, map[string]cty.Value{"name": cty.StringVal(name)}))})
		if err != nil || r.Diagnostics != nil {
			t.Fatal(err, said(r.Diagnostics))
		}
		state, err := decode(r.State, objectType(block))
		if err != nil || !state.IsWhollyKnown() {
			t.Fatalf("%#v, %v", state, err)
		}
		return state.GetAttr("alias")
	}
	if a, again, b := read("a"), read("a"), read("b"); !a.RawEquals(again) || a.RawEquals(b) {
		t.Errorf("%#v, %#v, %#v", a, again, b)
	}
}

func TestStandIn(t *testing.T) {
	t.Parallel()
	object := cty.Object(map[string]cty.Type{"role_arn": cty.String, "count": cty.Number})
	for _, tc := range []struct {
		name string
		typ  cty.Type
		want cty.Value
	}{
		{"vpc_id", cty.String, cty.StringVal("stand-in-s")},
		{"listener_arn", cty.String, cty.StringVal("arn:aws:bluegen:us-east-1:123456789012:stand-in/app/s/1/2")},
		{"role_arns", cty.List(cty.String), cty.ListVal([]cty.Value{cty.StringVal("arn:aws:bluegen:us-east-1:123456789012:stand-in/app/s/1/2")})},
		{"subnet_ids", cty.Set(cty.String), cty.SetVal([]cty.Value{cty.StringVal("stand-in-s")})},
		{"egress_cidr_ipv4", cty.String, cty.StringVal("10.0.0.0/16")},
		{"cidr_ipv6", cty.String, cty.StringVal("2001:db8::/64")},
		{"partition", cty.String, cty.StringVal("aws")},
		{"aws_region", cty.String, cty.StringVal("us-east-1")},
		{"account_id", cty.String, cty.StringVal("123456789012")},
		{"count", cty.Number, cty.NumberIntVal(1)},
		{"tags", cty.Map(cty.String), cty.MapValEmpty(cty.String)},
		{"it", object, cty.ObjectVal(map[string]cty.Value{"role_arn": cty.StringVal("arn:aws:bluegen:us-east-1:123456789012:stand-in/app/s/1/2"), "count": cty.NumberIntVal(1)})},
	} {
		if got := StandIn(tc.name, tc.typ, "s"); !got.RawEquals(tc.want) {
			t.Errorf("%s is %#v", tc.name, got)
		}
	}
}

// TestStateOfAnOlderRelease: a block that it did not know is an empty one, not a change.
func TestStateOfAnOlderRelease(t *testing.T) {
	t.Parallel()
	block := thing()
	s := newServer(&fake{name: "aws", block: block})
	r, err := s.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{
		TypeName: "thing", RawState: &tfprotov6.RawState{JSON: []byte(`{"name": "a", "items": [{"port": 5}]}`)},
	})
	if err != nil || r.Diagnostics != nil {
		t.Fatal(err, said(r.Diagnostics))
	}
	state, err := decode(r.UpgradedState, objectType(block))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"hooks", "named"} {
		if v := state.GetAttr(name); v.IsNull() || v.LengthInt() != 0 {
			t.Errorf("%s is %#v", name, v)
		}
	}
	if n := state.GetAttr("items").LengthInt(); n != 1 || !state.GetAttr("timeouts").IsNull() {
		t.Errorf("%#v", state)
	}
}
