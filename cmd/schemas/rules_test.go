package main

import (
	"encoding/json"
	"slices"
	"testing"

	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	tfjson "github.com/hashicorp/terraform-json"
)

func num(f float64) *float64 { return &f }

func count(i int) *int { return &i }

// The messages are what hashicorp/aws 5.100.0 prints, both kinds of its resources.
func TestRead(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text, path string
		want       schemas.Rule
	}{
		{`expected protocol to be one of ["HTTP" "HTTPS" "TCP_UDP"], got x!`, "protocol", schemas.Rule{Enum: []string{"HTTP", "HTTPS", "TCP_UDP"}}},
		{`expected health_check.0.protocol to be one of ["HTTP"], got x!`, "health_check.protocol", schemas.Rule{Enum: []string{"HTTP"}}},
		{`expected requires_compatibilities.0 to be one of ["EC2" "FARGATE" "EXTERNAL"], got x!`, "requires_compatibilities", schemas.Rule{Enum: []string{"EC2", "FARGATE", "EXTERNAL"}}},
		{`expected retention_in_days to be one of [0 1 3653], got 999999`, "retention_in_days", schemas.Rule{Enum: []string{"0", "1", "3653"}}},
		{`Attribute protocol value must be one of: ["HTTP" "HTTPS"], got: "x!"`, "protocol", schemas.Rule{Enum: []string{"HTTP", "HTTPS"}}},
		{`expected mode to be one of ["with \"quotes\"" "a b"], got x!`, "mode", schemas.Rule{Enum: []string{`with "quotes"`, "a b"}}},
		{`expected health_check.0.interval to be in the range (5 - 300), got -1`, "health_check.interval", schemas.Rule{Min: num(5), Max: num(300)}},
		{`expected percent to be in the range (0.100000 - 100.000000), got -1.000000`, "percent", schemas.Rule{Min: num(0.1), Max: num(100)}},
		{`expected from_port to be in the range (-1 - 65535), got -987654`, "from_port", schemas.Rule{Min: num(-1), Max: num(65535)}},
		{`Attribute from_port value must be between -1 and 65535, got: 99999`, "from_port", schemas.Rule{Min: num(-1), Max: num(65535)}},
		{`expected evaluation_periods to be at least (1), got -5`, "evaluation_periods", schemas.Rule{Min: num(1)}},
		{`expected size to be at most (7), got 9`, "size", schemas.Rule{Max: num(7)}},
		{`"priority" must be in the range 1-50000 for normal rule or 99999 for the default rule`, "priority", schemas.Rule{Min: num(1), Max: num(50000)}},
		{`expected length of name to be in the range (1 - 64), got aaaa`, "name", schemas.Rule{MinLength: count(1), MaxLength: count(64)}},
		{`"name" cannot be longer than 32 characters: "aaaa"`, "name", schemas.Rule{MaxLength: count(32)}},
		{`"function_name" cannot be longer than 64 characters`, "function_name", schemas.Rule{MaxLength: count(64)}},
		{`Attribute name string length must be between 1 and 64, got: 9000`, "name", schemas.Rule{MinLength: count(1), MaxLength: count(64)}},
		{`"permissions_boundary" (x!) is an invalid ARN: arn: invalid prefix`, "permissions_boundary", schemas.Rule{Kind: "arn"}},
		{`"action.0.forward.0.target_group.0.arn" (x!) is an invalid ARN: arn: invalid prefix`, "action.forward.target_group.arn", schemas.Rule{Kind: "arn"}},
		{`"assume_role_policy" contains an invalid JSON policy: not a JSON object`, "assume_role_policy", schemas.Rule{Kind: "json"}},
		{`"policy" contains an invalid JSON: invalid character 'x'`, "policy", schemas.Rule{Kind: "json"}},
		{`ECS Task Definition container_definitions is invalid: invalid character 'x' looking for beginning of value`, "container_definitions", schemas.Rule{Kind: "json"}},
		{`expected "from_port" to be a valid port number, got: 987654321`, "from_port", schemas.Rule{Min: num(1), Max: num(65535)}},
		{`expected "to_port" to be a valid port number or 0, got: 987654321`, "to_port", schemas.Rule{Min: num(0), Max: num(65535)}},
		{`expected value of action.0.fixed_response.0.status_code to match regular expression "^[245]\\d\\d$", got x`, "action.fixed_response.status_code", schemas.Rule{Pattern: `^[245]\d\d$`}},
		{`expected length of description to be in the range (0 - 255), got a`, "description", schemas.Rule{MaxLength: count(255)}},
		{`Exactly one of these attributes must be configured: [cidr_ipv4,prefix_list_id]`, "", schemas.Rule{ConflictsWith: []string{"cidr_ipv4", "prefix_list_id"}}},
		{`"name": conflicts with name_prefix`, "name", schemas.Rule{ConflictsWith: []string{"name_prefix"}}},
		{"\"filename\": only one of `filename,image_uri,s3_bucket` can be specified, but `filename,image_uri,s3_bucket` were specified.", "filename", schemas.Rule{ConflictsWith: []string{"image_uri", "s3_bucket"}}},
		{`"vpc.0.id": conflicts with vpc.0.name`, "vpc.id", schemas.Rule{ConflictsWith: []string{"vpc.name"}}},
	} {
		path, got, ok := read(messages(), tc.text)
		if !ok || path != tc.path {
			t.Errorf("%s\n is about %q (%t), want %q", tc.text, path, ok, tc.path)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s\n%s", tc.text, diff)
		}
	}
	for _, text := range []string{
		"", "Invalid Attribute Value", `only alphanumeric characters and hyphens allowed in "name"`,
		`"name": conflicts with name`, "expected name to be one of [], got x!",
		"Missing required argument",
		`expected value of name to match regular expression "(", got x`,
	} {
		if path, r, ok := read(messages(), text); ok {
			t.Errorf("%q was read: %s %+v", text, path, r)
		}
	}
}

const toy = `{"attributes": {
	"id": {"type": "string", "computed": true},
	"name": {"type": "string", "required": true},
	"size": {"type": "number", "optional": true},
	"red": {"type": "bool", "optional": true},
	"tags": {"type": ["map", "string"], "optional": true},
	"owners": {"type": ["set", "string"], "optional": true},
	"parts": {"type": ["list", ["object", {"b": "string", "a": "number"}]], "optional": true},
	"later": {"nested_type": {"nesting_mode": "list", "attributes": {}}, "optional": true}
}, "block_types": {
	"door": {"nesting_mode": "list", "min_items": 1, "block": {"attributes": {"side": {"type": "string", "required": true}, "lock": {"type": "string", "optional": true}}}},
	"motor": {"nesting_mode": "map", "block": {"attributes": {"power": {"type": "number", "optional": true}}}},
	"timeouts": {"nesting_mode": "single", "block": {"attributes": {"create": {"type": "string", "optional": true}}}}
}}`

func TestProbes(t *testing.T) {
	t.Parallel()
	var block tfjson.SchemaBlock
	if err := json.Unmarshal([]byte(toy), &block); err != nil {
		t.Fatal(err)
	}
	ps := probes("toy_car", &block)
	var paths []string
	for _, p := range ps {
		paths = append(paths, p.path)
	}
	if diff := cmp.Diff([]string{all, "name", "owners", "size", "door.lock", "door.side", "motor.power"}, slices.Compact(paths)); diff != "" {
		t.Error(diff)
	}
	for path, want := range map[string]string{
		all: `  later = null
  name = "x"
  owners = ["x"]
  parts = [{ a = 1, b = "x" }]
  red = true
  size = 1
  tags = { x = "x" }
  door {
    lock = "x"
    side = "x"
  }
  motor "x" {
    power = 1
  }
  timeouts {
    create = "x"
  }
`,
		"size":        "  name = \"x\"\n  size = -987654\n  door {\n    side = \"x\"\n  }\n",
		"door.lock":   "  name = \"x\"\n  door {\n    lock = \"x!\"\n    side = \"x\"\n  }\n",
		"motor.power": "  name = \"x\"\n  door {\n    side = \"x\"\n  }\n  motor \"x\" {\n    power = -987654\n  }\n",
		"owners":      "  name = \"x\"\n  owners = [\"x!\"]\n  door {\n    side = \"x\"\n  }\n",
	} {
		i := slices.IndexFunc(ps, func(p probe) bool { return p.path == path })
		if diff := cmp.Diff(want, ps[i].body); diff != "" {
			t.Errorf("%q:\n%s", path, diff)
		}
	}
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	ps := []probe{{"toy_car", "size", "  size = 1\n"}, {"data.toy_car", "name", "  name = \"x!\"\n"}}
	files, byAddress := configuration(release{"toy", "1.2.0"}, ps)
	want := map[string]string{
		"terraform.tf": "terraform {\n  required_providers {\n    toy = {\n      source  = \"hashicorp/toy\"\n      version = \"1.2.0\"\n    }\n  }\n}\n",
		"probe_0.tf":   "resource \"toy_car\" \"probe_0\" {\n  size = 1\n}\n",
		"probe_1.tf":   "data \"toy_car\" \"probe_1\" {\n  name = \"x!\"\n}\n",
	}
	if diff := cmp.Diff(want, texts(files)); diff != "" {
		t.Error(diff)
	}
	if byAddress["toy_car.probe_0"].path != "size" || byAddress["data.toy_car.probe_1"].path != "name" {
		t.Errorf("%v", byAddress)
	}
}

func TestCollect(t *testing.T) {
	t.Parallel()
	of := func(typ, path, value, text string) answer { return answer{probe{typ, path, value}, text} }
	h := collect([]answer{
		of("car", "name", "long", `"name" cannot be longer than 32 characters`),
		of("car", "name", "long", `only letters allowed in "name"`), // beside a length it only narrows
		of("car", "name", "short", `"name" cannot be shorter than 3 characters`),
		of("car", "name", "short", `expected colour to be one of ["red"], got x`), // the filler's, not the probe's
		of("car", "door.side", "x!", `expected side to be one of ["left" "right"], got x!`),
		of("car", "door.side", "x!", "no engine fits"),                     // comes with every probe
		of("car", "door.side", "x!", `"door.0.side": conflicts with name`), // of a filler that is there by force
		of("car", "name", "short", "no engine fits"),
		// 0, or 30 to 900
		of("car", "slow_start", "-1", "expected slow_start to be in the range (0 - 0), got -1"),
		of("car", "slow_start", "-1", "expected slow_start to be in the range (30 - 900), got -1"),
		// an ARN, or what we cannot read
		of("car", "key", "x!", `"key" (x!) is an invalid ARN: arn: invalid prefix`),
		of("car", "key", "x!", "invalid value for key (must be a KMS Key ID)\nsecond line"),
		// the same, where a filler of the required argument says it too
		of("car", "plate", "x!", `"plate" (x!) is an invalid ARN: arn: invalid prefix`),
		of("car", "plate", "x!", "invalid value for plate (must be a number plate)"),
		of("car", "speed", "-1", "invalid value for plate (must be a number plate)"),
		// only the last name is printed: the argument's own, and a filler's of the same name
		of("car", "window.kind", "x!", `expected kind to be one of ["clear" "dark"], got x!`),
		of("car", "door.kind", "x!", `expected kind to be one of ["clear" "dark"], got x!`),
		of("car", "roof.kind", "x!", `expected kind to be one of ["van" "bus"], got x`),
		of("car", "speed", "-1", `expected kind to be one of ["van" "bus"], got x`),
		of("car", "speed", "-1", "\"speed\": one of `speed,power` must be specified"),
		of("car", "name", "short", "\"speed\": one of `speed,power` must be specified"),
		of("car", "speed", "-1", "expected speed to be at least (1), got -1"),
		of("car", "speed", "999", "expected speed to be at most (300), got 999"),
		of("car", all, "", `"name": conflicts with name_prefix`),
		of("car", all, "", `"name": conflicts with alias`),
		of("car", all, "", "Exactly one of these attributes must be configured: [petrol,diesel,power]"),
		of("car", all, "", "expected size to be at least (1), got 0"),
		of("data.car", "id", "x!", `"id" (x!) is an invalid ARN: arn: invalid prefix`),
		of("boat", "length", "-1", "must float"),
	})
	want := map[string]string{
		"car.json": `{
 "diesel": {"conflicts_with":["petrol","power"]},
 "door.kind": {"enum":["clear","dark"]},
 "door.side": {"enum":["left","right"]},
 "name": {"conflicts_with":["alias","name_prefix"],"max_length":32,"min_length":3},
 "petrol": {"conflicts_with":["diesel","power"]},
 "power": {"conflicts_with":["diesel","petrol"]},
 "speed": {"max":300,"min":1},
 "window.kind": {"enum":["clear","dark"]}
}
`,
		"data.car.json": "{\n \"id\": {\"kind\":\"arn\"}\n}\n",
	}
	if diff := cmp.Diff(want, texts(h.files())); diff != "" {
		t.Error(diff)
	}
	left := []string{
		"boat length: must float",
		"car key: invalid value for key (must be a KMS Key ID)",
		"car key: there are several ways to be right",
		`car name: only letters allowed in "name"`,
		"car plate: invalid value for plate (must be a number plate)",
		"car plate: there are several ways to be right",
		"car slow_start: there are several ways to be right",
	}
	if diff := cmp.Diff(left, h.unread); diff != "" {
		t.Error(diff)
	}
	if h.count() != 9 {
		t.Errorf("%d arguments", h.count())
	}
}
