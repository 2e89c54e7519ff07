package disk

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// as gives a wish to one blueprint, its trees the hash of what they say, and its files an engine.
func as(blueprint, engine string, hashes map[string]string, tree files) Want {
	w := want(tree)
	w.Blueprint = blueprint
	for i, t := range w.Trees {
		w.Trees[i].ServiceHash = hash([]byte(hashes[t.Environment]))
		for j := range t.Files {
			t.Files[j].Origin = "engine/" + engine
		}
	}
	return w
}

func TestMoves(t *testing.T) {
	t.Parallel()
	const ecs, blueprint = "ecs", "blueprint.yaml"
	said := map[string]string{"production": "p", "staging": "s", "testing": "s", "other": "o"}
	both := files{mainTF: "p", "terraform/staging/main.tf": "s"}
	own := files{"terraform/staging/own.tf": "own", "terraform/staging/policies/deep/x.json": "{}", "terraform/staging/terraform.tfstate": "{}"}
	tests := []struct {
		name  string
		gone  []string
		then  files
		want  Want
		moves []string
	}{
		{name: "as it was", want: as(blueprint, ecs, said, both)},
		{
			name: "another directory", then: own, want: as(blueprint, ecs, said, files{mainTF: "p", "infra/staging/main.tf": "s"}),
			moves: []string{"BG3018 from terraform/staging to infra/staging [terraform/staging/own.tf terraform/staging/policies/ terraform/staging/terraform.tfstate]"},
		},
		{
			name: "another name", want: as(blueprint, ecs, said, files{mainTF: "p", "terraform/testing/main.tf": "s"}),
			moves: []string{"BG3019 from terraform/staging to terraform/testing []"},
		},
		{
			name: "another name, and it says something else", then: own, want: as(blueprint, ecs, said, files{mainTF: "p", "terraform/other/main.tf": "o"}),
			moves: []string{"BG3020 from terraform/staging to  [terraform/staging/own.tf terraform/staging/policies/ terraform/staging/terraform.tfstate]"},
		},
		{
			name: "two that say the same", want: as(blueprint, ecs, map[string]string{"a": "s", "b": "s"}, files{"terraform/a/main.tf": "s", "terraform/b/main.tf": "s"}),
			moves: []string{"BG3020 from terraform/production to  []", "BG3020 from terraform/staging to  []"},
		},
		{
			name: "no environments any more", want: as(blueprint, ecs, map[string]string{"": "p"}, files{"terraform/main.tf": "p"}),
			moves: []string{"BG3019 from terraform/production to terraform []", "BG3020 from terraform/staging to  []"},
		},
		{
			name: "another engine", want: as(blueprint, "other", said, both),
			moves: []string{"BG3021 from terraform/production to terraform/production []", "BG3021 from terraform/staging to terraform/staging []"},
		},
		{
			name: "another file name", gone: []string{blueprint}, then: files{"orders.yaml": ""}, want: as("orders.yaml", ecs, said, both),
			moves: []string{"BG3022 from terraform/production to terraform/production []", "BG3022 from terraform/staging to terraform/staging []"},
		},
		{
			name: "another blueprint, elsewhere", gone: []string{blueprint}, then: files{"orders.yaml": ""}, want: as("orders.yaml", ecs, map[string]string{"": "x"}, files{"terraform/main.tf": "x"}),
			moves: []string{"BG3020 from terraform/production to  []", "BG3020 from terraform/staging to  []"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := folder(t, files{blueprint: "version: 1\n"})
			fsys := quick(t, root)
			generate(t, fsys, as(blueprint, ecs, said, both), false)
			put(t, root, tt.then)
			remove(t, root, tt.gone...)
			p := compare(t, fsys, tt.want)
			var got []string
			for i, m := range p.Moves {
				d := p.Diagnostics()[i]
				equal(t, "severity", diag.Warning, d.Severity)
				got = append(got, fmt.Sprintf("%s from %s to %s %v", d.Code, m.FromDirectory, m.ToDirectory, m.Left))
				for _, left := range m.Left {
					if !strings.Contains(d.Detail, left) {
						t.Errorf("%s stays, and nobody says so: %s", left, d.Detail)
					}
				}
			}
			equal(t, "moves", tt.moves, got)
			generate(t, fsys, tt.want, false)
			p = compare(t, fsys, tt.want)
			if p.OutOfDate() || len(p.Moves) > 0 {
				t.Errorf("told twice, or not written: %v %v", p.Moves, rows(p))
			}
			for name, content := range tt.then {
				equal(t, name, content, snapshot(t, root)[name])
			}
		})
	}
}

// TestEnvironmentsIntroduced: the new directories lie in the old one, and are nothing that stays behind.
func TestEnvironmentsIntroduced(t *testing.T) {
	t.Parallel()
	root := generated(t, nil, nil)
	fsys := quick(t, root)
	generate(t, fsys, as("blueprint.yaml", "ecs", map[string]string{"": "p"}, files{"terraform/main.tf": "p"}), false)
	put(t, root, files{"terraform/production/own.tf": "own", "terraform/other/own.tf": "own", "terraform/own.tf": "own"})
	p := compare(t, fsys, as("blueprint.yaml", "ecs", map[string]string{"production": "p"}, files{mainTF: "p"}))
	equal(t, "moves", 1, len(p.Moves))
	equal(t, "left", []string{"terraform/other/", "terraform/own.tf"}, p.Moves[0].Left)
}

// TestMoveOfAKilledRun: the run that was to move the files was killed after it had announced them; the next one explains the same.
func TestMoveOfAKilledRun(t *testing.T) {
	t.Parallel()
	said := map[string]string{"production": "p", "staging": "s", "testing": "s"}
	root := folder(t, files{"blueprint.yaml": "version: 1\n"})
	generate(t, quick(t, root), as("blueprint.yaml", "ecs", said, files{mainTF: "p", "terraform/staging/main.tf": "s"}), false)
	w := as("blueprint.yaml", "ecs", said, files{mainTF: "p", "terraform/testing/main.tf": "s"})
	dead := false
	fsys := &faulty{FS: quick(t, root), fail: func(_ int, op, name string) error {
		dead = dead || op == "rename" && name == "terraform/testing/main.tf"
		if dead {
			return syscall.EIO
		}
		return nil
	}}
	if _, err := Apply(context.Background(), fsys, compare(t, fsys, w), Options{}); err == nil {
		t.Fatal("the run was not stopped")
	}
	p := compare(t, quick(t, root), w)
	equal(t, "interrupted", 2, len(p.Interrupted))
	equal(t, "moves", []Move{{
		Kind: Renamed, From: Key{"blueprint.yaml", "staging"}, To: Key{"blueprint.yaml", "testing"},
		FromDirectory: "terraform/staging", ToDirectory: "terraform/testing",
	}}, p.Moves)
}

// TestMovesOfAPart: -e looks at nothing but its environment.
func TestMovesOfAPart(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "p", "terraform/staging/main.tf": "s"}, files{"second.yaml": ""})
	fsys := quick(t, root)
	second := as("second.yaml", "ecs", nil, files{"second/main.tf": "s"})
	second.Trees[0].Directory = "second"
	generate(t, fsys, second, false)
	remove(t, root, "second.yaml")
	w := want(files{mainTF: "p"})
	w.Partial = true
	p := compare(t, fsys, w)
	equal(t, "moves", 0, len(p.Moves))
	equal(t, "rows", []string{mainTF + ": unchanged"}, rows(p))
	w.Partial = false
	equal(t, "rows of the whole", []string{"second/main.tf: delete", mainTF + ": unchanged", "terraform/staging/main.tf: delete"}, rows(compare(t, fsys, w)))
}

// TestWhereADirectoryWasNamed: at the key, or in no line where the key is gone and the default named it.
func TestWhereADirectoryWasNamed(t *testing.T) {
	t.Parallel()
	said := hcl.Range{Filename: "b", Start: hcl.Pos{Line: 4, Column: 3, Byte: 30}, End: hcl.Pos{Line: 4, Column: 9, Byte: 36}}
	start := hcl.Range{Filename: "b", Start: hcl.InitialPos, End: hcl.InitialPos}
	for origin, want := range map[hcl.Range]hcl.Range{said: said, start: whole("b")} {
		p := &Plan{want: Want{Blueprint: "b", Trees: []Tree{{Origin: origin}}}, Moves: []Move{{Kind: Moved, To: Key{Blueprint: "b"}}}}
		equal(t, "subject", want, p.Diagnostics()[0].Subject)
	}
}

// TestManyThatStay: the message names some and counts the rest.
func TestManyThatStay(t *testing.T) {
	t.Parallel()
	var left []string
	for i := range 11 {
		left = append(left, fmt.Sprintf("a/%d.tf", i))
	}
	if got := stays(left); !strings.Contains(got, "a/7.tf and 3 more.") || strings.Contains(got, "a/8.tf") {
		t.Error(got)
	}
	equal(t, "nothing", "", stays(nil))
}
