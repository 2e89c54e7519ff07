package generator

import (
	"flag"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// TestMain has the one flag of this package's tests. It is not the goldens' -update: a promise is not rewritten in passing.
func TestMain(m *testing.M) {
	flag.String("promise", "", "new: write the promises of new cases; the name of a case: write its promise anew")
	m.Run()
}

// TestPromise: the addresses of resources and the names of outputs are what states and other configurations hold on to.
// testdata/promises has them as they were first released, one file an environment of each good case. An address may move where a
// moved block of the tree carries it over; an output may not.
func TestPromise(t *testing.T) {
	t.Parallel()
	write := flag.Lookup("promise").Value.String()
	left := map[string]bool{}
	files, err := filepath.Glob(filepath.Join("testdata", "promises", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		left[file] = true
	}
	for _, name := range goodCases(t) {
		if strings.HasPrefix(name, "error-") {
			continue // good only without the manifest that the case finds
		}
		for _, c := range configurations(t, name) {
			file := filepath.Join("testdata", "promises", strings.TrimSuffix(name+"."+c.Service.Environment.V, ".")+".txt")
			delete(left, file)
			honoured(t, name, file, promiseOf(t, c.tree()), write)
		}
	}
	for file := range left {
		t.Errorf("%s is of no case: remove it, if the case is really to go", file)
	}
}

// honoured holds a tree to its promise, or writes it.
func honoured(t *testing.T, name, file string, now promise, write string) {
	t.Helper()
	want, err := os.ReadFile(file)
	switch {
	case os.IsNotExist(err) && write == "new", write == name:
		if err := os.WriteFile(file, []byte(now.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("wrote %s", file)
	case os.IsNotExist(err):
		t.Errorf("%s is a new case without a promise. These addresses and outputs will be kept for years; if they are right, write them with\n"+
			"  go test ./generator -run TestPromise -promise=new\n%s", name, now)
	case err != nil:
		t.Error(err)
	default:
		if diff := cmp.Diff(now.carried(strings.Split(strings.TrimSpace(string(want)), "\n")), now.lines); diff != "" {
			t.Errorf("%s is no longer what is promised. States and other configurations hold on to it: write a moved block for an address, keep an output.\n"+
				"If it is meant all the same, say so in CHANGELOG.md and write it anew with\n"+
				"  go test ./generator -run TestPromise -promise=%s\n(-promised +now)\n%s", file, name, diff)
		}
	}
}

// promise is what a tree promises, and what it carries over.
type promise struct {
	lines []string
	moves []move
}

type move struct{ from, to string }

func (p promise) String() string { return strings.Join(p.lines, "\n") + "\n" }

// carried are older lines as the moved blocks have them now, sorted as promises are.
func (p promise) carried(lines []string) []string {
	var addresses, outputs []string
	for _, line := range lines {
		for range p.moves {
			for _, m := range p.moves {
				if rest, ok := strings.CutPrefix(line, m.from); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
					line = m.to + rest
				}
			}
		}
		if strings.HasPrefix(line, "output.") {
			outputs = append(outputs, line)
		} else {
			addresses = append(addresses, line)
		}
	}
	slices.Sort(addresses)
	return append(addresses, outputs...)
}

// promiseOf reads a tree as Terraform does: every resource, then every output of the root, one a line, and every moved block.
func promiseOf(t *testing.T, tr tree) promise {
	t.Helper()
	var p promise
	var outputs []string
	for _, b := range tr.blocks(t, "") {
		if b.Type == "output" {
			outputs = append(outputs, "output."+b.Labels[0])
		}
	}
	p.add(t, tr, "", "")
	slices.Sort(p.lines)
	slices.Sort(outputs)
	p.lines = append(p.lines, outputs...)
	return p
}

// add reads the module in a folder, whose addresses begin with prefix.
func (p *promise) add(t *testing.T, tr tree, folder, prefix string) {
	t.Helper()
	for _, b := range tr.blocks(t, folder) {
		switch b.Type {
		case "resource":
			p.lines = append(p.lines, prefix+b.Labels[0]+"."+b.Labels[1])
		case "module":
			source, diags := b.Body.Attributes["source"].Expr.Value(nil)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			p.add(t, tr, path.Join(folder, source.AsString()), prefix+"module."+b.Labels[0]+".")
		case "moved":
			p.moves = append(p.moves, move{prefix + b.text(t, "from"), prefix + b.text(t, "to")})
		}
	}
}

// parsed is a block and the file that it stands in.
type parsed struct {
	*hclsyntax.Block
	file string
}

// text is an argument as it is written.
func (b parsed) text(t *testing.T, name string) string {
	t.Helper()
	a, ok := b.Body.Attributes[name]
	if !ok {
		t.Fatalf("a %s block has no %s", b.Type, name)
	}
	return strings.TrimSpace(string(a.Expr.Range().SliceBytes([]byte(b.file))))
}

// blocks are the top blocks of a folder's configuration files.
func (tr tree) blocks(t *testing.T, folder string) []parsed {
	t.Helper()
	var out []parsed
	for name, text := range tr {
		if path.Ext(name) != ".tf" || strings.TrimSuffix(path.Dir(name), ".") != folder {
			continue
		}
		file, diags := hclsyntax.ParseConfig([]byte(text), name, hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		for _, b := range file.Body.(*hclsyntax.Body).Blocks {
			out = append(out, parsed{b, text})
		}
	}
	return out
}

// TestMovedBlocksCarryAPromise: exactly what they name is carried over, nothing else is let pass.
func TestMovedBlocksCarryAPromise(t *testing.T) {
	t.Parallel()
	old := one(t, "example", "production").tree()
	promised := promiseOf(t, old)
	if len(promised.lines) < 30 || len(promised.moves) > 0 {
		t.Fatalf("%d lines, %d moves", len(promised.lines), len(promised.moves))
	}
	holds := func(tr tree) bool {
		now := promiseOf(t, tr)
		return cmp.Equal(now.carried(promised.lines), now.lines)
	}
	changed := func(edit func(tree)) tree {
		tr := tree{}
		for name, text := range old {
			tr[name] = text
		}
		edit(tr)
		return tr
	}
	moved := func(from, to string) string { return "\nmoved {\n  from = " + from + "\n  to   = " + to + "\n}\n" }
	renameCall := func(tr tree) {
		for name, text := range tr {
			tr[name] = strings.NewReplacer(`module "target_groups_web"`, `module "groups_web"`, "module.target_groups_web.", "module.groups_web.").Replace(text)
		}
	}
	renameInside := func(tr tree) {
		tr.replace(t, "modules/target_groups/main.tf", `"aws_lb_target_group" "blue"`, `"aws_lb_target_group" "first"`, 1)
	}
	for name, tc := range map[string]struct {
		edit func(tree)
		want bool
	}{
		"as it was":     {func(tree) {}, true},
		"a call":        {renameCall, false},
		"a call, moved": {func(tr tree) { renameCall(tr); tr["main.tf"] += moved("module.target_groups_web", "module.groups_web") }, true},
		"in two steps": {func(tr tree) {
			renameCall(tr)
			tr["main.tf"] += moved("module.x", "module.groups_web") + moved("module.target_groups_web", "module.x")
		}, true},
		"the wrong one": {func(tr tree) { renameCall(tr); tr["main.tf"] += moved("module.target_groups_we", "module.groups_web") }, false},
		"in a child":    {renameInside, false},
		"in a child, moved": {func(tr tree) {
			renameInside(tr)
			tr["modules/target_groups/main.tf"] += moved("aws_lb_target_group.blue", "aws_lb_target_group.first")
		}, true},
		"an output": {func(tr tree) { tr.replace(t, "outputs.tf", `output "service_arn"`, `output "arn"`, 1) }, false},
		"one more":  {func(tr tree) { tr["main.tf"] += "\nresource \"aws_lb_target_group\" \"more\" {}\n" }, false},
	} {
		if got := holds(changed(tc.edit)); got != tc.want {
			t.Errorf("%s: the promise holds: %t, want %t", name, got, tc.want)
		}
	}
}
