package schemas

import "embed"

//go:embed blueprint.schema.json
var blueprint embed.FS

// Blueprint is the JSON Schema of a blueprint (draft 2020-12) as `bluegen schema` prints it.
// `make schemas` writes it from the model in generator/blueprint.
func Blueprint() []byte {
	text, err := blueprint.ReadFile("blueprint.schema.json")
	if err != nil {
		return nil
	}
	return text
}
