package blueprint

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// shape is how a type of the model is written in YAML.
type shape uint8

const (
	shapeLeaf    shape = iota // At[T]
	shapeValue                // Value[T]
	shapeObject               // a struct
	shapeList                 // []T
	shapeEntries              // []Entry[T]: a mapping with keys of the user's
	shapePairs                // []Pair: a mapping of text to text
)

// scalarKind is what a text must be.
type scalarKind uint8

const (
	kindText scalarKind = iota
	kindNumber
	kindBool
	kindDuration
	kindPercent
)

// plan is what the decoder, the layers and the JSON Schema know of a type: reflection and tags, read once a Load.
type plan struct {
	typ     reflect.Type
	shape   shape
	scalar  scalarKind // of a leaf or a value
	many    bool       // of a value: it holds a list
	elem    *plan      // of a list or of entries
	fields  []*field   // of an object, with those of the engine's part
	foreign []foreign  // of an object: the keys that only other engines have
	differs bool       // something in it is another engine's: the JSON Schema writes it once an engine
	node    []int      // of an object: where its Node is, nil without
	inlined []int      // of an object: the pointer to the engine's part
}

// foreign is a key that only another engine has.
type foreign struct{ key, engine string }

// field is one key of an object.
type field struct {
	key      string
	owner    string // Type.Field, for its documentation
	index    []int
	inline   bool // it is a field of the engine's part
	optional bool // a pointer: nil where the key is not said
	plan     *plan
	rules    rules
}

// rules are the tags of a field.
type rules struct {
	required, unique bool
	fallback         string // default
	hasFallback      bool
	enum             []string
	min, max, unit   string
	pattern          string
	group            string   // oneof
	kinds            []string // only under these kinds; nil under all
	lookup           []string // keys that a lookup admits
	variable         string
}

// The pointers to the model's generic types fill themselves, so that the decoder need not know T.
type (
	leaf interface {
		put(v any, at hcl.Range, fallback bool)
		zero() any
	}
	sourced interface {
		literal(v any)
		from(s Source, name string, q Query)
		said(at hcl.Range)
		zero() any
	}
	entry interface {
		parts() (key *At[string], value any)
	}
)

func (a *At[T]) put(v any, at hcl.Range, fallback bool) {
	if t, ok := v.(T); ok {
		a.V = t
	}
	a.Range, a.Default = at, fallback
}

func (a *At[T]) zero() any { return a.V }

func (v *Value[T]) literal(x any) {
	if t, ok := x.(T); ok {
		v.V, v.From = t, Literal
	}
}

func (v *Value[T]) from(s Source, name string, q Query) { v.From, v.Name, v.Lookup = s, name, q }
func (v *Value[T]) said(at hcl.Range)                   { v.Range = at }
func (v *Value[T]) zero() any                           { return v.V }

func (e *Entry[T]) parts() (*At[string], any) { return &e.Key, &e.V }

// planner builds the plans of one engine and remembers them.
type planner struct {
	engine string
	plans  map[reflect.Type]*plan
}

func newPlanner(engine string) planner { return planner{engine, map[reflect.Type]*plan{}} }

func (ps planner) of(t reflect.Type) (*plan, error) {
	if p, ok := ps.plans[t]; ok {
		return p, nil
	}
	p := &plan{typ: t}
	ps.plans[t] = p
	switch x := reflect.New(t).Interface().(type) {
	case leaf:
		p.shape = shapeLeaf
		return p, p.classify(x.zero())
	case sourced:
		p.shape = shapeValue
		return p, p.classify(x.zero())
	}
	switch t.Kind() {
	case reflect.Slice:
		return p, ps.slice(p, t.Elem())
	case reflect.Struct:
		p.shape = shapeObject
		return p, ps.object(p)
	default:
		return nil, fmt.Errorf("the model holds a %s, which has no form in YAML", t)
	}
}

func (p *plan) classify(zero any) error {
	switch zero.(type) {
	case string:
		p.scalar = kindText
	case int:
		p.scalar = kindNumber
	case bool:
		p.scalar = kindBool
	case time.Duration:
		p.scalar = kindDuration
	case Percent:
		p.scalar = kindPercent
	case []string:
		p.scalar, p.many = kindText, true
	default:
		return fmt.Errorf("the model holds a %T, which no scalar is", zero)
	}
	return nil
}

func (ps planner) slice(p *plan, elem reflect.Type) (err error) {
	if elem == reflect.TypeFor[Pair]() {
		p.shape = shapePairs
		return nil
	}
	if e, ok := reflect.New(elem).Interface().(entry); ok {
		p.shape = shapeEntries
		_, value := e.parts()
		if p.elem, err = ps.of(reflect.TypeOf(value).Elem()); err == nil {
			p.differs = p.elem.differs
		}
		return err
	}
	p.shape = shapeList
	if p.elem, err = ps.of(elem); err == nil {
		p.differs = p.elem.differs
	}
	return err
}

func (ps planner) object(p *plan) error {
	for i := range p.typ.NumField() {
		f := p.typ.Field(i)
		name, isInline := strings.CutSuffix(f.Tag.Get("yaml"), ",inline")
		engine := f.Tag.Get("engine")
		switch {
		case f.Type == reflect.TypeFor[Node]():
			p.node = f.Index
		case name == "-":
		case engine != "" && engine != ps.engine:
			p.ofOthers(f, name, isInline, engine)
		case isInline:
			if err := ps.inline(p, f); err != nil {
				return err
			}
		default:
			made, err := ps.field(p.typ, f, name)
			if err != nil {
				return err
			}
			p.fields = append(p.fields, made)
			p.differs = p.differs || engine != "" || made.plan.differs
		}
	}
	return nil
}

// inline takes the keys of the engine's part among those of the object.
func (ps planner) inline(p *plan, f reflect.StructField) error {
	part, err := ps.of(f.Type.Elem())
	if err != nil {
		return err
	}
	p.inlined = f.Index
	for _, of := range part.fields {
		copied := *of
		copied.inline = true
		p.fields = append(p.fields, &copied)
	}
	return nil
}

// ofOthers remembers the keys that another engine has, for the message to who writes them under this one.
func (p *plan) ofOthers(f reflect.StructField, name string, isInline bool, engine string) {
	p.differs = true
	if !isInline {
		p.foreign = append(p.foreign, foreign{name, engine})
		return
	}
	part := f.Type.Elem()
	for i := range part.NumField() {
		p.foreign = append(p.foreign, foreign{part.Field(i).Tag.Get("yaml"), engine})
	}
}

func (ps planner) field(owner reflect.Type, f reflect.StructField, name string) (*field, error) {
	t := f.Type
	made := &field{key: name, owner: owner.Name() + "." + f.Name, index: f.Index, rules: rulesOf(string(f.Tag))}
	if t.Kind() == reflect.Pointer {
		t, made.optional = t.Elem(), true
	}
	var err error
	if made.plan, err = ps.of(t); err != nil {
		return nil, err
	}
	return made, nil
}

// rulesOf reads a tag in one pass: StructTag.Get would begin again for each of its words.
func rulesOf(tag string) (r rules) {
	for tag != "" {
		word, rest, _ := strings.Cut(strings.TrimLeft(tag, " "), `:"`)
		text, after, _ := strings.Cut(rest, `"`)
		tag = after
		switch word {
		case "required":
			r.required = text == "true"
		case "unique":
			r.unique = text == "true"
		case "default":
			r.fallback, r.hasFallback = text, true
		case "enum":
			r.enum = strings.Split(text, ",")
		case "lookup":
			r.lookup = strings.Split(text, ",")
		case "min":
			r.min = text
		case "max":
			r.max = text
		case "unit":
			r.unit = text
		case "pattern":
			r.pattern = text
		case "oneof":
			r.group = text
		case "kind":
			r.kinds = strings.Split(text, ",")
		case "variable":
			r.variable = text
		}
	}
	return r
}

// under says that an object of this kind has the key; of a kind that is not known, only those of all kinds.
func (r *rules) under(kind string) bool { return r.kinds == nil || slices.Contains(r.kinds, kind) }

// keys lists the keys of an object in the order of the model.
func (p *plan) keys() []string {
	keys := make([]string, 0, len(p.fields))
	for _, f := range p.fields {
		keys = append(keys, f.key)
	}
	return keys
}

// field finds a key's.
func (p *plan) field(key string) *field {
	for _, f := range p.fields {
		if f.key == key {
			return f
		}
	}
	return nil
}
