package generator

import (
	"slices"
	"strings"
	"testing"

	"bluegen/generator/tf"
	"bluegen/schemas"
)

// TestGuards: what cannot be replaced without harm has prevent_destroy, unless the blueprint allows it; the test rule and
// everything else may go.
func TestGuards(t *testing.T) {
	t.Parallel()
	seen := map[bool]int{}
	for _, b := range builds(t) {
		if b.service.ECS == nil {
			continue // no target groups
		}
		allowed := map[string]bool{}
		for _, e := range b.service.ECS.Traffic {
			switch key := strings.ReplaceAll(e.Key.V, "-", "_"); {
			case e.V.ALB != nil:
				allowed[key] = e.V.ALB.AllowReplacement.V
			case e.V.NLB != nil:
				allowed[key] = e.V.NLB.AllowReplacement.V
			}
		}
		for call, m := range b.calls() {
			name := call.Labels[0]
			for _, r := range blocks(m, "resource") {
				key, isGroup := strings.CutPrefix(name, "target_groups_")
				key, isRule := strings.CutPrefix(key, "listener_rules_")
				key, isListener := strings.CutPrefix(key, "listeners_")
				want := (isGroup || (isRule || isListener) && r.Labels[1] == "production") && !allowed[key]
				if got := guarded(r); got != want {
					t.Errorf("%s: module.%s.%s: prevent_destroy is %t", b.name, name, r.Address(), got)
				}
				if isGroup {
					seen[want]++
				}
			}
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("the cases have no groups of both kinds: %v", seen)
	}
}

func guarded(r *tf.Block) bool {
	lifecycle := nested(r, "lifecycle")
	if lifecycle == nil {
		return false
	}
	value, ok := attr(lifecycle, "prevent_destroy").(tf.Lit)
	return ok && value.Value.True()
}

// TestShape is what design promises of every tree: order by outputs and never by depends_on on a call, data sources in the
// root, tags from the provider alone, strategy always written where the provider knows it.
func TestShape(t *testing.T) {
	t.Parallel()
	inModules := []string{"archive_file", "aws_caller_identity", "aws_iam_policy_document", "aws_partition", "aws_region"}
	for _, b := range builds(t) {
		for call, m := range b.calls() {
			for _, forbidden := range []string{"depends_on", "count", "for_each", "providers", "version"} {
				if attr(call, forbidden) != nil {
					t.Errorf("%s: %s has %s", b.name, call.Address(), forbidden)
				}
			}
			for _, data := range blocks(m, "data") {
				if !slices.Contains(inModules, data.Labels[0]) {
					t.Errorf("%s: %s in %s", b.name, data.Address(), m.Path)
				}
			}
			if got := blocks(m, "provider", "locals", "moved", "removed", "import", "check"); len(got) > 0 {
				t.Errorf("%s: %s has a block of type %s", b.name, m.Path, got[0].Type)
			}
			for _, r := range blocks(m, "resource") {
				checkResource(t, b, m, r)
			}
			for _, output := range blocks(m, "output") {
				checkOutput(t, b, m, output)
			}
		}
	}
}

func checkResource(t *testing.T, b built, m *tf.Module, r *tf.Block) {
	t.Helper()
	for _, forbidden := range []string{"tags", "tags_all", "count", "provider"} {
		if attr(r, forbidden) != nil {
			t.Errorf("%s: %s in %s has %s", b.name, r.Address(), m.Path, forbidden)
		}
	}
	if nested(r, "provisioner") != nil || nested(r, "connection") != nil {
		t.Errorf("%s: %s runs something", b.name, r.Address())
	}
	if r.Labels[0] != "aws_ecs_service" {
		return
	}
	_, lacks := view(t, b.service.Terraform.AWSProvider.V).Lacks(schemas.BlueGreen)
	if configuration := nested(r, "deployment_configuration"); lacks != (configuration == nil) || !lacks && attr(configuration, "strategy") == nil {
		t.Errorf("%s: the service does not say its strategy", b.name)
	}
}

// checkOutput: what is called after a thing comes from that thing, and a role's ARN waits for the role's policies. No test
// of the tree can see either: under a plan ARNs are unknown, and order is no value.
func checkOutput(t *testing.T, b built, m *tf.Module, output *tf.Block) {
	t.Helper()
	name := output.Labels[0]
	for _, suffix := range []string{"_arn_suffix", "_role_name", "_role_arn", "_rule_arn", "_listener_arn", "_arn"} {
		owner, ok := strings.CutSuffix(name, suffix)
		if !ok {
			continue
		}
		for _, r := range references(attr(output, "value")) {
			if owner != "function" && r.Block.Labels[1] != owner && r.Block.Labels[1] != "this" {
				t.Errorf("%s: %s of %s comes from %s", b.name, output.Address(), m.Path, r.Block.Address())
			}
		}
		break
	}
	role, ok := strings.CutSuffix(name, "_role_arn")
	if !ok || strings.HasPrefix(m.Path, "modules/hook_") && role == "execution" {
		return // the function itself waits for its policies
	}
	waits := map[string]bool{}
	for _, r := range references(attr(output, "depends_on")) {
		waits[r.Block.Address()] = true
	}
	for _, r := range blocks(m, "resource") {
		of := references(attr(r, "role"))
		if strings.HasPrefix(r.Labels[0], "aws_iam_role_policy") && of[0].Block.Labels[1] == role && !waits[r.Address()] {
			t.Errorf("%s: %s of %s does not wait for %s", b.name, output.Address(), m.Path, r.Address())
		}
	}
}

// TestFeatureRows: what the oldest embedded schema lacks and a configuration has all the same stands in the table of
// features; without a row nobody would refuse it below its first version.
func TestFeatureRows(t *testing.T) {
	t.Parallel()
	old := view(t, "= 5.100.0")
	rows := map[schemas.Feature]int{}
	for _, b := range builds(t) {
		for _, m := range b.config.Modules {
			for _, r := range blocks(m, "resource", "data") {
				if !strings.HasPrefix(r.Labels[0], "aws_") {
					continue
				}
				for _, path := range append(paths(r.Items, ""), read(m, r)...) {
					if known(t, old, r, path) {
						continue
					}
					row, ok := schemas.Covered("aws", r.Labels[0], path, r.Type == "data")
					if !ok {
						t.Errorf("%s: %s has %s, which 5.100.0 lacks, and no row says since when", b.name, r.Address(), path)
					}
					rows[row]++
				}
			}
		}
	}
	for _, want := range []schemas.Feature{schemas.BlueGreen, schemas.LinearCanary, schemas.HookTimeout, schemas.RegionAttribute} {
		if rows[want] == 0 {
			t.Errorf("no case needs %s: %v", want, rows)
		}
	}
}

// paths are the arguments and blocks of a resource as schemas name them, those of Terraform itself apart.
func paths(items []tf.Item, prefix string) []string {
	var out []string
	for _, it := range items {
		switch it := it.(type) {
		case tf.Attr:
			if prefix != "" || !slices.Contains([]string{"depends_on", "for_each", "count"}, it.Name) {
				out = append(out, prefix+it.Name)
			}
		case *tf.Block:
			if prefix == "" && (it.Type == "lifecycle" || it.Type == "timeouts") {
				continue
			}
			name, inside := it.Type, it.Items
			if name == "dynamic" {
				name, inside = it.Labels[0], nested(it, "content").Items
			}
			out = append(out, prefix+name)
			out = append(out, paths(inside, prefix+name+".")...)
		}
	}
	return out
}

// read are the attributes of a resource that other blocks of its module refer to.
func read(m *tf.Module, of *tf.Block) []string {
	var out []string
	var walk func(items []tf.Item)
	walk = func(items []tf.Item) {
		for _, it := range items {
			switch it := it.(type) {
			case *tf.Block:
				walk(it.Items)
			case tf.Attr:
				for _, r := range references(it.Value) {
					if r.Block == of && len(r.Path) > 0 {
						out = append(out, r.Path[0])
					}
				}
			}
		}
	}
	for _, d := range m.Documents {
		for _, b := range d.Blocks {
			walk(b.Items)
		}
	}
	return out
}

// known reports whether the view has the attribute or block at path.
func known(t *testing.T, v *schemas.View, b *tf.Block, path string) bool {
	t.Helper()
	look := v.Resource
	if b.Type == "data" {
		look = v.Data
	}
	schema, err := look(b.Labels[0])
	if err != nil {
		return false
	}
	steps := strings.Split(path, ".")
	for i, step := range steps {
		if _, ok := schema.Attributes[step]; ok && i == len(steps)-1 {
			return true
		}
		block, ok := schema.NestedBlocks[step]
		if !ok {
			return false
		}
		schema = block.Block
	}
	return true
}
