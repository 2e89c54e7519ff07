package blueprint

import (
	"fmt"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// maxExtend is how many files one list names.
const maxExtend = 16

// link is one file that another extends, and where it says so.
type link struct {
	to   string // from the root of the file system
	said string // from the folder of the file that says it
	at   hcl.Range
}

// links are the files that a file extends. What it may not extend is reported and left out.
func (l *loader) links(name string, tree *node, chain []link) []link {
	var out []link
	seen := map[string]hcl.Range{}
	for _, n := range l.extends(tree.said("extends")) {
		next := link{to: path.Join(path.Dir(name), n.text), said: n.text, at: n.value}
		first, twice := seen[next.to]
		seen[next.to] = n.value
		l.extensions++
		switch {
		case next.to == ".." || strings.HasPrefix(next.to, "../"):
			l.report(codeOutside, n.value, fmt.Sprintf("the base %s lies outside of the repository", quote(n.text)),
				"A repository is the nearest folder above that has .git, or the blueprint's own folder where there is none. Move the base into it.")
		case twice:
			l.report(codeRepeated, n.value, fmt.Sprintf("extends has %s twice", quote(n.text)), "Once is enough. Remove one.", first)
			continue
		case l.circle(next, chain):
		case len(chain) >= maxChain || l.extensions > maxBases:
			l.report(codeBases, n.value, fmt.Sprintf("more than %d bases, or a chain of more than %d", maxBases, maxChain), "Lay less over each other: who is to know what holds in the end?")
		default:
			out = append(out, next)
			continue
		}
		l.stopped = true
	}
	return out
}

// circle reports a link that leads back to a file on the way to it.
func (l *loader) circle(next link, chain []link) bool {
	way := []string{l.name}
	for _, c := range chain {
		way = append(way, c.to)
	}
	for i, before := range way {
		if before != next.to {
			continue
		}
		shown := make([]string, 0, len(way)+1)
		var related []hcl.Range
		for j, step := range append(way[i:], next.to) {
			shown = append(shown, l.shown(step))
			if j > 0 && i+j <= len(chain) {
				related = append(related, chain[i+j-1].at)
			}
		}
		l.report(codeCircle, next.at, fmt.Sprintf("%s extends itself", quote(l.shown(next.to))),
			fmt.Sprintf("%s. Remove one of the steps.", strings.Join(shown, " extends ")), related...)
		return true
	}
	return false
}

// extends are the texts of the key: one, or those of a list.
func (l *loader) extends(n *node) []*node {
	if n == nil || n.form == refused {
		return nil
	}
	items := n.items
	switch {
	case n.form == scalar:
		items = []*node{n}
	case !l.is(n, list, "extends"):
		l.stopped = true
		return nil
	case len(items) == 0:
		l.report(codeEmptyList, n.value, "extends is empty", "Name a base, or remove the key.")
	case len(items) > maxExtend:
		l.report(codeBases, n.value, fmt.Sprintf("extends names more than %d bases", maxExtend), "Lay less over each other: who is to know what holds in the end?")
		l.stopped = true
		return nil
	}
	var out []*node
	for _, item := range items {
		switch {
		case item.form == refused:
		case item.null():
			l.report(codeType, item.value, "an item of extends is nothing", "Write a path, such as ../platform.yaml, or remove it.")
		case l.is(item, scalar, "an item of extends") && l.text(item, &rules{pattern: "base"}, "extends"):
			out = append(out, item)
			continue
		}
		l.stopped = true
	}
	return out
}
