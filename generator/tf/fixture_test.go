package tf

import (
	"slices"
	"testing"

	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	"github.com/zclconf/go-cty/cty"
)

// fixture is a valid configuration and the blocks that mutations break.
type fixture struct {
	config                                                             *Config
	root, child                                                        *Module
	settings, provider, subnets, listener, vpc, call, arns             *Block
	group, rule, ingress, policy, role, archive, output, locals, ports *Block
	healthCheck, childSettings                                         *Block
}

func valid() *fixture {
	f := &fixture{}
	f.makeChild()
	f.makeRoot()
	f.config = &Config{Modules: []*Module{f.root, f.child}}
	return f
}

func versions(providers ...string) *Block {
	required := Nested("required_providers")
	for _, p := range providers {
		required.Items = append(required.Items, Set(p, Fields(F("source", String("hashicorp/"+p)), F("version", String(">= 6.0")))))
	}
	return Nested("terraform", Set("required_version", String(">= 1.10")), required)
}

func input(name string, t cty.Type, items ...Item) *Block {
	return NewBlock("variable", []string{name}, append([]Item{Set("description", String("What "+name+" is.")), Set("type", TypeOf{t})}, items...)...)
}

func result(name string, value Expr, items ...Item) *Block {
	return NewBlock("output", []string{name}, append([]Item{Set("description", String("What "+name+" is.")), Set("value", value)}, items...)...)
}

func (f *fixture) makeRoot() {
	f.settings = versions("aws", "archive")
	f.provider = NewBlock("provider", []string{"aws"},
		Set("region", String("ap-northeast-1")),
		Nested("default_tags", Set("tags", Fields(F("team", String("commerce"))))),
	)
	f.listener = input("listener_arn", cty.String)
	f.listener.Items = append(f.listener.Items, Nested("validation",
		Set("condition", Fn("can", Fn("regex", String("^arn:"), f.listener.Attr()))),
		Set("error_message", String("No ARN.")),
	))
	f.subnets = input("subnet_ids", cty.Set(cty.String))
	f.vpc = Data("aws_ssm_parameter", "vpc_id", Set("name", String("/network/vpc-id")))
	f.call = NewBlock("module", []string{"groups"},
		Set("source", String("./modules/groups")),
		Set("health_check", Fields(F("interval", Int(15)), F("path", String("/")))),
		Set("listener_arn", f.listener.Attr()),
		Set("name", String("orders")),
		Set("rules", Fields(F("web", Inline(F("port", Int(80)), F("from", String("sg-1")))))),
		Set("vpc_id", f.vpc.Attr("insecure_value")),
	)
	f.arns = result("arn", f.call.Attr("arn"))
	f.root = &Module{}
	f.root.Add("terraform.tf", f.settings, NewBlock("terraform", nil, NewBlock("backend", []string{"s3"}, Set("bucket", String("state")))))
	f.root.Add("main.tf", f.provider, NewBlock("provider", []string{"archive"}), f.vpc, f.call)
	f.root.Add("variables.tf", f.listener, f.subnets)
	f.root.Add("outputs.tf", f.arns, result("path", f.call.Attr("path")))
	f.root.Add("tests/a.tftest.hcl", NewBlock("run", []string{"x"}, Set("nonsense", Keyword("plan"))))
}

func (f *fixture) makeChild() {
	name, vpc, listener := input("name", cty.String), input("vpc_id", cty.String), input("listener_arn", cty.String)
	health := input("health_check", cty.ObjectWithOptionalAttrs(map[string]cty.Type{"interval": cty.Number, "path": cty.String, "matcher": cty.String}, []string{"matcher"}))
	f.ports = input("rules", cty.Map(cty.Object(map[string]cty.Type{"port": cty.Number, "from": cty.String})))
	size := input("size", cty.Number, Set("default", Int(1)))
	f.locals = Nested("locals", Set("weights", Fields(F("blue", Int(100)), F("green", Int(0)))))
	f.healthCheck = Nested("health_check",
		Set("interval", health.Attr("interval")), Set("matcher", health.Attr("matcher")), Set("path", health.Attr("path")))
	f.group = Resource("aws_lb_target_group", "blue",
		Set("name", Join(name.Attr(), String("-blue"))),
		Set("port", Int(80)),
		Set("slow_start", size.Attr()),
		Set("tags", Fields(F("a", String("b")))),
		Set("target_type", String("ip")),
		Set("vpc_id", vpc.Attr()),
		f.healthCheck,
		Nested("lifecycle", Set("prevent_destroy", Bool(true))),
	)
	f.rule = Resource("aws_lb_listener_rule", "this",
		Set("listener_arn", listener.Attr()),
		Set("priority", Int(110)),
		Nested("action", Set("type", String("forward")), Nested("forward",
			Nested("target_group", Set("arn", f.group.Attr("arn")), Set("weight", f.locals.Attr("weights", "blue"))),
			Dynamic("target_group", f.locals.Attr("weights"), Set("arn", Join(f.group.Attr("arn"), It("target_group", "key"))), Set("weight", It("target_group", "value"))),
		)),
		Nested("condition", Nested("host_header", Set("values", Strings("orders.example.com")))),
		Nested("lifecycle", Set("ignore_changes", ListOf(Own("action")))),
	)
	f.ingress = Resource("aws_vpc_security_group_ingress_rule", "this",
		Set("for_each", f.ports.Attr()),
		Set("description", Each("key")),
		Set("from_port", Each("value", "port")),
		Set("ip_protocol", String("tcp")),
		Set("security_group_id", Each("value", "from")),
		Set("to_port", Each("value", "port")),
		Set("cidr_ipv4", String("10.0.0.0/8")),
	)
	f.policy = Data("aws_iam_policy_document", "trust", Nested("statement",
		Set("actions", Strings("sts:AssumeRole")),
		Nested("principals", Set("type", String("Service")), Set("identifiers", Strings("ecs.amazonaws.com"))),
	))
	f.role = Resource("aws_iam_role", "this", Set("assume_role_policy", f.policy.Attr("json")), Set("name", name.Attr()))
	f.archive = Data("archive_file", "source",
		Set("output_path", Join(PathRoot(), String("/x.zip"))), Set("source_file", Join(PathModule(), String("/x.py"))), Set("type", String("zip")))
	f.output = result("arn", f.group.Attr("arn"), Set("depends_on", ListOf(f.ingress.Attr(), f.archive.Attr())))
	f.childSettings = versions("aws", "archive")
	f.child = &Module{Path: "modules/groups"}
	f.child.Add("terraform.tf", f.childSettings)
	f.child.Add("main.tf", f.locals, f.group, f.rule, f.ingress, f.policy, f.role, f.archive)
	f.child.Add("variables.tf", name, vpc, listener, health, f.ports, size)
	f.child.Add("outputs.tf", f.output,
		result("path", First(f.group.Attr("health_check"), "path")),
		result("ports", ForPairs("at", "rule", f.ports.Attr(), func(at, rule Expr) (Expr, Expr) { return at, Dig(rule, "port") })),
		result("hosts", ForEach("c", f.rule.Attr("condition"), func(c Expr) Expr { return Dig(c, "host_header") })),
	)
}

func views(t testing.TB) (aws, archive *schemas.View) {
	t.Helper()
	open := func(provider, constraint string) *schemas.View {
		c, err := version.NewConstraint(constraint)
		if err != nil {
			t.Fatal(err)
		}
		v, err := schemas.Open(provider, c)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	return open("aws", ">= 6.66"), open("archive", ">= 2.8")
}

// put sets an argument of the block anew, or adds it.
func put(b *Block, name string, value Expr) {
	for i, it := range b.Items {
		if a, ok := it.(Attr); ok && a.Name == name {
			b.Items[i] = Set(name, value)
			return
		}
	}
	b.Items = append(b.Items, Set(name, value))
}

// add appends to the block.
func add(b *Block, items ...Item) { b.Items = append(b.Items, items...) }

// drop takes an argument, or the nested blocks of that type, away.
func drop(b *Block, name string) {
	b.Items = slices.DeleteFunc(b.Items, func(it Item) bool {
		switch it := it.(type) {
		case Attr:
			return it.Name == name
		case *Block:
			return it.Type == name
		default:
			return false
		}
	})
}
