package cli

import (
	"fmt"
	"sync"
)

// status is one line on a terminal while a run goes on, and nothing anywhere else.
type status struct {
	a     *app
	mu    sync.Mutex
	drawn bool
	// total is how many blueprints there are, finished how many are done.
	total, finished int
}

func (s *status) begin(total int) { s.total = total }

// done counts a blueprint.
func (s *status) done() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finished++
}

// show replaces the line, which fits the terminal: a longer one could not be taken back.
func (s *status) show(format string, args ...any) {
	if !s.a.io.Terminal {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	line := clean(fmt.Sprintf(format, args...))
	if s.total > 1 {
		line = fmt.Sprintf("%d of %d: %s", s.finished, s.total, line)
	}
	s.drawn = true
	fmt.Fprintf(s.a.io.Err, "\r\x1b[K%s", fitting(line, s.a.io.Width-1))
}

// clear takes the line away.
func (s *status) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drawn {
		fmt.Fprint(s.a.io.Err, "\r\x1b[K")
	}
	s.drawn = false
}

// fitting is as much of a line as columns have room for; without a number all of it.
func fitting(line string, columns int) string {
	if columns < 1 {
		return line
	}
	for i, r := range line {
		if columns -= width(r); columns < 0 {
			return line[:i]
		}
	}
	return line
}
