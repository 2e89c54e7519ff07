package schemas

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
)

func bound(f float64) *float64 { return &f }

func characters(i int) *int { return &i }

func TestRules(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		constraint, typ, path string
		want                  []Rule
	}{
		{"= 5.100.0", "aws_lb_target_group", "health_check.interval", []Rule{{Min: bound(5), Max: bound(300)}}},
		{"= 5.100.0", "aws_lb_target_group", "name", []Rule{{MaxLength: characters(32), ConflictsWith: []string{"name_prefix"}}}},
		{">= 6.66", "aws_lb_target_group", "name", []Rule{{MaxLength: characters(32), ConflictsWith: []string{"name_prefix"}}}},
		{">= 6.66", "aws_lb_target_group", "target_type", []Rule{{Enum: []string{"instance", "ip", "lambda", "alb"}}}},
		{">= 6.66", "aws_lb_target_group", "slow_start", nil}, // 0, or 30 to 900: no rule can say that
		{">= 6.66", "aws_lb_listener_rule", "priority", []Rule{{Min: bound(1), Max: bound(50000)}}},
		{">= 6.66", "aws_iam_role", "name", []Rule{{MinLength: characters(1), MaxLength: characters(64), ConflictsWith: []string{"name_prefix"}}}},
		{">= 6.66", "aws_iam_role", "assume_role_policy", []Rule{{Kind: "json"}}},
		{">= 6.66", "aws_iam_role_policy_attachment", "policy_arn", []Rule{{Kind: "arn"}}},
		{">= 6.66", "aws_lambda_function", "timeout", []Rule{{Min: bound(1), Max: bound(900)}}},
		{">= 6.66", "data.aws_iam_policy_document", "statement.effect", []Rule{{Enum: []string{"Allow", "Deny"}}}},
		{">= 6.66", "aws_iam_policy_document", "statement.effect", nil},
		{">= 6.66", "aws_ecs_service", "deployment_configuration.lifecycle_hook.timeout_configuration.action", []Rule{{Enum: []string{"ROLLBACK", "CONTINUE"}}}},
		{">= 6.66", "aws_ecs_service", "deployment_configuration.strategy", []Rule{{Enum: []string{"ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"}}}},
		{"~> 6.4", "aws_ecs_service", "deployment_configuration.strategy", []Rule{{Enum: []string{"ROLLING", "BLUE_GREEN"}}}},
		{"= 5.100.0", "aws_ecs_service", "deployment_configuration.strategy", nil},
		// A later release's file replaces a list, or lifts it.
		{"= 5.100.0", "aws_ecs_service", "launch_type", []Rule{{Enum: []string{"EC2", "FARGATE", "EXTERNAL"}}}},
		{">= 6.66", "aws_ecs_service", "launch_type", []Rule{{Enum: []string{"EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"}}}},
		{">= 5.100, < 7", "aws_ecs_service", "launch_type", []Rule{{Enum: []string{"EC2", "FARGATE", "EXTERNAL"}}, {Enum: []string{"EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"}}}},
		{">= 6.66", "aws_lambda_function", "runtime", nil},
		// Nobody has looked at SQS in 6.66.0: its bounds have grown since 5.100.0.
		{"= 5.100.0", "aws_sqs_queue", "max_message_size", []Rule{{Min: bound(1024), Max: bound(262144)}}},
		{">= 6.66", "aws_sqs_queue", "max_message_size", []Rule{{Min: bound(1024)}}},
		{">= 6.66", "no_such_type", "name", nil},
		{">= 6.66", "../5.100.0/aws_iam_role", "name", nil},
	} {
		got := view(t, "aws", tc.constraint).Rules(tc.typ, tc.path)
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s %s %s:\n%s", tc.constraint, tc.typ, tc.path, diff)
		}
	}
	if v := view(t, "aws", "= 5.100.0"); !slices.Contains(v.RulePaths("aws_iam_role"), "permissions_boundary") {
		t.Error(v.RulePaths("aws_iam_role"))
	}
	archive := view(t, "archive", ">= 2").Rules("data.archive_file", "type")
	if diff := cmp.Diff([]Rule{{Enum: []string{"zip", "tar.gz"}}}, archive); diff != "" {
		t.Error(diff)
	}
}

// Every file is of an embedded release, and every rule of an argument that some embedded release has.
func TestRuleFiles(t *testing.T) {
	t.Parallel()
	files := 0
	err := fs.WalkDir(data, "rules", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		parts := strings.Split(name, "/")
		if len(parts) != 4 {
			t.Errorf("%s does not lie in rules/<provider>/<release>/", name)
			return nil
		}
		checkRuleFile(t, parts[1], parts[2], strings.TrimSuffix(parts[3], ".json"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 80 {
		t.Errorf("%d files of rules", files)
	}
}

func checkRuleFile(t *testing.T, provider, number, typ string) {
	t.Helper()
	r, err := version.NewVersion(number)
	if err != nil {
		t.Fatal(err)
	}
	rules, exists, err := readRuleFile(provider, r, typ)
	if err != nil || !exists {
		t.Errorf("%s %s %s: %v", provider, number, typ, err)
	}
	plain, isData := strings.CutPrefix(typ, "data.")
	k := kindResource
	if isData {
		k = kindData
	}
	block, err := parse(provider, r, k, plain)
	if err != nil {
		t.Error(err)
		return
	}
	for path, rule := range rules {
		if !has(block, path) {
			t.Errorf("%s: %s is not there", typ, path)
		}
		for _, other := range rule.ConflictsWith {
			if !has(block, other) || other == path {
				t.Errorf("%s: %s conflicts with %s", typ, path, other)
			}
		}
		checkRule(t, typ+" "+path, rule)
	}
}

func checkRule(t *testing.T, name string, r Rule) {
	t.Helper()
	if r.Min != nil && r.Max != nil && *r.Min > *r.Max {
		t.Errorf("%s: from %g to %g", name, *r.Min, *r.Max)
	}
	if r.MinLength != nil && r.MaxLength != nil && *r.MinLength > *r.MaxLength {
		t.Errorf("%s: %d to %d characters", name, *r.MinLength, *r.MaxLength)
	}
	if r.Kind != "" && r.Kind != "arn" && r.Kind != "json" {
		t.Errorf("%s: kind %q", name, r.Kind)
	}
	if _, err := regexp.Compile(r.Pattern); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// What is written by hand says where it comes from; what is harvested comes from the release itself.
func TestHandWrittenRulesHaveASource(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"rules/aws/6.66.0", "rules/archive/2.8.1"} {
		files, err := data.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			raw, err := data.ReadFile(path.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			var rules map[string]struct{ Source string }
			if err := json.Unmarshal(raw, &rules); err != nil {
				t.Errorf("%s: %v", f.Name(), err)
			}
			for at, r := range rules {
				if r.Source == "" {
					t.Errorf("%s: %s has no source", f.Name(), at)
				}
			}
		}
	}
}
