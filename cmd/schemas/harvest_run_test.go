package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// standIn plays terraform: it finds the probes by their bad values and answers as the provider would.
const standIn = `#!/bin/sh
set -e
say() { # severity, summary, detail, address
  printf '%s{"severity":"%s","summary":"%s","detail":"%s","address":"%s"}' "$comma" "$1" "$2" "$3" "$4"
  comma=,
}
address() { sed -n 's/^resource "\(.*\)" "\(.*\)" {$/\1.\2/p' "$1"; }
case "$1" in
init) grep -q 'version = "1.2.0"' terraform.tf ;;
validate)
  printf '{"diagnostics":['
  for f in probe_*.tf; do
    at=$(address "$f")
    if grep -q 'size = -987654' "$f"; then say error 'expected size to be in the range (1 - 9), got -987654' '' "$at"; fi
    if grep -q 'name = "x!"' "$f"; then say error 'Invalid Attribute Value' 'Attribute name value must be one of: [\"a\" \"b\"], got: \"x!\"' "$at"; fi
    if grep -q 'red = true' "$f"; then say error 'Conflicting configuration arguments' '\"red\": conflicts with size' "$at"; fi
    say warning 'expected name to be one of [\"never\"], got x!' '' "$at"
  done
  say error 'expected owners to be one of [\"nobody\"], got x' '' 'toy_car.unknown'
  printf ']}'
  exit 1 ;;
esac
`

func TestHarvest(t *testing.T) {
	bin, dir := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "terraform"), []byte(standIn), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	scratch := t.TempDir()
	t.Setenv("TMPDIR", scratch)
	put(t, filepath.Join(dir, "types.txt"), "resource toy_car\n")
	put(t, filepath.Join(dir, "toy-1.2.0.json"), `{"provider_schemas": {"hashicorp/toy": {"provider": {}, "resource_schemas": {"toy_car": {"block": `+toy+`}}}}}`)
	var out bytes.Buffer
	if err := run(t.Context(), []string{"provider", "-dir", dir, filepath.Join(dir, "toy-1.2.0.json")}, &out); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, "left.txt")
	if err := run(t.Context(), []string{"rules", "-dir", dir, "-keep", left, "toy-1.2.0"}, &out); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"toy/1.2.0/toy_car.json": `{
 "name": {"enum":["a","b"]},
 "red": {"conflicts_with":["size"]},
 "size": {"max":9,"min":1}
}
`}
	if diff := cmp.Diff(want, tree(t, filepath.Join(dir, "rules"))); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(out.String(), "3 arguments of 1 types with rules, 0 messages left over") {
		t.Error(out.String())
	}
	if rest := tree(t, scratch); len(rest) > 0 {
		t.Errorf("left behind: %v", rest)
	}
}

func TestHarvestFails(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "types.txt"), "resource toy_car\n")
	put(t, filepath.Join(dir, "toy-1.2.0.json"), document)
	if err := run(t.Context(), []string{"provider", "-dir", dir, filepath.Join(dir, "toy-1.2.0.json")}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ script, want string }{
		"no provider":  {"#!/bin/sh\necho 'no mirror has it' >&2\nexit 1\n", "terraform init: exit status 1\nno mirror has it"},
		"no answer":    {"#!/bin/sh\n[ $1 = init ] || exit 1\n", "unexpected end of JSON input"},
		"no terraform": {"", "executable file not found"},
	} {
		t.Run(name, func(t *testing.T) {
			bin := t.TempDir()
			if tc.script != "" {
				if err := os.WriteFile(filepath.Join(bin, "terraform"), []byte(tc.script), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("PATH", bin)
			err := run(t.Context(), []string{"rules", "-dir", dir, "toy-1.2.0"}, &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
			if got := tree(t, dir); len(got) < 3 || got["rules/toy/1.2.0/toy_car.json"] != "" {
				t.Error("a failed harvest wrote rules")
			}
		})
	}
}
