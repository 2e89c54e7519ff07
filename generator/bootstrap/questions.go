package bootstrap

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
)

// Question is one thing to know of a new service: a flag of init, and a question on a terminal.
type Question struct {
	// Name is that of the flag and of the answer.
	Name string
	// Text asks, Usage explains the flag.
	Text, Usage string
	// Many says that an answer may have several words, with commas between them.
	Many bool

	// key of the blueprint that the answer goes to; its rules judge the answer.
	key string
	// kind is the folder of the parts, where the answer is one of them.
	kind string
	// optional answers may be none, which without explains.
	optional bool
	without  string
	// useless says why an answer would go nowhere, "" where it would not; nil is always "".
	useless func(Answers) string
	// fallback is the default; never empty but for the name.
	fallback func(Answers) string
}

// Choice is a word that may be the answer.
type Choice struct{ Word, About string }

// Questions are all of them in the order in which they are asked: the default of one may follow from those before it.
func Questions() []Question {
	return []Question{
		{
			Name: "name", Text: "Name of the service", Usage: "`name` of the service; the folder's when it is not said", key: "name",
			fallback: func(Answers) string { return "" },
		},
		{
			Name: "engine", Text: "Engine", Usage: "`word`: what shifts the traffic", key: "engine", kind: "engine",
			fallback: func(Answers) string { return blueprint.Engines()[0] },
		},
		{
			Name: "traffic", Text: "Traffic", Usage: "`word`: what sends requests to it, none for a worker", key: "traffic", kind: "traffic", optional: true, without: "a worker that takes no requests",
			fallback: func(a Answers) string {
				return first(offered(a["engine"], "traffic", "traffic"), None)
			},
		},
		{
			Name: "host", Text: "Host name of its requests", Usage: "host `name` of its requests", key: "traffic.alb.production.when.host_header",
			useless: noRequests, fallback: func(a Answers) string { return a["name"] + ".example.com" },
		},
		{
			Name: "port", Text: "Port that its container listens on", Usage: "`port` that its container listens on", key: "traffic.port",
			useless: noRequests, fallback: func(Answers) string { return "8080" },
		},
		{
			Name: "health-check", Text: "Path of the health check", Usage: "`path` of the health check", key: "traffic.alb.target_group.health_check.path",
			useless: noRequests, fallback: func(Answers) string { return "/" },
		},
		{
			Name: "priority", Text: "Priority of its rule in the listener (the test rule gets the number before)", Usage: "`priority` of its rule in the listener; the test rule gets the number before",
			key: "traffic.alb.production.priority", useless: noRequests, fallback: func(Answers) string { return "110" },
		},
		{
			Name: "strategy", Text: "Strategy of its deployments", Usage: "`word`: how a new version takes over", key: "deployment.strategy", kind: "strategy",
			fallback: strategy,
		},
		{
			Name: "hooks", Text: "Lifecycle hooks", Usage: "`kinds` of hooks with commas between them, or none", key: "deployment.hooks.kind", kind: "hook", Many: true, optional: true, without: "nothing holds a deployment up",
			useless: steady, fallback: func(Answers) string { return None },
		},
		{
			Name: "environments", Text: "Environments", Usage: "`names` with commas between them, or none for one configuration alone", key: "environments", Many: true, optional: true,
			fallback: func(Answers) string { return "staging,production" },
		},
	}
}

// strategy by default: what takes no requests has nothing to shift.
func strategy(a Answers) string {
	words := blueprint.Choices(a["engine"], "deployment.strategy")
	if a["traffic"] == None {
		for _, word := range words {
			if !shifts(a["engine"], word) {
				return word
			}
		}
	}
	return first([]string{blueprint.Default(a["engine"], "deployment.strategy")}, first(words, ""))
}

func first(words []string, otherwise string) string {
	if len(words) == 0 {
		return otherwise
	}
	return words[0]
}

// complete fills in the defaults.
func (a Answers) complete() Answers {
	out := maps.Clone(a)
	if out == nil {
		out = Answers{}
	}
	for _, q := range Questions() {
		if out[q.Name] == "" {
			out[q.Name] = q.fallback(out)
		}
	}
	return out
}

// Useless says why an answer would go nowhere, given the others; "" where it would not.
func (q Question) Useless(a Answers) string {
	switch engine := a.complete()["engine"]; {
	case !blueprint.Has(engine, q.key):
		return "engine " + engine + " has nothing of the kind"
	case q.useless == nil:
		return ""
	default:
		return q.useless(a)
	}
}

func noRequests(a Answers) string {
	if a.complete()["traffic"] == None {
		return "nothing sends requests to a service with traffic " + None
	}
	return ""
}

func steady(a Answers) string {
	if a = a.complete(); !shifts(a["engine"], a["strategy"]) {
		return "ECS calls no lifecycle hooks in a " + a["strategy"] + " deployment"
	}
	return ""
}

// Default is the answer when nothing is said; "" where there is none.
func (q Question) Default(a Answers) string { return a.with(q).complete()[q.Name] }

// with takes the answers to all questions before q: the default of q must not ask for its own.
func (a Answers) with(q Question) Answers {
	out := Answers{}
	for _, before := range Questions() {
		if before.Name == q.Name {
			break
		}
		out[before.Name] = a[before.Name]
	}
	return out
}

// Choices are the words to choose from; nil where any text will do. What stands in the model and has no start here is left out.
func (q Question) Choices(a Answers) []Choice {
	var out []Choice
	engine := a.complete()["engine"]
	switch q.kind {
	case "":
		return nil
	case "engine":
		for _, word := range blueprint.Engines() {
			if e, ok := engines()[word]; ok && !e.unasked {
				out = append(out, Choice{word, e.about})
			}
		}
		return out
	}
	for _, word := range offered(engine, q.kind, q.key) {
		p, _ := readPart(engine, q.kind, word)
		if p.traffic != "" && p.traffic != a.complete()["traffic"] {
			continue
		}
		out = append(out, Choice{word, p.about})
	}
	if q.optional {
		out = append(out, Choice{None, q.without})
	}
	return out
}

func offered(engine, kind, key string) []string {
	return slices.DeleteFunc(slices.Clone(blueprint.Choices(engine, key)), func(word string) bool { return !has(engine, kind, word) })
}

// Complaint says what is wrong with an answer and what would be right; both are empty where nothing is.
func (q Question) Complaint(a Answers, answer string) (wrong, remedy string) {
	if strings.TrimSpace(answer) == "" {
		return q.Name + " is empty", q.remedy(a)
	}
	words := []string{answer}
	switch {
	case q.optional && answer == None:
		return "", ""
	case q.Many:
		words = listed(answer)
	}
	for i, word := range words {
		if slices.Contains(words[:i], word) {
			return fmt.Sprintf("%s has %s twice", q.Name, word), "Name each once."
		}
		if wrong, remedy := q.judge(a, word); wrong != "" {
			return wrong, remedy
		}
	}
	return "", ""
}

// judge asks the model, then whether there is a start for what the model knows.
func (q Question) judge(a Answers, word string) (wrong, remedy string) {
	engine := a.complete()["engine"]
	if !blueprint.Has(engine, q.key) { // Useless says so
		return "", ""
	}
	known := slices.Contains(blueprint.Choices(engine, q.key), word)
	if q.kind == "traffic" && !known {
		return fmt.Sprintf("traffic cannot be %q", word), q.remedy(a)
	}
	if q.kind != "traffic" {
		if d := blueprint.Complaint(engine, q.key, word); d != nil {
			return d.Summary, d.Detail
		}
	}
	var start bool
	switch q.kind {
	case "":
		return q.shifted(a, word)
	case "engine":
		_, start = engines()[word]
	default:
		start = has(engine, q.kind, word)
	}
	if p, _ := readPart(engine, q.kind, word); p.traffic != "" && p.traffic != a.complete()["traffic"] {
		return fmt.Sprintf("%s needs traffic %s", word, p.traffic), q.remedy(a)
	}
	if !start {
		return fmt.Sprintf("there is no start for %s %s yet", q.Name, word), "The blueprint takes it all the same: start without it, and write it by hand. " + q.remedy(a)
	}
	return "", ""
}

// shifted leaves room for the test rule before the production rule.
func (q Question) shifted(a Answers, word string) (wrong, remedy string) {
	all := a.complete()
	if q.Name == "priority" && word == "1" && shifts(all["engine"], all["strategy"]) {
		return "priority 1 leaves no room for the test rule", "The test rule is evaluated first, so its number is lower. Say 2 or more."
	}
	return "", ""
}

func (q Question) remedy(a Answers) string {
	var words []string
	for _, c := range q.Choices(a) {
		words = append(words, c.Word)
	}
	if len(words) == 0 {
		return "Say one, or leave --" + q.Name + " out."
	}
	return "The choices are " + strings.Join(words, ", ") + "."
}
