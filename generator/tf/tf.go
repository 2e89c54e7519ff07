// Package tf is a Terraform configuration as plain data, its check against a schema, and its printing.
//
// Nothing here is text: an expression is a literal, a reference made from a block, a call, or one of a closed list of shapes.
// So a string of the blueprint can never become code, and Check can follow every reference.
package tf

import "github.com/hashicorp/hcl/v2"

// Config is one environment: a root and its child modules.
type Config struct{ Modules []*Module }

// Module is one directory.
type Module struct {
	// Path is slash-separated and relative to the configuration's root, which is "".
	Path      string
	Documents []*Document
	// Files are bytes as they are: README.md, src/handler.py, .gitignore.
	Files []File
}

// Document is one .tf, .tftest.hcl or .tfmock.hcl file.
type Document struct {
	// Name is relative to the module's path: "main.tf", "tests/service.tftest.hcl".
	Name string
	// Comment stands below the constant header, above the first block.
	Comment string
	Blocks  []*Block
}

// File is a wanted file: slash-separated path and bytes.
type File struct {
	Path string
	Data []byte
	// Origin is what made the bytes, as the manifest records it: "engine/ecs", "hook/wait".
	Origin string
}

// Document returns the document of that name and makes it when it is not there yet.
func (m *Module) Document(name string) *Document {
	for _, d := range m.Documents {
		if d.Name == name {
			return d
		}
	}
	d := &Document{Name: name}
	m.Documents = append(m.Documents, d)
	return d
}

// Add appends blocks to the document of that name.
func (m *Module) Add(name string, blocks ...*Block) {
	d := m.Document(name)
	d.Blocks = append(d.Blocks, blocks...)
}

// Block keeps its items in the order they print in.
type Block struct {
	Type   string
	Labels []string
	// Heading opens a section of the document: it stands above the block and its comment, set apart by a blank line.
	// Blocks inside others have none.
	Heading string
	// Comment stands above the block, one "# " line for each of its lines.
	Comment string
	Items   []Item
	// Origin is the blueprint's range that the block answers for: no part of what is printed, nor of the memo's key.
	Origin hcl.Range
}

// Item is an Attr, a *Block or Items.
type Item interface{ item() }

// Attr is name = value.
type Attr struct {
	Name  string
	Value Expr
	// Comment stands above the attribute, one "# " line for each of its lines.
	Comment string
	// Aside stands behind a value of one line, on its line; above a longer value.
	Aside string
}

// Items are several items where one is wanted; NewBlock flattens them. A nil Items is nothing.
type Items []Item

func (Attr) item()   {}
func (*Block) item() {}
func (Items) item()  {}

// NewBlock makes a block; Items are flattened, nil items and attributes with a nil value are left out.
func NewBlock(typ string, labels []string, items ...Item) *Block {
	return &Block{Type: typ, Labels: labels, Items: flatten(make([]Item, 0, len(items)), items)}
}

// Nested makes a block without labels, for the inside of another.
func Nested(typ string, items ...Item) *Block { return NewBlock(typ, nil, items...) }

// Resource makes a resource block.
func Resource(typ, name string, items ...Item) *Block {
	return NewBlock("resource", []string{typ, name}, items...)
}

// Data makes a data block.
func Data(typ, name string, items ...Item) *Block {
	return NewBlock("data", []string{typ, name}, items...)
}

// Set is name = value; a nil value is left out by NewBlock.
func Set(name string, value Expr) Attr { return Attr{Name: name, Value: value} }

// Why puts a comment above the attribute.
func (a Attr) Why(comment string) Attr {
	a.Comment = comment
	return a
}

// Because puts a short comment behind the value.
func (a Attr) Because(aside string) Attr {
	a.Aside = aside
	return a
}

// Under opens a section of the document with the block: a comment of its own above it.
func (b *Block) Under(heading string) *Block {
	b.Heading = heading
	return b
}

// Why puts a comment above the block.
func (b *Block) Why(comment string) *Block {
	b.Comment = comment
	return b
}

// From says which range of the blueprint the block answers for.
func (b *Block) From(origin hcl.Range) *Block {
	b.Origin = origin
	return b
}

// Dynamic makes the block that Terraform repeats for each element of a collection; its content reads It(name, "key") and It(name, "value").
func Dynamic(name string, forEach Expr, content ...Item) *Block {
	return NewBlock("dynamic", []string{name}, Set("for_each", forEach), Nested("content", content...))
}

// When returns the items if the condition holds, else nothing.
func When(condition bool, items ...Item) Item {
	if !condition {
		return Items(nil)
	}
	return Items(items)
}

// flat are the items of a block as they are printed: as NewBlock has left them. The caller changes none.
func flat(items []Item) []Item {
	for _, it := range items {
		a, isAttr := it.(Attr)
		b, isBlock := it.(*Block)
		if isAttr && a.Value == nil || isBlock && b == nil || !isAttr && !isBlock {
			return flatten(nil, items)
		}
	}
	return items
}

func flatten(out, items []Item) []Item {
	for _, it := range items {
		switch it := it.(type) {
		case nil:
		case Items:
			out = flatten(out, it)
		case Attr:
			if it.Value != nil {
				out = append(out, it)
			}
		case *Block:
			if it != nil {
				out = append(out, it)
			}
		}
	}
	return out
}

// Address is how expressions name the block: aws_lb.this, data.aws_partition.current, var.name, module.service, output.arn.
// It is empty for a block that nothing can refer to.
func (b *Block) Address() string {
	switch {
	case b.Type == "resource" && len(b.Labels) == 2:
		return b.Labels[0] + "." + b.Labels[1]
	case b.Type == "data" && len(b.Labels) == 2:
		return "data." + b.Labels[0] + "." + b.Labels[1]
	case b.Type == "variable" && len(b.Labels) == 1:
		return "var." + b.Labels[0]
	case (b.Type == "module" || b.Type == "output" || b.Type == "run") && len(b.Labels) == 1:
		return b.Type + "." + b.Labels[0]
	default:
		return ""
	}
}

// Attr returns a reference such as aws_lb_target_group.blue.arn; without a path the block itself, as depends_on wants it.
// Check finds the attribute or complains.
func (b *Block) Attr(path ...string) Expr { return Ref{Block: b, Path: path} }

// root is what a reference to the block starts with: its address, of identifiers whatever its labels are.
// A locals block has no address, but its values can be referred to.
func root(b *Block) string {
	if b == nil {
		return "null"
	}
	if b.Type == "locals" {
		return "local"
	}
	labels := make([]string, len(b.Labels))
	for i, l := range b.Labels {
		labels[i] = identifier(l)
	}
	safe := Block{Type: b.Type, Labels: labels}
	if address := safe.Address(); address != "" {
		return address
	}
	return "null"
}
