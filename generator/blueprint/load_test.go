package blueprint_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
)

func load(t testing.TB, text string) ([]*blueprint.Service, diag.List) {
	t.Helper()
	fsys := fstest.MapFS{
		"blueprint.yaml":         {Data: []byte(text)},
		"hooks/check.py":         {Data: []byte("def handler(event, context): pass\n")},
		"terraform/modules/x.py": {Data: []byte("")},
	}
	return blueprint.Load(fsys, "blueprint.yaml")
}

func example(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func where(line, column, byte, toLine, toColumn, toByte int) hcl.Range {
	return hcl.Range{Filename: "blueprint.yaml",
		Start: hcl.Pos{Line: line, Column: column, Byte: byte}, End: hcl.Pos{Line: toLine, Column: toColumn, Byte: toByte}}
}

func TestLoadExample(t *testing.T) {
	t.Parallel()
	services, diags := load(t, example(t))
	if diags != nil {
		t.Fatalf("the example has mistakes: %+v", diags)
	}
	if len(services) != 2 || services[0].Environment.V != "production" || services[1].Environment.V != "staging" {
		t.Fatalf("want production and staging, got %d services", len(services))
	}
	for i, want := range []struct {
		count int
		bake  time.Duration
	}{{4, 3 * time.Minute}, {1, time.Minute}} {
		s := services[i]
		if s.Service.DesiredCount.V != want.count || s.ECS.Deployment.BakeTime.V != want.bake {
			t.Errorf("%s: %d tasks, bake time %s", services[i].Environment.V, s.Service.DesiredCount.V, s.ECS.Deployment.BakeTime.V)
		}
		if got := s.ECS.Traffic[0].V.ALB.Test.When[1].HTTPHeader.Values[0].V; got != "1" {
			t.Errorf("header value %q", got)
		}
		if got := services[i].Terraform.Provider.AllowedAccountIDs[0].V; got != "012345670123" {
			t.Errorf("account %q", got)
		}
	}
}

// TestRead: what is no blueprint at all.
func TestRead(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"folder/blueprint.yaml": {Data: []byte("x")},
		"pipe":                  {Mode: fs.ModeNamedPipe},
		"empty.yaml":            {},
		"comments.yaml":         {Data: []byte("# nothing\n\n")},
		"null.yaml":             {Data: []byte("---\n~\n")},
		"list.yaml":             {Data: []byte("- version: 1\n")},
		"text.yaml":             {Data: []byte("orders\n")},
		"newer.yaml":            {Data: []byte("version: 2\nname: [x]\nengine: lambda\nengine: *x\n")},
		"newer2.yaml":           {Data: []byte("stages: {a: &b c}\nversion: 10\nstages: x\n")},
		"quoted.yaml":           {Data: []byte("version: \"1\"\nname: a\nengine: ecs\n")},
		"older.yaml":            {Data: []byte("version: 0\nname: a\nengine: ecs\n")},
		"engine.yaml":           {Data: []byte("version: 1\nname: a\nengine: appmesh\nmesh: {}\ntraffic: {}\n")},
		"bare.yaml":             {Data: []byte("{}")},
		"latin.yaml":            {Data: []byte("version: 1\nname: caf\xe9\n")},
		"utf16.yaml":            {Data: []byte("\xff\xfev\x00e\x00")},
		"control.yaml":          {Data: []byte("version: 1\nname: a\x07b\n")},
		"separator.yaml":        {Data: []byte("version: 1\nname: a # \u2028 b\n")},
		"return.yaml":           {Data: []byte("version: 1\rname: a\n")},
		"mark.yaml":             {Data: []byte("version: 1\n\uFEFFname: a\n")},
		"merge.yaml":            {Data: []byte("version: 1\r\n<<<<<<< HEAD\r\nname: a\n=======\nname: b\n>>>>>>> main\n>>>>>>>\n")},
	}
	for name, want := range map[string][]string{
		"absent.yaml":    {`0:0-0:0 BG1001 there is no blueprint "absent.yaml"`},
		"folder":         {`0:0-0:0 BG1002 "folder" is not a file`},
		"pipe":           {`0:0-0:0 BG1002 "pipe" is not a file`},
		"empty.yaml":     {`1:1-1:1 BG1013 the blueprint is empty`},
		"comments.yaml":  {`1:1-1:1 BG1013 the blueprint is empty`},
		"null.yaml":      {`1:1-1:1 BG1013 the blueprint is empty`},
		"list.yaml":      {`1:1-1:2 BG1102 the blueprint must be a mapping, not a list`},
		"text.yaml":      {`1:1-1:7 BG1102 the blueprint must be a mapping, not "orders"`},
		"newer.yaml":     {`4:9-4:11 BG1007 an alias`},
		"newer2.yaml":    {`2:10-2:12 BG1014 the blueprint has version 10, this bluegen reads version 1`},
		"quoted.yaml":    {`1:10-1:13 BG1104 version must be a whole number, not "1"`},
		"older.yaml":     {`1:10-1:11 BG1107 version must be 1, not 0`},
		"engine.yaml":    {`1:1-1:1 BG1110 the blueprint lacks colours`, `5:1-5:8 BG1131 traffic belongs to engine: ecs, this is engine: appmesh`},
		"bare.yaml":      {`1:1-1:1 BG1110 the blueprint lacks engine`, `1:1-1:1 BG1110 the blueprint lacks name`, `1:1-1:1 BG1110 the blueprint lacks version`},
		"latin.yaml":     {`2:10-2:11 BG1004 byte 0xe9 is not UTF-8`},
		"utf16.yaml":     {`1:1-1:2 BG1004 byte 0xff is not UTF-8`},
		"control.yaml":   {`2:8-2:9 BG1005 the control character U+0007`},
		"separator.yaml": {`2:11-2:12 BG1005 the control character U+2028`},
		"return.yaml":    {`1:11-1:12 BG1005 the control character U+000D`},
		"mark.yaml":      {`2:1-2:2 BG1005 the control character U+FEFF`},
		"merge.yaml":     {`2:1-2:13 BG1015 an unresolved merge <- 6:1-6:13`, `7:1-7:8 BG1015 an unresolved merge`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, diags := blueprint.Load(fsys, name)
			if diff := cmp.Diff(want, lines(diags)); diff != "" {
				t.Error(diff)
			}
			for _, d := range diags {
				checkDiagnostic(t, d)
			}
		})
	}
}

// TestManners: line ends of Windows, a byte order mark and a missing last newline change nothing but bytes.
func TestManners(t *testing.T) {
	t.Parallel()
	text := example(t)
	want, diags := load(t, text)
	if diags != nil {
		t.Fatal(diags)
	}
	mark := "\uFEFF"
	for name, other := range map[string]string{
		"CRLF":                  strings.ReplaceAll(text, "\n", "\r\n"),
		"BOM":                   mark + text,
		"both":                  mark + strings.ReplaceAll(text, "\n", "\r\n"),
		"no last newline":       strings.TrimSuffix(text, "\n"),
		"document start":        strings.Replace(text, "version: 1", "--- # the blueprint\nversion: 1", 1),
		"blank lines at an end": text + "\n\n  \n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, diags := load(t, other)
			if diags != nil {
				t.Fatal(diags)
			}
			moved := name == "document start"
			if diff := cmp.Diff(want, got, cmp.Transformer("place", func(r hcl.Range) [4]int {
				if moved {
					return [4]int{}
				}
				return [4]int{r.Start.Line, r.Start.Column, r.End.Line, r.End.Column}
			})); diff != "" {
				t.Error(diff)
			}
		})
	}
	services, _ := load(t, mark+"version: 1\r\nname: orders\r\nengine: ecs\r\n")
	if got, want := services[0].Name.Range, where(2, 7, 21, 2, 13, 27); got != want {
		t.Errorf("name is at %#v, want %#v", got, want)
	}
}

// TestDefaults: what is not written has the range of the nearest written parent.
func TestDefaults(t *testing.T) {
	t.Parallel()
	services, diags := load(t, head+"network: {}\ntraffic:\n  web:\n    alb:\n      production: {priority: 1, when: [{host_header: [a]}]}\n")
	if diags != nil {
		t.Fatal(diags)
	}
	s := services[0]
	document, web, alb := where(1, 1, 0, 1, 1, 0), where(6, 3, 59, 6, 6, 62), where(7, 5, 68, 7, 8, 71)
	traffic := s.ECS.Traffic[0].V
	for name, c := range map[string]struct{ got, want any }{
		"environment":    {s.Environment, blueprint.At[string]{Range: document, Default: true}},
		"file":           {s.File, "blueprint.yaml"},
		"directory":      {s.Terraform.Directory, blueprint.At[string]{V: "terraform", Range: document, Default: true}},
		"provider":       {s.Terraform.Provider.Node, blueprint.Node{Range: document, Default: true}},
		"backend":        {s.Terraform.Backend, (*blueprint.Backend)(nil)},
		"retention":      {s.Logs.RetentionDays, blueprint.At[int]{V: 30, Range: document, Default: true}},
		"bake time":      {s.ECS.Deployment.BakeTime, blueprint.At[time.Duration]{V: 5 * time.Minute, Range: document, Default: true}},
		"wait":           {s.ECS.Deployment.Wait, blueprint.At[bool]{V: true, Range: document, Default: true}},
		"vpc":            {s.Network.VPCID, blueprint.Value[string]{Range: where(4, 1, 36, 4, 8, 43)}},
		"network":        {s.Network.Node, blueprint.Node{Range: where(4, 1, 36, 4, 8, 43)}},
		"traffic's key":  {s.ECS.Traffic[0].Key, blueprint.At[string]{V: "web", Range: web}},
		"container":      {traffic.Container, blueprint.At[string]{Range: web, Default: true}},
		"alb":            {traffic.ALB.Node, blueprint.Node{Range: alb}},
		"matcher":        {traffic.ALB.TargetGroup.HealthCheck.Matcher, blueprint.At[string]{V: "200", Range: alb, Default: true}},
		"test":           {traffic.ALB.Test, (*blueprint.TestRule)(nil)},
		"a timeout":      {s.ECS.Deployment.Timeouts.Create, blueprint.At[time.Duration]{Range: document, Default: true}},
		"the conditions": {traffic.ALB.Production.When[0].HostHeader, []blueprint.At[string]{{V: "a", Range: where(8, 55, 127, 8, 56, 128)}}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestValues reads every source of a value.
func TestValues(t *testing.T) {
	t.Parallel()
	services, diags := load(t, head+`network:
  vpc_id: {lookup: {tags: {b: 2, a: one}}}
  subnet_ids: [subnet-1, 012]
  security_group_ids:
    lookup: {name: tasks}
service: {cluster: "arn:aws:ecs:eu-west-1:012345670123:cluster/main"}
logs: {kms_key_arn: {variable: key_arn}}
roles: {permissions_boundary: {ssm: /iam/boundary}}
traffic:
  web: {alb: {listener_arn: {lookup: {load_balancer: shared, port: 443}}, production: {priority: 1, when: [{host_header: [a]}]}}}
`)
	if diags != nil {
		t.Fatal(diags)
	}
	s := services[0]
	type value struct {
		From   blueprint.Source
		V      any
		Name   string
		Query  string
		Line   int
		Column int
	}
	text := func(q blueprint.Query) string {
		text := fmt.Sprintf("%s|%s|%d", q.Name, q.LoadBalancer, q.Port)
		for _, p := range q.Tags {
			text += fmt.Sprintf("|%s=%s", p.Key.V, p.Value.V)
		}
		return text
	}
	of := func(v blueprint.Value[string]) value {
		return value{v.From, v.V, v.Name, text(v.Lookup), v.Range.Start.Line, v.Range.Start.Column}
	}
	many := func(v blueprint.Value[[]string]) value {
		return value{v.From, strings.Join(v.V, " "), v.Name, text(v.Lookup), v.Range.Start.Line, v.Range.Start.Column}
	}
	got := []value{of(s.Network.VPCID), many(s.Network.SubnetIDs), many(s.Network.SecurityGroupIDs), of(s.Service.Cluster),
		of(s.Logs.KMSKeyARN), of(s.Roles.PermissionsBoundary), of(s.ECS.Traffic[0].V.ALB.ListenerARN)}
	want := []value{
		{blueprint.Lookup, "", "", "||0|a=one|b=2", 5, 11},
		{blueprint.Literal, "subnet-1 012", "", "||0", 6, 15},
		{blueprint.Lookup, "", "", "tasks||0", 7, 3},
		{blueprint.Literal, "arn:aws:ecs:eu-west-1:012345670123:cluster/main", "", "||0", 9, 20},
		{blueprint.Variable, "", "key_arn", "||0", 10, 21},
		{blueprint.SSM, "", "/iam/boundary", "||0", 11, 31},
		{blueprint.Lookup, "", "", "|shared|443", 13, 29},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestHandler: Folder says what the path is, and a link out is refused by the file system.
func TestHandler(t *testing.T) {
	t.Parallel()
	services, diags := load(t, head+`deployment:
  hooks:
    - {name: a, kind: code, path: ./hooks/check.py, handler: check.handler, stages: [PRE_SCALE_UP]}
    - {name: b, kind: code, path: hooks/, handler: check.handler, stages: [PRE_SCALE_UP]}
    - {name: c, kind: wait, for: 90s, stages: [PRE_SCALE_UP]}
`)
	if diags != nil {
		t.Fatal(diags)
	}
	hooks := services[0].ECS.Deployment.Hooks
	if hooks[0].Path.V != "hooks/check.py" || hooks[0].Folder || hooks[1].Path.V != "hooks" || !hooks[1].Folder {
		t.Errorf("%+v", hooks)
	}
	if hooks[0].Timeout.V != time.Minute || hooks[0].For.V != 0 || hooks[2].For.V != 90*time.Second || hooks[2].Runtime.V != "" {
		t.Error("the keys of the kinds are mixed up")
	}

	dir := t.TempDir()
	text := head + "deployment: {hooks: [{name: a, kind: code, path: link.py, handler: a.b, stages: [PRE_SCALE_UP]}]}\n"
	if err := errors.Join(os.WriteFile(dir+"/blueprint.yaml", []byte(text), 0o600), os.Symlink("/etc/hosts", dir+"/link.py")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := root.Close(); err != nil {
			t.Error(err)
		}
	})
	_, diags = blueprint.Load(root.FS(), "blueprint.yaml")
	if diff := cmp.Diff([]string{`4:50-4:57 BG1116 the handler "link.py" cannot be read`}, lines(diags)); diff != "" {
		t.Error(diff)
	}
}
