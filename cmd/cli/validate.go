package cli

import (
	"context"
	"slices"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/terraform"
	"bluegen/schemas"

	"github.com/spf13/cobra"
)

func (a *app) validateCommand() *cobra.Command {
	var o proof
	cmd := &cobra.Command{
		Use: "validate [blueprint | folder | -]...", Short: "Have the real terraform validate what is on disk, offline",
		RunE: func(cmd *cobra.Command, args []string) error { return a.prove(cmd.Context(), args, o, validateTree) },
	}
	o.bind(cmd)
	return cmd
}

func (a *app) testCommand() *cobra.Command {
	var o proof
	cmd := &cobra.Command{
		Use: "test [blueprint | folder | -]...", Short: "Run the generated tests with the real terraform, offline",
		RunE: func(cmd *cobra.Command, args []string) error { return a.prove(cmd.Context(), args, o, testTree) },
	}
	o.bind(cmd)
	return cmd
}

// verdict is what terraform said of one tree.
type verdict struct {
	diags diag.List
	runs  []terraform.Run
}

// judge asks terraform about a directory; a nil view means the registry's providers.
type judge func(ctx context.Context, s *terraform.Session, dir string, view *schemas.View, origin terraform.Origin) (verdict, error)

func validateTree(ctx context.Context, s *terraform.Session, dir string, view *schemas.View, origin terraform.Origin) (verdict, error) {
	out, err := s.Validate(ctx, dir, view)
	if err != nil {
		return verdict{}, err
	}
	diags := causes(terraform.Complaints(out, origin))
	if !out.Valid && !diags.HasErrors() {
		diags = append(diags, diag.Diagnostic{Code: terraform.CodeInvalid, Summary: "terraform says that it is not valid, and not why"})
	}
	return verdict{diags: diags}, nil
}

func testTree(ctx context.Context, s *terraform.Session, dir string, view *schemas.View, origin terraform.Origin) (verdict, error) {
	out, err := s.Test(ctx, dir, view)
	if err != nil {
		return verdict{}, err
	}
	diags := causes(terraform.FailedRuns(out, origin))
	if !out.OK() && !diags.HasErrors() {
		diags = append(diags, diag.Diagnostic{Code: terraform.CodeTestFailed, Summary: "not every run of the tests passed"})
	}
	return verdict{diags: diags, runs: out.Runs}, nil
}

// causes leaves out init's general remark that there were problems, where the problems themselves are told, and keeps a
// summary to its first line.
func causes(list diag.List) diag.List {
	placed := slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Severity == diag.Error && d.Subject.Filename != "" })
	var out diag.List
	for _, d := range list {
		if placed && d.Severity == diag.Error && d.Subject.Filename == "" && strings.HasPrefix(d.Summary, "Terraform encountered problems") {
			continue
		}
		summary, rest, _ := strings.Cut(d.Summary, "\n")
		d.Summary, d.Detail = summary, strings.TrimSpace(rest+"\n"+d.Detail)
		out = append(out, d)
	}
	return out.Sorted() // terraform tells a module's mistake once a call
}

// testRun is a run of a test in an environment.
type testRun struct {
	terraform.Run
	directory, environment string
}
