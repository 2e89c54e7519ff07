package disk

import (
	"bytes"
	"strings"
)

// readCanonical reads a manifest that is byte for byte what Encode writes, as nearly every one is, many times as fast as any JSON can be
// read. It answers false for everything else, which has another reader, with words for what is wrong.
func readCanonical(data []byte) (Manifest, bool) {
	m := Manifest{Sections: map[Key]Section{}}
	lines := reader{rest: string(data)}
	if lines.next() != "{" || lines.next() != `  "version": 1,` || lines.next() != `  "sections": {` {
		return m, false
	}
	for lines.opens() {
		name := lines.name
		section, ok := lines.section()
		key, err := checkSection(name, section)
		if err != nil || !ok {
			return m, false
		}
		m.Sections[key] = section
	}
	return m, bytes.Equal(m.Encode(), data)
}

// reader goes through the lines of a manifest.
type reader struct{ rest, line, name string }

func (r *reader) next() string {
	r.line, r.rest, _ = strings.Cut(r.rest, "\n")
	return r.line
}

// member reads a line "name": value, without the comma behind it; false where the line is none, or has what only JSON can read.
func (r *reader) member() (name, value string, ok bool) {
	line := strings.TrimLeft(r.next(), " ")
	name, value, ok = strings.Cut(line, `": `)
	if !ok || !strings.HasPrefix(name, `"`) || strings.Contains(line, `\`) {
		return "", "", false
	}
	return name[1:], strings.TrimSuffix(value, ","), true
}

// opens reads a line that begins an object; its name is r.name then.
func (r *reader) opens() bool {
	name, value, ok := r.member()
	if ok = ok && value == "{"; ok {
		r.name = name
	}
	return ok
}

// section reads the lines of a section and the one that ends it.
func (r *reader) section() (s Section, ok bool) {
	for {
		name, value, ok := r.member()
		if !ok {
			return s, strings.Trim(r.line, " ,") == "}"
		}
		switch name {
		case "directory":
			s.Directory = unquoted(value)
		case "generator":
			s.Generator = unquoted(value)
		case "schemas":
			s.Schemas = unquoted(value)
		case "service_hash":
			s.ServiceHash = unquoted(value)
		case "facts":
			s.Facts = r.texts()
		case "intent":
			s.Intent = r.texts()
		case "files":
			s.Files = r.entries()
		}
	}
}

// texts reads an object of strings to its end.
func (r *reader) texts() map[string]string {
	out := map[string]string{}
	for name, value, ok := r.member(); ok; name, value, ok = r.member() {
		out[name] = unquoted(value)
	}
	return out
}

// entries reads the files of a section.
func (r *reader) entries() map[string]Entry {
	out := map[string]Entry{}
	for name, value, ok := r.member(); ok; name, value, ok = r.member() {
		sum, origin, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(value, `{"sha256": `), "}"), `, "origin": `)
		out[name] = Entry{SHA256: unquoted(sum), Origin: unquoted(origin)}
	}
	return out
}

// unquoted is a string without its quotes; a text that has none will not be written alike.
func unquoted(s string) string { return strings.TrimSuffix(strings.TrimPrefix(s, `"`), `"`) }
