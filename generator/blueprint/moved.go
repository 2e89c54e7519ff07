package blueprint

import (
	"errors"
	"path"
	"strings"
)

// Moved are the edits after which the file, written from one folder to another, extends the same bases. Both folders are from the root
// of the file system. A path that leads to the same base from there stays as it is.
func (b Blueprint) Moved(from, to string) []Edit {
	var out []Edit
	for _, said := range b.Extends {
		if base := path.Join(from, said.V); path.Join(to, said.V) != base {
			out = append(out, Edit{Range: said.Range, Text: yamlPath(relative(to, base))})
		}
	}
	return out
}

// Named is the edit after which a file that leaves its name to a base says one itself, above its first key.
func Named(data []byte, file, name string) (Edit, error) {
	s := newSource(file, data)
	top := readable(s)
	if top == nil || top.form != mapping || len(top.keys) == 0 {
		return Edit{}, errors.New("the blueprint has no keys")
	}
	p, first := putter{source: s, text: name}, top.keys[0].at.Start
	if s.has(top.value.Start, '{') {
		return p.insertFlow(top, []string{"name"}), nil
	}
	return Edit{Range: p.point(first.Byte), Text: p.flow([]string{"name"}) + p.newline(first.Line) + p.indent(first)}, nil
}

// yamlPath writes a path that may lead up: what begins with two dots is no number.
func yamlPath(name string) string {
	if down := strings.TrimLeft(name, "./"); yamlText(down) == down {
		return name
	}
	return yamlText(name)
}

// extended are the bases that the blueprint itself names.
func (l *loader) extended() []At[string] {
	var out []At[string]
	if top := l.byName[l.name]; top != nil {
		for _, next := range top.links {
			out = append(out, At[string]{V: next.said, Range: next.at})
		}
	}
	return out
}
