package blueprint

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"bluegen/generator/diag"
)

// handlers looks at the files that hooks of kind code name: they must lie in the blueprint's folder, after links too,
// which that folder's file system sees to, and outside the generated directory. It sets Folder.
func handlers(folder fs.FS, services []*Service) (diags diag.List) {
	for _, s := range services {
		if s.ECS == nil {
			continue
		}
		for i := range s.ECS.Deployment.Hooks {
			h := &s.ECS.Deployment.Hooks[i]
			if h.Kind.V != "code" || h.Path.V == "" {
				continue
			}
			h.Path.V = path.Clean(h.Path.V)
			if d := handler(folder, s, h); d != nil {
				d.Subject, d.Environment = h.Path.Range, s.Environment.V
				diags = append(diags, *d)
			}
		}
	}
	return diags
}

func handler(folder fs.FS, s *Service, h *Hook) *diag.Diagnostic {
	directory := s.Terraform.Directory.V
	if within(h.Path.V, directory) || within(directory, h.Path.V) {
		return &diag.Diagnostic{Code: codeHandlerIn, Summary: fmt.Sprintf("the handler %s and the generated %s overlap", quote(h.Path.V), quote(directory)),
			Detail: "What bluegen writes must not be part of what it packs. Move the handler to a folder of its own, such as hooks/."}
	}
	info, err := fs.Stat(folder, h.Path.V)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &diag.Diagnostic{Code: codeHandler, Summary: fmt.Sprintf("there is no handler %s", quote(h.Path.V)),
			Detail: "The path is relative to the blueprint's folder. Write the handler first, or correct the path."}
	case err != nil:
		return &diag.Diagnostic{Code: codeHandler, Summary: fmt.Sprintf("the handler %s cannot be read", quote(h.Path.V)),
			Detail: fmt.Sprintf("It must be a file or folder below the blueprint's folder, after links too: %s.", clean(reason(err)))}
	case !info.IsDir() && !info.Mode().IsRegular():
		return &diag.Diagnostic{Code: codeHandler, Summary: fmt.Sprintf("the handler %s is neither a file nor a folder", quote(h.Path.V)),
			Detail: "Point at the handler's source."}
	}
	h.Folder = info.IsDir()
	return nil
}

// reason is an error of the file system without the path, which differs between machines.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// within reports whether a path is a folder or lies below it.
func within(p, folder string) bool {
	return folder != "" && (p == folder || strings.HasPrefix(p, folder+"/"))
}
