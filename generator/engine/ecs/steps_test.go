package ecs

import (
	"testing"

	"bluegen/generator/blueprint"
)

// TestStepWaits: behind every step but the last; where the steps do not divide the whole, the last one is smaller.
func TestStepWaits(t *testing.T) {
	t.Parallel()
	for step, want := range map[blueprint.Percent]int{
		1000: 0, 500: 1, 250: 3, 200: 4, 125: 7, 100: 9, 30: 33, 33: 30, 300: 3, 400: 2, 501: 1, 999: 1, 0: 0,
	} {
		if got := stepWaits(step); got != want {
			t.Errorf("steps of %s %%: %d waits, want %d", step, got, want)
		}
	}
}
