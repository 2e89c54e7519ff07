package tf

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/zclconf/go-cty/cty"
)

// The key of a document is made of a serialisation of everything that decides its bytes and what Check says of it, and of nothing else.
// Each string carries its length and each list its count, so two different documents never share a key.

// Key tells documents apart that print or check differently.
type Key [sha256.Size]byte

// Keys are the keys of a configuration's documents: computed once, for a Checker and a Printer. They hold until a document changes.
type Keys map[*Document]Key

// KeysOf goes through all documents.
func KeysOf(c *Config) Keys {
	keys := Keys{}
	var buffer []byte
	for _, m := range c.Modules {
		for _, d := range m.Documents {
			buffer = appendDocumentKey(buffer[:0], d)
			keys[d] = sha256.Sum256(buffer)
		}
	}
	return keys
}

func appendDocumentKey(b []byte, d *Document) []byte {
	b = appendText(b, d.Comment)
	b = appendCount(b, len(d.Blocks))
	for _, block := range d.Blocks {
		b = appendBlockKey(b, block)
	}
	return b
}

func appendBlockKey(b []byte, block *Block) []byte {
	b = appendText(b, block.Type)
	b = appendTexts(b, block.Labels)
	b = appendText(b, block.Heading)
	b = appendText(b, block.Comment)
	b = appendCount(b, len(block.Items))
	for _, item := range block.Items {
		b = appendItemKey(b, item)
	}
	return b
}

func appendItemKey(b []byte, item Item) []byte {
	switch item := item.(type) {
	case Attr:
		b = append(b, 'a')
		b = appendText(b, item.Name)
		b = appendText(b, item.Comment)
		b = appendText(b, item.Aside)
		return appendExprKey(b, item.Value)
	case *Block:
		return appendBlockKey(append(b, 'b'), item)
	case Items:
		b = appendCount(append(b, 'i'), len(item))
		for _, it := range item {
			b = appendItemKey(b, it)
		}
		return b
	default:
		return append(b, '-')
	}
}

func appendExprKey(b []byte, e Expr) []byte {
	switch e := e.(type) {
	case Lit:
		return appendValueKey(append(b, 'L'), e.Value)
	case Ref:
		return appendRefKey(append(b, 'R'), e)
	case Named:
		return appendTexts(append(b, 'N', byte(e.Kind)), e.Path)
	case Call:
		return appendExprKeys(appendFlags(appendText(append(b, 'C'), e.Name), e.Lines), e.Args...)
	case Template:
		return appendExprKeys(append(b, 'T'), e.Parts...)
	case Object:
		return appendObjectKey(append(b, 'O'), e)
	case List:
		return appendExprKeys(appendFlags(append(b, 'S'), e.Lines), e.Items...)
	case TypeOf:
		return appendText(append(b, 'Y'), typeKey(e.Type))
	default:
		return appendOperationKey(b, e)
	}
}

func appendOperationKey(b []byte, e Expr) []byte {
	switch e := e.(type) {
	case Cond:
		return appendExprKeys(append(b, '?'), e.If, e.Then, e.Else)
	case Binary:
		return appendExprKeys(appendText(append(b, 'B'), e.Op), e.Left, e.Right)
	case Not:
		return appendExprKey(append(b, '!'), e.Operand)
	case Index:
		return appendExprKeys(append(b, '['), e.Collection, e.Key)
	case Get:
		return appendExprKey(appendText(append(b, '.'), e.Name), e.Object)
	case Splat:
		return appendExprKey(appendTexts(append(b, '*'), e.Path), e.Collection)
	case For:
		b = appendFlags(append(b, 'F'), e.Lines, e.Grouping)
		return appendExprKeys(appendText(appendText(b, e.At), e.Name), e.Collection, e.Key, e.Value, e.If)
	default:
		return append(b, '-')
	}
}

func appendObjectKey(b []byte, o Object) []byte {
	b = appendCount(appendFlags(b, o.Inline), len(o.Fields))
	for _, f := range o.Fields {
		b = appendText(b, f.Key)
		b = appendText(b, f.Comment)
		b = appendExprKeys(b, f.KeyExpr, f.Value)
	}
	return b
}

// appendRefKey needs of the other block what decides its address, not what is in it.
func appendRefKey(b []byte, r Ref) []byte {
	if r.Block == nil {
		return append(b, '-')
	}
	b = appendTexts(appendText(append(b, '+'), r.Block.Type), r.Block.Labels)
	return appendTexts(b, r.Path)
}

// appendValueKey also tells apart what prints alike: a list, a set and a tuple of the same elements, null and unknown.
func appendValueKey(b []byte, v cty.Value) []byte {
	if v == cty.NilVal {
		return append(b, '0')
	}
	v, _ = v.Unmark()
	if !printable(v) {
		return appendText(appendFlags(append(b, 'u'), v.IsKnown()), typeKey(v.Type()))
	}
	switch t := v.Type(); t {
	case cty.String:
		return appendText(append(b, 's'), v.AsString())
	case cty.Bool:
		return appendFlags(append(b, 'b'), v.True())
	case cty.Number:
		return v.AsBigFloat().Append(append(b, 'n'), 'p', 0)
	default:
		b = appendCount(appendText(append(b, 'c'), typeKey(t)), v.LengthInt())
		keyed := t.IsMapType() || t.IsObjectType()
		b = appendFlags(b, keyed)
		for it := v.ElementIterator(); it.Next(); {
			k, element := it.Element()
			if keyed {
				b = appendText(b, k.AsString())
			}
			b = appendValueKey(b, element)
		}
		return b
	}
}

func appendExprKeys(b []byte, es ...Expr) []byte {
	b = appendCount(b, len(es))
	for _, e := range es {
		b = appendExprKey(b, e)
	}
	return b
}

func appendTexts(b []byte, texts []string) []byte {
	b = appendCount(b, len(texts))
	for _, s := range texts {
		b = appendText(b, s)
	}
	return b
}

func appendText(b []byte, s string) []byte { return append(appendCount(b, len(s)), s...) }

func appendCount(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func appendFlags(b []byte, flags ...bool) []byte {
	for _, f := range flags {
		if f {
			b = append(b, 1)
		} else {
			b = append(b, 0)
		}
	}
	return b
}

func typeKey(t cty.Type) string {
	if t == cty.NilType {
		return ""
	}
	return t.GoString()
}
