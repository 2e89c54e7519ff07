package bootstrap_test

import (
	"strings"
	"testing"

	"bluegen/generator/bootstrap"
)

func companions(t *testing.T, r bootstrap.Repository) map[string]bootstrap.Companion {
	t.Helper()
	found, err := bootstrap.Companions(r)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bootstrap.Companion{}
	for _, c := range found {
		out[c.Path] = c
	}
	return out
}

// What stands at the top of a repository is the same for each of its services, or the second would find the first one's in its way.
func TestCompanionsOfAMonorepo(t *testing.T) {
	t.Parallel()
	one := companions(t, bootstrap.Repository{Folder: "services/orders", Directory: "terraform", Tag: "v1"})
	two := companions(t, bootstrap.Repository{Folder: "services/carts", Directory: "deploy", Tag: "v1"})
	for _, name := range []string{".pre-commit-config.yaml", ".github/workflows/bluegen.yml"} {
		if string(one[name].Data) != string(two[name].Data) || len(one[name].Data) == 0 {
			t.Errorf("%s differs between services", name)
		}
	}
	if data := string(two["services/carts/.gitattributes"].Data); !strings.Contains(data, "\ndeploy/** linguist-generated") {
		t.Errorf("%s", data)
	}
}

func TestCompanionsSayWhereBluegenComesFrom(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]struct{ hooks, workflow string }{
		"":                                       {"repo: local", "repository: ${{ vars.BLUEGEN_REPOSITORY }}"},
		"https://github.com/example/bluegen":     {"repo: https://github.com/example/bluegen\n    rev: v1\n", "uses: example/bluegen@v1"},
		"https://github.com/example/bluegen.git": {"repo: https://github.com/example/bluegen.git\n", "uses: example/bluegen@v1"},
		"https://git.example.com/bluegen":        {"repo: https://git.example.com/bluegen\n", "vars.BLUEGEN_REPOSITORY"},
		"git@git.example.com:x/bluegen":          {`repo: "git@git.example.com:x/bluegen"`, "vars.BLUEGEN_REPOSITORY"},
	} {
		found := companions(t, bootstrap.Repository{Directory: "terraform", Source: source, Tag: "v1"})
		if data := string(found[".pre-commit-config.yaml"].Data); !strings.Contains(data, want.hooks) || !strings.Contains(data, "id: bluegen-check") {
			t.Errorf("%q: want %q in\n%s", source, want.hooks, data)
		}
		if data := string(found[".github/workflows/bluegen.yml"].Data); !strings.Contains(data, want.workflow) {
			t.Errorf("%q: want %q in\n%s", source, want.workflow, data)
		}
	}
}

func TestGitHub(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"https://github.com/example/bluegen": "example/bluegen", "https://github.com/example/bluegen/": "example/bluegen",
		"https://github.com/example/blue.gen.git": "example/blue.gen", "https://github.com/example": "", "https://github.com/a b/c": "",
		"https://github.com/a/b/c": "", "https://github.com.example.com/a/b": "", "http://github.com/a/b": "", "": "", "https://github.com/a/b@x\n": "",
	} {
		if got := (bootstrap.Repository{Source: source}).GitHub(); got != want {
			t.Errorf("%q is %q on GitHub, want %q", source, got, want)
		}
	}
}

func TestCompanionsKnowTheirOwn(t *testing.T) {
	t.Parallel()
	for name, c := range companions(t, bootstrap.Repository{Directory: "terraform", Tag: "v1"}) {
		if !c.Satisfied(c.Data) || !c.Satisfied([]byte("before\n"+c.Add+"after\n")) {
			t.Errorf("%s does not know its own lines", name)
		}
		if c.Satisfied([]byte("something else\n")) {
			t.Errorf("%s takes anything for its own", name)
		}
		if strings.Contains("\n"+c.Add, "\n#") || strings.Contains(c.Add, "\n\n") || c.Add == "" {
			t.Errorf("%s: to add by hand are\n%s", name, c.Add)
		}
	}
}
