package terraform

import (
	"context"
	"errors"
	"strings"
)

// FormatCheck returns the files below dir, slash-separated and relative, that terraform fmt would change; none of them is changed.
func (s *Session) FormatCheck(ctx context.Context, dir string) (files []string, err error) {
	w, err := s.open(ctx, dir, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	r := w.run(ctx, "fmt", "-check", "-recursive", "-list=true", "-no-color")
	for file := range strings.Lines(string(r.stdout)) {
		files = append(files, strings.TrimSpace(file))
	}
	if r.err != nil && len(files) == 0 {
		return nil, r.failed("fmt")
	}
	return files, nil
}
