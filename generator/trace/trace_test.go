package trace

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bluegen/generator/disk"
)

// repo is a real folder as a repository whose blueprint lies at its top.
type repo struct{ fs.StatFS }

func (r repo) Sub(string) (fs.FS, error) { return r.StatFS, nil }

// world is a folder with one of everything.
func world(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, dir := range []string{"dir/below", "empty"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"blueprint", "handler", "other", "dir/a", "dir/b"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("handler", filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}
	return root
}

func in(t *testing.T, root string) (Repository, *disk.Dir) {
	t.Helper()
	dir, err := disk.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = dir.Close() })
	return repo{os.DirFS(root).(fs.StatFS)}, dir
}

func asking(t *testing.T, root string) *asker {
	t.Helper()
	of, dir := in(t, root)
	return &asker{repository: of, folder: dir, within: "."}
}

// run asks every kind of question, and some more than once.
func run(t *testing.T, of Repository, folder disk.Reads) {
	t.Helper()
	_, err := of.Stat("blueprint")
	file, openErr := of.Open("blueprint")
	if err := errors.Join(err, openErr); err != nil {
		t.Fatal(err)
	}
	_, readErr := io.ReadAll(file)
	sub, subErr := of.Sub(".")
	if err := errors.Join(readErr, file.Close(), subErr); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"handler", "absent"} {
		if _, err := fs.Stat(sub, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"dir", "dir/a", "none", "link", "empty", "dir/b"} {
		if _, err := folder.Lstat(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	_, otherErr := folder.ReadFile("other")
	_, lookErr := folder.Lstat("dir/a")
	_, err = folder.ReadFile("dir/a")
	_, listErr := folder.ReadDir("dir")
	if err := errors.Join(otherErr, lookErr, err, listErr); err != nil {
		t.Fatal(err)
	}
}

func record(t *testing.T, root, found string) []byte {
	t.Helper()
	r := NewRecorder()
	of, folder := in(t, root)
	run(t, r.Repository(of), r.Folder(folder))
	out, ok := r.Record([]byte(found))
	if !ok {
		t.Fatal("no record")
	}
	return out
}

// TestHolds: a record holds until an answer is another, whichever it is; and what nobody asked about may change.
func TestHolds(t *testing.T) {
	t.Parallel()
	put := func(name, text string) func(string) error {
		return func(root string) error { return os.WriteFile(filepath.Join(root, name), []byte(text), 0o600) }
	}
	gone := func(name string) func(string) error {
		return func(root string) error { return os.RemoveAll(filepath.Join(root, name)) }
	}
	folder := func(name string) func(string) error {
		return func(root string) error {
			return errors.Join(os.RemoveAll(filepath.Join(root, name)), os.Mkdir(filepath.Join(root, name), 0o750))
		}
	}
	link := func(name string) func(string) error {
		return func(root string) error {
			at := filepath.Join(root, name)
			return errors.Join(os.Rename(at, filepath.Join(root, ".there")), os.Symlink(filepath.Join(root, ".there"), at))
		}
	}
	for name, c := range map[string]struct {
		change func(root string) error
		holds  bool
	}{
		"nothing":                         {func(string) error { return nil }, true},
		"a file that was read, same size": {put("dir/a", "dir/c"), false},
		"a file that was looked at":       {put("dir/b", "longer"), false},
		"the same size, looked at":        {put("dir/b", "dir/c"), true},
		"the blueprint":                   {put("blueprint", "blueprinT"), false},
		"the blueprint goes":              {gone("blueprint"), false},
		"the handler's text":              {put("handler", "another"), true},
		"another file that was read":      {put("other", "OTHER"), false},
		"the handler goes":                {gone("handler"), false},
		"a link is a pipe now": {func(root string) error {
			return errors.Join(gone("link")(root), syscall.Mkfifo(filepath.Join(root, "link"), 0o600))
		}, false},
		"the handler is a folder":        {folder("handler"), false},
		"something comes":                {put("absent", ""), false},
		"nothing was there":              {put("none", ""), false},
		"a file more in the list":        {put("dir/c", ""), false},
		"a name less in the list":        {gone("dir/below"), false},
		"a folder is a file now":         {func(root string) error { return errors.Join(gone("dir/below")(root), put("dir/below", "")(root)) }, false},
		"in a folder that nobody listed": {put("empty/new", ""), true},
		"a file behind a link":           {link("dir/a"), false},
		"a folder behind a link":         {link("empty"), false},
		"the handler behind a link":      {link("handler"), true},
		"elsewhere":                      {put("elsewhere", ""), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := world(t)
			text := record(t, root, "found")
			if err := c.change(root); err != nil {
				t.Fatal(err)
			}
			found, ok := asking(t, root).holds(text)
			if ok != c.holds || ok && string(found) != "found" {
				t.Errorf("%v %q", ok, found)
			}
		})
	}
}

// TestTorn: no part of a record holds, nor one in which a byte is another.
func TestTorn(t *testing.T) {
	t.Parallel()
	root := world(t)
	text := record(t, root, "found")
	a := asking(t, root)
	for i := range text {
		if _, ok := a.holds(text[:i]); ok && i < len(text)-1 { // the last line may have no end
			t.Errorf("the first %d of %d bytes hold", i, len(text))
		}
		other := bytes.Clone(text)
		other[i] ^= 1
		if _, ok := a.holds(other); ok {
			t.Errorf("byte %d of %q is %q, and it holds", i, text, other[i])
		}
	}
	if strings.Count(string(text), "\nldir/a\n") != 1 {
		t.Errorf("a file that was read at once is asked for twice, or one that was not is not:\n%s", text)
	}
}

// TestLost: a run that met an error, or asked what cannot be noted, leaves no record.
func TestLost(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(Repository, disk.Reads){
		"a file that is not there":   func(_ Repository, d disk.Reads) { _, _ = d.ReadFile("none") },
		"a folder that is a file":    func(_ Repository, d disk.Reads) { _, _ = d.ReadDir("handler") },
		"a name outside":             func(_ Repository, d disk.Reads) { _, _ = d.Lstat("../x") },
		"a line break in a name":     func(_ Repository, d disk.Reads) { _, _ = d.Lstat("a\nb") },
		"no blueprint":               func(r Repository, _ disk.Reads) { _, _ = r.Open("none") },
		"a name that cannot be":      func(r Repository, _ disk.Reads) { _, _ = r.Stat("../x") },
		"a file that stays open":     func(r Repository, _ disk.Reads) { _, _ = r.Open("blueprint") },
		"a file that was not read":   func(r Repository, _ disk.Reads) { f, _ := r.Open("blueprint"); _ = f.Close() },
		"a handler that was opened":  func(r Repository, _ disk.Reads) { sub, _ := r.Sub("."); _, _ = sub.Open("handler") },
		"a handler that cannot be":   func(r Repository, _ disk.Reads) { sub, _ := r.Sub("."); _, _ = fs.Stat(sub, "../x") },
		"what was found is no line":  nil,
		"a question that was in one": func(_ Repository, d disk.Reads) { _, _ = d.Lstat("dir"); _, _ = d.ReadFile("dir") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			of, dir := in(t, world(t))
			r := NewRecorder()
			found := "found"
			if ask == nil {
				found = "fo\nund"
			} else {
				ask(r.Repository(of), r.Folder(dir))
			}
			if text, ok := r.Record([]byte(found)); ok {
				t.Errorf("%q", text)
			}
		})
	}
}

// TestNotAQuestion: a record of another program, or of another version of this one, does not hold.
func TestNotAQuestion(t *testing.T) {
	t.Parallel()
	a := asking(t, world(t))
	for _, question := range []string{"", "x", "xhandler", "bhandler", "rnone", "ldir/../dir"} {
		s := newSum()
		s.add([]byte(question))
		s.add(nil)
		s.add([]byte("found"))
		if _, ok := a.holds([]byte(string(s.hex()) + "\nfound\n" + question + "\n")); ok {
			t.Errorf("%q holds", question)
		}
	}
}

// FuzzHolds: no bytes hold but those of a record, and none do harm.
func FuzzHolds(f *testing.F) {
	root := f.TempDir()
	if err := os.WriteFile(filepath.Join(root, "a"), []byte("text"), 0o600); err != nil {
		f.Fatal(err)
	}
	dir, err := disk.Open(root)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = dir.Close() })
	of := repo{os.DirFS(root).(fs.StatFS)}
	r := NewRecorder()
	if _, err := r.Folder(dir).ReadFile("a"); err != nil {
		f.Fatal(err)
	}
	whole, ok := r.Record([]byte(`{"found":"all"}`))
	if !ok {
		f.Fatal("no record")
	}
	f.Add(whole)
	f.Add(bytes.ReplaceAll(whole, []byte("ra\n"), []byte("ra\nsa\noa\nba\nla\nd.\nr\nx\n")))
	f.Fuzz(func(t *testing.T, record []byte) {
		a := asker{repository: of, folder: dir, within: "."}
		if found, ok := a.holds(record); ok && !bytes.Equal(bytes.TrimSuffix(record, []byte("\n")), bytes.TrimSuffix(whole, []byte("\n"))) {
			t.Errorf("%q holds, and says %q", record, found)
		}
	})
}
