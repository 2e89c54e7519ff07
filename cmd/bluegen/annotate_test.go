package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// annotate runs what action.yml runs, as the runner does: from the top of a repository, with the inputs in the environment.
func annotate(t *testing.T, dir, arguments string, inputs ...string) (code int, stdout string) {
	t.Helper()
	script, err := filepath.Abs("../../.ci/annotate")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "bash", script)
	var out bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout = dir, append(append(os.Environ(), "ARGUMENTS="+arguments), inputs...), &out
	var exit *exec.ExitError
	if err := cmd.Run(); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return code, out.String()
}

// orders is a repository with the service services/orders, which is as it should be.
func orders(t *testing.T) string {
	t.Helper()
	const service = "services/orders"
	dir := t.TempDir()
	if out, err := exec.Command("git", "init", "--quiet", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, args := range [][]string{{"init", "--name", "orders", "--environments", "none", service}, {"generate", service}} {
		cmd, _, stderr := bluegen(t, dir, args...)
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, stderr)
		}
	}
	return dir
}

func change(t *testing.T, path, from, to string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatalf("%s has no %q: %v", path, from, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAnnotateIsSilentWhereAllIsWell(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	for arguments, inputs := range map[string][]string{"--recursive": {"VALIDATE=true", "TEST=true"}, " services/orders\n": nil, "services/orders\n-j 1\n": nil} {
		if code, stdout := annotate(t, dir, arguments, inputs...); code != 0 || strings.Contains(stdout, "::") {
			t.Errorf("%q: exit %d\n%s", arguments, code, stdout)
		}
	}
	if code, _ := annotate(t, dir, "services/orders\n--nope"); code != 2 {
		t.Errorf("the second line is an argument as well: exit %d", code)
	}
	if code, _ := annotate(t, dir, "", "VALIDATE=true"); code == 0 {
		t.Error("no argument is the blueprint.yaml at the top, and there is none")
	}
	if code, _ := annotate(t, dir, "--nope"); code != 2 {
		t.Errorf("wrong arguments end with %d", code)
	}
}

// An edited file is annotated where it is, and what its text says to the runner is not obeyed.
func TestAnnotateEdited(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	change(t, filepath.Join(dir, "services/orders/terraform/main.tf"), "module \"iam_roles\" {", "# ::set-env name=X::y\nmodule \"iam_roles\" {")
	change(t, filepath.Join(dir, "services/orders/terraform/main.tf"), "# ::", "/*\n::error::injected\n*/\n# ::")
	code, stdout := annotate(t, dir, "--recursive", "VALIDATE=true")
	if code != 3 || !regexp.MustCompile(`(?m)^::error .*file=services/orders/terraform/main\.tf,`).MatchString(stdout) {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	stop := regexp.MustCompile(`(?ms)^::stop-commands::([0-9a-f]{32})\n(.*)^::([0-9a-f]{32})::\n`).FindStringSubmatch(stdout)
	if len(stop) != 4 || stop[1] != stop[3] || !strings.Contains(stop[2], "::error::injected") || strings.Count(stdout, "::error::injected") != 1 {
		t.Errorf("the patch must stand between the marks:\n%s", stdout)
	}
	if !strings.Contains(stdout, "\n--- a/services/orders/terraform/main.tf\n") {
		t.Errorf("the log has no patch:\n%s", stdout)
	}
}

// A blueprint that is wrong is annotated at its line, once: terraform is not asked about it.
func TestAnnotateWrong(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	change(t, filepath.Join(dir, "services/orders/blueprint.yaml"), "strategy: blue_green", "strategy: blue_gren")
	code, stdout := annotate(t, dir, "--recursive", "VALIDATE=true", "TEST=true")
	found := regexp.MustCompile(`(?m)^::error .*file=services/orders/blueprint\.yaml,line=\d+,.*BG1108`).FindAllString(stdout, -1)
	if code != 1 || len(found) != 1 {
		t.Errorf("exit %d, %d annotations\n%s", code, len(found), stdout)
	}
}

// Without validate terraform is not asked, with it a file of the team's own is refused where it is.
func TestAnnotateValidates(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	own := filepath.Join(dir, "services/orders/terraform/own.tf")
	if err := os.WriteFile(own, []byte("output \"none\" {\n  value = local.none\n}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, stdout := annotate(t, dir, "--recursive", "VALIDATE=false"); code != 0 || strings.Contains(stdout, "::error") {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	code, stdout := annotate(t, dir, "--recursive", "VALIDATE=true")
	if code != 1 || !regexp.MustCompile(`(?m)^::error .*file=services/orders/terraform/own\.tf,line=2,`).MatchString(stdout) {
		t.Errorf("exit %d\n%s", code, stdout)
	}
}
