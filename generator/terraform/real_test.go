package terraform

import (
	stdcmp "cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"bluegen/generator/terraform/provider"
	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
)

const realVersion = "5.100.0"

// realMirror finds a filesystem mirror with the real provider: the directory that BLUEGEN_REAL_AWS names, or one of those where
// terraform itself looks when it says "implied". Without it the test does not run, for it takes minutes.
func realMirror(t *testing.T) string {
	t.Helper()
	dirs := []string{os.Getenv("BLUEGEN_REAL_AWS")}
	switch dirs[0] {
	case "":
		t.Skip("not compared with the real provider: set BLUEGEN_REAL_AWS to a filesystem mirror that has hashicorp/aws " + realVersion + ", or to implied")
	case "implied":
		dirs = impliedMirrors()
	}
	for _, dir := range dirs {
		binary := filepath.Join(dir, filepath.FromSlash(provider.Address("aws")), realVersion, runtime.GOOS+"_"+runtime.GOARCH)
		if info, err := os.Stat(binary); err == nil && info.IsDir() {
			return dir
		}
	}
	t.Fatalf("hashicorp/aws %s is in none of %q", realVersion, dirs)
	return ""
}

func impliedMirrors() []string {
	home := os.Getenv("HOME")
	data := stdcmp.Or(os.Getenv("XDG_DATA_HOME"), filepath.Join(home, ".local", "share"))
	dirs := []string{filepath.Join(home, ".terraform.d", "plugins"), filepath.Join(data, "terraform", "plugins")}
	for _, dir := range filepath.SplitList(stdcmp.Or(os.Getenv("XDG_DATA_DIRS"), "/usr/local/share:/usr/share")) {
		dirs = append(dirs, filepath.Join(dir, "terraform", "plugins"))
	}
	return dirs
}

// Whatever the real provider refuses among the mistakes, the served one refuses, too.
func TestRealProviderRefusesNoMore(t *testing.T) {
	t.Parallel()
	mirror := realMirror(t)
	s, view := openSession(t), openView(t, "= "+realVersion)
	extra := realEnvironment(t, mirror)
	real := func(t *testing.T, dir string) string {
		w, err := s.open(t.Context(), dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := w.close(); err != nil {
				t.Error(err)
			}
		}()
		w.env = append(w.env, extra...)
		out, err := w.validate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return errorsOf(out.Diagnostics)
	}
	t.Run("the module set itself", func(t *testing.T) {
		if said := real(t, older(t, module(t))); said != "" {
			t.Fatalf("the real provider refuses it: %s", said)
		}
	})
	t.Run("mistakes", func(t *testing.T) {
		for _, m := range readMistakes(t) {
			if m.New6x {
				continue
			}
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				dir := older(t, m.make(t))
				said := real(t, dir)
				out, err := s.Validate(t.Context(), dir, view)
				if err != nil {
					t.Fatal(err)
				}
				ours := errorsOf(out.Diagnostics)
				if said != "" && ours == "" {
					t.Errorf("only the real provider refuses it: %s", said)
				}
				t.Logf("real: %s\nserved: %s", said, ours)
			})
		}
	})
}

// realEnvironment takes aws from the mirror and serves archive, which needs no judge, as ever.
func realEnvironment(t *testing.T, mirror string) []string {
	t.Helper()
	archive, err := schemas.Open("archive", nil)
	if err != nil {
		t.Fatal(err)
	}
	server, err := provider.Serve(t.Context(), archive)
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "real.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return []string{"TF_CLI_CONFIG_FILE=" + config, "TF_REATTACH_PROVIDERS=" + server.Reattach()}
}

// older takes from the module set what only 6.x has.
func older(t *testing.T, dir string) string {
	t.Helper()
	newer := regexp.MustCompile(`(?s)#BEGIN6.*?#END6[^\n]*\n`)
	for name, text := range contents(t, dir) {
		text = newer.ReplaceAllString(text, "")
		write(t, dir, name, strings.ReplaceAll(text, `"6.99.0"`, `"`+realVersion+`"`))
	}
	return dir
}

// TestRealProviderReplacesTheSame: the table of what replaces is judged by the real provider. A rehearsal's state goes to both of
// them, with a tree that changes one thing.
func TestRealProviderReplacesTheSame(t *testing.T) {
	t.Parallel()
	mirror := realMirror(t)
	s, view := openSession(t), openView(t, "= "+realVersion)
	extra := realEnvironment(t, mirror)
	const provider = `
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
`
	// The real one fills in defaults of its own where the tree says nothing.
	old := strings.NewReplacer(`">= 6.66, < 7.0"`, `"= `+realVersion+`"`, "var.vpc_id\n  lifecycle", "var.vpc_id\n  protocol_version = \"HTTP1\"\n  lifecycle",
		`assume_role_policy `, "path = \"/\"\n  assume_role_policy ").Replace(groups) + provider + `
resource "aws_ecs_service" "this" {
  cluster         = "arn:aws:ecs:eu-central-1:123456789012:cluster/main"
  name            = "orders"
  launch_type     = "FARGATE"
  task_definition = "orders:1"
  desired_count   = 2

  scheduling_strategy = "REPLICA"
}

resource "aws_lb_listener_rule" "this" {
  listener_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/main/1/2"
  priority     = 10
  action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/other/3"
  }
  condition {
    host_header {
      values = ["orders.example.com"]
    }
  }
}
`
	for name, change := range map[string][]string{
		"nothing": nil,
		"in place": {
			"= 30", "= 60", "desired_count   = 2", "desired_count   = 3", "= 10", "= 11", "orders.example.com", "shop.example.com", `orders:1" }`, `orders:2" }`,
		},
		"what replaces": {
			`"orders-blue"`, `"orders-azure"`, "= 80", "= 81", `"ip"`, `"instance"`, "var.vpc_id\n  protocol", "\"vpc-2\"\n  protocol", `"HTTP1"`, `"HTTP2"`,
			"/ecs/orders", "/ecs/other", `"orders-task"`, `"orders-run"`, `"/"`, `"/run/"`, "cluster/main", "cluster/other", `name            = "orders"`, `name            = "other"`,
			`"FARGATE"`, `"EC2"`, "main/1/2", "main/1/3",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, err := s.stage(t.Context(), tree(t, map[string]string{"main.tf": old}), view)
			if err != nil {
				t.Fatal(err)
			}
			defer closeWorkspace(t, before)
			if ds, err := before.apply(t.Context(), before.state(), nil); err != nil || refused(ds) {
				t.Fatal(err, errorsOf(ds))
			}
			now := tree(t, map[string]string{"main.tf": strings.NewReplacer(change...).Replace(old)})
			served, err := s.stage(t.Context(), now, view)
			if err != nil {
				t.Fatal(err)
			}
			defer closeWorkspace(t, served)
			real, err := s.copy(t.Context(), served.tree(), "", false)
			if err != nil {
				t.Fatal(err)
			}
			defer closeWorkspace(t, real)
			real.env = append(real.env, extra...)
			lost := func(w *workspace) []string {
				plan, err := w.plan(t.Context(), before.state(), []string{"-input=false"}, view)
				if err != nil || refused(plan.Diagnostics) {
					t.Fatal(err, errorsOf(plan.Diagnostics))
				}
				var out []string
				for _, step := range plan.Steps {
					if step.Fate.Loses() || step.Fate == Revised {
						out = append(out, fmt.Sprint(step))
					}
				}
				return out
			}
			ours, theirs := lost(served), lost(real)
			if diff := cmp.Diff(theirs, ours); diff != "" {
				t.Errorf("(-real +served)\n%s", diff)
			}
			t.Logf("both: %v", theirs)
		})
	}
}

func closeWorkspace(t *testing.T, w *workspace) {
	t.Helper()
	if err := w.close(); err != nil {
		t.Error(err)
	}
}
