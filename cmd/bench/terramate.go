package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// peer has terramate generate as many files: a project with a stack a service, and of one service's files a generate_hcl each, with the
// service's name in the place of its own; what is no HCL is a generate_file.
func (b *bench) peer(ctx context.Context, folder string, t tree) (c cost, err error) {
	if b.terramate == "" {
		return cost{}, nil
	}
	project, err := os.MkdirTemp(b.scratch, "terramate-")
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(project)) }()
	if err := b.project(folder, project); err != nil {
		return c, err
	}
	if _, err := b.measure(ctx, project, "git", "init", "-q"); err != nil {
		return c, err
	}
	before, err := generated(project, io.Discard)
	if err != nil {
		return c, err
	}
	if c, err = b.measure(ctx, project, b.terramate, "generate"); err != nil {
		return c, err
	}
	after, err := generated(project, io.Discard)
	if made := after.files - before.files; err == nil && made != t.files {
		err = fmt.Errorf("terramate has generated %d files, not %d", made, t.files)
	}
	return c, err
}

// project writes the stacks, and what each of them generates.
func (b *bench) project(folder, project string) error {
	var blocks strings.Builder
	first := filepath.Join(folder, "orders")
	err := filepath.WalkDir(first, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "blueprint.yaml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(first, name)
		blocks.WriteString(block(inside, string(data)))
		return err
	})
	if err != nil {
		return err
	}
	stacks := filepath.Join(project, "stacks")
	files := map[string]string{
		filepath.Join(project, "terramate.tm.hcl"): "terramate {\n  config {\n    telemetry {\n      enabled = false\n    }\n  }\n}\n",
		filepath.Join(stacks, "generate.tm.hcl"):   blocks.String(),
	}
	for i := range b.services {
		name, _ := service("", i)
		files[filepath.Join(stacks, name, "stack.tm.hcl")] = fmt.Sprintf("stack {\n  name = %q\n  id   = %q\n}\n\nglobals {\n  name = %q\n}\n", name, name, name)
	}
	for name, text := range files {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o600)); err != nil {
			return err
		}
	}
	return nil
}

// block is what generates one file.
func block(name, text string) string {
	if hcl := strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".hcl"); !hcl {
		return fmt.Sprintf("generate_file %q {\n  content = %q\n}\n\n", name, strings.NewReplacer("${", "$ {", "%{", "% {").Replace(text))
	}
	return fmt.Sprintf("generate_hcl %q {\n  content {\n%s}\n}\n\n", name, strings.ReplaceAll(text, `"orders`, `"${global.name}`))
}
