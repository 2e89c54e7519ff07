package blueprint

import (
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

// Generic reads a blueprint as an editor does before it holds it against the JSON Schema: scalars by YAML's core schema.
func Generic(text string) (any, bool) {
	document, diags := parse(newSource("blueprint.yaml", []byte(text)))
	if document == nil || len(diags) > 0 {
		return nil, false
	}
	return generic(document), true
}

func generic(n *node) any {
	switch n.form {
	case list:
		items := []any{}
		for _, i := range n.items {
			items = append(items, generic(i))
		}
		return items
	case mapping:
		keys := map[string]any{}
		for _, k := range n.keys {
			keys[k.key] = generic(k.value)
		}
		return keys
	}
	number := regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	switch {
	case !n.plain:
		return n.text
	case n.null():
		return nil
	case n.text == "true" || n.text == "false":
		return n.text == "true"
	case number.MatchString(n.text):
		f, _ := strconv.ParseFloat(n.text, 64)
		return f
	default:
		return n.text
	}
}

// OneFile writes what a blueprint and its bases say together as a blueprint without bases.
func OneFile(fsys fs.FS, name string) (string, bool) {
	l := NewReader().loader(fsys, name)
	top := l.compose()
	if top == nil || l.stopped || len(l.diags) > 0 {
		return "", false
	}
	var b strings.Builder
	b.WriteString("{")
	for _, k := range top.rest.keys {
		fmt.Fprintf(&b, "%q: ", k.key)
		flow(&b, k.value)
		b.WriteString(",\n")
	}
	if len(top.layers) > 0 {
		b.WriteString("environments: {")
		for _, e := range top.layers {
			fmt.Fprintf(&b, "%q: ", e.name.V)
			flow(&b, e.over)
			b.WriteString(", ")
		}
		b.WriteString("}")
	}
	b.WriteString("}\n")
	return b.String(), true
}

// flow writes a node in brackets, every text as it was said.
func flow(b *strings.Builder, n *node) {
	switch {
	case n.form == list:
		b.WriteString("[")
		for _, i := range n.items {
			flow(b, i)
			b.WriteString(", ")
		}
		b.WriteString("]")
	case n.form == mapping:
		b.WriteString("{")
		for _, k := range n.keys {
			fmt.Fprintf(b, "%q: ", k.key)
			flow(b, k.value)
			b.WriteString(", ")
		}
		b.WriteString("}")
	case n.null():
		b.WriteString("null")
	case n.plain && regexp.MustCompile(`^[a-z0-9._+-]+$`).MatchString(n.text):
		b.WriteString(n.text)
	default:
		b.WriteString(strconv.Quote(n.text))
	}
}
