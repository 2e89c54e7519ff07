package disk

import (
	"strings"
	"testing"
)

// TestWhatWasWritten: the bytes behind the manifest's hash, where something at hand has them.
func TestWhatWasWritten(t *testing.T) {
	t.Parallel()
	const staging = "terraform/staging/main.tf"
	tests := []struct {
		name        string
		wrote, then files
		want        files
		known       string // of mainTF; "" is not known
	}{
		{"wanted still", files{mainTF: "one\n"}, files{mainTF: "mine\n"}, files{mainTF: "one\n"}, "one\n"},
		{"wanted elsewhere", files{mainTF: "one\n"}, files{mainTF: "mine\n"}, files{mainTF: "two\n", varsTF: "one\n"}, "one\n"},
		{"in another environment", files{mainTF: "one\n", staging: "one\n"}, files{mainTF: "mine\n"}, files{mainTF: "two\n", staging: "two\n"}, "one\n"},
		{"no longer wanted", files{mainTF: "one\n", staging: "one\n"}, files{mainTF: "mine\n"}, files{staging: "one\n"}, "one\n"},
		{"only the line endings", files{mainTF: "one\n"}, files{mainTF: "one\r\n"}, files{mainTF: "two\n"}, "one\n"},
		{"nowhere", files{mainTF: "one\n"}, files{mainTF: "mine\n"}, files{mainTF: "two\n"}, ""},
		{"an edit elsewhere", files{mainTF: "one\n", varsTF: "v\n"}, files{mainTF: "mine\n", varsTF: "mine\n"}, files{mainTF: "two\n", varsTF: "w\n"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := generated(t, tt.wrote, tt.then)
			for _, c := range compare(t, quick(t, root), want(tt.want)).Conflicts() {
				if c.Path != mainTF {
					continue
				}
				equal(t, "wrote", tt.known, string(c.Wrote))
				equal(t, "hash", hash([]byte(tt.wrote[mainTF])), c.WroteSHA256)
				if !c.WroteIs([]byte(tt.wrote[mainTF])) || c.WroteIs([]byte(tt.then[mainTF])) {
					t.Error("WroteIs does not tell the two apart")
				}
				return
			}
			t.Fatal("no conflict")
		})
	}
}

// TestWhatTwoRunsWrote: a run that was killed leaves two hashes, and perhaps a removal.
func TestWhatTwoRunsWrote(t *testing.T) {
	t.Parallel()
	one, two := hash([]byte("one")), hash([]byte("two"))
	known := map[string][]byte{two: []byte("two")}
	data, sum := recall([]string{one, two}, []byte("mine"), known)
	equal(t, "the known one", "two "+two, string(data)+" "+sum)
	data, sum = recall([]string{deleted, one}, []byte("mine"), nil)
	equal(t, "none", " "+one, string(data)+" "+sum)
}

// TestEditOfTheLibrary: what cannot be said in the blueprint is not asked for there.
func TestEditOfTheLibrary(t *testing.T) {
	t.Parallel()
	root := generated(t, files{mainTF: "one", hookPY: "h"}, files{mainTF: "mine", hookPY: "mine"})
	w := want(files{mainTF: "one", hookPY: "h"})
	w.Trees[0].Files[1].Origin = "hook/wait"
	list := compare(t, quick(t, root), w).Diagnostics()
	equal(t, "conflicts", 2, len(list))
	for i, says := range []string{"Say it in the blueprint", "kind: code"} {
		if !strings.Contains(list[i].Detail, says) {
			t.Errorf("%s: %s", list[i].Summary, list[i].Detail)
		}
	}
}
