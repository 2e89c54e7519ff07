package disk

import "slices"

// remember fills Wrote of the edited rows. The manifest has only the hash of what bluegen wrote last, so the bytes are known
// where something else has them: what is wanted now, the edit itself with other line endings, or a file of another environment,
// whose modules are the same as often as not. Where nothing has them Wrote stays nil.
func (c *comparison) remember() {
	var known map[string][]byte // by hash, made for the first row that needs it
	for i, row := range c.out {
		if row.Action != Conflict || row.Reason != Edited && row.Reason != LineEndings {
			continue
		}
		if known == nil {
			known = c.contents()
		}
		c.out[i].Wrote, c.out[i].WroteSHA256 = recall(c.owned[row.Path].hashes, lf(row.Old), known)
	}
}

// recall finds the bytes of one of the hashes; a run that was killed leaves two of them.
func recall(hashes []string, unified []byte, known map[string][]byte) (data []byte, sum string) {
	if own := hash(unified); slices.Contains(hashes, own) {
		return unified, own
	}
	for _, one := range hashes {
		if data, ok := known[one]; ok {
			return data, one
		}
		if one != deleted && sum == "" {
			sum = one
		}
	}
	return nil, sum
}

// contents are the bytes at hand: wanted ones, and what the disk holds.
func (c *comparison) contents() map[string][]byte {
	known := map[string][]byte{}
	for _, row := range c.out {
		if row.Old != nil && row.Action != Unchanged {
			known[hash(row.Old)] = row.Old
		}
		if row.New != nil {
			known[c.wanted[row.Path]] = row.New
		}
	}
	return known
}
