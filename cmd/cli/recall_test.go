package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/disk"
	"bluegen/generator/trace"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// monorepo is two services: one with a handler of its own, of which there is a warning, and one with two environments over a base. They
// have one name, which is told about a fleet.
func monorepo(tb testing.TB, base string) string {
	tb.Helper()
	root := tb.TempDir()
	write(tb, filepath.Join(root, "services/hooked/blueprint.yaml"), strings.Replace(golden(tb, "hooks-code/blueprint.yaml"), "    alb:\n", "    alb:\n      stickiness: {duration: 1h}\n", 1)+"environments: {production: {}}\n")
	write(tb, filepath.Join(root, "services/hooked/handlers/check.py"), golden(tb, "hooks-code/handlers/check.py"))
	write(tb, filepath.Join(root, "services/based/blueprint.yaml"), "version: 1\nextends: ../../"+base+"\n"+
		strings.NewReplacer("version: 1\n", "", "name: hello", "name: orders", "priority: 10,", "priority: 30,", "priority: 20,", "priority: 31,").Replace(golden(tb, "minimal/blueprint.yaml"))+
		"environments: {staging: {}, production: {}}\n")
	write(tb, filepath.Join(root, base), "version: 1\ntags: {team: platform}\n")
	if err := os.Mkdir(filepath.Join(root, ".git"), 0o750); err != nil {
		tb.Fatal(err)
	}
	return root
}

func golden(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("../../golden/cases", name))
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func write(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

// said is all that a run leaves behind, in one text.
func said(tb testing.TB, root, records string, args ...string) string {
	tb.Helper()
	var out, err bytes.Buffer
	code := Run(tb.Context(), args, IO{Dir: root, In: strings.NewReader(""), Out: &out, Err: &err, Records: func() string { return records }})
	return fmt.Sprintf("%d\n%s\n%s", code, out.String(), err.String())
}

// TestRecalled: where nothing has changed nothing is generated, and everything is said that was said.
func TestRecalled(t *testing.T) {
	t.Parallel()
	root, records := monorepo(t, "platform.yaml"), t.TempDir()
	said(t, root, records, "generate", "-r")
	manifest := filepath.Join(root, "services/based", disk.ManifestName)
	text, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	write(t, manifest, strings.Replace(string(text), Version, "0.0.9", 1)) // one environment is of another version
	for _, c := range []struct {
		args []string
		want []string // the exit code, and the codes of warnings
	}{
		{[]string{"-r"}, []string{"0", "BG2166", "BG5014", "BG5040"}},
		{[]string{"-r", "--format", "json"}, []string{"0", "BG2166", "BG5014", "BG5040"}},
		{[]string{"-r", "--strict"}, []string{"3", "BG2166", "BG5014", "BG5040"}},
		{[]string{"services/hooked", "--strict"}, []string{"0", "BG2166"}},
		{[]string{"services/based", "-e", "staging"}, []string{"0"}},
		{[]string{"services/based", "--format", "github"}, []string{"0", "BG5040"}},
	} {
		args := append([]string{"check"}, c.args...)
		first := said(t, root, records, args...)
		got := regexp.MustCompile(`BG\d{4}|^\d`).FindAllString(first, -1)
		slices.Sort(got)
		if diff := cmp.Diff(c.want, slices.Compact(got)); diff != "" {
			t.Fatalf("%v: %s\n%s", args, diff, first)
		}
		if again := forgetful(t, root, records, args...); again != first {
			t.Errorf("%v: recalled\n%s\nnot\n%s", args, again, first)
		}
	}
}

// forgetful is said by a bluegen that has nothing to generate with: it can only recall.
func forgetful(t *testing.T, root, records string, args ...string) string {
	t.Helper()
	var out, err bytes.Buffer
	a := &app{io: IO{Dir: root, Out: &out, Err: &err}, records: trace.NewStore(func() string { return records })}
	a.status = &status{a: a}
	command := a.root()
	command.SetArgs(args)
	if err := command.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d\n%s\n%s", a.flush(), out.String(), err.String())
}

// TestRecallsOnlyWhatHolds: whatever happens to a repository, a check with a memory says what one without says.
func TestRecallsOnlyWhatHolds(t *testing.T) {
	t.Parallel()
	root, records, whole := monorepo(t, "platform/blueprint.yaml"), t.TempDir(), filepath.Join(t.TempDir(), "whole")
	said(t, root, records, "generate", "-r")
	if err := os.CopyFS(whole, os.DirFS(root)); err != nil {
		t.Fatal(err)
	}
	var files, folders []string
	err := fs.WalkDir(os.DirFS(whole), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case !d.IsDir():
			files = append(files, name)
		case name != ".":
			folders = append(folders, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	commands := [][]string{{"check", "-r"}, {"check", "services/hooked"}, {"check", "services/based", "-e", "staging"}, {"check", "-r", "--strict", "--format", "json"}}
	rapid.Check(t, func(rt *rapid.T) {
		defer restore(t, root, whole)
		for range rapid.IntRange(1, 3).Draw(rt, "steps") {
			args := rapid.SampledFrom(commands).Draw(rt, "command")
			said(t, root, records, args...) // it remembers what it sees
			name := filepath.Join(root, rapid.SampledFrom(files).Draw(rt, "file"))
			other := filepath.Join(root, rapid.SampledFrom(files).Draw(rt, "other"))
			folder := filepath.Join(root, rapid.SampledFrom(folders).Draw(rt, "folder"))
			what := rapid.SampledFrom(changes()).Draw(rt, "change")
			_ = what.make(name, other, folder) // what an earlier change has removed stays away
			if got, want := said(t, root, records, args...), said(t, root, "", args...); got != want {
				rt.Fatalf("%s %s (%s, %s)\nwith a memory: %s\nwithout: %s", what.is, name, other, folder, got, want)
			}
		}
	})
}

// happening is something that people and programs do to a repository.
type happening struct {
	is   string
	make func(file, other, folder string) error
}

func changes() []happening {
	return []happening{
		{"nothing happens", func(string, string, string) error { return nil }},
		{"a line more", func(file, _, _ string) error {
			f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteString("# more\n")
			return errors.Join(err, f.Close())
		}},
		{"another byte", func(file, _, _ string) error {
			data, err := os.ReadFile(file)
			if err != nil || len(data) == 0 {
				return err
			}
			data[len(data)/2] ^= 1
			return os.WriteFile(file, data, 0o600)
		}},
		{"it goes", func(file, _, _ string) error { return os.Remove(file) }},
		{"it takes another's place", func(file, other, _ string) error { return os.Rename(file, other) }},
		{"a link to the same bytes", func(file, _, _ string) error {
			return errors.Join(os.Rename(file, file+".there"), os.Symlink(filepath.Base(file)+".there", file))
		}},
		{"a folder in its place", func(file, _, _ string) error { return errors.Join(os.Remove(file), os.Mkdir(file, 0o750)) }},
		{"a file beside", func(_, _, folder string) error { return os.WriteFile(filepath.Join(folder, "beside.tf"), nil, 0o600) }},
		{"a blueprint beside", func(file, _, folder string) error { return os.Link(file, filepath.Join(folder, "blueprint.yaml")) }},
		{"a folder goes", func(_, _, folder string) error { return os.Rename(folder, folder+".gone") }},
		{"a repository inside", func(_, _, folder string) error { return os.Mkdir(filepath.Join(folder, ".git"), 0o750) }},
		{"the repository ends", func(_, _, folder string) error {
			for ; filepath.Base(folder) != "services"; folder = filepath.Dir(folder) {
				if filepath.Dir(folder) == folder {
					return nil
				}
			}
			return os.Remove(filepath.Join(filepath.Dir(folder), ".git"))
		}},
	}
}

// restore makes a folder what another is.
func restore(tb testing.TB, root, whole string) {
	tb.Helper()
	entries, err := os.ReadDir(root)
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(root, e.Name())))
	}
	if err = errors.Join(err, os.CopyFS(root, os.DirFS(whole))); err != nil {
		tb.Fatal(err)
	}
}
