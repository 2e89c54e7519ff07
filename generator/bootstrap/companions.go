package bootstrap

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Repository is where a service comes to, and where bluegen comes from.
type Repository struct {
	// Folder is the service's, slash-separated, from the top of the repository; "" is the top.
	Folder string
	// Directory is where the Terraform goes, from Folder.
	Directory string
	// Source is the address of bluegen's own repository, as git takes it; "" where bluegen is installed by other means.
	Source string
	// Tag of bluegen in Source.
	Tag string
}

// Companion is a file beside the blueprint that holds a repository to it.
type Companion struct {
	// Path is from the top of the repository.
	Path string
	Data []byte
	// Add is what to add by hand where the file is there already, empty lines and comments left out.
	Add string
	// marks are what a file that has it all has.
	marks []string
}

// Companions are the files that a repository should have. Those at its top are the same for every service.
func Companions(r Repository) ([]Companion, error) {
	out := []Companion{
		{Path: path.Join(r.Folder, ".gitattributes"), marks: []string{r.Directory + "/** linguist-generated"}},
		{Path: ".pre-commit-config.yaml", marks: []string{"id: bluegen-check"}},
		{Path: ".github/workflows/bluegen.yml", marks: []string{"bluegen"}},
	}
	for i, name := range []string{"gitattributes", "pre-commit-config.yaml", "workflow.yaml"} {
		text, err := render("repository/"+name, r)
		if err != nil {
			return nil, err
		}
		out[i].Data = []byte(text)
		out[i].Add = bare(text)
	}
	return out, nil
}

// Satisfied reports whether a file that is there already does what this one is for.
func (c Companion) Satisfied(data []byte) bool {
	return !slices.ContainsFunc(c.marks, func(mark string) bool { return !bytes.Contains(data, []byte(mark)) })
}

// GitHub is OWNER/NAME of a repository on github.com, "" for any other.
func (r Repository) GitHub() string {
	address := regexp.MustCompile(`^https://github\.com/([a-zA-Z0-9_.-]+/[a-zA-Z0-9_.-]+?)(\.git)?/?$`)
	if found := address.FindStringSubmatch(r.Source); found != nil {
		return found[1]
	}
	return ""
}

// bare leaves out comments and empty lines.
func bare(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if said := strings.TrimSpace(line); said != "" && !strings.HasPrefix(said, "#") {
			out.WriteString(line)
		}
	}
	return out.String()
}
