package bootstrap

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/tf"

	"github.com/hashicorp/hcl/v2"
)

const (
	// codeOthers warns of what a copy has of the service that it was copied from.
	codeOthers diag.Code = "BG3052"
	// mostHandlers bounds the files that a copied hook brings with it.
	mostHandlers = 1000
)

// From copies another service's blueprint under a new name: its comments and order stay, and the handlers that it names come with
// it. file lies at the top of fsys. What is still the other service's is a warning that points into the copy.
func From(fsys fs.FS, file, name string) (Draft, diag.List) {
	services, diags := blueprint.Load(fsys, file)
	if diags.HasErrors() {
		return Draft{}, diags
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return Draft{}, unreadable(file, err)
	}
	old := services[0].Name
	data, err = blueprint.Rewrite(data, blueprint.Edit{Range: old.Range, Text: scalar(name)})
	if err != nil {
		return Draft{}, diag.List{{Code: diag.Internal, Summary: err.Error()}}
	}
	draft := Draft{Blueprint: data}
	if draft.Handlers, err = handlers(fsys, services); err != nil {
		return Draft{}, unreadable(file, err)
	}
	copied, diags := blueprint.Load(draft.FS(), Name)
	if diags.HasErrors() {
		return draft, diags
	}
	return draft, others(data, old.V, copied)
}

func unreadable(file string, err error) diag.List {
	return diag.List{{
		Code: "BG1002", Summary: fmt.Sprintf("the blueprint %s cannot be copied", file), Detail: err.Error() + ". Make it readable, and run again.",
		Subject: hcl.Range{Filename: file},
	}}
}

// handlers are the files that hooks name, links left out: what they lead to is not the blueprint's.
func handlers(fsys fs.FS, services []*blueprint.Service) ([]tf.File, error) {
	var out []tf.File
	for _, top := range handlerPaths(services) {
		err := fs.WalkDir(fsys, top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			if len(out) == mostHandlers {
				return fmt.Errorf("%s has more than %d files", top, mostHandlers)
			}
			data, err := fs.ReadFile(fsys, name)
			out = append(out, tf.File{Path: name, Data: data})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func handlerPaths(services []*blueprint.Service) []string {
	var out []string
	for _, s := range services {
		if s.ECS == nil {
			continue
		}
		for _, h := range s.ECS.Deployment.Hooks {
			if h.Path.V != "" {
				out = append(out, path.Clean(h.Path.V))
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	// A file in a folder that is another hook's comes with the folder.
	return slices.DeleteFunc(slices.Clone(out), func(p string) bool {
		return slices.ContainsFunc(out, func(other string) bool { return strings.HasPrefix(p, other+"/") })
	})
}

// others warns of values that only one service may have, and of every line that still has the other one's name.
func others(data []byte, old string, services []*blueprint.Service) diag.List {
	var at []hcl.Range
	for _, s := range services {
		if b := s.Terraform.Backend; b != nil && b.S3 != nil && b.S3.Key.V != "" {
			at = append(at, b.S3.Key.Range)
		}
		if s.ECS == nil {
			continue
		}
		for _, t := range s.ECS.Traffic {
			at = append(at, rules(t.V.ALB)...)
		}
	}
	named := regexp.MustCompile(`(^|[^a-zA-Z0-9])` + regexp.QuoteMeta(old) + `($|[^a-zA-Z0-9])`)
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		said := strings.TrimSpace(line)
		if !strings.HasPrefix(said, "#") && named.MatchString(said) && number != services[0].Name.Range.Start.Line {
			column := strings.Index(line, old) + 1
			at = append(at, hcl.Range{Filename: Name, Start: hcl.Pos{Line: number, Column: column}, End: hcl.Pos{Line: number, Column: column + len(old)}})
		}
	}
	slices.SortFunc(at, func(a, b hcl.Range) int { return a.Start.Line - b.Start.Line })
	at = slices.CompactFunc(at, func(a, b hcl.Range) bool { return a.Start.Line == b.Start.Line })
	if len(at) == 0 {
		return nil
	}
	return diag.List{{
		Code: codeOthers, Severity: diag.Warning, Subject: at[0], Related: at[1:],
		Summary: "The copy still holds what belongs to " + old,
		Detail:  "Two services must share neither a rule's priority in one listener, nor its conditions, nor a state. Look at these lines before you apply.",
	}}
}

func rules(alb *blueprint.ALB) []hcl.Range {
	if alb == nil {
		return nil
	}
	var out []hcl.Range
	if alb.Production != nil {
		out = append(out, alb.Production.Priority.Range)
	}
	if alb.Test != nil {
		out = append(out, alb.Test.Priority.Range)
	}
	return out
}
