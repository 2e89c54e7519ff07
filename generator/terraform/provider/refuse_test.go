package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func TestOnlyChecks(t *testing.T) {
	t.Parallel()
	s := newServer(&fake{name: "aws", block: thing()})
	calls := map[string]func(context.Context) (diagnostics, error){
		"apply thing": func(ctx context.Context) (diagnostics, error) {
			r, err := s.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "thing"})
			return r.Diagnostics, err
		},
		"import thing": func(ctx context.Context) (diagnostics, error) {
			r, err := s.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: "thing"})
			return r.Diagnostics, err
		},
		"move the state of thing": func(ctx context.Context) (diagnostics, error) {
			r, err := s.MoveResourceState(ctx, &tfprotov6.MoveResourceStateRequest{TargetTypeName: "thing"})
			return r.Diagnostics, err
		},
		"generate the configuration of thing": func(ctx context.Context) (diagnostics, error) {
			r, err := s.GenerateResourceConfig(ctx, &tfprotov6.GenerateResourceConfigRequest{TypeName: "thing"})
			return r.Diagnostics, err
		},
		"upgrade the identity of thing": func(ctx context.Context) (diagnostics, error) {
			r, err := s.UpgradeResourceIdentity(ctx, &tfprotov6.UpgradeResourceIdentityRequest{TypeName: "thing"})
			return r.Diagnostics, err
		},
		"check the ephemeral resource thing": func(ctx context.Context) (diagnostics, error) {
			r, err := s.ValidateEphemeralResourceConfig(ctx, &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: "thing"})
			return r.Diagnostics, err
		},
		"open thing": func(ctx context.Context) (diagnostics, error) {
			r, err := s.OpenEphemeralResource(ctx, &tfprotov6.OpenEphemeralResourceRequest{TypeName: "thing"})
			return r.Diagnostics, err
		},
		"renew thing": func(ctx context.Context) (diagnostics, error) {
			r, err := s.RenewEphemeralResource(ctx, &tfprotov6.RenewEphemeralResourceRequest{TypeName: "thing"})
			return r.Diagnostics, err
		},
	}
	for what, call := range calls {
		ds, err := call(t.Context())
		if err != nil || len(ds) != 1 || !strings.HasSuffix(ds[0].Detail, "it cannot "+what+".") || ds[0].Severity != tfprotov6.DiagnosticSeverityError {
			t.Errorf("%s: %v, %v", what, said(ds), err)
		}
	}
	f, err := s.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{Name: "arn_parse"})
	if err != nil || f.Error == nil || !strings.Contains(f.Error.Text, "arn_parse") {
		t.Errorf("function: %+v, %v", f, err)
	}
}
