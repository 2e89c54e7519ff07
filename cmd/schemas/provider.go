package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/hashicorp/go-version"
)

// importProviders writes <dir>/providers/<name>/<version>/ anew for every document.
// A document's release is its file's name (aws-6.66.0.json) unless -release says otherwise.
func importProviders(_ context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("provider", flag.ContinueOnError)
	flags.SetOutput(out)
	dir := flags.String("dir", "schemas", "the folder of package schemas")
	named := flags.String("release", "", "provider and version of the one document, such as aws-6.66.0")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 || (*named != "" && flags.NArg() != 1) {
		return errors.New("give the documents that `terraform providers schema -json` printed; -release takes exactly one")
	}
	text, err := os.ReadFile(filepath.Join(*dir, "types.txt"))
	if err != nil {
		return err
	}
	index, err := parseIndex(string(text))
	if err != nil {
		return err
	}
	for _, document := range flags.Args() {
		r, err := parseRelease(document, *named)
		if err != nil {
			return err
		}
		if err := importDocument(*dir, document, r, index, out); err != nil {
			return fmt.Errorf("%s: %w", document, err)
		}
	}
	return nil
}

// release names a provider and one version of it.
type release struct{ name, version string }

func parseRelease(document, named string) (release, error) {
	if named == "" {
		named = strings.TrimSuffix(filepath.Base(document), ".json")
	}
	name, number, ok := strings.Cut(named, "-")
	if !ok || name == "" {
		return release{}, fmt.Errorf("%q does not say provider and version as in aws-6.66.0: rename the file or use -release", named)
	}
	v, err := version.NewVersion(number)
	if err != nil {
		return release{}, fmt.Errorf("version of %q: %w", named, err)
	}
	return release{name, v.String()}, nil
}

func importDocument(dir, document string, r release, index index, out io.Writer) error {
	data, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	files, missing, err := prune(data, r.name, index)
	if err != nil {
		return err
	}
	to := filepath.Join(dir, "providers", r.name, r.version)
	if err := writeTree(to, files); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %d files\n", filepath.ToSlash(to), len(files))
	if len(missing) > 0 {
		fmt.Fprintf(out, "  in types.txt, but not in %s %s: %s\n", r.name, r.version, strings.Join(missing, ", "))
	}
	return nil
}

// writeTree makes dir hold exactly files: what an earlier import left there is gone.
func writeTree(dir string, files map[string][]byte) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for name, data := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// providerSchema is the part of the document that is kept; functions, identities, actions and
// ephemeral resources are not.
type providerSchema struct {
	Provider    json.RawMessage            `json:"provider"`
	Resources   map[string]json.RawMessage `json:"resource_schemas"`
	DataSources map[string]json.RawMessage `json:"data_source_schemas"`
}

// prune reduces a document to one file a type of the index, by path within the version's folder.
// Missing are the types of this provider that the index wants and the document lacks.
func prune(document []byte, name string, index index) (files map[string][]byte, missing []string, err error) {
	var doc struct {
		Providers map[string]providerSchema `json:"provider_schemas"`
	}
	if err := json.Unmarshal(document, &doc); err != nil {
		return nil, nil, err
	}
	for address, p := range doc.Providers {
		if path.Base(address) == name {
			return pruneProvider(p, name, index)
		}
	}
	return nil, nil, fmt.Errorf("the document has no provider named %s", name)
}

func pruneProvider(p providerSchema, name string, index index) (files map[string][]byte, missing []string, err error) {
	files = map[string][]byte{}
	add := func(file string, raw json.RawMessage) error {
		files[file], err = canonical(raw)
		return err
	}
	if err := add("config.json", p.Provider); err != nil {
		return nil, nil, fmt.Errorf("provider block: %w", err)
	}
	for _, e := range index {
		from := p.Resources
		if e.kind == "data" {
			from = p.DataSources
		}
		raw, ok := from[e.typ]
		if !ok {
			if strings.HasPrefix(e.typ, name+"_") {
				missing = append(missing, e.kind+" "+e.typ)
			}
			continue
		}
		if err := add(e.kind+"/"+e.typ+".json", raw); err != nil {
			return nil, nil, fmt.Errorf("%s %s: %w", e.kind, e.typ, err)
		}
	}
	return files, missing, nil
}

// canonical drops the prose and prints in the one layout of the embedded files.
func canonical(raw json.RawMessage) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	schema, _ := v.(map[string]any)
	dropProse(schema["block"])
	return layout(v), nil
}

// dropProse removes descriptions where they are keywords, never where they name an attribute.
func dropProse(node any) {
	m, ok := node.(map[string]any)
	if !ok {
		return
	}
	delete(m, "description")
	delete(m, "description_kind")
	for _, names := range []string{"attributes", "block_types"} {
		children, _ := m[names].(map[string]any)
		for _, child := range children {
			dropProse(child)
		}
	}
	dropProse(m["block"])
	dropProse(m["nested_type"])
}
