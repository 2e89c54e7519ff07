// Command sizes holds the Go files to the lengths that keep them readable, and fails when one outgrows them:
//
//	go run ./.ci/sizes
//
// A file has at most 350 lines, one of tests 500; a function has at most 70 lines and nine of ten at most 35, those of tests apart,
// for a table of cases is data. Tests, goldens and scripts together have at least 1.3 lines for each one of source. There is no
// init() and no comment that switches a linter off.
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	fileCap, testCap            = 350, 500 // lines
	functionCap, functionNinety = 70, 35   // lines; the second for nine functions of ten
	proofs                      = 1.3      // lines of tests, goldens and scripts for one of source
)

// measure is what one walk over the repository adds up.
type measure struct {
	files, functions []int
	source, tests    int
	goldens, scripts int
	wrong            []string
}

func main() {
	if err := run(os.DirFS(".")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(repository fs.FS) error {
	m := &measure{}
	if err := fs.WalkDir(repository, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipped(name, d.Name())
		}
		return m.add(repository, name)
	}); err != nil {
		return err
	}
	slices.Sort(m.files)
	slices.Sort(m.functions)
	m.judge()
	fmt.Printf("sizes: %d files of source (median %d, nine of ten %d, longest %d), %d functions (median %d, nine of ten %d, longest %d)\n",
		len(m.files), at(m.files, .5), at(m.files, .9), at(m.files, 1), len(m.functions), at(m.functions, .5), at(m.functions, .9), at(m.functions, 1))
	fmt.Printf("sizes: %d lines of source, %d of tests, %d of goldens, %d of scripts: %.2f for one\n", m.source, m.tests, m.goldens, m.scripts, m.ratio())
	if len(m.wrong) > 0 {
		return fmt.Errorf("sizes:\n  %s", strings.Join(m.wrong, "\n  "))
	}
	return nil
}

// skipped leaves out what is not the repository's own source.
func skipped(name, base string) error {
	if name != "." && (base == "bin" || base == "testdata" || base[0] == '.') {
		return fs.SkipDir
	}
	return nil
}

func (m *measure) add(repository fs.FS, name string) error {
	golden, script := strings.HasPrefix(name, "golden/cases/"), strings.HasSuffix(name, ".txtar")
	if !golden && !script && filepath.Ext(name) != ".go" {
		return nil
	}
	text, err := fs.ReadFile(repository, name)
	if err != nil {
		return err
	}
	lines := bytes.Count(text, []byte("\n"))
	switch {
	case golden:
		m.goldens += lines
		return nil
	case script:
		m.scripts += lines
		return nil
	}
	test, most := strings.HasSuffix(name, "_test.go"), fileCap
	if test {
		most = testCap
		m.tests += lines
	} else {
		m.source += lines
		m.files = append(m.files, lines)
	}
	if lines > most {
		m.complain("%s has %d lines, more than %d: split it by what it is about", name, lines, most)
	}
	return m.parse(name, text, test)
}

// parse looks into a Go file: its functions and its comments.
func (m *measure) parse(name string, text []byte, test bool) error {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.ParseComments)
	if err != nil {
		return err
	}
	silencer := regexp.MustCompile(`^//\s*(nolint|lint:(ignore|file-ignore)|revive:disable)`)
	for _, group := range file.Comments {
		for _, c := range group.List {
			if silencer.MatchString(c.Text) {
				m.complain("%s switches a linter off: mend the code, or say in .golangci.yml why the rule is wrong there", set.Position(c.Pos()))
			}
		}
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if f.Name.Name == "init" && f.Recv == nil {
			m.complain("%s is an init(): it would run for every verb; call what it does", set.Position(f.Pos()))
		}
		if test {
			continue
		}
		lines := set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1
		m.functions = append(m.functions, lines)
		if lines > functionCap {
			m.complain("%s: %s has %d lines, more than %d", set.Position(f.Pos()), f.Name.Name, lines, functionCap)
		}
	}
	return nil
}

// judge adds what only the whole shows.
func (m *measure) judge() {
	if len(m.files) == 0 || m.tests == 0 || m.goldens == 0 {
		m.complain("no source, tests or goldens were found: run it from the repository's root")
		return
	}
	if got := at(m.functions, .9); got > functionNinety {
		m.complain("one function of ten has more than %d lines: %d", functionNinety, got)
	}
	if got := m.ratio(); got < proofs {
		m.complain("tests, goldens and scripts have %.2f lines for each one of source, less than %.1f", got, proofs)
	}
}

func (m *measure) complain(format string, args ...any) {
	m.wrong = append(m.wrong, fmt.Sprintf(format, args...))
}

func (m *measure) ratio() float64 {
	return float64(m.tests+m.goldens+m.scripts) / float64(max(m.source, 1))
}

// at is a quantile of sorted lengths.
func at(sorted []int, quantile float64) int {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(quantile*float64(len(sorted)-1))]
}
