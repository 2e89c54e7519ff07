package rollout

// Invariant is what every state of a rollout must keep (domain.md 6.2).
type Invariant uint8

// The invariants.
const (
	// SomeActive: at least one colour is active.
	SomeActive Invariant = iota
	// NoWeightOff: a colour that is not active has no weight.
	NoWeightOff
	// SomeWeight: the weights add up to 1 at least. App Mesh does not say what a sum of 0 means.
	SomeWeight
	// AtMost100: the weights add up to 100 at most.
	AtMost100
)

// most is the sum of weights that App Mesh takes.
const most = 100

// Broken are the invariants that a state does not keep, in their order.
func (s State) Broken() []Invariant {
	var out []Invariant
	if !s.Blue.Active && !s.Green.Active {
		out = append(out, SomeActive)
	}
	if s.weightOff(Blue) || s.weightOff(Green) {
		out = append(out, NoWeightOff)
	}
	if (s.Blue.Active || s.Green.Active) && s.activeWeight() == 0 {
		out = append(out, SomeWeight)
	}
	if s.Sum() > most {
		out = append(out, AtMost100)
	}
	return out
}

func (s State) weightOff(n Name) bool { return !s.Colour(n).Active && s.Colour(n).Weight > 0 }

func (s State) activeWeight() int {
	sum := 0
	for _, n := range []Name{Blue, Green} {
		if s.Colour(n).Active {
			sum += s.Colour(n).Weight
		}
	}
	return sum
}

// Legal reports that a state keeps all invariants.
func (s State) Legal() bool { return len(s.Broken()) == 0 }

// Nearest is the legal state that the fewest changes lead to, blue first where two are as near: whoever has weight is activated rather
// than its weight lost, and weights keep their proportion.
func (s State) Nearest() State {
	best, cost := s, -1
	for _, blue := range []bool{true, false} {
		for _, green := range []bool{false, true} {
			candidate := s.activated(blue, green)
			if !candidate.Legal() {
				continue
			}
			if c := s.changes(candidate); cost < 0 || c < cost {
				best, cost = candidate, c
			}
		}
	}
	return best
}

// activated is the state with these colours active, and weights that are legal with them.
func (s State) activated(blue, green bool) State {
	s.Blue.Active, s.Green.Active = blue, green
	if !blue {
		s.Blue.Weight = 0
	}
	if !green {
		s.Green.Weight = 0
	}
	switch sum := s.Sum(); {
	case sum == 0 && blue:
		s.Blue.Weight = 1
	case sum == 0 && green:
		s.Green.Weight = 1
	case sum > most:
		s.Blue.Weight = s.Blue.Weight * most / sum
		s.Green.Weight = min(s.Green.Weight, most-s.Blue.Weight)
	}
	return s
}

// changes counts the values in which two states differ; a deactivation counts double, for it stops something.
func (s State) changes(to State) int {
	n := 0
	for _, name := range []Name{Blue, Green} {
		a, b := s.Colour(name), to.Colour(name)
		if a.Active != b.Active {
			n++
			if a.Active {
				n++
			}
		}
		if a.Weight != b.Weight {
			n++
		}
	}
	return n
}

// Step reports that one apply may lead from a legal state to another: one colour's active changes, from or to weight 0, or the weights
// change together; nothing else.
func Step(from, to State) bool {
	if !from.Legal() || !to.Legal() || from == to {
		return false
	}
	blue, green := from.Blue.Active != to.Blue.Active, from.Green.Active != to.Green.Active
	weights := from.Blue.Weight != to.Blue.Weight || from.Green.Weight != to.Green.Weight
	return blue != green != weights && !(blue && green)
}
