package terraform

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
	tfjson "github.com/hashicorp/terraform-json"
)

func TestValidModulePassesAndNothingIsLeft(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	// What a user has set for terraform's own sake must not reach the runs, and no home directory is needed.
	for name, value := range map[string]string{
		"TF_CLI_ARGS": "-bogus", "TF_DATA_DIR": filepath.Join(temp, "mine"), "TF_WORKSPACE": "other", "TF_VAR_name": "x",
		"TF_CLI_CONFIG_FILE": filepath.Join(temp, "missing.tfrc"), "TF_REATTACH_PROVIDERS": "{", "HOME": "",
	} {
		t.Setenv(name, value)
	}
	dir := module(t)
	before := fingerprint(t, dir)
	s := openSession(t)
	view := openView(t, ">= 6.66, < 7.0")

	out, err := s.Validate(t.Context(), dir, view)
	if err != nil {
		t.Fatal(err)
	}
	if !out.Valid || len(out.Diagnostics) != 0 {
		t.Errorf("validate: %s", errorsOf(out.Diagnostics))
	}
	tested, err := s.Test(t.Context(), dir, view)
	if err != nil {
		t.Fatal(err)
	}
	want := &TestOutput{Passed: 5, Runs: []Run{
		{"tests/bluegreen.tftest.hcl", "plan_default", Pass}, {"tests/bluegreen.tftest.hcl", "reject_long_name", Pass},
		{"tests/bluegreen.tftest.hcl", "apply_default", Pass}, {"tests/bluegreen.tftest.hcl", "service_plan_blocks", Pass},
		{"tests/planonly.tftest.hcl", "plan_default", Pass},
	}}
	if diff := cmp.Diff(want, tested); diff != "" || !tested.OK() {
		t.Error(diff)
	}
	unformatted, err := s.FormatCheck(t.Context(), dir)
	if err != nil || unformatted != nil {
		t.Errorf("fmt: %v, %v", unformatted, err)
	}
	if diff := cmp.Diff(before, fingerprint(t, dir)); diff != "" {
		t.Errorf("the directory was changed: %s", diff)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(temp)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestOneSessionForMany(t *testing.T) {
	t.Parallel()
	s := openSession(t)
	var wg sync.WaitGroup
	newer, older := openView(t, ">= 6.66"), openView(t, "= 5.100.0")
	for _, view := range []*schemas.View{newer, newer, older} {
		dir := tree(t, map[string]string{"main.tf": "resource \"aws_ecs_cluster\" \"this\" {\n  name = \"a\"\n}\n"})
		wg.Go(func() {
			out, err := s.Validate(t.Context(), dir, view)
			if err != nil || !out.Valid {
				t.Errorf("%+v, %v", out, err)
			}
		})
	}
	wg.Wait()
	if len(s.servers) != 2 {
		t.Errorf("%d servers for two distinct views", len(s.servers))
	}
}

func TestValidateRefusals(t *testing.T) {
	t.Parallel()
	s, view := openSession(t), openView(t, ">= 6.66, < 7.0")
	tests := map[string]struct {
		files map[string]string
		// want is file:line address: the beginning of summary and detail
		want string
	}{
		"syntax, found by init": {map[string]string{"main.tf": "resource \"aws_ecs_cluster\" {\n"}, "main.tf:1 aws_ecs_cluster: Unclosed configuration block"},
		"module that is not there": {map[string]string{"main.tf": "module \"x\" {\n  source = \"./nope\"\n}\n"},
			":0 : Unreadable module directory"},
		"read-only attribute": {map[string]string{"main.tf": "resource \"aws_ecs_cluster\" \"this\" {\n  name = \"a\"\n  arn  = \"x\"\n}\n"},
			"main.tf:3 aws_ecs_cluster.this: Value for a read-only attribute: \"arn\""},
		"in a child module": {map[string]string{
			"main.tf":           "module \"x\" {\n  source = \"./modules/x\"\n}\n",
			"modules/x/main.tf": "\nresource \"aws_ecs_cluster\" \"this\" {\n  nmae = \"a\"\n}\n",
		}, "modules/x/main.tf:2 aws_ecs_cluster.this: Missing required argument"},
		"type that is not served": {map[string]string{"main.tf": "resource \"aws_loadbalancer\" \"this\" {}\n"},
			"main.tf:1 aws_loadbalancer.this: Invalid resource type"},
		"data source": {map[string]string{"main.tf": "data \"aws_partition\" \"current\" {\n  dns_suffix = \"x\"\n}\n"},
			"main.tf:2 data.aws_partition.current: Value for a read-only attribute"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := s.Validate(t.Context(), tree(t, tt.files), view)
			if err != nil {
				t.Fatal(err)
			}
			if out.Valid || out.ErrorCount == 0 {
				t.Fatal("it passes")
			}
			if got := firstPlace(out.Diagnostics); !strings.HasPrefix(got, tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func firstPlace(ds []tfjson.Diagnostic) string {
	i := max(0, slices.IndexFunc(ds, func(d tfjson.Diagnostic) bool { return d.Range != nil }))
	d := Complaints(&tfjson.ValidateOutput{Diagnostics: ds}, nil)[i]
	_, address := Place(ds[i])
	return d.Subject.Filename + ":" + strconv.Itoa(d.Subject.Start.Line) + " " + address + ": " + d.Summary + ": " + d.Detail
}

func TestProviderThatIsNotServed(t *testing.T) {
	t.Parallel()
	s := openSession(t)
	dir := tree(t, map[string]string{
		"main.tf": "terraform {\n  required_providers {\n    acme = {\n      source = \"example.com/acme/acme\"\n    }\n  }\n}\n" +
			"resource \"random_id\" \"x\" {\n  byte_length = 2\n}\nresource \"aws_ecs_cluster\" \"this\" {\n  name = \"a\"\n}\n",
	})
	_, err := s.Validate(t.Context(), dir, openView(t, ">= 6.66"))
	var unserved *UnservedProviderError
	if !errors.As(err, &unserved) {
		t.Fatalf("got %v", err)
	}
	if diff := cmp.Diff([]string{"example.com/acme/acme", "hashicorp/random"}, unserved.Providers); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Test(t.Context(), dir, openView(t, ">= 6.66")); !errors.As(err, &unserved) {
		t.Errorf("test: got %v", err)
	}
}

func TestFormatCheck(t *testing.T) {
	t.Parallel()
	s := openSession(t)
	dir := tree(t, map[string]string{"good.tf": "locals {\n  a = 1\n}\n", "bad name.tf": "locals {\nb=1\n}\n", "modules/x/worse.tf": "locals{}\n"})
	got, err := s.FormatCheck(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"bad name.tf", "modules/x/worse.tf"}, got); diff != "" {
		t.Error(diff)
	}
	if _, err := s.FormatCheck(t.Context(), tree(t, map[string]string{"broken.tf": "locals {"})); err == nil {
		t.Error("a broken file counts as formatted")
	}
}

func TestAppliesNothing(t *testing.T) {
	t.Parallel()
	s := openSession(t)
	dir := tree(t, map[string]string{
		"main.tf":            "resource \"aws_ecs_cluster\" \"this\" {\n  name = \"a\"\n}\ndata \"aws_partition\" \"current\" {}\noutput \"name\" {\n  value = aws_ecs_cluster.this.name\n}\n",
		"tests/a.tftest.hcl": "run \"plan\" {\n  command = plan\n  assert {\n    condition     = output.name == \"a\"\n    error_message = \"name\"\n  }\n}\nrun \"apply\" {}\n",
	})
	out, err := s.Test(t.Context(), dir, openView(t, ">= 6.66"))
	if err != nil {
		t.Fatal(err)
	}
	if out.Passed != 1 || out.Errored != 1 || out.OK() {
		t.Errorf("%+v", out)
	}
	if got := errorsOf([]tfjson.Diagnostic{out.Diagnostics[0].Diagnostic}); !strings.Contains(got, "bluegen's provider only checks") || out.Diagnostics[0].Run != "apply" {
		t.Errorf("got %s in %q", got, out.Diagnostics[0].Run)
	}
}

func TestTestOfABrokenTree(t *testing.T) {
	t.Parallel()
	s := openSession(t)
	out, err := s.Test(t.Context(), tree(t, map[string]string{"main.tf": "locals {"}), openView(t, ">= 6.66"))
	if err != nil || out.OK() || len(out.Diagnostics) == 0 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestClosedSession(t *testing.T) {
	t.Parallel()
	s := openSession(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Validate(t.Context(), t.TempDir(), openView(t, ">= 6.66")); err == nil {
		t.Error("a closed session still serves")
	}
	if _, err := s.FormatCheck(t.Context(), t.TempDir()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
