package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/disk"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// hostileNames are paths that a patch must quote, or must not.
func hostileNames() []string {
	return []string{
		"main.tf", "a folder/with spaces.tf", "trailing space ", "é/ü.tf", "日本.tf", `quo"te.tf`, `back\slash.tf`, "tab\there.tf", "new\nline.tf",
		"--- a", "a/b/c", "-minus", "b/dev/null", "bell\a.tf", "zero\u200bwidth.tf", "timestamp\t2026-01-01 00:00:00", "x 2026-01-01 00:00:00.000000000 +0000",
	}
}

// texts are contents, most of them with something that a patch can get wrong.
func texts() *rapid.Generator[string] {
	line := rapid.SampledFrom([]string{
		"a\n", "b\n", "\n", " \n", "resource \"x\" \"y\" {\r\n", "}\r\n", "--- a/main.tf\n", "+++ b/main.tf\n", "@@ -1 +1 @@\n", "-\n", "+x\n",
		"\\ No newline at end of file\n", "trailing \t\n", "\xff\xfe\n", "é\n", "diff --git a/x b/x\n", "\r\n", "x\ry\n",
	})
	return rapid.Custom(func(t *rapid.T) string {
		text := strings.Join(rapid.SliceOfN(line, 0, 12).Draw(t, "lines"), "")
		return text + rapid.SampledFrom([]string{"", "", "end", "end\r"}).Draw(t, "end")
	})
}

// TestPatchIsTakenByGit: whatever stands on the disk and whatever is wanted, git apply makes the one the other. The names lie below
// the folder in which it is run, which is not the top of the repository.
func TestPatchIsTakenByGit(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	git(t, base, "init", "-q", ".")
	folder := filepath.Join(base, "services", "orders")
	rapid.Check(t, func(t *rapid.T) {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		var all strings.Builder
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(hostileNames()), 1, 6, rapid.ID).Draw(t, "names") {
			c := change{path: name, Change: disk.Change{Path: name, Action: disk.Update}}
			before, after := texts().Draw(t, "before"), texts().Draw(t, "after")
			switch rapid.SampledFrom([]disk.Action{disk.Create, disk.Update, disk.Delete}).Draw(t, "action") {
			case disk.Create:
				c.Action, c.New = disk.Create, []byte(after+"a")
			case disk.Delete:
				c.Action, c.Old = disk.Delete, []byte(before+"a")
			default:
				c.Old, c.New = []byte(before), []byte(after)
			}
			if c.Old != nil {
				save(t, filepath.Join(folder, name), c.Old)
			}
			if c.New != nil {
				want[name] = string(c.New)
			}
			all.WriteString(patch(c, folder))
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if all.Len() > 0 {
			cmd := exec.Command("git", "-C", folder, "apply", "-")
			cmd.Stdin = strings.NewReader(all.String())
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("git apply: %v\n%s\n%s", err, out, all.String())
			}
		}
		if diff := cmp.Diff(want, saved(t, folder)); diff != "" {
			t.Fatalf("after git apply (-want +got):\n%s\n%s", diff, all.String())
		}
	})
}

type tester interface {
	Helper()
	Fatal(args ...any)
}

func save(t tester, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func saved(t tester, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		out[strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(folder)+"/")] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // git removes a folder with its last file
		t.Fatal(err)
	}
	return out
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=tester", "-c", "user.email=tester@example.com"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// TestPatchOfAnEmptyFile: without git's own header there is no hunk to say it with, and differs says so.
func TestPatchOfAnEmptyFile(t *testing.T) {
	t.Parallel()
	for _, c := range []disk.Change{
		{Path: "x", Action: disk.Create, New: []byte{}}, {Path: "x", Action: disk.Delete, Old: []byte{}},
	} {
		a := &app{}
		textView{a}.differs(outcome{changes: []change{{Change: c, path: "x"}}}, "/")
		if a.out.Len() > 0 || !strings.Contains(a.err.String(), "and empty") {
			t.Errorf("%s: out %q err %q", c.Action, a.out.String(), a.err.String())
		}
	}
}

func TestPatchOutsideOfTheFolder(t *testing.T) {
	t.Parallel()
	a := &app{}
	c := change{path: "/srv/other/main.tf", Change: disk.Change{Path: "main.tf", Action: disk.Create, New: []byte("x\n")}}
	textView{a}.differs(outcome{changes: []change{c}}, "/srv/here")
	if !strings.Contains(a.err.String(), "git apply refuses") {
		t.Errorf("%s", a.err.String())
	}
	c.path = "/srv/here/main.tf"
	if got := patchName(c, "/srv/here"); got != "main.tf" {
		t.Errorf("an absolute argument gives %q", got)
	}
}

// TestEdits: against what bluegen wrote last and against what it wants now; one diff where the two are one.
func TestEdits(t *testing.T) {
	t.Parallel()
	base := disk.Change{Path: "x", Action: disk.Conflict, Reason: disk.Edited, Old: []byte("mine\n"), New: []byte("two\n"), Wrote: []byte("one\n"), WroteSHA256: strings.Repeat("ab", 32)}
	with := func(change func(*disk.Change)) disk.Change {
		c := base
		change(&c)
		return c
	}
	const wrote, both, wants = "--- x (as bluegen wrote it)", "--- x (as bluegen wrote it and wants it)", "--- x (as bluegen wants it now)"
	for name, tt := range map[string]struct {
		c    disk.Change
		says []string
	}{
		"edited, and something else is wanted": {base, []string{wrote, "-one", "+mine", wants, "-two", "+mine"}},
		"edited, and the same is wanted":       {with(func(c *disk.Change) { c.New = c.Wrote }), []string{both, "-one", "+mine"}},
		"edited, and nothing is wanted":        {with(func(c *disk.Change) { c.New = nil }), []string{wrote, "-one", "+mine"}},
		"what was written is not known":        {with(func(c *disk.Change) { c.Wrote = nil }), []string{"(sha256 abababababab)", wants, "-two", "+mine"}},
		"nothing is known or wanted":           {with(func(c *disk.Change) { c.Wrote, c.New = nil, nil }), []string{"(sha256 abababababab)"}},
		"in the way":                           {with(func(c *disk.Change) { c.Reason, c.Wrote = disk.Unclaimed, nil }), []string{wants, "-two", "+mine"}},
		"only the line endings":                {with(func(c *disk.Change) { c.Reason = disk.LineEndings }), nil},
	} {
		text := edits("x", tt.c, true)
		rest := text
		for _, says := range tt.says {
			_, after, found := strings.Cut(rest, says+"\n")
			if strings.HasPrefix(says, "(") {
				_, after, found = strings.Cut(rest, says)
			}
			if !found {
				t.Errorf("%s: no %q in\n%s", name, says, text)
			}
			rest = after
		}
		if strings.Contains(rest, "---") || len(tt.says) == 0 && text != "" {
			t.Errorf("%s says more:\n%s", name, text)
		}
	}
}

// TestLostIsWhole: an edit is cut where the file still has it, and never where it is gone.
func TestLostIsWhole(t *testing.T) {
	t.Parallel()
	long := []byte(strings.Repeat("mine\n", 200))
	c := change{path: "x", Change: disk.Change{Action: disk.Conflict, Reason: disk.Edited, Old: long, New: []byte("two\n"), Wrote: []byte("one\n")}}
	if got := strings.Count(c.lost(), "+mine"); got != 200 {
		t.Errorf("%d lines of 200", got)
	}
	if strings.Contains(c.lost(), "two") {
		t.Error("what is lost is no more than what was added to what bluegen wrote")
	}
	if got := edits("x", c.Change, false); !strings.Contains(got, "lines more: bluegen diff shows them all") || strings.Count(got, "\n") > 2*mostEdit+2 {
		t.Error("an edit beside a diagnostic has no end")
	}
}

// TestRecall: the commit before the edit has what bluegen wrote.
func TestRecall(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	git(t, dir, "init", "-q", ".")
	folder := filepath.Join(dir, "services")
	texts := []string{"zero\n", "one\n", "mine\n", "mine too\n"}
	for i, text := range texts {
		save(t, filepath.Join(folder, "x [1].tf"), []byte(text))
		git(t, dir, "add", ".")
		git(t, dir, "commit", "-q", "-m", fmt.Sprint(i))
	}
	p := &project{target: target{folder: folder}}
	edited := func(wrote string) []byte {
		c := disk.Change{Path: "x [1].tf", Action: disk.Conflict, Reason: disk.Edited, WroteSHA256: sha(wrote)}
		return p.recall(t.Context(), []disk.Change{c})[0].Wrote
	}
	if got := edited("one\n"); !bytes.Equal(got, []byte("one\n")) {
		t.Errorf("%q", got)
	}
	if got := edited("never committed\n"); got != nil {
		t.Errorf("%q", got)
	}
	p.folder = t.TempDir()
	if got := edited("one\n"); got != nil {
		t.Errorf("no repository, and yet %q", got)
	}
	names := slices.Sorted(maps.Keys(saved(t, folder)))
	if !slices.Equal(names, []string{"x [1].tf"}) {
		t.Errorf("git left %q", names)
	}
}

func sha(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
