package blueprint_test

import (
	"bytes"
	"regexp"
	"slices"
	"testing"

	"bluegen/generator/blueprint"
	"bluegen/schemas"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func jsonSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemas.Blueprint()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("blueprint.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("blueprint.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSchemaTakesTheExample(t *testing.T) {
	t.Parallel()
	document, ok := blueprint.Generic(example(t))
	if !ok {
		t.Fatal("the example is not YAML")
	}
	if err := jsonSchema(t).Validate(document); err != nil {
		t.Error(err)
	}
}

// TestSchemaAgrees holds the schema against the tables of mistakes: it takes all that Load takes,
// and refuses what a schema can say.
func TestSchemaAgrees(t *testing.T) {
	t.Parallel()
	schema := jsonSchema(t)
	// These codes a schema can always express. Of the others it expresses some: a required key that a layer may supply
	// is none, nor are paths, constraints, and durations' ranges.
	expressible := []string{"BG1101", "BG1103", "BG1104", "BG1105", "BG1108", "BG1111", "BG1112", "BG1113", "BG1114", "BG1201", "BG1204", "BG1205", "BG1206"}
	code := regexp.MustCompile(`BG\d{4}`)
	refused := 0
	for name, m := range mistakes(t) {
		document, ok := blueprint.Generic(head + m.text)
		if !ok {
			continue
		}
		err := schema.Validate(document)
		switch {
		case len(m.want) == 0 && err != nil:
			t.Errorf("%s: Load takes what the schema refuses: %v\n%s", name, err, m.text)
		case err != nil:
			refused++
		case slices.ContainsFunc(m.want, func(w string) bool { return slices.Contains(expressible, code.FindString(w)) }):
			if !exempt(name) {
				t.Errorf("%s: the schema takes\n%s", name, m.text)
			}
		}
	}
	if refused < 90 {
		t.Errorf("the schema refused %d snippets only", refused)
	}
}

// exempt are the snippets whose mistake a schema cannot see though others of the code it can.
func exempt(name string) bool {
	return slices.Contains([]string{
		"leaf/number with a point",                                                   // 4.0 is the number 4
		"leaf/number with an exponent",                                               // 1e3 is the number 1000
		"leaf/number with a plus",                                                    // +4 is the number 4
		"leaf/number with leading zeros",                                             // 010 is the number 10
		"leaf/percentage with leading zeros",                                         // 010 is the number 10
		"leaf/percentage without digits",                                             // .5 is the number 0.5
		"leaf/percentage with an exponent",                                           // 1e1 is the number 10
		"leaf/percentage with two decimals",                                          // editors divide binary fractions by 0.1
		"leaf/missing key", "leaf/missing key under nothing", "layer/missing in all", // a layer may say what is missing
		"leaf/duration that overflows", "leaf/duration that overflows into the range", // a length, not a form
	}, name)
}
