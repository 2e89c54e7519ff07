// Command schemas is the maintainers' tool behind `make schemas`: it rewrites the data that package
// schemas embeds. Users never run it.
//
//	go run ./cmd/schemas provider DOCUMENT...   import `terraform providers schema -json` documents
//	go run ./cmd/schemas blueprint               write the JSON Schema of a blueprint from its model
//	go run ./cmd/schemas docs                    write docs/commands.md and docs/diagnostics.md
//	go run ./cmd/schemas rules aws-5.100.0       harvest value rules from the installed provider
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
)

// command is one subcommand; adding one is a row in commands.
type command struct {
	usage string
	run   func(ctx context.Context, args []string, out io.Writer) error
}

func commands() map[string]command {
	return map[string]command{
		"provider":  {"provider [-dir schemas] [-release NAME-VERSION] DOCUMENT...", importProviders},
		"blueprint": {"blueprint [-dir schemas] [-model generator/blueprint]", blueprintSchema},
		"docs":      {"docs [-dir docs]", writeDocs},
		"rules":     {"rules [-dir schemas] [-keep FILE] NAME-VERSION", harvestRules},
	}
}

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stderr); err != nil {
		log.SetFlags(0)
		log.Fatalln("schemas:", err)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	all := commands()
	if len(args) > 0 {
		if c, ok := all[args[0]]; ok {
			return c.run(ctx, args[1:], out)
		}
	}
	names := slices.Sorted(maps.Keys(all))
	lines := make([]string, len(names))
	for i, name := range names {
		lines[i] = "  go run ./cmd/schemas " + all[name].usage
	}
	return fmt.Errorf("say which data to write:\n%s", strings.Join(lines, "\n"))
}
