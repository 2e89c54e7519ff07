package disk

import (
	"fmt"
	"strings"
	"testing"
)

func BenchmarkCompare(b *testing.B) {
	root, w := hundred(b)
	fsys := open(b, root)
	m, err := ReadManifest(fsys)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p, err := Compare(fsys, m, w)
		if err != nil || p.OutOfDate() {
			b.Fatal(err, rows(p))
		}
	}
}

// BenchmarkApply writes 100 files: with the fsync policy, and without, for its cost.
func BenchmarkApply(b *testing.B) {
	for name, sync := range map[string]bool{"fsync": true, "unsynced": false} {
		b.Run(name, func(b *testing.B) {
			root, w := hundred(b)
			fsys := FS(open(b, root))
			if !sync {
				fsys = unsynced{fsys}
			}
			for n := 0; b.Loop(); n++ {
				for i := range w.Trees[0].Files {
					w.Trees[0].Files[i].Data = fmt.Appendf(nil, "%d %s", n, w.Trees[0].Files[i].Data[2:])
				}
				generate(b, fsys, w, false)
			}
		})
	}
}

func hundred(b *testing.B) (string, Want) {
	b.Helper()
	tree := files{}
	for i := range 100 {
		tree[fmt.Sprintf("terraform/production/modules/m%d/file%d.tf", i%10, i)] = "  " + strings.Repeat("resource {}\n", 300)
	}
	root := b.TempDir()
	generate(b, quick(b, root), want(tree), false)
	return root, want(tree)
}
