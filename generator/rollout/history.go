package rollout

import (
	"slices"
	"strings"
)

// History is what the manifest remembers of a rollout: without it a state such as 50/50 says neither where it came from nor where it
// leads. It survives regeneration, is committed with the tree, and is dropped where the blueprint says another state than it ends with.
type History struct {
	// To is the new colour, "" before the first step.
	To Name
	// Shares of the steps, nil for the article's.
	Shares Shares
	// States from the first to the one that the blueprint says; never empty.
	States []State
}

// The facts of a manifest's section that hold a history.
const (
	factTo     = "rollout_to"
	factSteps  = "rollout_steps"
	factStates = "rollout_states"
)

// longest is how many states are remembered: more than any rollout has.
const longest = 250

// Read takes the history from a manifest's facts if it ends with the state that the blueprint says; else one begins.
func Read(facts map[string]string, now State) History {
	begin := History{States: []State{now}}
	last, ok := Last(facts)
	if !ok || last != now {
		return begin
	}
	h := History{To: Name(facts[factTo])}
	shares, err := ParseShares(facts[factSteps])
	if err != nil || h.To != "" && h.To != Blue && h.To != Green {
		return begin
	}
	h.Shares = shares
	for word := range strings.FieldsSeq(facts[factStates]) {
		state, err := Parse(word)
		if err != nil {
			return begin
		}
		h.States = append(h.States, state)
	}
	return h
}

// Last is the state that was generated last, by a manifest's facts.
func Last(facts map[string]string) (State, bool) {
	words := strings.Fields(facts[factStates])
	if len(words) == 0 {
		return State{}, false
	}
	state, err := Parse(words[len(words)-1])
	return state, err == nil
}

// Facts is the form that Read reads.
func (h History) Facts() map[string]string {
	words := make([]string, len(h.States))
	for i, s := range h.States {
		words[i] = s.String()
	}
	facts := map[string]string{factStates: strings.Join(words, " ")}
	if h.To != "" {
		facts[factTo] = string(h.To)
	}
	if h.Shares != nil {
		facts[factSteps] = h.Shares.String()
	}
	return facts
}

// Now is the state that the blueprint says.
func (h History) Now() State { return h.States[len(h.States)-1] }

// Towards settles where the rollout leads and by which shares: what is said goes before what is remembered, and where neither says the
// new colour it is the one that is off. ErrBothWays where that cannot be told.
func (h History) Towards(to Name, shares Shares) (History, error) {
	if shares != nil {
		h.Shares = shares
	}
	if to != "" {
		h.To = to
	}
	if h.To != "" {
		return h, nil
	}
	target, err := Target(h.Now())
	h.To = target
	return h, err
}

// Next is the history with one more step; ok is false at the end of the rollout.
func (h History) Next() (next History, ok bool) {
	state, ok := Next(h.Now(), h.To, h.Shares)
	if !ok {
		return h, false
	}
	h.States = append(slices.Clone(h.States), state)
	if len(h.States) > longest {
		h.States = h.States[len(h.States)-longest:]
	}
	return h, true
}

// Back undoes the last step: by the history the very state before, else the step that leads there. ok is false at the beginning.
func (h History) Back() (back History, ok bool) {
	if len(h.States) > 1 {
		h.States = h.States[:len(h.States)-1]
		return h, true
	}
	state, ok := Back(h.Now(), h.To, h.Shares)
	if ok {
		h.States = []State{state}
	}
	return h, ok
}
