package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// options are the flags that every verb over blueprints has.
type options struct {
	verb         string
	environments []string
	workers      int
	recursive    bool
	format       string
}

func (o *options) bind(cmd *cobra.Command) {
	o.verb = cmd.Name()
	f := cmd.Flags()
	f.StringArrayVarP(&o.environments, "environment", "e", nil, "only this `environment`; may be repeated")
	f.IntVarP(&o.workers, "jobs", "j", runtime.GOMAXPROCS(0), "how many blueprints and environments to work on at once")
	f.Lookup("jobs").DefValue = "one a processor" // the help is the same on every machine
	f.BoolVarP(&o.recursive, "recursive", "r", false, "every blueprint.yaml below the arguments")
	o.bindFormat(cmd)
}

func (o *options) bindFormat(cmd *cobra.Command) {
	o.verb = cmd.Name()
	cmd.Flags().StringVar(&o.format, "format", "text", "`text` or json")
}

func (o *options) check() error {
	if o.format != "text" && o.format != "json" {
		return &usageError{verb: o.verb, message: fmt.Sprintf("there is no format %q", o.format), hint: "The formats are text and json."}
	}
	if o.workers < 1 && o.verb != "version" {
		return &usageError{verb: o.verb, message: "-j needs at least 1"}
	}
	return nil
}

// proof are the flags of the verbs that run terraform.
type proof struct {
	options
	provider, terraform string
}

func (p *proof) bind(cmd *cobra.Command) {
	p.options.bind(cmd)
	f := cmd.Flags()
	f.StringVar(&p.provider, "provider", "bluegen", "who answers for the aws and archive providers: `bluegen`, offline and from the embedded schemas, or registry, the real ones")
	f.StringVar(&p.terraform, "terraform", "", "`path` of the terraform binary; else PATH, bluegen's cache, a download")
}

func (p *proof) check() error {
	if p.provider != "bluegen" && p.provider != "registry" {
		return &usageError{verb: p.verb, message: fmt.Sprintf("there is no provider source %q", p.provider), hint: "The sources are bluegen and registry."}
	}
	return p.options.check()
}
