package blueprint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"reflect"

	"github.com/hashicorp/hcl/v2"
)

// Hash is a canonical hash of what the service says, in lower-case hexadecimal: what is written in another order or in another
// place, with other comments or in another style has the same one. Services that differ in a value, or in whether a value was
// written or filled in (an engine may fill in another one), have different ones. The name of the environment is no part of it.
// Two versions of bluegen may hash the same blueprint differently.
func (s *Service) Hash() string {
	h := sha256.New()
	hashStruct(h, reflect.ValueOf(*s))
	return hex.EncodeToString(h.Sum(nil))
}

// apart reports whether a field is no part of what is said: places, and what the caller of Load adds.
func apart(owner reflect.Type, f reflect.StructField) bool {
	if f.Type == reflect.TypeFor[hcl.Range]() || f.Type == reflect.TypeFor[Node]() {
		return true
	}
	return owner == reflect.TypeFor[Service]() && (f.Name == "File" || f.Name == "Environment" || f.Name == "Layer" || f.Name == "Was")
}

// hashStruct writes the fields that hold something, each after its name: a key that a later bluegen adds changes no hash of a
// blueprint that does not have it.
func hashStruct(h hash.Hash, v reflect.Value) {
	t := v.Type()
	fmt.Fprint(h, "{")
	for i := range t.NumField() {
		if f := t.Field(i); !apart(t, f) && !v.Field(i).IsZero() {
			fmt.Fprintf(h, "%s:", f.Name)
			hashValue(h, v.Field(i))
		}
	}
	fmt.Fprint(h, "}")
}

// hashValue writes a value so that no two different ones give the same bytes: texts are quoted, lists have brackets.
func hashValue(h hash.Hash, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		hashStruct(h, v)
	case reflect.Pointer:
		if !v.IsNil() {
			hashValue(h, v.Elem())
		}
	case reflect.Slice:
		fmt.Fprint(h, "[")
		for i := range v.Len() {
			hashValue(h, v.Index(i))
		}
		fmt.Fprint(h, "]")
	case reflect.String:
		fmt.Fprintf(h, "%q,", v.String())
	default:
		fmt.Fprintf(h, "%v,", v.Interface())
	}
}
