package tf

import (
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

func TestNothingIsWrongWithAValidConfiguration(t *testing.T) {
	t.Parallel()
	aws, archive := views(t)
	for _, p := range Check(valid().config, aws, archive) {
		t.Errorf("%+v", p)
	}
}

// mutation breaks a valid configuration once; exactly one problem must be told, in that module, at that address.
type mutation struct {
	name     string
	breaks   func(f *fixture)
	module   string
	address  string
	contains string
}

const groups = "modules/groups"

func resourceMutations() []mutation {
	const group, rule = "aws_lb_target_group.blue", "aws_lb_listener_rule.this"
	return []mutation{
		{"unknown argument", func(f *fixture) { put(f.group, "colour", Int(1)) }, groups, group, "colour: there is no such argument"},
		{"unknown argument in a block", func(f *fixture) { put(f.healthCheck, "colour", Int(1)) }, groups, group, "health_check.colour: there is no such argument"},
		{"missing argument", func(f *fixture) {
			drop(f.rule, "priority")
			drop(f.role, "assume_role_policy")
			put(f.role, "description", f.policy.Attr("json"))
		}, groups, "aws_iam_role.this", "assume_role_policy: is required"},
		{"missing argument in a block", func(f *fixture) { add(f.rule, Nested("action")) }, groups, rule, "action.type: is required"},
		{"null where required", func(f *fixture) { put(f.archive, "type", Lit{cty.NullVal(cty.String)}) }, groups, "data.archive_file.source", "type: is required, and null"},
		{"read-only argument", func(f *fixture) { put(f.group, "arn", String("arn:a:b:c:d:e")) }, groups, group, "arn: is read-only"},
		{"set twice", func(f *fixture) { add(f.group, Set("port", Int(81))) }, groups, group, "port: is set twice"},
		{"wrong type", func(f *fixture) { put(f.group, "port", String("eighty")) }, groups, group, "port: wants number"},
		{"list for a text", func(f *fixture) { put(f.healthCheck, "matcher", Strings("200")) }, groups, group, "health_check.matcher: wants string"},
		{"list of lists for a map", func(f *fixture) { put(f.group, "tags", ListOf(Strings("a"))) }, groups, group, "tags: wants map of string"},
		{"wrong type by reference", func(f *fixture) {
			put(f.group, "port", f.rule.Attr("condition"))
			put(f.rule, "priority", f.locals.Attr("weights", "blue"))
			drop(f.rule, "action")
			add(f.rule, Nested("action", Set("type", String("redirect"))))
		}, groups, group, "port: wants number, not set of object"},
		{"too many blocks", func(f *fixture) { add(f.group, Nested("health_check")) }, groups, group, "health_check: at most 1"},
		{"too few blocks", func(f *fixture) { drop(f.rule, "action"); put(f.rule, "priority", f.locals.Attr("weights", "blue")) }, groups, rule, "action: at least 1"},
		{"block for an argument", func(f *fixture) { add(f.group, Nested("tags_all")) }, groups, group, "tags_all: is an argument, not a block"},
		{"argument for a block", func(f *fixture) { put(f.group, "stickiness", ListOf()) }, groups, group, "stickiness: is a block, not an argument"},
		{"unknown block", func(f *fixture) { add(f.group, Nested("colour")) }, groups, group, "colour: there is no such block"},
		{"block with a label", func(f *fixture) {
			add(f.group, NewBlock("stickiness", []string{"a"}, Set("type", String("lb_cookie"))))
		}, groups, group, "stickiness: the block has no labels"},
		{"dynamic without for_each", func(f *fixture) { add(f.group, NewBlock("dynamic", []string{"stickiness"})) }, groups, group, "dynamic: stickiness needs for_each"},
		{"dynamic without content", func(f *fixture) {
			add(f.group, NewBlock("dynamic", []string{"stickiness"}, Set("for_each", Strings("a"))))
		}, groups, group, "dynamic: stickiness needs one content"},
		{"dynamic without a name", func(f *fixture) { add(f.group, Nested("dynamic", Set("for_each", Strings("a")), Nested("content"))) }, groups, group, "dynamic: names one block"},
		{"dynamic of an unknown block", func(f *fixture) { add(f.group, Dynamic("colour", Strings("a"))) }, groups, group, "dynamic: there is no block colour"},
		{"dynamic over a text", func(f *fixture) {
			add(f.group, Dynamic("stickiness", String("a"), Set("type", String("lb_cookie"))))
		}, groups, group, "stickiness: for_each wants a collection"},
		{"unknown argument of a dynamic block", func(f *fixture) {
			add(f.group, Dynamic("stickiness", Strings("a"), Set("type", It("stickiness", "value")), Set("colour", String("blue"))))
		}, groups, group, "stickiness.colour: there is no such argument"},
		{"unknown attribute of a dynamic block's value", func(f *fixture) {
			add(f.group, Dynamic("stickiness", f.ports.Attr(), Set("type", It("stickiness", "value", "colour"))))
		}, groups, group, "stickiness.type: refers to colour"},
		{"missing argument of a dynamic block", func(f *fixture) { add(f.group, Dynamic("stickiness", Strings("a"))) }, groups, group, "stickiness.type: is required"},
		{"timeouts where there are none", func(f *fixture) { add(f.group, Nested("timeouts")) }, groups, group, "timeouts: there is no such block"},
		{"unknown resource type", func(f *fixture) { f.child.Add("main.tf", Resource("aws_blue_green", "x")) }, groups, "aws_blue_green.x", "aws_blue_green"},
		{"unknown provider", func(f *fixture) {
			add(f.childSettings.Items[1].(*Block), Set("null", Fields(F("source", String("hashicorp/null")), F("version", String("> 1")))))
			f.child.Add("main.tf", Resource("null_resource", "x"))
		}, groups, "null_resource.x", "no provider"},
		{"resource as data", func(f *fixture) {
			f.child.Add("main.tf", Data("aws_iam_role_policy", "x"))
			add(f.role, Set("depends_on", ListOf(Data("aws_iam_role_policy", "x").Attr())))
		}, groups, "data.aws_iam_role_policy.x", "aws_iam_role_policy"},
		{"one label", func(f *fixture) { f.child.Add("main.tf", NewBlock("resource", []string{"aws_iam_role"})) }, groups, "resource.aws_iam_role", "2 labels"},
		{"enum", func(f *fixture) { put(f.group, "target_type", String("ipv4")) }, groups, group, `target_type: "ipv4" is none of`},
		{"provider argument", func(f *fixture) { put(f.group, "provider", f.vpc.Attr()) }, groups, group, "provider:"},
		{"ignores what is not there", func(f *fixture) { add(f.role, Nested("lifecycle", Set("ignore_changes", ListOf(Own("colour"))))) }, groups, "aws_iam_role.this", "no argument colour"},
		{"ignores what is read-only", func(f *fixture) { add(f.role, Nested("lifecycle", Set("ignore_changes", ListOf(Own("arn"))))) }, groups, "aws_iam_role.this", "arn is read-only"},
		{"ignores a reference", func(f *fixture) { add(f.role, Nested("lifecycle", Set("ignore_changes", ListOf(f.group.Attr("arn"))))) }, groups, "aws_iam_role.this", "own arguments"},
		{"prevent_destroy by reference", func(f *fixture) { add(f.role, Nested("lifecycle", Set("prevent_destroy", f.ports.Attr()))) }, groups, "aws_iam_role.this", "true or false"},
		{"unknown lifecycle argument", func(f *fixture) { add(f.role, Nested("lifecycle", Set("prevent_destruction", Bool(true)))) }, groups, "aws_iam_role.this", "lifecycle.prevent_destruction"},
		{"unknown lifecycle block", func(f *fixture) { add(f.role, Nested("lifecycle", Nested("condition"))) }, groups, "aws_iam_role.this", "lifecycle.condition"},
		{"precondition without message", func(f *fixture) {
			add(f.role, Nested("lifecycle", Nested("precondition", Set("condition", Bool(true)))))
		}, groups, "aws_iam_role.this", "lifecycle.precondition.error_message: is required"},
		{"lifecycle of data", func(f *fixture) { add(f.policy, Nested("lifecycle", Set("prevent_destroy", Bool(true)))) }, groups, "data.aws_iam_policy_document.trust", "data source"},
		{"for_each over a list", func(f *fixture) {
			put(f.ingress, "for_each", Strings("a"))
			put(f.role, "tags", Fields(F("n", Fn("jsonencode", f.ports.Attr()))))
		}, groups, "aws_vpc_security_group_ingress_rule.this", "for_each: wants a map"},
		{"count of words", func(f *fixture) { put(f.role, "count", String("two")) }, groups, "aws_iam_role.this", "count: wants number"},
	}
}

func referenceMutations() []mutation {
	const group = "aws_lb_target_group.blue"
	stranger := Resource("aws_lb", "elsewhere")
	return []mutation{
		{"dangling reference", func(f *fixture) { put(f.role, "description", stranger.Attr("arn")) }, groups, "aws_iam_role.this", "refers to aws_lb.elsewhere"},
		{"reference into another module", func(f *fixture) { put(f.arns, "value", f.group.Attr("arn")) }, "", "output.arn", "refers to aws_lb_target_group.blue"},
		{"unknown attribute of a reference", func(f *fixture) { put(f.output, "value", f.group.Attr("colour")) }, groups, "output.arn", "refers to colour"},
		{"unknown attribute of a variable", func(f *fixture) { put(f.healthCheck, "timeout", f.ports.Attr("a", "colour")) }, groups, group, "health_check.timeout: refers to colour"},
		{"attribute of a list", func(f *fixture) { put(f.output, "value", f.group.Attr("health_check", "path")) }, groups, "output.arn", "refers to path of list of object"},
		{"attribute of a text", func(f *fixture) { put(f.output, "value", f.group.Attr("arn", "name")) }, groups, "output.arn", "refers to name of string"},
		{"number of a set", func(f *fixture) { put(f.output, "value", First(f.rule.Attr("condition"), "host_header")) }, groups, "output.arn", "one()"},
		{"unknown attribute by splat", func(f *fixture) { put(f.output, "value", Splat{f.rule.Attr("condition"), []string{"colour"}}) }, groups, "output.arn", "refers to colour"},
		{"unknown attribute in a for", func(f *fixture) {
			put(f.output, "value", ForEach("x", f.rule.Attr("condition"), func(x Expr) Expr { return Dig(x, "colour") }))
		}, groups, "output.arn", "refers to colour"},
		{"key of a for as a number", func(f *fixture) {
			put(f.output, "value", ForPairs("at", "x", f.ports.Attr(), func(at, x Expr) (Expr, Expr) { return at, Dig(at, "port") }))
		}, groups, "output.arn", "refers to port of string"},
		{"for over a text", func(f *fixture) { put(f.output, "value", ForEach("x", String("a"), func(x Expr) Expr { return x })) }, groups, "output.arn", "for runs over"},
		{"bound outside of its for", func(f *fixture) { put(f.output, "value", Named{Bound, []string{"x"}}) }, groups, "output.arn", "bound by no"},
		{"each outside of for_each", func(f *fixture) { put(f.role, "description", Each("key")) }, groups, "aws_iam_role.this", "outside of for_each"},
		{"each.colour", func(f *fixture) { put(f.ingress, "description", Each("colour")) }, groups, "aws_vpc_security_group_ingress_rule.this", "each.colour"},
		{"unknown attribute of each.value", func(f *fixture) { put(f.ingress, "description", Each("value", "colour")) }, groups, "aws_vpc_security_group_ingress_rule.this", "refers to colour"},
		{"path.colour", func(f *fixture) { put(f.role, "description", Named{PathValue, []string{"colour"}}) }, groups, "aws_iam_role.this", "path.colour"},
		{"self outside of a postcondition", func(f *fixture) { put(f.role, "description", Self("name")) }, groups, "aws_iam_role.this", "self stands outside"},
		{"self in a precondition", func(f *fixture) { add(f.role, Nested("lifecycle", condition("precondition", Self("name")))) }, groups, "aws_iam_role.this", "self stands outside"},
		{"self without the attribute", func(f *fixture) {
			add(f.role, Nested("lifecycle", condition("postcondition", Self("colour"))))
		}, groups, "aws_iam_role.this", "colour"},
		{"own argument as a value", func(f *fixture) { put(f.role, "description", Own("name")) }, groups, "aws_iam_role.this", "ignore_changes"},
		{"keyword as a value", func(f *fixture) { put(f.role, "description", Keyword("plan")) }, groups, "aws_iam_role.this", "plan"},
		{"unknown local", func(f *fixture) { put(f.role, "description", f.locals.Attr("colour")) }, groups, "aws_iam_role.this", "local.colour"},
		{"unknown attribute of a local", func(f *fixture) { put(f.role, "max_session_duration", f.locals.Attr("weights", "red")) }, groups, "aws_iam_role.this", "refers to red"},
		{"reference to an output", func(f *fixture) { put(f.role, "description", f.output.Attr()) }, groups, "aws_iam_role.this", "nothing can refer"},
		{"reference to itself", func(f *fixture) { put(f.role, "description", f.role.Attr("arn")) }, groups, "aws_iam_role.this", "depends on itself"},
		{"circle", func(f *fixture) {
			put(f.group, "name", f.rule.Attr("arn"))
			put(f.role, "description", f.child.Documents[2].Blocks[0].Attr())
		}, groups, group, "aws_lb_target_group.blue -> aws_lb_listener_rule.this -> aws_lb_target_group.blue"},
		{"depends_on an attribute", func(f *fixture) {
			put(f.output, "depends_on", ListOf(f.ingress.Attr(), f.archive.Attr("id")))
			f.child.Add("main.tf", Nested("locals", Set("x", f.archive.Attr("id"))))
			put(f.role, "tags", Fields(F("x", f.child.Documents[1].Blocks[7].Attr("x"))))
		}, groups, "output.arn", "depends_on: names a whole block"},
		{"depends_on a text", func(f *fixture) { add(f.role, Set("depends_on", Strings("x"))) }, groups, "aws_iam_role.this", "depends_on: must be a list of blocks"},
		{"unknown function", func(f *fixture) { put(f.role, "description", Fn("jsonencoded", Int(1))) }, groups, "aws_iam_role.this", "no function jsonencoded"},
		{"list in a template", func(f *fixture) { put(f.role, "description", Join(String("x"), f.ports.Attr())) }, groups, "aws_iam_role.this", "a text cannot hold"},
		{"and of a list", func(f *fixture) { put(f.group, "proxy_protocol_v2", All(Bool(true), Strings("a"))) }, groups, group, "wants bool"},
		{"text equals a number", func(f *fixture) {
			put(f.group, "proxy_protocol_v2", Equal(f.group.Attr("name"), Int(1)))
			put(f.group, "proxy_protocol_v2", Equal(f.role.Attr("name"), Int(1)))
		}, groups, group, "never equal"},
		{"unknown literal", func(f *fixture) { put(f.role, "description", Lit{cty.UnknownVal(cty.String)}) }, groups, "aws_iam_role.this", "unknown"},
		{"missing expression", func(f *fixture) { put(f.role, "description", Fn("tostring", nil)) }, groups, "aws_iam_role.this", "missing"},
		{"field twice", func(f *fixture) { put(f.role, "tags", Fields(F("a", Int(1)), F("a", Int(2)))) }, groups, "aws_iam_role.this", "tags.a: is set twice"},
	}
}

func moduleMutations() []mutation {
	rules := func(f *fixture, fields ...Field) { put(f.call, "rules", Fields(F("web", Inline(fields...)))) }
	return []mutation{
		{"missing input", func(f *fixture) { drop(f.call, "name") }, "", "module.groups", "name: is an input that the module requires"},
		{"unknown input", func(f *fixture) { put(f.call, "colour", Int(1)) }, "", "module.groups", "colour: the module has no such input"},
		{"wrong input", func(f *fixture) { put(f.call, "name", Strings("a")) }, "", "module.groups", "name: wants string"},
		{"wrong input by reference", func(f *fixture) { put(f.call, "name", f.subnets.Attr()) }, "", "module.groups", "name: wants string, not set of string"},
		{"object lacks an attribute", func(f *fixture) { rules(f, F("port", Int(1))) }, "", "module.groups", `rules: wants map of object`},
		{"object has an attribute too many", func(f *fixture) { rules(f, F("port", Int(1)), F("from", Int(1)), F("to", Int(1))) }, "", "module.groups", "rules.web.to: there is no such attribute"},
		{"undeclared output", func(f *fixture) { put(f.arns, "value", f.call.Attr("colour")) }, "", "output.arn", "refers to colour"},
		{"output of a type that does not fit", func(f *fixture) { put(f.vpc, "name", f.call.Attr("hosts")); put(f.call, "vpc_id", f.vpc.Attr("value")) }, "", "data.aws_ssm_parameter.vpc_id", "name: wants string"},
		{"source that is not there", func(f *fixture) { put(f.call, "source", String("./modules/colour")) }, "", "module.groups", "source: is none"},
		{"source from a registry", func(f *fixture) { put(f.call, "source", String("modules/groups")) }, "", "module.groups", "source: is none"},
		{"block in a call", func(f *fixture) { add(f.call, Nested("colour")) }, "", "module.groups", "colour: there is no such block"},
		{"declared twice", func(f *fixture) { f.root.Add("main.tf", Data("aws_ssm_parameter", "vpc_id", Set("name", String("x")))) }, "", "data.aws_ssm_parameter.vpc_id", "declared twice"},
		{"local declared twice", func(f *fixture) {
			f.child.Add("main.tf", Nested("locals", Set("weights", f.locals.Items[0].(Attr).Value)))
		}, groups, "locals", "weights: is declared twice"},
		{"two modules at one path", func(f *fixture) { f.config.Modules = append(f.config.Modules, &Module{Path: groups}) }, groups, "", "two modules"},
		{"label that is no identifier", func(f *fixture) { f.root.Add("outputs.tf", result("a b", Int(1))) }, "", "output.a b", "no identifier"},
		{"unused variable", func(f *fixture) {
			f.child.Add("variables.tf", input("colour", cty.String, Set("default", String("red"))))
		}, groups, "var.colour", "never used"},
		{"unused data source", func(f *fixture) { f.root.Add("main.tf", Data("aws_region", "current")) }, "", "data.aws_region.current", "never used"},
		{"unused local", func(f *fixture) { add(f.locals, Set("x", Int(1))) }, groups, "locals", "x: is declared but never used"},
		{"variable without type", func(f *fixture) { drop(f.subnets, "type") }, "", "var.subnet_ids", "type: is required"},
		{"type as a text", func(f *fixture) { put(f.subnets, "type", String("string")) }, "", "var.subnet_ids", "type: must be a type"},
		{"variable without description", func(f *fixture) { drop(f.subnets, "description") }, "", "var.subnet_ids", "description: is required"},
		{"empty description", func(f *fixture) { put(f.subnets, "description", String(" ")) }, "", "var.subnet_ids", "description: must be a text"},
		{"default of another type", func(f *fixture) { put(f.subnets, "default", String("a")) }, "", "var.subnet_ids", "default: wants set of string"},
		{"unknown argument of a variable", func(f *fixture) { put(f.subnets, "colour", Int(1)) }, "", "var.subnet_ids", "colour: there is no such argument"},
		{"validation without message", func(f *fixture) { add(f.subnets, Nested("validation", Set("condition", Bool(true)))) }, "", "var.subnet_ids", "validation.error_message: is required"},
		{"output without value", func(f *fixture) { drop(f.arns, "value") }, "", "output.arn", "value: is required"},
		{"output without description", func(f *fixture) { drop(f.arns, "description") }, "", "output.arn", "description: is required"},
		{"unknown provider argument", func(f *fixture) { put(f.provider, "colour", Int(1)) }, "", "provider.aws", "colour: there is no such argument"},
		{"provider not required", func(f *fixture) { drop(f.childSettings.Items[1].(*Block), "archive") }, groups, "data.archive_file.source", "required_providers lack archive"},
		{"no version", func(f *fixture) {
			put(f.settings.Items[1].(*Block), "aws", Fields(F("source", String("hashicorp/aws"))))
		}, "", "terraform", "required_providers.aws.version: is required"},
		{"bad version", func(f *fixture) { put(f.settings, "required_version", String("one")) }, "", "terraform", "no version constraint"},
		{"backend in a child", func(f *fixture) { add(f.childSettings, NewBlock("backend", []string{"s3"})) }, groups, "terraform", "only the root"},
		{"reference in a backend", func(f *fixture) { add(f.settings, NewBlock("backend", []string{"s3"}, Set("key", f.listener.Attr()))) }, "", "terraform", "backend.key: a backend takes literals only"},
		{"block that is never written", func(f *fixture) { f.root.Add("main.tf", Nested("moved")) }, "", "moved", "no block that bluegen writes"},
	}
}

func TestEachMistakeIsToldOnce(t *testing.T) {
	t.Parallel()
	aws, archive := views(t)
	all := append(append(resourceMutations(), referenceMutations()...), moduleMutations()...)
	for _, m := range all {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			f := valid()
			m.breaks(f)
			got := Check(f.config, aws, archive)
			if len(got) != 1 {
				t.Fatalf("got %d problems, want one about %q: %+v", len(got), m.contains, got)
			}
			p := got[0]
			if p.Module != m.module || p.Address != m.address || !strings.Contains(p.Message, m.contains) {
				t.Errorf("got %+v\nwant %s %s: … %s …", p, m.module, m.address, m.contains)
			}
		})
	}
}

func TestNoViewsKnowNothing(t *testing.T) {
	t.Parallel()
	got := Check(&Config{Modules: []*Module{{Documents: []*Document{document(Resource("aws_lb", "this"), versions("aws"))}}}}, nil, nil)
	if len(got) != 1 || got[0].Address != "aws_lb.this" {
		t.Errorf("got %+v", got)
	}
}

func TestRepeatedBlocksAreReadByKey(t *testing.T) {
	t.Parallel()
	aws, archive := views(t)
	f := valid()
	put(f.output, "value", f.ingress.Attr("web", "arn"))
	put(f.role, "count", Int(2))
	f.child.Add("outputs.tf", result("roles", Splat{f.role.Attr(), []string{"arn"}}), result("role", f.role.Attr("0", "arn")))
	for _, p := range Check(f.config, aws, archive) {
		t.Errorf("%+v", p)
	}
}

// condition is a pre- or postcondition that compares a value with a text.
func condition(typ string, value Expr) *Block {
	return Nested(typ, Set("condition", Equal(value, String("x"))), Set("error_message", String("It is not.")))
}

// TestSelf: a postcondition may look at the resource it stands in.
func TestSelf(t *testing.T) {
	t.Parallel()
	f := valid()
	add(f.role, Nested("lifecycle", condition("postcondition", Self("name"))))
	aws, archive := views(t)
	if problems := Check(f.config, aws, archive); len(problems) > 0 {
		t.Error(problems)
	}
}
