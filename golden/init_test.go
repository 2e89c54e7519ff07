package golden

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/bootstrap"
)

// combinations are all answers that init offers, and environments of three kinds.
func combinations(t *testing.T) [][]string {
	t.Helper()
	questions := map[string]bootstrap.Question{}
	for _, q := range bootstrap.Questions() {
		questions[q.Name] = q
	}
	words := func(name string, a bootstrap.Answers) (out []string) {
		for _, c := range questions[name].Choices(a) {
			out = append(out, c.Word)
		}
		return out
	}
	var out [][]string
	for _, engine := range words("engine", nil) {
		for _, traffic := range words("traffic", bootstrap.Answers{"engine": engine}) {
			for _, strategy := range words("strategy", bootstrap.Answers{"engine": engine, "traffic": traffic}) {
				a := bootstrap.Answers{"engine": engine, "traffic": traffic, "strategy": strategy}
				hooks := []string{bootstrap.None}
				if questions["hooks"].Useless(a) == "" {
					hooks = subsets(words("hooks", a))
				}
				for _, hook := range hooks {
					for _, environments := range []string{bootstrap.None, "production", "staging,production"} {
						out = append(out, []string{engine, traffic, strategy, hook, environments})
					}
				}
			}
		}
	}
	return out
}

// subsets are none, each kind alone and all together: what two kinds do to each other, all of them do.
func subsets(kinds []string) []string {
	kinds = slices.DeleteFunc(kinds, func(k string) bool { return k == bootstrap.None })
	out := append([]string{bootstrap.None}, kinds...)
	if len(kinds) > 1 {
		out = append(out, strings.Join(kinds, ","))
	}
	return out
}

// TestInit takes every combination of what init offers: what it writes generates without a word of complaint and is then as it should be.
// The real terraform judges those with all kinds of hooks, or with none where a strategy takes none.
func TestInit(t *testing.T) {
	p := newProver(t)
	all := combinations(t)
	judged := 0
	for _, c := range all {
		sample := c[4] == bootstrap.None && (c[3] == bootstrap.None) == !takesHooks(all, c) && (c[3] == bootstrap.None || strings.Contains(c[3], ","))
		if sample {
			judged++
		}
		t.Run(strings.Join(c, " "), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args := []string{"init", "--name", "orders", "--engine", c[0], "--traffic", c[1], "--strategy", c[2], "--environments", c[4]}
			if c[3] != bootstrap.None {
				args = append(args, "--hooks", c[3])
			}
			code, stdout, stderr := run(t, dir, args...)
			if code != 0 || stdout != "" || strings.Contains(stderr, "BG") || !strings.Contains(stderr, "created blueprint.yaml\n") {
				t.Fatalf("init: exit %d\n%s%s", code, stdout, stderr)
			}
			code, _, stderr = run(t, dir, "generate")
			if code != 0 || strings.Contains(stderr, " BG") {
				text, _ := os.ReadFile(filepath.Join(dir, "blueprint.yaml"))
				t.Fatalf("generate: exit %d\n%s\n%s", code, stderr, text)
			}
			if code, stdout, stderr := run(t, dir, "check"); code != 0 || stdout != "" {
				t.Errorf("check: exit %d\n%s%s", code, stdout, stderr)
			}
			if sample {
				settled(t, dir)
				p.judge(t, dir)
			}
		})
	}
	if judged < 3 || judged == len(all) {
		t.Errorf("terraform judges %d of %d", judged, len(all))
	}
}

// takesHooks says whether some combination like this one has hooks.
func takesHooks(all [][]string, like []string) bool {
	return slices.ContainsFunc(all, func(c []string) bool { return slices.Equal(c[:3], like[:3]) && c[3] != bootstrap.None })
}

// TestInitHandler runs the handler that init writes: against a service that answers test requests alone, one that is ill, and nobody.
func TestInitHandler(t *testing.T) {
	t.Parallel()
	green := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/ready" || r.Header.Get("x-blue-green-test") != "1" {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(green.Close)
	gone := httptest.NewServer(nil)
	gone.Close()
	for traffic, want := range map[string][3]string{"alb": {"SUCCEEDED", "FAILED", "FAILED"}, bootstrap.None: {"SUCCEEDED", "SUCCEEDED", "SUCCEEDED"}} {
		dir := t.TempDir()
		if code, _, stderr := run(t, dir, "init", "--name", "orders", "--traffic", traffic, "--strategy", "blue_green", "--hooks", "code"); code != 0 {
			t.Fatal(stderr)
		}
		for i, url := range []string{green.URL + "/ready", green.URL + "/ill", gone.URL + "/ready"} {
			cmd := exec.CommandContext(t.Context(), "python3", "-B", "-c", "import check; print(check.lambda_handler({}, None)['hookStatus'])")
			cmd.Dir, cmd.Env = filepath.Join(dir, "handlers"), append(os.Environ(), "URL="+url)
			out, err := cmd.CombinedOutput()
			if lines := strings.Split(strings.TrimSpace(string(out)), "\n"); err != nil || lines[len(lines)-1] != want[i] {
				t.Errorf("traffic %s, %s: %v, want %s\n%s", traffic, url, err, want[i], out)
			}
		}
	}
}
