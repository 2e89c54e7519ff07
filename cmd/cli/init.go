package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"bluegen/generator/bootstrap"
	"bluegen/generator/diag"

	"github.com/spf13/cobra"
)

// The codes of init.
const (
	// codeThere is a blueprint that is there, where the answers describe another one.
	codeThere diag.Code = "BG3050"
	// codeLeft warns of a file that is there and lacks what init would have written.
	codeLeft diag.Code = "BG3051"
)

// initOptions are the flags of init, but for those of the questions.
type initOptions struct {
	verb, format, from, source string
	yes, dryRun                bool
}

func (a *app) initCommand() *cobra.Command {
	o := initOptions{verb: "init"}
	said := map[string]*string{}
	cmd := &cobra.Command{
		Use: "init [folder]", Short: "Write the first blueprint of a service, and what holds its repository to it",
		RunE: func(cmd *cobra.Command, args []string) error {
			answers := bootstrap.Answers{}
			for name, answer := range said {
				if cmd.Flags().Changed(name) {
					answers[name] = *answer
				}
			}
			return a.initialise(cmd.Context(), args, o, answers)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	for _, q := range bootstrap.Questions() {
		said[q.Name] = f.String(q.Name, "", q.Usage)
		// It fails only for a flag that is not there. The words are looked for when somebody asks: every command would pay for them.
		_ = cmd.RegisterFlagCompletionFunc(q.Name, func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			var words []cobra.Completion
			for _, c := range q.Choices(nil) {
				words = append(words, c.Word)
			}
			return words, cobra.ShellCompDirectiveNoFileComp
		})
	}
	f.StringVar(&o.from, "from", "", "start from a copy of this `blueprint`, under a new name")
	f.StringVar(&o.source, "source", "", "`address` of bluegen's own repository, where pre-commit and the workflow take it from")
	f.BoolVarP(&o.yes, "yes", "y", false, "ask nothing; what no flag says has its default")
	f.BoolVar(&o.dryRun, "dry-run", false, "print what would be written and write nothing")
	f.StringVar(&o.format, "format", "text", "`text` or json")
	return cmd
}

// initialise is init: find the place, learn what the service is, see that it generates, write.
func (a *app) initialise(ctx context.Context, args []string, o initOptions, answers bootstrap.Answers) (err error) {
	if err := o.check(args, answers); err != nil {
		return err
	}
	s, found := a.site(args)
	defer func() { err = errors.Join(err, s.close()) }()
	if !found.failed() {
		if found, err = s.start(ctx, o, answers); err != nil {
			return err
		}
	}
	a.code = found.exit()
	if o.format == "json" {
		view := jsonView{a}
		view.print(found)
		return nil
	}
	s.started(found, o)
	return nil
}

func (o initOptions) check(args []string, answers bootstrap.Answers) error {
	switch {
	case o.format != "text" && o.format != "json":
		return &usageError{verb: o.verb, message: fmt.Sprintf("there is no format %q", o.format), hint: "The formats are text and json."}
	case len(args) > 1:
		return &usageError{verb: o.verb, message: "init starts one service: name one folder"}
	case len(args) == 1 && (args[0] == "" || args[0] == "-"):
		return &usageError{verb: o.verb, message: "init writes into a folder", hint: "Name the folder, or none for the working directory."}
	case len(args) == 1 && slices.Contains([]string{".yaml", ".yml"}, path.Ext(args[0])):
		return &usageError{verb: o.verb, message: "init takes a folder and writes " + bootstrap.Name + " there", hint: "To start from a blueprint, name it with --from."}
	case o.from == "":
		return nil
	}
	for _, q := range bootstrap.Questions() {
		if _, said := answers[q.Name]; said && q.Name != "name" {
			return &usageError{verb: o.verb, message: "--" + q.Name + " does not go with --from", hint: "The blueprint that is copied says it: change it in the copy."}
		}
	}
	return nil
}
