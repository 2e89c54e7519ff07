package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"bluegen/schemas"

	"github.com/google/go-cmp/cmp"
)

// TestBlueprintSchema: the committed schema is the one that the model says; `make schemas` writes it anew.
func TestBlueprintSchema(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := run(context.Background(), []string{"blueprint", "-dir", dir, "-model", "../../generator/blueprint"}, io.Discard); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(filepath.Join(dir, "blueprint.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(written), string(schemas.Blueprint())); diff != "" {
		t.Errorf("schemas/blueprint.schema.json is not what the model says:\n%s", diff)
	}
	if bytes.Contains(written, []byte(`"description": ""`)) {
		t.Error("a key has no hover text")
	}
}

// TestModelDocs reads the comments of types and fields.
func TestModelDocs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source := "package x\n\n// T is a type,\n// in two lines.\ntype T struct {\n\t// A is one.\n\tA int\n\tB int // not its doc\n}\n\ntype alias = T\n"
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	docs, err := modelDocs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"T": "T is a type, in two lines.", "T.A": "A is one.", "T.B": ""}, docs); diff != "" {
		t.Error(diff)
	}
	if _, err := modelSchema(dir); err == nil {
		t.Error("a model without comments got a schema")
	}
}
