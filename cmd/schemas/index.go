package main

import (
	"fmt"
	"slices"
	"strings"
)

// entry is one type that is embedded; kind is "resource" or "data", the name of its folder.
type entry struct{ kind, typ string }

// index is the committed list of types (types.txt): what it does not name is not embedded.
type index []entry

func parseIndex(text string) (index, error) {
	var out index
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 2 || (words[0] != "resource" && words[0] != "data") {
			return nil, fmt.Errorf("types.txt:%d: want `resource TYPE` or `data TYPE`, not %q", i+1, strings.TrimSpace(line))
		}
		e := entry{words[0], words[1]}
		if slices.Contains(out, e) {
			return nil, fmt.Errorf("types.txt:%d: %s %s is there twice", i+1, e.kind, e.typ)
		}
		out = append(out, e)
	}
	return out, nil
}
