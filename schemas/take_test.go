package schemas

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	tfjson "github.com/hashicorp/terraform-json"
)

func block(t testing.TB, text string) *tfjson.SchemaBlock {
	t.Helper()
	var b tfjson.SchemaBlock
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		t.Fatal(err)
	}
	return &b
}

// same compares as JSON, which leaves empty maps out.
func same(t testing.TB, want, got *tfjson.SchemaBlock) {
	t.Helper()
	text := func(b *tfjson.SchemaBlock) string {
		raw, err := json.MarshalIndent(b, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if diff := cmp.Diff(text(want), text(got)); diff != "" {
		t.Error(diff)
	}
}

func TestTake(t *testing.T) {
	t.Parallel()
	const now = `{"attributes": {
		"new": {"type": "string", "optional": true},
		"arn": {"type": "string", "optional": true},
		"hash": {"type": "string", "optional": true, "computed": true},
		"mode": {"type": "string", "optional": true, "computed": true}
	}, "block_types": {
		"outer": {"nesting_mode": "list", "block": {
			"attributes": {"new": {"type": "string", "optional": true}, "kept": {"type": "string", "optional": true}},
			"block_types": {"fresh": {"nesting_mode": "list", "block": {}}}
		}},
		"pool": {"nesting_mode": "list", "block": {}}
	}}`
	const before = `{"attributes": {
		"new": {"type": "string", "optional": true},
		"arn": {"type": "string", "required": true},
		"hash": {"type": "string", "computed": true},
		"mode": {"type": "string", "optional": true}
	}, "block_types": {
		"outer": {"nesting_mode": "list", "block": {"attributes": {"kept": {"type": "string", "optional": true}}}},
		"pool": {"nesting_mode": "list", "min_items": 1, "block": {}}
	}}`
	old := changes{
		New:      map[string][]string{"t": {"outer.new", "outer.fresh", "outer.gone.already", "nowhere"}, "whole": {""}},
		Optional: map[string][]string{"t": {"arn", "pool", "nowhere.at.all"}},
		Settable: map[string][]string{"t": {"hash", "nowhere"}},
		Computed: map[string][]string{"t": {"mode", "nowhere"}},
	}
	nothing := func() changes { return changes{} }
	r := &row{resource: func() changes { return old }, data: nothing, config: nothing}
	got := block(t, now)
	if !r.take(got, kindResource, "t") {
		t.Fatal("the type is taken away")
	}
	same(t, block(t, before), got)

	untouched := block(t, now)
	if !r.take(untouched, kindResource, "other") || !r.take(untouched, kindData, "t") {
		t.Error("another type is taken away")
	}
	same(t, block(t, now), untouched)
	if r.take(block(t, now), kindResource, "whole") {
		t.Error("a new type is still there")
	}
}
