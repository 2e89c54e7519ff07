package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bluegen/generator/diag"

	"github.com/spf13/cobra"
)

func (a *app) explainCommand() *cobra.Command {
	var o options
	var resolved bool
	cmd := &cobra.Command{
		Use: "explain [code]... | explain --resolved [blueprint | folder | -]...", Short: "Say what a diagnostic's code means, or what a blueprint says with its bases",
		ValidArgsFunction: func(cmd *cobra.Command, given []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if resolved {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return completeCodes(cmd, given, begun)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			switch {
			case resolved && o.format != "text":
				return &usageError{verb: o.verb, message: "--resolved prints YAML: --format " + o.format + " does not go with it"}
			case resolved:
				return a.resolved(args, o)
			case len(o.environments) > 0:
				return &usageError{verb: o.verb, message: "a code has no environments: -e goes with --resolved"}
			}
			entries, err := meantCodes(args)
			switch {
			case err != nil:
				return err
			case o.format == "json":
				a.explainJSON(entries)
			case len(args) == 0:
				a.listCodes(entries)
			default:
				a.explainText(entries)
			}
			return nil
		},
	}
	o.bindFormat(cmd)
	cmd.Flags().BoolVar(&resolved, "resolved", false, "print what a blueprint, its bases and an environment say together, with the place of every value")
	cmd.Flags().StringArrayVarP(&o.environments, "environment", "e", nil, "with --resolved: only this `environment`; may be repeated")
	return cmd
}

// meantCodes reads the entries that arguments name, each once and in any case; all of them without an argument.
func meantCodes(args []string) ([]diag.Entry, error) {
	codes := diag.Codes()
	if len(args) > 0 {
		codes = nil
	}
	for _, arg := range args {
		if code := diag.Code(strings.ToUpper(arg)); !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	var entries []diag.Entry
	var unknown, hints []string
	for _, code := range codes {
		if e, ok := diag.Read(code); ok {
			entries = append(entries, e)
			continue
		}
		unknown = append(unknown, string(code))
		hints = append(hints, nearest(code))
	}
	if unknown == nil {
		return entries, nil
	}
	hints = slices.DeleteFunc(slices.Compact(hints), func(hint string) bool { return hint == "" })
	return nil, &usageError{
		verb: "explain", message: "there is no code " + strings.Join(unknown, ", "),
		hint: strings.Join(append(hints, `"bluegen explain" lists every code.`), " "),
	}
}

// nearest offers the code that was probably meant: of those that differ least, the one with the nearest number.
func nearest(code diag.Code) string {
	names := []string{}
	for _, c := range diag.Codes() {
		names = append(names, string(c))
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(apart(a, string(code)), apart(b, string(code))) })
	return didYouMean(string(code), "", names)
}

// apart is how far the numbers of two codes are from each other.
func apart(a, b string) int {
	var x, y int
	_, _ = fmt.Sscanf(a, "BG%d", &x) // what is no code has the number 0
	_, _ = fmt.Sscanf(b, "BG%d", &y)
	return max(x-y, y-x)
}

// listCodes prints a line a code: it is made to be searched.
func (a *app) listCodes(entries []diag.Entry) {
	s := a.outStyle()
	for _, e := range entries {
		fmt.Fprintf(&a.out, "%s  %s  %s\n", e.Code, s.paint(e.Severity, fmt.Sprintf("%-7s", e.Severity)), e.Title)
	}
}

func (a *app) explainText(entries []diag.Entry) {
	s := a.outStyle()
	for i, e := range entries {
		if i > 0 {
			fmt.Fprint(&a.out, "\n\n")
		}
		fmt.Fprint(&a.out, s.page(e))
	}
}

// page is an entry of the catalogue for a reader.
func (s style) page(e diag.Entry) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n\n%s", s.bold(fmt.Sprintf("%s: %s", e.Code, e.Title)), s.paint(e.Severity, e.Severity.String()), s.markdown(e.Why))
	for _, section := range e.Sections {
		fmt.Fprintf(&out, "\n%s\n\n%s", s.bold(section.Heading), s.markdown(section.Text))
	}
	return out.String()
}

type explainDocument struct {
	FormatVersion string        `json:"format_version"`
	Codes         []explainCode `json:"codes"`
}

// explainCode is an entry of the catalogue; every text is Markdown.
type explainCode struct {
	Code     diag.Code `json:"code"`
	Severity string    `json:"severity"`
	Title    string    `json:"title"`
	Why      string    `json:"why"`
	Wrong    string    `json:"wrong,omitempty"`
	Right    string    `json:"right,omitempty"`
	ToDo     string    `json:"what_to_do"`
	Source   string    `json:"source,omitempty"`
}

func (a *app) explainJSON(entries []diag.Entry) {
	doc := explainDocument{FormatVersion: jsonFormat, Codes: []explainCode{}}
	for _, e := range entries {
		doc.Codes = append(doc.Codes, explainCode{
			Code: e.Code, Severity: e.Severity.String(), Title: e.Title, Why: e.Why,
			Wrong: e.Section("Wrong"), Right: e.Section("Right"), ToDo: e.Section("What to do"), Source: e.Section("Source"),
		})
	}
	a.printJSON(doc)
}

// completeCodes offers the codes that are not given yet, each with its title.
func completeCodes(_ *cobra.Command, given []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var out []cobra.Completion
	for _, code := range diag.Codes() {
		used := slices.ContainsFunc(given, func(g string) bool { return strings.EqualFold(g, string(code)) })
		if e, ok := diag.Read(code); ok && !used && strings.HasPrefix(string(code), strings.ToUpper(begun)) {
			out = append(out, cobra.CompletionWithDesc(string(code), e.Title))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
