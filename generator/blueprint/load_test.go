package blueprint_test

import (
	"os"
	"testing"
	"testing/fstest"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

func load(t testing.TB, text string) ([]*blueprint.Service, diag.List) {
	t.Helper()
	fsys := fstest.MapFS{
		"blueprint.yaml":         {Data: []byte(text)},
		"hooks/check.py":         {Data: []byte("def handler(event, context): pass\n")},
		"terraform/modules/x.py": {Data: []byte("")},
	}
	return blueprint.Load(fsys, "blueprint.yaml")
}

func example(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func where(line, column, byte, toLine, toColumn, toByte int) hcl.Range {
	return hcl.Range{Filename: "blueprint.yaml",
		Start: hcl.Pos{Line: line, Column: column, Byte: byte}, End: hcl.Pos{Line: toLine, Column: toColumn, Byte: toByte}}
}

func TestLoadExample(t *testing.T) {
	t.Parallel()
	services, diags := load(t, example(t))
	if diags != nil {
		t.Fatalf("the example has mistakes: %+v", diags)
	}
	if len(services) != 2 || services[0].Environment.V != "production" || services[1].Environment.V != "staging" {
		t.Fatalf("want production and staging, got %d services", len(services))
	}
	for i, want := range []struct {
		count int
		bake  time.Duration
	}{{4, 3 * time.Minute}, {1, time.Minute}} {
		ecs := services[i].ECS
		if ecs.Service.DesiredCount.V != want.count || ecs.Deployment.BakeTime.V != want.bake {
			t.Errorf("%s: %d tasks, bake time %s", services[i].Environment.V, ecs.Service.DesiredCount.V, ecs.Deployment.BakeTime.V)
		}
		if got := ecs.Traffic[0].V.ALB.Test.When[1].HTTPHeader.Values[0].V; got != "1" {
			t.Errorf("header value %q", got)
		}
		if got := services[i].Terraform.Provider.AllowedAccountIDs[0].V; got != "012345670123" {
			t.Errorf("account %q", got)
		}
	}
}
