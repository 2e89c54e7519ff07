package cli

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/spf13/cobra"
)

//go:embed help/*.txt
var helpTexts embed.FS

// helpText is the text of a verb: what it does, examples, and what they print.
func helpText(verb string) string {
	text, err := helpTexts.ReadFile("help/" + verb + ".txt")
	if err != nil {
		return "" // a test reads the text of every verb
	}
	return string(text)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "bluegen",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownVerb(cmd, args[0])
		},
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(a.help)
	root.SetHelpCommand(a.helpCommand())
	verbs := []*cobra.Command{
		a.initCommand(), a.generateCommand(), a.checkCommand(), a.diffCommand(), a.validateCommand(), a.testCommand(),
		a.upgradeCommand(), a.explainCommand(), a.rolloutCommand(), a.schemaCommand(), a.versionCommand(), a.completionCommand(),
	}
	for _, v := range verbs {
		v.DisableFlagsInUseLine = true
		root.AddCommand(v)
	}
	return root
}

// topics are the texts that help has beside those of the verbs.
func topics() []string { return []string{"regenerate"} }

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [verb | topic]", Short: "Explain a verb or a topic", ValidArgs: topics(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && slices.Contains(topics(), args[0]) {
				fmt.Fprint(&a.out, helpText(args[0]))
				return nil
			}
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 && found == cmd.Root() {
				return unknownVerb(cmd.Root(), strings.Join(args, " "), topics()...)
			}
			return found.Help()
		},
	}
}

// help prints the verb's text and its flags: one text a verb, nothing that cobra makes up.
func (a *app) help(cmd *cobra.Command, _ []string) {
	verb := cmd.Name()
	fmt.Fprint(&a.out, helpText(verb))
	if flags := cmd.LocalFlags().FlagUsages(); flags != "" && cmd.HasParent() {
		fmt.Fprintf(&a.out, "\nFlags:\n%s", flags)
	}
}

func unknownVerb(root *cobra.Command, given string, names ...string) error {
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	hint := didYouMean(given, "", names)
	if slices.Contains(topics(), given) {
		hint = fmt.Sprintf("It is a topic: bluegen help %s", given)
	}
	return &usageError{message: fmt.Sprintf("there is no verb %q", given), hint: hint}
}

func flagError(cmd *cobra.Command, err error) error {
	verb := ""
	if cmd.HasParent() {
		verb = cmd.Name()
	}
	var unknown interface{ GetSpecifiedName() string }
	if !errors.As(err, &unknown) || !strings.HasPrefix(err.Error(), "unknown flag") {
		return &usageError{verb: verb, message: err.Error()}
	}
	var names []string
	for line := range strings.SplitSeq(cmd.LocalFlags().FlagUsages(), "\n") {
		if _, rest, ok := strings.Cut(line, "--"); ok {
			name, _, _ := strings.Cut(rest, " ")
			names = append(names, name)
		}
	}
	given := unknown.GetSpecifiedName()
	return &usageError{verb: verb, message: "there is no flag --" + given, hint: didYouMean(given, "--", names)}
}

// didYouMean offers the nearest name, when one is near.
func didYouMean(given, prefix string, names []string) string {
	best, distance := "", 3
	for _, name := range names {
		if d := levenshtein.Distance(given, name, nil); d < distance && d < len(name) {
			best, distance = name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("Did you mean %s%s?", prefix, best)
}
