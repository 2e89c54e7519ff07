package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ApplyResourceChange is refused outside of a rehearsal: a served provider never makes anything.
func (s *server) ApplyResourceChange(_ context.Context, r *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	if s.rehearse {
		out := &tfprotov6.ApplyResourceChangeResponse{UnsafeToUseLegacyTypeSystem: true, Private: r.PlannedPrivate}
		out.NewState, out.Diagnostics = s.apply(r.TypeName, r.PlannedState)
		return out, nil
	}
	return &tfprotov6.ApplyResourceChangeResponse{NewState: r.PriorState, Diagnostics: refusal("apply " + r.TypeName)}, nil
}

// ImportResourceState is refused.
func (s *server) ImportResourceState(_ context.Context, r *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return &tfprotov6.ImportResourceStateResponse{Diagnostics: refusal("import " + r.TypeName)}, nil
}

// MoveResourceState is refused.
func (s *server) MoveResourceState(_ context.Context, r *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return &tfprotov6.MoveResourceStateResponse{Diagnostics: refusal("move the state of " + r.TargetTypeName)}, nil
}

// GenerateResourceConfig is refused.
func (s *server) GenerateResourceConfig(_ context.Context, r *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return &tfprotov6.GenerateResourceConfigResponse{Diagnostics: refusal("generate the configuration of " + r.TypeName)}, nil
}

// GetResourceIdentitySchemas has none: identities matter to import alone.
func (s *server) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

// UpgradeResourceIdentity is refused.
func (s *server) UpgradeResourceIdentity(_ context.Context, r *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return &tfprotov6.UpgradeResourceIdentityResponse{Diagnostics: refusal("upgrade the identity of " + r.TypeName)}, nil
}

// GetFunctions has none.
func (s *server) GetFunctions(context.Context, *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return &tfprotov6.GetFunctionsResponse{}, nil
}

// CallFunction is refused.
func (s *server) CallFunction(_ context.Context, r *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return &tfprotov6.CallFunctionResponse{Error: &tfprotov6.FunctionError{Text: "bluegen's provider only checks; it has no function " + r.Name}}, nil
}

// ValidateEphemeralResourceConfig is refused: no view has ephemeral resources.
func (s *server) ValidateEphemeralResourceConfig(_ context.Context, r *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return &tfprotov6.ValidateEphemeralResourceConfigResponse{Diagnostics: refusal("check the ephemeral resource " + r.TypeName)}, nil
}

// OpenEphemeralResource is refused.
func (s *server) OpenEphemeralResource(_ context.Context, r *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return &tfprotov6.OpenEphemeralResourceResponse{Diagnostics: refusal("open " + r.TypeName)}, nil
}

// RenewEphemeralResource is refused.
func (s *server) RenewEphemeralResource(_ context.Context, r *tfprotov6.RenewEphemeralResourceRequest) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return &tfprotov6.RenewEphemeralResourceResponse{Diagnostics: refusal("renew " + r.TypeName)}, nil
}

// CloseEphemeralResource has nothing to close.
func (s *server) CloseEphemeralResource(context.Context, *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return &tfprotov6.CloseEphemeralResourceResponse{}, nil
}
