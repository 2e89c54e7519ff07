package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
)

// Resolved writes what a blueprint and its bases say together, one YAML document an environment: every value with the place that said it as
// a comment. Environments limits them; shown turns a file's name from the blueprint's folder into what the user reads. The text is empty
// where anything is an error; the rules of the engines are not asked.
func Resolved(fsys fs.FS, name string, environments []string, shown func(string) string) ([]byte, diag.List) {
	services, diags := blueprint.Load(fsys, name)
	diags = append(diags, unknownEnvironments(services, environments, path.Base(name))...)
	if diags.HasErrors() {
		return nil, diags.Sorted()
	}
	var out bytes.Buffer
	for _, s := range services {
		if len(environments) > 0 && !slices.Contains(environments, s.Environment.V) {
			continue
		}
		text, err := blueprint.Resolved(s, shown)
		if err != nil {
			return nil, diag.List{internal(err.Error())}
		}
		if out.Len() > 0 {
			out.WriteString("---\n")
		}
		fmt.Fprintf(&out, "# %s", shown(s.File))
		if s.Environment.V != "" {
			fmt.Fprintf(&out, ", environment %s", s.Environment.V)
		}
		fmt.Fprintf(&out, "\n%s", text)
	}
	return out.Bytes(), diags
}
