package blueprint

import (
	"strconv"
	"strings"
)

// Percent is a part of the traffic in tenths of a percent, the finest that AWS takes: 12.5 % is 125.
type Percent int

// Whole is all of the traffic.
const Whole Percent = 1000

// String is the percentage as the blueprint writes it, without its sign: 12.5, 20.
func (p Percent) String() string {
	text := strconv.Itoa(int(p / 10))
	if tenths := p % 10; tenths != 0 {
		text += "." + strconv.Itoa(int(tenths))
	}
	return text
}

// longestWhole keeps what is read far from the end of an int; the range is judged afterwards.
const longestWhole = 6

// parsePercent reads decimal digits with at most one behind the point: 20, 12.5, 0.1. What else YAML has for numbers, such
// as 1e1, .5 or +5, is refused: it would be read otherwise by the next tool.
func parsePercent(text string) (Percent, bool) {
	whole, tenths, point := strings.Cut(text, ".")
	if !isDigits(whole) || len(whole) > longestWhole || len(whole) > 1 && whole[0] == '0' {
		return 0, false
	}
	if point && (!isDigits(tenths) || len(tenths) != 1) {
		return 0, false
	}
	n, err := strconv.Atoi(whole + tenths)
	if !point {
		n *= 10
	}
	return Percent(n), err == nil
}
