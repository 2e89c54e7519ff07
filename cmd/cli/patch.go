package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"bluegen/generator/disk"

	"github.com/aymanbagabas/go-udiff"
)

// patch is one file's part of a diff that patch and `git apply` take, from what the disk holds to what is wanted.
// Its names are relative to the working directory and have no git header: git would take those from the top of the repository.
// Without that header a patch cannot say that an empty file comes or goes: "" then.
func patch(c change, folder string) string {
	name := patchName(c, folder)
	before, after := header("a/"+name), header("b/"+name)
	if c.Old == nil {
		before = "/dev/null"
	}
	if effective(c.Change) == disk.Delete {
		after = "/dev/null"
	}
	return udiff.Unified(before, after, string(c.Old), string(c.New))
}

// patchName is the file's name from the working directory.
func patchName(c change, folder string) string {
	rel, err := filepath.Rel(folder, filepath.FromSlash(c.path))
	if !filepath.IsAbs(c.path) || err != nil {
		return c.path
	}
	return filepath.ToSlash(rel)
}

// header writes a name as git does: quoted where it has bytes that end a header, with a tab after it where it has a space.
func header(name string) string {
	if strings.IndexFunc(name, quotedByGit) >= 0 {
		return cQuoted(name)
	}
	if strings.Contains(name, " ") {
		return name + "\t"
	}
	return name
}

func quotedByGit(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == 0x7f }

// cQuoted is a name in the quotes of C, the only ones that git reads: strconv.Quote has escapes that C does not have.
func cQuoted(name string) string {
	var out strings.Builder
	out.WriteByte('"')
	for i := range len(name) {
		switch b := name[i]; {
		case b == '"' || b == '\\':
			out.Write([]byte{'\\', b})
		case b < ' ' || b == 0x7f:
			fmt.Fprintf(&out, "\\%03o", b)
		default:
			out.WriteByte(b)
		}
	}
	out.WriteByte('"')
	return out.String()
}
