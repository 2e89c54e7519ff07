package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
)

func TestPlanLeavesComputedUnknown(t *testing.T) {
	t.Parallel()
	null := cty.NullVal(cty.String)
	unknown := leafValue(cty.Zero, cty.UnknownVal(cty.String))
	given := leafValue(cty.Zero, null)
	block := thing()
	proposed := value(t, block, map[string]cty.Value{
		"name": cty.StringVal("a"), "secret": cty.StringVal("s"), "alias": cty.StringVal("kept"),
		"timeouts": given, "items": cty.ListVal([]cty.Value{given}), "hooks": cty.SetVal([]cty.Value{given}),
		"named":  cty.MapVal(map[string]cty.Value{"k": given}),
		"nested": cty.ListVal([]cty.Value{given}),
	})
	s := newServer(&fake{name: "aws", block: block})
	r, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: "thing", ProposedNewState: encoded(t, proposed)})
	if err != nil || r.Diagnostics != nil {
		t.Fatal(err, said(r.Diagnostics))
	}
	planned, err := decode(r.PlannedState, objectType(block))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]cty.Value{
		"name": cty.StringVal("a"), "alias": cty.StringVal("kept"), "secret": null,
		"arn": cty.UnknownVal(cty.String), "zones": cty.UnknownVal(cty.List(cty.String)),
		"timeouts": unknown, "items": cty.ListVal([]cty.Value{unknown}), "hooks": cty.SetVal([]cty.Value{unknown}),
		"named": cty.MapVal(map[string]cty.Value{"k": unknown}), "nested": cty.ListVal([]cty.Value{unknown}),
		"stages": cty.NullVal(cty.List(cty.String)),
	}
	for name, w := range want {
		if got := planned.GetAttr(name); !got.RawEquals(w) {
			t.Errorf("%s is %#v, want %#v", name, got, w)
		}
	}
}

func TestPlanOfDestroy(t *testing.T) {
	t.Parallel()
	block := thing()
	s := newServer(&fake{name: "aws", block: block})
	r, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: "thing", ProposedNewState: encoded(t, cty.NullVal(objectType(block)))})
	if err != nil || r.Diagnostics != nil {
		t.Fatal(err, said(r.Diagnostics))
	}
	if planned, err := decode(r.PlannedState, objectType(block)); err != nil || !planned.IsNull() {
		t.Errorf("planned %#v, %v", planned, err)
	}
}

func TestReadDataSourceIsWhollyKnown(t *testing.T) {
	t.Parallel()
	block := thing()
	s := newServer(&fake{name: "aws", block: block})
	r, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "thing", Config: encoded(t, value(t, block, map[string]cty.Value{"name": cty.StringVal("a")}))})
	if err != nil || r.Diagnostics != nil {
		t.Fatal(err, said(r.Diagnostics))
	}
	state, err := decode(r.State, objectType(block))
	if err != nil {
		t.Fatal(err)
	}
	if !state.IsWhollyKnown() {
		t.Errorf("%#v", state)
	}
	for name, typ := range objectType(block).AttributeTypes() {
		if a := block.Attributes[name]; a != nil && a.Computed && state.GetAttr(name).IsNull() && !typ.IsObjectType() {
			t.Errorf("%s is null", name)
		}
	}
	if arn := state.GetAttr("arn").AsString(); !isARN(arn) || arn == "" {
		t.Errorf("arn is %q", arn)
	}
	if text := state.GetAttr("json").AsString(); !strings.HasPrefix(text, "{") {
		t.Errorf("json is %q", text)
	}
}

func TestStateIsKept(t *testing.T) {
	t.Parallel()
	block := thing()
	s := newServer(&fake{name: "aws", block: block})
	r, err := s.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{
		TypeName: "thing", RawState: &tfprotov6.RawState{JSON: []byte(`{"name": "a", "gone": true, "items": [{"port": 5}]}`)},
	})
	if err != nil || r.Diagnostics != nil {
		t.Fatal(err, said(r.Diagnostics))
	}
	state, err := decode(r.UpgradedState, objectType(block))
	if err != nil {
		t.Fatal(err)
	}
	if got := state.GetAttr("name"); !got.RawEquals(cty.StringVal("a")) {
		t.Errorf("name is %#v", got)
	}
	read, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "thing", CurrentState: r.UpgradedState})
	if err != nil || read.NewState != r.UpgradedState {
		t.Errorf("read %v, %v", read, err)
	}
	for name, raw := range map[string]*tfprotov6.RawState{"other": {JSON: []byte(`{}`)}, "thing": {JSON: []byte(`[`)}} {
		broken, err := s.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: name, RawState: raw})
		if err != nil || len(broken.Diagnostics) != 1 {
			t.Errorf("%s: %v, %v", name, said(broken.Diagnostics), err)
		}
	}
}
