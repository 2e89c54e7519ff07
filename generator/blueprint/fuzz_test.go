package blueprint_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
)

// blueprintOf is Load without a test.
func blueprintOf(text string) ([]*blueprint.Service, diag.List) {
	return blueprint.Load(fstest.MapFS{"blueprint.yaml": {Data: []byte(text)}}, "blueprint.yaml")
}

// FuzzLoad: any bytes get services or errors, never both, never a panic; every error lies inside the file and has a text.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(example(f)))
	for _, m := range mistakes(f) {
		f.Add([]byte(head + m.text))
	}
	for _, text := range []string{"\uFEFF", "\uFEFF\r\n", "\r\n", "é: [", "\"é\n", "a: |", "a: >-\n", "? ", "[a: b", "%YAML 1.1\n--- {}", "&a", "*a", "!a", "- - - [", "a: 'b''\r\n", "{a, b: , ? c}", "#",
		"service: {autoscaling: {memory: 0, scale_in_cooldown: 27.}}", "deployment: {canary: {percent: 100.}}"} {
		f.Add([]byte(text))
	}
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		services, diags := blueprintOf(string(data))
		if diags.HasErrors() == (services != nil) {
			t.Fatalf("errors: %t, services: %d", diags.HasErrors(), len(services))
		}
		placed(t, string(data), diags)
		for _, d := range diags {
			checkDiagnostic(t, d)
			if d.Subject.Filename != "blueprint.yaml" {
				t.Errorf("%s names the file %q", d.Code, d.Subject.Filename)
			}
		}
	})
}
