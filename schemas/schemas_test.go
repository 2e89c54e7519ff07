package schemas

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
	tfjson "github.com/hashicorp/terraform-json"
)

func constraints(t testing.TB, text string) version.Constraints {
	t.Helper()
	c, err := version.NewConstraint(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func view(t testing.TB, provider, constraint string) *View {
	t.Helper()
	v, err := Open(provider, constraints(t, constraint))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestOpen(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ constraint, floor, release string }{
		{">= 6.66, < 7.0", "6.66.0", "6.66.0"},
		{">= 6.4", "6.4.0", "6.66.0"},
		{"~> 6.4", "6.4.0", "6.66.0"},
		{"~> 6.4.2", "6.4.2", "6.66.0"},
		{"~> 6", "6.0.0", "6.66.0"},
		{"= 6.4.0", "6.4.0", "6.66.0"},
		{"6.21.0", "6.21.0", "6.66.0"},
		{">= 6.4, <= 6.20, >= 6.9", "6.9.0", "6.66.0"},
		{"> 6.4, < 6.20", "6.4.1", "6.66.0"},
		{"> 5.100, < 7", "5.100.1", "6.66.0"},
		{">= 6.4, != 6.4.0", "6.4.1", "6.66.0"},
		{">= 6.4, != 6.4.0, != 6.4.1", "6.4.2", "6.66.0"},
		{">= 6.4, != 6.53.0, != 6.54.0", "6.4.0", "6.66.0"},
		{"!= 6.53.0", "0.0.0", "5.100.0"},
		{"!= 0.0.0", "0.0.1", "5.100.0"},
		{"= 5.100.0", "5.100.0", "5.100.0"},
		{">= 5.100, < 6", "5.100.0", "5.100.0"},
		{">= 5.100, < 7", "5.100.0", "5.100.0"},
		{"~> 5.50", "5.50.0", "5.100.0"},
		{"~> 5.50.1", "5.50.1", "5.100.0"},
		{">= 4.0", "4.0.0", "5.100.0"},
		{"< 7.0", "0.0.0", "5.100.0"},
		{"<= 6.0", "0.0.0", "5.100.0"},
		{">= 6.0.0-beta1", "6.0.0-beta1", "6.66.0"},
		{">= 6.0.0-beta1, < 7", "6.0.0", "6.66.0"}, // go-version: a bound without a pre-release admits none
		{"> 6.0.0-beta1, < 7", "6.0.0", "6.66.0"},
		{"", "0.0.0", "5.100.0"},
	} {
		t.Run(tc.constraint, func(t *testing.T) {
			t.Parallel()
			var c version.Constraints
			if tc.constraint != "" {
				c = constraints(t, tc.constraint)
			}
			v, err := Open("aws", c)
			if err != nil {
				t.Fatal(err)
			}
			got := []string{v.Provider(), v.Floor().String(), v.Version().String()}
			if diff := cmp.Diff([]string{"aws", tc.floor, tc.release}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ provider, constraint, want string }{
		{"aws", "< 5.0", `aws "< 5.0" admits no release that bluegen knows: it has the schemas of 5.100.0, 6.66.0`},
		{"aws", ">= 7.0", "admits no release that bluegen knows"},
		{"aws", "~> 4.67", "admits no release that bluegen knows"},
		{"aws", "= 6.66.1", "admits no release that bluegen knows"},
		{"aws", "> 5.100, < 6", "admits no release that bluegen knows"},
		{"aws", ">= 6.4, < 6.0", "admits no version at all"},
		{"aws", "= 6.4.0, != 6.4.0", "admits no version at all"},
		{"archive", ">= 3", "it has the schemas of 2.8.1"},
		{"google", ">= 1", `no schema of a provider "google" is embedded`},
		{"../rules", ">= 1", "is embedded"},
	} {
		t.Run(tc.provider+" "+tc.constraint, func(t *testing.T) {
			t.Parallel()
			v, err := Open(tc.provider, constraints(t, tc.constraint))
			if err == nil {
				t.Fatalf("opened %s", v.Version())
			}
			if !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %q, want %q in it", err, tc.want)
			}
		})
	}
}

// What a pin gets is what its lowest release has, seen on the block that changed most.
func TestViewOfService(t *testing.T) {
	t.Parallel()
	paths := []string{
		"desired_count",
		"arn",
		"deployment_configuration.strategy",
		"load_balancer.advanced_configuration.role_arn",
		"sigint_rollback",
		"deployment_configuration.lifecycle_hook.hook_details",
		"deployment_configuration.canary_configuration.canary_percent",
		"service_connect_configuration.access_log_configuration",
		"deployment_configuration.lifecycle_hook.timeout_configuration",
		"deployment_configuration.lifecycle_hook.target_type",
	}
	for constraint, known := range map[string]int{
		"= 5.100.0": 1, ">= 5.100, < 7": 1, "~> 6.0": 2, "~> 6.4": 4, ">= 6.11": 5, "= 6.14.0": 6, ">= 6.21, < 7": 7, "~> 6.34": 8, "= 6.65.0": 8, ">= 6.66": 10,
	} {
		t.Run(constraint, func(t *testing.T) {
			t.Parallel()
			service, err := view(t, "aws", constraint).Resource("aws_ecs_service")
			if err != nil {
				t.Fatal(err)
			}
			for i, path := range paths {
				if got, want := has(service, path), i < known; got != want {
					t.Errorf("has %s: %t, want %t", path, got, want)
				}
			}
		})
	}
}

func TestBlocks(t *testing.T) {
	t.Parallel()
	v := view(t, "aws", ">= 6.66, < 7.0")
	for name, read := range map[string]func() (*tfjson.SchemaBlock, error){
		"region":         v.Config,
		"target_type":    func() (*tfjson.SchemaBlock, error) { return v.Resource("aws_lb_target_group") },
		"default_action": func() (*tfjson.SchemaBlock, error) { return v.Data("aws_lb_listener") },
	} {
		b, err := read()
		if err != nil {
			t.Fatal(err)
		}
		if !has(b, name) {
			t.Errorf("no %s", name)
		}
	}
	for _, typ := range []string{"aws_loadbalancer", "../config", "", "aws_iam_policy_document"} {
		if _, err := v.Resource(typ); err == nil || !strings.Contains(err.Error(), "has no resource "+typ) {
			t.Errorf("%q: %v", typ, err)
		}
	}
	empty, err := view(t, "archive", ">= 2.0").Config()
	if err != nil || len(empty.Attributes)+len(empty.NestedBlocks) != 0 {
		t.Errorf("archive's provider block: %+v, %v", empty, err)
	}
}

func TestTypes(t *testing.T) {
	t.Parallel()
	const express = "aws_ecs_express_gateway_service" // 6.x alone
	for constraint, want := range map[string]bool{">= 6.66": true, "~> 6.4": false, ">= 5.100, < 7": false, "= 5.100.0": false} {
		v := view(t, "aws", constraint)
		_, err := v.Resource(express)
		listed := false
		for _, typ := range v.Resources() {
			listed = listed || typ == express
			if _, err := v.Resource(typ); err != nil {
				t.Errorf("%s: %s is listed: %v", constraint, typ, err)
			}
		}
		if listed != want || (err == nil) != want {
			t.Errorf("%s: listed %t, error %v", constraint, listed, err)
		}
		for _, typ := range v.DataSources() {
			if _, err := v.Data(typ); err != nil {
				t.Errorf("%s: data %s is listed: %v", constraint, typ, err)
			}
		}
	}
	if diff := cmp.Diff([]string{"archive_file"}, view(t, "archive", "~> 2.4").DataSources()); diff != "" {
		t.Error(diff)
	}
}

// One view serves all environments and the provider's server at once: one parse, one block.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	v := view(t, "aws", "~> 6.4")
	blocks := make([]*tfjson.SchemaBlock, 16)
	var group sync.WaitGroup
	for i := range blocks {
		group.Go(func() {
			blocks[i], _ = v.Resource("aws_ecs_service")
			v.Rules("aws_lb_target_group", "target_type")
			v.Lacks(BlueGreen)
			v.Resources()
		})
	}
	group.Wait()
	for i, b := range blocks {
		if b == nil || b != blocks[0] {
			t.Errorf("reader %d got another block", i)
		}
	}
	other, err := view(t, "aws", ">= 6.66").Resource("aws_ecs_service")
	if err != nil || !has(other, "sigint_rollback") {
		t.Errorf("one view's cuts reached another view: %v", err)
	}
}
