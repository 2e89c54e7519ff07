package disk

import (
	"bytes"
	"cmp"
	"path"
	"slices"

	"bluegen/generator/tf"
)

// comparison is the one pass over wanted files, manifest and disk.
type comparison struct {
	look   *looker
	owned  map[string]claim
	wanted map[string]string // path -> hash of the wanted bytes
	dirs   map[string]Key    // directories of wanted and of claimed files
	out    []Change
	// mergedFrom is the caller's, nil for none.
	mergedFrom func(string) (ours, theirs []byte, ok bool)
	// vacated are directories of claimed files that nobody wants any more: removed when they are empty.
	vacated map[string]bool
}

// claim is what the manifest says of a path: content that it got, or was about to get when a run was killed.
type claim struct {
	owner  Key
	hashes []string
}

// Compare reads only; generate, check, diff and adopt all start here. What the disk holds already counts as written, whoever
// wrote it; what differs from both the manifest and the wish is a conflict. Errors are *Error.
func Compare(fsys Reads, m Manifest, w Want) (*Plan, error) {
	if err := checkWant(w); err != nil {
		return nil, err
	}
	keys, err := involved(fsys, m, w)
	if err != nil {
		return nil, err
	}
	c := comparison{
		look: newLooker(fsys), owned: claims(m, keys),
		wanted: map[string]string{}, dirs: map[string]Key{}, vacated: map[string]bool{}, mergedFrom: w.MergedFrom,
	}
	for _, tree := range w.Trees {
		for _, f := range tree.Files {
			if err := c.want(f, w.key(tree)); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range sortedNames(c.owned) {
		if _, ok := c.wanted[name]; ok {
			continue
		}
		if err := c.unwanted(name, c.owned[name]); err != nil {
			return nil, err
		}
	}
	c.remember()
	if err := c.strays(m, w); err != nil {
		return nil, err
	}
	slices.SortFunc(c.out, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	p := newPlan(m, w, keys, c)
	return p, c.moves(p)
}

// claims collects what the sections of this run own.
func claims(m Manifest, keys map[Key]bool) map[string]claim {
	owned := map[string]claim{}
	for _, key := range sortedKeys(keys) {
		add := func(name, sum string) {
			c, ok := owned[name]
			if !ok {
				c.owner = key
			}
			c.hashes = append(c.hashes, sum)
			owned[name] = c
		}
		for name, entry := range m.Sections[key].Files {
			add(name, entry.SHA256)
		}
		for name, sum := range m.Sections[key].Intent {
			add(name, sum)
		}
	}
	return owned
}

// want compares one wanted file. A file with the wanted bytes is hashed once, any other once more.
func (c *comparison) want(f tf.File, owner Key) error {
	wanted := hash(f.Data)
	c.wanted[f.Path] = wanted
	c.dirs[path.Dir(f.Path)] = owner
	owned, isOurs := c.owned[f.Path]
	row := Change{Path: f.Path, At: f.Path, New: f.Data, Origin: f.Origin, Owner: owner}
	if row.New == nil {
		row.New = []byte{}
	}
	there, err := c.look.file(f.Path)
	if err == nil && there.there && there.blocked == NoReason {
		row.Old, there.there, err = c.look.read(f.Path)
	}
	if err != nil {
		return err
	}
	switch {
	case there.blocked != NoReason:
		row.Action, row.Reason, row.At = Conflict, there.blocked, there.at
	case !there.there:
		row.Action = Create
		if isOurs {
			row.Reason = Missing
		}
	default:
		row.Action, row.Reason = c.judge(row, wanted, owned, isOurs)
	}
	c.out = append(c.out, row)
	return nil
}

// judge decides over a wanted path where a regular file stands.
func (c *comparison) judge(row Change, wanted string, owned claim, isOurs bool) (Action, Reason) {
	switch {
	case bytes.Equal(row.Old, row.New) && slices.Contains(owned.hashes, wanted):
		return Unchanged, NoReason
	case bytes.Equal(row.Old, row.New):
		return Unchanged, Adopted
	case !isOurs:
		return Conflict, Unclaimed
	case owned.wrote(row.Old), c.merged(row.Path, owned, row.Old):
		return Update, NoReason
	case owned.wroteWithLF(row.Old) || bytes.Equal(lf(row.Old), row.New):
		return Conflict, LineEndings
	default:
		return Conflict, Edited
	}
}

// unwanted decides over a file that bluegen wrote once and does not want any more.
func (c *comparison) unwanted(name string, owned claim) error {
	c.dirs[path.Dir(name)] = owned.owner
	c.vacated[path.Dir(name)] = true
	there, err := c.look.file(name)
	if err != nil || !there.there {
		return err
	}
	row := Change{Path: name, At: name, Action: Stray, Reason: there.blocked, Owner: owned.owner}
	if there.blocked != NoReason {
		// Somebody put something else in its place: it is theirs now.
		if there.at == name {
			c.out = append(c.out, row)
		}
		return nil
	}
	if row.Old, there.there, err = c.look.read(name); err != nil || !there.there {
		return err
	}
	switch {
	case owned.wrote(row.Old), c.merged(name, owned, row.Old):
		row.Action = Delete
	case owned.wroteWithLF(row.Old):
		row.Action, row.Reason = Conflict, LineEndings
	default:
		row.Action, row.Reason = Conflict, Edited
	}
	c.out = append(c.out, row)
	return nil
}

// wroteWithLF reports whether the bytes are what bluegen wrote, with the line endings of another system.
func (c claim) wroteWithLF(data []byte) bool {
	return bytes.Contains(data, []byte("\r\n")) && c.wrote(lf(data))
}

func lf(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }
