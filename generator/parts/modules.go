package parts

import "bluegen/generator/tf"

// Modules are the root and its children, with everything that is not main.tf, variables.tf and outputs.tf. Region is the provider's,
// archive says that some module zips a source, tests are the root's own and the modules'.
func (s *Site) Modules(root *Root, children []*Child, region tf.Expr, archive bool, readme tf.File, tests ...*tf.Document) []*tf.Module {
	m := root.Module()
	modules := []*tf.Module{m}
	for _, child := range children {
		modules = append(modules, child.Module())
	}
	m.Add("terraform.tf", s.Versions.Root(archive))
	m.Add("providers.tf", s.Providers(region, archive)...)
	if b := s.Backend(); b != nil {
		m.Add("backend.tf", b)
	}
	m.Documents = append(m.Documents, tests[0], Mock(modules))
	m.Documents = append(m.Documents, tests[1:]...)
	m.Files = append(m.Files, readme, Gitignore())
	return modules
}
