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

// Out of date is told with its patch and ends with 3, and what is on disk is judged all the same: where terraform refuses it, that is the verdict.
func TestAnnotateOutOfDate(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	change(t, filepath.Join(dir, "services/orders/blueprint.yaml"), "orders.example.com", "shop.example.com")
	code, stdout := annotate(t, dir, "--recursive", "VALIDATE=true")
	if code != 3 || !regexp.MustCompile(`(?m)^::error file=services/orders/terraform/main\.tf,.*BG5003.*%0AThe blueprint has changed since`).MatchString(stdout) ||
		!strings.Contains(stdout, "\n+") || strings.Contains(stdout, "BG400") {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	own := filepath.Join(dir, "services/orders/terraform/own.tf")
	if err := os.WriteFile(own, []byte("output \"none\" {\n  value = local.none\n}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, stdout = annotate(t, dir, "--recursive", "VALIDATE=true")
	if code != 1 || !strings.Contains(stdout, "BG5003") || !regexp.MustCompile(`(?m)^::error .*file=services/orders/terraform/own\.tf,`).MatchString(stdout) {
		t.Errorf("exit %d\n%s", code, stdout)
	}
}

// A test of the tree that fails is annotated where it stands, where tests are wanted.
func TestAnnotateTests(t *testing.T) {
	t.Parallel()
	dir := orders(t)
	own := filepath.Join(dir, "services/orders/terraform/tests/own.tftest.hcl")
	const never = "run \"never\" {\n  command = plan\n\n  module {\n    source = \"./modules/target_groups\"\n  }\n\n  assert {\n    condition     = terraform.workspace == \"none\"\n    error_message = \"It never is.\"\n  }\n}\n"
	if err := os.WriteFile(own, []byte(never), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, stdout := annotate(t, dir, "--recursive", "VALIDATE=true", "TEST=false"); code != 0 || strings.Contains(stdout, "::") {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	code, stdout := annotate(t, dir, "--recursive", "TEST=true")
	if code != 1 || !regexp.MustCompile(`(?m)^::error .*BG4007.*never`).MatchString(stdout) {
		t.Errorf("exit %d\n%s", code, stdout)
	}
}

// An input that is neither true nor false stops everything: else nobody would learn that nothing was validated.
func TestAnnotateWords(t *testing.T) {
	t.Parallel()
	for _, input := range []string{"VALIDATE=yes", "TEST=True", "VALIDATE=true false"} {
		code, stdout := annotate(t, t.TempDir(), "--recursive", input)
		name, _, _ := strings.Cut(strings.ToLower(input), "=")
		if want := "::error title=bluegen::" + name + " is true or false, and here it is another word\n"; code != 2 || stdout != want {
			t.Errorf("%s: exit %d\n%s", input, code, stdout)
		}
	}
}

// The script keeps to what bash 3.2 knows, and action.yml hands it every input that it reads.
func TestActionAndScript(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("../../.ci/annotate")
	if err != nil {
		t.Fatal(err)
	}
	action, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	if newer := regexp.MustCompile(`\^\^|,,\}|declare -A|mapfile|readarray|&>>|\|&|\$\{!|(?:^|[^+])"\$\{[a-z]+\[@\]\}"`).FindString(string(script)); newer != "" {
		t.Errorf("%q is newer than bash 3.2", newer)
	}
	read := regexp.MustCompile(`\$\{([A-Z]+):-\}`).FindAllStringSubmatch(string(script), -1)
	for _, m := range read {
		if !strings.Contains(string(action), m[1]+": ${{ inputs."+strings.ToLower(m[1])+" }}") {
			t.Errorf("action.yml does not hand over %s", m[1])
		}
	}
	if inputs := strings.Count(string(action), "${{ inputs."); len(read) != 3 || inputs != len(read) {
		t.Errorf("%d inputs, %d are read", inputs, len(read))
	}
}
