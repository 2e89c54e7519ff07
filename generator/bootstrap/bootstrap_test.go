package bootstrap_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/blueprint"
	"bluegen/generator/bootstrap"
)

func question(t *testing.T, name string) bootstrap.Question {
	t.Helper()
	for _, q := range bootstrap.Questions() {
		if q.Name == name {
			return q
		}
	}
	t.Fatalf("there is no question %s", name)
	return bootstrap.Question{}
}

// unoffered are words of the model's that init has no start for, with the reason.
func unoffered() map[string]string {
	const alb = "init starts behind an Application Load Balancer, or with no traffic; the example has the others"
	return map[string]string{
		"engine appmesh": "AWS ended App Mesh: it is taken only where somebody says so", "traffic nlb": alb, "traffic service_connect": alb,
	}
}

// What the model knows is offered, and nothing else: a new strategy, kind of hook or kind of traffic needs its file in template/, or a
// reason above.
func TestEveryWordOfTheModelIsOffered(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{"engine": "engine", "traffic": "traffic", "strategy": "deployment.strategy", "hooks": "deployment.hooks.kind"} {
		q := question(t, name)
		var words []string
		for _, c := range q.Choices(nil) {
			if c.Word != bootstrap.None {
				words = append(words, c.Word)
			}
			if c.About == "" && c.Word != bootstrap.None && name != "strategy" {
				t.Errorf("%s %s does not say what it is about", name, c.Word)
			}
		}
		model := blueprint.Choices("ecs", key)
		for _, word := range model {
			reason := unoffered()[name+" "+word]
			if offered := slices.Contains(words, word); offered == (reason != "") {
				t.Errorf("%s %s: offered %t, but the reason not to is %q", name, word, offered, reason)
			}
		}
		for _, word := range words {
			if !slices.Contains(model, word) {
				t.Errorf("%s %s is offered, and the model does not know it", name, word)
			}
			if wrong, _ := q.Complaint(nil, word); wrong != "" {
				t.Errorf("%s %s is offered and refused: %s", name, word, wrong)
			}
		}
	}
}

func TestDefaultsAreAdmitted(t *testing.T) {
	t.Parallel()
	for _, traffic := range []string{"alb", bootstrap.None} {
		answers := bootstrap.Answers{"name": "orders", "traffic": traffic}
		for _, q := range bootstrap.Questions() {
			if q.Name == "name" {
				continue
			}
			if wrong, _ := q.Complaint(answers, q.Default(answers)); wrong != "" {
				t.Errorf("traffic %s: the default of %s is refused: %s", traffic, q.Name, wrong)
			}
		}
	}
	if got := question(t, "strategy").Default(bootstrap.Answers{"traffic": bootstrap.None}); got != "rolling" {
		t.Errorf("a worker is %s by default", got)
	}
	if got := question(t, "host").Default(bootstrap.Answers{"name": "carts"}); got != "carts.example.com" {
		t.Errorf("the host of carts is %s by default", got)
	}
}

func TestComplaints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, answer, want string }{
		{"name", "Orders", `name cannot be "Orders"`},
		{"name", "", "name is empty"},
		{"engine", "ec2", `engine cannot be "ec2"`},
		{"traffic", "elb", `traffic cannot be "elb"`},
		{"traffic", "container", `traffic cannot be "container"`},
		{"traffic", bootstrap.None, ""},
		{"host", "*.example.com", ""},
		{"host", strings.Repeat("x", 200), "host_header cannot be"},
		{"port", "0", "port must be from 1 to 65535, not 0"},
		{"priority", "1", "priority 1 leaves no room for the test rule"},
		{"strategy", "other", `strategy cannot be "other"`},
		{"strategy", "../ecs", `strategy cannot be "../ecs"`},
		{"strategy", bootstrap.None, `strategy cannot be "none"`},
		{"hooks", "wait, code", ""},
		{"hooks", "wait,wait", "hooks has wait twice"},
		{"hooks", bootstrap.None, ""},
		{"hooks", " ", "hooks is empty"},
		{"environments", "staging,modules", `"modules" cannot be the name of an environment`},
		{"environments", bootstrap.None, ""},
	} {
		wrong, remedy := question(t, c.name).Complaint(nil, c.answer)
		if c.want == "" && wrong != "" || !strings.Contains(wrong, c.want) {
			t.Errorf("%s %q: %q, want %q", c.name, c.answer, wrong, c.want)
		}
		if wrong != "" && remedy == "" {
			t.Errorf("%s %q: %s, and no word on what to do", c.name, c.answer, wrong)
		}
	}
	if wrong, _ := question(t, "priority").Complaint(bootstrap.Answers{"strategy": "rolling"}, "1"); wrong != "" {
		t.Errorf("a rolling deployment has no test rule: %s", wrong)
	}
}

func TestUseless(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		answers bootstrap.Answers
		useless bool
	}{
		{"host", bootstrap.Answers{"traffic": bootstrap.None}, true},
		{"host", nil, false},
		{"hooks", bootstrap.Answers{"strategy": "rolling"}, true},
		{"hooks", bootstrap.Answers{"traffic": bootstrap.None}, true}, // rolling by default
		{"hooks", bootstrap.Answers{"traffic": bootstrap.None, "strategy": "blue_green"}, false},
		{"environments", bootstrap.Answers{"traffic": bootstrap.None}, false},
	} {
		if got := question(t, c.name).Useless(c.answers); (got != "") != c.useless {
			t.Errorf("%s with %v: %q", c.name, c.answers, got)
		}
	}
}

// Texts of the user's stay texts, whatever YAML would make of them.
func TestAnswersStayTexts(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"null", "true", "no", "y"} {
		for _, host := range []string{"null", "~", "*.example.com", `a"b: #c`, "{x}", "[x]", "- x", "x # y", "${x}", "0x1F", "é.example"} {
			draft, err := bootstrap.Blueprint(bootstrap.Answers{"name": name, "host": host, "health-check": "/ok?a=b&c={}", "environments": bootstrap.None})
			if err != nil {
				t.Fatal(err)
			}
			services, diags := blueprint.Load(draft.FS(), bootstrap.Name)
			if diags.HasErrors() {
				t.Fatalf("%s, %s: %v\n%s", name, host, diags, draft.Blueprint)
			}
			alb := services[0].ECS.Traffic[0].V.ALB
			if got := services[0].Name.V; got != name {
				t.Errorf("name %q became %q", name, got)
			}
			if got := alb.Production.When[0].HostHeader[0].V; got != host {
				t.Errorf("host %q became %q", host, got)
			}
			if got := alb.TargetGroup.HealthCheck.Path.V; got != "/ok?a=b&c={}" {
				t.Errorf("the path became %q", got)
			}
		}
	}
}

// The text reads as the example does: comments in one column, nothing behind the last word, no trace of a template.
func TestBlueprintReadsWell(t *testing.T) {
	t.Parallel()
	draft, err := bootstrap.Blueprint(bootstrap.Answers{"name": "orders", "hooks": "wait,code"})
	if err != nil {
		t.Fatal(err)
	}
	comments := 0
	for i, line := range strings.Split(strings.TrimSuffix(string(draft.Blueprint), "\n"), "\n") {
		said, _, ok := strings.Cut(line, "  # ")
		switch {
		case strings.TrimRight(line, " ") != line, strings.ContainsAny(line, "\t"), strings.Contains(line, "{{"), strings.Contains(line, "<no value>"):
			t.Errorf("line %d: %q", i+1, line)
		case len([]rune(line)) > 132:
			t.Errorf("line %d is %d characters long", i+1, len([]rune(line)))
		case ok && strings.TrimSpace(said) != "" && !strings.HasPrefix(said, "#"):
			comments++
			if column := len([]rune(said)) + 2; column != max(44, len([]rune(strings.TrimRight(said, " ")))+4) {
				t.Errorf("line %d: the comment stands in column %d: %q", i+1, column, line)
			}
		}
	}
	if comments < 40 {
		t.Errorf("only %d lines are explained", comments)
	}
}

func TestFS(t *testing.T) {
	t.Parallel()
	draft := bootstrap.Draft{Blueprint: []byte("version: 1\n")}
	draft.Handlers = append(draft.Handlers, copied(t, "handlers/deep/x.py")...)
	fsys := draft.FS()
	for name, dir := range map[string]bool{".": true, "handlers": true, "handlers/deep": true, "handlers/deep/x.py": false, bootstrap.Name: false} {
		f, err := fsys.Open(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		info, err := f.Stat()
		if err != nil || info.IsDir() != dir || info.Name() != path.Base(name) {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	for _, name := range []string{"hand", "../x", "/x", "", "handlers/"} {
		if _, err := fsys.Open(name); err == nil {
			t.Errorf("%q is there", name)
		}
	}
}

// What is commented out may be said: below the head every comment of its own line is YAML that the blueprint takes.
func TestCommentedKeysAreTaken(t *testing.T) {
	t.Parallel()
	comment := regexp.MustCompile(`(?m)^( *)# `)
	for _, traffic := range []string{"alb", bootstrap.None} {
		draft, err := bootstrap.Blueprint(bootstrap.Answers{"name": "orders", "traffic": traffic, "strategy": "blue_green", "hooks": "wait,code"})
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(string(draft.Blueprint), "\nversion:")
		if n := len(comment.FindAllString(body, -1)); n < 12 {
			t.Errorf("traffic %s: only %d keys are commented out", traffic, n)
		}
		draft.Blueprint = []byte(head + "\nversion:" + comment.ReplaceAllString(body, "$1"))
		if _, diags := blueprint.Load(draft.FS(), bootstrap.Name); diags.HasErrors() {
			t.Errorf("traffic %s: %v\n%s", traffic, diags, draft.Blueprint)
		}
	}
}
