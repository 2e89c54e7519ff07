package blueprint

import (
	"regexp"
	"strconv"
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
