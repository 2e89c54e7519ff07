package disk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// maxManifest is far above what a thousand environments need: a larger file is not a manifest, and is not read.
const maxManifest = 64 << 20

// ReadManifest reads the manifest of a folder. A folder without one has an empty manifest. The errors are *Error with one of
// CodeTruncated, CodeForeign, CodeNewer, CodeMergeConflict, CodeLink, CodeNotRegular, CodeUnreadable.
func ReadManifest(fsys Reads) (Manifest, error) {
	m, _, err := readManifest(fsys)
	return m, err
}

// Directories are those that the manifest of a folder claims, for whoever looks for other things than what bluegen wrote: they are read
// from its lines, and a manifest that cannot be read claims none. Whoever works on the blueprint says what is wrong with it.
func Directories(fsys Reads) []string {
	data, err := manifestBytes(fsys)
	if err != nil {
		return nil
	}
	var out []string
	for line := range bytes.Lines(data) {
		value, ok := bytes.CutPrefix(bytes.TrimLeft(line, " "), []byte(`"directory": `))
		if !ok {
			continue
		}
		var name string
		if json.Unmarshal(bytes.TrimRight(value, ",\r\n"), &name) == nil && name != "." && unsafePath(name) == "" {
			out = append(out, name)
		}
	}
	return out
}

// readManifest also returns the bytes, nil when there is no manifest.
func readManifest(fsys Reads) (Manifest, []byte, error) {
	empty := Manifest{Sections: map[Key]Section{}}
	data, err := manifestBytes(fsys)
	if err != nil || data == nil {
		return empty, nil, err
	}
	m, err := parseManifest(data)
	return m, data, err
}

// manifestBytes returns nil where there is no manifest.
func manifestBytes(fsys Reads) ([]byte, error) {
	info, err := fsys.Lstat(ManifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, reading(ManifestName, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, obstacle(ManifestName, Link)
	case !info.Mode().IsRegular():
		return nil, obstacle(ManifestName, NotRegular)
	case info.Size() > maxManifest:
		return nil, foreign("it is larger than any manifest")
	}
	data, err := fsys.ReadFile(ManifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist): // another run has just given up its first write
		return nil, nil
	case err != nil:
		return nil, reading(ManifestName, err)
	default:
		return data, nil
	}
}

// parseManifest never follows what it reads: paths are checked before anybody uses them.
func parseManifest(data []byte) (Manifest, error) {
	if m, ok := readCanonical(data); ok {
		return m, nil
	}
	return parseJSON(data)
}

// parseJSON reads a manifest whoever wrote it last.
func parseJSON(data []byte) (Manifest, error) {
	empty := Manifest{Sections: map[Key]Section{}}
	body := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if mergeMarker(body) >= 0 {
		return mergeSides(body)
	}
	if err := checkJSON(body); err != nil {
		return empty, err
	}
	if err := checkVersion(body); err != nil {
		return empty, err
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	var w wire
	if err := decoder.Decode(&w); err != nil {
		return empty, foreign(strings.TrimPrefix(err.Error(), "json: "))
	}
	m := empty
	for name, s := range w.Sections {
		key, err := checkSection(name, s)
		if err != nil {
			return empty, err
		}
		if s.Files == nil {
			s.Files = map[string]Entry{}
		}
		if len(s.Facts) == 0 {
			s.Facts = nil
		}
		if len(s.Intent) == 0 { // nothing was about to be written: no run was interrupted
			s.Intent = nil
		}
		m.Sections[key] = s
	}
	return m, nil
}

// checkJSON tells a file that was cut off from one that is no JSON, and finds keys that a merge left twice: encoding/json would
// silently take the last of them.
func checkJSON(body []byte) error {
	var syntax *json.SyntaxError
	err := json.Unmarshal(body, new(any))
	switch {
	case err == nil:
		return checkDuplicates(body)
	case errors.As(err, &syntax) && syntax.Error() != "unexpected end of JSON input":
		return truncated(position(body, int(syntax.Offset)-1), "it is not JSON: "+syntax.Error())
	default:
		return truncated(position(body, len(body)), "it ends too early")
	}
}

// mergeMarker returns the offset of the first line that git puts around the two sides of a conflict, or -1. No line of a
// manifest begins like one.
func mergeMarker(body []byte) int {
	at := 0
	for line := range bytes.Lines(body) {
		if marker(line) != "" {
			return at
		}
		at += len(line)
	}
	return -1
}

// checkDuplicates walks the tokens of valid JSON and keeps the keys of the objects that are open.
func checkDuplicates(body []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	type object struct {
		seen  map[string]bool // nil for an array
		value bool            // the next token is a value
	}
	var open []object
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return foreign(err.Error())
		}
		delim, isDelim := token.(json.Delim)
		if isDelim && (delim == '}' || delim == ']') {
			open = open[:len(open)-1]
			continue
		}
		if top := len(open) - 1; top >= 0 && open[top].seen != nil {
			if name, ok := token.(string); ok && !open[top].value {
				if open[top].seen[name] {
					return mergeConflict(position(body, int(decoder.InputOffset())-1), fmt.Sprintf("The key %q is there twice.", name))
				}
				open[top].seen[name] = true
				open[top].value = true
				continue
			}
			open[top].value = false
		}
		if isDelim {
			next := object{}
			if delim == '{' {
				next.seen = map[string]bool{}
			}
			open = append(open, next)
		}
	}
}

// checkVersion comes before the strict reading: a newer bluegen may have added keys.
func checkVersion(body []byte) error {
	var head struct {
		Version *float64 `json:"version"`
	}
	if err := json.Unmarshal(body, &head); err != nil || head.Version == nil {
		return foreign("it has no version")
	}
	switch v := *head.Version; {
	case v > manifestVersion:
		return newer(fmt.Sprintf("%g", v))
	case v != manifestVersion:
		return foreign(fmt.Sprintf("there is no version %g", v))
	}
	return nil
}

func checkSection(name string, s Section) (Key, error) {
	blueprint, environment, found := strings.Cut(name, "/")
	if blueprint == "" || (found && environment == "") || strings.Contains(environment, "/") {
		return Key{}, foreign(fmt.Sprintf("%q is no section: a section is named blueprint or blueprint/environment", name))
	}
	if !fs.ValidPath(s.Directory) {
		return Key{}, foreign(fmt.Sprintf("the directory %q of %s leaves the folder", s.Directory, name))
	}
	for path, entry := range s.Files {
		if err := checkPath(name, path, isHash(entry.SHA256)); err != nil {
			return Key{}, err
		}
	}
	for path, sum := range s.Intent {
		if err := checkPath(name, path, isHash(sum) || sum == deleted); err != nil {
			return Key{}, err
		}
	}
	return Key{Blueprint: blueprint, Environment: environment}, nil
}

func checkPath(section, path string, hashed bool) error {
	switch {
	case unsafePath(path) != "":
		return foreign(fmt.Sprintf("the path %q of %s %s", path, section, unsafePath(path)))
	case !hashed:
		return foreign(fmt.Sprintf("%q of %s has no sha256", path, section))
	}
	return nil
}

func isHash(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// position turns an offset into a place that an editor can go to.
func position(body []byte, offset int) hcl.Range {
	offset = max(0, min(offset, len(body)))
	before := body[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	pos := hcl.Pos{Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(before[start:]) + 1, Byte: offset}
	return hcl.Range{Filename: ManifestName, Start: pos, End: pos}
}
