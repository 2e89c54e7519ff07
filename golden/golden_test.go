// Package golden runs the command line over whole blueprints and compares every byte that comes out.
//
// A folder of cases/ is a blueprint.yaml, what it names, and either want/ (the tree that generate writes) or want.stderr (what it
// says instead). `go test ./golden -update` rewrites both. before.lock.json is the manifest that the run finds.
package golden

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bluegen/cmd/cli"
	"bluegen/generator"
	"bluegen/generator/disk"
	"bluegen/generator/terraform"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain registers bluegen as a command of the scripts; nothing is built for that.
func TestMain(m *testing.M) {
	flag.Bool("update", false, "rewrite the expected trees, messages and scripts")
	testscript.Main(m, map[string]func(){"bluegen": func() { os.Exit(bluegen()) }})
}

func update() bool { return flag.Lookup("update").Value.String() == "true" }

func bluegen() int {
	dir, err := os.Getwd()
	if err != nil {
		return 1
	}
	width, _ := strconv.Atoi(os.Getenv("PRETEND_WIDTH")) // 0, unknown, where it is not set
	return cli.Run(context.Background(), os.Args[1:], cli.IO{
		Dir: dir, In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Terminal: os.Getenv("PRETEND_TERMINAL") != "", OutTerminal: os.Getenv("PRETEND_TERMINAL") != "",
		Questions: os.Getenv("PRETEND_TERMINAL") != "", NoColour: os.Getenv("NO_COLOR") != "", Width: width,
		Records: func() string { return os.Getenv("RECORDS") },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "scripts", UpdateScripts: update(), RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(e.WorkDir, ".gitconfig"))
			e.Setenv("RECORDS", filepath.Join(e.WorkDir, ".records"))
			return nil
		},
	})
}

// prover asks the real terraform about every distinct tree once.
type prover struct {
	open    func() (*terraform.Session, error)
	mu      sync.Mutex
	seen    map[[sha256.Size]byte]bool
	trees   int
	runs    int
	skipped int
}

// newProver opens one terraform for a test, when it is first asked for.
func newProver(t *testing.T) *prover {
	t.Helper()
	p := &prover{seen: map[[sha256.Size]byte]bool{}}
	p.open = sync.OnceValues(func() (*terraform.Session, error) { return terraform.Open(context.Background(), "") })
	t.Cleanup(func() {
		if s, err := p.open(); err == nil {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		t.Logf("terraform judged %d distinct trees (%d were equal to one of them) and passed %d runs of their tests", p.trees, p.skipped, p.runs)
	})
	return p
}

func TestCases(t *testing.T) {
	p := newProver(t)
	for _, name := range cases(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join("cases", name)
			dir := work(t, folder)
			before := files(t, dir)
			code, stdout, stderr := run(t, dir, "generate")
			compare(t, filepath.Join(folder, "want.stdout"), stdout)
			compare(t, filepath.Join(folder, "want.stderr"), stderr)
			written := files(t, dir)
			for name := range before {
				if before[name] == written[name] {
					delete(written, name)
				}
			}
			manifest := written[disk.ManifestName]
			delete(written, disk.ManifestName)
			compareTree(t, filepath.Join(folder, "want"), written)
			if code != 0 {
				if code != 1 || len(written) > 0 || manifest != "" {
					t.Errorf("a blueprint with errors must end with 1 and write nothing; it ended with %d and wrote %d files", code, len(written))
				}
				return
			}
			settled(t, dir)
			p.judge(t, dir)
		})
	}
}

// settled is true of a tree that was just written: nothing to write, nothing out of date, nothing to format.
func settled(t *testing.T, dir string) {
	t.Helper()
	before := files(t, dir)
	if code, _, stderr := run(t, dir, "generate"); code != 0 || strings.Contains(stderr, "created") {
		t.Errorf("the second generate is no still water: exit %d\n%s", code, stderr)
	}
	if code, stdout, stderr := run(t, dir, "check"); code != 0 || stdout != "" {
		t.Errorf("check after generate: exit %d\n%s%s", code, stdout, stderr)
	}
	after := files(t, dir)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the second generate changed files:\n%s", diff)
	}
	for name, text := range after {
		if ext := filepath.Ext(name); (ext == ".tf" || ext == ".hcl") && string(hclwrite.Format([]byte(text))) != text {
			t.Errorf("%s is no fixed point of hclwrite.Format", name)
		}
	}
}

// judge asks the real terraform, with providers that bluegen serves: fmt, validate and test.
func (p *prover) judge(t *testing.T, dir string) {
	t.Helper()
	session, err := p.open()
	if err != nil {
		t.Fatalf("the goldens are judged by the real terraform: %v", err)
	}
	for _, c := range configurations(t, dir) {
		if !p.first(c) {
			continue
		}
		tree := filepath.Join(dir, filepath.FromSlash(c.Directory))
		if bad, err := session.FormatCheck(t.Context(), tree); err != nil || len(bad) > 0 {
			t.Errorf("terraform fmt -check: %v %v", bad, err)
		}
		runs := judged(t, session, tree, c, false)
		p.mu.Lock()
		p.runs += runs
		p.mu.Unlock()
	}
}

// first reports whether no tree of this content was judged yet.
func (p *prover) first(c generator.Configuration) bool {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %s\n", c.AWS.Version(), c.AWS.Floor())
	for _, f := range c.Files {
		fmt.Fprintf(sum, "%s %d\n%s", strings.TrimPrefix(f.Path, c.Directory), len(f.Data), f.Data)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	key := [sha256.Size]byte(sum.Sum(nil))
	if p.seen[key] {
		p.skipped++
		return false
	}
	p.seen[key] = true
	p.trees++
	return true
}

// judged validates and tests one tree and returns how many runs passed; real takes the registry's providers.
func judged(t *testing.T, s *terraform.Session, tree string, c generator.Configuration, real bool) int {
	t.Helper()
	view := c.AWS
	if real {
		view = nil
	}
	valid, err := s.Validate(t.Context(), tree, view)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range valid.Diagnostics {
		file, address := terraform.Place(d)
		t.Errorf("terraform validate: %s %s: %s: %s", file, address, d.Summary, d.Detail)
	}
	tested, err := s.Test(t.Context(), tree, view)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range tested.Diagnostics {
		t.Errorf("terraform test: %s, run %s: %s: %s", d.File, d.Run, d.Summary, d.Detail)
	}
	if !tested.OK() || tested.Passed == 0 {
		t.Errorf("terraform test: %d passed, %d failed, %d errored, %d skipped", tested.Passed, tested.Failed, tested.Errored, tested.Skipped)
	}
	return tested.Passed
}

// TestRealProvider runs what provider 5.100.0 can express with the real one. BLUEGEN_REAL_AWS is a filesystem mirror that has it.
func TestRealProvider(t *testing.T) {
	mirror := os.Getenv("BLUEGEN_REAL_AWS")
	if mirror == "" {
		t.Log("not run: BLUEGEN_REAL_AWS names no mirror of providers (.ci/run sets it where the real provider is installed)")
		return
	}
	config := filepath.Join(t.TempDir(), "terraform.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TF_CLI_CONFIG_FILE", config)
	session, err := terraform.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	}()
	judgedTrees := 0
	for _, name := range cases(t) {
		text, err := os.ReadFile(filepath.Join("cases", name, "blueprint.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(text, []byte("5.100.0")) {
			continue
		}
		dir := work(t, filepath.Join("cases", name))
		if code, _, stderr := run(t, dir, "generate"); code != 0 {
			t.Logf("%s: not a good case: %s", name, stderr)
			continue
		}
		for _, c := range configurations(t, dir) {
			judged(t, session, filepath.Join(dir, filepath.FromSlash(c.Directory)), c, true)
			judgedTrees++
		}
	}
	if judgedTrees == 0 {
		t.Error("no case pins aws 5.100.0")
	}
}

// configurations are the trees of a folder, as generate builds them.
func configurations(t *testing.T, dir string) []generator.Configuration {
	t.Helper()
	result, diags := generator.New().Generate(t.Context(), os.DirFS(dir), "blueprint.yaml", generator.Options{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return result.Configurations
}

func run(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = cli.Run(t.Context(), args, cli.IO{Dir: dir, In: strings.NewReader(""), Out: &out, Err: &err})
	return code, out.String(), err.String()
}

func cases(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir("cases")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// work copies a case without what is wanted of it.
func work(t *testing.T, folder string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files(t, folder) {
		if name == "want.stdout" || name == "want.stderr" || strings.HasPrefix(name, "want/") {
			continue
		}
		if name == "before.lock.json" {
			name = disk.ManifestName
		}
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	return dir
}

// files is every file below a folder, by its slash-separated path.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		out[strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(folder)+"/")] = string(text)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return out
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// compare holds a text to a file; an empty text has no file.
func compare(t *testing.T, path, got string) {
	t.Helper()
	want, err := os.ReadFile(path)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		t.Fatal(err)
	case string(want) == got:
	case !update():
		t.Errorf("%s (-want +got):\n%s", path, cmp.Diff(string(want), got))
	case got == "":
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	default:
		write(t, path, got)
	}
}

// compareTree holds files to a folder, byte by byte.
func compareTree(t *testing.T, folder string, got map[string]string) {
	t.Helper()
	names := slices.AppendSeq(slices.Collect(maps.Keys(files(t, folder))), maps.Keys(got))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		compare(t, filepath.Join(folder, filepath.FromSlash(name)), got[name])
	}
}
