package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// .ci/hooks runs the hooks by pre-commit itself. Here they are held to the command line: what a hook calls is there, and every verb
// that a hook should be for has one.
func TestHooksCallVerbs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	value := regexp.MustCompile(`(?m)^(?:- |  )(\w+): (.*)$`)
	ids := []string{}
	for hook := range strings.SplitSeq(string(text), "\n- ") {
		if !strings.HasPrefix(hook, "id: ") {
			continue
		}
		keys := map[string]string{}
		for _, m := range value.FindAllStringSubmatch("- "+hook, -1) {
			keys[m[1]] = m[2]
		}
		id := keys["id"]
		ids = append(ids, id)
		// Without always_run, or with a pattern of files, a commit that only deletes a file would pass unseen.
		for key, want := range map[string]string{
			"language": "golang", "pass_filenames": "false", "always_run": "true", "files": "", "types": "", "args": "[--recursive]",
		} {
			if keys[key] != want {
				t.Errorf("%s has %s: %q, want %q", id, key, keys[key], want)
			}
		}
		words := strings.Fields(keys["entry"])
		if len(words) < 2 || words[0] != "bluegen" || "bluegen-"+words[1] != id {
			t.Errorf("%s calls %q", id, keys["entry"])
			continue
		}
		cmd, _, stderr := bluegen(t, t.TempDir(), append(words[1:], "--recursive", "--help")...)
		if err := cmd.Run(); err != nil {
			t.Errorf("%s: %v\n%s", id, err, stderr)
		}
	}
	if got := strings.Join(ids, " "); got != "bluegen-generate bluegen-check bluegen-validate" {
		t.Errorf("the hooks are %s", got)
	}
}
