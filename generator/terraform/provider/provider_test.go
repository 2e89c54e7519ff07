package provider

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestServeUntilTheContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, err := Serve(ctx, &fake{name: "aws", block: thing()}, &fake{name: "archive", block: thing()})
	if err != nil {
		t.Fatal(err)
	}
	var configs map[string]attachment
	if err := json.Unmarshal([]byte(s.Reattach()), &configs); err != nil {
		t.Fatal(err)
	}
	sockets := map[string]string{}
	for address, a := range configs {
		if a.Protocol != "grpc" || a.ProtocolVersion != 6 || !a.Test || a.Pid != os.Getpid() {
			t.Errorf("%s: %+v", address, a)
		}
		sockets[address] = a.Addr.String
		if _, err := os.Lstat(a.Addr.String); a.Addr.Network == "unix" && err != nil {
			t.Error(err)
		}
	}
	if len(sockets) != 2 || sockets[Address("aws")] == sockets[Address("archive")] {
		t.Errorf("sockets %v", sockets)
	}
	cancel()
	done := make(chan error)
	go func() { done <- s.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the servers do not stop")
	}
	for _, socket := range sockets {
		if _, err := os.Lstat(socket); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is left behind: %v", socket, err)
		}
	}
}

func TestServeTwice(t *testing.T) {
	t.Parallel()
	if s, err := Serve(t.Context(), &fake{name: "aws", block: thing()}, &fake{name: "aws", block: thing()}); err == nil {
		t.Errorf("got %s", s.Reattach())
	}
}

func TestSchemaIsConvertedOnce(t *testing.T) {
	t.Parallel()
	s := newServer(&fake{name: "aws", block: thing()})
	first, err := s.GetProviderSchema(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.GetProviderSchema(t.Context(), nil); err != nil || again != first {
		t.Errorf("converted again, %v", err)
	}
	if !first.ServerCapabilities.GetProviderSchemaOptional {
		t.Error("terraform would ask for every instance")
	}
	meta, err := s.GetMetadata(t.Context(), nil)
	if err != nil || len(meta.Resources) != 1 || meta.Resources[0].TypeName != "thing" || len(meta.DataSources) != 1 {
		t.Errorf("metadata %+v, %v", meta, err)
	}
	// What terraform encodes values with must be what this package decodes them with.
	if diff := cmp.Diff(first.ResourceSchemas["thing"].ValueType().String(), mustType(t, objectType(thing()))); diff != "" {
		t.Error(diff)
	}
}
