// Package bootstrap writes the first files of a service: its blueprint, the handlers that it names, and what holds a repository to it.
//
// The texts are templates below template/, one folder an engine. A strategy, a kind of hook or a kind of traffic is one file there,
// named by the word that the blueprint's model has for it; what the model does not know is not offered.
package bootstrap

import (
	"path"
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"
)

// Name is the file that a blueprint is written to: the one that every command takes from a folder.
const Name = "blueprint.yaml"

// None is the answer that leaves something out.
const None = "none"

// Answers are what is known of a new service, by the names of the questions. What is lacking is answered by its default.
type Answers map[string]string

// Draft is a blueprint that nobody wrote yet, and the files that it names.
type Draft struct {
	// Folder is the blueprint's, from the root of its repository; "" is the root.
	Folder    string
	Blueprint []byte
	// Handlers have paths from the blueprint's folder.
	Handlers []tf.File
	// bases are there already, at paths from the repository's root.
	bases []tf.File
}

// File is the blueprint's path in FS.
func (d Draft) File() string { return path.Join(d.Folder, Name) }

// facts are what the templates know.
type facts struct {
	Name, Engine, Strategy, Strategies, Host, HealthCheck, URL string
	Port, Priority, TestPriority                               string
	// Traffic says that it takes requests, Shifts that the strategy moves them from blue to green, Endless that apply must not wait.
	Traffic, Shifts, Endless  bool
	Hooks, Environments       []string
	TrafficText, StrategyText string
	HookTexts                 []string
	Layers                    []overlay
}

// overlay is what an environment lays over the blueprint.
type overlay struct{ Name, Over, About string }

// Blueprint writes what the answers describe. Each of them must have passed its question's Complaint.
func Blueprint(answers Answers) (Draft, error) {
	a := answers.complete()
	engine := a["engine"]
	f := facts{
		Name: a["name"], Engine: engine, Strategy: a["strategy"], Strategies: strings.Join(blueprint.Choices(engine, "deployment.strategy"), " | "),
		Host: a["host"], HealthCheck: a["health-check"], URL: "https://" + strings.ReplaceAll(a["host"], "*", "www") + a["health-check"],
		Port: a["port"], Priority: a["priority"], TestPriority: below(a["priority"]),
		Traffic: a["traffic"] != None, Shifts: shifts(engine, a["strategy"]),
		Hooks: listed(a["hooks"]), Environments: listed(a["environments"]),
	}
	f.Layers = layers(f.Environments)
	var err error
	if f.Traffic {
		if f.TrafficText, err = f.part("traffic", a["traffic"]); err != nil {
			return Draft{}, err
		}
	}
	if f.Strategy != "" {
		if f.StrategyText, err = f.part("strategy", f.Strategy); err != nil {
			return Draft{}, err
		}
	}
	draft := Draft{}
	for _, kind := range f.Hooks {
		text, err := f.part("hook", kind)
		if err != nil {
			return Draft{}, err
		}
		handlers, err := f.files(engine + "/hook/" + kind)
		if err != nil {
			return Draft{}, err
		}
		p, _ := readPart(engine, "hook", kind)
		f.Endless = f.Endless || p.endless
		f.HookTexts = append(f.HookTexts, text)
		draft.Handlers = append(draft.Handlers, handlers...)
	}
	text, err := f.render(engine + "/" + Name)
	draft.Blueprint = []byte(aligned(text))
	return draft, err
}

// layers are the environments' differences: the last one is as the blueprint says, those before it are smaller.
func layers(names []string) []overlay {
	var out []overlay
	for i, name := range names {
		if i < len(names)-1 {
			out = append(out, overlay{name, "{service: {desired_count: 1}}", "what differs here"})
		} else {
			out = append(out, overlay{name, "{}", "as above"})
		}
	}
	return out
}

// below is the priority before another one, where a test rule is evaluated first.
func below(priority string) string {
	n, err := strconv.Atoi(priority)
	if err != nil {
		return priority
	}
	return strconv.Itoa(n - 1)
}

// listed splits an answer that may have several words.
func listed(answer string) []string {
	var out []string
	for word := range strings.SplitSeq(answer, ",") {
		if word = strings.TrimSpace(word); word != "" && word != None {
			out = append(out, word)
		}
	}
	return out
}
