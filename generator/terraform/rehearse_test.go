package terraform

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// groups is a tree with what a rehearsal has to get out of its way: a backend, guards, conditions, variables without a value.
const groups = `
terraform {
  required_version = ">= 1.10"
  backend "s3" {
    bucket = "b"
    key    = "k"
    region = "eu-central-1"
  }
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.66, < 7.0"
    }
  }
}

variable "vpc_id" {
  type = string
  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "A VPC begins with vpc-."
  }
}

variable "limits" {
  type = object({ weight = number, names = list(string) })
}

resource "aws_lb_target_group" "blue" {
  name        = "orders-blue"
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = var.vpc_id
  lifecycle {
    prevent_destroy = true
    precondition {
      condition     = var.limits.weight > 900
      error_message = "Never true here."
    }
  }
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/ecs/orders"
  retention_in_days = 30
}

resource "aws_ecs_task_definition" "this" {
  family                = "orders"
  container_definitions = jsonencode([{ name = "app", image = "orders:1" }])
}

resource "aws_iam_role" "task" {
  name                 = "orders-task"
  assume_role_policy   = "{}"
  permissions_boundary = aws_ecs_task_definition.this.arn
}

check "never" {
  assert {
    condition     = aws_iam_role.task.name == ""
    error_message = "Never true here."
  }
}
`

// fates are the rows that are not "no change", as "address: fate (why)".
func fates(p *Plan) []string {
	var out []string
	for _, s := range p.Steps {
		if s.Fate == Kept {
			continue
		}
		text := s.Address + ": " + string(s.Fate)
		if s.Was != "" {
			text += " from " + s.Was
		}
		if len(s.Because) > 0 && s.Fate != Revised {
			text += " (" + strings.Join(s.Because, ", ") + ")"
		}
		out = append(out, text)
	}
	return out
}

func TestRehearse(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	for name, tc := range map[string]struct {
		replace []string // pairs of old and new text
		more    string
		want    []string
	}{
		"the same tree": {},
		"what replaces": {replace: []string{`port        = 80`, `port        = 81`, `"orders-blue"`, `"orders-azure"`},
			want: []string{"aws_lb_target_group.blue: replace (name, port)"}},
		"another value": {replace: []string{`var.vpc_id`, `"vpc-other"`, `startswith("vpc-other"`, `startswith(var.vpc_id`},
			want: []string{"aws_lb_target_group.blue: replace (vpc_id)"}},
		"in place": {replace: []string{`= 30`, `= 60`}, want: []string{"aws_cloudwatch_log_group.app: update in place"}},
		"a new image is a new revision": {replace: []string{`orders:1`, `orders:2`},
			want: []string{"aws_ecs_task_definition.this: new revision", "aws_iam_role.task: update in place"}},
		"a guard goes with what it guards": {replace: []string{`resource "aws_lb_target_group" "blue"`, `resource "aws_lb_target_group" "green"`},
			want: []string{"aws_lb_target_group.blue: destroy (the new tree does not have it)", "aws_lb_target_group.green: create"}},
		"moved": {replace: []string{`resource "aws_lb_target_group" "blue"`, `resource "aws_lb_target_group" "green"`},
			more: "moved {\n  from = aws_lb_target_group.blue\n  to   = aws_lb_target_group.green\n}\n",
			want: []string{"aws_lb_target_group.green: move from aws_lb_target_group.blue"}},
		"moved and replaced": {replace: []string{`resource "aws_lb_target_group" "blue"`, `resource "aws_lb_target_group" "green"`, `80`, `81`},
			more: "moved {\n  from = aws_lb_target_group.blue\n  to   = aws_lb_target_group.green\n}\n",
			want: []string{"aws_lb_target_group.green: replace from aws_lb_target_group.blue (port)"}},
		"removed, and left alone": {replace: []string{`resource "aws_cloudwatch_log_group" "app" {
  name              = "/ecs/orders"
  retention_in_days = 30
}
`, `removed {
  from = aws_cloudwatch_log_group.app
  lifecycle {
    destroy = false
  }
}
`}, want: []string{"aws_cloudwatch_log_group.app: forget"}},
		"replaced by another": {replace: []string{`prevent_destroy = true`, `replace_triggered_by = [aws_cloudwatch_log_group.app]`, `= 30`, `= 60`},
			want: []string{"aws_cloudwatch_log_group.app: update in place", "aws_lb_target_group.blue: replace (replace by triggers)"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			old := tree(t, map[string]string{"main.tf": groups})
			now := tree(t, map[string]string{"main.tf": strings.NewReplacer(tc.replace...).Replace(groups) + tc.more})
			before := fingerprint(t, old)
			plan, err := s.Rehearse(t.Context(), old, now, view)
			if err != nil {
				t.Fatal(err)
			}
			if refused(plan.Diagnostics) {
				t.Fatalf("old %t: %s", plan.OfOld, errorsOf(plan.Diagnostics))
			}
			if diff := cmp.Diff(tc.want, fates(plan)); diff != "" {
				t.Error(diff)
			}
			if len(plan.Steps) < 4 {
				t.Errorf("only %d rows", len(plan.Steps))
			}
			if diff := cmp.Diff(before, fingerprint(t, old)); diff != "" {
				t.Errorf("the tree was touched: %s", diff)
			}
		})
	}
}

// TestRehearseKnowsWhichTreeIsWrong: a tree that terraform refuses has no plan.
func TestRehearseKnowsWhichTreeIsWrong(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	good, bad := tree(t, map[string]string{"main.tf": groups}), tree(t, map[string]string{"main.tf": groups + "output \"x\" {\n  value = aws_lb.none.arn\n}\n"})
	for _, tc := range []struct {
		old, now string
		ofOld    bool
	}{{bad, good, true}, {good, bad, false}} {
		plan, err := s.Rehearse(t.Context(), tc.old, tc.now, view)
		if err != nil {
			t.Fatal(err)
		}
		if said := errorsOf(plan.Diagnostics); !strings.Contains(said, "aws_lb") || plan.OfOld != tc.ofOld || plan.Steps != nil {
			t.Errorf("old %t: %s", plan.OfOld, said)
		}
	}
}

// TestRehearseRunsNothing: a provisioner would run on this machine.
func TestRehearseRunsNothing(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	trace := filepath.Join(t.TempDir(), "ran")
	dir := tree(t, map[string]string{"main.tf": `
resource "aws_cloudwatch_log_group" "app" {
  name = "/ecs/orders"
  provisioner "local-exec" {
    command = "touch ` + filepath.ToSlash(trace) + `"
  }
}
`})
	if _, err := s.Rehearse(t.Context(), dir, dir, view); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(trace); err == nil {
		t.Error("the provisioner ran")
	}
	write(t, dir, "more.tf.json", `{"resource": {"aws_cloudwatch_log_group": {"b": {"name": "b", "provisioner": [{"local-exec": {"command": "true"}}]}}}}`)
	if _, err := s.Rehearse(t.Context(), dir, dir, view); err == nil || !strings.Contains(err.Error(), "more.tf.json") {
		t.Errorf("JSON with a provisioner: %v", err)
	}
}

// TestRehearseReadsTheOldTreesPin: what the new pin no longer knows is in the old state all the same.
func TestRehearseReadsTheOldTreesPin(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	older := strings.NewReplacer(`">= 6.66, < 7.0"`, `"= 5.100.0"`, `assume_role_policy `, `managed_policy_arns  = ["arn:aws:iam::aws:policy/a"]
  assume_role_policy `).Replace(groups)
	old, now := tree(t, map[string]string{"main.tf": older}), tree(t, map[string]string{"main.tf": groups})
	plan, err := s.Rehearse(t.Context(), old, now, view)
	if err != nil || refused(plan.Diagnostics) {
		t.Fatal(err, errorsOf(plan.Diagnostics))
	}
	for _, step := range plan.Steps {
		if step.Fate.Loses() {
			t.Errorf("%s: %s %v", step.Address, step.Fate, step.Because)
		}
	}
	for text, want := range map[string]string{older: "= 5.100.0", groups: ">= 6.66, < 7.0", "": "", "terraform {}": "", `terraform {
  required_providers {
    aws = { version = null }
  }
}`: "", "%": ""} {
		if got := awsPin([]byte(text)); got != want {
			t.Errorf("the pin is %q, want %q", got, want)
		}
	}
}

// TestRehearseWholeTrees: what bluegen writes can be rehearsed as it is.
func TestRehearseWholeTrees(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	trees, err := filepath.Glob("../../golden/cases/*/want/terraform/main.tf")
	if err != nil || len(trees) < 10 {
		t.Fatalf("%d golden trees, %v", len(trees), err)
	}
	for _, main := range trees[:10] {
		t.Run(filepath.Base(filepath.Dir(filepath.Dir(filepath.Dir(main)))), func(t *testing.T) {
			t.Parallel()
			plan, err := s.Rehearse(t.Context(), filepath.Dir(main), filepath.Dir(main), view)
			if err != nil {
				t.Fatal(err)
			}
			if said := errorsOf(plan.Diagnostics); said != "" || len(plan.Steps) == 0 || fates(plan) != nil {
				t.Errorf("%s\n%v of %d", said, fates(plan), len(plan.Steps))
			}
		})
	}
}
