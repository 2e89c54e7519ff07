package schemas

import (
	"testing"

	"github.com/hashicorp/go-version"
)

func view(t testing.TB, provider, constraint string) *View {
	t.Helper()
	c, err := version.NewConstraint(constraint)
	if err != nil {
		t.Fatal(err)
	}
	v, err := Open(provider, c)
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
		{"= 6.4.0", "6.4.0", "6.66.0"},
		{"6.21.0", "6.21.0", "6.66.0"},
		{"> 6.4, < 6.20", "6.4.1", "6.66.0"},
		{">= 6.4, != 6.4.0", "6.4.1", "6.66.0"},
		{">= 6.4, != 6.4.0, != 6.4.1", "6.4.2", "6.66.0"},
		{"!= 6.53.0", "0.0.0", "5.100.0"},
		{"!= 0.0.0", "0.0.1", "5.100.0"},
		{"= 5.100.0", "5.100.0", "5.100.0"},
		{">= 5.100, < 6", "5.100.0", "5.100.0"},
		{">= 5.100, < 7", "5.100.0", "5.100.0"},
		{"~> 5.50", "5.50.0", "5.100.0"},
		{">= 4.0", "4.0.0", "5.100.0"},
		{"< 7.0", "0.0.0", "5.100.0"},
		{"<= 6.0", "0.0.0", "5.100.0"},
		{"> 5.100, < 7", "5.100.1", "6.66.0"},
		{">= 6.0.0-beta1", "6.0.0-beta1", "6.66.0"},
		{">= 6.0.0-beta1, < 7", "6.0.0", "6.66.0"},
		{"> 6.0.0-beta1, < 7", "6.0.0", "6.66.0"},
	} {
		t.Run(tc.constraint, func(t *testing.T) {
			t.Parallel()
			v := view(t, "aws", tc.constraint)
			if got := v.Floor().String(); got != tc.floor {
				t.Errorf("floor %s, want %s", got, tc.floor)
			}
			if got := v.Version().String(); got != tc.release {
				t.Errorf("release %s, want %s", got, tc.release)
			}
		})
	}
}

func TestView(t *testing.T) {
	t.Parallel()
	v := view(t, "aws", "~> 6.4")
	service, err := v.Resource("aws_ecs_service")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		"deployment_configuration.strategy":                    true,
		"load_balancer.advanced_configuration.role_arn":        true,
		"deployment_configuration.lifecycle_hook.hook_details": false,
		"deployment_configuration.canary_configuration":        false,
		"deployment_configuration.lifecycle_hook.target_type":  false,
		"sigint_rollback": false,
		"deployment_configuration.lifecycle_hook.lifecycle_stages": true,
	} {
		if got := has(service, path); got != want {
			t.Errorf("%s: %t, want %t", path, got, want)
		}
	}
	if a := attribute(service, "deployment_configuration.lifecycle_hook.role_arn"); !a.Required || a.Optional {
		t.Errorf("role_arn is required before pause hooks: %+v", a)
	}
}
