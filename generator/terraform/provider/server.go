package provider

import (
	"context"
	"fmt"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// server answers terraform for one view. It has no state but the converted schema, so calls may overlap.
type server struct {
	view   View
	schema func() (*tfprotov6.GetProviderSchemaResponse, error)
	// rehearse makes apply answer with stand-ins; else it is refused.
	rehearse bool
}

type diagnostics = []*tfprotov6.Diagnostic

// failure is a mistake of bluegen's: the view cannot be read, or a value does not fit it.
func failure(err error) diagnostics {
	return diagnostics{{Severity: tfprotov6.DiagnosticSeverityError, Summary: "bluegen's provider failed", Detail: err.Error()}}
}

// refusal names what a provider that only checks does not do.
func refusal(what string) diagnostics {
	return diagnostics{{
		Severity: tfprotov6.DiagnosticSeverityError,
		Summary:  "bluegen's provider only checks",
		Detail:   fmt.Sprintf("This provider is served by bluegen from a schema, to validate and to test with mocks; it cannot %s.", what),
	}}
}

// GetProviderSchema returns the whole view.
func (s *server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.schema()
}

// GetMetadata lists the types alone.
func (s *server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	out := &tfprotov6.GetMetadataResponse{ServerCapabilities: &tfprotov6.ServerCapabilities{GetProviderSchemaOptional: true}}
	for _, typ := range s.view.Resources() {
		out.Resources = append(out.Resources, tfprotov6.ResourceMetadata{TypeName: typ})
	}
	for _, typ := range s.view.DataSources() {
		out.DataSources = append(out.DataSources, tfprotov6.DataSourceMetadata{TypeName: typ})
	}
	return out, nil
}

// ValidateProviderConfig refuses a value that only the provider may set; terraform itself has checked the rest.
func (s *server) ValidateProviderConfig(_ context.Context, r *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	block, err := s.view.Config()
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: r.Config, Diagnostics: s.validate("provider", block, err, r.Config)}, nil
}

// ConfigureProvider accepts whatever passed: nothing is ever called.
func (s *server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

// StopProvider has nothing to stop.
func (s *server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

// ValidateResourceConfig checks what terraform leaves to the provider: computed-only attributes and value rules.
func (s *server) ValidateResourceConfig(_ context.Context, r *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	block, err := s.view.Resource(r.TypeName)
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: s.validate(r.TypeName, block, err, r.Config)}, nil
}

// ValidateDataResourceConfig is ValidateResourceConfig for data sources.
func (s *server) ValidateDataResourceConfig(_ context.Context, r *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	block, err := s.view.Data(r.TypeName)
	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: s.validate("data."+r.TypeName, block, err, r.Config)}, nil
}

// UpgradeResourceState takes the state as it is, and gives it the blocks that the release which wrote it did not know: none of each.
func (s *server) UpgradeResourceState(_ context.Context, r *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	out := &tfprotov6.UpgradeResourceStateResponse{}
	schema, err := s.schema()
	if err != nil || schema.ResourceSchemas[r.TypeName] == nil || r.RawState == nil {
		out.Diagnostics = failure(fmt.Errorf("no stored state of %s can be read: %w", r.TypeName, err))
		return out, nil
	}
	typ := schema.ResourceSchemas[r.TypeName].ValueType()
	ignore := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
	value, err := r.RawState.UnmarshalWithOpts(typ, ignore)
	if err != nil {
		out.Diagnostics = failure(err)
		return out, nil
	}
	state, err := tfprotov6.NewDynamicValue(typ, value)
	if err != nil {
		out.Diagnostics = failure(err)
		return out, nil
	}
	block, err := s.view.Resource(r.TypeName)
	out.UpgradedState, out.Diagnostics = transform(block, err, &state, withBlocks)
	return out, nil
}

// ReadResource finds what was stored: there is nothing else to find.
func (s *server) ReadResource(_ context.Context, r *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: r.CurrentState, Private: r.Private}, nil
}

// PlanResourceChange plans the proposed state, computed attributes unknown where the resource is new, and says what of it replaces
// the resource.
func (s *server) PlanResourceChange(_ context.Context, r *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	out := &tfprotov6.PlanResourceChangeResponse{
		PlannedPrivate: r.PriorPrivate,
		// The real provider is built on the SDK that says so; terraform then only logs small inconsistencies.
		UnsafeToUseLegacyTypeSystem: true,
	}
	block, err := s.view.Resource(r.TypeName)
	if err != nil {
		out.Diagnostics = failure(err)
		return out, nil
	}
	prior, err := decode(r.PriorState, objectType(block))
	if err != nil {
		out.Diagnostics = failure(err)
		return out, nil
	}
	out.PlannedState, out.Diagnostics = transform(block, nil, r.ProposedNewState, func(b *tfjson.SchemaBlock, proposed cty.Value) cty.Value {
		planned := plan(b, prior.IsNull(), proposed)
		out.RequiresReplace = replacing(s.view.Replaces(r.TypeName), prior, planned)
		return planned
	})
	return out, nil
}

// ReadDataSource answers with stand-ins; tests that mock the provider never come here.
func (s *server) ReadDataSource(_ context.Context, r *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	out := &tfprotov6.ReadDataSourceResponse{}
	answer := read
	if s.rehearse {
		answer = readSeeded(r.TypeName)
	}
	block, err := s.view.Data(r.TypeName)
	out.State, out.Diagnostics = transform(block, err, r.Config, answer)
	return out, nil
}

func transform(block *tfjson.SchemaBlock, err error, in *tfprotov6.DynamicValue, f func(*tfjson.SchemaBlock, cty.Value) cty.Value) (*tfprotov6.DynamicValue, diagnostics) {
	if err != nil {
		return nil, failure(err)
	}
	typ := objectType(block)
	value, err := decode(in, typ)
	if err != nil {
		return nil, failure(err)
	}
	out, err := encode(f(block, value), typ)
	if err != nil {
		return nil, failure(err)
	}
	return out, nil
}
