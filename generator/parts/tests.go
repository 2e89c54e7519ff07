package parts

import (
	"maps"
	"slices"
	"strings"

	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Assert is a fact that must hold: all of its conditions.
type Assert struct {
	Conditions []tf.Expr
	Message    tf.Expr
}

// Block is the assert block.
func (a Assert) Block() *tf.Block {
	condition := a.Conditions[0]
	if len(a.Conditions) > 1 {
		condition = tf.Fn("alltrue", tf.LinesOf(a.Conditions...))
	}
	return tf.Nested("assert", tf.Set("condition", condition), tf.Set("error_message", a.Message))
}

// Mocks are the providers of a test file; archive is mocked where a module zips a source.
func Mocks(archive bool) []*tf.Block {
	aws := tf.NewBlock("mock_provider", []string{"aws"}, tf.Set("source", tf.String("./tests/mocks")))
	if !archive {
		return []*tf.Block{aws}
	}
	return []*tf.Block{tf.NewBlock("mock_provider", []string{"archive"}), aws}
}

// Test is the module's own test: one run on the samples of its variables. Command is "plan" where prevent_destroy
// guards a resource (Terraform could not tear it down, not even a mock), else "apply".
func (c *Child) Test(comment, run, command string) *tf.Document {
	items := []tf.Item{
		tf.Set("command", tf.Keyword(command)),
		tf.Nested("module", tf.Set("source", tf.String("./"+c.Path))),
		tf.Nested("variables", samples(c.samples)...),
	}
	if command == "apply" {
		items = append(items, c.overrides()...)
	}
	for _, a := range c.asserts {
		items = append(items, a.Block())
	}
	blocks := append(Mocks(c.archive), tf.NewBlock("run", []string{run}, items...))
	for _, r := range c.refused {
		blocks = append(blocks, tf.NewBlock("run", []string{r.run},
			tf.Set("command", tf.Keyword("plan")),
			tf.Nested("module", tf.Set("source", tf.String("./"+c.Path))),
			tf.Nested("variables", samples(withValues(c.samples, r.values))...),
			tf.Set("expect_failures", tf.ListOf(r.variable.Attr())),
		))
	}
	return &tf.Document{Name: "tests/" + strings.TrimPrefix(c.Path, "modules/") + ".tftest.hcl", Comment: comment, Blocks: blocks}
}

// withValues lays values over samples.
func withValues(samples, values map[string]cty.Value) map[string]cty.Value {
	out := maps.Clone(samples)
	maps.Copy(out, values)
	return out
}

// overrides give each role an ARN and each policy document a text of its own: equal mocks would hide a swap.
func (c *Child) overrides() []tf.Item {
	var items []tf.Item
	for _, typ := range []string{"aws_iam_policy_document", "aws_iam_role"} {
		mine := ofType(c.main, typ)
		if len(mine) < 2 {
			continue
		}
		for _, b := range mine {
			if typ == "aws_iam_role" {
				items = append(items, override("override_resource", b, tf.F("arn", tf.String(GlobalARN("iam", "role/"+b.Labels[1])))))
			} else {
				items = append(items, OverrideDocument(b))
			}
		}
	}
	return items
}

func ofType(blocks []*tf.Block, typ string) []*tf.Block {
	var out []*tf.Block
	for _, b := range blocks {
		if b.Labels[0] == typ {
			out = append(out, b)
		}
	}
	return out
}

// OverrideDocument gives a policy document a text of its own in a test.
func OverrideDocument(document *tf.Block) *tf.Block {
	return override("override_data", document, tf.F("json", tf.String(SamplePolicy(document.Labels[1]))))
}

// SamplePolicy is a policy's text that differs from every other one's.
func SamplePolicy(id string) string { return `{"Id":"` + id + `"}` }

func override(kind string, target *tf.Block, answer ...tf.Field) *tf.Block {
	return tf.Nested(kind, tf.Set("target", target.Attr()), tf.Set("values", tf.Fields(answer...)))
}

// samples are the values of a variables block: one-line values first, then the others, each by name.
func samples(values map[string]cty.Value) []tf.Item {
	var flat, tall []tf.Item
	for _, name := range slices.Sorted(maps.Keys(values)) {
		e := Expr(values[name])
		if isTall(e) {
			tall = append(tall, tf.Set(name, e))
		} else {
			flat = append(flat, tf.Set(name, e))
		}
	}
	return append(flat, tall...)
}

// Expr is a known value as an expression: an object one field a line, what is inside it on one line.
func Expr(v cty.Value) tf.Expr { return exprOf(v, false) }

func exprOf(v cty.Value, inline bool) tf.Expr {
	t := v.Type()
	switch {
	case v.IsNull() || t.IsPrimitiveType():
		return tf.Lit{Value: v}
	case t.IsObjectType() || t.IsMapType():
		var fields []tf.Field
		for it := v.ElementIterator(); it.Next(); {
			k, e := it.Element()
			fields = append(fields, tf.F(k.AsString(), exprOf(e, true)))
		}
		return tf.Object{Fields: fields, Inline: inline || len(fields) == 0}
	default:
		var items []tf.Expr
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			items = append(items, exprOf(e, true))
		}
		return tf.List{Items: items}
	}
}

// Mock is a document of values that the real provider accepts too: where it wants an ARN or a policy, a random string is refused.
// Only types that the modules use are in it.
func Mock(modules []*tf.Module) *tf.Document {
	used := map[string]bool{}
	for _, m := range modules {
		for _, d := range m.Documents {
			for _, b := range d.Blocks {
				if b.Type == "data" || b.Type == "resource" {
					used[b.Type+" "+b.Labels[0]] = true
				}
			}
		}
	}
	d := &tf.Document{
		Name:    "tests/mocks/aws.tfmock.hcl",
		Comment: "Values that the real provider accepts too: where it wants an ARN or a policy, a random string is refused.",
	}
	for _, m := range mocks() {
		if used[m.kind+" "+m.typ] {
			d.Blocks = append(d.Blocks, tf.NewBlock("mock_"+m.kind, []string{m.typ}, tf.Set("defaults", tf.Fields(m.fields...))))
		}
	}
	return d
}

type mock struct {
	kind, typ string
	fields    []tf.Field
}

// mocks are sorted by kind and type. A new resource with an ARN that others take needs a row.
func mocks() []mock {
	text := func(name, value string) []tf.Field { return []tf.Field{tf.F(name, tf.String(value))} }
	group := ARN("elasticloadbalancing", "targetgroup/mock/1")
	return []mock{
		{"data", "aws_caller_identity", text("account_id", Account)},
		{"data", "aws_iam_policy_document", text("json", "{}")},
		{"data", "aws_partition", text("partition", "aws")},
		{"data", "aws_region", text("region", Region)},
		{"resource", "aws_appmesh_virtual_node", text("arn", ARN("appmesh", "mesh/mock/virtualNode/mock"))},
		{"resource", "aws_cloudwatch_event_rule", text("arn", ARN("events", "rule/mock"))},
		{"resource", "aws_cloudwatch_log_group", text("arn", ARN("logs", "log-group:mock"))},
		{"resource", "aws_ecs_service", text("arn", ARN("ecs", "service/mock/mock"))},
		{"resource", "aws_ecs_task_definition", text("arn", ARN("ecs", "task-definition/mock:1"))},
		{"resource", "aws_iam_role", text("arn", GlobalARN("iam", "role/mock"))},
		{"resource", "aws_kms_key", text("arn", ARN("kms", "key/mock"))},
		{"resource", "aws_lambda_function", text("arn", ARN("lambda", "function:mock"))},
		{"resource", "aws_lb_listener_rule", text("arn", ARN("elasticloadbalancing", "listener-rule/app/mock/1/2/3"))},
		{"resource", "aws_lb_target_group", []tf.Field{tf.F("arn", tf.String(group)), tf.F("arn_suffix", tf.String("targetgroup/mock/1"))}},
		{"resource", "aws_security_group", text("id", "sg-00000000000000001")},
		{"resource", "aws_service_discovery_service", text("arn", ARN("servicediscovery", "service/srv-mock"))},
		{"resource", "aws_sns_topic", text("arn", ARN("sns", "mock"))},
	}
}
