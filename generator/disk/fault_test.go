package disk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"syscall"
	"testing"

	"bluegen/generator/diag"
)

// scene is a run that does everything at once: create, update, delete, force over an edit and over a file in the way,
// make and remove directories, a second environment that goes away.
type scene struct {
	wrote, then, wants files
	// before and after are the tree without the manifest.
	before, after files
	// user are the files that no run may ever touch.
	user files
}

func everything() scene {
	s := scene{
		wrote: files{
			mainTF: "main old", varsTF: "variables old", "terraform/production/same.tf": "same",
			"terraform/production/edited.tf": "edited old", "terraform/production/modules/gone/main.tf": "gone",
			"terraform/staging/main.tf": "staging", "terraform/staging/deep/er/main.tf": "deep",
		},
		then: files{"terraform/production/edited.tf": "mine", "terraform/production/claimed.tf": "in the way"},
		user: files{
			"blueprint.yaml": "version: 1\n", "terraform/production/override.tf": "own", "terraform/staging/deep/own.tf": "own",
			"notes/.bluegen.tmp": "own", "terraform/production/.bluegen.lock.json.bluegen.tmp": "own",
		},
		wants: files{
			mainTF: "main new", varsTF: "variables new", "terraform/production/same.tf": "same",
			"terraform/production/edited.tf": "edited new", "terraform/production/claimed.tf": "claimed", hookPY: "hook",
		},
	}
	s.before = s.wrote.with(s.then, s.user)
	s.after = s.wants.with(s.user)
	return s
}

func (s scene) folder(t *testing.T) string {
	t.Helper()
	return generated(t, s.wrote, s.then.with(s.user))
}

// calls counts the calls of Apply when nothing fails.
func (s scene) calls(t *testing.T) []string {
	t.Helper()
	root := s.folder(t)
	fsys := &faulty{FS: quick(t, root)}
	p := compare(t, quick(t, root), want(s.wants))
	if _, err := Apply(context.Background(), fsys, p, Options{Force: true}); err != nil {
		t.Fatal(err)
	}
	equal(t, "after", s.after, snapshot(t, root).without(ManifestName))
	return fsys.calls
}

// TestErrorAtEveryCall: one call fails, the rest work. The old tree comes back, byte for byte, the manifest with it.
func TestErrorAtEveryCall(t *testing.T) {
	t.Parallel()
	s := everything()
	calls := s.calls(t)
	for _, torn := range []bool{false, true} {
		for n, call := range calls {
			if torn && !strings.HasPrefix(call, "create ") {
				continue
			}
			root := s.folder(t)
			before := snapshot(t, root)
			fsys := &faulty{FS: quick(t, root), torn: torn, fail: at(n, syscall.ENOSPC)}
			_, err := Apply(context.Background(), fsys, compare(t, quick(t, root), want(s.wants)), Options{Force: true})
			if err == nil {
				// Only an empty directory may stay without failing the run.
				equal(t, call, s.after, snapshot(t, root).without(ManifestName))
				continue
			}
			if got := codes(err); got[0] != CodeUnwritable && got[0] != CodeUnreadable {
				t.Fatalf("%s: %v", call, err)
			}
			equal(t, call, before, snapshot(t, root))
		}
	}
}

// TestStopAtEveryCall: from one call on nothing works any more, as after SIGKILL, and as on a disk that died (then undoing fails
// too). Every file is old or new, what is not ours is untouched, and the next run converges.
func TestStopAtEveryCall(t *testing.T) {
	t.Parallel()
	s := everything()
	calls := s.calls(t)
	if len(calls) < 60 {
		t.Fatalf("only %d calls: %v", len(calls), calls)
	}
	var interrupted int
	for _, torn := range []bool{false, true} {
		for n, call := range calls {
			if torn && !strings.HasPrefix(call, "create ") {
				continue
			}
			root := s.folder(t)
			fsys := &faulty{FS: quick(t, root), torn: torn}
			fsys.fail = func(i int, _, _ string) error {
				fsys.torn = torn && i == n
				if i >= n {
					return syscall.EIO
				}
				return nil
			}
			_, err := Apply(context.Background(), fsys, compare(t, quick(t, root), want(s.wants)), Options{Force: true})
			interrupted += s.checkStopped(t, call, root, err)
			s.checkConverges(t, call, root)
		}
	}
	if interrupted < 20 {
		t.Errorf("only %d of the stops were seen as interrupted", interrupted)
	}
}

// checkStopped looks at what a stopped run left, and says 1 when the manifest knows of it.
func (s scene) checkStopped(t *testing.T, call, root string, err error) int {
	t.Helper()
	left := snapshot(t, root)
	for name, content := range s.before.with(s.after) {
		got, there := left[name]
		old, wasThere := s.before[name]
		_, wanted := s.after[name]
		isOld := there == wasThere && got == old
		isNew := there == wanted && (!there || got == s.after[name])
		if !isOld && !isNew {
			t.Fatalf("%s: %s is neither old nor new: %q, not %q", call, name, got, content)
		}
	}
	equal(t, call+": user files", s.user, s.only(left))
	p := compare(t, quick(t, root), want(s.wants))
	for _, c := range p.Conflicts() {
		if s.then[c.Path] == "" {
			t.Fatalf("%s: %s is mistaken for a hand edit", call, c.Path)
		}
	}
	if len(p.Interrupted) == 0 {
		return 0
	}
	if err == nil || !p.OutOfDate() {
		t.Fatalf("%s: interrupted, but the run said %v", call, err)
	}
	equal(t, call, CodeInterrupted, p.Diagnostics()[0].Code)
	return 1
}

func (s scene) only(tree files) files {
	out := files{}
	for name := range s.user {
		if content, ok := tree[name]; ok {
			out[name] = content
		}
	}
	return out
}

// checkConverges runs again: to the same wish, which ends in the wanted tree without a trace of the first run.
func (s scene) checkConverges(t *testing.T, call, root string) {
	t.Helper()
	fsys := quick(t, root)
	generate(t, fsys, want(s.wants), true)
	equal(t, call+": after the next run", s.after, snapshot(t, root).without(ManifestName))
	p := compare(t, fsys, want(s.wants))
	if p.OutOfDate() || len(p.Interrupted) > 0 {
		t.Fatalf("%s: not up to date after the next run: %v", call, rows(p))
	}
}

// TestTwoStops: the second run wants something else than the first, and is killed too. Nothing becomes a hand edit, and
// what only the first run wanted does not stay.
func TestTwoStops(t *testing.T) {
	t.Parallel()
	first := files{mainTF: "1", varsTF: "1", "terraform/production/first.tf": "1", hookPY: "1"}
	second := files{mainTF: "2", varsTF: "2", "terraform/production/second.tf": "2"}
	third := files{mainTF: "3", varsTF: "3"}
	stop := func(root string, w files, at int) int {
		fsys := &faulty{FS: quick(t, root), fail: func(i int, _, _ string) error {
			if i >= at {
				return syscall.EIO
			}
			return nil
		}}
		_, _ = Apply(context.Background(), fsys, compare(t, quick(t, root), want(w)), Options{})
		return len(fsys.calls)
	}
	total := stop(generated(t, files{mainTF: "0", varsTF: "0"}, nil), first, 1000)
	for i := 0; i < total; i += 5 {
		for j := 1; j < total; j += 6 {
			root := generated(t, files{mainTF: "0", varsTF: "0"}, nil)
			stop(root, first, i)
			stop(root, second, j)
			generate(t, quick(t, root), want(third), false)
			equal(t, "tree", third.with(files{"blueprint.yaml": "version: 1\n"}), snapshot(t, root).without(ManifestName))
		}
	}
}

// TestHalfway: undoing fails as well; the error names the files, and does not say that the tree is old.
func TestHalfway(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one", varsTF: "v"}, nil)
	renamed := false
	fsys := &faulty{FS: quick(t, root), fail: func(_ int, op, name string) error {
		renamed = renamed || (op == "rename" && name == varsTF)
		if renamed {
			return syscall.EIO
		}
		return nil
	}}
	_, err := Apply(context.Background(), fsys, compare(t, fsys, want(files{mainTF: "two", varsTF: "w"})), Options{})
	equal(t, "codes", []diag.Code{CodeHalfway}, codes(err))
	if !errors.Is(err, syscall.EIO) {
		t.Errorf("the cause is gone: %v", err)
	}
	equal(t, "main.tf", "two", snapshot(t, root)[mainTF])
	equal(t, "variables.tf", "v", snapshot(t, root)[varsTF])
	p := compare(t, quick(t, root), want(files{mainTF: "two", varsTF: "w"}))
	equal(t, "rows", []string{mainTF + ": unchanged", varsTF + ": update"}, rows(p))
}

// TestNothingIsSyncedLate pins the fsync policy: every temporary file is synced before the first rename over a file of the
// tree, and no call comes after the final manifest.
func TestNothingIsSyncedLate(t *testing.T) {
	t.Parallel()
	calls := everything().calls(t)
	first := slices.IndexFunc(calls, func(c string) bool {
		return len(c) > 7 && c[:7] == "rename " && c != "rename "+ManifestName
	})
	for i, call := range calls {
		name, created := "", false
		if len(call) > 7 && call[:7] == "create " {
			name, created = call[7:], true
		}
		if !created {
			continue
		}
		at := slices.Index(calls[i:], "sync "+name)
		if at < 0 || i+at > first {
			t.Errorf("%s is not synced before the first rename", name)
		}
	}
	equal(t, "the last call", "rename "+ManifestName, calls[len(calls)-1])
	if got := slices.Index(calls, "rename "+ManifestName); got > first {
		t.Error("the intent comes after the first rename")
	}
}
