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
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// harvestRules writes <dir>/rules/<name>/<version>/ anew from what the installed provider says of bad
// values. It runs the terraform of PATH, and finds the provider as terraform does: by the user's CLI
// configuration, or in the registry. The schemas of that release must have been imported before.
func harvestRules(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("rules", flag.ContinueOnError)
	flags.SetOutput(out)
	dir := flags.String("dir", "schemas", "the folder of package schemas")
	keep := flags.String("keep", "", "also write every message that gave no rule to this file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("give the one release to ask, such as aws-5.100.0")
	}
	r, err := parseRelease("", flags.Arg(0))
	if err != nil {
		return err
	}
	ps, err := releaseProbes(filepath.Join(*dir, "providers", r.name, r.version))
	if err != nil {
		return err
	}
	answers, err := ask(ctx, r, ps)
	if err != nil {
		return err
	}
	h := collect(answers)
	to := filepath.Join(*dir, "rules", r.name, r.version)
	if err := writeTree(to, h.files()); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %d probes, %d messages, %d arguments of %d types with rules, %d messages left over\n",
		filepath.ToSlash(to), len(ps), len(answers), h.count(), len(h.rules), len(h.unread))
	if *keep != "" {
		return os.WriteFile(*keep, []byte(strings.Join(h.unread, "\n")+"\n"), 0o644)
	}
	return nil
}

// releaseProbes makes the probes for all types of an imported release.
func releaseProbes(dir string) ([]probe, error) {
	var out []probe
	for _, kind := range []string{"resource", "data"} {
		files, err := filepath.Glob(filepath.Join(dir, kind, "*.json"))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			var schema tfjson.Schema
			if err := json.Unmarshal(raw, &schema); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			typ := strings.TrimSuffix(filepath.Base(file), ".json")
			if kind == "data" {
				typ = "data." + typ
			}
			out = append(out, probes(typ, schema.Block)...)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no schema lies in %s: import it first", filepath.ToSlash(dir))
	}
	return out, nil
}

// answer is one message about one probe.
type answer struct {
	probe probe
	text  string
}

// batch is how many probes terraform validates at a time: its graph grows faster than they do.
const batch = 800

func ask(ctx context.Context, r release, ps []probe) ([]answer, error) {
	var out []answer
	for chunk := range slices.Chunk(ps, batch) {
		answers, err := validate(ctx, r, chunk)
		if err != nil {
			return nil, err
		}
		out = append(out, answers...)
	}
	return out, nil
}

// validate has terraform look at the probes in a folder that is removed again.
func validate(ctx context.Context, r release, ps []probe) (answers []answer, err error) {
	dir, err := os.MkdirTemp("", "schemas-rules-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	files, byAddress := configuration(r, ps)
	if err := writeTree(filepath.Join(dir, "probes"), files); err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, "probes")
	if _, err := terraform(ctx, dir, "init", "-backend=false", "-no-color"); err != nil {
		return nil, err
	}
	stdout, err := terraform(ctx, dir, "validate", "-json")
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) { // it fails on purpose
		return nil, err
	}
	var found struct {
		Diagnostics []struct{ Severity, Summary, Detail, Address string }
	}
	if err := json.Unmarshal(stdout, &found); err != nil {
		return nil, err
	}
	var out []answer
	for _, d := range found.Diagnostics {
		p, ok := byAddress[d.Address]
		if !ok || d.Severity != "error" {
			continue
		}
		text := d.Summary // of the older kind of resource, all that is said
		if d.Detail != "" {
			text = d.Detail
		}
		out = append(out, answer{p, text})
	}
	return out, nil
}

func terraform(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "terraform", args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return stdout.Bytes(), fmt.Errorf("terraform %s: %w\n%s", args[0], err, stderr.String())
	}
	return stdout.Bytes(), nil
}

// configuration is one file a probe, because terraform reads a file from its start for every message
// that it prints; a probe's address finds it again.
func configuration(r release, ps []probe) (files map[string][]byte, byAddress map[string]probe) {
	files = map[string][]byte{"terraform.tf": fmt.Appendf(nil, "terraform {\n  required_providers {\n    %s = {\n      source  = \"hashicorp/%s\"\n      version = %q\n    }\n  }\n}\n", r.name, r.name, r.version)}
	byAddress = make(map[string]probe, len(ps))
	for i, p := range ps {
		typ, isData := strings.CutPrefix(p.typ, "data.")
		kind := "resource"
		if isData {
			kind = "data"
		}
		name := fmt.Sprintf("probe_%d", i)
		byAddress[p.typ+"."+name] = p
		files[name+".tf"] = fmt.Appendf(nil, "%s %q %q {\n%s}\n", kind, typ, name, p.body)
	}
	return files, byAddress
}
