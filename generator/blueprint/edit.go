package blueprint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// Edit replaces the bytes of a range by a text; an empty range inserts.
type Edit struct {
	Range hcl.Range
	Text  string
}

// Rewrite returns the bytes with the edits made, and every other byte as it was: comments, order and line endings survive.
// The ranges are those that Load gave for the same bytes. It fails where a range lies outside of them or two ranges overlap.
func Rewrite(data []byte, edits ...Edit) ([]byte, error) {
	sorted := slices.SortedStableFunc(slices.Values(edits), func(a, b Edit) int { return cmp.Compare(a.Range.Start.Byte, b.Range.Start.Byte) })
	out := make([]byte, 0, len(data))
	end := 0
	for _, e := range sorted {
		from, to := e.Range.Start.Byte, e.Range.End.Byte
		if from < end || to < from || to > len(data) {
			return nil, fmt.Errorf("cannot replace bytes %d to %d of %d: another edit ends at %d", from, to, len(data), end)
		}
		out = append(append(out, data[end:from]...), e.Text...)
		end = to
	}
	return append(out, data[end:]...), nil
}
