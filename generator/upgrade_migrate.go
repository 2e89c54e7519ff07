package generator

import (
	"fmt"
	"strconv"

	"bluegen/generator/blueprint"
)

// migration moves a blueprint from one version of the format to the next.
type migration struct {
	// to is the version that it leads to, from the one below.
	to int
	// why is sentences: what is written differently, and since which release.
	why []string
	// edits replace what is written differently, but for the version itself.
	edits func(data []byte) ([]blueprint.Edit, error)
}

// migrations are all there are, in order. The format has had one version so far, so there is nothing to move; a second one adds its
// row here, and its reader keeps what a row needs to read the version below.
func migrations() []migration { return nil }

// migrate takes the steps that lie above a blueprint's version, one after the other.
func migrate(data []byte, from blueprint.At[int], table []migration) ([]byte, []Step, error) {
	var steps []Step
	for _, m := range table {
		if m.to <= from.V {
			continue
		}
		edits, err := m.edits(data)
		if err != nil {
			return nil, nil, fmt.Errorf("version %d of the blueprint: %w", m.to, err)
		}
		version, err := blueprint.Put(data, from.Range.Filename, strconv.Itoa(m.to), "version")
		if err != nil {
			return nil, nil, fmt.Errorf("version %d of the blueprint: %w", m.to, err)
		}
		if data, err = blueprint.Rewrite(data, append(edits, version)...); err != nil {
			return nil, nil, fmt.Errorf("version %d of the blueprint: %w", m.to, err)
		}
		steps = append(steps, Step{Key: "version", Range: from.Range, From: strconv.Itoa(m.to - 1), To: strconv.Itoa(m.to), Why: m.why})
	}
	return data, steps, nil
}
