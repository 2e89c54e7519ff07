package ecs

import (
	"strings"
	"testing"

	"bluegen/generator/engine/ruletest"
	"bluegen/generator/tf"

	"github.com/google/go-cmp/cmp"
)

// TestOneService: whoever owns what, there is one service, and it ignores exactly what others own.
func TestOneService(t *testing.T) {
	t.Parallel()
	owners := [][2]string{{"desired_count", "autoscaling"}, {"load_balancer", "ecs"}, {"task_definition", "pipeline"}}
	for set := range 1 << len(owners) {
		var said, want []string
		for i, o := range owners {
			if set&(1<<i) != 0 {
				said = append(said, o[0]+": "+o[1])
				want = append(want, o[0])
			}
		}
		text := strings.Replace(right, "service:\n", "service:\n  autoscaling: {external: true}\n", 1)
		if set&1 == 0 { // the first one is the count's
			text = right
		}
		text += "ownership: {" + strings.Join(said, ", ") + "}\n"
		services := ofType(ruletest.Config(t, Build, text), "aws_ecs_service")
		if len(services) != 1 {
			t.Fatalf("%s: %d services", said, len(services))
		}
		if diff := cmp.Diff(want, ignored(services[0])); diff != "" {
			t.Errorf("%s: %s", said, diff)
		}
	}
}

func ofType(c *tf.Config, typ string) []*tf.Block {
	var out []*tf.Block
	for _, m := range c.Modules {
		for _, d := range m.Documents {
			for _, b := range d.Blocks {
				if b.Type == "resource" && b.Labels[0] == typ {
					out = append(out, b)
				}
			}
		}
	}
	return out
}

// ignored are the arguments that a resource's lifecycle ignores.
func ignored(b *tf.Block) []string {
	var out []string
	for _, it := range b.Items {
		lifecycle, ok := it.(*tf.Block)
		if !ok || lifecycle.Type != "lifecycle" {
			continue
		}
		for _, inner := range lifecycle.Items {
			if a, ok := inner.(tf.Attr); ok && a.Name == "ignore_changes" {
				for _, e := range a.Value.(tf.List).Items {
					out = append(out, e.(tf.Named).Path[0])
				}
			}
		}
	}
	return out
}
