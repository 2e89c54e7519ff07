package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestOrdered: results come in the order of the items, each once; no more than n are worked on at once, and no more than a few wait.
func TestOrdered(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(rapid.IntRange(0, 200), 0, 60).Draw(t, "items")
		n := rapid.IntRange(1, 5).Draw(t, "n")
		var working, most, begun, taken, ahead atomic.Int64
		raise := func(at *atomic.Int64, v int64) {
			for old := at.Load(); v > old && !at.CompareAndSwap(old, v); old = at.Load() {
			}
		}
		var got []int
		ordered(items, n, func(item int) int {
			raise(&most, working.Add(1))
			raise(&ahead, begun.Add(1)-taken.Load())
			time.Sleep(time.Duration(item) * time.Microsecond) // some take longer
			working.Add(-1)
			return item
		}, func(item int) {
			got = append(got, item)
			taken.Add(1)
		})
		if !slices.Equal(got, items) {
			t.Fatalf("%v became %v", items, got)
		}
		if int(most.Load()) > n {
			t.Fatalf("%d at once, not %d", most.Load(), n)
		}
		// One result is being taken, n wait in the queue, and the next item has its place already.
		if limit := int64(n + 2); ahead.Load() > limit {
			t.Fatalf("%d results wait, not %d", ahead.Load(), limit)
		}
	})
}

func TestFitting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line    string
		columns int
		want    string
	}{{"services", 0, "services"}, {"services", -1, "services"}, {"services", 8, "services"}, {"services", 7, "service"}, {"a注文", 4, "a注"}, {"a注文", 3, "a注"}, {"é", 1, "é"}} {
		if got := fitting(c.line, c.columns); got != c.want {
			t.Errorf("fitting(%q, %d) = %q", c.line, c.columns, got)
		}
	}
}

// TestWorkersChangeNothing: one worker and many say the same, byte by byte, with errors among the services and much to say.
func TestWorkersChangeNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 20 {
		name := fmt.Sprintf("s%02d", i)
		text := "version: 1\nname: " + name + "\nengine: ecs\nservice: {task: {containers: [{name: app, port: 80}]}}\ndeployment: {strategy: rolling}\n" +
			"environments: {staging: {}, production: {}}\n"
		switch i % 10 {
		case 3:
			text += "wrong: " + strings.Repeat("x", 5000) + "\n"
		case 7:
			text = strings.Replace(text, name, "s00", 1)
		}
		path := filepath.Join(dir, name, "blueprint.yaml")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"check", "-r"}, {"check", "-r", "--format", "json"}, {"generate", "-r", "--dry-run"}, {"diff", "-r"}} {
		say := func(workers string) (string, string, int) {
			var out, err bytes.Buffer
			code := Run(t.Context(), append(args, "-j", workers), IO{Dir: dir, In: strings.NewReader(""), Out: &out, Err: &err})
			return out.String(), err.String(), code
		}
		out, err, code := say("1")
		for range 1 {
			if o, e, c := say("8"); o != out || e != err || c != code {
				t.Errorf("%v: eight workers say something else: exit %d and %d, %d and %d bytes, %d and %d", args, code, c, len(out), len(o), len(err), len(e))
			}
		}
		if code != 1 || !strings.Contains(out+err, "BG5014") || !strings.Contains(out+err, "BG1101") {
			t.Errorf("%v: exit %d\n%s", args, code, err)
		}
	}
}
