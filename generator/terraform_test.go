package generator

import "testing"

// TestTerraform asks the real terraform, through one session, what the generated trees are worth.
func TestTerraform(t *testing.T) {
	t.Parallel()
	j := newJudge(t)
	t.Run("mutations", func(t *testing.T) {
		t.Parallel()
		testMutations(t, j)
	})
	t.Run("ownership", func(t *testing.T) {
		t.Parallel()
		testOwnership(t, j)
	})
	t.Run("rollout", func(t *testing.T) {
		t.Parallel()
		testRolloutApplies(t, j)
	})
	t.Run("drawn", func(t *testing.T) {
		t.Parallel()
		testDrawn(t, j)
	})
}
