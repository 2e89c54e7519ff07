package blueprint

import (
	"io/fs"

	"bluegen/generator/diag"
)

// Load reads name from fsys (rooted at the blueprint's folder), lays environments over the base node by node, then decodes.
// It returns one service an environment, in the order of their names.
func Load(fsys fs.FS, name string) ([]*Service, diag.List) { return nil, nil }
