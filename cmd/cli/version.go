package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use: "version", Short: "Print the version and the commit", Args: none("version"),
		RunE: func(*cobra.Command, []string) error {
			if err := o.check(); err != nil {
				return err
			}
			if o.format == "text" {
				fmt.Fprintf(&a.out, "bluegen %s (commit %s, %s)\n", Version, commit(), runtime.Version())
				return nil
			}
			return json.NewEncoder(&a.out).Encode(map[string]string{"version": Version, "commit": commit(), "go": runtime.Version()})
		},
	}
	o.bindFormat(cmd)
	return cmd
}

// commit is what go build stamped, "unknown" without a repository or with -buildvcs=false.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, modified := "unknown", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = " with changes"
		}
	}
	if revision == "unknown" {
		return revision
	}
	return revision + modified
}

// none refuses arguments.
func none(verb string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return &usageError{verb: verb, message: fmt.Sprintf("%s takes no argument, got %q", verb, args[0])}
		}
		return nil
	}
}
