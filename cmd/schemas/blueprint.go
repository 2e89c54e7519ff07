package main

import (
	"context"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bluegen/generator/blueprint"
)

// blueprintSchema writes <dir>/blueprint.schema.json from the blueprint's model, whose doc comments are its hover texts.
func blueprintSchema(_ context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("blueprint", flag.ContinueOnError)
	flags.SetOutput(out)
	dir := flags.String("dir", "schemas", "the folder of package schemas")
	model := flags.String("model", "generator/blueprint", "the folder of the model's source")
	if err := flags.Parse(args); err != nil {
		return err
	}
	text, err := modelSchema(*model)
	if err != nil {
		return err
	}
	path := filepath.Join(*dir, "blueprint.schema.json")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "wrote %s\n", path)
	return err
}

func modelSchema(dir string) ([]byte, error) {
	docs, err := modelDocs(dir)
	if err != nil {
		return nil, err
	}
	return blueprint.Schema(docs)
}

// modelDocs reads the doc comments of every struct and its fields, as Type and Type.Field.
func modelDocs(dir string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	docs := map[string]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, declaration := range parsed.Decls {
			if types, ok := declaration.(*ast.GenDecl); ok {
				typeDocs(docs, types)
			}
		}
	}
	return docs, nil
}

func typeDocs(docs map[string]string, types *ast.GenDecl) {
	for _, spec := range types.Specs {
		named, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		structure, ok := named.Type.(*ast.StructType)
		if !ok {
			continue
		}
		if named.Doc == nil {
			named.Doc = types.Doc
		}
		docs[named.Name.Name] = sentence(named.Doc)
		for _, field := range structure.Fields.List {
			for _, name := range field.Names {
				docs[named.Name.Name+"."+name.Name] = sentence(field.Doc)
			}
		}
	}
}

// sentence is a comment in one line.
func sentence(doc *ast.CommentGroup) string {
	if doc == nil {
		return ""
	}
	return strings.Join(strings.Fields(doc.Text()), " ")
}
