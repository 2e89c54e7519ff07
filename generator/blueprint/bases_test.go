package blueprint_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp"
)

const orders = "services/orders/blueprint.yaml"

// files is a repository of texts.
func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// TestBases: bases from the first to the last, then the blueprint, then the environment; every leaf points to the file that said it.
func TestBases(t *testing.T) {
	t.Parallel()
	b, diags := blueprint.NewReader().Read(files(map[string]string{
		"platform.yaml": "engine: ecs\ntags: {team: platform, tier: \"1\", cost: a}\nnetwork: {vpc_id: {ssm: /vpc}, subnet_ids: [subnet-1]}\n" +
			"logs: {retention_days: 90}\nenvironments:\n  staging: {logs: {retention_days: 7}}\n  production: {tags: {stage: p}}\n  spare: {}\n",
		"services/team.yaml": "extends: ../platform.yaml\ntags: {team: commerce, cost: ~}\nnetwork: {security_group_ids: [sg-1]}\n",
		"small.yaml":         "network: {subnet_ids: [subnet-2]}\nservice: {desired_count: 2}\n",
		orders: "version: 1\nextends: [../team.yaml, ../../small.yaml]\nname: orders\ntags: {tier: \"2\"}\n" +
			"environments: {staging: {service: {desired_count: 1}}, production: {}, spare: null}\n" +
			"traffic: {web: {alb: {production: {priority: 1, when: [{host_header: [a]}]}}}}\n",
	}), orders)
	if diags != nil {
		t.Fatal(lines(diags))
	}
	if diff := cmp.Diff([]string{"services/team.yaml", "platform.yaml", "small.yaml"}, b.Bases); diff != "" || b.Unnamed {
		t.Errorf("bases %s, unnamed %t", diff, b.Unnamed)
	}
	var got []string
	for _, s := range b.Services {
		for _, p := range s.Tags {
			got = append(got, fmt.Sprintf("%s: tag %s=%s at %s:%d", s.Environment.V, p.Key.V, p.Value.V, p.Value.Range.Filename, p.Value.Range.Start.Line))
		}
		n := s.Network
		got = append(got,
			fmt.Sprintf("vpc at %s, subnets %v, groups at %s", n.VPCID.Range.Filename, n.SubnetIDs.V, n.SecurityGroupIDs.Range.Filename),
			fmt.Sprintf("retention %d at %s:%d", s.Logs.RetentionDays.V, s.Logs.RetentionDays.Range.Filename, s.Logs.RetentionDays.Range.Start.Line),
			fmt.Sprintf("count %d at %s, environment at %s, file %s", s.Service.DesiredCount.V, s.Service.DesiredCount.Range.Filename, s.Environment.Range.Filename, s.File),
		)
	}
	want := []string{
		"production: tag stage=p at ../../platform.yaml:7", "production: tag team=commerce at ../team.yaml:2", "production: tag tier=2 at blueprint.yaml:4",
		"vpc at ../../platform.yaml, subnets [subnet-2], groups at ../team.yaml",
		"retention 90 at ../../platform.yaml:4",
		"count 2 at ../../small.yaml, environment at blueprint.yaml, file blueprint.yaml",
		"staging: tag team=commerce at ../team.yaml:2", "staging: tag tier=2 at blueprint.yaml:4",
		"vpc at ../../platform.yaml, subnets [subnet-2], groups at ../team.yaml",
		"retention 7 at ../../platform.yaml:6",
		"count 1 at blueprint.yaml, environment at blueprint.yaml, file blueprint.yaml",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// rest is what a service needs beside its name; small is a whole one.
const (
	rest  = "traffic: {web: {alb: {production: {priority: 1, when: [{host_header: [a]}]}}}}\n"
	small = head + rest
)

// placedIn is a diagnostic with the file that it points to.
func placedIn(diags diag.List) []string {
	out := []string{}
	for _, d := range diags {
		text := d.Subject.Filename + " " + line(d)
		for _, r := range d.Related {
			text += " " + r.Filename
		}
		out = append(out, text)
	}
	return out
}

// TestBaseMistakes: whatever is wrong with a base is said once, at the file that said it.
func TestBaseMistakes(t *testing.T) {
	t.Parallel()
	chain := map[string]string{orders: small + "extends: ../../b0.yaml\n"}
	for i := range 11 {
		chain[fmt.Sprintf("b%d.yaml", i)] = fmt.Sprintf("extends: b%d.yaml\n", i+1)
	}
	chain["b11.yaml"] = "{}"
	wide := map[string]string{orders: small + "extends: [../../b0.yaml]\n", "b4.yaml": "{}"}
	for i := range 4 { // every file is extended by sixteen of one level: paths that differ are files that differ
		var list []string
		for j := range 16 {
			name := fmt.Sprintf("b%d-%d.yaml", i, j)
			wide[name] = fmt.Sprintf("extends: b%d.yaml\n", i+1)
			list = append(list, name)
		}
		wide[fmt.Sprintf("b%d.yaml", i)] = "extends: [" + strings.Join(list, ", ") + "]\n"
	}
	large := "tags: {a: \"" + strings.Repeat("x", 600_000) + "\"}\n"
	many := "network: {subnet_ids: [" + strings.Repeat("a,", 60_000) + "]}\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"missing": {map[string]string{orders: small + "extends: platform.yaml\n"}, []string{`blueprint.yaml 5:10-5:23 BG1118 the base "platform.yaml" cannot be read`}},
		"folder":  {map[string]string{orders: small + "extends: ../../lib\n", "lib/x": ""}, []string{`blueprint.yaml 5:10-5:19 BG1118 the base "../../lib" cannot be read`}},
		"missing, by a base": {map[string]string{orders: small + "extends: ../../a.yaml\n", "a.yaml": "extends: [sub/b.yaml]\n"},
			[]string{`../../a.yaml 1:11-1:21 BG1118 the base "../../sub/b.yaml" cannot be read`}},
		"outside":    {map[string]string{orders: small + "extends: ../../../platform.yaml\n"}, []string{`blueprint.yaml 5:10-5:32 BG1119 the base "../../../platform.yaml" lies outside of the repository`}},
		"absolute":   {map[string]string{orders: small + "extends: /platform.yaml\n"}, []string{`blueprint.yaml 5:10-5:24 BG1109 extends cannot be "/platform.yaml"`}},
		"address":    {map[string]string{orders: small + "extends: https://example.com/platform.yaml\n"}, []string{`blueprint.yaml 5:10-5:43 BG1109 extends cannot be "https://example.com/platform.yaml"`}},
		"number":     {map[string]string{orders: small + "extends: {a: b}\n"}, []string{`blueprint.yaml 5:10-5:16 BG1102 extends must be a list, not a mapping`}},
		"empty list": {map[string]string{orders: small + "extends: []\n"}, []string{`blueprint.yaml 5:10-5:12 BG1111 extends is empty`}},
		"nothing": {map[string]string{orders: small + "extends: [~, [a], ../../a.yaml]\n", "a.yaml": "{}"},
			[]string{`blueprint.yaml 5:11-5:12 BG1102 an item of extends is nothing`, `blueprint.yaml 5:14-5:17 BG1102 an item of extends must be a single value, not a list`}},
		"twice": {map[string]string{orders: small + "extends: [../../a.yaml, ../../services/../a.yaml]\n", "a.yaml": "{}"},
			[]string{`blueprint.yaml 5:25-5:49 BG1114 extends has "../../services/../a.yaml" twice <- 5:11-5:23 blueprint.yaml`}},
		"itself": {map[string]string{orders: small + "extends: blueprint.yaml\n"}, []string{`blueprint.yaml 5:10-5:24 BG1120 "blueprint.yaml" extends itself`}},
		"circle": {map[string]string{orders: small + "extends: ../../a.yaml\n", "a.yaml": "extends: services/b.yaml\n", "services/b.yaml": "extends: ../a.yaml\n"},
			[]string{`../b.yaml 1:10-1:19 BG1120 "../../a.yaml" extends itself <- 1:10-1:25 ../../a.yaml`}},
		"too long a chain": {chain, []string{`../../b9.yaml 1:10-1:18 BG1121 more than 64 bases, or a chain of more than 10`}},
		"too many in a list": {map[string]string{orders: small + "extends: [" + strings.Repeat("a, ", 17) + "]\n"},
			[]string{`blueprint.yaml 5:10-5:63 BG1121 extends names more than 16 bases`}},
		"too large together": {map[string]string{orders: small + "extends: [a.yaml, b.yaml]\n", "services/orders/a.yaml": large, "services/orders/b.yaml": large},
			[]string{`blueprint.yaml 5:19-5:25 BG1121 the bases are larger than 1 MiB together`}},
		"too many values together": {map[string]string{orders: small + "extends: [a.yaml, b.yaml]\n", "services/orders/a.yaml": many, "services/orders/b.yaml": many},
			[]string{`blueprint.yaml 5:19-5:25 BG1121 the bases hold more than 100000 values together`}},
		"in an environment": {map[string]string{orders: small + "environments: {production: {extends: a.yaml}}\n"}, []string{`blueprint.yaml 5:29-5:36 BG1206 an environment cannot change extends`}},
		"not YAML":          {map[string]string{orders: small + "extends: ../../a.yaml\n", "a.yaml": "a: [b\n"}, []string{`../../a.yaml 1:4-1:5 BG1006 this list is not closed, or lacks a comma <- 1:5-1:6 ../../a.yaml`}},
		"empty":             {map[string]string{orders: small + "extends: ../../a.yaml\n", "a.yaml": "# nothing\n"}, []string{`../../a.yaml 1:1-1:1 BG1013 the base is empty`}},
		"newer":             {map[string]string{orders: small + "extends: ../../a.yaml\n", "a.yaml": "version: 2\n"}, []string{`../../a.yaml 1:10-1:11 BG1014 the blueprint has version 2, this bluegen reads version 1`}},
		"a mistake in a base, in two environments": {map[string]string{orders: small + "extends: ../../a.yaml\nenvironments: {staging: {}, production: {}}\n", "a.yaml": "logs: {retention_days: 8}\ntrafic: {}\n"},
			[]string{`../../a.yaml 1:24-1:25 BG1108 retention_days cannot be "8"`, `../../a.yaml 2:1-2:7 BG1101 the blueprint has no key "trafic"`}},
		"a mistake that another layer replaces": {map[string]string{orders: small + "extends: ../../a.yaml\nlogs: {retention_days: 7}\n", "a.yaml": "logs: {retention_days: 8}\n"},
			[]string{`../../a.yaml 1:24-1:25 BG1108 retention_days cannot be "8"`}},
		"what is missing is missing in the blueprint": {map[string]string{orders: small + "extends: ../../a.yaml\nservice: {task: {memory: 512}}\n", "a.yaml": "\nservice: {task: {cpu: 256}}\n"},
			[]string{`blueprint.yaml 6:11-6:15 BG1110 task lacks containers`}},
		"nobody says the name": {map[string]string{orders: "extends: ../../a.yaml\n" + rest, "a.yaml": "\n\nversion: 1\nengine: ecs\n"}, []string{`blueprint.yaml 1:1-1:1 BG1110 the blueprint lacks name`}},
		"neither taken nor left out": {map[string]string{orders: small + "extends: ../../a.yaml\nenvironments:\n  staging:\n", "a.yaml": "environments: {staging: {}}\n"},
			[]string{`blueprint.yaml 7:3-7:10 BG1122 the environment staging is neither taken nor left out <- 1:16-1:23 ../../a.yaml`}},
		"what a base lacks in its own file is no mistake": {map[string]string{orders: small + "extends: [../../a.yaml]\n", "a.yaml": "roles: {task: {}}\n"}, []string{}},
		"an environment that only the blueprint has":      {map[string]string{orders: small + "extends: [../../a.yaml]\nenvironments:\n  staging:\n", "a.yaml": "environments: {production: {}}\n"}, []string{}},
		"the engine is a base's word, the last one's": {map[string]string{orders: "version: 1\nname: orders\nextends: [../../a.yaml, ../../b.yaml, ../../c.yaml]\ntraffic: {}\n",
			"a.yaml": "engine: ecs\n", "b.yaml": "engine: appmesh\n", "c.yaml": "tags: {a: b}\n"}, []string{`blueprint.yaml 1:1-1:1 BG1110 the blueprint lacks colours`, `blueprint.yaml 4:1-4:8 BG1131 traffic belongs to engine: ecs, this is engine: appmesh`}},
		"a base by two ways": {map[string]string{orders: small + "extends: [../../a.yaml, ../../b.yaml]\n", "a.yaml": "extends: c.yaml\n", "b.yaml": "extends: c.yaml\n", "c.yaml": "logs: {retention_days: 7}\n"}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, diags := blueprint.NewReader().Read(files(c.files), orders)
			if diff := cmp.Diff(c.want, placedIn(diags)); diff != "" {
				t.Error(diff)
			}
			if diags.HasErrors() == (b.Services != nil) {
				t.Errorf("errors %t and %d services", diags.HasErrors(), len(b.Services))
			}
		})
	}
	if _, diags := blueprint.NewReader().Read(files(wide), orders); len(diags) == 0 || diags[0].Code != "BG1121" {
		t.Errorf("64 files that are extended many times: %v", placedIn(diags))
	}
}

// TestUnnamed: what has no name may be a base of others.
func TestUnnamed(t *testing.T) {
	t.Parallel()
	texts := map[string]string{"a.yaml": "logs: {retention_days: 7}\n", "b.yaml": small, "c.yaml": "extends: b.yaml\n", "d.yaml": "a: [b", "e.yaml": "extends: a.yaml\n"}
	for name, want := range map[string]bool{"a.yaml": true, "b.yaml": false, "c.yaml": false, "d.yaml": false, "e.yaml": true} {
		if b, _ := blueprint.NewReader().Read(files(texts), name); b.Unnamed != want {
			t.Errorf("%s: unnamed %t", name, b.Unnamed)
		}
	}
}

// TestFoldersOfTheRepository: in a real folder, a base may be a link inside of the repository and none that leads out; a handler stays in
// the blueprint's folder after links too, though the repository is larger.
func TestFoldersOfTheRepository(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside.yaml")
	hook := "deployment: {hooks: [{name: a, kind: code, path: link.py, handler: a.b, stages: [PRE_SCALE_UP]}]}\n"
	for name, text := range map[string]string{
		"platform.yaml": "tags: {team: platform}\n", "shared.py": "", "a/blueprint.yaml": small + "extends: [../link.yaml]\n",
		"b/blueprint.yaml": small + "extends: ../out.yaml\n", "c/blueprint.yaml": small + hook, outside: "tags: {team: outside}\n",
	} {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Symlink("platform.yaml", dir+"/link.yaml"), os.Symlink(outside, dir+"/out.yaml"), os.Symlink("../shared.py", dir+"/c/link.py")); err != nil {
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
	if services, diags := blueprint.Load(root.FS(), "a/blueprint.yaml"); diags != nil || services[0].Tags[0].Value.V != "platform" {
		t.Error(placedIn(diags))
	}
	_, diags := blueprint.Load(root.FS(), "b/blueprint.yaml")
	if diff := cmp.Diff([]string{`blueprint.yaml 5:10-5:21 BG1118 the base "../out.yaml" cannot be read`}, placedIn(diags)); diff != "" || !strings.Contains(diags[0].Detail, "escapes") {
		t.Error(diff, diags)
	}
	sub := confined{FS: root.FS(), root: root}
	_, diags = blueprint.Load(sub, "c/blueprint.yaml")
	if diff := cmp.Diff([]string{`blueprint.yaml 5:50-5:57 BG1116 the handler "link.py" cannot be read`}, placedIn(diags)); diff != "" {
		t.Error(diff)
	}
}

// confined is a repository whose folders are confined too, as the command line opens it.
type confined struct {
	fs.FS
	root *os.Root
}

func (c confined) Sub(dir string) (fs.FS, error) {
	sub, err := c.root.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return sub.FS(), nil
}

// TestHostileBases: bases that cost a careless reader time or memory get an answer.
func TestHostileBases(t *testing.T) {
	t.Parallel()
	doubling := map[string]string{orders: small + "extends: [a0.yaml, b0.yaml]\n"} // 2^9 ways through 20 files
	for i := range 9 {
		for _, n := range []string{"a", "b"} {
			doubling[fmt.Sprintf("services/orders/%s%d.yaml", n, i)] = fmt.Sprintf("extends: [a%d.yaml, b%d.yaml]\n", i+1, i+1)
		}
	}
	doubling["services/orders/a9.yaml"] = "tags: {a: b}\n"
	doubling["services/orders/b9.yaml"] = "tags: {c: d}\n"
	var environments strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&environments, "  e%d: {}\n", i)
	}
	for name, c := range map[string]struct {
		files map[string]string
		codes []string
	}{
		"many ways":         {doubling, nil},
		"many environments": {map[string]string{orders: small + "extends: a.yaml\n", "services/orders/a.yaml": "environments:\n" + environments.String()}, []string{"BG1003"}},
	} {
		_, diags := blueprint.NewReader().Read(files(c.files), orders)
		var codes []string
		for _, d := range diags {
			codes = append(codes, string(d.Code))
		}
		if !slices.Equal(codes, c.codes) {
			t.Errorf("%s: %v", name, placedIn(diags))
		}
	}
}
