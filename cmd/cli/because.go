package cli

import (
	"fmt"

	"bluegen/generator"
	"bluegen/generator/disk"
)

// because says for each environment that is not what the blueprint says who has changed since the last generate: the blueprint, bluegen,
// or the files alone. The manifest remembers the first two. Where nothing was generated yet there is nothing to say.
func (p *project) because(trees []tree) []tree {
	for i := range trees {
		for _, c := range p.result.Configurations {
			if c.Service.Environment.V == trees[i].environment && !trees[i].left && trees[i].pending() {
				trees[i].because = p.changedSince(c)
			}
		}
	}
	return trees
}

func (p *project) changedSince(c generator.Configuration) string {
	section, written := p.manifest.Sections[disk.Key{Blueprint: p.name, Environment: c.Service.Environment.V}]
	blueprint, generator := section.ServiceHash != c.Service.Hash(), section.Generator != Version
	what := "the blueprint"
	if len(p.result.Bases) > 0 {
		what = "the blueprint or a base of it"
	}
	versions := fmt.Sprintf("bluegen %s wrote it, this is %s", section.Generator, Version)
	switch {
	case !written, len(section.Intent) > 0:
		return ""
	case blueprint && generator:
		return what + " has changed since it was generated, and " + versions
	case blueprint:
		return what + " has changed since it was generated"
	case generator:
		return versions
	default:
		return what + " is what it was when it was generated: only files have changed"
	}
}

// pending reports whether a run would do anything here.
func (t tree) pending() bool {
	return t.counts[disk.Create]+t.counts[disk.Update]+t.counts[disk.Delete]+t.counts[disk.Conflict] > 0
}
