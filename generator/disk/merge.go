package disk

import (
	"bytes"
	"errors"
	"maps"
	"slices"
)

// The lines that git puts around the sides of a conflict; a name may follow all but the middle one.
const (
	markOurs   = "<<<<<<<"
	markBase   = "|||||||"
	markMiddle = "======="
	markTheirs = ">>>>>>>"
)

// sides takes a file apart that git left with conflicts: as it would be with every conflict resolved to one side, and to the
// other. It is false for a file without conflicts, and where the markers do not belong together.
func sides(data []byte) (ours, theirs []byte, ok bool) {
	const outside = ""
	state := outside
	for line := range bytes.Lines(data) {
		mark := marker(line)
		switch {
		case mark == markOurs && state == outside, mark == markBase && state == markOurs, mark == markMiddle && (state == markOurs || state == markBase):
			state, ok = mark, true
		case mark == markTheirs && state == markMiddle:
			state = outside
		case mark != "" && (mark != markMiddle || state == markMiddle):
			return nil, nil, false
		case state == outside:
			ours, theirs = append(ours, line...), append(theirs, line...)
		case state == markOurs:
			ours = append(ours, line...)
		case state == markMiddle:
			theirs = append(theirs, line...)
		}
	}
	return ours, theirs, ok && state == outside
}

// marker is the mark that a line is, "" for any other line.
func marker(line []byte) string {
	text := bytes.TrimRight(line, "\r\n")
	for _, mark := range []string{markOurs, markBase, markTheirs} {
		if bytes.HasPrefix(text, []byte(mark+" ")) {
			return mark
		}
	}
	if string(text) == markMiddle || string(text) == markBase {
		return string(text)
	}
	return ""
}

// mergeSides reads a manifest with conflicts as what it is: two manifests of bluegen's. What either side says that bluegen wrote,
// bluegen wrote. Where the sides themselves cannot be read the error says what to do by hand.
func mergeSides(body []byte) (Manifest, error) {
	refused := mergeConflict(position(body, mergeMarker(body)))
	ourBytes, theirBytes, ok := sides(body)
	if !ok {
		return Manifest{}, refused
	}
	ours, err := parseManifest(ourBytes)
	theirs, more := parseManifest(theirBytes)
	for _, err := range []error{err, more} {
		var known *Error
		switch {
		case err == nil:
		case errors.As(err, &known) && known.Code == CodeNewer:
			return Manifest{}, err
		default:
			return Manifest{}, refused
		}
	}
	return union(ours, theirs), nil
}

// union lays the other side under one: a file of either is bluegen's, and a file that both have may be as either wrote it.
func union(ours, theirs Manifest) Manifest {
	out := ours.clone()
	out.Merged = true
	for key, other := range theirs.Sections {
		s, ok := out.Sections[key]
		if !ok {
			out.Sections[key] = other
			continue
		}
		s.Files, s.Intent = maps.Clone(s.Files), maps.Clone(s.Intent)
		if s.Intent == nil {
			s.Intent = map[string]string{}
		}
		for name, entry := range other.Files {
			if have, ok := s.Files[name]; !ok {
				s.Files[name] = entry
			} else if !sameContent(have, entry) {
				s.Intent[name] = entry.SHA256
			}
		}
		out.Sections[key] = s
	}
	return out
}

// merged reports whether a file has conflicts of git's in it and what git merged was bluegen's: then there is nobody's work in it,
// and it is written anew. The sides of the file are those texts unless git merged other parts of them without a conflict; then
// only the caller may know them.
func (c *comparison) merged(name string, owned claim, data []byte) bool {
	ours, theirs, ok := sides(data)
	if !ok {
		return false
	}
	if owned.wrote(ours) && owned.wrote(theirs) {
		return true
	}
	if c.mergedFrom == nil {
		return false
	}
	ours, theirs, ok = c.mergedFrom(name)
	return ok && owned.wrote(ours) && owned.wrote(theirs)
}

// wrote reports whether bluegen wrote exactly these bytes, or was about to.
func (c claim) wrote(data []byte) bool { return slices.Contains(c.hashes, hash(data)) }
