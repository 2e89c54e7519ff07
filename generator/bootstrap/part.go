package bootstrap

import (
	"embed"
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"
)

//go:embed template
var templates embed.FS

// other is the part of a strategy that has no file of its own: the model's defaults are a whole strategy.
const other = "other"

// column is where comments stand, as in blueprint.example.yaml.
const column = 44

// part is a file of template/ENGINE/traffic, strategy or hook: a head of `key: value` lines, a line ---, and the blueprint's text.
type part struct {
	// about says in a few words what the choice means.
	about string
	// steady says that the strategy has no green that traffic could shift to.
	steady bool
	// traffic is the only kind that it goes with, "" for all.
	traffic string
	// endless says that apply must not wait for it.
	endless bool
	text    string
}

func readPart(engine, kind, word string) (part, bool) {
	data, err := templates.ReadFile("template/" + engine + "/" + kind + "/" + word + ".yaml")
	if err != nil {
		return part{}, false
	}
	head, text, ok := strings.Cut(string(data), "\n---\n")
	p := part{text: strings.TrimSuffix(text, "\n")}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); key {
		case "about":
			p.about = value
		case "shifts":
			p.steady = value == "false"
		case "traffic":
			p.traffic = value
		case "waits":
			p.endless = value == "false"
		}
	}
	return p, ok
}

// has reports whether there is a start for a word of the model's.
func has(engine, kind, word string) bool {
	_, ok := readPart(engine, kind, word)
	return ok || kind == "strategy" && slices.Contains(blueprint.Choices(engine, "deployment.strategy"), word) && has(engine, kind, other)
}

func shifts(engine, strategy string) bool {
	p, _ := readPart(engine, "strategy", strategy)
	return !p.steady
}

// part renders one, without the line's end.
func (f facts) part(kind, word string) (string, error) {
	p, ok := readPart(f.Engine, kind, word)
	if !ok {
		p, _ = readPart(f.Engine, kind, other)
	}
	return execute(p.text, f)
}

func (f facts) render(name string) (string, error) { return render(name, f) }

// render executes the template of a file below template/.
func render(name string, data any) (string, error) {
	text, err := templates.ReadFile("template/" + name)
	if err != nil {
		return "", err
	}
	return execute(string(text), data)
}

// files renders every file below a folder; there may be none.
func (f facts) files(folder string) ([]tf.File, error) {
	folder = "template/" + folder
	if _, err := fs.Stat(templates, folder); err != nil {
		return nil, nil
	}
	var out []tf.File
	err := fs.WalkDir(templates, folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := f.render(strings.TrimPrefix(name, "template/"))
		out = append(out, tf.File{Path: strings.TrimPrefix(name, folder+"/"), Data: []byte(text)})
		return err
	})
	return out, err
}

// execute gives a template two functions: yaml writes a text, and default is what the model has for a key of the engine.
func execute(text string, data any) (string, error) {
	fallback := func(key string) string {
		f, _ := data.(facts)
		return blueprint.Default(f.Engine, key)
	}
	t, err := template.New("").Option("missingkey=error").Funcs(template.FuncMap{"yaml": scalar, "default": fallback}).Parse(text)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = t.Execute(&out, data)
	return out.String(), err
}

// scalar writes a text as YAML: plain where nothing else could be read from it.
func scalar(text string) string {
	plain := regexp.MustCompile(`^(https://)?[a-zA-Z/][a-zA-Z0-9_./-]*$`)
	words := []string{"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
	if plain.MatchString(text) && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	// JSON's text is YAML's, but for these, which JSON would write as they are for HTML.
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a text always encodes
	return strings.TrimSuffix(out.String(), "\n")
}

// aligned puts the comments that follow a tab into one column, four blanks away where a line reaches beyond it.
func aligned(text string) string {
	var out strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		said, comment, ok := strings.Cut(line, "\t")
		out.WriteString(said)
		if ok {
			out.WriteString(strings.Repeat(" ", max(column-len([]rune(said)), 4)) + comment)
		}
		out.WriteString("\n")
	}
	return out.String()
}
