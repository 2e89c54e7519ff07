package bootstrap_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/bootstrap"
)

// platform is a repository whose service extends files of two folders, in several spellings.
func platform(extends, name string) fstest.MapFS {
	return fstest.MapFS{
		"platform.yaml":       {Data: []byte("version: 1\nengine: ecs\nname: nobody\ndeployment: {strategy: rolling}\nextends: teams/base.yaml\n")},
		"teams/base.yaml":     {Data: []byte("service: {task: {containers: [{name: app}]}}\n")},
		"shop/a/shared.yaml":  {Data: []byte("logs: {retention_days: 30}\n")},
		"shop/a/orders.yaml":  {Data: []byte("# Ours.\nextends: " + extends + "   # as agreed\n" + name)},
		"shop/a/dir/own.yaml": {Data: []byte("logs: {retention_days: 90}\n")},
	}
}

// The copy extends the same files, by the way from its own folder; a path that leads there already stays as it is written.
func TestFromExtendsTheSame(t *testing.T) {
	t.Parallel()
	const name = "name: orders\n"
	for _, c := range []struct{ extends, folder, want string }{
		{"../../platform.yaml", "shop/b", "../../platform.yaml"},
		{"'../.././platform.yaml'", "shop/b", "'../.././platform.yaml'"},
		{"../../platform.yaml", "carts", "../platform.yaml"},
		{"../../platform.yaml", "", "platform.yaml"},
		{"[../../platform.yaml, 'shared.yaml', dir/own.yaml]", "shop/b", "[../../platform.yaml, ../a/shared.yaml, ../a/dir/own.yaml]"},
		{"[../../platform.yaml, ./shared.yaml]", "shop/a", "[../../platform.yaml, ./shared.yaml]"},
		{"[../../platform.yaml, shared.yaml]", "shop/a/dir/deep", "[../../../../platform.yaml, ../../shared.yaml]"},
		{"\n  - ../../platform.yaml\n  - shared.yaml", "shop", "\n  - ../platform.yaml\n  - a/shared.yaml"},
	} {
		draft, diags := bootstrap.From(bootstrap.Copy{FS: platform(c.extends, name), File: "shop/a/orders.yaml", Name: "carts", Folder: c.folder})
		if diags != nil {
			t.Errorf("%s to %q: %v", c.extends, c.folder, diags)
		}
		if want := "# Ours.\nextends: " + c.want + "   # as agreed\nname: carts\n"; string(draft.Blueprint) != want {
			t.Errorf("%s to %q: got\n%s", c.extends, c.folder, draft.Blueprint)
		}
		services, diags := blueprint.Load(draft.FS(), draft.File())
		if diags.HasErrors() || len(services) != 1 || services[0].Name.V != "carts" {
			t.Errorf("%s to %q is not a blueprint: %v", c.extends, c.folder, diags)
		}
	}
}

// A base's folder may have a name that YAML reads otherwise without quotes.
func TestFromQuotesTheWay(t *testing.T) {
	t.Parallel()
	files := platform("../../platform.yaml", "name: orders\n")
	files["shop/a: b/orders.yaml"] = &fstest.MapFile{Data: []byte("extends: [../../platform.yaml, own.yaml]\nname: orders\n")}
	files["shop/a: b/own.yaml"] = files["shop/a/shared.yaml"]
	draft, diags := bootstrap.From(bootstrap.Copy{FS: files, File: "shop/a: b/orders.yaml", Name: "carts", Folder: "carts"})
	if want := "extends: [../platform.yaml, \"../shop/a: b/own.yaml\"]\nname: carts\n"; diags != nil || string(draft.Blueprint) != want {
		t.Errorf("%v\n%s", diags, draft.Blueprint)
	}
}

// A name that only a base says is not changed there.
func TestFromNamesTheCopy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"# Ours.\nextends: ../../platform.yaml\n":                  "# Ours.\nname: \"carts\"\nextends: ../../platform.yaml\n",
		"\ufeffextends: ../../platform.yaml\r\nlogs: {}\r\n":       "\ufeffname: \"carts\"\r\nextends: ../../platform.yaml\r\nlogs: {}\r\n",
		"---\n  extends: ../../platform.yaml\n  logs: {}\n":        "---\n  name: \"carts\"\n  extends: ../../platform.yaml\n  logs: {}\n",
		"# Ours.\r\n\r\n{extends: ../../platform.yaml}\r\n":        "# Ours.\r\n\r\n{name: \"carts\", extends: ../../platform.yaml}\r\n",
		"extends: ../../platform.yaml\nname: 'orders' # of ours\n": "extends: ../../platform.yaml\nname: carts # of ours\n",
	} {
		files := platform("", "")
		files["shop/a/orders.yaml"].Data = []byte(text)
		draft, diags := bootstrap.From(bootstrap.Copy{FS: files, File: "shop/a/orders.yaml", Name: "carts", Folder: "shop/b"})
		if diags != nil || string(draft.Blueprint) != want {
			t.Errorf("%v\n%q", diags, draft.Blueprint)
		}
		base, err := fs.ReadFile(draft.FS(), "platform.yaml")
		if err != nil || string(base) != string(files["platform.yaml"].Data) {
			t.Errorf("the base is now\n%s", base)
		}
	}
}

// Another repository has no way to a base of this one; without bases a blueprint goes anywhere.
func TestFromRefusesBasesElsewhere(t *testing.T) {
	t.Parallel()
	from := bootstrap.Copy{FS: platform("[../../platform.yaml, shared.yaml]", "name: orders\n"), File: "shop/a/orders.yaml", Name: "carts", Elsewhere: true}
	draft, diags := bootstrap.From(from)
	if len(diags) != 2 || diags[0].Code != "BG1119" || diags[1].Subject.Filename != "orders.yaml" || diags[1].Subject.Start.Line != 2 || draft.Blueprint != nil {
		t.Errorf("%v\n%s", diags, draft.Blueprint)
	}
	from.FS, from.File = source(strings.Replace(orders, "orders", "sales", 1)), "orders.yaml"
	if draft, diags := bootstrap.From(from); diags.HasErrors() || len(draft.Handlers) != 2 {
		t.Errorf("%v", diags)
	}
}

// What a base says belongs to every service: the warning is about the copy's own lines.
func TestFromLeavesTheBase(t *testing.T) {
	t.Parallel()
	files := source(strings.ReplaceAll(orders, "orders", "sales"))
	files["sales.yaml"] = files["orders.yaml"]
	files["shop/carts.yaml"] = &fstest.MapFile{Data: []byte("extends: ../sales.yaml\nname: orders\ndeployment: {strategy: rolling, hooks: null}\n")}
	if _, diags := bootstrap.From(bootstrap.Copy{FS: files, File: "shop/carts.yaml", Name: "carts", Folder: "carts"}); diags != nil {
		t.Errorf("%v", diags)
	}
}
