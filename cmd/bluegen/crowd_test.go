package main

import (
	"strings"
	"sync"
	"testing"
	"time"
)

// TestFiftyAtOnce: fifty processes in one folder, over two blueprints that share the manifest, some of them only reading. Every one that
// writes succeeds, every one that reads says what it found, and the result is that of one after the other.
func TestFiftyAtOnce(t *testing.T) {
	if !asked(t, "fifty runs at once") {
		return
	}
	both, dir, random := wishes(t), t.TempDir(), random(t)
	second := wish{name: "second.yaml", text: strings.NewReplacer("directory: terraform ", "directory: second ", "\nname: orders", "\nname: second").Replace(both[0].text)}
	generated(t, dir, both[0], both[1])
	generated(t, dir, second, wish{name: second.name, text: strings.ReplaceAll(second.text, "desired_count: 4", "desired_count: 5")})
	save(t, dir, files{both[1].name: both[1].text})

	verbs := []struct {
		args  []string
		codes string
	}{
		{[]string{"generate"}, "0"}, {[]string{"generate", second.name}, "0"}, {[]string{"generate"}, "0"}, {[]string{"generate", second.name}, "0"},
		{[]string{"generate", "blueprint.yaml", second.name}, "0"}, {[]string{"check"}, "03"}, {[]string{"diff", second.name}, "03"},
	}
	outcomes := map[string]int{}
	var group sync.WaitGroup
	var mu sync.Mutex
	for i := range 50 {
		verb, wait := verbs[i%len(verbs)], time.Duration(random.Int64N(int64(50*time.Millisecond)))
		group.Go(func() {
			time.Sleep(wait)
			cmd, stdout, stderr := bluegen(t, dir, verb.args...)
			err := cmd.Run()
			code := cmd.ProcessState.ExitCode()
			if code < 0 || !strings.ContainsRune(verb.codes, rune('0'+code)) {
				t.Errorf("%v: exit %d, %v\n%s%s", verb.args, code, err, stdout, stderr)
			}
			mu.Lock()
			outcomes[strings.Join(verb.args, " ")]++
			mu.Unlock()
		})
	}
	group.Wait()
	t.Logf("50 runs: %s", told(outcomes))
	if code, said := runs(t, dir, "check", "blueprint.yaml", second.name); code != 0 {
		t.Errorf("check: exit %d\n%s", code, said)
	}
	left := read(t, dir)
	for name, text := range own() {
		if left[name] != text {
			t.Errorf("%s is the user's, and changed to %q", name, left[name])
		}
	}
	for name, text := range both[1].tree {
		if name != manifestName && left[name] != text {
			t.Errorf("%s is not what one run writes", name)
		}
	}
	for name := range left {
		if _, mine := own()[name]; !mine && strings.HasSuffix(name, ".bluegen.tmp") {
			t.Errorf("%s was left behind", name)
		}
	}
}
