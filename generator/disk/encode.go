package disk

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// Encode returns the manifest's bytes: sorted, one file a line so that branches merge, a newline at the end.
func (m Manifest) Encode() []byte {
	sections := make([]member, 0, len(m.Sections))
	for _, key := range sortedKeys(m.Sections) {
		sections = append(sections, member{key.String(), m.Sections[key].write})
	}
	var out bytes.Buffer
	object(&out, "", []member{
		{"version", text(strconv.Itoa(manifestVersion))},
		{"sections", func(out *bytes.Buffer, indent string) { object(out, indent, sections) }},
	})
	out.WriteByte('\n')
	return out.Bytes()
}

// member is a key of an object and what writes its value.
type member struct {
	name  string
	write func(out *bytes.Buffer, indent string)
}

// object writes a member a line. encoding/json would give each file four.
func object(out *bytes.Buffer, indent string, members []member) {
	out.WriteByte('{')
	for i, m := range members {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n" + indent + "  " + quote(m.name) + ": ")
		m.write(out, indent+"  ")
	}
	if len(members) > 0 {
		out.WriteString("\n" + indent)
	}
	out.WriteByte('}')
}

func text(s string) func(*bytes.Buffer, string) {
	return func(out *bytes.Buffer, _ string) { out.WriteString(s) }
}

// write is the section's object; what is empty and may be left out is left out.
func (s Section) write(out *bytes.Buffer, indent string) {
	members := []member{{"directory", text(quote(s.Directory))}, {"generator", text(quote(s.Generator))}}
	if s.Schemas != "" {
		members = append(members, member{"schemas", text(quote(s.Schemas))})
	}
	if s.ServiceHash != "" {
		members = append(members, member{"service_hash", text(quote(s.ServiceHash))})
	}
	if len(s.Facts) > 0 {
		members = append(members, member{"facts", texts(s.Facts)})
	}
	files := make([]member, 0, len(s.Files))
	for _, name := range sortedNames(s.Files) {
		files = append(files, member{name, text(s.Files[name].encode())})
	}
	members = append(members, member{"files", func(out *bytes.Buffer, indent string) { object(out, indent, files) }})
	if len(s.Intent) > 0 {
		members = append(members, member{"intent", texts(s.Intent)})
	}
	object(out, indent, members)
}

// texts is an object of strings.
func texts(m map[string]string) func(*bytes.Buffer, string) {
	members := make([]member, 0, len(m))
	for _, name := range sortedNames(m) {
		members = append(members, member{name, text(quote(m[name]))})
	}
	return func(out *bytes.Buffer, indent string) { object(out, indent, members) }
}

// encode is an entry in one line.
func (e Entry) encode() string {
	out := `{"sha256": ` + quote(e.SHA256)
	if e.Origin != "" {
		out += `, "origin": ` + quote(e.Origin)
	}
	return out + "}"
}

// quote is a JSON string that keeps <, > and & as they are. Nearly every path and hash is plain.
func quote(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) < 0 {
		return `"` + s + `"`
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	// A string always encodes.
	_ = encoder.Encode(s)
	return string(bytes.TrimSuffix(out.Bytes(), []byte("\n")))
}
