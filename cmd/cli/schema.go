package cli

import (
	"bluegen/schemas"

	"github.com/spf13/cobra"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "Print the JSON Schema of blueprints, for editors", Args: none("schema"),
		RunE: func(*cobra.Command, []string) error {
			a.out.Write(schemas.Blueprint())
			return nil
		},
	}
}
