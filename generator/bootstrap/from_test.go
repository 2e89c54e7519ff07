package bootstrap_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/bootstrap"
	"bluegen/generator/tf"
)

func copied(t *testing.T, names ...string) []tf.File {
	t.Helper()
	var out []tf.File
	for _, name := range names {
		out = append(out, tf.File{Path: name, Data: []byte(name)})
	}
	return out
}

const orders = `# The team's own words about orders stay.
version: 1
name:   "orders"   # of orders
engine: ecs
terraform:
  backend: {s3: {bucket: example-tfstate, region: eu-west-1, key: shop/main.tfstate}}
service:
  task:
    containers: [{name: app, port: 8080}]
traffic:
  web:
    alb:
      production: {priority: 20, when: [{host_header: [orders.example.com]}]}
      test: {priority: 10, when: [{host_header: [preorders.example.com]}]}
deployment:
  hooks:
    - {name: smoke, kind: code, path: ./handlers/smoke.py, handler: smoke.lambda_handler, stages: [POST_SCALE_UP]}
    - {name: all, kind: code, path: handlers, handler: smoke.lambda_handler, stages: [PRE_SCALE_UP]}
`

func source(text string) fstest.MapFS {
	return fstest.MapFS{
		"orders.yaml": {Data: []byte(text)}, "handlers/smoke.py": {Data: []byte("smoke")}, "handlers/lib/x.py": {Data: []byte("x")},
		"handlers/link": {Mode: fs.ModeSymlink}, "handlers.py": {Data: []byte("not named")},
	}
}

// Every byte but those of the name stays, and the handlers come with it, each once, links left behind.
func TestFromKeepsTheText(t *testing.T) {
	t.Parallel()
	draft, diags := bootstrap.From(bootstrap.Copy{FS: source(orders), File: "orders.yaml", Name: "carts"})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if want := strings.Replace(orders, `"orders"`, "carts", 1); string(draft.Blueprint) != want {
		t.Errorf("got\n%s", draft.Blueprint)
	}
	var names []string
	for _, h := range draft.Handlers {
		names = append(names, h.Path+"="+string(h.Data))
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "handlers/lib/x.py=x handlers/smoke.py=smoke" {
		t.Errorf("handlers: %s", got)
	}
}

// The state's key, the priorities and the lines with the old name: each once, in the order of the file, and no comment's.
func TestFromWarnsOfWhatIsTheOthers(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]int{"carts": {6, 13, 14}, "orders-v2": {6, 13, 14}} {
		_, diags := bootstrap.From(bootstrap.Copy{FS: source(orders), File: "orders.yaml", Name: name})
		if len(diags) != 1 || diags[0].Code != "BG3052" {
			t.Fatalf("%s: %v", name, diags)
		}
		lines := []int{diags[0].Subject.Start.Line}
		for _, r := range diags[0].Related {
			lines = append(lines, r.Start.Line)
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%s: lines %v, want %v", name, lines, want)
		}
	}
	worker := "version: 1\nname: mailer\nengine: ecs\nservice: {task: {containers: [{name: app}]}}\ndeployment: {strategy: rolling}\n"
	if _, diags := bootstrap.From(bootstrap.Copy{FS: source(worker), File: "orders.yaml", Name: "sender"}); diags != nil {
		t.Errorf("nothing of the worker is its alone: %v", diags)
	}
}

func TestFromRefuses(t *testing.T) {
	t.Parallel()
	if _, diags := bootstrap.From(bootstrap.Copy{FS: source("version: 1\nname: x\n"), File: "orders.yaml", Name: "carts"}); !diags.HasErrors() {
		t.Error("a blueprint with errors is copied")
	}
	if _, diags := bootstrap.From(bootstrap.Copy{FS: source(orders), File: "none.yaml", Name: "carts"}); !diags.HasErrors() {
		t.Error("a blueprint that is not there is copied")
	}
	many := source(orders)
	for i := range 1001 {
		many["handlers/"+strings.Repeat("x", i%50)+string(rune('a'+i%26))+strings.Repeat("y", i/50)] = &fstest.MapFile{Data: []byte("x")}
	}
	draft, diags := bootstrap.From(bootstrap.Copy{FS: many, File: "orders.yaml", Name: "carts"})
	if len(many) > 1001 && (!diags.HasErrors() || draft.Blueprint != nil) {
		t.Errorf("a folder of %d files is copied", len(many))
	}
}
