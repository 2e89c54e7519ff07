// Package rollout is the way from one colour of a service to the other as a state machine: which states are legal, which steps lead
// from one to the next, and which is the nearest legal state to one that is not. It reads and writes nothing. Source: domain.md 6.2, 6.3.
package rollout

import (
	"fmt"
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
)

// Name is a colour.
type Name string

// The two colours.
const (
	Blue  Name = "blue"
	Green Name = "green"
)

// Other is the other one.
func (n Name) Other() Name {
	if n == Blue {
		return Green
	}
	return Blue
}

// Colour is one of the two in a state: whether it runs, and its weight in the route.
type Colour struct {
	Active bool
	Weight int
}

// State of a rollout.
type State struct{ Blue, Green Colour }

// Of is the state that a blueprint says.
func Of(c blueprint.Colours) State {
	return State{Colour{c.Blue.Active.V, c.Blue.Weight.V}, Colour{c.Green.Active.V, c.Green.Weight.V}}
}

// Colour returns one of the two.
func (s State) Colour(n Name) Colour {
	if n == Blue {
		return s.Blue
	}
	return s.Green
}

// With is the state with another colour in the place of one.
func (s State) With(n Name, c Colour) State {
	if n == Blue {
		s.Blue = c
	} else {
		s.Green = c
	}
	return s
}

// Sum of the weights.
func (s State) Sum() int { return s.Blue.Weight + s.Green.Weight }

// Share is the percentage of the traffic that a colour gets, rounded down; all but nothing of it is at least 1.
func (s State) Share(n Name) int {
	w := s.Colour(n).Weight
	if s.Sum() == 0 || w == 0 {
		return 0
	}
	return max(1, w*100/s.Sum())
}

// Alone reports that a colour is the only active one.
func (s State) Alone(n Name) bool { return s.Colour(n).Active && !s.Colour(n.Other()).Active }

// String is the form that Parse reads: "90/10", with off for a colour that is not active; a weight on such a one is kept: "off:1".
func (s State) String() string { return s.Blue.String() + "/" + s.Green.String() }

func (c Colour) String() string {
	switch {
	case c.Active:
		return strconv.Itoa(c.Weight)
	case c.Weight == 0:
		return "off"
	default:
		return "off:" + strconv.Itoa(c.Weight)
	}
}

// Parse reads what String wrote.
func Parse(text string) (State, error) {
	blue, green, ok := strings.Cut(text, "/")
	if !ok {
		return State{}, fmt.Errorf("%q is no state of a rollout", text)
	}
	b, err := parseColour(blue)
	if err != nil {
		return State{}, err
	}
	g, err := parseColour(green)
	return State{b, g}, err
}

func parseColour(text string) (Colour, error) {
	rest, off := strings.CutPrefix(text, "off")
	if off && rest == "" {
		return Colour{}, nil
	}
	weight, err := strconv.Atoi(strings.TrimPrefix(rest, ":"))
	if err != nil || weight < 0 || off != strings.HasPrefix(rest, ":") {
		return Colour{}, fmt.Errorf("%q is no colour of a rollout", text)
	}
	return Colour{Active: !off, Weight: weight}, nil
}

// Words say a colour in a sentence: "active with weight 90", "off".
func (c Colour) Words() string {
	switch {
	case !c.Active && c.Weight == 0:
		return "off"
	case !c.Active:
		return fmt.Sprintf("off with weight %d", c.Weight)
	default:
		return fmt.Sprintf("active with weight %d", c.Weight)
	}
}

// Words are the values to write for another state, as the blueprint has them: "blue.weight: 0 and green.active: true".
func (s State) Words(to State) string {
	var out []string
	for _, n := range []Name{Blue, Green} {
		a, b := s.Colour(n), to.Colour(n)
		if a.Active != b.Active {
			out = append(out, fmt.Sprintf("%s.active: %t", n, b.Active))
		}
		if a.Weight != b.Weight {
			out = append(out, fmt.Sprintf("%s.weight: %d", n, b.Weight))
		}
	}
	return strings.Join(out, ", ")
}
