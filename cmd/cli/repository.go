package cli

import (
	"net/url"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// repository is what machines name files from, wherever bluegen was started: GitHub and viewers of SARIF know no working directory.
type repository struct{ folder, top string }

// repository finds the top of the repository around the working directory; where there is none, that is the top itself.
func (a *app) repository() repository {
	if top, ok := above(a.io.Dir, ".git"); ok {
		return repository{folder: a.io.Dir, top: top}
	}
	return repository{folder: a.io.Dir, top: a.io.Dir}
}

// path turns a file's name as the user knows it into one from the top, with slashes. Outside the repository it is absolute.
func (r repository) path(shown string) (name string, inside bool) {
	name = filepath.FromSlash(shown)
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.folder, name)
	}
	rel, err := filepath.Rel(r.top, name)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(name), false
	}
	return filepath.ToSlash(rel), true
}

// uri is path as a reference, relative inside the repository.
func (r repository) uri(shown string) (uri string, inside bool) {
	if shown == stdinName {
		return (&url.URL{Path: stdinName}).String(), true
	}
	name, inside := r.path(shown)
	if inside {
		return (&url.URL{Path: name}).String(), true
	}
	if !strings.HasPrefix(name, "/") {
		name = "/" + name // a drive's letter
	}
	return (&url.URL{Scheme: "file", Path: name}).String(), false
}

// span is a range as machines count: lines and columns from 1, columns in characters, the end after the last one. What is
// not known is 0.
type span struct{ line, column, endLine, endColumn int }

// spanOf counts the columns in the source, where there is one: a range may count what a reader takes for one character.
func spanOf(source []byte, r hcl.Range) span {
	s := span{line: r.Start.Line, column: column(source, r.Start), endLine: r.End.Line, endColumn: column(source, r.End)}
	if s.endLine < s.line || s.endLine == s.line && s.endColumn < s.column {
		s.endLine, s.endColumn = s.line, s.column
	}
	return s
}

func column(source []byte, p hcl.Pos) int {
	line, start, ok := lineOf(source, p.Line)
	if !ok || source == nil || p.Column < 1 || p.Byte < start || p.Byte > start+len(line) {
		return max(p.Column, 0)
	}
	return utf8.RuneCount(line[:p.Byte-start]) + 1
}
