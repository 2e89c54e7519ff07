package generator

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/rollout"
)

// applied is a folder of stand-ins with the state of the applies so far.
type applied struct {
	t         *testing.T
	terraform string
	dir       string
}

// apply writes the files of a state over those before and applies them; it returns what terraform did, in its order: "update
// module.….terraform_data.…".
func (a applied) apply(tr tree) []string {
	a.t.Helper()
	for name, text := range tr {
		file := filepath.Join(a.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			a.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			a.t.Fatal(err)
		}
	}
	a.run("init", "-backend=false", "-input=false", "-no-color")
	var steps []string
	lines := bufio.NewScanner(bytes.NewReader(a.run("apply", "-auto-approve", "-input=false", "-json", "-parallelism=1")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var event struct {
			Type string
			Hook struct {
				Action   string
				Resource struct{ Addr string }
			}
		}
		if json.Unmarshal(lines.Bytes(), &event) == nil && event.Type == "apply_start" {
			steps = append(steps, event.Hook.Action+" "+event.Hook.Resource.Addr)
		}
	}
	return steps
}

func (a applied) run(args ...string) []byte {
	a.t.Helper()
	cmd := exec.CommandContext(a.t.Context(), a.terraform, args...)
	cmd.Dir = a.dir
	cmd.Env = append(os.Environ(), "TF_IN_AUTOMATION=1", "TF_VAR_client_security_group_id=sg-1", "TF_VAR_cluster_arn=arn:aws:ecs:eu-west-1:012345670123:cluster/shop", "TF_VAR_vpc_id=vpc-1",
		`TF_VAR_subnet_ids=["subnet-1"]`, "TF_VAR_envoy_image=envoy:1", "TF_VAR_xray_image=xray:1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		var said []string
		for line := range strings.Lines(string(out)) {
			if strings.Contains(line, "rror") {
				said = append(said, line)
			}
		}
		a.t.Fatalf("terraform %s: %v\n%s\n%s", args[0], err, strings.Join(said, ""), stderr.String())
	}
	return out
}

// testRolloutApplies takes a whole rollout through real applies. Steps 3 and 5 change the route and nothing else, and when a colour goes,
// the route lets go of it before its service stops, and its node goes last. Without create_before_destroy that is not so, which shows
// that the proof can fail.
func testRolloutApplies(t *testing.T, j judge) {
	t.Helper()
	const (
		route   = "module.virtual_service.terraform_data.aws_appmesh_route_this"
		service = `module.services.terraform_data.aws_ecs_service_this["blue"]`
		node    = `module.virtual_nodes.terraform_data.aws_appmesh_virtual_node_this["blue"]`
		task    = `module.task_definitions.terraform_data.aws_ecs_task_definition_this["blue"]`
	)
	files := func(t *testing.T, state, without string) tree {
		s, err := rollout.Parse(state)
		if err != nil {
			t.Fatal(err)
		}
		tr := generated(t, fromText(meshed(s)))[0].tree()
		for name := range tr {
			if without != "" && strings.HasSuffix(name, "/main.tf") {
				tr[name] = strings.ReplaceAll(tr[name], without, "")
			}
		}
		return standIns(t, tr)
	}
	t.Run("eight steps", func(t *testing.T) {
		t.Parallel()
		a := applied{t, j.session.Path(), t.TempDir()}
		first := a.apply(files(t, "1/off", ""))
		if !slices.Contains(first, "create "+route) || slices.ContainsFunc(first, func(s string) bool { return strings.Contains(s, `"green"`) }) {
			t.Fatalf("the first apply: %q", first)
		}
		begins := a.apply(files(t, "1/0", ""))
		if at(begins, `create module.services.terraform_data.aws_ecs_service_this["green"]`) > at(begins, "update "+route) || at(begins, "update "+route) < 0 {
			t.Errorf("green must run before the route names it: %q", begins)
		}
		for _, state := range []string{"1/1", "0/1"} {
			if steps := a.apply(files(t, state, "")); !slices.Equal(steps, []string{"update " + route}) {
				t.Errorf("%s must change the route in place, and nothing else: %q", state, steps)
			}
		}
		ends := a.apply(files(t, "off/1", ""))
		order := []int{at(ends, "update "+route), at(ends, "delete "+service), at(ends, "delete "+node)}
		if order[0] < 0 || !slices.IsSorted(order) || at(ends, "delete "+task) < order[1] {
			t.Errorf("the route lets go first, then the service stops, the node goes last: %q", ends)
		}
	})
	t.Run("without create_before_destroy", func(t *testing.T) {
		t.Parallel()
		a := applied{t, j.session.Path(), t.TempDir()}
		const guard = "create_before_destroy = true"
		a.apply(files(t, "0/1", guard))
		ends := a.apply(files(t, "off/1", guard))
		if at(ends, "delete "+node) > at(ends, "update "+route) {
			t.Errorf("the order is right without the guard, so the proof proves nothing: %q", ends)
		}
	})
}

// at is where a step stands, -1 where it was not taken.
func at(steps []string, step string) int { return slices.Index(steps, step) }
