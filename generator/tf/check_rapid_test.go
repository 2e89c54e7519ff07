package tf

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestCheckTakesAnyExpression puts any expression anywhere: Check must answer, and twice the same.
func TestCheckTakesAnyExpression(t *testing.T) {
	t.Parallel()
	aws, archive := views(t)
	rapid.Check(t, func(t *rapid.T) {
		f := valid()
		blocks := []*Block{
			f.group, f.rule, f.ingress, f.policy, f.role, f.archive, f.output, f.locals, f.ports, f.healthCheck,
			f.settings, f.provider, f.subnets, f.listener, f.vpc, f.call, f.arns,
		}
		b := rapid.SampledFrom(blocks).Draw(t, "block")
		name := rapid.SampledFrom([]string{
			"tags", "name", "rules", "health_check", "value", "type", "default", "for_each", "count", "depends_on", "source", "weights",
			"required_version", "description", "matcher", "provider", "lifecycle",
		}).Draw(t, "name")
		put(b, name, anyExpr(3).Draw(t, "expr"))
		if rapid.Bool().Draw(t, "nested") {
			add(b, Nested(rapid.SampledFrom([]string{"lifecycle", "validation", "precondition", "required_providers", "backend", "statement"}).Draw(t, "type"),
				Set(rapid.SampledFrom([]string{"ignore_changes", "condition", "aws", "actions", "prevent_destroy"}).Draw(t, "argument"), anyExpr(2).Draw(t, "value"))))
		}
		first := Check(f.config, aws, archive)
		if diff := cmp.Diff(first, Check(f.config, aws, archive)); diff != "" {
			t.Fatal(diff)
		}
	})
}
