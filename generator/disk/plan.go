package disk

import (
	"cmp"
	"maps"
	"path"
	"slices"

	"bluegen/generator/tf"

	"github.com/hashicorp/hcl/v2"
)

// Want is all that one blueprint wants of the folder it lies in.
type Want struct {
	// Blueprint is the file's name in the folder: the manifest's sections are named by it.
	Blueprint string
	// Generator is the version of bluegen, as the manifest records it.
	Generator string
	// Trees are the environments, in any order.
	Trees []Tree
	// MergedFrom knows the two texts that a merge left in one file with conflicts, where something does; it may be nil.
	MergedFrom func(path string) (ours, theirs []byte, ok bool)
	// Partial (-e) leaves the blueprint's other environments alone; else those that Trees lacks are removed.
	Partial bool
}

// Tree is one environment's configuration.
type Tree struct {
	// Environment is empty for a blueprint without environments.
	Environment string
	// Directory holds all files: terraform/production. No other section may write in it.
	Directory string
	// Schemas and ServiceHash are recorded in the manifest as they are.
	Schemas, ServiceHash string
	// Facts are recorded in the manifest as they are; they never make a tree out of date.
	Facts map[string]string
	// Origin is the place of the blueprint that named the directory, for diagnostics.
	Origin hcl.Range
	// Files have paths from the blueprint's folder, inside Directory.
	Files []tf.File
}

func (w Want) key(t Tree) Key { return Key{Blueprint: w.Blueprint, Environment: t.Environment} }

// Plan is the outcome of a comparison: the rows to show, and all that Apply needs.
type Plan struct {
	// Changes are sorted by path; Unchanged and Stray ones are among them.
	Changes []Change
	// Interrupted are the sections whose last run was killed, or is writing right now.
	Interrupted []Key
	// Moves explain what happens to whole directories, in the order of the sections.
	Moves []Move

	want         Want
	before, next Manifest
	keys         map[Key]bool
	vacated      map[string]bool
}

func newPlan(m Manifest, w Want, keys map[Key]bool, c comparison) *Plan {
	p := &Plan{Changes: c.out, want: w, before: m, next: m.clone(), keys: keys, vacated: c.vacated}
	for _, key := range sortedKeys(keys) {
		if len(m.Sections[key].Intent) > 0 && !m.Merged {
			p.Interrupted = append(p.Interrupted, key)
		}
		delete(p.next.Sections, key)
	}
	for _, tree := range w.Trees {
		files := make(map[string]Entry, len(tree.Files))
		for _, f := range tree.Files {
			files[f.Path] = Entry{SHA256: c.wanted[f.Path], Origin: f.Origin}
		}
		p.next.Sections[w.key(tree)] = Section{
			Directory: tree.Directory, Generator: w.Generator, Schemas: tree.Schemas, ServiceHash: tree.ServiceHash,
			Facts: tree.Facts, Files: files,
		}
	}
	return p
}

// Conflicts returns the rows that stop a run.
func (p *Plan) Conflicts() []Change {
	var out []Change
	for _, c := range p.Changes {
		if c.Action == Conflict {
			out = append(out, c)
		}
	}
	return out
}

// OutOfDate reports whether check has something to complain of: a file that is not as wanted, an interrupted run, or a
// manifest that does not record exactly the wanted files. Strays and the version of the generator never count.
func (p *Plan) OutOfDate() bool {
	if p.before.Merged || len(p.Interrupted) > 0 || len(p.pending()) > 0 || len(p.Conflicts()) > 0 {
		return true
	}
	for key := range p.keys {
		old, had := p.before.Sections[key]
		next, has := p.next.Sections[key]
		if had != has || old.Directory != next.Directory || !maps.EqualFunc(old.Files, next.Files, sameContent) {
			return true
		}
	}
	return false
}

// sameContent leaves the origin out: a newer bluegen may name it otherwise, and the tree is right all the same.
func sameContent(a, b Entry) bool { return a.SHA256 == b.SHA256 }

// pending are the rows that Apply acts on, leaving conflicts out.
func (p *Plan) pending() []Change {
	return slices.DeleteFunc(slices.Clone(p.Changes), func(c Change) bool {
		return c.Action != Create && c.Action != Update && c.Action != Delete
	})
}

// work are the rows to act on once conflicts are allowed.
func (p *Plan) work() []Change {
	return slices.DeleteFunc(slices.Clone(p.Changes), func(c Change) bool {
		return c.Action == Unchanged || c.Action == Stray
	})
}

// intent is the manifest that stands while a run writes: what was, and what will be.
func (p *Plan) intent(work []Change) Manifest {
	m := p.before.clone()
	own := map[Key]bool{} // sections whose intent is this run's copy
	for _, c := range work {
		s, ok := m.Sections[c.Owner]
		if !ok {
			s = p.next.Sections[c.Owner]
			s.Files = nil
		}
		if len(s.Intent) > 0 && (c.Action == Update || c.Action == Delete) {
			// A killed run may have written this one: its intent is about to be replaced, so that is recorded as done.
			s.Files = maps.Clone(s.Files)
			s.Files[c.Path] = Entry{SHA256: hash(c.Old), Origin: s.Files[c.Path].Origin}
		}
		if !own[c.Owner] {
			own[c.Owner] = true
			if s.Intent = maps.Clone(s.Intent); s.Intent == nil {
				s.Intent = map[string]string{}
			}
		}
		s.Intent[c.Path] = deleted
		if c.effective() != Delete {
			s.Intent[c.Path] = p.next.Sections[c.Owner].Files[c.Path].SHA256
		}
		m.Sections[c.Owner] = s
	}
	return m
}

// leftovers are the temporary files that a killed run may have left: only paths of an intent, and the manifest's own.
func (p *Plan) leftovers() []string {
	names := []string{temporary(ManifestName)}
	for _, key := range p.Interrupted {
		for _, name := range sortedNames(p.before.Sections[key].Intent) {
			names = append(names, temporary(name))
		}
	}
	return names
}

// emptied lists the directories that lost their last file of ours, with those above them, the deepest first.
func (p *Plan) emptied() []string {
	set := map[string]bool{}
	for dir := range p.vacated {
		for ; dir != "." && !set[dir]; dir = path.Dir(dir) {
			set[dir] = true
		}
	}
	names := sortedNames(set)
	slices.Reverse(names)
	return names
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func sortedKeys[V any](m map[Key]V) []Key {
	return slices.SortedFunc(maps.Keys(m), func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.Blueprint, b.Blueprint), cmp.Compare(a.Environment, b.Environment))
	})
}
