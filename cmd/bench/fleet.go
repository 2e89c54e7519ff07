package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

const (
	// example is the blueprint of every service, golden what production has of it; both from the repository's root.
	example = "blueprint.example.yaml"
	golden  = "golden/cases/example/want/terraform/production"
	output  = "terraform/production"
)

// plain is the example as a team would keep it: the keys that the service says, without the comments on every other one, and with one
// environment.
func plain(text string) (string, error) {
	text, _, ok := strings.Cut(text, "\nenvironments:")
	if !ok {
		return "", fmt.Errorf("%s has no environments", example)
	}
	comment := regexp.MustCompile(`(^|\s+)#( .*)?$`)
	var out strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		if line = comment.ReplaceAllString(line, ""); strings.TrimSpace(line) != "" {
			out.WriteString(line + "\n")
		}
	}
	return out.String() + "environments: {production: {}}\n", nil
}

// service is the blueprint of the i-th service: the first is the example itself, the others have a name, a host and priorities of their own.
func service(text string, i int) (name, blueprint string) {
	if i == 0 {
		return "orders", text
	}
	name = fmt.Sprintf("orders-%05d", i)
	return name, strings.NewReplacer(
		"name: orders\n", "name: "+name+"\n", "orders.example.com", name+".example.com",
		"priority: 110", fmt.Sprintf("priority: %d", 1000+2*i+1), "priority: 109", fmt.Sprintf("priority: %d", 1000+2*i),
	).Replace(text)
}

// write puts n blueprints into a folder.
func write(folder string, n int) error {
	data, err := os.ReadFile(example)
	if err != nil {
		return err
	}
	text, err := plain(string(data))
	if err != nil {
		return err
	}
	for i := range n {
		name, blueprint := service(text, i)
		if err := os.MkdirAll(filepath.Join(folder, name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name, "blueprint.yaml"), []byte(blueprint), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// tree is what is below a folder: how many files, how many of them are the first service's, and a hash of names and contents.
type tree struct {
	files, first int
	sum          [sha256.Size]byte
}

// generated reads what bluegen wrote below a folder; blueprints are not among it. The names go into list, each with a null byte behind it.
func generated(folder string, list io.Writer) (tree, error) {
	var t tree
	all := sha256.New()
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "blueprint.yaml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(folder, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(all, "%s %x\n", rel, sha256.Sum256(data))
		t.files++
		if strings.HasPrefix(rel, "orders"+string(filepath.Separator)) {
			t.first++
		}
		_, err = io.WriteString(list, rel+"\x00")
		return err
	})
	all.Sum(t.sum[:0])
	return t, err
}

// likeGolden compares the first service with the golden files.
func likeGolden(folder string) error {
	count := 0
	err := filepath.WalkDir(golden, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		want, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(golden, name)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(folder, "orders", output, rel))
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("%s is not the golden file", rel)
		}
		count++
		return nil
	})
	if err == nil && count == 0 {
		err = fmt.Errorf("there are no golden files in %s", golden)
	}
	return err
}
