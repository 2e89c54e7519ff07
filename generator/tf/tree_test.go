package tf

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree is a whole configuration as bluegen writes them: a blue/green service with its roles, rules, hook and tests.
const tree = "testdata/tree"

// TestTreeIsPrintedAsItWasRead reads files into documents and prints them: every comment, blank line and bracket must come back.
func TestTreeIsPrintedAsItWasRead(t *testing.T) {
	t.Parallel()
	p := new(Printer)
	for _, m := range read(t).Modules {
		for _, d := range m.Documents {
			want, err := os.ReadFile(filepath.Join(tree, filepath.FromSlash(path.Join(m.Path, d.Name))))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(p.Print(d))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", path.Join(m.Path, d.Name), diff)
			}
		}
	}
}

func TestNothingIsWrongWithTheTree(t *testing.T) {
	t.Parallel()
	aws, archive := views(t)
	for _, p := range Check(read(t), aws, archive) {
		t.Errorf("%+v", p)
	}
}

// TestEveryArgumentOfTheTreeIsChecked renames each argument of each block in turn: not one may go unnoticed.
func TestEveryArgumentOfTheTreeIsChecked(t *testing.T) {
	t.Parallel()
	aws, archive := views(t)
	c := read(t)
	count := 0
	for _, m := range c.Modules {
		for _, d := range m.Documents {
			if !strings.HasSuffix(d.Name, ".tf") || d.Name == "backend.tf" { // a backend's arguments are Terraform's to know
				continue
			}
			for _, b := range d.Blocks {
				count += renameEach(t, b, func() int { return len(Check(c, aws, archive)) }, m.Path+" "+addressOf(b))
			}
		}
	}
	if count < 200 {
		t.Errorf("only %d arguments were renamed", count)
	}
}

func renameEach(t *testing.T, b *Block, problems func() int, where string) (count int) {
	t.Helper()
	for i, it := range b.Items {
		switch it := it.(type) {
		case Attr:
			renamed := it
			renamed.Name = "no_such_argument"
			b.Items[i] = renamed
			if problems() == 0 {
				t.Errorf("%s: %s can have any name", where, it.Name)
			}
			b.Items[i] = it
			count++
		case *Block:
			count += renameEach(t, it, problems, where+" "+it.Type)
		}
	}
	return count
}

func BenchmarkCheck(b *testing.B) {
	aws, archive := views(b)
	c := read(b)
	for b.Loop() {
		Check(c, aws, archive)
	}
}

// BenchmarkCheckCold opens its views anew: the schemas are parsed within.
func BenchmarkCheckCold(b *testing.B) {
	c := read(b)
	for b.Loop() {
		aws, archive := views(b)
		Check(c, aws, archive)
	}
}
