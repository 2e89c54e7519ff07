package cli

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"bluegen/generator/disk"

	"github.com/aymanbagabas/go-udiff"
)

// mostEdit bounds the lines of an edit that goes with a diagnostic; diff prints it whole.
const mostEdit = 40

// edit shows what somebody did to a generated file: from the wanted content to what the disk holds.
func edit(shown string, c disk.Change) string {
	return shortened(udiff.Unified(shown+" (generated)", shown+" (on disk)", string(c.New), string(c.Old)))
}

// shortened cuts a diff to what goes with a diagnostic.
func shortened(diff string) string {
	lines := strings.SplitAfter(diff, "\n")
	if len(lines) > mostEdit {
		rest := len(lines) - mostEdit
		lines = append(lines[:mostEdit:mostEdit], fmt.Sprintf("... and %d lines more: bluegen diff shows them all\n", rest))
	}
	return strings.Join(lines, "")
}

// patch is one file's part of a diff that patch and `git apply` take, from what the disk holds to what is wanted.
// Its names are relative to the working directory and have no git header: git would take those from the top of the repository.
func patch(c change, folder string) string {
	name := c.path
	if rel, err := filepath.Rel(folder, filepath.FromSlash(name)); filepath.IsAbs(name) && err == nil {
		name = filepath.ToSlash(rel)
	}
	before, after := header("a/"+name), header("b/"+name)
	if c.Old == nil {
		before = "/dev/null"
	}
	if effective(c.Change) == disk.Delete {
		after = "/dev/null"
	}
	return udiff.Unified(before, after, string(c.Old), string(c.New))
}

// header writes a name as git does: quoted where it has bytes that end a header, with a tab after it where it has a space.
func header(name string) string {
	if strings.ContainsAny(name, "\"\\\n\r\t") {
		return strconv.Quote(name)
	}
	if strings.Contains(name, " ") {
		return name + "\t"
	}
	return name
}
