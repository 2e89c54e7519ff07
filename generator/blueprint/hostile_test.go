package blueprint_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
)

// hostile are inputs that cost a careless reader time or memory.
func hostile() map[string]string {
	const mib = 1 << 20
	fill := func(before, part, after string, most int) string {
		return before + strings.Repeat(part, (most-len(before)-len(after))/len(part)) + after
	}
	many := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	return map[string]string{
		"20,000 brackets":               strings.Repeat("[", 20_000),
		"9,000 braces":                  strings.Repeat("{a: ", 9_000),
		"a MiB of brackets":             strings.Repeat("[", mib),
		"a MiB of colons":               fill("[", ":,", "", mib),
		"a MiB of question marks":       fill("", "? ", "", mib),
		"a MiB of dashes":               fill("", "- ", "", mib),
		"a MiB of commas":               fill("ignore: [", "a,", "]", mib),
		"a MiB of newlines":             fill(head, "\n", "", mib),
		"a MiB of anchors":              fill("", "&a ", "", mib),
		"a MiB of one word":             fill(head+"x", "y", ": z", mib),
		"a MiB of wide characters":      fill(head+"tags: {a: \"", "é", "\", b: [x]}", mib),
		"a MiB of blanks":               fill(head+"tags: {a:", " ", "}", mib),
		"a MiB in one comment":          fill(head+"#", "é", "\n", mib),
		"a MiB of escapes":              fill(head+"tags: {a: \"", `\x00`, "\"}", mib),
		"more than a MiB":               fill(head, "# comment\n", "", mib+20),
		"99 levels":                     head + strings.Repeat("[", 99),
		"25,000 unknown keys":           head + many("k%d: 1\n", 25_000),
		"25,000 near keys":              head + many("trafic%d: {}\n", 25_000),
		"30,000 short keys":             head + "tags: {" + many("k%d: [], ", 30_000) + "}\n",
		"40,000 repeated items":         head + "ignore: [" + strings.Repeat("BG2001, ", 40_000) + "]\n",
		"10,000 environments":           head + "environments:\n" + many("  e%d: {service: {desired_count: x}}\n", 10_000),
		"1,000 environments, long base": head + "tags:\n" + many("  k%d: [x]\n", 900) + "environments:\n" + many("  e%d: {}\n", 1_000),
		"20,000 conditions":             head + "traffic: {web: {alb: {production: {priority: 1, when: [" + strings.Repeat("{}, ", 20_000) + "]}}}}\n",
		"a line of mistakes":            head + "ignore: [é, " + strings.Repeat("x, ", 45_000) + "]\n",
	}
}

// TestHostile: any input gets an answer with a place in the file, and the answer is an error.
func TestHostile(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, diags := load(t, text)
			runtime.ReadMemStats(&after)
			if name != "a MiB of newlines" && name != "a MiB in one comment" && name != "a MiB of blanks" && !diags.HasErrors() {
				t.Error("no error")
			}
			placed(t, text, diags)
			if spent := (after.TotalAlloc - before.TotalAlloc) >> 20; spent > 400 {
				t.Errorf("%d MiB allocated", spent)
			}
		})
	}
}

// placed checks that every diagnostic points into the text.
func placed(t *testing.T, text string, diags diag.List) {
	t.Helper()
	count := strings.Count(text, "\n") + 1
	for _, d := range diags {
		r := d.Subject
		if r.Start.Line < 1 || r.Start.Column < 1 || r.End.Line > count || r.Start.Byte < 0 || r.End.Byte > len(text) || r.End.Byte < r.Start.Byte {
			t.Fatalf("%s %s points to %v", d.Code, d.Summary, r)
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile() {
		b.Run(name, func(b *testing.B) {
			fsys := fstest.MapFS{"blueprint.yaml": {Data: []byte(text)}}
			b.ReportAllocs()
			for b.Loop() {
				blueprint.Load(fsys, "blueprint.yaml")
			}
		})
	}
}

func BenchmarkExample(b *testing.B) {
	text := example(b)
	b.ReportAllocs()
	for b.Loop() {
		load(b, text)
	}
}
