package terraform

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"bluegen/generator/terraform/provider"
	"bluegen/schemas"
)

const realVersion = "5.100.0"

// realMirror finds a filesystem mirror with the real provider: the directory that BLUEGEN_REAL_AWS names, or one of those where
// terraform itself looks when it says "implied". Without it the test does not run, for it takes minutes.
func realMirror(t *testing.T) string {
	t.Helper()
	dirs := []string{os.Getenv("BLUEGEN_REAL_AWS")}
	switch dirs[0] {
	case "":
		t.Skip("not compared with the real provider: set BLUEGEN_REAL_AWS to a filesystem mirror that has hashicorp/aws " + realVersion + ", or to implied")
	case "implied":
		dirs = impliedMirrors()
	}
	for _, dir := range dirs {
		binary := filepath.Join(dir, filepath.FromSlash(provider.Address("aws")), realVersion, runtime.GOOS+"_"+runtime.GOARCH)
		if info, err := os.Stat(binary); err == nil && info.IsDir() {
			return dir
		}
	}
	t.Fatalf("hashicorp/aws %s is in none of %q", realVersion, dirs)
	return ""
}

func impliedMirrors() []string {
	home := os.Getenv("HOME")
	data := cmp.Or(os.Getenv("XDG_DATA_HOME"), filepath.Join(home, ".local", "share"))
	dirs := []string{filepath.Join(home, ".terraform.d", "plugins"), filepath.Join(data, "terraform", "plugins")}
	for _, dir := range filepath.SplitList(cmp.Or(os.Getenv("XDG_DATA_DIRS"), "/usr/local/share:/usr/share")) {
		dirs = append(dirs, filepath.Join(dir, "terraform", "plugins"))
	}
	return dirs
}

// Whatever the real provider refuses among the mistakes, the served one refuses, too.
func TestRealProviderRefusesNoMore(t *testing.T) {
	t.Parallel()
	mirror := realMirror(t)
	s, view := openSession(t), openView(t, "= "+realVersion)
	extra := realEnvironment(t, mirror)
	real := func(t *testing.T, dir string) string {
		w, err := s.open(t.Context(), dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := w.close(); err != nil {
				t.Error(err)
			}
		}()
		w.env = append(w.env, extra...)
		out, err := w.validate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return errorsOf(out.Diagnostics)
	}
	t.Run("the module set itself", func(t *testing.T) {
		if said := real(t, older(t, module(t))); said != "" {
			t.Fatalf("the real provider refuses it: %s", said)
		}
	})
	t.Run("mistakes", func(t *testing.T) {
		for _, m := range readMistakes(t) {
			if m.New6x {
				continue
			}
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				dir := older(t, m.make(t))
				said := real(t, dir)
				out, err := s.Validate(t.Context(), dir, view)
				if err != nil {
					t.Fatal(err)
				}
				ours := errorsOf(out.Diagnostics)
				if said != "" && ours == "" {
					t.Errorf("only the real provider refuses it: %s", said)
				}
				t.Logf("real: %s\nserved: %s", said, ours)
			})
		}
	})
}

// realEnvironment takes aws from the mirror and serves archive, which needs no judge, as ever.
func realEnvironment(t *testing.T, mirror string) []string {
	t.Helper()
	archive, err := schemas.Open("archive", nil)
	if err != nil {
		t.Fatal(err)
	}
	server, err := provider.Serve(t.Context(), archive)
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "real.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return []string{"TF_CLI_CONFIG_FILE=" + config, "TF_REATTACH_PROVIDERS=" + server.Reattach()}
}

// older takes from the module set what only 6.x has.
func older(t *testing.T, dir string) string {
	t.Helper()
	newer := regexp.MustCompile(`(?s)#BEGIN6.*?#END6[^\n]*\n`)
	for name, text := range contents(t, dir) {
		text = newer.ReplaceAllString(text, "")
		write(t, dir, name, strings.ReplaceAll(text, `"6.99.0"`, `"`+realVersion+`"`))
	}
	return dir
}
