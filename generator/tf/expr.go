package tf

import "github.com/zclconf/go-cty/cty"

// Expr is sealed: the types of this file are all there are. There is no raw text.
type Expr interface{ expr() }

// Lit is a known value; its strings are escaped, so ${ and %{ stay text.
type Lit struct{ Value cty.Value }

// Ref is a reference made from a block by Block.Attr.
type Ref struct {
	Block *Block
	Path  []string
}

// Named is a value that Terraform itself provides; made by Each, PathModule, PathRoot, Keyword, Own, Self and the For constructors.
type Named struct {
	Kind NamedKind
	Path []string
}

// NamedKind says what a Named value is.
type NamedKind uint8

// The kinds of Named.
const (
	// EachValue is each.key or each.value.….
	EachValue NamedKind = iota
	// PathValue is path.module or path.root.
	PathValue
	// KeywordValue is a bare word of Terraform's language, such as plan in command = plan.
	KeywordValue
	// OwnArgument is an argument of the enclosing resource, as ignore_changes lists it.
	OwnArgument
	// Bound is the variable of an enclosing For, or of an enclosing dynamic block.
	Bound
	// SelfValue is self.…: the enclosing resource as it is after the apply, for a postcondition.
	SelfValue
)

// Call is a function call, on one line or with one argument a line and a trailing comma where Lines.
type Call struct {
	Name  string
	Args  []Expr
	Lines bool
}

// Template is a quoted template: string literals are text, everything else is interpolated.
type Template struct{ Parts []Expr }

// Field is one entry of an Object. The key is printed bare where it is an identifier, else quoted; KeyExpr, when set, in parentheses.
type Field struct {
	Key     string
	KeyExpr Expr
	Value   Expr
	// Comment stands above the field.
	Comment string
}

// Object prints one field a line, or all on one line where Inline.
type Object struct {
	Fields []Field
	Inline bool
}

// List prints on one line, or one item a line with a trailing comma where Lines.
type List struct {
	Items []Expr
	Lines bool
}

// Cond is if ? then : else.
type Cond struct{ If, Then, Else Expr }

// Binary is left op right; Op is one of == != && || > >= < <= + -. Operands that are Binary or Cond themselves are put in parentheses.
type Binary struct {
	Op          string
	Left, Right Expr
}

// Not is !operand.
type Not struct{ Operand Expr }

// Index is collection[key].
type Index struct{ Collection, Key Expr }

// Get is object.name.
type Get struct {
	Object Expr
	Name   string
}

// Splat is collection[*].name for each of the path's names.
type Splat struct {
	Collection Expr
	Path       []string
}

// For is [for name in collection : value], or {for name in collection : key => value} where Key is set. At, where it is not "", names
// the key or the number of the element: for at, name in collection.
type For struct {
	At, Name        string
	Collection      Expr
	Key, Value      Expr
	If              Expr
	Lines, Grouping bool
}

// TypeOf is a type constraint as variables declare it: string, set(string), object({…}).
type TypeOf struct{ Type cty.Type }

func (Lit) expr()      {}
func (Ref) expr()      {}
func (Named) expr()    {}
func (Call) expr()     {}
func (Template) expr() {}
func (Object) expr()   {}
func (List) expr()     {}
func (Cond) expr()     {}
func (Binary) expr()   {}
func (Not) expr()      {}
func (Index) expr()    {}
func (Get) expr()      {}
func (Splat) expr()    {}
func (For) expr()      {}
func (TypeOf) expr()   {}

// String is a string literal.
func String(s string) Expr { return Lit{cty.StringVal(s)} }

// Int is a whole number.
func Int(n int) Expr { return Lit{cty.NumberIntVal(int64(n))} }

// Float is a number with a fraction.
func Float(f float64) Expr { return Lit{cty.NumberFloatVal(f)} }

// Bool is true or false.
func Bool(b bool) Expr { return Lit{cty.BoolVal(b)} }

// Strings is a list of string literals on one line.
func Strings(items ...string) Expr {
	l := List{}
	for _, s := range items {
		l.Items = append(l.Items, String(s))
	}
	return l
}

// ListOf is a list on one line.
func ListOf(items ...Expr) Expr { return List{Items: items} }

// LinesOf is a list with one item a line.
func LinesOf(items ...Expr) Expr { return List{Items: items, Lines: true} }

// Fields is an object with one field a line; fields with a nil value are left out.
func Fields(fields ...Field) Expr { return Object{Fields: known(fields)} }

// Inline is an object on one line; fields with a nil value are left out.
func Inline(fields ...Field) Expr { return Object{Fields: known(fields), Inline: true} }

// F is a field.
func F(key string, value Expr) Field { return Field{Key: key, Value: value} }

// Fn is a function call.
func Fn(name string, args ...Expr) Expr { return Call{Name: name, Args: args} }

// FnLines is a function call with one argument a line.
func FnLines(name string, args ...Expr) Expr { return Call{Name: name, Args: args, Lines: true} }

// Join is a template: string literals are text, everything else is interpolated.
func Join(parts ...Expr) Expr { return Template{Parts: parts} }

// All is left && right && ….
func All(operands ...Expr) Expr { return chain("&&", operands) }

// Equal is left == right.
func Equal(left, right Expr) Expr { return Binary{"==", left, right} }

// Each is each.key, or each.value with a path below it.
func Each(path ...string) Expr { return Named{EachValue, path} }

// PathModule is path.module.
func PathModule() Expr { return Named{PathValue, []string{"module"}} }

// PathRoot is path.root.
func PathRoot() Expr { return Named{PathValue, []string{"root"}} }

// Keyword is a bare word of Terraform's language.
func Keyword(word string) Expr { return Named{KeywordValue, []string{word}} }

// Own is an argument of the enclosing resource, for ignore_changes.
func Own(argument string) Expr { return Named{OwnArgument, []string{argument}} }

// Self is self with a path below it: what a postcondition looks at.
func Self(path ...string) Expr { return Named{SelfValue, path} }

// It is the variable of an enclosing For, for its If, or one of a dynamic block: weighted_target.value.
func It(name string, path ...string) Expr {
	return Named{Bound, append([]string{name}, path...)}
}

// ForEach is [for name in collection : value(name)].
func ForEach(name string, collection Expr, value func(it Expr) Expr) Expr {
	return For{Name: name, Collection: collection, Value: value(Named{Bound, []string{name}})}
}

// ForMap is {for name in collection : key => value}.
func ForMap(name string, collection Expr, entry func(it Expr) (key, value Expr)) Expr {
	key, value := entry(Named{Bound, []string{name}})
	return For{Name: name, Collection: collection, Key: key, Value: value}
}

// ForPairs is {for at, name in collection : key => value}; what is returned can still get an If.
func ForPairs(at, name string, collection Expr, entry func(at, it Expr) (key, value Expr)) For {
	key, value := entry(It(at), It(name))
	return For{At: at, Name: name, Collection: collection, Key: key, Value: value}
}

// First is collection[0], as a block of a list is read.
func First(collection Expr, path ...string) Expr {
	return Dig(Index{collection, Int(0)}, path...)
}

// Dig is object.a.b for each of the path's names.
func Dig(object Expr, path ...string) Expr {
	for _, name := range path {
		object = Get{object, name}
	}
	return object
}

func chain(op string, operands []Expr) Expr {
	out := operands[0]
	for _, o := range operands[1:] {
		out = Binary{op, out, o}
	}
	return out
}

func known(fields []Field) []Field {
	out := make([]Field, 0, len(fields))
	for _, f := range fields {
		if f.Value != nil {
			out = append(out, f)
		}
	}
	return out
}
