package disk

import (
	"path"
	"slices"
	"strings"
)

// MoveKind says what became of a section that the last run wrote.
type MoveKind uint8

// The kinds.
const (
	// Moved is the same environment in another directory.
	Moved MoveKind = iota
	// Renamed is an environment that says the same as one that is gone.
	Renamed
	// Removed is an environment, or a blueprint, that is gone.
	Removed
	// TakenOver is an environment of a blueprint whose file got another name.
	TakenOver
	// OtherEngine is the same environment, written by another engine.
	OtherEngine
)

// Move explains rows that no row explains by itself: why a whole directory of bluegen's goes or changes.
type Move struct {
	Kind MoveKind
	// From is the section as the manifest has it, To as the blueprint wants it; To is empty for Removed.
	From, To Key
	// FromDirectory and ToDirectory are theirs; they differ where the files move.
	FromDirectory, ToDirectory string
	// FromEngine and ToEngine differ for OtherEngine only.
	FromEngine, ToEngine string
	// Left are files and directories (ending in a slash) of FromDirectory that are not bluegen's and stay there. Empty where
	// the directory stays bluegen's.
	Left []string
}

// moves compares the sections that were with those that are wanted.
func (c *comparison) moves(p *Plan) error {
	next := map[Key]bool{} // sections that come from nowhere yet; a run that was killed may have announced them
	for key := range p.keys {
		_, is := p.next.Sections[key]
		next[key] = is && len(p.before.Sections[key].Files) == 0
	}
	for _, key := range sortedKeys(p.keys) {
		before, was := p.before.Sections[key]
		if !was {
			continue
		}
		m := Move{Kind: Removed, From: key, FromDirectory: before.Directory}
		if _, is := p.next.Sections[key]; is {
			m.Kind, m.To = Moved, key
		} else if to, ok := p.successor(key, next); ok {
			next[to] = false
			m.Kind, m.To = Renamed, to
			if to.Blueprint != key.Blueprint {
				m.Kind = TakenOver
			}
		}
		if err := c.move(p, m); err != nil {
			return err
		}
	}
	return nil
}

// move adds what is to be told of one section.
func (c *comparison) move(p *Plan, m Move) error {
	to := p.next.Sections[m.To]
	m.ToDirectory = to.Directory
	if m.FromDirectory != "." && !p.writesIn(m.FromDirectory) {
		left, err := c.left(m.FromDirectory, p)
		if err != nil {
			return err
		}
		m.Left = left
	}
	if m.Kind != Moved || m.FromDirectory != m.ToDirectory {
		p.Moves = append(p.Moves, m)
	}
	from, now := engine(p.before.Sections[m.From]), engine(to)
	if m.Kind != Removed && from != "" && now != "" && from != now {
		p.Moves = append(p.Moves, Move{
			Kind: OtherEngine, From: m.From, To: m.To, FromDirectory: m.FromDirectory, ToDirectory: m.ToDirectory, FromEngine: from, ToEngine: now,
		})
	}
	return nil
}

// successor finds the section that a gone one became: the same environment of a blueprint with another name, or the only
// environment that says what the gone one said.
func (p *Plan) successor(gone Key, next map[Key]bool) (Key, bool) {
	same := Key{Blueprint: p.want.Blueprint, Environment: gone.Environment}
	if next[same] {
		return same, true
	}
	hash := p.before.Sections[gone].ServiceHash
	var found []Key
	for _, key := range sortedKeys(next) {
		if next[key] && hash != "" && p.next.Sections[key].ServiceHash == hash {
			found = append(found, key)
		}
	}
	if len(found) != 1 {
		return Key{}, false
	}
	return found[0], true
}

// writesIn reports whether a directory is one that this blueprint writes in.
func (p *Plan) writesIn(dir string) bool {
	return slices.ContainsFunc(p.want.Trees, func(t Tree) bool { return t.Directory == dir })
}

// engine is the one that wrote a section, by the origin of its files.
func engine(s Section) string {
	for _, name := range sortedNames(s.Files) {
		if found, ok := strings.CutPrefix(s.Files[name].Origin, "engine/"); ok {
			return found
		}
	}
	return ""
}

// left lists what is not bluegen's in a directory and in those below it that hold files of bluegen's. It names directories
// of somebody else and does not go into them.
func (c *comparison) left(dir string, p *Plan) ([]string, error) {
	there, err := c.look.dir(dir)
	if err != nil || !there.there || there.blocked != NoReason {
		return nil, err
	}
	entries, err := c.look.list(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		_, ours := c.owned[name]
		switch {
		case ours || p.writesIn(name) || strings.HasSuffix(name, temporarySuffix):
		case !entry.IsDir():
			out = append(out, name)
		case c.holdsOurs(name):
			below, err := c.left(name, p)
			if err != nil {
				return nil, err
			}
			out = append(out, below...)
		default:
			out = append(out, name+"/")
		}
	}
	return out, nil
}

func (c *comparison) holdsOurs(dir string) bool {
	for name := range c.owned {
		if within(dir, name) {
			return true
		}
	}
	return false
}
