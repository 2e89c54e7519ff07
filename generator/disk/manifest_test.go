package disk

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/diag"

	"github.com/google/go-cmp/cmp"
)

// written is the manifest of testdata/manifest.json.
func written() Manifest {
	return Manifest{Sections: map[Key]Section{
		{"blueprint.yaml", "production"}: {
			Directory: "terraform/production", Generator: "1.4.0", Schemas: "6.66.0", ServiceHash: hash([]byte("service")),
			Files: map[string]Entry{
				mainTF: {hash([]byte("one")), "engine/ecs"}, hookPY: {hash([]byte("<h> & ü")), "hook/wait"}, varsTF: {SHA256: hash(nil)},
			},
			Intent: map[string]string{mainTF: hash([]byte("two")), varsTF: deleted},
		},
		{"blueprint.yaml", "staging"}:   {Directory: "terraform/staging", Generator: "1.3.0"},
		{`ord"ers <1>` + "\n.yaml", ""}: {Directory: "orders", Generator: "1.4.0", Files: map[string]Entry{"orders/é.tf": {SHA256: hash([]byte("é"))}}},
	}}
}

// entry is a file of a manifest as it may be written by hand.
func entry(sum string) string { return `{"origin": "engine/ecs", "sha256": "` + sum + `"}` }

func TestEncode(t *testing.T) {
	t.Parallel()
	golden, err := os.ReadFile(filepath.Join("testdata", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 { // the order of a map differs from run to run
		equal(t, "bytes", string(golden), string(written().Encode()))
	}
	if !json.Valid(golden) || !bytes.HasSuffix(golden, []byte("}\n")) {
		t.Error("not JSON with a newline at the end")
	}
	equal(t, "empty", "{\n  \"version\": 1,\n  \"sections\": {}\n}\n", string(Manifest{}.Encode()))
}

func TestReadManifest(t *testing.T) {
	t.Parallel()
	golden := string(written().Encode())
	section := func(body string) string { return `{"version": 1, "sections": ` + body + `}` }
	sum := hash(nil)
	tests := []struct {
		name, data string
		code       diag.Code // empty: accepted
		line       int
		says       string
	}{
		{name: "as written", data: golden},
		{name: "CRLF", data: strings.ReplaceAll(golden, "\n", "\r\n")},
		{name: "BOM", data: "\xef\xbb\xbf" + golden},
		{name: "no newline at the end", data: strings.TrimSpace(golden)},
		{name: "formatted by another tool", data: strings.ReplaceAll(golden, "  ", "\t")},
		{name: "empty file", data: "", code: CodeTruncated, line: 1, says: "ends too early"},
		{name: "cut off", data: golden[:len(golden)/2], code: CodeTruncated, says: "ends too early"},
		{name: "cut off before the last brace", data: golden[:len(golden)-2], code: CodeTruncated, says: "ends too early"},
		{name: "zeros after a loss of power", data: strings.Repeat("\x00", 300), code: CodeTruncated, line: 1, says: "not JSON"},
		{name: "stray comma", data: "{\n  \"version\": 1,\n  \"sections\": {},\n}\n", code: CodeTruncated, line: 4, says: "not JSON"},
		{name: "two documents", data: golden + golden, code: CodeTruncated, says: "not JSON"},
		{name: "too deep", data: strings.Repeat("[", 20000), code: CodeTruncated},
		{
			name: "one side of a merge is cut off", code: CodeMergeConflict, line: 3, says: "--ours",
			data: "{\n  \"version\": 1,\n<<<<<<< HEAD\n  \"sections\": {}\n=======\n  \"sections\": {\n>>>>>>> main\n}\n",
		},
		{
			name: "one side of a merge is newer", code: CodeNewer, says: "version 2",
			data: "{\n<<<<<<< HEAD\n  \"version\": 1,\n  \"sections\": {}\n||||||| base\n=======\n  \"version\": 2\n>>>>>>> main\n}\n",
		},
		{
			name: "only the end of a marker", code: CodeMergeConflict, line: 3,
			data: "{\n  \"version\": 1,\n>>>>>>> main\n}\n",
		},
		{
			name: "only the middle of a marker", code: CodeMergeConflict, line: 2,
			data: "{\n=======\n  \"version\": 1, \"sections\": {}\n}\n",
		},
		{
			name: "both lines kept", code: CodeMergeConflict, line: 3, says: `"b.yaml" is there twice`,
			data: "{\"version\": 1, \"sections\": {\n  \"b.yaml\": {\"directory\": \"a\"},\n  \"b.yaml\": {\"directory\": \"b\"}}}",
		},
		{
			name: "a path twice", code: CodeMergeConflict,
			data: section(`{"b": {"directory": "a", "generator": "1", "files": {"a/x": ` + entry(sum) + `, "a/x": ` + entry(hash([]byte("y"))) + `}}}`),
		},
		{name: "newer", data: `{"version": 2, "sections": [{"unknown": true}]}`, code: CodeNewer, says: "version 2"},
		{name: "newer by half", data: `{"version": 1.5}`, code: CodeNewer, says: "version 1.5"},
		{name: "version zero", data: `{"version": 0, "sections": {}}`, code: CodeForeign, says: "no version 0"},
		{name: "version as text", data: `{"version": "1", "sections": {}}`, code: CodeForeign},
		{name: "no version", data: `{"sections": {}}`, code: CodeForeign, says: "no version"},
		{name: "another tool's lock file", data: `{"lockfileVersion": 3, "packages": {}}`, code: CodeForeign},
		{name: "a list", data: `[]`, code: CodeForeign},
		{name: "null", data: `null`, code: CodeForeign},
		{name: "unknown key", data: `{"version": 1, "sections": {}, "more": 1}`, code: CodeForeign, says: `"more"`},
		{name: "wrong type", data: section(`{"b": {"directory": 1}}`), code: CodeForeign},
		{name: "section without a blueprint", data: section(`{"/production": {"directory": "a"}}`), code: CodeForeign, says: "no section"},
		{name: "section without an environment", data: section(`{"b.yaml/": {"directory": "a"}}`), code: CodeForeign, says: "no section"},
		{name: "section of another folder", data: section(`{"a/b.yaml/production": {"directory": "a"}}`), code: CodeForeign, says: "no section"},
		{name: "directory outside", data: section(`{"b": {"directory": "../a"}}`), code: CodeForeign, says: "leaves the folder"},
		{name: "no directory", data: section(`{"b": {}}`), code: CodeForeign},
		{name: "file outside", data: section(`{"b": {"directory": "a", "files": {"../../etc/passwd": ` + entry(sum) + `}}}`), code: CodeForeign, says: "etc/passwd"},
		{name: "absolute file", data: section(`{"b": {"directory": "a", "files": {"/etc/passwd": ` + entry(sum) + `}}}`), code: CodeForeign},
		{name: "git's own file", data: section(`{"b": {"directory": "a", "files": {".git/config": ` + entry(sum) + `}}}`), code: CodeForeign},
		{name: "intent outside", data: section(`{"b": {"directory": "a", "intent": {"../x": "delete"}}}`), code: CodeForeign},
		{name: "no hash", data: section(`{"b": {"directory": "a", "files": {"a/x": ` + entry("abc") + `}}}`), code: CodeForeign, says: "sha256"},
		{name: "a removal among the files", data: section(`{"b": {"directory": "a", "files": {"a/x": ` + entry(deleted) + `}}}`), code: CodeForeign, says: "sha256"},
		{name: "hash in capitals", data: section(`{"b": {"directory": "a", "files": {"a/x": ` + entry(strings.ToUpper(sum)) + `}}}`), code: CodeForeign},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m, err := ReadManifest(open(t, folder(t, files{ManifestName: tt.data})))
			if tt.code == "" {
				if err != nil {
					t.Fatal(err)
				}
				equal(t, "read back", golden, string(m.Encode()))
				return
			}
			equal(t, "code", []diag.Code{tt.code}, codes(err))
			d := Diagnose(err)[0]
			equal(t, "file", ManifestName, d.Subject.Filename)
			if tt.line != 0 {
				equal(t, "line", tt.line, d.Subject.Start.Line)
			}
			if !strings.Contains(d.Detail, tt.says) {
				t.Errorf("it says: %s", d.Detail)
			}
		})
	}
}

// TestManifestIsNotAFile: what stands there instead is neither followed nor read.
func TestManifestIsNotAFile(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		tree files
		code diag.Code
	}{
		"link":      {files{ManifestName: "-> other.json", "other.json": string(written().Encode())}, CodeLink},
		"directory": {files{ManifestName: "dir"}, CodeNotRegular},
		"pipe":      {files{ManifestName: "pipe"}, CodeNotRegular},
	}
	for name, tt := range tests {
		_, err := ReadManifest(open(t, folder(t, tt.tree)))
		equal(t, name, []diag.Code{tt.code}, codes(err))
	}
}

func TestManifestTooLarge(t *testing.T) {
	t.Parallel()
	root := folder(t, files{ManifestName: "{}"})
	if err := os.Truncate(filepath.Join(root, ManifestName), maxManifest+1); err != nil {
		t.Fatal(err)
	}
	_, err := ReadManifest(open(t, root))
	equal(t, "code", []diag.Code{CodeForeign}, codes(err))
}

func TestNoManifestIsAnEmptyOne(t *testing.T) {
	t.Parallel()
	m, err := ReadManifest(open(t, folder(t, nil)))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "manifest", Manifest{Sections: map[Key]Section{}}, m)
}

// TestDamagedManifestStopsTheWrite also when it was damaged after the comparison.
func TestDamagedManifestStopsTheWrite(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one"}, nil)
	fsys := quick(t, root)
	p := compare(t, fsys, want(files{mainTF: "two"}))
	put(t, root, files{ManifestName: "{"})
	before := snapshot(t, root)
	_, err := Apply(t.Context(), fsys, p, Options{Force: true})
	equal(t, "code", []diag.Code{CodeTruncated}, codes(err))
	equal(t, "tree", before, snapshot(t, root))
}

// TestManifestNamesNoMachine: two folders, two moments, one manifest.
func TestManifestNamesNoMachine(t *testing.T) {
	t.Parallel()
	var manifests []string
	for range 2 {
		root := folder(t, nil)
		generate(t, quick(t, root), want(files{mainTF: "one", "terraform/staging/main.tf": "s"}), false)
		manifests = append(manifests, snapshot(t, root)[ManifestName])
		if strings.Contains(manifests[0], root) {
			t.Error("the manifest names the folder")
		}
	}
	equal(t, "manifest", manifests[0], manifests[1])
}

// FuzzReadManifest: any bytes give an answer; what is accepted is written as it was read, and names only safe paths.
func FuzzReadManifest(f *testing.F) {
	f.Add(written().Encode())
	f.Add(Manifest{}.Encode())
	f.Add([]byte(`{"version": 1, "sections": {"b": {"directory": "a", "files": {"a/x": ` + entry(hash(nil)) + `}}}}`))
	f.Add([]byte("{\n<<<<<<< HEAD\n"))
	f.Add([]byte("{\n\"version\": 1,\n<<<<<<< HEAD\n\"sections\": {}\n||||||| base\n=======\n\"sections\": {\"b\": {\"directory\": \"a\", \"files\": {\"a/x\": " + entry(hash(nil)) + "}}}\n>>>>>>> main\n}\n"))
	f.Add([]byte(`{"version": 2}`))
	f.Add([]byte(`{"a": {"a": [1, {"b": "b"}], "b": "a"}, "a": 1}`))
	f.Add([]byte("\xef\xbb\xbf"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := parseManifest(data)
		if err != nil {
			if got := codes(err); len(got) != 1 || got[0] == diag.Internal {
				t.Fatalf("%v", err)
			}
			return
		}
		if slow, err := parseJSON(data); err != nil || !cmp.Equal(m, slow) {
			t.Fatalf("the two readers disagree: %v, %v", err, cmp.Diff(m, slow))
		}
		m.Merged = false // what is written has one side
		again, err := parseManifest(m.Encode())
		if err != nil {
			t.Fatalf("what was accepted is refused once written: %v", err)
		}
		if diff := cmp.Diff(m, again); diff != "" {
			t.Fatal(diff)
		}
		for _, s := range m.Sections {
			for name := range s.Files {
				if strings.HasPrefix(name, "/") || strings.Contains(name, "..") && !filepath.IsLocal(name) {
					t.Fatalf("%q leaves the folder", name)
				}
			}
		}
	})
}

// TestCanonical: what Encode writes is read without JSON, anything else with it.
func TestCanonical(t *testing.T) {
	t.Parallel()
	key := Key{"blueprint.yaml", "production"}
	section := written().Sections[key]
	section.Facts = map[string]string{"aws_ecs_service.this": "name=orders&x=%7B", "service": "orders"}
	plain := Manifest{Sections: map[Key]Section{key: section, {"o.yaml", ""}: {Directory: "é", Files: map[string]Entry{"é/x": {SHA256: hash(nil)}}}}}
	data := plain.Encode()
	m, ok := readCanonical(data)
	if diff := cmp.Diff(plain, m); diff != "" || !ok {
		t.Errorf("%v: %s", ok, diff)
	}
	for i := range data {
		for _, b := range []byte("x \n\"{},\\/0") {
			changed := bytes.Clone(data)
			changed[i] = b
			fast, ok := readCanonical(changed)
			if !ok {
				continue
			}
			if slow, err := parseJSON(changed); err != nil || !cmp.Equal(fast, slow) {
				t.Fatalf("byte %d as %q: %v, %s", i, b, err, cmp.Diff(slow, fast))
			}
		}
	}
}

// TestDirectories: what a manifest claims is below its folder, whoever wrote it, and read from any text without a word.
func TestDirectories(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	dir, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = dir.Close() }()
	if got := Directories(dir); got != nil {
		t.Errorf("no manifest claims %q", got)
	}
	section := func(directory string) string { return `  "directory": ` + directory + ",\n" }
	for text, want := range map[string][]string{
		section(`"terraform"`) + section(`"terraform/production"`): {"terraform", "terraform/production"},
		section(`"a\"b"`): {`a"b`},
		"<<<<<<< ours\n" + section(`"ours"`) + "=======\r\n" + strings.ReplaceAll(section(`"theirs"`), "\n", "\r\n"): {"ours", "theirs"},
		section(`"."`) + section(`"../other"`) + section(`"/"`) + section(`""`) + section(`1`) + section(`"open`):    nil,
		"": nil,
	} {
		if err := os.WriteFile(filepath.Join(root, ManifestName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := Directories(dir); !slices.Equal(got, want) {
			t.Errorf("%q claims %q", text, got)
		}
	}
	m := Manifest{Sections: map[Key]Section{{Blueprint: "blueprint.yaml", Environment: "production"}: {Directory: "terraform/production"}}}
	if err := os.WriteFile(filepath.Join(root, ManifestName), m.Encode(), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Directories(dir); !slices.Equal(got, []string{"terraform/production"}) {
		t.Errorf("%s claims %q", m.Encode(), got)
	}
}
