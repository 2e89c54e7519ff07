package blueprint_test

import (
	"strings"
	"testing"

	"bluegen/generator/blueprint"

	"github.com/google/go-cmp/cmp"
)

// TestPut: the bytes before and after.
func TestPut(t *testing.T) {
	t.Parallel()
	base := []string{"terraform", "aws_provider"}
	staging := []string{"environments", "staging", "terraform", "aws_provider"}
	for name, tc := range map[string]struct {
		before string
		path   []string
		after  string
	}{
		"double quotes": {"terraform:\n  aws_provider: \">= 6.4\"  # why\n", base, "terraform:\n  aws_provider: \">= 6.66\"  # why\n"},
		"single quotes": {"terraform: {aws_provider: '>= 6.4', directory: x}\n", base, "terraform: {aws_provider: '>= 6.66', directory: x}\n"},
		"no quotes":     {"terraform:\n  aws_provider: 6.4.0\n", base, "terraform:\n  aws_provider: \">= 6.66\"\n"},
		"says nothing":  {"terraform:\n  aws_provider:   # the default\n", base, "terraform:\n  aws_provider: \">= 6.66\"   # the default\n"},
		"says null":     {"terraform: {aws_provider: ~}\n", base, "terraform: {aws_provider: \">= 6.66\"}\n"},
		"an empty layer": {"environments:\n  staging:  # soon\n  production: {}\n", staging,
			"environments:\n  staging: {terraform: {aws_provider: \">= 6.66\"}}  # soon\n  production: {}\n"},
		"a layer in empty braces": {"environments:\n  production: {}\n  staging: {}\n", staging,
			"environments:\n  production: {}\n  staging: {terraform: {aws_provider: \">= 6.66\"}}\n"},
		"a layer in braces": {"environments: {staging: {service: {desired_count: 1}}}\n", staging,
			"environments: {staging: {terraform: {aws_provider: \">= 6.66\"}, service: {desired_count: 1}}}\n"},
		"braces with blanks": {"environments:\n  staging: { service: { desired_count: 1 } }\n", staging,
			"environments:\n  staging: { terraform: {aws_provider: \">= 6.66\"}, service: { desired_count: 1 } }\n"},
		"braces over lines": {"environments:\n  staging: {\n    # one is enough\n    service: {desired_count: 1},\n  }\n", staging,
			"environments:\n  staging: {\n    # one is enough\n    terraform: {aws_provider: \">= 6.66\"},\n    service: {desired_count: 1},\n  }\n"},
		"a block of braces": {"environments:\n  staging:\n    # one is enough\n    service: {desired_count: 1}\n", staging,
			"environments:\n  staging:\n    terraform: {aws_provider: \">= 6.66\"}\n    # one is enough\n    service: {desired_count: 1}\n"},
		"a block of blocks": {"environments:\n    staging:   # first\n        service:\n            desired_count: 1\n", staging,
			"environments:\n    staging:   # first\n        terraform:\n            aws_provider: \">= 6.66\"\n        service:\n            desired_count: 1\n"},
		"terraform in braces": {"environments:\n  staging:\n    terraform: {provider: {region: eu-central-1}}\n", staging,
			"environments:\n  staging:\n    terraform: {aws_provider: \">= 6.66\", provider: {region: eu-central-1}}\n"},
		"terraform in a block": {"environments:\n  staging:\n    terraform:\n      provider:\n        region: eu-central-1\n", staging,
			"environments:\n  staging:\n    terraform:\n      aws_provider: \">= 6.66\"\n      provider:\n        region: eu-central-1\n"},
		"carriage returns": {"environments:\r\n  staging:\r\n    tags:\r\n      a: b\r\n", staging,
			"environments:\r\n  staging:\r\n    terraform:\r\n      aws_provider: \">= 6.66\"\r\n    tags:\r\n      a: b\r\n"},
		"a byte order mark and wide characters": {"\uFEFFtags: {名前: \"注文\"}\nterraform: {aws_provider: \">= 6.4\"}\n", base,
			"\uFEFFtags: {名前: \"注文\"}\nterraform: {aws_provider: \">= 6.66\"}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			edit, err := blueprint.Put([]byte(tc.before), "blueprint.yaml", ">= 6.66", tc.path...)
			if err != nil {
				t.Fatal(err)
			}
			got, err := blueprint.Rewrite([]byte(tc.before), edit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.after, string(got)); diff != "" {
				t.Error(diff)
			}
			if !blueprint.Said(got, tc.path...) {
				t.Error("it is not said")
			}
			again, err := blueprint.Put(got, "blueprint.yaml", ">= 6.66", tc.path...)
			if err != nil {
				t.Fatal(err)
			}
			if twice, err := blueprint.Rewrite(got, again); err != nil || string(twice) != string(got) {
				t.Errorf("a second time: %v\n%s", err, twice)
			}
		})
	}
}

func TestPutKeepsAPlainText(t *testing.T) {
	t.Parallel()
	for _, pin := range []string{"6.66.0", "= 6.66.0", "~> 6.66"} {
		edit, err := blueprint.Put([]byte("terraform:\n  aws_provider: ~> 6.4\n"), "", pin, "terraform", "aws_provider")
		if err != nil || edit.Text != pin {
			t.Errorf("%s: %q, %v", pin, edit.Text, err)
		}
	}
}

func TestPutRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a: [":                              "cannot be read",
		"":                                  "cannot be read",
		"a: 1\n":                            "no place for terraform",
		"terraform: x\n":                    "line 1 has no keys",
		"terraform: []\n":                   "line 1 has no keys",
		"terraform:\n  aws_provider: [x]\n": "line 2 has no text",
		"terraform:\n  aws_provider: >-\n    >= 6.4\n":               "line 2 goes over several lines",
		"terraform:\n  aws_provider: ~> 6.4,\n    != 6.53.0\nb: 1\n": "line 2 goes over several lines",
	} {
		if _, err := blueprint.Put([]byte(text), "", ">= 6.66", "terraform", "aws_provider"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestPutIsWhatLoadReads: the layer says it, and the others do not.
func TestPutIsWhatLoadReads(t *testing.T) {
	t.Parallel()
	data := []byte(example(t))
	edit, err := blueprint.Put(data, "blueprint.yaml", "~> 6.66", "environments", "staging", "terraform", "aws_provider")
	if err != nil {
		t.Fatal(err)
	}
	now, err := blueprint.Rewrite(data, edit)
	if err != nil {
		t.Fatal(err)
	}
	services, diags := load(t, string(now))
	if diags.HasErrors() || len(services) != 2 {
		t.Fatal(diags)
	}
	for _, s := range services {
		if got := s.Terraform.AWSProvider.V; (got == "~> 6.66") != (s.Environment.V == "staging") {
			t.Errorf("%s: %s", s.Environment.V, got)
		}
	}
}
