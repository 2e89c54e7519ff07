package rollout

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Shares are the percentages of the traffic that the new colour gets, step by step; nil is the article's way: as much weight as the old
// colour has, then all.
type Shares []int

// ParseShares reads a list such as 10,50,100: whole percentages that rise. The last step is 100, said or not.
func ParseShares(text string) (Shares, error) {
	if text == "" {
		return nil, nil
	}
	var out Shares
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		switch {
		case err != nil || n < 1 || n > 100:
			return nil, fmt.Errorf("%q is no percentage from 1 to 100", strings.TrimSpace(word))
		case len(out) > 0 && n <= out[len(out)-1]:
			return nil, fmt.Errorf("%d stands behind %d: the steps must rise", n, out[len(out)-1])
		}
		out = append(out, n)
	}
	if out[len(out)-1] != 100 {
		out = append(out, 100)
	}
	return out, nil
}

// String is the form that ParseShares reads.
func (s Shares) String() string {
	words := make([]string, len(s))
	for i, n := range s {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}

// ErrBothWays is a state that does not say which colour is the new one: both are active.
var ErrBothWays = errors.New("both colours are active: which of them is the new one?")

// Target is the new colour of a state where that can be told: the one that is off.
func Target(s State) (Name, error) {
	switch {
	case s.Alone(Blue):
		return Green, nil
	case s.Alone(Green):
		return Blue, nil
	default:
		return "", ErrBothWays
	}
}

// Next is the state one step nearer to a colour that has all the traffic and is alone; ok is false where s is that state already.
// s must be legal.
func Next(s State, to Name, shares Shares) (next State, ok bool) {
	old, incoming := s.Colour(to.Other()), s.Colour(to)
	switch {
	case s.Alone(to):
		return s, false
	case !incoming.Active:
		return s.With(to, Colour{Active: true}), true
	case old.Weight == 0:
		return s.With(to.Other(), Colour{}), true
	default:
		return raised(s, to, shares), true
	}
}

// raised gives the new colour its next share.
func raised(s State, to Name, shares Shares) State {
	if shares == nil {
		return article(s, to)
	}
	now := s.Share(to)
	i := slices.IndexFunc(shares, func(n int) bool { return n > now })
	return weighted(s, to, shares[i]) // the last is 100, and now is less: the old colour has weight
}

// article moves the traffic as the article does: equal weights, then the old colour's to 0.
func article(s State, to Name) State {
	old, incoming := s.Colour(to.Other()), s.Colour(to)
	switch {
	case incoming.Weight > 0:
		old.Weight = 0
	case old.Weight > most/2:
		old.Weight, incoming.Weight = most/2, most/2
	default:
		incoming.Weight = old.Weight
	}
	return s.With(to, incoming).With(to.Other(), old)
}

// weighted is the state with this percentage for a colour.
func weighted(s State, to Name, percent int) State {
	return s.With(to, Colour{true, percent}).With(to.Other(), Colour{true, most - percent})
}

// Back is the state one step nearer to the old colour alone, where no history says what was; ok is false where s is that state already.
// s must be legal.
func Back(s State, to Name, shares Shares) (back State, ok bool) {
	old, incoming := s.Colour(to.Other()), s.Colour(to)
	switch {
	case s.Alone(to.Other()):
		return s, false
	case !old.Active:
		return s.With(to.Other(), Colour{Active: true}), true
	case incoming.Weight == 0:
		return s.With(to, Colour{}), true
	default:
		return lowered(s, to, shares), true
	}
}

func lowered(s State, to Name, shares Shares) State {
	old, incoming := s.Colour(to.Other()), s.Colour(to)
	if shares == nil {
		if old.Weight > 0 {
			return s.With(to, Colour{Active: true})
		}
		if incoming.Weight > most/2 {
			return weighted(s, to, most/2)
		}
		return s.With(to.Other(), Colour{true, incoming.Weight})
	}
	now, below := s.Share(to), 0
	for _, n := range shares {
		if n < now {
			below = n
		}
	}
	if below == 0 {
		return s.With(to, Colour{Active: true}).With(to.Other(), Colour{true, s.Sum()})
	}
	return weighted(s, to, below)
}

// Path are the states that follow, up to the last one.
func Path(s State, to Name, shares Shares) []State {
	var out []State
	for next, ok := Next(s, to, shares); ok; next, ok = Next(next, to, shares) {
		out = append(out, next)
	}
	return out
}
