package golden

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// TestRealMeshPlan plans every state of the article's rollout with the real provider 5.100.0, offline: fake keys and flags that keep it
// from asking AWS stand in a file of the user's beside the generated ones. What it would make is read from the plan.
func TestRealMeshPlan(t *testing.T) {
	mirror := os.Getenv("BLUEGEN_REAL_AWS")
	if mirror == "" {
		t.Log("not run: BLUEGEN_REAL_AWS names no mirror of providers (.ci/run sets it where the real provider is installed)")
		return
	}
	binary, err := exec.LookPath("terraform")
	if err != nil {
		t.Fatal(err)
	}
	dir := work(t, filepath.Join("cases", "appmesh-article"))
	text, err := os.ReadFile(filepath.Join("testdata", "offline_override.tf"))
	if err != nil {
		t.Fatal(err)
	}
	for i, state := range []meshState{{1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}} {
		if i == 0 {
			mustRun(t, dir, "generate")
			write(t, filepath.Join(dir, "terraform", "offline_override.tf"), string(text))
		} else {
			mustRun(t, dir, "rollout", "next")
		}
		plan := offlinePlan(t, binary, mirror, filepath.Join(dir, "terraform"), i == 0)
		t.Run(state.String(), func(t *testing.T) { state.compare(t, plan) })
	}
}

func mustRun(t *testing.T, dir string, args ...string) {
	t.Helper()
	if code, _, stderr := run(t, dir, args...); code != 0 {
		t.Fatalf("bluegen %s ends with %d: %s", strings.Join(args, " "), code, stderr)
	}
}

// offlinePlan is terraform's plan of a tree that no state knows, as its JSON has it; first is the first one in the folder.
func offlinePlan(t *testing.T, binary, mirror, dir string, first bool) *tfjson.Plan {
	t.Helper()
	config := filepath.Join(t.TempDir(), "mirror.tfrc")
	write(t, config, "provider_installation {\n  filesystem_mirror {\n    path = "+quote(mirror)+"\n  }\n}\n")
	terraform := func(args ...string) []byte {
		cmd := exec.CommandContext(t.Context(), binary, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+config, "TF_IN_AUTOMATION=1", "AWS_EC2_METADATA_DISABLED=true",
			"TF_VAR_client_security_group_id=sg-0123456789abcdef0", "TF_VAR_cluster_arn=arn:aws:ecs:ap-northeast-1:012345670123:cluster/shop",
			"TF_VAR_egress_cidr_ipv4=10.0.0.0/16", `TF_VAR_private_subnet_ids=["subnet-0123456789abcdef0"]`, "TF_VAR_vpc_id=vpc-0123456789abcdef0")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("terraform %s: %v\n%s", args[0], err, stderr.String())
		}
		return out
	}
	if first { // a step changes values in the root, and no provider and no module
		terraform("init", "-backend=false", "-input=false", "-no-color")
		terraform("validate", "-no-color")
	}
	terraform("plan", "-refresh=false", "-input=false", "-no-color", "-out=state.tfplan")
	plan := &tfjson.Plan{}
	if err := json.Unmarshal(terraform("show", "-json", "state.tfplan"), plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

func quote(s string) string {
	text, _ := json.Marshal(s) // text always encodes
	return string(text)
}
