package generator

import (
	"iter"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
)

// TestEveryKeyHasACase: each key of the blueprint is written in some good case, and each word that a key admits holds in one. What no
// case shows, no golden and no terraform has ever seen.
func TestEveryKeyHasACase(t *testing.T) {
	t.Parallel()
	all, said := keys{}, keys{}
	all.declared(reflect.TypeFor[blueprint.Service]())
	for _, b := range builds(t) {
		said.written(reflect.ValueOf(*b.service))
	}
	if len(all) < 250 {
		t.Errorf("only %d keys and words were found in the model", len(all))
	}
	var missing []string
	for key := range all {
		if !said[key] {
			missing = append(missing, key)
		}
	}
	slices.Sort(missing)
	for _, key := range missing {
		t.Errorf("no good case shows %s", key)
	}
}

// keys are what there is of a blueprint: Hook.via for a key, Hook.via=pause for one of its words.
type keys map[string]bool

// declared adds what a type of the model declares, and every type below it.
func (k keys) declared(typ reflect.Type) {
	typ = plainType(typ)
	if typ.Kind() != reflect.Struct || typ.PkgPath() != reflect.TypeFor[blueprint.Service]().PkgPath() {
		return
	}
	for f := range fields(typ) {
		if name := keyOf(f); name != "" {
			k[typ.Name()+"."+name] = true
			for _, word := range words(f) {
				k[typ.Name()+"."+name+"="+word] = true
			}
		}
		k.declared(f.Type)
	}
}

// written adds what a value says: a leaf that the blueprint wrote, a mapping that it has, and every word that a leaf holds.
func (k keys) written(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			k.written(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			k.written(v.Index(i))
		}
	case reflect.Struct:
		for f := range fields(v.Type()) {
			k.field(v.Type(), f, v.FieldByIndex(f.Index))
		}
	}
}

func (k keys) field(owner reflect.Type, f reflect.StructField, v reflect.Value) {
	if name := keyOf(f); name != "" {
		key := owner.Name() + "." + name
		if holds(v) {
			k[key] = true
		}
		for _, text := range texts(v) { // a default holds too
			k[key+"="+text] = true
		}
	}
	k.written(v)
}

// fields are the exported fields of a struct of the model.
func fields(typ reflect.Type) iter.Seq[reflect.StructField] {
	return func(yield func(reflect.StructField) bool) {
		for i := range typ.NumField() {
			if f := typ.Field(i); f.IsExported() && f.Name != "Node" && !yield(f) {
				return
			}
		}
	}
}

// keyOf is the key of a field, "" where it has none of its own.
func keyOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return strings.TrimPrefix(name, "-")
}

// words are those that a key admits; numbers have none.
func words(f reflect.StructField) []string {
	if f.Type == reflect.TypeFor[blueprint.At[bool]]() {
		return []string{"false", "true"}
	}
	enum := f.Tag.Get("enum")
	if enum == "" || enum[0] >= '0' && enum[0] <= '9' {
		return nil
	}
	return strings.Split(enum, ",")
}

// plainType is what pointers, lists and the user's own keys hold.
func plainType(typ reflect.Type) reflect.Type {
	for {
		switch {
		case typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice:
			typ = typ.Elem()
		case strings.HasPrefix(typ.Name(), "Entry["):
			f, _ := typ.FieldByName("V")
			typ = f.Type
		default:
			return typ
		}
	}
}

// holds says that the blueprint wrote a key.
func holds(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil()
	case reflect.Slice:
		return v.Len() > 0
	}
	if at := v.FieldByName("Default"); at.IsValid() {
		return !at.Bool()
	}
	return v.FieldByName("From").Uint() != 0
}

// texts are what a leaf holds, or the leaves of a list.
func texts(v reflect.Value) []string {
	switch at := v.Interface().(type) {
	case blueprint.At[bool]:
		return []string{strconv.FormatBool(at.V)}
	case blueprint.At[string]:
		return []string{at.V}
	case []blueprint.At[string]:
		return parts.Texts(at)
	case []blueprint.Entry[blueprint.At[string]]:
		var out []string
		for _, e := range at {
			out = append(out, e.V.V)
		}
		return out
	}
	return nil
}
