package blueprint

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// maxDepth is how many levels a blueprint may nest.
const maxDepth = 100

// parse turns bytes that were found decent into our tree. This file alone knows the YAML library, and only its nodes:
// it never decodes, never reads a resolved type, and refuses what the library lets pass.
// The tree is nil where the file is not YAML or is empty; other mistakes leave a tree to go on with.
func parse(s *source) (*node, diag.List) {
	root, err := compose(s)
	if err != nil {
		return nil, diag.List{syntax(s, err)}
	}
	if len(root) == 0 || root[0].Kind != yaml.DocumentNode || len(root[0].Content) == 0 {
		return nil, diag.List{emptyFile(s)}
	}
	r := &reader{source: s}
	tree := r.node(root[0].Content[0], hcl.Range{})
	tree.at = s.start()
	if len(root) > 1 {
		at := s.position(root[1].Line, root[1].Column)
		r.refuse(codeDocuments, s.token(at), "a second YAML document",
			"A blueprint is one document, one file a service. Remove what follows --- or ..., or give it a file of its own.")
	}
	if tree.null() {
		return nil, append(r.diags, emptyFile(s))
	}
	return tree, r.diags
}

// compose returns the first document and, where there is one, the second.
func compose(s *source) ([]*yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(s.text()), yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(maxDepth))))
	if err != nil {
		return nil, err
	}
	var documents []*yaml.Node
	for len(documents) < 2 {
		var document yaml.Node
		err := loader.Load(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, &document)
	}
	return documents, nil
}

// mistake is what the library says of a file that is not YAML: where it was noticed, and where the construct began.
type mistake struct {
	message, context string
	at, began        hcl.Pos
	hasBegun         bool
}

func mistakeOf(s *source, err error) mistake {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return mistake{message: err.Error(), at: s.position(1, 1)}
	}
	m := mistake{message: load.Message, context: load.ContextMsg, at: s.position(load.Mark.Line, load.Mark.Column)}
	if load.ContextMark.Line > 0 {
		m.began, m.hasBegun = s.position(load.ContextMark.Line, load.ContextMark.Column), true
	}
	return m
}

// reader copies the library's nodes into ours and refuses what has no place in a blueprint.
type reader struct {
	source *source
	diags  diag.List
}

func (r *reader) refuse(code diag.Code, at hcl.Range, summary, detail string, related ...hcl.Range) {
	r.diags = append(r.diags, diag.Diagnostic{Code: code, Summary: summary, Detail: detail, Subject: at, Related: related})
}

// node copies one value; key is where its key stands, zero in a list.
func (r *reader) node(y *yaml.Node, key hcl.Range) *node {
	start := r.source.position(y.Line, y.Column)
	r.decorations(y, start)
	n := &node{}
	switch y.Kind {
	case yaml.ScalarNode:
		n.text, n.plain = y.Value, y.Style&^yaml.TaggedStyle == 0
		n.value = r.source.scalar(start, n, y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0)
		if n.plain && n.text == "" {
			n.value = key
			if key == (hcl.Range{}) {
				n.value = r.source.point(start)
			}
		}
	case yaml.SequenceNode:
		n.form = list
		n.items = make([]*node, 0, len(y.Content))
		for _, item := range y.Content {
			n.items = append(n.items, r.node(item, hcl.Range{}))
		}
		n.value = r.collection(y, start, key, n.last())
	case yaml.MappingNode:
		n.form = mapping
		r.entries(n, y)
		n.value = r.collection(y, start, key, n.last())
	default:
		n.form = refused
		n.value = r.source.token(start)
		r.refuse(codeAlias, n.value, fmt.Sprintf("the alias %s", quote("*"+y.Value)),
			"A blueprint says each thing where it stands, so that every message can point at it. Write the value out.")
	}
	n.at = key
	if key == (hcl.Range{}) {
		n.at = n.value
	}
	return n
}

// decorations refuses anchors and tags.
func (r *reader) decorations(y *yaml.Node, start hcl.Pos) {
	if y.Anchor != "" {
		r.refuse(codeAlias, r.source.token(start), fmt.Sprintf("the anchor %s", quote("&"+y.Anchor)),
			"Nothing can refer to it, since a blueprint has no aliases. Remove it.")
	}
	if y.Style&yaml.TaggedStyle != 0 || y.Kind != yaml.AliasNode && y.Anchor == "" && r.source.has(start, '!') {
		r.refuse(codeTag, r.source.token(start), "a YAML tag",
			"What a value is, is said by its key: text, a number, a duration. Remove the tag.")
	}
}

// collection is where a list or a mapping stands.
func (r *reader) collection(y *yaml.Node, start hcl.Pos, key hcl.Range, last hcl.Pos) hcl.Range {
	if y.Style&yaml.FlowStyle != 0 {
		return r.source.brackets(start, last)
	}
	if key != (hcl.Range{}) {
		return key
	}
	return r.source.token(start)
}

func (r *reader) entries(n *node, y *yaml.Node) {
	n.keys = make([]pair, 0, len(y.Content)/2)
	first := make(map[string]hcl.Range, len(y.Content)/2)
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := r.node(y.Content[i], hcl.Range{})
		value := r.node(y.Content[i+1], key.value)
		before, twice := first[key.text]
		switch {
		case key.form == refused:
		case key.form != scalar || key.null():
			r.refuse(codeKey, key.value, "a key that is not text", "Keys are words, such as name. A list, a mapping or nothing cannot be one.")
		case key.text == "<<" && key.plain:
			r.refuse(codeMerge, key.value, "the merge key <<",
				"A blueprint says each thing where it stands. Write the keys out; what differs between environments belongs under environments.")
		case twice:
			r.refuse(codeDuplicate, key.value, fmt.Sprintf("the key %s a second time", quote(key.text)),
				fmt.Sprintf("It is said in line %d already. Keep one of the two.", before.Start.Line), before)
		default:
			first[key.text] = key.value
			n.keys = append(n.keys, pair{key: key.text, at: key.value, value: value})
		}
	}
}

// last is where the last value of a list or mapping ends, the zero position where it is empty.
func (n *node) last() hcl.Pos {
	switch {
	case len(n.items) > 0:
		return n.items[len(n.items)-1].value.End
	case len(n.keys) > 0:
		return n.keys[len(n.keys)-1].value.value.End
	default:
		return hcl.Pos{}
	}
}
