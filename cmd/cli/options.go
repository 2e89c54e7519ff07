package cli

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// options are the flags that every verb over blueprints has.
type options struct {
	verb         string
	environments []string
	workers      int
	recursive    bool
	// dryRun is of generate alone: nothing is written.
	dryRun bool
	// fresh is of check alone: nothing is recalled.
	fresh bool
	// strict is of check alone: what another version of bluegen generated is not up to date.
	strict bool
	// bound says that the flags of bind are there, not the format alone.
	bound bool
	// format is one of formats, the ones that the verb has.
	format  string
	formats []string
}

func (o *options) bind(cmd *cobra.Command) {
	o.bound = true
	f := cmd.Flags()
	f.StringArrayVarP(&o.environments, "environment", "e", nil, "only this `environment`; may be repeated")
	f.IntVarP(&o.workers, "jobs", "j", runtime.GOMAXPROCS(0), "how many blueprints and environments to work on at once")
	f.Lookup("jobs").DefValue = "one a processor" // the help is the same on every machine
	f.BoolVarP(&o.recursive, "recursive", "r", false, "every blueprint.yaml below the arguments")
	o.bindFormat(cmd, "sarif", "github")
}

// bindFormat is for a verb that speaks in text, JSON and these formats.
func (o *options) bindFormat(cmd *cobra.Command, more ...string) {
	formats := append([]string{"text", "json"}, more...)
	o.verb, o.formats = cmd.Name(), formats
	cmd.Flags().StringVar(&o.format, "format", "text", strings.Replace(listed(formats, "or"), "text", "`text`", 1))
	// It fails only for a flag that is not there.
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

func (o *options) check() error {
	if !slices.Contains(o.formats, o.format) {
		return &usageError{verb: o.verb, message: fmt.Sprintf("there is no format %q", o.format), hint: "The formats are " + listed(o.formats, "and") + "."}
	}
	if o.bound && o.workers < 1 {
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
