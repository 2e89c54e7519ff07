package rollout_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"bluegen/generator/rollout"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func state(t testing.TB, text string) rollout.State {
	t.Helper()
	s, err := rollout.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func texts(states []rollout.State) string {
	var out []string
	for _, s := range states {
		out = append(out, s.String())
	}
	return strings.Join(out, " ")
}

// TestPath: the article's steps, canaries, and where a rollout begins that is on its way already.
func TestPath(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from   string
		to     rollout.Name
		shares rollout.Shares
		want   string
	}{
		{"1/off", rollout.Green, nil, "1/0 1/1 0/1 off/1"},
		{"off/1", rollout.Blue, nil, "0/1 1/1 1/0 1/off"},
		{"100/off", rollout.Green, nil, "100/0 50/50 0/50 off/50"},
		{"1/off", rollout.Green, rollout.Shares{10, 50, 100}, "1/0 90/10 50/50 0/100 off/100"},
		{"off/100", rollout.Blue, rollout.Shares{1, 100}, "0/100 1/99 100/0 100/off"},
		{"2/1", rollout.Green, rollout.Shares{10, 33, 34, 100}, "66/34 0/100 off/100"},
		{"0/1", rollout.Green, rollout.Shares{10, 100}, "off/1"},
		{"off/1", rollout.Green, nil, ""},
		{"99/1", rollout.Blue, rollout.Shares{100}, "100/0 100/off"},
	} {
		if got := texts(rollout.Path(state(t, c.from), c.to, c.shares)); got != c.want {
			t.Errorf("%s to %s by %v: %s, want %s", c.from, c.to, c.shares, got, c.want)
		}
	}
}

func TestParseShares(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "10,50,100": "10,50,100", "10, 50": "10,50,100", "100": "100", "1,2,3": "1,2,3,100",
		"0": "!", "101": "!", "50,50": "!", "50,10": "!", "ten": "!", "10,,20": "!", "10%": "!", "5.5": "!",
	} {
		shares, err := rollout.ParseShares(text)
		if err != nil != (want == "!") || err == nil && shares.String() != want {
			t.Errorf("%q: %v, %v; want %s", text, shares, err, want)
		}
	}
}

// TestBroken: every invariant is missed alone, and the nearest legal state is what a person would do.
func TestBroken(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state   string
		broken  []rollout.Invariant
		nearest string
	}{
		{"1/off", nil, "1/off"},
		{"50/50", nil, "50/50"},
		{"off/off", []rollout.Invariant{rollout.SomeActive}, "1/off"},
		{"off:1/off", []rollout.Invariant{rollout.SomeActive, rollout.NoWeightOff}, "1/off"},
		{"off/off:7", []rollout.Invariant{rollout.SomeActive, rollout.NoWeightOff}, "off/7"},
		{"1/off:1", []rollout.Invariant{rollout.NoWeightOff}, "1/off"},
		{"0/0", []rollout.Invariant{rollout.SomeWeight}, "1/0"},
		{"0/off:1", []rollout.Invariant{rollout.NoWeightOff, rollout.SomeWeight}, "0/1"},
		{"100/100", []rollout.Invariant{rollout.AtMost100}, "50/50"},
		{"100/1", []rollout.Invariant{rollout.AtMost100}, "99/1"},
	} {
		s := state(t, c.state)
		if diff := cmp.Diff(c.broken, s.Broken()); diff != "" {
			t.Errorf("%s: %s", c.state, diff)
		}
		if got := s.Nearest(); got.String() != c.nearest || !got.Legal() {
			t.Errorf("%s: nearest is %s, want %s", c.state, got, c.nearest)
		}
	}
}

func TestStep(t *testing.T) {
	t.Parallel()
	for pair, want := range map[string]bool{
		"1/off 1/0": true, "1/0 1/1": true, "1/1 0/1": true, "0/1 off/1": true, "1/0 90/10": true, "90/10 50/50": true, "off/1 0/1": true,
		"1/off 1/off": false, "1/off 1/1": false, "1/1 off/1": false, "1/off off/1": false, "0/1 off/2": false, "off/off 1/off": false, "1/off off/off": false,
		"1/0 0/1": true, "100/off 1/off": true,
	} {
		from, to, _ := strings.Cut(pair, " ")
		if got := rollout.Step(state(t, from), state(t, to)); got != want {
			t.Errorf("%s: %t", pair, got)
		}
	}
}

func anyLegal() *rapid.Generator[rollout.State] {
	return rapid.Custom(func(t *rapid.T) rollout.State {
		return anyState().Filter(rollout.State.Legal).Draw(t, "state")
	})
}

func anyState() *rapid.Generator[rollout.State] {
	colour := rapid.Custom(func(t *rapid.T) rollout.Colour {
		return rollout.Colour{Active: rapid.Bool().Draw(t, "active"), Weight: rapid.SampledFrom([]int{0, 0, 1, 1, 2, 10, 33, 50, 90, 99, 100}).Draw(t, "weight")}
	})
	return rapid.Custom(func(t *rapid.T) rollout.State {
		return rollout.State{Blue: colour.Draw(t, "blue"), Green: colour.Draw(t, "green")}
	})
}

func anyShares() *rapid.Generator[rollout.Shares] {
	return rapid.Custom(func(t *rapid.T) rollout.Shares {
		numbers := rapid.SliceOfNDistinct(rapid.IntRange(1, 99), 0, 6, rapid.ID[int]).Draw(t, "shares")
		if len(numbers) == 0 {
			return nil
		}
		slices.Sort(numbers)
		return append(numbers, 100)
	})
}

// TestWalk: from every legal state, by every list of shares, each step is one that an apply may take, the end is reached, and going back
// by the history gives the states in reverse, to the letter.
func TestWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		begin := rollout.History{States: []rollout.State{anyLegal().Draw(t, "begin")}}
		to := rapid.SampledFrom([]rollout.Name{rollout.Blue, rollout.Green}).Draw(t, "to")
		h, err := begin.Towards(to, anyShares().Draw(t, "shares"))
		if err != nil {
			t.Fatal(err)
		}
		for next, ok := h.Next(); ok; next, ok = h.Next() {
			if !rollout.Step(h.Now(), next.Now()) {
				t.Fatalf("%s to %s is no step", h.Now(), next.Now())
			}
			if h = rollout.Read(next.Facts(), next.Now()); len(h.States) > 20 {
				t.Fatalf("no end: %s", texts(h.States))
			}
		}
		if !h.Now().Alone(to) {
			t.Fatalf("it ends with %s", h.Now())
		}
		for len(h.States) > 1 {
			back, ok := h.Back()
			if !ok || !rollout.Step(h.Now(), back.Now()) {
				t.Fatalf("no way back from %s", texts(h.States))
			}
			h = back
		}
		if h.Now() != begin.Now() {
			t.Fatalf("back at %s, not %s", h.Now(), begin.Now())
		}
	})
}

// TestBackWithoutHistory: each step leads towards the old colour alone.
func TestBackWithoutHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, to, shares := anyLegal().Draw(t, "state"), rapid.SampledFrom([]rollout.Name{rollout.Blue, rollout.Green}).Draw(t, "to"), anyShares().Draw(t, "shares")
		steps := 0
		for back, ok := rollout.Back(s, to, shares); ok; back, ok = rollout.Back(s, to, shares) {
			if !rollout.Step(s, back) {
				t.Fatalf("%s to %s is no step", s, back)
			}
			if s, steps = back, steps+1; steps > 20 {
				t.Fatalf("no end at %s", s)
			}
		}
		if !s.Alone(to.Other()) {
			t.Fatalf("it ends with %s", s)
		}
	})
}

// TestBackUndoesNext: also without a history, where the article's way is taken with weights that it can divide.
func TestBackUndoesNext(t *testing.T) {
	t.Parallel()
	for _, from := range []string{"1/off", "1/0", "1/1", "0/1", "7/0", "50/50"} {
		s := state(t, from)
		next, _ := rollout.Next(s, rollout.Green, nil)
		if back, ok := rollout.Back(next, rollout.Green, nil); !ok || back != s {
			t.Errorf("%s, then %s, then %s", s, next, back)
		}
	}
}

// TestNearestIsLegal: whatever was written.
func TestNearestIsLegal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := anyState().Draw(t, "state")
		if near := s.Nearest(); !near.Legal() || s.Legal() && near != s {
			t.Fatalf("%s: %s", s, near)
		}
		again, err := rollout.Parse(s.String())
		if err != nil || again != s {
			t.Fatalf("%s is read as %s: %v", s, again, err)
		}
	})
}

// TestHistoryIsDropped: the blueprint says another state, or the facts are not ours.
func TestHistoryIsDropped(t *testing.T) {
	t.Parallel()
	now := state(t, "1/1")
	for name, facts := range map[string]map[string]string{
		"none":             nil,
		"another state":    {"rollout_states": "1/off 1/0", "rollout_to": "green"},
		"no states":        {"rollout_to": "green"},
		"broken states":    {"rollout_states": "x 1/1", "rollout_to": "green"},
		"another colour":   {"rollout_states": "1/0 1/1", "rollout_to": "red"},
		"steps that fall":  {"rollout_states": "1/0 1/1", "rollout_to": "green", "rollout_steps": "50,10"},
		"a last state off": {"rollout_states": "1/1 off:x/1"},
	} {
		if h := rollout.Read(facts, now); len(h.States) != 1 || h.To != "" || h.Now() != now {
			t.Errorf("%s: %+v", name, h)
		}
	}
	if _, err := (rollout.History{States: []rollout.State{now}}).Towards("", nil); !errors.Is(err, rollout.ErrBothWays) {
		t.Errorf("50/50 says where it leads: %v", err)
	}
	kept := rollout.Read(map[string]string{"rollout_states": "1/0 1/1", "rollout_to": "green"}, now)
	if h, err := kept.Towards("", nil); err != nil || h.To != rollout.Green || len(h.States) != 2 {
		t.Errorf("%+v, %v", h, err)
	}
}
