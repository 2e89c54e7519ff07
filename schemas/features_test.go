package schemas

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
	tfjson "github.com/hashicorp/terraform-json"
)

func rows(t testing.TB) []*row {
	t.Helper()
	features, err := readFeatures()
	if err != nil {
		t.Fatal(err)
	}
	return features.rows
}

func TestTableIsWellFormed(t *testing.T) {
	t.Parallel()
	seen := map[Feature]bool{}
	var last *version.Version
	for _, r := range rows(t) {
		if seen[r.feature] || r.feature == "" || r.source == "" {
			t.Errorf("%q: twice, without name or without source", r.feature)
		}
		seen[r.feature] = true
		if last != nil && r.since.LessThan(last) {
			t.Errorf("%s (%s) stands behind %s", r.feature, r.since, last)
		}
		last = r.since
		for _, b := range r.bad {
			if b.Version.LessThan(r.since) || b.Reason == "" {
				t.Errorf("%s: bad release %s", r.feature, b.Version)
			}
		}
	}
	for _, f := range []Feature{RegionAttribute, BlueGreen, SigintRollback, HookDetails, LinearCanary, ServiceConnectAccessLog, PauseHook, HookTimeout, PreProductionStage} {
		if !seen[f] {
			t.Errorf("code decides on %s, which has no row", f)
		}
	}
}

func TestLacks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		constraint string
		feature    Feature
		since      string // empty: every admitted version has it
	}{
		{">= 6.4", BlueGreen, ""},
		{">= 6.3", BlueGreen, "6.4.0"},
		{"= 5.100.0", BlueGreen, "6.4.0"},
		{">= 5.100, < 7", RegionAttribute, "6.0.0"},
		{">= 6.20", LinearCanary, "6.21.0"},
		{"~> 6.21", LinearCanary, ""},
		{">= 6.10", SigintRollback, "6.11.0"},
		{">= 6.13", HookDetails, "6.14.0"},
		{">= 6.33", ServiceConnectAccessLog, "6.34.0"},
		{"= 6.65.0", HookTimeout, "6.66.0"},
		{"= 6.65.0", PauseHook, "6.66.0"},
		{"= 6.65.0", PreProductionStage, "6.66.0"},
		{">= 6.66", PreProductionStage, ""},
	} {
		since, lacks := view(t, "aws", tc.constraint).Lacks(tc.feature)
		got := ""
		if lacks {
			got = since.String()
		}
		if got != tc.since {
			t.Errorf("%s lacks %s: %q, want %q", tc.constraint, tc.feature, got, tc.since)
		}
	}
	if since, lacks := view(t, "aws", ">= 6.66").Lacks("unheard_of"); since != nil || !lacks {
		t.Errorf("a feature without a row: %s, %t", since, lacks)
	}
	if _, lacks := view(t, "archive", ">= 2").Lacks(BlueGreen); !lacks {
		t.Error("archive has blue/green")
	}
}

func TestBad(t *testing.T) {
	t.Parallel()
	for constraint, want := range map[string][]string{
		">= 6.4":                        {"6.53.0", "6.54.0"},
		">= 6.54":                       {"6.54.0"},
		">= 6.66":                       nil,
		"~> 6.11, != 6.53.0":            {"6.54.0"},
		"~> 6.11, != 6.53.0, != 6.54.0": nil,
		"= 6.53.0":                      {"6.53.0"},
		"~> 6.53.1":                     nil,
	} {
		var got []string
		for _, b := range view(t, "aws", constraint).Bad(SigintRollback) {
			got = append(got, b.Version.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", constraint, diff)
		}
	}
	if bad := view(t, "aws", ">= 6.4").Bad("unheard_of"); bad != nil {
		t.Errorf("%v", bad)
	}
}

func TestCovered(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		typ, path string
		data      bool
		want      Feature
	}{
		{"aws_ecs_service", "deployment_configuration", false, BlueGreen},
		{"aws_ecs_service", "deployment_configuration.strategy", false, BlueGreen},
		{"aws_ecs_service", "deployment_configuration.canary_configuration.canary_percent", false, LinearCanary},
		{"aws_ecs_service", "deployment_configuration.lifecycle_hook.hook_target_arn", false, BlueGreen},
		{"aws_ecs_service", "deployment_configuration.lifecycle_hook.timeout_configuration.action", false, HookTimeout},
		{"aws_ecs_service", "load_balancer.advanced_configuration.role_arn", false, BlueGreen},
		{"aws_ecs_service", "load_balancer.advanced", false, ""},
		{"aws_ecs_service", "desired_count", false, ""},
		{"aws_region", "region", true, RegionAttribute},
		{"aws_region", "region", false, ""},
		{"aws_lambda_function", "region", false, RegionAttribute},
		{"aws_iam_role", "region", false, ""},
		{"aws_ecs_express_gateway_service", "cluster", false, "unsettled"},
	} {
		if got, ok := Covered("aws", tc.typ, tc.path, tc.data); got != tc.want || ok != (tc.want != "") {
			t.Errorf("%s %s: %q (%t), want %q", tc.typ, tc.path, got, ok, tc.want)
		}
	}
	if f, ok := Covered("archive", "aws_ecs_service", "deployment_configuration", false); ok {
		t.Errorf("archive: %s", f)
	}
}

// below is a constraint for a release just before v.
func below(v *version.Version) string {
	if s := v.Segments(); s[1] > 0 {
		return "= " + release(int64(s[0]), int64(s[1]-1), 0).String()
	}
	return "< " + v.String() + ", >= 5.100"
}

// Every row is refused one release below its first, and admitted at it.
func TestEachRow(t *testing.T) {
	t.Parallel()
	for _, r := range rows(t) {
		t.Run(string(r.feature), func(t *testing.T) {
			t.Parallel()
			before, at := view(t, r.provider, below(r.since)), view(t, r.provider, "= "+r.since.String())
			if since, lacks := before.Lacks(r.feature); !lacks || !since.Equal(r.since) {
				t.Errorf("%s does not lack it", before.Floor())
			}
			if _, lacks := at.Lacks(r.feature); lacks {
				t.Errorf("%s lacks it", at.Floor())
			}
			for _, k := range []kind{kindResource, kindData, kindConfig} {
				checkRow(t, r.covering(k), k, before, at)
			}
		})
	}
}

func checkRow(t *testing.T, c changes, k kind, before, at *View) {
	t.Helper()
	each := func(paths map[string][]string, check func(typ, path string, old, now *tfjson.SchemaBlock)) {
		for typ, list := range paths {
			now, err := at.block(k, typ)
			if err != nil {
				t.Error(err)
				continue
			}
			old, err := before.block(k, typ)
			if err != nil {
				old = &tfjson.SchemaBlock{}
			}
			for _, path := range list {
				check(typ, path, old, now)
			}
		}
	}
	each(c.New, func(typ, path string, old, now *tfjson.SchemaBlock) {
		if path == "" {
			if len(old.Attributes) > 0 {
				t.Errorf("%s is there before", typ)
			}
			return
		}
		if has(old, path) || !has(now, path) {
			t.Errorf("%s %s: before %t, at %t", typ, path, has(old, path), has(now, path))
		}
	})
	each(c.Optional, func(typ, path string, old, now *tfjson.SchemaBlock) {
		if !required(old, path) || required(now, path) {
			t.Errorf("%s %s: required before %t, at %t", typ, path, required(old, path), required(now, path))
		}
	})
	each(c.Settable, func(typ, path string, old, now *tfjson.SchemaBlock) {
		if a, b := attribute(old, path), attribute(now, path); a.Optional || a.Required || !b.Optional && !b.Required {
			t.Errorf("%s %s: settable before %t, at %t", typ, path, a.Optional, b.Optional)
		}
	})
	each(c.Computed, func(typ, path string, old, now *tfjson.SchemaBlock) {
		if a, b := attribute(old, path), attribute(now, path); a.Computed || !b.Computed {
			t.Errorf("%s %s: computed before %t, at %t", typ, path, a.Computed, b.Computed)
		}
	})
	for typ, paths := range c.Values {
		for path, values := range paths {
			for _, value := range values {
				if enumHas(before, typ, path, value) || !enumHas(at, typ, path, value) {
					t.Errorf("%s %s = %s: before %t, at %t", typ, path, value, enumHas(before, typ, path, value), enumHas(at, typ, path, value))
				}
			}
		}
	}
}

func enumHas(v *View, typ, path, value string) bool {
	return slices.ContainsFunc(v.Rules(typ, path), func(r Rule) bool { return slices.Contains(r.Enum, value) })
}

func required(b *tfjson.SchemaBlock, path string) bool {
	holder, name := find(b, path)
	if holder == nil {
		return false
	}
	if a, ok := holder.Attributes[name]; ok {
		return a.Required
	}
	nested, ok := holder.NestedBlocks[name]
	return ok && nested.MinItems > 0
}

// A release imported later is admitted by pins on older ones: whatever it brought needs a row, or
// something would be emitted that the pin's lowest release does not have.
func TestEverythingNewHasARow(t *testing.T) {
	t.Parallel()
	table := rows(t)
	for _, provider := range []string{"aws", "archive"} {
		releases, err := embedded(provider)
		if err != nil {
			t.Fatal(err)
		}
		for i := range releases[:len(releases)-1] {
			old, newer := releases[i], releases[i+1]
			for _, k := range []kind{kindResource, kindData} {
				for _, typ := range listed(provider, newer, k) {
					checkNew(t, table, provider, old, newer, k, typ)
				}
			}
			checkNew(t, table, provider, old, newer, kindConfig, "")
		}
	}
}

// checkNew takes all rows between the two releases from the newer and compares with the older.
func checkNew(t *testing.T, table []*row, provider string, old, newer *version.Version, k kind, typ string) {
	t.Helper()
	now, err := parse(provider, newer, k, typ)
	if err != nil {
		t.Fatal(err)
	}
	was, err := parse(provider, old, k, typ)
	if err != nil {
		was = nil
	}
	for _, r := range table {
		if r.provider == provider && r.since.GreaterThan(old) && !r.since.GreaterThan(newer) && !r.take(now, k, typ) {
			return
		}
	}
	if was == nil {
		t.Errorf("%s %s is in %s, not in %s, and has no row", k, typ, newer, old)
		return
	}
	for _, path := range beyond(now, was, "") {
		t.Errorf("%s %s: %s of %s is beyond %s and has no row", k, typ, path, newer, old)
	}
}

// beyond lists what now admits and was does not.
func beyond(now, was *tfjson.SchemaBlock, prefix string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(now.Attributes)) {
		a, b := now.Attributes[name], was.Attributes[name]
		switch {
		case b == nil,
			b.Required && !a.Required,
			!b.Required && !b.Optional && (a.Required || a.Optional),
			b.Optional && !b.Computed && a.Optional && a.Computed:
			out = append(out, prefix+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(now.NestedBlocks)) {
		a, b := now.NestedBlocks[name], was.NestedBlocks[name]
		if b == nil || a.MinItems < b.MinItems || b.MaxItems > 0 && (a.MaxItems == 0 || a.MaxItems > b.MaxItems) {
			out = append(out, prefix+name)
			continue
		}
		out = append(out, beyond(a.Block, b.Block, prefix+name+".")...)
	}
	return out
}

// TestEveryRowCanBeRead: a view takes a row that it cannot read for an empty one.
func TestEveryRowCanBeRead(t *testing.T) {
	t.Parallel()
	raw, err := data.ReadFile("features.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		read := 0
		for _, k := range []kind{kindResource, kindData, kindConfig} {
			if r[string(k)] == nil {
				continue
			}
			read++
			decoder := json.NewDecoder(bytes.NewReader(r[string(k)]))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(new(changes)); err != nil {
				t.Errorf("%s: %s: %v", r["feature"], k, err)
			}
			if _, err := parseChanges(r[string(k)]); err != nil {
				t.Errorf("%s: %s: %v", r["feature"], k, err)
			}
		}
		if read == 0 {
			t.Errorf("%s says nothing", r["feature"])
		}
	}
}
