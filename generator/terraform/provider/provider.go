// Package provider serves schema views over plugin protocol 6, in this process: the only importer of terraform-plugin-go.
//
// The real terraform binary attaches to it through TF_REATTACH_PROVIDERS, so nothing is installed and no provider process is started.
// A served provider checks and plans, and says what a change would replace. It applies only in a rehearsal, where nothing is made.
package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"bluegen/schemas"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/mitchellh/go-testing-interface"
)

// View is what a server needs of a *schemas.View.
type View interface {
	// Provider is the last part of the address: "aws", "archive".
	Provider() string
	// Config is the schema of the provider block.
	Config() (*tfjson.SchemaBlock, error)
	// Resources and DataSources list the types that are served.
	Resources() []string
	DataSources() []string
	// Resource and Data return the schema of one type.
	Resource(typ string) (*tfjson.SchemaBlock, error)
	Data(typ string) (*tfjson.SchemaBlock, error)
	// Rules are the value rules of an attribute, its path dotted and without indices; typ has "data." before a data source.
	Rules(typ, path string) []schemas.Rule
	// Replaces lists the paths of a resource type, dotted and without indices, whose change replaces the resource.
	Replaces(typ string) []string
}

// Address is the source address that terraform knows the provider by.
func Address(provider string) string { return "registry.terraform.io/hashicorp/" + provider }

// Server is one listener for each view. It stops when the context of Serve ends.
type Server struct {
	reattach string
	done     []chan struct{}
}

// Serve listens on a local socket for each view and returns once all of them accept connections.
// Two views of the same provider are an error.
func Serve(ctx context.Context, views ...View) (*Server, error) { return serve(ctx, false, views) }

func serve(ctx context.Context, rehearse bool, views []View) (*Server, error) {
	ctx, stop := context.WithCancel(ctx)
	s := &Server{}
	configs := map[string]attachment{}
	for _, v := range views {
		address := Address(v.Provider())
		if _, twice := configs[address]; twice {
			stop()
			return nil, errors.Join(fmt.Errorf("provider %s is served twice", address), s.Wait())
		}
		a, err := s.listen(ctx, address, &server{view: v, schema: onceSchema(v), rehearse: rehearse})
		if err != nil {
			stop()
			return nil, errors.Join(err, s.Wait())
		}
		configs[address] = a
	}
	text, err := json.Marshal(configs)
	if err != nil {
		stop()
		return nil, errors.Join(err, s.Wait())
	}
	s.reattach = string(text)
	context.AfterFunc(ctx, stop)
	return s, nil
}

// Reattach is the value of TF_REATTACH_PROVIDERS.
func (s *Server) Reattach() string { return s.reattach }

// Wait returns when every listener has stopped and its socket is gone, which the end of Serve's context brings about.
func (s *Server) Wait() error {
	for _, done := range s.done {
		<-done
	}
	return nil
}

// attachment is one entry of TF_REATTACH_PROVIDERS. Its fields are terraform's, hence exported.
type attachment struct {
	Protocol        string
	ProtocolVersion int
	Pid             int
	// Test tells terraform to leave the process alone when it is done with the provider.
	Test bool
	Addr struct{ Network, String string }
}

func (s *Server) listen(ctx context.Context, address string, instance *server) (attachment, error) {
	started, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	failed := make(chan error, 1)
	go func() {
		// In debug mode Serve reports a listener that cannot be opened by closing the channel alone; the error is for bad options.
		failed <- tf6server.Serve(address, func() tfprotov6.ProviderServer { return instance },
			tf6server.WithDebug(ctx, started, closed),
			tf6server.WithGoPluginLogger(hclog.NewNullLogger()),
			// The library logs every call to stderr, for terraform to filter. In this process nobody filters,
			// and its sink for tests is the one that is off unless TF_LOG asks for it.
			tf6server.WithLoggingSink(&testing.RuntimeT{}))
	}()
	var a attachment
	select {
	case c := <-started:
		s.done = append(s.done, closed)
		a.Protocol, a.ProtocolVersion, a.Pid, a.Test = string(c.Protocol), c.ProtocolVersion, c.Pid, c.Test
		a.Addr.Network, a.Addr.String = c.Addr.Network(), c.Addr.String()
		return a, nil
	case err := <-failed:
		return a, errors.Join(fmt.Errorf("provider %s: no local socket could be opened", address), err)
	}
}
