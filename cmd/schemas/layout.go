package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// lineWidth is what an object may take before its members get lines of their own: most attributes fit
// one line, so that a diff of two imports shows one changed line an attribute.
const lineWidth = 100

// layout prints decoded JSON with sorted keys, the same bytes for the same value.
func layout(v any) []byte {
	var b bytes.Buffer
	write(&b, v, 0)
	b.WriteByte('\n')
	return b.Bytes()
}

func write(b *bytes.Buffer, v any, depth int) {
	short := compact(v)
	m, ok := v.(map[string]any)
	if !ok || depth > 0 && len(short)+depth <= lineWidth {
		b.WriteString(short)
		return
	}
	if len(m) == 0 {
		b.WriteString("{}")
		return
	}
	separator := "{\n"
	for _, key := range slices.Sorted(maps.Keys(m)) {
		b.WriteString(separator + strings.Repeat(" ", depth+1) + compact(key) + ": ")
		write(b, m[key], depth+1)
		separator = ",\n"
	}
	b.WriteString("\n" + strings.Repeat(" ", depth) + "}")
}

// compact is one line; encoding/json sorts keys, and < and > stay readable.
func compact(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return "null" // unreachable: v was decoded from JSON
	}
	return strings.TrimSuffix(b.String(), "\n")
}
