package generator

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// exampleText is the blueprint of the golden example.
func exampleText(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(casesFolder(), "example", "blueprint.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// again generates a blueprint, changes its text, and generates anew with what the first run noted.
func again(t *testing.T, text string, replace ...string) diag.List {
	t.Helper()
	options := Options{Memory: map[string]map[string]string{}}
	for _, c := range generated(t, fromText(text)) {
		options.Memory[c.Service.Environment.V] = c.Memory
	}
	if len(options.Memory) == 0 || len(options.Memory["production"]) < 15 {
		t.Fatalf("nothing is noted: %v", options.Memory)
	}
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(text, replace[i]) {
			t.Fatalf("the blueprint has no %q", replace[i])
		}
	}
	_, diags := New().Generate(t.Context(), fromText(strings.NewReplacer(replace...).Replace(text)), "blueprint.yaml", options)
	if diags.HasErrors() {
		t.Fatal(said(diags))
	}
	return slices.DeleteFunc(diags, func(d diag.Diagnostic) bool { return d.Severity != diag.Warning })
}

func TestRemembered(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		replace []string
		code    diag.Code
		at      string   // what the subject covers
		names   []string // resources and values that it names
	}{
		"nothing":  {},
		"in place": {replace: []string{"desired_count: 4", "desired_count: 5", "priority: 110", "priority: 111", "path: /healthcheck", "path: /alive", "cpu: 1024 ", "cpu: 512  "}},
		"an image": {replace: []string{"image: {variable: image}", "image: \"registry.example.com/orders:2\""}},
		"the service": {replace: []string{"\nname: orders ", "\nname: payments "}, code: CodeServiceRenamed, at: "payments",
			names: []string{"was called orders", "module.target_groups_web.aws_lb_target_group.blue", "module.service.aws_ecs_service.this"}},
		"a key of traffic": {replace: []string{"\n  web:", "\n  api:"}, code: CodeRenamed, at: "api",
			names: []string{"web is gone and api is new", "module.target_groups_web.aws_lb_target_group.blue -> module.target_groups_api.aws_lb_target_group.blue", "module.listener_rules_web.aws_lb_listener_rule.production"}},
		"a hook": {replace: []string{"name: warm-up", "name: warm-down"}, code: CodeRenamed, at: "name",
			names: []string{"warm_up is gone and warm_down is new", "module.hook_warm_up.aws_lambda_function.this"}},
		"what replaces a group": {replace: []string{"protocol_version: HTTP1", "protocol_version: HTTP2"}, code: CodeReplaced, at: "web",
			names: []string{"2 resources, for 2 values", "module.target_groups_web.aws_lb_target_group.green: protocol_version was HTTP1, is HTTP2"}},
		"the listener": {replace: []string{"listener_arn: {variable: listener_arn}", "listener_arn: {variable: other_listener_arn}"}, code: CodeReplaced, at: "web",
			names: []string{"module.listener_rules_web.aws_lb_listener_rule.production: listener_arn was var.listener_arn, is var.other_listener_arn"}},
		"the cluster": {replace: []string{"cluster: {variable: cluster_arn}", "cluster: {variable: other_cluster_arn}"}, code: CodeReplaced,
			names: []string{"module.service.aws_ecs_service.this: cluster was var.cluster_arn, is var.other_cluster_arn"}},
		"ignored": {replace: []string{"protocol_version: HTTP1", "protocol_version: HTTP2", "\ntags:", "\nignore: [BG5044]\ntags:"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := exampleText(t)
			found := again(t, text, tc.replace...)
			if tc.code == "" {
				if found != nil {
					t.Error(said(found))
				}
				return
			}
			if len(found) == 0 {
				t.Fatal("no warning")
			}
			now := strings.NewReplacer(tc.replace...).Replace(text)
			for _, d := range found {
				if d.Code != tc.code {
					t.Errorf("%s: %s", d.Code, d.Summary)
				}
				if got := now[d.Subject.Start.Byte:d.Subject.End.Byte]; tc.at != "" && got != tc.at {
					t.Errorf("it points at %q", got)
				}
			}
			for _, want := range tc.names {
				if !strings.Contains(found[0].Summary+"\n"+found[0].Detail, want) {
					t.Errorf("it does not say %q:\n%s\n%s", want, found[0].Summary, found[0].Detail)
				}
			}
		})
	}
}

// TestRemovedIsNotRenamed: what a team takes out, it takes out; what is new is new.
func TestRemovedIsNotRenamed(t *testing.T) {
	t.Parallel()
	text := exampleText(t)
	at := strings.Index(text, "  hooks:")
	end := strings.Index(text[at:], "\n\n") + at
	if at < 0 || end < at {
		t.Fatal("the example has no hooks")
	}
	if found := again(t, text, text[at:end], ""); found != nil {
		t.Error(said(found))
	}
	without := strings.Replace(text, text[at:end], "", 1)
	options := Options{Memory: map[string]map[string]string{"production": generated(t, fromText(without))[0].Memory}}
	if _, diags := New().Generate(t.Context(), fromText(text), "blueprint.yaml", options); strings.Contains(said(diags), "BG504") {
		t.Error(said(diags))
	}
}

// TestTwoHooksRenamed: each old one goes with another new one.
func TestTwoHooksRenamed(t *testing.T) {
	t.Parallel()
	text := exampleText(t)
	const hook = "    - name: warm-up "
	at := strings.Index(text, hook)
	end := at + strings.Index(text[at:], "    # - name: smoke")
	if at < 0 || end < at {
		t.Fatal("the example has no such hook")
	}
	second := strings.Replace(strings.Replace(text[at:end], "warm-up", "settle", 1), "POST_SCALE_UP", "POST_TEST_TRAFFIC_SHIFT", 1)
	found := again(t, text[:end]+second+text[end:], "name: warm-up ", "name: warm ", "name: settle ", "name: rest ")
	var summaries []string
	for _, d := range found {
		summaries = append(summaries, d.Summary)
	}
	for _, want := range []string{"settle is gone and rest is new", "warm_up is gone and warm is new"} {
		if !slices.ContainsFunc(summaries, func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("no warning says %q: %q", want, summaries)
		}
	}
	if len(found) != 2 {
		t.Errorf("%q", summaries)
	}
}

// TestNoMemoryNoWarning: a first run, and a manifest of a bluegen that noted the strategy alone.
func TestNoMemoryNoWarning(t *testing.T) {
	t.Parallel()
	for _, was := range []map[string]string{nil, {}, {"strategy": "rolling"}, {"service": "other"}} {
		_, diags := New().Generate(t.Context(), fromText(exampleText(t)), "blueprint.yaml", Options{Memory: map[string]map[string]string{"production": was}})
		if strings.Contains(said(diags), "BG504") {
			t.Errorf("%v: %s", was, said(diags))
		}
	}
}

// TestMemory is over all good cases: no value of an argument that replaces is lost because it is spelt another way, and what a
// memory says of a resource does not hang on anything but the blueprint.
func TestMemory(t *testing.T) {
	t.Parallel()
	for _, name := range goodCases(t) {
		for i, c := range configurations(t, name) {
			again := configurations(t, name)[i]
			if !maps.Equal(c.Memory, again.Memory) {
				t.Errorf("%s: not the same twice", name)
			}
			for address, text := range c.Memory {
				if strings.HasSuffix(address, ".aws_lb_target_group.blue") && (!strings.Contains(text, "name=") || !strings.Contains(text, "vpc_id=")) {
					t.Errorf("%s: %s: %s", name, address, text)
				}
			}
			if c.Memory[memoryService] != c.Service.Name.V {
				t.Errorf("%s: the service is called %q", name, c.Memory[memoryService])
			}
		}
	}
}

func TestSpelt(t *testing.T) {
	t.Parallel()
	variable := tf.NewBlock("variable", []string{"size"})
	group := tf.Resource("aws_lb_target_group", "blue")
	vpc := tf.Data("aws_vpc", "main")
	call := tf.NewBlock("module", []string{"m"}, tf.Set("size", tf.Fields(tf.F("cpu", tf.Int(256)))))
	for _, tc := range []struct {
		e    tf.Expr
		call *tf.Block
		want string
	}{
		{tf.String("a"), nil, "a"},
		{tf.Int(80), nil, "80"},
		{tf.Bool(true), nil, "true"},
		{tf.Lit{Value: cty.ListVal([]cty.Value{cty.StringVal("a")})}, nil, `["a"]`},
		{tf.Lit{Value: cty.NullVal(cty.String)}, nil, ""},
		{variable.Attr("cpu"), nil, "var.size.cpu"},
		{variable.Attr("cpu"), call, "256"},
		{variable.Attr("memory"), call, ""},
		{variable.Attr("cpu", "more"), call, ""},
		{variable.Attr(), tf.NewBlock("module", []string{"other"}), ""},
		{vpc.Attr("id"), call, "data.aws_vpc.main.id"},
		{group.Attr("arn"), nil, ""},
		{tf.Join(tf.String("/ecs/"), variable.Attr("cpu")), call, "/ecs/256"},
		{tf.Join(tf.String("/ecs/"), group.Attr("name")), call, ""},
		{tf.Fn("tostring", tf.Int(1)), nil, ""},
		{nil, nil, ""},
	} {
		if got, ok := spelt(tc.e, tc.call); got != tc.want || ok != (tc.want != "") {
			t.Errorf("%#v: %q, %t, want %q", tc.e, got, ok, tc.want)
		}
	}
}

// TestRootResources: a root that makes something itself, and a module that is not there, are no surprise.
func TestRootResources(t *testing.T) {
	t.Parallel()
	root := &tf.Module{}
	root.Add("main.tf", tf.Resource("aws_lb_target_group", "mine", tf.Set("name", tf.String("a"))), tf.NewBlock("module", []string{"gone"}, tf.Set("source", tf.String("./modules/gone"))))
	config := &tf.Config{Modules: []*tf.Module{root}}
	now := memory("orders", config, view(t, ">= 6.66"))
	if now["aws_lb_target_group.mine"] != "name=a" || len(now) != 2 {
		t.Errorf("%v", now)
	}
	s := &blueprint.Service{Name: blueprint.At[string]{V: "orders"}}
	found := remembered(map[string]string{memoryService: "orders", "aws_lb_target_group.mine": "name=b&%zz"}, s, config, now)
	if found != nil {
		t.Errorf("a fact that cannot be read says nothing: %s", said(found))
	}
	found = remembered(map[string]string{memoryService: "orders", "aws_lb_target_group.mine": "name=b"}, s, config, now)
	if len(found) != 1 || found[0].Code != CodeReplaced {
		t.Error(said(found))
	}
	if memory("orders", &tf.Config{}, view(t, ">= 6.66"))[memoryService] != "orders" {
		t.Error("an empty configuration has a service all the same")
	}
}
