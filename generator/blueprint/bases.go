package blueprint

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// What one blueprint may lay over each other: a platform has few bases, and a hostile one must not cost much.
const (
	maxBases = 64 // files, counted as often as one is extended
	maxChain = 10 // bases of bases
)

// document is a file, or what a file and its bases say together: a tree without environments, and those.
type document struct {
	rest   *node
	layers []layer
}

// file is one file that was read.
type file struct {
	name    string // from the root of the file system
	start   hcl.Range
	tree    *node
	extends []string
	links   []link
	own     document  // what it says itself
	whole   *document // with its bases
}

// loader reads a blueprint with its bases. Each file is read once, however many extend it.
type loader struct {
	*decoder
	model      func(engine string) model
	fsys       fs.FS
	name       string
	root       *plan
	files      []*file
	byName     map[string]*file // nil for a file that is no use
	extensions int
	bytes      int // of the bases
	nodes      int // of the bases
	// stopped says that something that others extend could not be read: what is left says nothing about the result.
	stopped bool
}

// shown is a file as seen from the blueprint's folder.
func (l *loader) shown(name string) string { return relative(path.Dir(l.name), name) }

// relative is the way from one folder to a file, both from the same root.
func relative(folder, name string) string {
	if folder == "." {
		return name
	}
	from, to := strings.Split(folder, "/"), strings.Split(name, "/")
	same := 0
	for same < len(from) && same < len(to)-1 && from[same] == to[same] {
		same++
	}
	return strings.Repeat("../", len(from)-same) + strings.Join(to[same:], "/")
}

// load reads a file and those that it extends; chain are the links that lead to it. It is nil where the file cannot be read.
func (l *loader) load(name string, chain []link) *file {
	if f, read := l.byName[name]; read {
		return f
	}
	l.byName[name] = nil
	tree, start := l.tree(name, chain)
	if tree == nil {
		l.stopped = true
		return nil
	}
	f := &file{name: name, start: start, tree: tree}
	l.files = append(l.files, f)
	f.links = l.links(name, tree, chain)
	for _, next := range f.links {
		if l.load(next.to, append(chain[:len(chain):len(chain)], next)) != nil {
			f.extends = append(f.extends, next.to)
		}
	}
	l.byName[name] = f
	return f
}

// engine is what the file, or the uppermost of its bases that says so, has for the key engine; nil where none does.
func (l *loader) engine(f *file, seen map[*file]bool) *node {
	if n := f.tree.said("engine"); n != nil || seen[f] {
		return n
	}
	seen[f] = true // a file that says nothing says nothing by any way
	for _, name := range slices.Backward(f.extends) {
		if n := l.engine(l.byName[name], seen); n != nil {
			return n
		}
	}
	return nil
}

// plan reads the model for the engine.
func (l *loader) plan(top *file) error {
	m := l.model(engineOf(l.engine(top, map[*file]bool{})))
	l.plans, l.root = m.plans, m.root
	return m.err
}

// document is a file laid over its bases, which are laid over each other from the first to the last.
func (l *loader) document(f *file) *document {
	if f.whole != nil {
		return f.whole
	}
	var below *document
	for _, name := range f.extends {
		base := l.document(l.byName[name])
		if below != nil {
			base = l.over(below, base)
		}
		below = base
	}
	f.whole = &f.own
	if below != nil {
		f.whole = l.over(below, &f.own)
	}
	return f.whole
}

// over lays one document over another, the environments of one name over each other.
func (l *loader) over(below, above *document) *document {
	return &document{rest: merge(below.rest, above.rest, l.root), layers: l.join(below.layers, above.layers)}
}

// tree reads and parses one file, the blueprint itself or a base.
func (l *loader) tree(name string, chain []link) (*node, hcl.Range) {
	var data []byte
	var diags diag.List
	if len(chain) == 0 {
		data, diags = read(l.fsys, name, l.shown(name))
	} else {
		data, diags = l.base(name, chain[len(chain)-1].at)
	}
	if diags != nil {
		l.diags = append(l.diags, diags...)
		return nil, hcl.Range{}
	}
	s := newSource(l.shown(name), data)
	if diags := decent(s); diags != nil {
		l.diags = append(l.diags, diags...)
		return nil, hcl.Range{}
	}
	if diags := conflicts(s); diags != nil {
		l.diags = append(l.diags, diags...)
		return nil, hcl.Range{}
	}
	tree, diags := parse(s)
	if tree == nil {
		for i := range diags {
			if diags[i].Code == codeEmpty && len(chain) > 0 {
				diags[i].Summary, diags[i].Detail = "the base is empty", "Say in it what services share, or extend it no longer."
			}
		}
		l.diags = append(l.diags, diags...)
		return nil, hcl.Range{}
	}
	if d := newer(tree); d != nil {
		l.diags = append(l.diags, *d)
		return nil, hcl.Range{}
	}
	l.diags = append(l.diags, diags...)
	if !l.is(tree, mapping, "the blueprint") || len(chain) > 0 && l.large(tree, chain[len(chain)-1].at) {
		return nil, hcl.Range{}
	}
	return tree, s.start()
}

// large counts what the bases hold together.
func (l *loader) large(tree *node, at hcl.Range) bool {
	if l.nodes += tree.size(); l.nodes <= maxEntries {
		return false
	}
	l.report(codeBases, at, fmt.Sprintf("the bases hold more than %d values together", maxEntries), "No platform needs that much. Extend less.")
	return true
}

// base returns the bytes of a file that another extends.
func (l *loader) base(name string, at hcl.Range) ([]byte, diag.List) {
	data, err := bytesOf(l.fsys, name)
	if err != nil {
		l.report(codeBase, at, fmt.Sprintf("the base %s cannot be read", quote(l.shown(name))),
			fmt.Sprintf("%s. A base is a plain file of the same repository, named from the folder of the file that extends it.", sentence(clean(reason(err)))))
		return nil, diag.List{}
	}
	if l.bytes += len(data); l.bytes > maxBytes {
		l.report(codeBases, at, "the bases are larger than 1 MiB together", "No platform needs that much. Extend less.")
		return nil, diag.List{}
	}
	return data, nil
}

// sentence begins with a capital.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// tooMany reports what costs too much: each environment decodes the base's nodes and fills the model's fields, and so does each of
// a file's own.
func (l *loader) tooMany(top *document) bool {
	work := len(top.layers) * top.rest.size()
	var first hcl.Range
	for _, f := range l.files {
		work += len(f.own.layers) * modelNodes
		if first == (hcl.Range{}) && len(f.own.layers) > 0 {
			first = f.own.layers[0].name.Range
		}
	}
	if work <= maxWork {
		return false
	}
	l.report(codeTooLarge, first, fmt.Sprintf("%d environments of a blueprint this large", len(top.layers)), "Split the blueprint.")
	return true
}

// bases are the files but for the blueprint.
func (l *loader) bases() []string {
	var out []string
	for _, f := range l.files {
		if f.name != l.name {
			out = append(out, f.name)
		}
	}
	return out
}

// unnamed reports that nobody says a name.
func (l *loader) unnamed() bool {
	top := l.byName[l.name]
	return top != nil && !l.stopped && top.whole != nil && top.whole.rest.said("name") == nil
}
