package blueprint

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Said reports whether the bytes of a blueprint say something at a path of keys.
func Said(data []byte, path ...string) bool {
	document := readable(newSource("", data))
	for _, key := range path {
		if document = document.said(key); document == nil {
			return false
		}
	}
	return document != nil
}

// Put returns the edit that makes a blueprint say a text at a path of keys. What is there is replaced, in its own quotes; what is
// missing is written above its neighbours, in block style where they are and in one line where they are not. It fails where the
// place is not one of a readable blueprint, or a text that goes over several lines.
func Put(data []byte, file, text string, path ...string) (Edit, error) {
	s := newSource(file, data)
	at := readable(s)
	if at == nil {
		return Edit{}, errors.New("the blueprint cannot be read")
	}
	p := putter{source: s, text: text}
	var key pair
	for i, name := range path {
		next := find(at, name)
		if next == nil {
			return p.insert(at, key, path[i:])
		}
		key, at = *next, next.value
		if at.null() {
			return p.say(key, path[i+1:])
		}
	}
	return p.replace(at)
}

// readable is the document, nil where any of it would be refused.
func readable(s *source) *node {
	if decent(s) != nil {
		return nil
	}
	document, diags := parse(s)
	if diags.HasErrors() {
		return nil
	}
	return document
}

func find(n *node, key string) *pair {
	for i := range n.keys {
		if n.keys[i].key == key {
			return &n.keys[i]
		}
	}
	return nil
}

// putter writes one text.
type putter struct {
	source *source
	text   string
}

// flow is the text below keys, in one line.
func (p putter) flow(keys []string) string {
	if len(keys) == 0 {
		return double(p.text)
	}
	inner := p.flow(keys[1:])
	if len(keys) > 1 {
		inner = "{" + inner + "}"
	}
	return keys[0] + ": " + inner
}

// replace takes the place of a text.
func (p putter) replace(n *node) (Edit, error) {
	there := string(p.source.data[n.value.Start.Byte:n.value.End.Byte])
	switch {
	case n.form != scalar:
		return Edit{}, fmt.Errorf("line %d has no text", n.value.Start.Line)
	case strings.HasPrefix(there, "'"):
		return Edit{Range: n.value, Text: "'" + strings.ReplaceAll(p.text, "'", "''") + "'"}, nil
	case strings.HasPrefix(there, `"`):
		return Edit{Range: n.value, Text: double(p.text)}, nil
	case there != n.text:
		return Edit{}, fmt.Errorf("the text of line %d goes over several lines", n.value.Start.Line)
	case regexp.MustCompile(`^(= |~> )?[0-9.]+$`).MatchString(p.text):
		return Edit{Range: n.value, Text: p.text}, nil
	default:
		return Edit{Range: n.value, Text: double(p.text)}, nil
	}
}

// say gives a key that says nothing (null, ~, or only its colon) a value: what is left of the path, and the text.
func (p putter) say(key pair, rest []string) (Edit, error) {
	text := p.flow(rest)
	if len(rest) > 0 {
		text = "{" + text + "}"
	}
	if key.value.text != "" {
		return Edit{Range: key.value.value, Text: text}, nil
	}
	colon := key.at.End.Byte
	for colon < len(p.source.data) && p.source.data[colon] == ' ' {
		colon++
	}
	if !p.source.has(p.source.at(colon), ':') {
		return Edit{}, fmt.Errorf("the key of line %d has no colon", key.at.Start.Line)
	}
	return Edit{Range: p.source.span(colon+1, colon+1), Text: " " + text}, nil
}

// insert writes keys that a mapping lacks, as its first.
func (p putter) insert(n *node, key pair, rest []string) (Edit, error) {
	switch start := n.value.Start; {
	case n.form != mapping:
		return Edit{}, fmt.Errorf("line %d has no keys", start.Line)
	case p.source.has(start, '{') && n.value != key.at:
		return p.insertFlow(n, rest), nil
	case key.key == "" || len(n.keys) == 0:
		return Edit{}, fmt.Errorf("there is no place for %s", rest[0])
	default:
		return p.insertBlock(n, key, rest), nil
	}
}

func (p putter) insertFlow(n *node, rest []string) Edit {
	if len(n.keys) == 0 {
		return Edit{Range: p.point(n.value.Start.Byte + 1), Text: p.flow(rest)}
	}
	first := n.keys[0].at.Start
	separator := ", "
	if first.Line > n.value.Start.Line {
		separator = "," + p.newline(first.Line) + p.indent(first)
	}
	return Edit{Range: p.point(first.Byte), Text: p.flow(rest) + separator}
}

// insertBlock writes whole lines behind the line of the key that holds the mapping: comments stay with what they stand above.
func (p putter) insertBlock(n *node, key pair, rest []string) Edit {
	indent, newline := p.indent(n.keys[0].at.Start), p.newline(key.at.Start.Line)
	text := indent + p.flow(rest)
	if step := p.step(n); step != "" && len(rest) > 1 {
		text = ""
		for i, name := range rest {
			text += indent + strings.Repeat(step, i) + name + ":" + newline
		}
		text = strings.TrimSuffix(text, newline) + " " + double(p.text)
	}
	return Edit{Range: p.point(p.source.lines[key.at.Start.Line]), Text: text + newline}
}

// step is how far the mappings among a mapping's values are indented, "" where none of them is in block style.
func (p putter) step(n *node) string {
	for _, k := range n.keys {
		if k.value.form == mapping && k.value.value == k.at && len(k.value.keys) > 0 {
			return strings.Repeat(" ", max(1, k.value.keys[0].at.Start.Column-k.at.Start.Column))
		}
	}
	return ""
}

func (p putter) point(offset int) hcl.Range { return p.source.span(offset, offset) }

// indent is what stands before a key that begins its line.
func (p putter) indent(at hcl.Pos) string {
	line := p.source.line(at.Line)
	return string(line[:at.Byte-p.source.lines[at.Line-1]])
}

// newline is how a line ends.
func (p putter) newline(line int) string {
	if line < len(p.source.lines) && p.source.lines[line] >= 2 && p.source.data[p.source.lines[line]-2] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// double quotes a text.
func double(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
