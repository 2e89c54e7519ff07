package schemas

import (
	"testing"
)

// A constraint over two major releases gets what both have, in the stricter of the two forms.
func TestSpan(t *testing.T) {
	t.Parallel()
	v := view(t, "aws", ">= 5.100, < 7")
	region, err := v.Data("aws_region")
	if err != nil {
		t.Fatal(err)
	}
	if has(region, "region") || !region.Attributes["name"].Deprecated || region.Attributes["endpoint"].Deprecated {
		t.Errorf("data aws_region: region %t, name deprecated %t", has(region, "region"), region.Attributes["name"].Deprecated)
	}
	execution, err := v.Data("aws_ecs_task_execution")
	if err != nil {
		t.Fatal(err)
	}
	if has(execution, "overrides.inference_accelerator_overrides") || !has(execution, "overrides.task_role_arn") {
		t.Error("what 6.x took away is still there")
	}
	rule, err := v.Resource("aws_lb_listener_rule")
	if err != nil {
		t.Fatal(err)
	}
	if a := attribute(rule, "condition.host_header.values"); !a.Required {
		t.Error("host_header.values is required in 5.100.0")
	}

	only5 := view(t, "aws", "= 5.100.0")
	region, err = only5.Data("aws_region")
	if err != nil {
		t.Fatal(err)
	}
	if region.Attributes["name"].Deprecated {
		t.Error("name is not deprecated where no 6.x is admitted")
	}
}

func TestReaches(t *testing.T) {
	t.Parallel()
	for constraint, want := range map[string]bool{
		">= 5.100, < 7":              true,
		">= 5.100":                   true,
		"!= 6.0.0":                   true,
		"= 5.100.0":                  false,
		">= 5.100, < 6":              false,
		">= 5.100, <= 6.0":           true,
		"~> 5.100":                   false,
		">= 5.100, <= 6.5, != 6.0.0": true,
	} {
		if got := reaches(constraints(t, constraint), release(6, 66, 0)); got != want {
			t.Errorf("%s: %t, want %t", constraint, got, want)
		}
	}
}

func TestIntersect(t *testing.T) {
	t.Parallel()
	const old = `{"attributes": {
		"gone": {"type": "string", "optional": true},
		"now_required": {"type": "string", "optional": true},
		"now_read_only": {"type": "string", "optional": true, "computed": true},
		"now_optional": {"type": "string", "required": true},
		"now_secret": {"type": "string", "optional": true}
	}, "block_types": {
		"gone_block": {"nesting_mode": "list", "block": {}},
		"limits": {"nesting_mode": "list", "max_items": 3, "block": {"attributes": {"gone": {"type": "string", "optional": true}}}},
		"unlimited": {"nesting_mode": "set", "block": {}}
	}}`
	const newer = `{"attributes": {
		"added": {"type": "string", "optional": true},
		"now_required": {"type": "string", "required": true},
		"now_read_only": {"type": "string", "computed": true},
		"now_optional": {"type": "string", "optional": true},
		"now_secret": {"type": "string", "optional": true, "sensitive": true}
	}, "block_types": {
		"limits": {"nesting_mode": "list", "min_items": 1, "max_items": 5, "block": {"deprecated": true}},
		"unlimited": {"nesting_mode": "set", "max_items": 2, "block": {}}
	}}`
	const both = `{"attributes": {
		"now_required": {"type": "string", "required": true},
		"now_read_only": {"type": "string", "computed": true},
		"now_optional": {"type": "string", "required": true},
		"now_secret": {"type": "string", "optional": true, "sensitive": true}
	}, "block_types": {
		"limits": {"nesting_mode": "list", "min_items": 1, "max_items": 3, "block": {"deprecated": true}},
		"unlimited": {"nesting_mode": "set", "max_items": 2, "block": {}}
	}}`
	got := block(t, old)
	intersect(got, block(t, newer))
	same(t, block(t, both), got)
}
