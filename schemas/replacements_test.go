package schemas

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReplacementsAreAboutArguments: every path names an argument or a block of the schema that the row was asked of.
func TestReplacementsAreAboutArguments(t *testing.T) {
	t.Parallel()
	groups, err := readReplacements()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, g := range groups {
		if g.Source == "" || len(g.Paths)+len(g.Revisions) == 0 {
			t.Errorf("a row without source, or that says nothing: %+v", g)
		}
		asked := view(t, g.Provider, "= 5.100.0")
		for typ, paths := range g.Paths {
			if typ == "*" {
				continue
			}
			b, err := asked.Resource(typ)
			if err != nil {
				t.Errorf("%s: %v", typ, err)
				continue
			}
			if !slices.IsSorted(paths) {
				t.Errorf("%s: not sorted", typ)
			}
			for _, path := range paths {
				checked++
				if !has(b, path) {
					t.Errorf("%s has no %s", typ, path)
				}
				if a := attribute(b, path); a != nil && !a.Required && !a.Optional {
					t.Errorf("%s %s cannot be set, so its change says nothing", typ, path)
				}
			}
		}
	}
	if checked < 150 {
		t.Errorf("only %d paths", checked)
	}
}

// TestEveryTypeWasAsked: a type without a row would be judged as if nothing replaced it.
func TestEveryTypeWasAsked(t *testing.T) {
	t.Parallel()
	// What changes of these was asked as well: nothing replaces them, or 5.100.0 does not have them.
	inPlace := []string{
		"aws_chatbot_slack_channel_configuration", "aws_codedeploy_deployment_group", "aws_ecs_express_gateway_service",
		"aws_internet_gateway", "aws_kms_key_policy", "aws_lambda_code_signing_config",
	}
	groups, err := readReplacements()
	if err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(view(t, "aws", ">= 6.66").Resources(), func(typ string) bool { return slices.Contains(inPlace, typ) })
	if diff := cmp.Diff(want, replaced(groups, "aws")); diff != "" {
		t.Errorf("(-types +rows)\n%s", diff)
	}
}

func TestReplaces(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ constraint, typ, want string }{
		{">= 6.66", "aws_lb_listener_rule", "listener_arn region"},
		{"= 5.100.0", "aws_lb_listener_rule", "listener_arn"},
		{"= 5.100.0", "aws_ecs_service", "capacity_provider_strategy cluster deployment_controller.type iam_role launch_type name scheduling_strategy"},
		{">= 5.100, < 7", "aws_ecs_service", "capacity_provider_strategy cluster deployment_controller.type iam_role launch_type name region scheduling_strategy"},
		{">= 6.0", "aws_ecs_service", "capacity_provider_strategy cluster iam_role launch_type name region scheduling_strategy"},
		{"= 5.100.0", "aws_lb_target_group", "ip_address_type name name_prefix port protocol protocol_version target_type vpc_id"},
		{"= 5.100.0", "aws_unheard_of", ""},
	} {
		if got := strings.Join(view(t, "aws", tc.constraint).Replaces(tc.typ), " "); got != tc.want {
			t.Errorf("%s %s: %s, want %s", tc.constraint, tc.typ, got, tc.want)
		}
	}
	if got := view(t, "archive", ">= 2").Replaces("aws_lb"); got != nil {
		t.Errorf("archive: %v", got)
	}
}

func TestRevision(t *testing.T) {
	t.Parallel()
	v := view(t, "aws", ">= 6.66")
	if why, ok := v.Revision("aws_ecs_task_definition"); !ok || !strings.Contains(why, "revision") {
		t.Errorf("%q, %t", why, ok)
	}
	if _, ok := v.Revision("aws_lb_target_group"); ok {
		t.Error("a target group has no revisions")
	}
	if _, ok := view(t, "archive", ">= 2").Revision("aws_ecs_task_definition"); ok {
		t.Error("archive has no task definitions")
	}
}
