package diag

import (
	"embed"
	"slices"
	"strings"
)

//go:embed catalogue/*.md
var catalogue embed.FS

// Explain returns the catalogue's text of a code: why it is, wrong and right, and the source.
func Explain(c Code) (string, bool) {
	text, err := catalogue.ReadFile("catalogue/" + string(c) + ".md")
	return string(text), err == nil
}

// Codes lists every code of the catalogue, sorted.
func Codes() []Code {
	entries, err := catalogue.ReadDir("catalogue")
	if err != nil {
		return nil
	}
	codes := make([]Code, 0, len(entries))
	for _, e := range entries {
		codes = append(codes, Code(strings.TrimSuffix(e.Name(), ".md")))
	}
	slices.Sort(codes)
	return codes
}
