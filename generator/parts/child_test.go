package parts

import (
	"strings"
	"testing"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/hashicorp/go-version"
	"github.com/zclconf/go-cty/cty"
)

// sample is a module with one of everything.
func sample() *Child {
	c := NewChild("roles", "Roles", "\nWho may what.\n", Versions{Terraform: ">= 1.10", AWS: ">= 6.66, < 7.0", AWSFloor: version.Must(version.NewVersion("6.66.0"))})
	name := c.Text("name", "Name.", "orders")
	c.Number("days", "Days.", 30)
	c.In("rule", "Rule.", cty.ObjectVal(map[string]cty.Value{"priority": cty.NumberIntVal(1), "hosts": Samples("a")}))
	one := c.Add(Trust("one_trust", "ecs.amazonaws.com", nil))
	two := c.Add(Trust("two_trust", "lambda.amazonaws.com", tf.String(Account)))
	first := c.Add(Role{Resource: "one", Description: "One.", Trust: one, Name: name}.Block())
	second := c.Add(Role{Resource: "two", Description: "Two.", Trust: two, Name: name, Path: tf.String("/x/")}.Block())
	policy := c.Add(Inline("one", "inline", first, two.Attr("json")))
	c.OutputAfter("one_arn", "ARN of one.", first.Attr("arn"), "It waits.", policy.Attr())
	c.Output("all", "Both.", tf.ListOf(first.Attr("arn"), second.Attr("arn")))
	c.Assert("One must be named.", tf.Equal(first.Attr("name"), tf.String("orders")), tf.Equal(second.Attr("path"), tf.String("/x/")))
	return c
}

func files(documents ...*tf.Document) map[string]string {
	var printer tf.Printer
	out := map[string]string{}
	for _, d := range documents {
		out[d.Name] = string(printer.Print(d))
	}
	return out
}

func has(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestModule(t *testing.T) {
	t.Parallel()
	m := sample().Module()
	got := files(m.Documents...)
	has(t, got["main.tf"],
		"values   = [\"012345670123\"]\n      variable = \"aws:SourceAccount\"",
		"assume_role_policy = data.aws_iam_policy_document.one_trust.json\n  description        = \"One.\"\n  name               = var.name\n}",
		"role   = aws_iam_role.one.id")
	has(t, got["terraform.tf"], `version = ">= 6.66"`, `required_version = ">= 1.10"`)
	if strings.Contains(got["terraform.tf"], "archive") {
		t.Error("a module without a source needs no archive")
	}
	has(t, got["outputs.tf"], "  # It waits.\n  depends_on = [aws_iam_role_policy.one]")
	if days, name := strings.Index(got["variables.tf"], `"days"`), strings.Index(got["variables.tf"], `"name"`); days < 0 || days > name {
		t.Errorf("variables are not sorted:\n%s", got["variables.tf"])
	}
	if all, one := strings.Index(got["outputs.tf"], `"all"`), strings.Index(got["outputs.tf"], `"one_arn"`); all < 0 || all > one {
		t.Errorf("outputs are not sorted:\n%s", got["outputs.tf"])
	}
	if m.Path != "modules/roles" || len(m.Files) != 1 || m.Files[0].Path != "README.md" {
		t.Errorf("%s, %v", m.Path, m.Files)
	}
	has(t, string(m.Files[0].Data), "# Roles\n\nWho may what.\n\n## Inputs", "| `rule` | `object` | Rule. |")
}

func TestArchive(t *testing.T) {
	t.Parallel()
	c := sample()
	c.UsesArchive()
	has(t, files(c.Module().Documents...)["terraform.tf"], "archive = {\n      source  = \"hashicorp/archive\"\n      version = \">= 2.7\"")
	has(t, files(c.Test("Why.", "run", "plan"))["tests/roles.tftest.hcl"], `mock_provider "archive" {}`)
}

// TestModulesTest: samples by name, flat ones first; where roles are applied each has an ARN of its own, and each document
// a text of its own, for equal mocks would hide a swap.
func TestModulesTest(t *testing.T) {
	t.Parallel()
	got := files(sample().Test("Why.", "roles", "apply"))["tests/roles.tftest.hcl"]
	has(t, got, "# Why.\n", "run \"roles\" {\n  command = apply\n", `source = "./modules/roles"`,
		"  variables {\n    days = 30\n    name = \"orders\"\n\n    rule = {\n      hosts    = [\"a\"]\n      priority = 1\n    }\n  }",
		"    target = aws_iam_role.two\n    values = {\n      arn = \"arn:aws:iam::012345670123:role/two\"",
		"    target = data.aws_iam_policy_document.one_trust\n    values = {\n      json = \"{\\\"Id\\\":\\\"one_trust\\\"}\"",
		"    condition = alltrue([\n      aws_iam_role.one.name == \"orders\",\n      aws_iam_role.two.path == \"/x/\",\n    ])\n    error_message = \"One must be named.\"")
	if plan := files(sample().Test("Why.", "roles", "plan"))["tests/roles.tftest.hcl"]; strings.Contains(plan, "override_") {
		t.Error("a plan knows no ARN, overridden or not")
	}
}

// TestCall: source, then what is one line, then the rest; what is nil is left out.
func TestCall(t *testing.T) {
	t.Parallel()
	call := sample().Call("roles_web",
		tf.Set("zone", tf.String("z")), tf.Set("rule", tf.Fields(tf.F("priority", tf.Int(1)))), tf.Set("none", nil), tf.Set("days", tf.Int(3)),
		tf.Set("flat", tf.Inline(tf.F("a", tf.Int(1)))))
	got := files(&tf.Document{Name: "main.tf", Blocks: []*tf.Block{call}})["main.tf"]
	has(t, got, "module \"roles_web\" {\n  source = \"./modules/roles\"\n\n  days = 3\n  flat = { a = 1 }\n  zone = \"z\"\n\n  rule = {\n    priority = 1\n  }\n}\n")
}

func TestVersions(t *testing.T) {
	t.Parallel()
	v := Versions{Terraform: ">= 1.10", AWS: "= 5.100.0", AWSFloor: version.Must(version.NewVersion("5.100.0"))}
	has(t, files(&tf.Document{Name: "x.tf", Blocks: []*tf.Block{v.Root(true)}})["x.tf"], `version = "= 5.100.0"`, `version = ">= 2.7, < 3.0"`)
	for in, want := range map[string]string{"6.66.0": "6.66", "7.0.0": "7.0", "5.100.1": "5.100.1", "6.4": "6.4"} {
		if got := Short(version.Must(version.NewVersion(in))); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

// TestMock: only what the modules use is mocked.
func TestMock(t *testing.T) {
	t.Parallel()
	got := files(Mock([]*tf.Module{sample().Module()}))["tests/mocks/aws.tfmock.hcl"]
	has(t, got, `mock_resource "aws_iam_role"`, `mock_data "aws_iam_policy_document"`)
	if strings.Count(got, "mock_") != 2 {
		t.Errorf("more than is used:\n%s", got)
	}
}

func TestPolicy(t *testing.T) {
	t.Parallel()
	at := func(s string) blueprint.At[string] { return blueprint.At[string]{V: s} }
	b := Policy("task", []blueprint.Statement{{
		Sid: at("Read"), Effect: at("Deny"), Actions: []blueprint.At[string]{at("s3:GetObject")}, Resources: []blueprint.At[string]{at("arn:aws:s3:::b/${aws:username}/*")},
		Conditions: []blueprint.StatementCondition{{Test: at("StringEquals"), Variable: at("aws:SourceVpce"), Values: []blueprint.At[string]{at("vpce-1")}}},
	}, {Effect: at("Allow"), Actions: []blueprint.At[string]{at("s3:*")}, Resources: []blueprint.At[string]{at("*")}}})
	got := files(&tf.Document{Name: "x.tf", Blocks: []*tf.Block{b}})["x.tf"]
	has(t, got, "    sid       = \"Read\"\n    effect    = \"Deny\"\n", `["arn:aws:s3:::b/$${aws:username}/*"]`, `variable = "aws:SourceVpce"`)
	if strings.Count(got, "effect") != 1 || strings.Count(got, "sid") != 1 {
		t.Errorf("what is the default is not written:\n%s", got)
	}
}
